#include "ui/foreigntext.h"

#include <algorithm>

#include <QList>

namespace handrail::ui {
namespace {

constexpr std::size_t mostBytes = 64 * 1024;
constexpr qsizetype mostInLine = 4 * 1024;

/// Characters that change how others are read, or that nobody sees.
bool isHidden(char32_t c)
{
    const bool isControl = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool isDirection = (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x061C;
    const bool isInvisible = (c >= 0x200B && c <= 0x200D) || (c >= 0x2060 && c <= 0x2065) || c == 0xFEFF || c == 0x00AD || c == 0x034F ||
                             c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0x180E || (c >= 0xFE00 && c <= 0xFE0F) ||
                             (c >= 0xE0000 && c <= 0xE01EF) || c == 0x2028 || c == 0x2029;
    return isControl || isDirection || isInvisible;
}

QString tagOf(char32_t c)
{
    return QStringLiteral("⟨U+%1⟩").arg(QString::number(static_cast<uint>(c), 16).toUpper().rightJustified(4, u'0'));
}

QString safe(const std::string& text, bool keepsLines)
{
    const bool isCut = text.size() > mostBytes;
    const QString decoded = QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(text.size(), mostBytes)));
    QString shown;
    shown.reserve(decoded.size());
    qsizetype inLine = 0;
    bool lineIsCut = false;
    for (const char32_t c : decoded.toUcs4()) {
        if (c == U'\n' && keepsLines) {
            shown += u'\n';
            inLine = 0;
            lineIsCut = false;
            continue;
        }
        if (lineIsCut) continue;
        if (++inLine > mostInLine) {
            shown += u'…';
            lineIsCut = true;
            continue;
        }
        if (isHidden(c)) shown += c == U'\t' ? QStringLiteral("    ") : tagOf(c);
        else shown += QString::fromUcs4(&c, 1);
    }
    if (isCut && !shown.endsWith(u'…')) shown += u'…';
    return shown;
}

}  // namespace

QString foreign(const std::string& text) { return safe(text, true); }

QString foreignLine(const std::string& text) { return safe(text, false); }

QString foreignToolTip(const std::string& text)
{
    return QStringLiteral("<qt>") + foreign(text).toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")) + QStringLiteral("</qt>");
}

bool hasMixedScripts(const std::string& text)
{
    const auto points = QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(text.size(), mostBytes))).toUcs4();
    QChar::Script inWord = QChar::Script_Common;
    for (const char32_t c : points) {
        if (!QChar::isLetter(c)) {
            if (QChar::isSpace(c)) inWord = QChar::Script_Common;
            continue;
        }
        const auto script = QChar::script(c);
        if (script == QChar::Script_Common || script == QChar::Script_Inherited) continue;
        if (inWord != QChar::Script_Common && inWord != script) return true;
        inWord = script;
    }
    return false;
}

}  // namespace handrail::ui
