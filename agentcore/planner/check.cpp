#include "agentcore/decide/records.h"
#include "agentcore/planner/grounding.h"
#include "agentcore/planner/prompt.h"

namespace handrail::planner {
namespace {

std::optional<Failure> misfit(const Tool& tool, const Json& arguments)
{
    auto records = decide::recordsOf(tool, arguments);
    if (!records) return failure("M104", records.failure().message, tool.name);
    const auto mismatch = decide::mismatchOf(tool, *records);
    return mismatch ? std::optional(failure("M104", mismatch->message, tool.name)) : std::nullopt;
}

Failure unknownTool(const Definition& definition, const std::string& name)
{
    std::vector<std::string> names{std::string(finishTool), std::string(askTool)};
    for (const auto& [known, tool] : definition.tools) names.push_back(known);
    std::string list;
    for (const auto& known : names) list += (list.empty() ? "" : ", ") + known;
    const auto near = nearest(name, names);
    return failure("M105", "There is no tool \"" + cutText(name, 100) + "\"" + (near ? "; did you mean " + *near + "?" : ".") +
                               " The tools are: " + list + ".", cutText(name, 100));
}

std::optional<Failure> missingText(const Proposal& proposal, const char* member)
{
    if (!textOf(proposal.arguments, member).empty()) return std::nullopt;
    return failure("M104", proposal.tool + " needs a \"" + member + "\" with some text.", proposal.tool);
}

}  // namespace

std::optional<Failure> objectionTo(const Definition& definition, const Proposal& proposal, const Sources& sources)
{
    if (proposal.tool == finishTool) return missingText(proposal, "summary");
    if (proposal.tool == askTool) return missingText(proposal, "question");
    const auto found = definition.tools.find(proposal.tool);
    if (found == definition.tools.end()) return unknownTool(definition, proposal.tool);
    if (auto wrong = misfit(found->second, proposal.arguments)) return wrong;
    const Grounds grounds(sources);
    const auto loose = ungrounded(found->second, proposal.arguments, grounds);
    if (!loose) return std::nullopt;
    const std::string list = grounds.list();
    const std::string where = loose->at.empty() ? std::string("the arguments") : loose->at;
    return failure("M106", "The value " + cutText(dump(loose->value), 200) + " at " + where + " of " + proposal.tool +
                               " stands nowhere in this run's input and results as a whole value.", loose->at,
                   list.empty() ? std::string("None stands there.") : "Those that stand there: " + list + ".");
}

}  // namespace handrail::planner
