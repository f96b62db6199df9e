#pragma once

#include <QPushButton>
#include <QTimer>
#include <QWidget>

#include "ui/parts.h"

namespace handrail::ui {

/// What has just happened, at the bottom of the window: quiet, gone by itself, and never in the way of a click
/// unless it offers to take back what was done.
class Toast : public QWidget {
    Q_OBJECT
public:
    explicit Toast(QWidget* parent);
    void show(const QString& text);
    /// The same with a button, and longer: there is time to take it back.
    void offer(const QString& text, const QString& button);
    /// How far above the bottom of the window it stands, so that it covers no button there; from its next text on.
    void setLift(int pixels) { lift_ = pixels; }

signals:
    void taken();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void tell(const QString& text, int span);
    void place();

    PlainLabel* text_;
    QPushButton* button_;
    int lift_ = 0;
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
