#pragma once

#include <functional>
#include <utility>

#include <QAbstractButton>
#include <QFrame>
#include <QLabel>
#include <QLayout>

#include "ui/look.h"

/// The small pieces that panels are made of. Each follows the theme and shows plain text only.
namespace handrail::ui {

/// What a text or a box means; the colour comes from the theme, and a glyph or a word stands beside it.
enum class Tone { Text, Muted, Accent, Good, Warning, Danger, Doubt };
QColor colourOf(Tone tone);
QColor softColourOf(Tone tone);

/// A tool tip of our own words; escaped, so that foreign parts in it stay text.
void setTip(QWidget* widget, const QString& text);

/// Before whoever sits there, as large as it was.
void bringUp(QWidget& window);

/// A plain text that wraps anywhere: a name of 4,000 letters can neither widen the window nor be cut.
class PlainLabel : public QLabel {
    Q_OBJECT
public:
    explicit PlainLabel(const QString& text, Tone tone = Tone::Text, int pointsMore = 0, bool bold = false,
                        QWidget* parent = nullptr);
    void setTone(Tone tone);
    void setItalic(bool italic);
    void setMonospace(bool monospace);
    /// Never wraps; for short words of our own.
    void setOneLine(bool oneLine);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override;
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyFont();
    int widestLine() const;

    Tone tone_;
    int pointsMore_;
    bool bold_;
    bool italic_ = false;
    bool monospace_ = false;
    bool oneLine_ = false;
};

/// A glyph and a word on a soft ground.
class Badge : public QLabel {
    Q_OBJECT
public:
    /// A glyph that begins with ":" names an icon.
    Badge(const QString& glyph, const QString& word, Tone tone, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    int iconSize() const;

    QString icon_;
    Tone tone_;
};

/// A box with a ground of its own and, where it has a tone, a bar at its left edge.
class Box : public QFrame {
    Q_OBJECT
public:
    explicit Box(Tone tone, QWidget* parent = nullptr);
    QLayout* rows() const { return layout(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone tone_;
};

/// A heading that folds what is under it. The heading may carry a few quiet words at its right.
class Section : public QWidget {
    Q_OBJECT
public:
    explicit Section(const QString& title, QWidget* parent = nullptr);
    void setSummary(const QString& summary);
    void setOpen(bool open);
    bool isOpen() const { return open_; }
    QString title() const { return title_; }
    void add(QWidget* widget);
    /// What it holds is made when it is opened first: what nobody looks at costs nothing. Whatever `fill` goes by must
    /// outlive this section.
    void fillWhenOpened(std::function<void()> fill) { fill_ = std::move(fill); }

signals:
    void folded(const QString& title, bool open);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString title_;
    bool open_ = true;
    std::function<void()> fill_;
    class Heading;
    Heading* heading_;
    QWidget* body_;
};

/// The ground of a panel.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// Lays its widgets out in lines, as text.
class FlowLayout : public QLayout {
public:
    explicit FlowLayout(int gap, QWidget* parent = nullptr);
    ~FlowLayout() override;
    void addItem(QLayoutItem* item) override { items_.append(item); }
    int count() const override { return static_cast<int>(items_.size()); }
    QLayoutItem* itemAt(int index) const override { return items_.value(index); }
    QLayoutItem* takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    void setGeometry(const QRect& rect) override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;

    /// Items from this one on stand at the right end of their line, this far from their neighbours.
    void setTail(int from, int gap)
    {
        tailFrom_ = from;
        tailGap_ = gap;
    }

private:
    struct Line {
        QList<int> items;
        int width = 0;
        int height = 0;
    };
    QList<Line> linesOf(int width) const;
    int arrange(const QRect& rect, bool isReal) const;
    int slackOf(const Line& line, int width, int item) const;
    int gapBefore(int item) const { return tailFrom_ >= 0 && item >= tailFrom_ ? tailGap_ : gap_; }

    QList<QLayoutItem*> items_;
    int gap_;
    int tailFrom_ = -1;
    int tailGap_ = 0;
};

/// Draws the ring that shows where the keyboard is.
void paintFocusRing(QPainter& painter, const QRectF& rect, qreal radius);

}  // namespace handrail::ui
