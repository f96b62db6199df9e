#include <algorithm>

#include "agentcore/definition/mistakes.h"

namespace handrail::definition {
namespace {

bool isIn(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> idsIn(const Json* plan)
{
    std::vector<std::string> ids;
    forEach(plan, {}, [&](const std::string&, const std::string&, const Json& step) { ids.push_back(textAt(&step, "id")); });
    return ids;
}

void checkId(const std::string& id, const std::vector<std::string>& earlier, const std::string& pointer,
             Mistakes& mistakes)
{
    if (id == "input" || id == "params" || id == "result") {
        mistakes.add("U102", pointer + "/id", "\"" + id + "\" is a word of references and cannot be a step's id.",
                     "Choose another id.");
    } else if (isIn(earlier, id)) {
        mistakes.add("U102", pointer + "/id", "An earlier step already has the id \"" + id + "\".", "Choose another id.");
    }
}

}  // namespace

void checkPlan(const Json& document, Mistakes& mistakes)
{
    const Json* plan = memberOf(&document, "plan");
    const Json* tools = memberOf(&document, "tools");
    const auto ids = idsIn(plan);
    std::vector<std::string> known{"input"};
    const auto why = [&](const std::string& root) {
        if (root == "params" || root == "result") return "a step has no \"" + root + "\" of its own";
        if (isIn(ids, root)) return "the step \"" + root + "\" does not come earlier";
        return "there is no earlier step \"" + root + "\"";
    };
    forEach(plan, "/plan", [&](const std::string&, const std::string& pointer, const Json& step) {
        const std::string id = textAt(&step, "id");
        const std::string tool = textAt(&step, "tool");
        checkId(id, known, pointer, mistakes);
        if (!tool.empty() && !memberOf(tools, tool)) {
            mistakes.add("U102", pointer + "/tool", "There is no tool \"" + tool + "\".", didYouMean(tool, namesOf(tools)));
        }
        checkReferences(memberOf(&step, "with"), pointer + "/with", known, why, mistakes);
        checkReferences(memberOf(&step, "resource"), pointer + "/resource", known, why, mistakes);
        if (!id.empty()) known.push_back(id);
    });
}

}  // namespace handrail::definition
