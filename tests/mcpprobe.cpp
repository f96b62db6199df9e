#include <cstdlib>
#include <deque>
#include <iostream>

#include <QCoreApplication>
#include <QTimer>

#include "agentcore/tools/mcp.h"

using namespace handrail;

/// A small client around the product's own sessions, for the protocol's conformance suite: it gets the
/// server's address as its last argument and the scenario's name in the environment.
namespace {

std::string fromEnvironment(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

struct Planned {
    std::string tool;
    Json arguments = Json::object();
    bool looks = false;
};

/// What a scenario wants to see done.
std::deque<Planned> planFor(const std::string& scenario)
{
    if (scenario == "tools_call") return {{"add_numbers", {{"a", 5}, {"b", 3}}}};
    if (scenario == "elicitation-sep1034-client-defaults") return {{"test_client_elicitation_defaults"}};
    if (scenario == "sse-retry") return {{"test_reconnection"}};
    if (scenario == "sep-2322-client-request-state") {
        return {{"test_mrtr_echo_state"}, {"test_mrtr_unrelated"}, {"test_mrtr_no_state"}, {"test_mrtr_no_result_type"}};
    }
    if (scenario == "http-standard-headers") return {{"test_headers"}, {"my-hyphenated-tool"}};
    if (scenario == "http-invalid-tool-headers") {
        std::deque<Planned> calls{{"valid_tool", {{"region", "eu"}}}};
        for (const char* name : {"empty_header", "object_header", "array_header", "null_header", "number_header", "duplicate_same_case",
                                 "duplicate_diff_case", "space_in_name", "colon_in_name", "non_ascii_name", "control_char_name"}) {
            calls.push_back({std::string("invalid_") + name, {{"value", "x"}}});
        }
        return calls;
    }
    if (scenario == "json-schema-ref-no-deref") return {{"lookup_user", Json::object(), true}};
    const Json context = parseJson(fromEnvironment("MCP_CONFORMANCE_CONTEXT")) ? parseJson(fromEnvironment("MCP_CONFORMANCE_CONTEXT")).take() : Json();
    std::deque<Planned> calls;
    for (const auto& call : context.is_object() ? context.value("toolCalls", Json::array()) : Json::array()) {
        calls.push_back({textOf(call, "name"), call.value("arguments", Json::object())});
    }
    if (calls.empty()) calls.push_back({"any", Json::object(), true});
    return calls;
}

class Probe : public QObject {
    Q_OBJECT
public:
    Probe(std::string url, std::deque<Planned> plan) : url_(std::move(url)), plan_(std::move(plan)) {}

    void next()
    {
        if (plan_.empty()) return QCoreApplication::quit();
        const Planned planned = plan_.front();
        plan_.pop_front();
        tools::McpRequest request;
        request.server = url_;
        request.url = url_;
        request.allowPrivate = true;
        request.tool = planned.tool;
        request.arguments = planned.arguments;
        request.looks = planned.looks;
        request.guidance = "{}";  // a person who agrees to a form as it stands
        request.limit = 15'000;
        auto* call = servers_.call(request, this);
        connect(call, &wire::Call::finished, this, [this, planned, call](const wire::Reply& reply) {
            std::cout << planned.tool << ": " << (reply.code.empty() ? reply.body : reply.code + " " + reply.note) << std::endl;
            call->deleteLater();
            next();
        });
    }

private:
    std::string url_;
    std::deque<Planned> plan_;
    std::unique_ptr<Clock> clock_ = systemClock();
    std::unique_ptr<wire::Wire> wire_ = wire::systemWire();
    tools::McpServers servers_{*wire_, *clock_};
};

}  // namespace

int main(int count, char** words)
{
    QCoreApplication application(count, words);
    Probe probe(words[count - 1], planFor(fromEnvironment("MCP_CONFORMANCE_SCENARIO")));
    QTimer::singleShot(0, &probe, &Probe::next);
    return QCoreApplication::exec();
}

#include "mcpprobe.moc"
