#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "agentcore/failure.h"
#include "agentcore/json.h"
#include "agentcore/retrytable.h"
#include "agentcore/schema/schema.h"
#include "agentcore/types.h"

/// The agent definition as typed, checked values. Parsed and validated once, trusted afterwards.
/// The written form is `resources/schemas/agent-definition.schema.json`; defaults stand here and there
/// only. Spans are milliseconds.
namespace handrail {

using SchemaPtr = std::shared_ptr<const schema::Schema>;  ///< null: anything goes

struct Limits {
    Millis run = 300'000;
    Millis step = 30'000;
    int steps = 25;
    Millis age = 604'800'000;
    std::int64_t tokens = 0;  ///< of models, in and out, until a person is asked; 0: no limit
};

/// When a host is given rest: how many calls at once, how many retries, when its breaker opens.
struct HostRule {
    int inFlight = 4;
    double budget = 20;      ///< retries that may be spent; a countable failure costs one
    double refill = 0.1;     ///< what a success gives back
    double retryAbove = 10;  ///< no retry with no more than this left
    int failuresInARow = 5;
    double share = 0.5;      ///< or this share of failures…
    int leastCalls = 10;     ///< …of at least so many calls…
    Millis window = 60'000;  ///< …in this time
    Millis open = 30'000;    ///< doubles each time, up to
    Millis longestOpen = 300'000;
    int closeAfter = 3;      ///< good calls in a row that close it again
};

struct Server {
    std::string name;
    bool isMcp = false;                          ///< speaks the Model Context Protocol
    std::vector<std::string> command;            ///< of an MCP server on this machine; empty: it has a url
    std::string identity;                        ///< SHA-256 of its canonical written form
    std::string url;                             ///< base, without a trailing slash
    std::map<std::string, std::string> headers;  ///< values may hold ${secret:…}
    bool allowPrivate = false;                   ///< loopback and private addresses permitted
    bool shedsLoad = false;                      ///< its 503 means "not taken up"
    HostRule rule;
};

enum class Jitter { Full, Proportional, None };

struct RetryRule {
    int attempts = 3;  ///< in all; at most 5
    Millis base = 1'000;
    Millis cap = 60'000;
    Jitter jitter = Jitter::Full;
    std::map<Code, Verdict> on;  ///< what this tool's definition says of a code, in place of the table
};

/// How an HTTP call is made from parameters.
struct HttpTemplate {
    std::string method = "GET";
    std::string path;                ///< "/orders/{order_id}"
    std::vector<std::string> query;  ///< parameter names
    std::string body;                ///< "", "params" or "form"
    std::string keyHeader;
    std::string keyParam;
};

struct Verify {
    std::string tool;
    Json with;  ///< references into params and result
    SchemaPtr happenedIf;
    Millis settle = 5'000;
};

struct Precondition {
    std::string tool;
    Json with;
    std::vector<std::string> unchanged;  ///< JSON Pointers that must read the same twice
};

struct Compensation {
    std::string tool;
    Json with;
    Millis within = 0;  ///< 0: no limit
};

/// What may stand in for a read whose service fails; at least one of both.
struct Fallback {
    Millis cache = 0;      ///< how old an earlier result may be; 0: none is kept
    std::string readOnly;  ///< another tool that only reads; empty: none
};

struct Each {
    std::string at;  ///< JSON Pointer to the array within the step's arguments
    std::string as;  ///< the parameter that each element becomes
};

struct Tool {
    std::string name;
    std::string server;                   ///< empty for a command
    std::optional<HttpTemplate> request;
    std::vector<std::string> command;     ///< argument template; empty for other kinds
    std::string mcp;                      ///< its name at an MCP server; empty for other kinds
    std::string keyParam;                 ///< of an MCP tool: the argument that carries the key
    Effect effect = Effect::WriteBlind;
    Millis keyLifetime = 86'400'000;
    std::vector<std::string> businessKey; ///< parameter names; empty: the key is the run's own
    std::string gate;                     ///< empty: no approval
    bool critical = false;
    std::map<std::string, std::string> show;  ///< role ("amount") -> JSON Pointer into the arguments
    Millis timeout = 30'000;
    RetryRule retry;
    SchemaPtr params;
    Json paramsSource;                    ///< the schema as written, for forms and planners; null when none
    SchemaPtr result;
    SchemaPtr after;
    std::optional<Verify> verify;
    std::optional<Precondition> before;
    std::optional<Compensation> undo;
    std::optional<Fallback> fallback;
    std::optional<Each> each;
    std::string description;
    bool isModel = false;                 ///< stands for the call of a model, and is no tool that one may propose
    bool grounds = true;                  ///< its results may be the source of a proposed id or amount
    std::string host;                     ///< whose limits its calls count against: origin and credential
    HostRule hostRule;
    std::string digest;                   ///< SHA-256 of its canonical written form and its server's

    bool isWrite() const { return effect != Effect::Read; }
};

struct Step {
    std::string id;
    std::string title;
    std::string tool;
    Json with = Json::object();
    std::string resource;   ///< template; empty when none
    std::string ends;
    bool failOnError = false;     ///< on_failure: fail
    bool skipIfRejected = false;  ///< if_rejected: skip
};

enum class ModelKind { OpenAi, Anthropic };

/// One model that may be asked for the next step.
struct Model {
    std::string name;
    ModelKind kind = ModelKind::OpenAi;
    std::string url;          ///< base, without a trailing slash
    bool allowPrivate = false;
    std::string model;        ///< the name that its service knows it by
    std::string key;          ///< a ${secret:…} reference; empty when none is needed
    bool simplified = false;  ///< gets a shorter prompt and a shorter history
    std::string priceIn;      ///< of a million tokens that it reads, a decimal in the planner's currency; empty: not counted
    std::string priceOut;     ///< of a million that it writes
    Tool call;                ///< asking it, as a call like any other: a read with its own limits
};

/// Who proposes the steps, one at a time, once the plan is done.
struct Planner {
    std::string goal;         ///< template over the input
    bool isAdvisory = false;  ///< every proposal is put to a person
    double confidence = 0.8;  ///< below it a proposal is put to a person
    std::string currency;     ///< of the models' prices
    std::string atMost;       ///< what models may cost until a person is asked; empty: no limit
    std::vector<Model> models;  ///< in the order in which they are asked; never empty
};

/// "Small things may pass": every allowance is journaled with its name.
struct AllowRule {
    std::string name;
    std::string gate;
    std::string currency;  ///< empty: any or none
    std::string atMost;    ///< decimal; empty: no amount
    std::map<std::string, std::vector<Json>> where;  ///< JSON Pointer -> one of
};

/// Over so much a day through a gate, one person's yes is not enough.
struct ExposureRule {
    std::string gate;
    std::string currency;
    std::string perDay;  ///< decimal
};

struct Approvals {
    Millis decide = 300'000;
    Millis execute = 120'000;
    std::set<std::string> fourEyes;      ///< gates at which two people must agree
    std::map<std::string, Millis> hold;  ///< by gate: how long an approved call can still be stopped
    std::vector<ExposureRule> exposure;
    std::vector<AllowRule> allow;
};

/// A failure on purpose: no reply in time, an error of the service, a late reply, no connection.
enum class InjectedKind { Timeout, Http500, Slow, Connection };
std::string word(InjectedKind kind);

/// How often a tool's calls fail on purpose, and how.
struct Injection {
    double rate = 0;  ///< of all calls, 0 to 1
    std::vector<InjectedKind> kinds;
    std::uint64_t seed = 0;
};

struct EscalationRule {
    int repeats = 3;
    Millis window = 600'000;
    Millis guidance = 3'600'000;
};

struct ScopeRule {
    int records = 10;
    Millis window = 600'000;
};

/// A way of telling people that something waits.
struct Notifier {
    enum class Kind { Desktop, Webhook, Email };

    Kind kind = Kind::Desktop;
    std::string style = "plain";   ///< webhook: plain, slack, teams
    std::string url;               ///< webhook; may hold ${secret:…}
    std::string smtp;              ///< email: "smtp://host:port" or "smtps://host"
    std::string from;
    std::vector<std::string> to;
    std::string user;              ///< for the mail server; empty: none
    std::string password;          ///< a ${secret:…} reference
    bool allowPrivate = false;     ///< private addresses permitted: said so, or the address itself is written there
    int quietFrom = 0;             ///< minutes of the local day in which only critical things are told; equal: never
    int quietTo = 0;

    /// For lists and logs, without any secret: "webhook (slack) to env:HOOK_URL".
    std::string label() const;
    bool operator==(const Notifier&) const = default;
};

struct Definition {
    std::string name;
    std::string version;
    std::string environment = "production";
    std::string description;
    SchemaPtr input;
    Json inputSource;  ///< null when none
    Limits limits;
    std::map<std::string, Server> servers;
    std::map<std::string, Tool> tools;
    std::vector<Step> plan;  ///< may be empty when there is a planner
    std::optional<Planner> planner;
    Approvals approvals;
    EscalationRule escalation;
    std::vector<std::string> review;
    ScopeRule scope;
    std::vector<Notifier> notify;
    std::map<std::string, Injection> inject;  ///< by tool; empty but for staging and test
    std::string digest;  ///< SHA-256 of the canonical document
    Json source;         ///< the document itself

    /// A tool of the definition, or the call of one of its models ("model:" and its name).
    const Tool* tool(const std::string& name) const;
    const Step* step(const std::string& id) const;
};

using DefinitionPtr = std::shared_ptr<const Definition>;

/// Parses and validates a whole definition. All mistakes are found, not only the first; each has a
/// code, a sentence, line and column with its JSON Pointer in `where`, and the nearest valid name in
/// its hint where a name was mistyped. `file` only names the text in messages.
struct DefinitionResult {
    DefinitionPtr definition;       ///< null when there is a mistake
    std::vector<Failure> mistakes;  ///< in the order of the text
};
DefinitionResult parseDefinition(std::string_view text, const std::string& file = {});

/// Checks a run's input against the definition: U101 a member is missing, U104 it is out of its limits, U102 it is malformed.
std::optional<Failure> checkInput(const Definition& definition, const Json& input);

}  // namespace handrail
