#include "ui/viewbar.h"

#include "ui/parts.h"

namespace handrail::ui {

ViewBar::ViewBar(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("topBar"));
    setAttribute(Qt::WA_StyledBackground);
    row_ = new FlowLayout(space(1), this);
    row_->setContentsMargins(space(3), space(1), space(3), space(1));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int ViewBar::add(const QString& name, const QString& iconName)
{
    auto* tab = new QToolButton(this);
    tab->setText(name);
    tab->setIcon(icon(iconName));
    tab->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    tab->setCheckable(true);
    tab->setAutoExclusive(true);
    tab->setProperty("tab", true);
    tab->setMinimumHeight(32);
    tab->setAccessibleName(tr("Show %1").arg(name));
    const int view = static_cast<int>(tabs_.size());
    connect(tab, &QToolButton::clicked, this, [this, view] { Q_EMIT chosen(view); });
    row_->addWidget(tab);
    tabs_.append({tab, name, iconName});
    tab->setChecked(view == 0);
    return view;
}

void ViewBar::setCurrent(int view) { tabs_.at(view).button->setChecked(true); }

void ViewBar::setFigure(int view, const QString& figure)
{
    const Tab& tab = tabs_.at(view);
    tab.button->setText(figure.isEmpty() ? tab.name : tr("%1 %2", "a view and how much is in it").arg(tab.name, figure));
}

void ViewBar::refreshIcons()
{
    const int size = std::max(16, QFontMetrics(textFont()).ascent());
    for (const auto& tab : tabs_) {
        tab.button->setIcon(icon(tab.icon));
        tab.button->setIconSize(QSize(size, size));
    }
}

}  // namespace handrail::ui
