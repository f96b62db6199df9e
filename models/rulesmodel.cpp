#include "models/rulesmodel.h"

namespace handrail::models {
namespace {

bool isPattern(const std::string& condition) { return condition.find('x') != std::string::npos; }

}  // namespace

QString meaningOf(const Cell& cell, int attempts)
{
    switch (cell.verdict) {
    case Verdict::Done: return RulesModel::tr("done");
    case Verdict::Retry: {
        if (attempts == 1) return RulesModel::tr("not tried again");
        const QString times = cell.most == 2 ? RulesModel::tr("tried once more") : RulesModel::tr("tried again after a wait");
        return cell.onlyUnsent ? RulesModel::tr("%1 if nothing was sent; else unknown").arg(times) : times;
    }
    case Verdict::Poll: return RulesModel::tr("taken up: its state is asked for");
    case Verdict::Refused: return RulesModel::tr("did not happen: the step fails");
    case Verdict::Unknown: return RulesModel::tr("unknown: verified, or a person is asked");
    case Verdict::Happened: return RulesModel::tr("happened, result lost: verified");
    case Verdict::Stop: return RulesModel::tr("the run stops");
    }
    return {};
}

void RulesModel::setTool(const ToolView& tool)
{
    std::vector<Rule> rules;
    for (const auto& [code, verdict] : tool.on) rules.push_back({code, meaningOf({verdict, 0, false}, tool.attempts), true});
    for (const auto& row : retryTable()) {
        if (tool.on.count(row.condition) == 0) rules.push_back({row.condition, meaningOf(row.cell(tool.effect), tool.attempts), false});
    }
    setRules(std::move(rules));
}

void RulesModel::clear() { setRules({}); }

void RulesModel::setRules(std::vector<Rule> rules)
{
    if (!rules_.empty()) {
        beginRemoveRows({}, 0, static_cast<int>(rules_.size()) - 1);
        rules_.clear();
        endRemoveRows();
    }
    if (rules.empty()) return;
    beginInsertRows({}, 0, static_cast<int>(rules.size()) - 1);
    rules_ = std::move(rules);
    endInsertRows();
}

int RulesModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(rules_.size()); }
int RulesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : Columns; }

QVariant RulesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Rule& rule = rules_[static_cast<std::size_t>(index.row())];
    if (role == OwnRole) return rule.isOwn;
    if (role != Qt::DisplayRole) return {};
    if (index.column() == Meaning) return rule.isOwn ? tr("%1 (the definition says so)").arg(rule.meaning) : rule.meaning;
    const QString code = QString::fromStdString(rule.condition);
    return isPattern(rule.condition) ? code : tr("%1 %2", "a code and its title").arg(code, QString::fromStdString(codeInfo(rule.condition).title));
}

QVariant RulesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Condition ? tr("When a call ends with") : tr("Then");
}

}  // namespace handrail::models
