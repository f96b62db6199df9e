#include "ui/look.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QStyleFactory>
#include <QSvgRenderer>
#include <QWidget>

/// A static library's resources are left out unless somebody asks for them, and the macro wants no namespace.
static void loadIcons() { Q_INIT_RESOURCE(ui); }

namespace handrail::ui {
namespace {

Look lightLook()
{
    Look look;
    look.surface = QColor(0xFF, 0xFF, 0xFF);
    look.raised = QColor(0xF6, 0xF7, 0xF9);
    look.sunken = QColor(0xED, 0xEF, 0xF2);
    look.border = QColor(0xDB, 0xDF, 0xE5);
    look.strongBorder = QColor(0x7E, 0x87, 0x94);
    look.text = QColor(0x1A, 0x1E, 0x24);
    look.muted = QColor(0x56, 0x5F, 0x6B);
    look.accent = QColor(0x2B, 0x5B, 0xCF);
    look.accentText = QColor(0xFF, 0xFF, 0xFF);
    look.good = QColor(0x18, 0x75, 0x33);
    look.warning = QColor(0x8A, 0x5A, 0x00);
    look.danger = QColor(0xB3, 0x24, 0x1B);
    look.doubt = QColor(0x73, 0x38, 0xBD);
    look.goodSoft = QColor(0xE1, 0xF5, 0xE6);
    look.warningSoft = QColor(0xFE, 0xF1, 0xD8);
    look.dangerSoft = QColor(0xFD, 0xE7, 0xE5);
    look.doubtSoft = QColor(0xF1, 0xE8, 0xFC);
    look.accentSoft = QColor(0xE6, 0xED, 0xFC);
    return look;
}

Look darkLook()
{
    Look look;
    look.surface = QColor(0x17, 0x1A, 0x1F);
    look.raised = QColor(0x1E, 0x22, 0x28);
    look.sunken = QColor(0x11, 0x13, 0x17);
    look.border = QColor(0x33, 0x39, 0x42);
    look.strongBorder = QColor(0x74, 0x7E, 0x8C);
    look.text = QColor(0xE7, 0xEA, 0xEE);
    look.muted = QColor(0xA4, 0xAD, 0xB9);
    look.accent = QColor(0x8C, 0xAE, 0xFF);
    look.accentText = QColor(0x0E, 0x14, 0x22);
    look.good = QColor(0x74, 0xD1, 0x8A);
    look.warning = QColor(0xE8, 0xB9, 0x5C);
    look.danger = QColor(0xFF, 0x96, 0x8C);
    look.doubt = QColor(0xC9, 0xA8, 0xFF);
    look.goodSoft = QColor(0x18, 0x30, 0x20);
    look.warningSoft = QColor(0x36, 0x2B, 0x14);
    look.dangerSoft = QColor(0x3C, 0x1E, 0x1D);
    look.doubtSoft = QColor(0x2E, 0x24, 0x42);
    look.accentSoft = QColor(0x20, 0x2D, 0x4A);
    return look;
}

Look current = lightLook();
bool dark = false;
int basePoints = 10;

QPalette paletteOf(const Look& look)
{
    QPalette palette;
    palette.setColor(QPalette::Window, look.raised);
    palette.setColor(QPalette::WindowText, look.text);
    palette.setColor(QPalette::Base, look.surface);
    palette.setColor(QPalette::AlternateBase, look.raised);
    palette.setColor(QPalette::Text, look.text);
    palette.setColor(QPalette::PlaceholderText, look.muted);
    palette.setColor(QPalette::Button, look.raised);
    palette.setColor(QPalette::ButtonText, look.text);
    palette.setColor(QPalette::BrightText, look.danger);
    palette.setColor(QPalette::Highlight, look.accent);
    palette.setColor(QPalette::HighlightedText, look.accentText);
    palette.setColor(QPalette::ToolTipBase, look.raised);
    palette.setColor(QPalette::ToolTipText, look.text);
    palette.setColor(QPalette::Link, look.accent);
    palette.setColor(QPalette::Light, look.surface);
    palette.setColor(QPalette::Midlight, look.border);
    palette.setColor(QPalette::Mid, look.border);
    palette.setColor(QPalette::Dark, look.strongBorder);
    palette.setColor(QPalette::Shadow, look.sunken);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, look.muted);
    }
    return palette;
}

/// What Fusion draws too faintly or not at all on our palettes. Names of colours are filled in.
QString rules(const Look& look)
{
    QString sheet = QStringLiteral(
        "QToolTip { color: @text; background: @raised; border: 1px solid @strong; padding: 4px 8px; }"
        "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox { background: @surface; color: @text; border: 1px solid @strong;"
        " border-radius: 6px; padding: 4px 8px; selection-background-color: @accent; selection-color: @onAccent; }"
        "QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus { border: 2px solid @accent; padding: 3px 7px; }"
        "QComboBox::drop-down { border: none; width: 20px; }"
        "QPushButton { background: @surface; color: @text; border: 1px solid @strong; border-radius: 6px; padding: 4px 12px; min-height: 22px; }"
        "QPushButton:hover { background: @sunken; }"
        "QPushButton:pressed { background: @border; }"
        "QPushButton:focus { border: 2px solid @accent; padding: 3px 11px; }"
        "QPushButton:disabled { color: @muted; border-color: @border; background: @raised; }"
        "QPushButton[tone=\"primary\"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }"
        "QPushButton[tone=\"primary\"]:disabled { background: @sunken; color: @muted; border-color: @border; }"
        "QPushButton[tone=\"danger\"] { color: @danger; border-color: @danger; }"
        "QPushButton[tone=\"danger\"]:disabled { color: @muted; border-color: @border; }"
        "QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @strong; border-radius: 4px; background: @surface; }"
        "QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/approve.svg); }"
        "QCheckBox:focus { outline: 2px solid @accent; }"
        "QProgressBar { background: @sunken; border: 1px solid @border; border-radius: 3px; max-height: 6px; min-height: 6px; }"
        "QProgressBar::chunk { background: @accent; border-radius: 2px; }"
        "QSplitter::handle { background: @border; }"
        "QScrollBar:vertical { width: 12px; background: transparent; margin: 2px; }"
        "QScrollBar::handle:vertical { background: @strong; border-radius: 4px; min-height: 32px; }"
        "QScrollBar:horizontal { height: 12px; background: transparent; margin: 2px; }"
        "QScrollBar::handle:horizontal { background: @strong; border-radius: 4px; min-width: 32px; }"
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
        "QHeaderView::section { background: @raised; color: @muted; border: none; border-bottom: 1px solid @border; padding: 6px 8px; }"
        "QPushButton[chip=\"true\"] { border: 1px solid @border; border-radius: 12px; padding: 2px 10px; min-height: 18px; color: @muted; background: transparent; }"
        "QPushButton[chip=\"true\"]:checked { background: @accentSoft; color: @text; border-color: @accent; }"
        "QToolButton[tab=\"true\"] { border: none; border-radius: 6px; padding: 4px 12px; color: @muted; }"
        "QToolButton[tab=\"true\"]:checked { background: @accentSoft; color: @text; font-weight: 600; }"
        "QToolButton[tab=\"true\"]:focus { border: 2px solid @accent; }"
        "#topBar { border-bottom: 1px solid @border; }"
        "QTableView::item { padding: 0 8px; border: none; } QTableView::item:selected, QTableView::item:focus { background: @accentSoft; color: @text; }"
        "QTableView:focus { border: 2px solid @accent; }"
        "QMenuBar { background: @raised; border-bottom: 1px solid @border; } QMenuBar::item { padding: 4px 10px; background: transparent; }"
        "QMenuBar::item:selected { background: @accentSoft; color: @text; }"
        "QMenu { background: @surface; border: 1px solid @strong; padding: 4px; } QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }"
        "QMenu::item:selected { background: @accentSoft; color: @text; } QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }");
    const QList<QPair<QString, QColor>> names{
        {QStringLiteral("@accentSoft"), look.accentSoft}, {QStringLiteral("@onAccent"), look.accentText},
        {QStringLiteral("@accent"), look.accent},         {QStringLiteral("@surface"), look.surface},
        {QStringLiteral("@raised"), look.raised},         {QStringLiteral("@sunken"), look.sunken},
        {QStringLiteral("@strong"), look.strongBorder},   {QStringLiteral("@border"), look.border},
        {QStringLiteral("@muted"), look.muted},           {QStringLiteral("@danger"), look.danger},
        {QStringLiteral("@text"), look.text}};
    for (const auto& [name, colour] : names) sheet.replace(name, colour.name());
    return sheet;
}

QString family()
{
    for (const auto* wanted : {"Inter", "Noto Sans", "DejaVu Sans"}) {
        const QString name = QString::fromLatin1(wanted);
        if (QFontDatabase::families().contains(name)) return name;
    }
    return QApplication::font().family();
}

}  // namespace

const Look& look() { return current; }
bool isDark() { return dark; }

void applyLook(QApplication& application, Theme theme, TextSize size, bool systemIsDark)
{
    loadIcons();
    dark = theme == Theme::Dark || (theme == Theme::System && systemIsDark);
    current = dark ? darkLook() : lightLook();
    basePoints = size == TextSize::Normal ? 10 : size == TextSize::Large ? 13 : 20;
    QPixmapCache::clear();
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setFont(textFont());
    application.setPalette(paletteOf(current));
    application.setStyleSheet(rules(current));
}

int textPoints() { return basePoints; }

QFont textFont(int pointsMore, bool bold)
{
    static const QString name = family();
    QFont font(name);
    font.setPointSize(basePoints + pointsMore);
    // Inter draws the x between two digits as a multiplication sign: an id would read as another one.
    font.setStyleStrategy(QFont::PreferNoShaping);
    font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
    return font;
}

QIcon icon(const QString& name, const QColor& colour)
{
    const QColor wanted = colour.isValid() ? colour : current.text;
    const QString key = QStringLiteral("handrail-") + name + wanted.name(QColor::HexArgb);
    QIcon made;
    for (const int size : {16, 20, 24, 32, 48}) {
        QPixmap pixmap;
        const QString sized = key + QString::number(size);
        if (!QPixmapCache::find(sized, &pixmap)) {
            QFile file(QStringLiteral(":/icons/") + name + QStringLiteral(".svg"));
            if (!file.open(QIODevice::ReadOnly)) return {};
            QByteArray drawing = file.readAll();
            drawing.replace("currentColor", wanted.name().toLatin1());
            QSvgRenderer renderer(drawing);
            pixmap = QPixmap(size, size);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            renderer.render(&painter);
            painter.end();
            QPixmapCache::insert(sized, pixmap);
        }
        made.addPixmap(pixmap);
    }
    return made;
}

}  // namespace handrail::ui
