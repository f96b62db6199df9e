#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/parts.h"

namespace handrail::ui {

/// What has just happened, at the bottom of the window: quiet, never in the way of a click, gone by itself.
class Toast : public QWidget {
    Q_OBJECT
public:
    explicit Toast(QWidget* parent);
    void show(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    PlainLabel* text_;
    QTimer timer_;
};

/// A row that stays until it is dismissed: a failure of a decision, or a store that has stopped.
class NoticeRow : public QWidget {
    Q_OBJECT
public:
    NoticeRow(Tone tone, bool canDismiss, QWidget* parent = nullptr);
    void setText(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone tone_;
    PlainLabel* text_;
};

}  // namespace handrail::ui
