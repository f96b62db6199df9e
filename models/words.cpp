#include "models/words.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include "agentcore/plaintext.h"

namespace handrail::models {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("words", text); }
QString two(Millis number) { return QStringLiteral("%1").arg(number, 2, 10, QChar(u'0')); }

}  // namespace

QString stateText(RunStatus status)
{
    switch (status) {
    case RunStatus::Running: return QStringLiteral("▶ ") + tr("running");
    case RunStatus::WaitingApproval: return QStringLiteral("… ") + tr("waits for approval");
    case RunStatus::Escalated: return QStringLiteral("▲ ") + tr("needs a person");
    case RunStatus::Completed: return QStringLiteral("✓ ") + tr("completed");
    case RunStatus::Failed: return QStringLiteral("✗ ") + tr("failed");
    case RunStatus::TimedOut: return QStringLiteral("◷ ") + tr("timed out");
    case RunStatus::Aborted: return QStringLiteral("■ ") + tr("aborted");
    case RunStatus::Stopped: return QStringLiteral("■ ") + tr("stopped");
    }
    return {};
}

QString spanText(Millis span)
{
    const Millis ms = std::max<Millis>(0, span);
    if (ms < 1'000) return tr("%1 ms").arg(ms);
    if (ms < 60'000) return tr("%1 s").arg(QLocale().toString(static_cast<double>(ms) / 1000.0, 'f', ms < 10'000 ? 1 : 0));
    if (ms < 3'600'000) return tr("%1 min %2 s").arg(QString::number(ms / 60'000), two(ms / 1'000 % 60));
    if (ms < 172'800'000) return tr("%1 h %2 min").arg(QString::number(ms / 3'600'000), two(ms / 60'000 % 60));
    return tr("%1 days").arg(ms / 86'400'000);
}

QString shownText(const std::string& text) { return QString::fromStdString(visibleText(text)); }

QString modelUseText(const RunDetail& run)
{
    if (run.tokens <= 0) return {};
    const QString tokens = tr("%1 tokens").arg(QLocale().toString(static_cast<qlonglong>(run.tokens)));
    return run.cost.empty() ? tokens : QStringLiteral("%1, %2 %3").arg(tokens, QString::fromStdString(run.cost), QString::fromStdString(run.currency));
}

QString instantText(Millis instant)
{
    if (instant <= 0) return {};
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(instant);
    return QLocale().toString(when.date(), QLocale::ShortFormat) + u' ' + when.time().toString(QStringLiteral("HH:mm:ss"));
}

int countOf(const std::map<std::string, int>& counts, const char* name)
{
    const auto found = counts.find(name);
    return found == counts.end() ? 0 : found->second;
}

}  // namespace handrail::models
