#pragma once

#include <QWidget>

#include "agentcore/types.h"

namespace handrail::ui {

/// Calls and the waits between them, drawn to scale. The list below it says the same in words.
class AttemptLine : public QWidget {
    Q_OBJECT
public:
    explicit AttemptLine(std::vector<AttemptView> attempts, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    Millis end() const;
    qreal place(Millis instant) const;
    QRectF bar(const AttemptView& attempt) const;
    QString label(const AttemptView& attempt) const;
    void paintWait(QPainter& painter, const AttemptView& attempt) const;
    void paintAxis(QPainter& painter) const;

    std::vector<AttemptView> attempts_;
};

/// "Call 2 · read timed out (T109) · 5.0 s, then waits 1.8 s".
QString attemptText(const AttemptView& attempt);

}  // namespace handrail::ui
