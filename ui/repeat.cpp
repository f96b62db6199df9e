#include "ui/repeat.h"

#include <optional>

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include "ui/foreigntext.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

QString say(const char* text) { return QCoreApplication::translate("handrail::ui::DecisionBar", text); }

/// A number without its thousands marks and without zeros that say nothing; none when it is no number.
std::optional<QString> plainNumber(const QString& text, const QString& mark, const QString& point)
{
    const QString m = QRegularExpression::escape(mark);
    const QString p = QRegularExpression::escape(point);
    const QRegularExpression shape(QStringLiteral("^(-?)([0-9]{1,3}(?:%1[0-9]{3})+|[0-9]+)(?:%2([0-9]+))?$").arg(m, p));
    const auto match = shape.match(text);
    if (!match.hasMatch()) return std::nullopt;
    QString whole = match.captured(2).remove(mark);
    QString fraction = match.captured(3);
    while (fraction.endsWith(u'0')) fraction.chop(1);
    while (whole.size() > 1 && whole.startsWith(u'0')) whole.remove(0, 1);
    return match.captured(1) + whole + (fraction.isEmpty() ? QString() : u'.' + fraction);
}

QString withoutCurrency(QString text, const QString& currency)
{
    text = text.simplified();
    if (!currency.isEmpty() && text.endsWith(currency, Qt::CaseInsensitive)) text.chop(currency.size());
    else if (!currency.isEmpty() && text.startsWith(currency, Qt::CaseInsensitive)) text.remove(0, currency.size());
    return text.trimmed();
}

}  // namespace

bool Repeat::matches(const QString& typed) const
{
    if (typed.trimmed().isEmpty()) return false;
    if (!isAmount) return typed.simplified() == shown.simplified();
    const QString mine = withoutCurrency(typed, currency);
    const auto wanted = plainNumber(raw, QStringLiteral(","), QStringLiteral("."));
    if (!wanted) return mine == raw.simplified();
    const QLocale here;
    return plainNumber(mine, here.groupSeparator(), here.decimalPoint()) == wanted ||
           plainNumber(mine, QStringLiteral(","), QStringLiteral(".")) == wanted;
}

Repeat repeatOf(const HandoffDetail& handoff)
{
    Repeat repeat;
    if (const Argument* amount = typedWith(handoff.typed, "amount")) {
        const Argument* currency = typedWith(handoff.typed, "currency");
        repeat = {true, say("amount"), moneyOf(handoff.typed), rawText(amount->value),
                  currency ? rawText(currency->value) : QString(), amount->name};
    } else if (const Argument* recipient = typedWith(handoff.typed, "recipient")) {
        const QString raw = rawText(recipient->value);
        repeat = {false, say("recipient"), foreignLine(raw.toStdString()), raw, {}, recipient->name};
    } else {
        const QString word = foreignLine(handoff.row.step.empty() ? handoff.row.id : handoff.row.step);
        repeat = {false, say("word"), word, word, {}, {}};
    }
    return repeat;
}

bool needsRepeat(const HandoffDetail& handoff) { return handoff.row.risk == Risk::High || handoff.row.risk == Risk::Critical; }

}  // namespace handrail::ui
