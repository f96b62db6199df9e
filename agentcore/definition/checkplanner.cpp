#include "agentcore/definition/mistakes.h"

namespace handrail::definition {
namespace {

/// A limit over what nobody counts would never be reached.
void checkPrices(const Json* planner, Mistakes& mistakes)
{
    if (!planner || !planner->is_object()) return;
    const bool hasCurrency = planner->contains("currency");
    const bool hasLimit = planner->contains("at_most");
    if (hasLimit && !hasCurrency) {
        mistakes.add("U101", "/planner/at_most", "The limit has no currency.", "Add \"currency\" to the planner, for example \"USD\".");
    }
    forEach(memberOf(planner, "models"), "/planner/models", [&](const std::string&, const std::string& pointer, const Json& model) {
        const bool isPriced = model.is_object() && model.contains("price");
        if (isPriced && !hasCurrency) {
            mistakes.add("U101", pointer + "/price", "The price has no currency.", "Add \"currency\" to the planner, for example \"USD\".");
        }
        if (hasLimit && !isPriced) {
            mistakes.add("U101", pointer, "The planner has a limit of cost, but what this model costs is not said.",
                         "Add \"price\": {\"input\": \"…\", \"output\": \"…\"}, each for a million tokens; \"0\" where it costs nothing.");
        }
    });
}

}  // namespace

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
    checkPrices(planner, mistakes);
}

}  // namespace handrail::definition
