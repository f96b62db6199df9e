#include "ui/foreigntext.h"

#include <algorithm>

#include <QList>

#include "agentcore/plaintext.h"

namespace handrail::ui {
namespace {

constexpr std::size_t mostBytes = 64 * 1024;
constexpr qsizetype mostInLine = 4 * 1024;
constexpr int mostMarks = 4;  ///< on one letter; a tower of them would stand over its neighbours

QString safe(const std::string& text, bool keepsLines)
{
    const bool isCut = text.size() > mostBytes;
    const QString decoded = QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(text.size(), mostBytes)));
    QString shown;
    shown.reserve(decoded.size());
    qsizetype inLine = 0;
    bool lineIsCut = false;
    int marks = 0;
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
        marks = QChar::isMark(c) ? marks + 1 : 0;
        if (isHidden(c) || marks > mostMarks) shown += c == U'\t' ? QStringLiteral("    ") : QString::fromStdString(tagOf(c));
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
