#include "models/figurerows.h"

#include <algorithm>
#include <array>

#include <QDate>
#include <QLocale>

#include "models/words.h"

namespace handrail::models {
namespace {

constexpr int mostTypesOfDay = 5;

QString numberText(std::int64_t number) { return QLocale().toString(static_cast<qlonglong>(number)); }
QString decimalText(double number) { return QLocale().toString(number, 'f', 2); }

QString dayText(const std::string& day)
{
    const QDate date = QDate::fromString(QString::fromStdString(day), Qt::ISODate);
    return date.isValid() ? QLocale().toString(date, QStringLiteral("d MMM")) : QString::fromStdString(day);
}

QString fallbackText(const std::string& kind)
{
    if (kind == "cache") return FiguresModel::tr("An earlier result");
    if (kind == "read_only") return FiguresModel::tr("Another tool");
    if (kind == "model") return FiguresModel::tr("Another model");
    return QString::fromStdString(kind);
}

QString kindText(const std::string& kind)
{
    if (kind == "approval") return FiguresModel::tr("Approvals");
    if (kind == "escalation") return FiguresModel::tr("Escalations");
    if (kind == "review") return FiguresModel::tr("Reviews");
    if (kind == "scope") return FiguresModel::tr("Scope");
    if (kind == "proposal") return FiguresModel::tr("Proposals");
    return QString::fromStdString(kind);
}

void longestFirst(std::vector<FigureRow>& rows)
{
    std::stable_sort(rows.begin(), rows.end(), [](const auto& one, const auto& other) { return one.value > other.value; });
}

}  // namespace

QString percentText(double share) { return FiguresModel::tr("%1%").arg(QLocale().toString(share * 100, 'f', share > 0 && share < 0.1 ? 1 : 0)); }

std::vector<FigureRow> toolErrorRows(const Statistics& statistics)
{
    std::vector<FigureRow> rows;
    for (const auto& tool : statistics.tools) {
        if (tool.calls == 0) continue;
        rows.push_back({QString::fromStdString(tool.tool), shownText(tool.tool), tool.errorRate(), FiguresModel::tr("%1 of %Ln calls", nullptr, static_cast<int>(tool.calls)).arg(percentText(tool.errorRate())), true});
    }
    longestFirst(rows);
    return rows;
}

std::vector<FigureRow> retryRows(const Statistics& statistics)
{
    std::vector<FigureRow> rows;
    for (const auto& agent : statistics.agents) {
        rows.push_back({QString::fromStdString(agent.agent), shownText(agent.agent), agent.retriesPerRun(),
                        FiguresModel::tr("%1 a run, %2 in %Ln runs", nullptr, static_cast<int>(agent.runs)).arg(decimalText(agent.retriesPerRun()), numberText(agent.retries)), true});
    }
    longestFirst(rows);
    return rows;
}

std::vector<FigureRow> errorTypeRows(const Statistics& statistics)
{
    std::vector<FigureRow> rows;
    std::map<std::string, int> ofDay;
    for (const auto& type : statistics.types) {
        if (ofDay[type.day]++ >= mostTypesOfDay) continue;
        const QString code = QString::fromStdString(type.code);
        rows.push_back({QString::fromStdString(type.day) + u'/' + code,
                        FiguresModel::tr("%1 · %2 %3").arg(dayText(type.day), code, QString::fromStdString(codeInfo(type.code).title)),
                        static_cast<double>(type.count), numberText(type.count), true});
    }
    return rows;
}

std::vector<FigureRow> endedRows(const Statistics& statistics)
{
    std::vector<FigureRow> rows;
    for (const auto& [state, count] : statistics.runsEnded) {
        const auto status = fromWord<RunStatus>(state);
        rows.push_back({QString::fromStdString(state), status ? stateText(*status) : QString::fromStdString(state), static_cast<double>(count),
                        numberText(count), status.has_value()});
    }
    longestFirst(rows);
    return rows;
}

std::vector<FigureRow> fallbackRows(const Statistics& statistics)
{
    std::vector<FigureRow> rows;
    for (const auto& [kind, figures] : statistics.fallbacks) {
        rows.push_back({QString::fromStdString(kind), fallbackText(kind), static_cast<double>(figures.used),
                        FiguresModel::tr("%1 times, %2 worked").arg(numberText(figures.used), numberText(figures.success)), false});
    }
    longestFirst(rows);
    return rows;
}

std::vector<FigureRow> handoffRows(const Statistics& statistics)
{
    std::vector<FigureRow> rows;
    for (const auto& kind : statistics.handoffs) {
        QString text = FiguresModel::tr("%1 asked, %2 decided").arg(numberText(kind.asked), numberText(kind.decided));
        if (kind.expired > 0) text = FiguresModel::tr("%1, %2 ran out").arg(text, numberText(kind.expired));
        if (kind.decided > 0) text = FiguresModel::tr("%1, %2 on average").arg(text, spanText(kind.averageMs()));
        rows.push_back({QString::fromStdString(kind.kind), kindText(kind.kind), static_cast<double>(kind.asked), text, false});
    }
    longestFirst(rows);
    return rows;
}

std::vector<FigureRow> decisionTimeRows(const Statistics& statistics)
{
    static constexpr std::array<const char*, 7> names{
        QT_TRANSLATE_NOOP("handrail::models::FiguresModel", "within 10 s"),    QT_TRANSLATE_NOOP("handrail::models::FiguresModel", "within 30 s"),
        QT_TRANSLATE_NOOP("handrail::models::FiguresModel", "within 1 min"),   QT_TRANSLATE_NOOP("handrail::models::FiguresModel", "within 5 min"),
        QT_TRANSLATE_NOOP("handrail::models::FiguresModel", "within 15 min"),  QT_TRANSLATE_NOOP("handrail::models::FiguresModel", "within 1 h"),
        QT_TRANSLATE_NOOP("handrail::models::FiguresModel", "later")};
    std::array<std::int64_t, names.size()> counts{};
    std::int64_t all = 0;
    for (const auto& kind : statistics.handoffs) {
        for (std::size_t i = 0; i < kind.buckets.size() && i < counts.size(); ++i) {
            counts[i] += kind.buckets[i];
            all += kind.buckets[i];
        }
    }
    std::vector<FigureRow> rows;
    if (all == 0) return rows;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        rows.push_back({QString::number(i), FiguresModel::tr(names[i]), static_cast<double>(counts[i]), numberText(counts[i]), false});
    }
    return rows;
}

std::vector<FigureRow> notifierRows(const Statistics& statistics)
{
    std::vector<FigureRow> rows;
    for (const auto& one : statistics.notifiers) {
        QString text = FiguresModel::tr("%1 sent").arg(numberText(one.sent));
        if (one.failed > 0) text = FiguresModel::tr("%1, %2 failed: %3").arg(text, numberText(one.failed), shownText(one.lastError));
        rows.push_back({QString::fromStdString(one.notifier), QString::fromStdString(one.notifier), static_cast<double>(one.sent + one.failed), text, false});
    }
    longestFirst(rows);
    return rows;
}

std::vector<FigureRow> alertRows(const std::vector<InboxRow>& inbox)
{
    std::vector<FigureRow> rows;
    for (const auto& row : inbox) {
        if (!isFinding(row.id)) continue;
        rows.push_back({QString::fromStdString(row.id), QString::fromStdString(row.title), static_cast<double>(row.count),
                        FiguresModel::tr("%1 times").arg(numberText(row.count)), true});
    }
    return rows;
}

}  // namespace handrail::models
