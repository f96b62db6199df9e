#pragma once

#include <QList>
#include <QToolButton>
#include <QWidget>

namespace handrail::ui {

class FlowLayout;

/// The row of views at the top of the window: one is shown, a click or Ctrl and its number shows another.
class ViewBar : public QWidget {
    Q_OBJECT
public:
    explicit ViewBar(QWidget* parent = nullptr);

    /// Adds a view at the end; its place is its number. `iconName` is one of resources/icons.
    int add(const QString& name, const QString& iconName);
    void setCurrent(int view);
    /// A few figures after the name ("Inbox 12"); empty: none.
    void setFigure(int view, const QString& figure);
    /// Icons are painted in the colours of the theme that was in force when they were made.
    void refreshIcons();

signals:
    void chosen(int view);

private:
    struct Tab {
        QToolButton* button;
        QString name;
        QString icon;
    };
    QList<Tab> tabs_;
    FlowLayout* row_;
};

}  // namespace handrail::ui
