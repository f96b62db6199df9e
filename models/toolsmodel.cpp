#include "models/toolsmodel.h"

#include <QLocale>

#include "models/merge.h"
#include "models/words.h"

namespace handrail::models {
namespace {

bool isSameHost(const std::optional<HostView>& one, const std::optional<HostView>& other)
{
    if (!one || !other) return !one && !other;
    return one->host == other->host && one->breaker == other->breaker && one->inFlight == other->inFlight &&
           one->retriesLeft == other->retriesLeft && one->openUntil == other->openUntil && one->who == other->who && one->reason == other->reason;
}

}  // namespace

bool ToolRow::operator==(const ToolRow& other) const
{
    return tool == other.tool && isSameHost(host, other.host) && calls == other.calls && errors == other.errors && tookMs == other.tookMs;
}

QString breakerText(const std::optional<HostView>& host)
{
    if (!host) return QStringLiteral("– ") + ToolsModel::tr("not called yet");
    if (host->breaker == "isolated") return QStringLiteral("■ ") + ToolsModel::tr("isolated");
    if (host->breaker == "open") return QStringLiteral("▲ ") + ToolsModel::tr("open: rests");
    if (host->breaker == "half_open") return QStringLiteral("◐ ") + ToolsModel::tr("half open: is tried");
    return QStringLiteral("✓ ") + ToolsModel::tr("closed: in use");
}

QString effectText(Effect effect)
{
    switch (effect) {
    case Effect::Read: return ToolsModel::tr("Only reads");
    case Effect::WriteKeyed: return ToolsModel::tr("Writes with a key");
    case Effect::WriteVerifiable: return ToolsModel::tr("Writes, verifiable");
    case Effect::WriteBlind: break;
    }
    return ToolsModel::tr("Writes blindly");
}

QString standInText(const ToolView& tool)
{
    const QString cached = tool.cache > 0 ? ToolsModel::tr("an earlier result, up to %1 old").arg(spanText(tool.cache)) : QString();
    const QString other = QString::fromStdString(tool.readOnly);
    if (cached.isEmpty() || other.isEmpty()) return cached + other;
    return ToolsModel::tr("%1, then %2").arg(cached, other);
}

QString originText(const std::string& host) { return shownText(host.substr(0, host.find('#'))); }

void ToolsModel::setRows(std::vector<ToolRow> rows)
{
    mergeRows(rows_, std::move(rows), RowChanges<ToolsModel>{*this}, [](const ToolRow& row) { return row.id(); });
}

int ToolsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
int ToolsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : Columns; }

QString ToolsModel::text(const ToolRow& row, int column) const
{
    const ToolView& tool = row.tool;
    switch (column) {
    case Name: return shownText(tool.tool);
    case Agent: return shownText(tool.agent);
    case Host: return originText(tool.host);
    case Does: return effectText(tool.effect);
    case Limits: return tr("%1, %n attempts", nullptr, tool.attempts).arg(spanText(tool.timeout));
    case Gate: return tool.gate.empty() ? tr("none") : shownText(tool.gate);
    case StandsIn: return tool.cache == 0 && tool.readOnly.empty() ? tr("none") : standInText(tool);
    case Breaker: return breakerText(row.host);
    case Errors:
        if (row.calls == 0) return tr("no calls");
        return tr("%1% of %2").arg(QLocale().toString(100.0 * static_cast<double>(row.errors) / static_cast<double>(row.calls), 'f', 1),
                                   QLocale().toString(static_cast<qlonglong>(row.calls)));
    default: return {};
    }
}

QVariant ToolsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const ToolRow& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column());
    case IdRole: return QString::fromStdString(row.id());
    case BreakerRole: return QString::fromStdString(row.host ? row.host->breaker : std::string());
    case RateRole: return row.calls > 0 ? static_cast<double>(row.errors) / static_cast<double>(row.calls) : -1.0;
    default: return {};
    }
}

QVariant ToolsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Name: return tr("Tool");
    case Agent: return tr("Agent");
    case Host: return tr("Host");
    case Does: return tr("What it does");
    case Limits: return tr("Limits");
    case Gate: return tr("Gate");
    case StandsIn: return tr("Fallback");
    case Breaker: return tr("Breaker");
    case Errors: return tr("Failed calls");
    default: return {};
    }
}

}  // namespace handrail::models
