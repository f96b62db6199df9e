#pragma once

#include <map>
#include <vector>

#include <QAbstractSlider>

#include "models/timescale.h"

namespace handrail::ui {

/// A journal as a line of time with a handle: calls, pauses and waits to scale, the line at the handle named. The
/// value is the place of that line, from 0. Left and Right go by one line, Page Up and Page Down by ten, Home and End
/// to the ends; a click goes to the line that is nearest.
class TimeLine : public QAbstractSlider {
    Q_OBJECT
public:
    explicit TimeLine(const QString& accessibleName, QWidget* parent = nullptr);

    /// `beside`: another journal that this one is compared with, drawn to the same scale. The handle goes to the end.
    void setLines(std::vector<JournalLine> lines, std::vector<JournalLine> beside = {});
    /// Glyphs that stand over lines, by their places.
    void setMarks(std::map<int, QString> marks);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void sliderChange(SliderChange change) override;
    bool event(QEvent* event) override;

private:
    void layOut();
    void tellHandle();
    int barTop() const;
    QString handleText() const;
    void paintStretch(QPainter& painter, const models::Stretch& stretch) const;
    void paintTicks(QPainter& painter) const;
    void paintHandle(QPainter& painter) const;

    std::vector<JournalLine> lines_;
    std::vector<JournalLine> beside_;
    std::map<int, QString> marks_;
    models::TimeScale scale_{{}, 0};
};

/// "call 1.2 s", "waits for a person 4 min 02 s".
QString stretchText(const models::Stretch& stretch);

}  // namespace handrail::ui
