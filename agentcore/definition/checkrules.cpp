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

void checkWebhook(const Json& entry, const std::string& pointer, Mistakes& mistakes)
{
    const std::string url = textAt(&entry, "url");
    if (url.empty()) return;
    if (!hasOnlySecrets(url)) {
        mistakes.add("U102", pointer + "/url", "Only a secret can be read into the address of a webhook.", howToWriteSecrets);
    } else if (!url.starts_with("${") && !url.starts_with("https://") && !url.starts_with("http://")) {
        mistakes.add("U102", pointer + "/url", "The address of a webhook begins with https:// or http://, or is a secret.", howToWriteSecrets);
    }
}

void checkMail(const Json& entry, const std::string& pointer, Mistakes& mistakes)
{
    if (textAt(&entry, "smtp").find('@') != std::string::npos) {
        mistakes.add("U102", pointer + "/smtp", "The address of a mail server holds no name and no password.",
                     "Write them as \"user\" and \"password\" (a reference to a secret).");
    }
    if (memberOf(&entry, "password") && !memberOf(&entry, "user")) {
        mistakes.add("U101", pointer, "There is a \"password\", but no \"user\".", "Add \"user\" here.");
    }
}

void checkNotify(const Json& document, Mistakes& mistakes)
{
    forEach(memberOf(&document, "notify"), "/notify", [&](const std::string&, const std::string& pointer, const Json& entry) {
        if (mistakes.isFull()) return;
        const std::string kind = textAt(&entry, "kind");
        if (kind == "webhook") checkWebhook(entry, pointer, mistakes);
        if (kind == "email") checkMail(entry, pointer, mistakes);
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
    checkNotify(document, mistakes);
}

}  // namespace handrail::definition
