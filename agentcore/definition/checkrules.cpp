#include <algorithm>

#include "agentcore/definition/mistakes.h"

namespace handrail::definition {
namespace {

/// What these gates guard is never done first and looked at afterwards.
constexpr const char* neverReviewed[] = {"payment", "delete_user", "personal_data", "production_config", "paid_call"};

bool isNeverReviewed(const std::string& gate)
{
    return std::find(std::begin(neverReviewed), std::end(neverReviewed), gate) != std::end(neverReviewed);
}

void checkReview(const Json& document, Mistakes& mistakes)
{
    const Json* tools = memberOf(&document, "tools");
    forEach(memberOf(&document, "review"), "/review",
            [&](const std::string&, const std::string& pointer, const Json& entry) {
                if (!entry.is_string() || mistakes.isFull()) return;
                const std::string name = entry.get<std::string>();
                const Json* tool = memberOf(tools, name);
                if (!tool) {
                    mistakes.add("U102", pointer, "There is no tool \"" + name + "\".",
                                 didYouMean(name, namesOf(tools)));
                    return;
                }
                const std::string gate = textAt(tool, "gate");
                if (!isNeverReviewed(gate)) return;
                mistakes.add("U102", pointer,
                             "The tool \"" + name + "\" has the gate " + gate +
                                 " and cannot be reviewed after the act.",
                             "Take it out of \"review\": it asks before it acts.");
            });
}

void checkInject(const Json& document, Mistakes& mistakes)
{
    const Json* inject = memberOf(&document, "inject");
    if (!inject) return;
    const std::string environment = textAt(&document, "environment");
    if (environment != "staging" && environment != "test") {
        mistakes.add("U102", "/inject", "Failures are injected only where \"environment\" is staging or test.",
                     "Take \"inject\" out, or set \"environment\".");
    }
    const Json* tools = memberOf(&document, "tools");
    forEach(inject, "/inject", [&](const std::string& name, const std::string& pointer, const Json&) {
        if (memberOf(tools, name) || mistakes.isFull()) return;
        mistakes.add("U102", pointer, "There is no tool \"" + name + "\".", didYouMean(name, namesOf(tools)));
    });
}

}  // namespace

void checkRules(const Json& document, Mistakes& mistakes)
{
    if (document.is_object() && !document.contains("plan") && !document.contains("planner")) {
        mistakes.add("U101", "", "The definition lacks a \"plan\" or a \"planner\".",
                     "Add \"plan\" with at least one step, or a \"planner\" that proposes them.");
    }
    checkSchema(memberOf(&document, "input"), "/input", mistakes);
    checkReview(document, mistakes);
    checkInject(document, mistakes);
}

}  // namespace handrail::definition
