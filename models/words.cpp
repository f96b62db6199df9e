#include "models/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace handrail::models {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("words", text); }

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
    const QLocale locale;
    if (span < 1000) return tr("%1 ms").arg(locale.toString(static_cast<qlonglong>(span)));
    if (span < 60'000) return tr("%1 s").arg(locale.toString(static_cast<double>(span) / 1000.0, 'f', 1));
    if (span < 3'600'000) return tr("%1 min %2 s").arg(span / 60'000).arg(span / 1000 % 60);
    return tr("%1 h %2 min").arg(span / 3'600'000).arg(span / 60'000 % 60);
}

QString instantText(Millis instant)
{
    if (instant <= 0) return {};
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(instant), QStringLiteral("d MMM yyyy HH:mm:ss"));
}

}  // namespace handrail::models
