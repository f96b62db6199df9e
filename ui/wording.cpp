#include "ui/wording.h"

#include <algorithm>

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include "ui/foreigntext.h"

namespace handrail::ui {
namespace {

QString say(const char* text) { return QCoreApplication::translate("handrail::ui::Wording", text); }

QString two(Millis number) { return QStringLiteral("%1").arg(number, 2, 10, QChar(u'0')); }

}  // namespace

QString countdownText(Millis left)
{
    if (left <= 0) return say("Ran out");
    if (left < 3'600'000) return say("%1:%2 left").arg(QString::number(left / 60'000), two(left / 1'000 % 60));
    return say("%1 left").arg(spanText(left));
}

QString agoText(Millis ago)
{
    if (ago < 5'000) return say("just now");
    if (ago < 60'000) return say("%1 s ago").arg(ago / 1'000);
    if (ago < 3'600'000) return say("%1 min ago").arg(ago / 60'000);
    return say("%1 ago").arg(spanText(ago));
}

QString grouped(const QString& number)
{
    static const QRegularExpression plain(QStringLiteral("^(-?)([0-9]{1,30})(?:\\.([0-9]{1,30}))?$"));
    const auto match = plain.match(number);
    if (!match.hasMatch()) return number;
    QString whole = match.captured(2);
    for (auto i = whole.size() - 3; i > 0; i -= 3) whole.insert(i, QLocale().groupSeparator());
    const QString fraction = match.captured(3);
    return match.captured(1) + whole + (fraction.isEmpty() ? QString() : QLocale().decimalPoint() + fraction);
}

QString rawText(const Json& value)
{
    if (value.is_string()) return QString::fromStdString(value.get_ref<const std::string&>());
    return QString::fromStdString(dump(value));
}

QString valueText(const Json& value)
{
    if (value.is_boolean()) return value.get<bool>() ? say("yes") : say("no");
    if (value.is_null()) return say("nothing");
    if (!value.is_string()) return foreign(dump(value, value.is_structured() && dump(value).size() > 60 ? 2 : -1));
    const auto& text = value.get_ref<const std::string&>();
    return text.empty() ? say("empty text") : foreign(text);
}

const Argument* typedWith(const std::vector<Argument>& typed, const char* role)
{
    const auto found = std::find_if(typed.begin(), typed.end(), [&](const Argument& one) { return one.role == role; });
    return found == typed.end() ? nullptr : &*found;
}

QString moneyOf(const std::vector<Argument>& typed)
{
    const Argument* amount = typedWith(typed, "amount");
    if (!amount) return {};
    const QString number = grouped(foreignLine(rawText(amount->value).toStdString()));
    const Argument* currency = typedWith(typed, "currency");
    if (!currency) return number;
    return number + QChar(QChar::Nbsp) + foreignLine(rawText(currency->value).toStdString());
}

Mark markOf(StepStatus status)
{
    switch (status) {
    case StepStatus::Planned: return {QStringLiteral("○"), say("planned"), Tone::Muted};
    case StepStatus::Running: return {QStringLiteral("▶"), say("running"), Tone::Accent};
    case StepStatus::Waiting: return {QStringLiteral("…"), say("waiting"), Tone::Warning};
    case StepStatus::Done: return {QStringLiteral("✓"), say("done"), Tone::Good};
    case StepStatus::Failed: return {QStringLiteral("✗"), say("failed"), Tone::Danger};
    case StepStatus::Skipped: return {QStringLiteral("–"), say("skipped"), Tone::Muted};
    case StepStatus::Undone: return {QStringLiteral("↺"), say("undone"), Tone::Muted};
    case StepStatus::Unknown: break;
    }
    return {QStringLiteral("?"), say("unknown"), Tone::Doubt};
}

Mark markOf(Risk risk)
{
    switch (risk) {
    case Risk::Low: return {QStringLiteral("▂"), say("Low risk"), Tone::Muted};
    case Risk::Medium: return {QStringLiteral("▂▄"), say("Medium risk"), Tone::Warning};
    case Risk::High: return {QStringLiteral("▂▄▆"), say("High risk"), Tone::Danger};
    case Risk::Critical: break;
    }
    return {QStringLiteral("▂▄▆█"), say("Critical risk"), Tone::Danger};
}

Mark markOf(Effect effect)
{
    switch (effect) {
    case Effect::Read: return {QStringLiteral("◎"), say("Only reads"), Tone::Muted};
    case Effect::WriteKeyed: return {QStringLiteral("✎"), say("Writes, protected by a key"), Tone::Muted};
    case Effect::WriteVerifiable: return {QStringLiteral("✎"), say("Writes, can be verified"), Tone::Muted};
    case Effect::WriteBlind: break;
    }
    return {QStringLiteral("✎"), say("Writes blindly"), Tone::Warning};
}

Mark markOf(HandoffKind kind)
{
    switch (kind) {
    case HandoffKind::Approval: return {QStringLiteral(":approval"), say("Approval"), Tone::Accent};
    case HandoffKind::Escalation: return {QStringLiteral(":escalation"), say("Escalation"), Tone::Warning};
    case HandoffKind::Review: return {QStringLiteral(":review"), say("Review"), Tone::Accent};
    case HandoffKind::Scope: return {QStringLiteral(":scope"), say("Scope"), Tone::Accent};
    case HandoffKind::Proposal: break;
    }
    return {QStringLiteral("✦"), say("Proposal"), Tone::Accent};
}

QString shortKey(const std::string& key)
{
    return shortened(foreignLine(key), 12);
}

QString shortened(const QString& text, qsizetype most) { return text.size() > most ? text.left(most - 2) + QStringLiteral("…") : text; }

QString recordsText(std::size_t count) { return count == 1 ? say("1 record") : say("%1 records").arg(count); }

}  // namespace handrail::ui
