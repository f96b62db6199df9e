#include "agentcore/definition/definition.h"

#include <algorithm>

#include "agentcore/definition/build.h"
#include "agentcore/definition/mistakes.h"

namespace handrail {
namespace {

constexpr JsonLimits definitionLimits{1 << 20, 64};

std::vector<Failure> mistakesIn(const Json& document, Places places, const std::string& file)
{
    definition::Mistakes mistakes(std::move(places), file);
    definition::checkShape(document, mistakes);
    definition::checkServers(document, mistakes);
    definition::checkTools(document, mistakes);
    definition::checkPlan(document, mistakes);
    definition::checkPlanner(document, mistakes);
    definition::checkRules(document, mistakes);
    return mistakes.inOrder();
}

Failure unreadable(Failure problem, const std::string& file)
{
    if (!file.empty()) problem.where = problem.where.empty() ? file : file + ", " + problem.where;
    return problem;
}

std::string inputHint(const Json& schema, const schema::Mismatch& mismatch)
{
    const bool isTopMember = mismatch.keyword == "additionalProperties" &&
                             std::count(mismatch.at.begin(), mismatch.at.end(), '/') == 1;
    if (!isTopMember) return {};
    return definition::didYouMean(mismatch.member,
                                  definition::namesOf(definition::memberOf(&schema, "properties")));
}

/// A webhook's path is often its password, so only its origin is shown, or the secret's own name.
std::string shownTarget(const std::string& url)
{
    if (url.starts_with("${secret:")) return url.substr(9, url.find('}') - 9);
    const auto scheme = url.find("://");
    const auto end = url.find_first_of("/?#", scheme == std::string::npos ? 0 : scheme + 3);
    const std::string origin = url.substr(0, end);
    return origin.substr(0, origin.find("${"));
}

}  // namespace

std::string word(InjectedKind kind)
{
    switch (kind) {
    case InjectedKind::Timeout: return "timeout";
    case InjectedKind::Http500: return "http_500";
    case InjectedKind::Slow: return "slow";
    case InjectedKind::Connection: return "connection";
    }
    return {};
}

std::string Notifier::label() const
{
    if (kind == Kind::Desktop) return "desktop";
    if (kind == Kind::Webhook) return "webhook (" + style + ") to " + shownTarget(url);
    return "email to " + to.front() + (to.size() > 1 ? " and " + std::to_string(to.size() - 1) + " more" : "");
}

const Tool* Definition::tool(const std::string& name) const
{
    const auto found = tools.find(name);
    if (found != tools.end()) return &found->second;
    for (std::size_t i = 0; planner && i < planner->models.size(); ++i) {
        if (planner->models[i].call.name == name) return &planner->models[i].call;
    }
    return nullptr;
}

const Step* Definition::step(const std::string& id) const
{
    const auto found = std::find_if(plan.begin(), plan.end(), [&](const Step& step) { return step.id == id; });
    return found == plan.end() ? nullptr : &*found;
}

DefinitionResult parseDefinition(std::string_view text, const std::string& file)
{
    Places places;
    auto document = parseJson(text, definitionLimits, places);
    if (!document) return {nullptr, {unreadable(document.failure(), file)}};
    auto mistakes = mistakesIn(*document, std::move(places), file);
    if (!mistakes.empty()) return {nullptr, std::move(mistakes)};
    return {definition::build(document.take()), {}};
}

std::optional<Failure> checkInput(const Definition& definition, const Json& input)
{
    if (!definition.input) return std::nullopt;
    const auto mismatches = definition.input->check(input, 1);
    if (mismatches.empty()) return std::nullopt;
    const auto& first = mismatches.front();
    const bool isMissing = first.keyword == "required" || first.keyword == "dependentRequired";
    const Code code = first.keyword == "limit" ? "U109" : isMissing ? "U101" : schema::isBound(first) ? "U104" : "U102";
    const std::string subject = first.at.empty() ? "The input" : "The input's " + first.at;
    return failure(code, subject + " " + first.message + ".", first.at,
                   inputHint(definition.inputSource, first));
}

}  // namespace handrail
