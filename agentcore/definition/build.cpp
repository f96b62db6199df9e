#include "agentcore/definition/build.h"

#include <algorithm>
#include <cmath>

#include "agentcore/definition/mistakes.h"

namespace handrail::definition {
namespace {

constexpr Millis paymentTimeout = 5'000;
constexpr Millis modelTimeout = 60'000;

void read(const Json& from, const char* member, std::string& into) { into = textOf(from, member, into); }
void read(const Json& from, const char* member, bool& into) { into = truthOf(from, member, into); }
void read(const Json& from, const char* member, int& into)
{
    into = static_cast<int>(numberOf(from, member, into));
}

/// Seconds as they are written, fractions included, to milliseconds.
void readSpan(const Json& from, const char* member, Millis& into)
{
    const Json* value = memberOf(&from, member);
    if (value) into = static_cast<Millis>(std::llround(value->get<double>() * 1000));
}

void read(const Json& from, const char* member, std::vector<std::string>& into)
{
    if (const Json* list = memberOf(&from, member)) into = list->get<std::vector<std::string>>();
}

void read(const Json& from, const char* member, std::map<std::string, std::string>& into)
{
    if (const Json* object = memberOf(&from, member)) into = object->get<std::map<std::string, std::string>>();
}

SchemaPtr schemaIn(const Json& from, const char* member)
{
    const Json* written = memberOf(&from, member);
    return written ? schema::Schema::compile(*written).take() : nullptr;
}

Json withIn(const Json& from)
{
    const Json* with = memberOf(&from, "with");
    return with ? *with : Json::object();
}

Limits limitsOf(const Json& written)
{
    Limits limits;
    readSpan(written, "run_s", limits.run);
    readSpan(written, "step_s", limits.step);
    read(written, "steps", limits.steps);
    readSpan(written, "age_s", limits.age);
    limits.tokens = numberOf(written, "tokens");
    return limits;
}

HostRule hostRuleOf(const Json& written)
{
    HostRule rule;
    read(written, "in_flight", rule.inFlight);
    if (const Json* budget = memberOf(&written, "retries")) rule.budget = budget->get<double>();
    rule.retryAbove = rule.budget / 2;
    read(written, "failures_in_a_row", rule.failuresInARow);
    if (const Json* share = memberOf(&written, "failure_share")) rule.share = share->get<double>();
    read(written, "least_calls", rule.leastCalls);
    readSpan(written, "window_s", rule.window);
    readSpan(written, "open_s", rule.open);
    readSpan(written, "longest_open_s", rule.longestOpen);
    rule.longestOpen = std::max(rule.longestOpen, rule.open);
    read(written, "close_after", rule.closeAfter);
    return rule;
}

Server serverOf(const std::string& name, const Json& written)
{
    Server server;
    server.name = name;
    server.isMcp = textOf(written, "kind") == "mcp";
    server.identity = sha256(canonical(written));
    read(written, "command", server.command);
    read(written, "url", server.url);
    // An MCP server has one address and no paths below it: there it stays as it is written.
    while (!server.isMcp && server.url.ends_with('/')) server.url.pop_back();
    read(written, "headers", server.headers);
    read(written, "allow_private", server.allowPrivate);
    read(written, "sheds_load", server.shedsLoad);
    if (const Json* limits = memberOf(&written, "limits")) server.rule = hostRuleOf(*limits);
    return server;
}

RetryRule retryOf(const Json& written)
{
    RetryRule rule;
    read(written, "attempts", rule.attempts);
    readSpan(written, "base_s", rule.base);
    readSpan(written, "cap_s", rule.cap);
    rule.cap = std::max(rule.cap, rule.base);
    const std::string jitter = textOf(written, "jitter", "full");
    rule.jitter = jitter == "full" ? Jitter::Full : jitter == "none" ? Jitter::None : Jitter::Proportional;
    forEach(memberOf(&written, "on"), {}, [&](const std::string& code, const std::string&, const Json& verdict) {
        rule.on[code] = fromWord<Verdict>(verdict.get<std::string>()).value_or(Verdict::Refused);
    });
    return rule;
}

HttpTemplate requestOf(const Json& written)
{
    HttpTemplate request;
    read(written, "method", request.method);
    read(written, "path", request.path);
    read(written, "query", request.query);
    read(written, "body", request.body);
    read(written, "key_header", request.keyHeader);
    read(written, "key_param", request.keyParam);
    return request;
}

Verify verifyOf(const Json& written)
{
    Verify verify;
    read(written, "tool", verify.tool);
    verify.with = withIn(written);
    verify.happenedIf = schemaIn(written, "happened_if");
    readSpan(written, "settle_s", verify.settle);
    return verify;
}

Precondition beforeOf(const Json& written)
{
    Precondition before;
    read(written, "tool", before.tool);
    before.with = withIn(written);
    read(written, "unchanged", before.unchanged);
    return before;
}

Compensation undoOf(const Json& written)
{
    Compensation undo;
    read(written, "tool", undo.tool);
    undo.with = withIn(written);
    readSpan(written, "within_s", undo.within);
    return undo;
}

Fallback fallbackOf(const Json& written)
{
    Fallback fallback;
    readSpan(written, "cache_s", fallback.cache);
    read(written, "read_only", fallback.readOnly);
    return fallback;
}

Each eachOf(const Json& written) { return {textOf(written, "at"), textOf(written, "as")}; }

template <typename Part>
std::optional<Part> optionalIn(const Json& from, const char* member, Part (*make)(const Json&))
{
    const Json* written = memberOf(&from, member);
    return written ? std::optional<Part>(make(*written)) : std::nullopt;
}

std::string digestOf(const Json& tool, const Json* servers)
{
    const Json* server = memberOf(servers, textOf(tool, "server"));
    return sha256(canonical({{"tool", tool}, {"server", server ? *server : Json()}}));
}

void readRules(const Json& written, Tool& tool)
{
    tool.effect = fromWord<Effect>(textOf(written, "effect")).value_or(Effect::WriteBlind);
    readSpan(written, "key_lifetime_s", tool.keyLifetime);
    read(written, "business_key", tool.businessKey);
    read(written, "gate", tool.gate);
    read(written, "critical", tool.critical);
    read(written, "grounds", tool.grounds);
    read(written, "show", tool.show);
    tool.verify = optionalIn(written, "verify", verifyOf);
    tool.before = optionalIn(written, "before", beforeOf);
    tool.undo = optionalIn(written, "undo", undoOf);
    tool.fallback = optionalIn(written, "fallback", fallbackOf);
    tool.each = optionalIn(written, "each", eachOf);
    if (const Json* retry = memberOf(&written, "retry")) tool.retry = retryOf(*retry);
}

std::string originOf(const std::string& url) { return url.substr(0, url.find('/', url.find("://") + 3)); }

/// Calls of one origin under one credential share their limits; so do the calls of one program.
std::string hostOf(const Tool& tool, const Definition& definition)
{
    const auto found = definition.servers.find(tool.server);
    if (found == definition.servers.end()) return tool.command.empty() ? std::string() : "command:" + tool.command.front();
    const Server& server = found->second;
    if (!server.command.empty()) return "mcp:" + server.name + "#" + server.identity.substr(0, 8);
    const std::string origin = originOf(server.url);
    return server.headers.empty() ? origin : origin + "#" + sha256(canonical(server.headers)).substr(0, 8);
}

Tool toolOf(const std::string& name, const Json& written, const Json& document, const Definition& definition)
{
    Tool tool;
    tool.name = name;
    read(written, "description", tool.description);
    read(written, "server", tool.server);
    tool.request = optionalIn(written, "request", requestOf);
    read(written, "command", tool.command);
    read(written, "mcp", tool.mcp);
    read(written, "key_param", tool.keyParam);
    readRules(written, tool);
    if (tool.gate == "payment") tool.timeout = paymentTimeout;
    readSpan(written, "timeout_s", tool.timeout);
    tool.timeout = std::min(tool.timeout, definition.limits.step);
    tool.params = schemaIn(written, "params");
    if (const Json* params = memberOf(&written, "params")) tool.paramsSource = *params;
    tool.result = schemaIn(written, "result");
    tool.after = schemaIn(written, "after");
    tool.digest = digestOf(written, memberOf(&document, "servers"));
    tool.host = hostOf(tool, definition);
    const auto server = definition.servers.find(tool.server);
    if (server != definition.servers.end()) tool.hostRule = server->second.rule;
    return tool;
}

Step stepOf(const Json& written)
{
    Step step;
    read(written, "id", step.id);
    step.title = textOf(written, "title", step.id);
    read(written, "tool", step.tool);
    step.with = withIn(written);
    read(written, "resource", step.resource);
    read(written, "ends", step.ends);
    step.failOnError = textOf(written, "on_failure") == "fail";
    step.skipIfRejected = textOf(written, "if_rejected") == "skip";
    return step;
}

Model modelOf(const Json& written)
{
    Model model;
    read(written, "name", model.name);
    model.kind = textOf(written, "kind") == "anthropic" ? ModelKind::Anthropic : ModelKind::OpenAi;
    read(written, "url", model.url);
    while (model.url.ends_with('/')) model.url.pop_back();
    read(written, "allow_private", model.allowPrivate);
    read(written, "model", model.model);
    read(written, "key", model.key);
    read(written, "simplified", model.simplified);
    if (const Json* price = memberOf(&written, "price")) {
        read(*price, "input", model.priceIn);
        read(*price, "output", model.priceOut);
    }
    // Asking a model twice does nothing to the world, so it counts as a read.
    model.call.name = "model:" + model.name;
    model.call.isModel = true;
    model.call.effect = Effect::Read;
    model.call.timeout = modelTimeout;
    readSpan(written, "timeout_s", model.call.timeout);
    model.call.host = originOf(model.url) + (model.key.empty() ? std::string() : "#" + sha256(model.key).substr(0, 8));
    model.call.digest = sha256(canonical(written));
    return model;
}

Planner plannerOf(const Json& written)
{
    Planner planner;
    read(written, "goal", planner.goal);
    planner.isAdvisory = textOf(written, "mode") == "advisory";
    if (const Json* confidence = memberOf(&written, "confidence")) planner.confidence = confidence->get<double>();
    read(written, "currency", planner.currency);
    read(written, "at_most", planner.atMost);
    forEach(memberOf(&written, "models"), {}, [&](const std::string&, const std::string&, const Json& model) {
        planner.models.push_back(modelOf(model));
    });
    return planner;
}

std::string amountIn(const Json& from, const char* member)
{
    const Json* amount = memberOf(&from, member);
    if (!amount) return {};
    return amount->is_string() ? amount->get<std::string>() : canonical(*amount);
}

AllowRule allowanceOf(const Json& written)
{
    AllowRule rule;
    read(written, "name", rule.name);
    read(written, "gate", rule.gate);
    read(written, "currency", rule.currency);
    rule.atMost = amountIn(written, "at_most");
    if (const Json* where = memberOf(&written, "where")) {
        rule.where = where->get<std::map<std::string, std::vector<Json>>>();
    }
    return rule;
}

Approvals approvalsOf(const Json& written)
{
    Approvals approvals;
    readSpan(written, "decide_s", approvals.decide);
    readSpan(written, "execute_s", approvals.execute);
    if (const Json* gates = memberOf(&written, "four_eyes")) approvals.fourEyes = gates->get<std::set<std::string>>();
    forEach(memberOf(&written, "hold_s"), {}, [&](const std::string& gate, const std::string&, const Json& seconds) {
        readSpan(Json{{"hold_s", seconds}}, "hold_s", approvals.hold[gate]);
    });
    forEach(memberOf(&written, "exposure"), {}, [&](const std::string&, const std::string&, const Json& rule) {
        approvals.exposure.push_back({textOf(rule, "gate"), textOf(rule, "currency"), amountIn(rule, "per_day")});
    });
    forEach(memberOf(&written, "allow"), {}, [&](const std::string&, const std::string&, const Json& rule) {
        approvals.allow.push_back(allowanceOf(rule));
    });
    return approvals;
}

EscalationRule escalationOf(const Json& written)
{
    EscalationRule rule;
    read(written, "repeats", rule.repeats);
    readSpan(written, "window_s", rule.window);
    readSpan(written, "guidance_s", rule.guidance);
    return rule;
}

Injection injectionOf(const Json& written)
{
    Injection injection;
    injection.rate = written.value("rate", 0.0);
    injection.seed = static_cast<std::uint64_t>(numberOf(written, "seed"));
    for (const auto kind : {InjectedKind::Timeout, InjectedKind::Http500, InjectedKind::Slow, InjectedKind::Connection}) {
        const auto& kinds = written.at("kinds");
        if (std::find(kinds.begin(), kinds.end(), Json(word(kind))) != kinds.end()) injection.kinds.push_back(kind);
    }
    return injection;
}

ScopeRule scopeOf(const Json& written)
{
    ScopeRule rule;
    read(written, "records", rule.records);
    readSpan(written, "window_s", rule.window);
    return rule;
}

/// An address that the definition writes out, in place of a name that could come to mean anything.
bool isWrittenOut(const std::string& url)
{
    const auto begin = url.find("://");
    if (begin == std::string::npos) return false;
    const std::string host = url.substr(begin + 3, url.find_first_of(":/?#", begin + 3) - begin - 3);
    return host.starts_with('[') || host == "localhost" || (!host.empty() && host.find_first_not_of("0123456789.") == std::string::npos);
}

int minuteOf(const std::string& time) { return std::stoi(time.substr(0, 2)) * 60 + std::stoi(time.substr(3, 2)); }

Notifier notifierOf(const Json& written)
{
    Notifier notifier;
    const std::string kind = textOf(written, "kind");
    notifier.kind = kind == "webhook" ? Notifier::Kind::Webhook : kind == "email" ? Notifier::Kind::Email : Notifier::Kind::Desktop;
    read(written, "style", notifier.style);
    read(written, "url", notifier.url);
    read(written, "smtp", notifier.smtp);
    read(written, "from", notifier.from);
    read(written, "to", notifier.to);
    read(written, "user", notifier.user);
    read(written, "password", notifier.password);
    read(written, "allow_private", notifier.allowPrivate);
    notifier.allowPrivate = notifier.allowPrivate || isWrittenOut(notifier.url) || isWrittenOut(notifier.smtp);
    if (const Json* quiet = memberOf(&written, "quiet")) {
        notifier.quietFrom = minuteOf((*quiet)[0].get<std::string>());
        notifier.quietTo = minuteOf((*quiet)[1].get<std::string>());
    }
    return notifier;
}

std::vector<Notifier> notifiersOf(const Json* notify)
{
    // Nothing said: the desktop, if there is one.
    if (!notify) return {Notifier{}};
    std::vector<Notifier> notifiers;
    for (const auto& entry : *notify) notifiers.push_back(notifierOf(entry));
    return notifiers;
}

void readParts(const Json& document, Definition& definition)
{
    forEach(memberOf(&document, "servers"), {}, [&](const std::string& name, const std::string&, const Json& written) {
        definition.servers.emplace(name, serverOf(name, written));
    });
    forEach(memberOf(&document, "tools"), {}, [&](const std::string& name, const std::string&, const Json& written) {
        definition.tools.emplace(name, toolOf(name, written, document, definition));
    });
    forEach(memberOf(&document, "plan"), {}, [&](const std::string&, const std::string&, const Json& written) {
        definition.plan.push_back(stepOf(written));
    });
    definition.planner = optionalIn(document, "planner", plannerOf);
}

}  // namespace

DefinitionPtr build(Json document)
{
    const auto part = [&](const char* member) {
        const Json* found = memberOf(&document, member);
        return found ? *found : Json();
    };
    auto definition = std::make_shared<Definition>();
    read(document, "name", definition->name);
    read(document, "version", definition->version);
    read(document, "environment", definition->environment);
    read(document, "description", definition->description);
    definition->input = schemaIn(document, "input");
    definition->inputSource = part("input");
    definition->limits = limitsOf(part("limits"));
    readParts(document, *definition);
    definition->approvals = approvalsOf(part("approvals"));
    forEach(memberOf(&document, "inject"), {}, [&](const std::string& name, const std::string&, const Json& written) {
        definition->inject.emplace(name, injectionOf(written));
    });
    definition->escalation = escalationOf(part("escalation"));
    read(document, "review", definition->review);
    definition->scope = scopeOf(part("scope"));
    definition->notify = notifiersOf(memberOf(&document, "notify"));
    definition->digest = sha256(canonical(document));
    definition->source = std::move(document);
    return definition;
}

}  // namespace handrail::definition
