#include "ui/inboxpanel.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include <QLocale>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "models/inboxgroups.h"
#include "models/words.h"
#include "ui/inboxdelegate.h"
#include "ui/look.h"
#include "ui/parts.h"
#include "ui/searchfield.h"

namespace handrail::ui {
namespace {

struct Chip {
    const char* key;    ///< of the counts
    const char* label;
};

constexpr std::array<Chip, 8> chipList{{{"all", QT_TRANSLATE_NOOP("InboxPanel", "All")},
                                        {"approval", QT_TRANSLATE_NOOP("InboxPanel", "Approvals")},
                                        {"escalation", QT_TRANSLATE_NOOP("InboxPanel", "Escalations")},
                                        {"review", QT_TRANSLATE_NOOP("InboxPanel", "Reviews")},
                                        {"scope", QT_TRANSLATE_NOOP("InboxPanel", "Scope")},
                                        {"unknown", QT_TRANSLATE_NOOP("InboxPanel", "Unknown outcomes")},
                                        {"mine", QT_TRANSLATE_NOOP("InboxPanel", "Mine")},
                                        {"snoozed", QT_TRANSLATE_NOOP("InboxPanel", "Snoozed")}}};

constexpr int typingPause = 120;
constexpr int rowsOfPage = 500;
constexpr int rowsOfNextPage = 100;  ///< each title is measured before it is shown: few enough for one frame
constexpr int rowsOfSearch = 100;  ///< what is looked for is among the first, and each letter brings others
constexpr int mostRows = 10'000;   ///< nobody reads on from there

}  // namespace

InboxPanel::InboxPanel(std::function<Millis()> now, QWidget* parent) : QWidget(parent), now_(std::move(now)), limit_(rowsOfPage), model_(this)
{
    auto* search = new SearchField(QStringLiteral("search"), tr("Search what waits  ( / )"), tr("Search the inbox"), this);
    search->addGlass();
    search_ = search;
    search_->installEventFilter(this);

    list_ = new QListView(this);
    list_->setObjectName(QStringLiteral("inbox"));
    list_->setModel(&model_);
    list_->setItemDelegate(new InboxDelegate(now_, list_));
    list_->setAccessibleName(tr("What waits for a person"));
    list_->setFrameShape(QFrame::NoFrame);
    list_->setMouseTracking(true);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setResizeMode(QListView::Adjust);
    list_->setUniformItemSizes(false);
    list_->installEventFilter(this);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, &InboxPanel::onCurrent);
    connect(list_, &QListView::doubleClicked, this, [this](const QModelIndex& index) {
        const auto cause = models::causeOf(index.data(models::InboxModel::IdRole).toString().toStdString());
        if (cause.empty()) Q_EMIT opened();
        else setOpened(!opened_.contains(cause));
    });

    typing_.setSingleShot(true);
    typing_.setInterval(typingPause);
    connect(&typing_, &QTimer::timeout, this, [this] { askAnew(); });
    connect(search_, &QLineEdit::textChanged, &typing_, qOverload<>(&QTimer::start));

    // Later, and once: a list moves its bar many times while rows come.
    asking_.setSingleShot(true);
    asking_.setInterval(0);
    connect(&asking_, &QTimer::timeout, this, &InboxPanel::askMore);
    connect(list_->verticalScrollBar(), &QScrollBar::valueChanged, &asking_, qOverload<>(&QTimer::start));

    foot_ = new QWidget(this);
    auto* footColumn = new QVBoxLayout(foot_);
    footColumn->setContentsMargins(space(3), space(2), space(3), space(2));
    more_ = new PlainLabel(QString(), Tone::Muted, -1, false, foot_);
    more_->setObjectName(QStringLiteral("inboxMore"));
    footColumn->addWidget(more_);
    empty_ = makeEmpty();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QWidget(this);
    auto* headColumn = new QVBoxLayout(head);
    headColumn->setContentsMargins(space(3), space(3), space(3), space(2));
    headColumn->setSpacing(space(2));
    headColumn->addWidget(search_);
    headColumn->addWidget(makeChips());
    column->addWidget(head);
    column->addWidget(list_, 1);
    column->addWidget(foot_);
    column->addWidget(empty_, 1);
    showEmpty();
}

QWidget* InboxPanel::makeChips()
{
    auto* chips = new QWidget(this);
    auto* flow = new FlowLayout(space(1), chips);
    flow->setContentsMargins(0, 0, 0, 0);
    chips_ = new QButtonGroup(this);
    chips_->setExclusive(true);
    for (std::size_t i = 0; i < chipList.size(); ++i) {
        auto* chip = new QPushButton(tr(chipList[i].label), chips);
        chip->setCheckable(true);
        chip->setChecked(i == 0);
        chip->setProperty("chip", true);
        chip->setFocusPolicy(Qt::TabFocus);
        chips_->addButton(chip, static_cast<int>(i));
        flow->addWidget(chip);
    }
    connect(chips_, &QButtonGroup::idClicked, this, [this] { askAnew(); });
    return chips;
}

QWidget* InboxPanel::makeEmpty()
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(space(6), space(12), space(6), space(6));
    column->setSpacing(space(3));
    emptyTitle_ = new PlainLabel(QString(), Tone::Text, 2, true, box);
    emptyText_ = new PlainLabel(QString(), Tone::Muted, 0, false, box);
    demo_ = new QPushButton(tr("Start the demo"), box);
    demo_->setProperty("tone", QStringLiteral("primary"));
    run_ = new QPushButton(tr("Run an agent…"), box);
    connect(demo_, &QPushButton::clicked, this, &InboxPanel::demoRequested);
    connect(run_, &QPushButton::clicked, this, &InboxPanel::agentRequested);
    column->addWidget(emptyTitle_);
    column->addWidget(emptyText_);
    column->addWidget(demo_, 0, Qt::AlignLeft);
    column->addWidget(run_, 0, Qt::AlignLeft);
    column->addStretch(1);
    return box;
}

void InboxPanel::showEmpty()
{
    const bool isEmpty = model_.rowCount() == 0;
    const bool isFiltered = !search_->text().isEmpty() || chips_->checkedId() > 0;
    const bool takesFocus = !isEmpty && list_->isHidden() && search_->text().isEmpty();
    list_->setVisible(!isEmpty);
    empty_->setVisible(isEmpty);
    // The first row to arrive can be decided on by key at once.
    if (takesFocus) list_->setFocus();
    emptyTitle_->setText(isFiltered ? tr("Nothing here fits") : tr("Nothing waits for you"));
    emptyText_->setText(isFiltered ? tr("Clear the search, or choose another filter.")
                                   : tr("When an agent needs a person, its question stands here. Start the demo to see how that looks, or run an agent of your own."));
    demo_->setVisible(!isFiltered);
    run_->setVisible(!isFiltered);
}

void InboxPanel::setRows(std::vector<InboxRow> rows)
{
    all_ = std::move(rows);
    arrange();
}

void InboxPanel::addRows(std::vector<InboxRow> rows)
{
    std::unordered_set<HandoffId> known;
    for (const auto& row : rows) known.insert(row.id);
    std::erase_if(all_, [&](const InboxRow& row) { return known.contains(row.id); });
    // What is pinned stands behind the others until they reach it.
    const auto end = std::find_if(all_.begin(), all_.end(), [this](const InboxRow& row) { return row.id == pinned_; });
    all_.insert(end, std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    arrange();
}

/// Other rows are asked for, and with them one that must be there.
void InboxPanel::askAnew(const HandoffId& pinned)
{
    // What was typed until now is asked for by this.
    typing_.stop();
    limit_ = search_->text().trimmed().isEmpty() ? rowsOfPage : rowsOfSearch;
    pinned_ = pinned;
    isOther_ = true;
    Q_EMIT filterChanged(filter());
}

void InboxPanel::askMore()
{
    const auto* bar = list_->verticalScrollBar();
    if (!isFull() || limit_ >= mostRows || bar->maximum() - bar->value() > list_->viewport()->height()) return;
    InboxFilter page = filter();
    if (!page.search.empty()) {
        // A search is made anew as a whole: seldom, then.
        page.limit = limit_ += rowsOfPage;
        Q_EMIT filterChanged(page);
        return;
    }
    limit_ += rowsOfNextPage;
    const auto last = std::find_if(all_.rbegin(), all_.rend(), [this](const InboxRow& row) { return row.id != pinned_; });
    if (last == all_.rend()) return;
    page.after = InboxPlace{last->risk, last->decideBy, last->created, last->id};
    page.limit = rowsOfNextPage;
    Q_EMIT moreWanted(page);
}

/// That not all are here is said, and how to come to the others.
void InboxPanel::showMore()
{
    const QString count = QLocale().toString(static_cast<int>(all_.size()));
    if (!filter().search.empty()) more_->setText(tr("The %1 newest that fit are shown.").arg(count));
    else if (limit_ < mostRows) more_->setText(tr("The %1 most urgent are shown; more come as you scroll.").arg(count));
    else more_->setText(tr("The %1 most urgent are shown. Search or filter to see others.").arg(count));
    foot_->setVisible(isFull());
}

/// Which row stays where it is on the screen: the current one if it can be seen, else the topmost; and where that is.
std::pair<HandoffId, int> InboxPanel::anchor() const
{
    QModelIndex held = list_->currentIndex();
    if (!held.isValid() || !list_->viewport()->rect().intersects(list_->visualRect(held))) held = list_->indexAt({1, 1});
    return {held.data(models::InboxModel::IdRole).toString().toStdString(), list_->visualRect(held).top()};
}

/// Shows what there is, gathered or not; selection and place stay, unless other rows were asked for.
void InboxPanel::arrange()
{
    const bool isOther = std::exchange(isOther_, false);
    const int place = isOther ? 0 : model_.rowOf(selected_);
    const auto [held, top] = anchor();
    auto* bar = list_->verticalScrollBar();
    const int scroll = bar->value();
    isMerging_ = true;
    model_.setRows(isGrouped_ ? models::groupedRows(all_, opened_) : all_);
    isMerging_ = false;
    showEmpty();
    showMore();
    asking_.start();
    int now = model_.rowOf(selected_);
    // What was decided leaves; the row that takes its place is the next to look at.
    if (now < 0 && model_.rowCount() > 0) now = std::clamp(place, 0, model_.rowCount() - 1);
    list_->doItemsLayout();
    const int anchored = model_.rowOf(held);
    if (anchored >= 0) bar->setValue(bar->value() + list_->visualRect(model_.index(anchored)).top() - top);
    else bar->setValue(isOther ? 0 : scroll);
    const QModelIndex wanted = now >= 0 ? model_.index(now) : QModelIndex();
    isByStore_ = true;
    list_->setCurrentIndex(wanted);
    // The view may have moved there by itself while rows went.
    onCurrent(wanted);
    isByStore_ = false;
}

void InboxPanel::setGrouped(bool isGrouped)
{
    if (isGrouped == isGrouped_) return;
    isGrouped_ = isGrouped;
    arrange();
}

/// Opens what the current row stands for, or closes what it belongs to.
void InboxPanel::setOpened(bool isOpened)
{
    const int at = model_.rowOf(selected_);
    if (at < 0) return;
    const std::string cause = model_.rows()[static_cast<std::size_t>(at)].group;
    const std::string lead = models::groupId(cause);
    if (model_.rowOf(lead) < 0 || (isOpened && selected_ != lead) || isOpened == opened_.contains(cause)) return;
    if (isOpened) opened_.insert(cause);
    else opened_.erase(cause);
    if (!isOpened) select(lead);
    arrange();
}

void InboxPanel::toggleMark()
{
    if (selected_.empty()) return;
    const std::string cause = models::causeOf(selected_);
    if (cause.empty()) {
        model_.setMarked(selected_, !model_.isMarked(selected_));
    } else {
        setOpened(true);
        const auto members = models::membersOf(all_, cause);
        const bool areMarked = std::all_of(members.begin(), members.end(), [this](const HandoffId& id) { return model_.isMarked(id); });
        for (const auto& id : members) model_.setMarked(id, !areMarked);
    }
    tellTogether();
}

void InboxPanel::extendMarks(int rows)
{
    model_.setMarked(selected_, !models::isGroupId(selected_));
    move(rows);
    model_.setMarked(selected_, !models::isGroupId(selected_));
    tellTogether();
}

void InboxPanel::clearMarks()
{
    model_.clearMarks();
    tellTogether();
}

std::vector<HandoffId> InboxPanel::together() const
{
    auto marked = model_.marked();
    if (!marked.empty()) return marked;
    const std::string cause = models::causeOf(selected_);
    return cause.empty() ? std::vector<HandoffId>() : models::membersOf(all_, cause);
}

void InboxPanel::tellTogether()
{
    auto ids = together();
    if (ids == together_) return;
    const auto isKnown = [this](const HandoffId& id) { return std::find(together_.begin(), together_.end(), id) != together_.end(); };
    const auto known = std::count_if(ids.begin(), ids.end(), isKnown);
    // What a person is about to decide on does not change under the hand; what came since is said.
    if (isByStore_ && known > 0) {
        Q_EMIT togetherGrew(static_cast<int>(static_cast<std::ptrdiff_t>(ids.size()) - known));
        return;
    }
    together_ = ids;
    Q_EMIT togetherChanged(ids);
}

void InboxPanel::retell()
{
    together_ = together();
    Q_EMIT togetherChanged(together_);
}

void InboxPanel::setCounts(const std::map<std::string, int>& counts)
{
    for (std::size_t i = 0; i < chipList.size(); ++i) {
        const int count = models::countOf(counts, chipList[i].key);
        auto* chip = chips_->button(static_cast<int>(i));
        chip->setText(count > 0 ? tr("%1 %2").arg(tr(chipList[i].label), QLocale().toString(count)) : tr(chipList[i].label));
        chip->setVisible(i == 0 || count > 0 || chip->isChecked());
    }
}

void InboxPanel::onCurrent(const QModelIndex& index)
{
    if (isMerging_) return;
    const HandoffId id = index.data(models::InboxModel::IdRole).toString().toStdString();
    if (id != selected_) {
        selected_ = id;
        if (!isByStore_ && id != pinned_) pinned_.clear();
        if (!isByStore_) Q_EMIT looked();
        Q_EMIT selectionChanged();
    }
    tellTogether();
}

bool InboxPanel::select(const HandoffId& id)
{
    const auto place = [&] { return std::find_if(all_.begin(), all_.end(), [&](const InboxRow& row) { return row.id == id; }); };
    if (typing_.isActive() || place() == all_.end()) {
        const QSignalBlocker quiet(search_);
        search_->clear();
        setChip(0);
        askAnew(id);
        if (place() == all_.end()) return false;
    }
    if (model_.rowOf(id) < 0) {
        opened_.insert(place()->group);
        arrange();
    }
    list_->setCurrentIndex(model_.index(model_.rowOf(id)));
    return true;
}

void InboxPanel::move(int rows)
{
    if (model_.rowCount() == 0) return;
    const int row = std::clamp(list_->currentIndex().row() + rows, 0, model_.rowCount() - 1);
    list_->setCurrentIndex(model_.index(row));
}

void InboxPanel::focusSearch()
{
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
}

void InboxPanel::focusList() { list_->setFocus(Qt::ShortcutFocusReason); }
HandoffId InboxPanel::selected() const { return selected_; }
bool InboxPanel::listHasFocus() const { return list_->hasFocus(); }
int InboxPanel::chip() const { return chips_->checkedId(); }

void InboxPanel::setChip(int chip)
{
    if (auto* button = chips_->button(chip)) button->setChecked(true);
}

InboxFilter InboxPanel::filter() const
{
    InboxFilter filter;
    filter.search = search_->text().trimmed().toStdString();
    const auto chip = static_cast<std::size_t>(std::max(0, chips_->checkedId()));
    const std::string key = chipList[chip].key;
    filter.kind = fromWord<HandoffKind>(key);
    filter.unknownOnly = key == "unknown";
    if (key == "mine") filter.assignee = user_;
    filter.snoozedOnly = key == "snoozed";
    filter.now = now_();
    filter.limit = limit_;
    return filter;
}

void InboxPanel::tick() { list_->viewport()->update(); }

bool InboxPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (watched == search_ && key->key() == Qt::Key_Escape) {
        search_->clear();
        focusList();
        return true;
    }
    if (watched == search_ && (key->key() == Qt::Key_Down || key->key() == Qt::Key_Return)) {
        focusList();
        return true;
    }
    if (watched == list_ && pressListKey(*key)) return true;
    return QWidget::eventFilter(watched, event);
}

bool InboxPanel::pressListKey(const QKeyEvent& event)
{
    const bool isOfGroup = models::isGroupId(selected_);
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isOfGroup) setOpened(!opened_.contains(models::causeOf(selected_)));
        else Q_EMIT opened();
        return true;
    case Qt::Key_Right: setOpened(true); return true;
    case Qt::Key_Left: setOpened(false); return true;
    case Qt::Key_Escape:
        if (model_.marked().empty()) return false;
        clearMarks();
        return true;
    default: return false;
    }
}

}  // namespace handrail::ui
