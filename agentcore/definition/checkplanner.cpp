#include "agentcore/definition/mistakes.h"

namespace handrail::definition {

void checkPlanner(const Json& document, Mistakes& mistakes)
{
    const Json* planner = memberOf(&document, "planner");
    checkReferences(memberOf(planner, "goal"), "/planner/goal", {"input"},
                    [](const std::string&) { return std::string("a goal knows the input only"); }, mistakes);
    std::set<std::string> earlier;
    forEach(memberOf(planner, "models"), "/planner/models",
            [&](const std::string&, const std::string& pointer, const Json& model) {
                const std::string name = textAt(&model, "name");
                if (!name.empty() && !earlier.insert(name).second) {
                    mistakes.add("U102", pointer + "/name", "An earlier model already has the name \"" + name + "\".",
                                 "Choose another name.");
                }
            });
}

}  // namespace handrail::definition
