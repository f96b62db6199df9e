#include "ui/logpanel.h"

#include <QScrollBar>
#include <QVBoxLayout>

#include "ui/searchfield.h"

namespace handrail::ui {

LogPanel::LogPanel(QWidget* parent) : QWidget(parent), model_(this), found_(this)
{
    found_.setSourceModel(&model_);
    found_.setFilterCaseSensitivity(Qt::CaseInsensitive);
    found_.setFilterKeyColumn(-1);
    search_ = new SearchField(QStringLiteral("logSearch"), tr("Search this log"), tr("Search this log"), this);
    table_ = new Table(&found_, tr("Log of the run"), this);
    table_->setObjectName(QStringLiteral("log"));
    table_->setWidths({14, 12, 18, -1});
    empty_ = new PlainLabel({}, Tone::Muted, 0, false, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space(2));
    column->addWidget(search_);
    column->addWidget(empty_);
    column->addWidget(table_, 1);
    setFocusProxy(search_);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        found_.setFilterFixedString(text.trimmed());
        showEmpty();
    });
    showEmpty();
}

void LogPanel::showEmpty()
{
    empty_->setVisible(found_.rowCount() == 0);
    empty_->setText(model_.rowCount() == 0 ? tr("The log has nothing of this run. Lines come a moment after what they tell.") : tr("No line fits. Clear the search."));
    table_->setVisible(found_.rowCount() > 0);
}

void LogPanel::setLines(const RunId& run, std::vector<Json> lines)
{
    // A reader at the end follows the end; one who looks at an earlier line stays there.
    auto* bar = table_->verticalScrollBar();
    const bool isAtEnd = run != model_.run() || bar->value() >= bar->maximum() - 4;
    model_.setLines(run, std::move(lines));
    showEmpty();
    if (isAtEnd) table_->scrollToBottom();
}

}  // namespace handrail::ui
