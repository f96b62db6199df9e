#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QString>

class QApplication;
class QWidget;

/// Colours, sizes and type of the whole window, light and dark: the only place that names a colour.
namespace handrail::ui {

enum class Theme { System, Light, Dark };
enum class TextSize { Normal, Large, Huge };

/// The colours of the theme in force. Text on `surface` and `raised` has 4.5:1, borders and icons 3:1.
struct Look {
    QColor surface, raised, sunken, border, strongBorder;
    QColor text, muted;
    QColor accent, accentText;      ///< selection, focus ring, the one primary button
    QColor good, warning, danger, doubt;  ///< states; always beside a glyph and a word
    QColor goodSoft, warningSoft, dangerSoft, doubtSoft, accentSoft;  ///< their badge backgrounds
};
const Look& look();
bool isDark();

/// Fusion with our palette and the few style rules that Fusion needs. Call again when either changes;
/// every window is restyled. `systemIsDark` is what the desktop says, for Theme::System.
void applyLook(QApplication& application, Theme theme, TextSize size, bool systemIsDark);

/// Pixels of the 4 px grid: space(2) is 8.
constexpr int space(int steps) { return steps * 4; }

/// Point size of plain text.
int textPoints();
/// The application's font, larger and heavier by these; tabular figures always.
QFont textFont(int pointsMore = 0, bool bold = false);

/// An icon of resources/icons in a colour of the theme ("approve", "undo", …), crisp at any scale.
QIcon icon(const QString& name, const QColor& colour = {});

}  // namespace handrail::ui
