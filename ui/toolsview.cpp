#include "ui/toolsview.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/foreigntext.h"
#include "ui/plaindelegate.h"
#include "ui/reasondialog.h"
#include "ui/searchfield.h"
#include "ui/tooldetail.h"

namespace handrail::ui {
namespace {

/// A breaker that is not closed stands out; its glyph and word say the same without colour.
class BreakerDelegate : public PlainDelegate {
public:
    using PlainDelegate::PlainDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        PlainDelegate::initStyleOption(option, index);
        const QString breaker = index.data(models::ToolsModel::BreakerRole).toString();
        QColor colour = breaker.isEmpty() ? look().muted : look().good;
        if (breaker == QStringLiteral("half_open")) colour = look().warning;
        if (breaker == QStringLiteral("open") || breaker == QStringLiteral("isolated")) colour = look().danger;
        option->palette.setColor(QPalette::Text, colour);
    }
};

}  // namespace

ToolsView::ToolsView(QSettings* settings, QWidget* parent) : QWidget(parent), model_(this), found_(this)
{
    found_.setSourceModel(&model_);
    found_.setFilterCaseSensitivity(Qt::CaseInsensitive);
    found_.setFilterKeyColumn(-1);
    search_ = new SearchField(QStringLiteral("toolSearch"), tr("Search tools  ( / )"), tr("Search tools"), this);
    search_->setMaximumWidth(space(80));
    table_ = new Table(&found_, tr("All tools"), this);
    table_->setObjectName(QStringLiteral("tools"));
    table_->setItemDelegateForColumn(models::ToolsModel::Breaker, new BreakerDelegate(table_));
    table_->setWidths({18, 20, 22, 16, 20, 20, 14, 20, 28}, settings, QStringLiteral("tools"));
    empty_ = new PlainLabel(QString(), Tone::Muted, 0, false, this);
    detail_ = new ToolDetail(this);

    auto* left = new QWidget(this);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space(4), space(3), space(4), space(2));
    head->addWidget(new PlainLabel(tr("Tools"), Tone::Text, 4, true, this), 1);
    head->addWidget(search_, 1);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(head);
    auto* quiet = new QHBoxLayout;
    quiet->setContentsMargins(space(4), 0, space(4), 0);
    quiet->addWidget(empty_);
    column->addLayout(quiet);
    column->addWidget(table_, 1);
    column->addStretch(0);
    split_ = new QSplitter(Qt::Horizontal, this);
    split_->setHandleWidth(1);
    split_->setChildrenCollapsible(false);
    split_->addWidget(left);
    split_->addWidget(detail_);
    split_->setStretchFactor(0, 1);
    left->setMinimumWidth(360);
    split_->setSizes({860, 480});
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(split_);
    setFocusProxy(table_);

    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        found_.setFilterFixedString(text.trimmed());
        setTools(model_.rows());
    });
    connect(table_, &Table::searchWanted, search_, [this] { search_->setFocus(Qt::ShortcutFocusReason); });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { showSelected(); });
    connect(detail_, &ToolDetail::isolateWanted, this, &ToolsView::askReason);
    setTools({});
}

void ToolsView::setTools(std::vector<models::ToolRow> rows)
{
    model_.setRows(std::move(rows));
    const bool isEmpty = model_.rowCount() == 0;
    const bool findsNone = !isEmpty && found_.rowCount() == 0;
    empty_->setVisible(isEmpty || findsNone);
    empty_->setText(isEmpty ? tr("No tools yet. A tool stands here once an agent that has it was run.") : tr("No tool fits. Clear the search."));
    table_->setVisible(!isEmpty && !findsNone);
    table_->selectSomething();
    showSelected();
}

void ToolsView::askIsolation()
{
    const auto* row = selected();
    if (row && !row->tool.host.empty()) askReason(QString::fromStdString(row->tool.host), !row->isIsolated());
}

const models::ToolRow* ToolsView::selected() const
{
    const QModelIndex index = found_.mapToSource(table_->currentIndex());
    return index.isValid() ? &model_.rows()[static_cast<std::size_t>(index.row())] : nullptr;
}

void ToolsView::showSelected()
{
    const auto* row = selected();
    detail_->setTool(row ? std::optional<models::ToolRow>(*row) : std::nullopt);
}

void ToolsView::askReason(const QString& host, bool isIsolated)
{
    const QString shown = models::originText(host.toStdString());
    const QString what = isIsolated ? tr("Nothing is sent to %1 any more until somebody releases it, also after a restart. Runs that need it wait.").arg(shown)
                                    : tr("Calls to %1 go out again, and the runs that wait for it go on.").arg(shown);
    auto* dialog = new ReasonDialog(isIsolated ? tr("Isolate a host") : tr("Release a host"), what, isIsolated ? tr("Isolate") : tr("Release"), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ReasonDialog::given, this, [this, host, isIsolated](const QString& reason) { Q_EMIT isolateRequested(host, isIsolated, reason); });
    dialog->open();
}

}  // namespace handrail::ui
