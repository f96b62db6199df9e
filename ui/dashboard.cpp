#include "ui/dashboard.h"

#include <array>

#include <QDateTime>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

#include "models/figurerows.h"
#include "models/words.h"
#include "ui/barlist.h"

namespace handrail::ui {
namespace {

struct Range {
    const char* label;
    int days;
};

constexpr std::array<Range, 4> rangeList{{{QT_TRANSLATE_NOOP("handrail::ui::Dashboard", "Today"), 1},
                                          {QT_TRANSLATE_NOOP("handrail::ui::Dashboard", "7 days"), 7},
                                          {QT_TRANSLATE_NOOP("handrail::ui::Dashboard", "30 days"), 30},
                                          {QT_TRANSLATE_NOOP("handrail::ui::Dashboard", "All"), 0}}};
constexpr int usualRange = 1;
constexpr int narrowest = 420;  ///< pixels of one column at the usual text size

}  // namespace

Dashboard::Dashboard(QSettings* settings, QWidget* parent) : QWidget(parent), settings_(settings)
{
    area_ = new QScrollArea(this);
    area_->setWidgetResizable(true);
    area_->setFrameShape(QFrame::NoFrame);
    auto* page = new Page(area_);
    auto* inside = new QVBoxLayout(page);
    inside->setContentsMargins(space(4), space(2), space(4), space(4));
    inside->setSpacing(space(3));
    inside->addWidget(makeTiles());
    grid_ = new QGridLayout;
    grid_->setSpacing(space(3));
    inside->addLayout(grid_);
    inside->addStretch(1);
    makeFigures(page);
    area_->setWidget(page);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(area_, 1);
    joinFigures();
    setFocusProxy(ranges_->checkedButton());
}

QWidget* Dashboard::makeHead()
{
    auto* head = new QWidget(this);
    auto* flow = new FlowLayout(space(2), head);
    flow->setContentsMargins(space(4), space(3), space(4), space(2));
    auto* title = new PlainLabel(tr("Dashboard"), Tone::Text, 4, true, head);
    title->setOneLine(true);
    flow->addWidget(title);
    ranges_ = new QButtonGroup(this);
    const int chosen = settings_->value(QStringLiteral("range"), usualRange).toInt();
    for (std::size_t i = 0; i < rangeList.size(); ++i) {
        auto* chip = new QPushButton(tr(rangeList[i].label), head);
        chip->setCheckable(true);
        chip->setChecked(static_cast<int>(i) == chosen || i == usualRange);
        chip->setProperty("chip", true);
        ranges_->addButton(chip, static_cast<int>(i));
        flow->addWidget(chip);
    }
    if (auto* chip = ranges_->button(chosen)) chip->setChecked(true);
    connect(ranges_, &QButtonGroup::idClicked, this, [this](int range) {
        settings_->setValue(QStringLiteral("range"), range);
        Q_EMIT rangeChanged();
    });
    return head;
}

QWidget* Dashboard::makeTiles()
{
    auto* box = new QWidget(this);
    auto* flow = new FlowLayout(space(3), box);
    flow->setContentsMargins(0, 0, 0, 0);
    for (const auto& name : {tr("runs started"), tr("retries a run"), tr("of all calls failed"), tr("fallbacks used"), tr("wait for a person")}) {
        auto* tile = new Box(Tone::Text, box);
        auto* number = new PlainLabel(QStringLiteral("–"), Tone::Text, 6, true, tile);
        number->setOneLine(true);
        auto* label = new PlainLabel(name, Tone::Muted, 0, false, tile);
        label->setOneLine(true);
        tile->rows()->addWidget(number);
        tile->rows()->addWidget(label);
        tile->setMinimumWidth(space(36));
        flow->addWidget(tile);
        numbers_.append(number);
    }
    return box;
}

void Dashboard::makeFigures(QWidget* page)
{
    const auto add = [&](const QString& title, const QString& nameTitle, const QString& barTitle, const QString& none, Tone tone) {
        figures_.append(new BarList(title, nameTitle, barTitle, none, tone, page));
        return figures_.last();
    };
    tools_ = add(tr("Failed calls by tool"), tr("Tool"), tr("Failed calls"), tr("No call was made in this time."), Tone::Danger);
    types_ = add(tr("Failures by day"), tr("Day and failure"), tr("Times"), tr("Nothing failed in this time."), Tone::Danger);
    retries_ = add(tr("Retries a run"), tr("Agent"), tr("Retries"), tr("No run was started in this time."), Tone::Warning);
    ended_ = add(tr("How runs ended"), tr("State"), tr("Runs"), tr("No run ended in this time."), Tone::Accent);
    handoffs_ = add(tr("Questions to people"), tr("Kind"), tr("Questions"), tr("Nobody was asked in this time."), Tone::Accent);
    times_ = add(tr("Time to decision"), tr("Decided"), tr("Decisions"), tr("Nothing was decided in this time."), Tone::Accent);
    fallbacks_ = add(tr("What stood in"), tr("Fallback"), tr("Times"), tr("Nothing had to stand in in this time."), Tone::Doubt);
    alerts_ = add(tr("Alerts that wait"), tr("Alert"), tr("Times"), tr("Nothing has come up over several runs."), Tone::Warning);
    notifiers_ = add(tr("Messages to people"), tr("Notifier"), tr("Messages"), tr("No message was sent yet."), Tone::Good);
}

void Dashboard::joinFigures()
{
    connect(tools_, &BarList::opened, this, &Dashboard::toolRunsWanted);
    connect(alerts_, &BarList::opened, this, &Dashboard::handoffWanted);
    connect(types_, &BarList::opened, this, &Dashboard::showDayOf);
    connect(retries_, &BarList::opened, this, [this](const QString& agent) {
        models::RunsWanted wanted;
        wanted.agents = {agent.toStdString()};
        Q_EMIT runsWanted(wanted, tr("runs of %1").arg(agent));
    });
    connect(ended_, &BarList::opened, this, [this](const QString& state) {
        models::RunsWanted wanted;
        const auto status = fromWord<RunStatus>(state.toStdString());
        if (!status) return;
        wanted.states = {*status};
        Q_EMIT runsWanted(wanted, tr("runs that are: %1").arg(models::stateText(*status)));
    });
}

/// The runs that stopped with a failure on a day (UTC, as it is counted).
void Dashboard::showDayOf(const QString& id)
{
    const QDate day = QDate::fromString(id.section(u'/', 0, 0), Qt::ISODate);
    models::RunsWanted wanted;
    wanted.code = id.section(u'/', 1).toStdString();
    if (day.isValid()) {
        wanted.since = day.startOfDay(Qt::UTC).toMSecsSinceEpoch();
        wanted.before = day.addDays(1).startOfDay(Qt::UTC).toMSecsSinceEpoch();
    }
    Q_EMIT runsWanted(wanted, tr("runs that stopped with %1 on %2").arg(QString::fromStdString(wanted.code), QLocale().toString(day, QLocale::ShortFormat)));
}

int Dashboard::days() const { return rangeList[static_cast<std::size_t>(std::max(0, ranges_->checkedId()))].days; }

void Dashboard::setFigures(const Statistics& statistics, const std::vector<InboxRow>& inbox)
{
    std::int64_t calls = 0;
    std::int64_t errors = 0;
    std::int64_t stoodIn = 0;
    int open = 0;
    for (const auto& tool : statistics.tools) {
        calls += tool.calls;
        errors += tool.errors;
    }
    for (const auto& [kind, figures] : statistics.fallbacks) stoodIn += figures.used;
    if (const auto all = statistics.open.find("all"); all != statistics.open.end()) open = all->second;
    const QLocale locale;
    numbers_[0]->setText(locale.toString(static_cast<qlonglong>(statistics.runsStarted)));
    numbers_[1]->setText(statistics.runsStarted > 0 ? locale.toString(statistics.retriesPerRun(), 'f', 2) : QStringLiteral("–"));
    numbers_[2]->setText(calls > 0 ? models::percentText(static_cast<double>(errors) / static_cast<double>(calls)) : QStringLiteral("–"));
    numbers_[3]->setText(locale.toString(static_cast<qlonglong>(stoodIn)));
    numbers_[4]->setText(locale.toString(open));
    tools_->setRows(models::toolErrorRows(statistics), 1.0);
    types_->setRows(models::errorTypeRows(statistics));
    retries_->setRows(models::retryRows(statistics));
    ended_->setRows(models::endedRows(statistics));
    handoffs_->setRows(models::handoffRows(statistics));
    times_->setRows(models::decisionTimeRows(statistics));
    fallbacks_->setRows(models::fallbackRows(statistics));
    alerts_->setRows(models::alertRows(inbox));
    notifiers_->setRows(models::notifierRows(statistics));
}

void Dashboard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// As many columns as fit at this text size.
void Dashboard::arrange()
{
    const int wide = std::max(narrowest, QFontMetrics(textFont()).averageCharWidth() * 60);
    const int columns = std::clamp(width() / wide, 1, 3);
    if (columns == columns_) return;
    columns_ = columns;
    for (int i = 0; i < figures_.size(); ++i) grid_->addWidget(figures_.at(i), i / columns, i % columns);
    for (int i = 0; i < 3; ++i) grid_->setColumnStretch(i, i < columns ? 1 : 0);
}

}  // namespace handrail::ui
