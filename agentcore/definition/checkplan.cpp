#include "agentcore/definition/mistakes.h"

namespace handrail::definition {
namespace {

std::set<std::string> idsIn(const Json* plan)
{
    std::set<std::string> ids;
    forEach(plan, {}, [&](const std::string&, const std::string&, const Json& step) {
        ids.insert(textAt(&step, "id"));
    });
    return ids;
}

void checkId(const std::string& id, const std::set<std::string>& earlier, const std::string& pointer,
             Mistakes& mistakes)
{
    if (id == "input" || id == "params" || id == "result") {
        mistakes.add("U102", pointer + "/id", "\"" + id + "\" is a word of references and cannot be a step's id.",
                     "Choose another id.");
    } else if (earlier.contains(id)) {
        mistakes.add("U102", pointer + "/id", "An earlier step already has the id \"" + id + "\".",
                     "Choose another id.");
    }
}

}  // namespace

void checkPlan(const Json& document, Mistakes& mistakes)
{
    const Json* plan = memberOf(&document, "plan");
    const Json* tools = memberOf(&document, "tools");
    const auto ids = idsIn(plan);
    std::set<std::string> known{"input"};
    const auto why = [&](const std::string& root) {
        if (root == "params" || root == "result") return "a step has no \"" + root + "\" of its own";
        if (ids.contains(root)) return "the step \"" + root + "\" does not come earlier";
        return "there is no earlier step \"" + root + "\"";
    };
    forEach(plan, "/plan", [&](const std::string&, const std::string& pointer, const Json& step) {
        if (mistakes.isFull()) return;
        const std::string id = textAt(&step, "id");
        const std::string tool = textAt(&step, "tool");
        checkId(id, known, pointer, mistakes);
        if (!tool.empty() && !memberOf(tools, tool)) {
            mistakes.add("U102", pointer + "/tool", "There is no tool \"" + tool + "\".",
                         didYouMean(tool, namesOf(tools)));
        }
        checkReferences(memberOf(&step, "with"), pointer + "/with", known, why, mistakes);
        checkReferences(memberOf(&step, "resource"), pointer + "/resource", known, why, mistakes);
        if (!id.empty()) known.insert(id);
    });
}

}  // namespace handrail::definition
