#include <algorithm>

#include "agentcore/tools/mcpsession.h"
#include "agentcore/tools/pattern.h"

/// The calls of a session: placed, answered, asked back, given up.
namespace handrail::tools::mcp {
namespace {

constexpr int mostRounds = 4;        ///< of questions within one attempt
constexpr int mostRequests = 200;    ///< of a server's own, between two answers of it
constexpr std::size_t mostTold = 32 * 1024;  ///< bytes of a definition that are kept whole
constexpr int methodNotFound = -32601;

/// What was handed over is in doubt, and no code may say that it was surely not sent.
Code codeInDoubt(const Code& code)
{
    for (const char* open : {"T108", "T109", "T110", "T111", "T609", "T610"}) {
        if (code == open) return code;
    }
    return "T108";
}

/// A definition for the journal: whole, or its digest alone where it is very long.
Json kept(const ToldTool& tool)
{
    Json told = {{"digest", tool.digest}};
    if (dump(tool.definition).size() <= mostTold) told["definition"] = tool.definition;
    return told;
}

}  // namespace

/// Whether the tool is as it was agreed to; says so to the journal, and ends the call where it is not.
bool Session::isAsExpected(McpCall& call, const ToldTool& tool)
{
    const Json& pinned = call.request_.pinned;
    call.told["pin"] = tool.digest;
    if (tool.tellsWrite) call.told["tells_write"] = true;
    if (textOf(pinned, "digest") == tool.digest) return true;
    call.told["told"] = kept(tool);
    if (pinned.is_null()) return true;
    const std::string changed = differences(pinned.value("definition", Json::object()), tool.definition);
    std::string words = "The server now describes this tool differently from when it was agreed to";
    if (pinned.contains("definition") && !changed.empty()) words += " (" + changed + ")";
    words += ". It says: \"" + shortened(textOf(tool.definition, "description"), 300) + "\"";
    const std::string before = shortened(textOf(pinned.value("definition", Json::object()), "description"), 300);
    if (!before.empty() && before != shortened(textOf(tool.definition, "description"), 300)) words += "; before: \"" + before + "\"";
    fail(call, "T607", words + ". Nothing was sent. To retry is to agree to it as it is now.");
    return false;
}

void Session::place(McpCall& call)
{
    const auto found = tools_.find(call.request_.tool);
    if (found == tools_.end()) {
        return fail(call, "T608", "The server offers no tool \"" + shortened(call.request_.tool, 80) + "\". Nothing was sent.");
    }
    const ToldTool& tool = found->second;
    if (!tool.headerFault.empty() && isModern_ && command_.empty()) {
        return fail(call, "T608", "The tool \"" + shortened(tool.name, 80) + "\" cannot be called: " + tool.headerFault + ". Nothing was sent.");
    }
    if (!isAsExpected(call, tool)) return;
    if (!call.request_.looks) {
        if (isModern_ && call.request_.asked.is_object()) {
            call.state_ = call.request_.asked.value("state", Json());
            inputRequired(call, {{"inputRequests", call.request_.asked.value("requests", Json::object())}, {"requestState", call.state_}});
        } else {
            send(call);
        }
        return;
    }
    wire::Reply reply;
    reply.phase = wire::SendPhase::Answered;
    reply.body = dump({{"result", Json::object()}});
    finish(call, reply);
}

void Session::send(McpCall& call)
{
    Outgoing message;
    message.id = ++ids_;
    message.method = "tools/call";
    message.name = call.request_.tool;
    Json params = {{"name", call.request_.tool}, {"arguments", call.request_.arguments}, {"_meta", {{"progressToken", message.id}}}};
    if (!call.responses_.is_null()) params["inputResponses"] = call.responses_;
    if (!call.state_.is_null()) params["requestState"] = call.state_;
    message.text = request(message.id, message.method, std::move(params), isModern_);
    const auto tool = tools_.find(call.request_.tool);
    if (tool != tools_.end()) message.headers = paramHeaders(tool->second, call.request_.arguments);
    message.limit = std::max<Millis>(1, call.request_.limit - (clock_.monotonic() - call.began_));
    call.stage_ = McpCall::Stage::Called;
    call.id_ = message.id;
    called_[message.id] = &call;
    link_->send(message);
}

void Session::answered(McpCall& call, const Message& message)
{
    requests_ = 0;
    const std::string type = textOf(message.body, "resultType", "complete");
    if (message.kind == Message::Kind::Result && isModern_ && type == "input_required") {
        called_.erase(call.id_);
        call.isHanded_ = true;
        return inputRequired(call, message.body);
    }
    if (message.kind == Message::Kind::Result && type != "complete") {
        return fail(call, "T609", "The server answered with a result of a kind that is not known here: \"" + shortened(type, 40) + "\".");
    }
    wire::Reply reply;
    reply.phase = wire::SendPhase::Answered;
    Json body = {{message.kind == Message::Kind::Result ? "result" : "error", message.body}};
    // What it was asked, and got no answer to, explains an error best.
    if (call.told.contains("asks")) body["asks"] = call.told["asks"];
    reply.body = dump(body);
    finish(call, reply);
}

/// The newer era's way to ask: the call ends with questions, and is sent again with the answers to them.
void Session::inputRequired(McpCall& call, const Json& result)
{
    const Json requests = result.value("inputRequests", Json::object());
    call.state_ = result.value("requestState", Json());
    Json responses = Json::object();
    std::string question;
    bool isComplete = requests.is_object() && ++call.rounds_ <= mostRounds;
    for (const auto& [key, asked] : requests.items()) {
        const bool isForm = textOf(asked, "method") == "elicitation/create";
        const Json params = asked.is_object() ? asked.value("params", Json::object()) : Json::object();
        const Json response = isForm ? answerTo(params, call.request_.guidance) : Json();
        if (textOf(response, "action") != "accept") isComplete = false;
        if (question.empty()) question = shortened(textOf(params, "message"), 300);
        responses[key] = response;
    }
    if (isComplete) {
        call.responses_ = requests.empty() ? Json() : responses;
        return send(call);
    }
    call.told["asks"] = {{"question", question}, {"requests", requests}, {"state", call.state_}};
    wire::Reply reply;
    reply.phase = wire::SendPhase::Answered;
    reply.body = dump({{"asks", call.told["asks"]}});
    finish(call, reply);
}

void Session::onCallUnanswered(McpCall& call, const wire::Reply& why)
{
    wire::Reply reply = why;
    // A server may forget a session, and then has not looked at the call at all.
    const bool mentionsSession = why.body.find("ession") != std::string::npos;
    const bool isForgotten = why.code.empty() && !isModern_ && (why.status == 404 || (why.status == 400 && mentionsSession));
    if (isForgotten) {
        isStale_ = true;
        reply.phase = wire::SendPhase::Answered;
        reply.body = dump({{"forgotten", true}});
        reply.note = "The server has forgotten the session, so it did not take the call; the next one opens a new session.";
    } else if (why.code.empty()) {
        reply.phase = wire::SendPhase::Answered;
    } else {
        const bool isUnsent = why.phase == wire::SendPhase::NotSent && !call.isHanded_;
        reply.phase = isUnsent ? wire::SendPhase::NotSent : wire::SendPhase::MaybeSent;
        if (!isUnsent && why.phase == wire::SendPhase::NotSent) reply.code = codeInDoubt(why.code);
    }
    finish(call, reply);
}

void Session::timedOut(McpCall& call)
{
    if (call.stage_ == McpCall::Stage::Over) return;
    if (call.stage_ == McpCall::Stage::Waiting) return fail(call, "T104", "The server was not ready within the limit, so the call was not sent.");
    giveUp(call);
    std::string note = "No answer came within the limit.";
    if (!call.progress_.empty()) note += " The server had reported progress: " + shortened(call.progress_, 60) + ".";
    // That it was told to stop proves nothing: it may have acted before, or may not listen.
    fail(call, "T109", note);
}

/// Tells the server that a call's answer is no longer wanted.
void Session::giveUp(McpCall& call)
{
    if (!link_ || call.stage_ != McpCall::Stage::Called) return;
    const bool isByClosing = isModern_ && command_.empty();
    if (!isByClosing) tell("notifications/cancelled", notification("notifications/cancelled", {{"requestId", call.id_}, {"reason", "the time for it is over"}}));
    link_->forget(call.id_);
}

void Session::gone(McpCall& call)
{
    if (call.stage_ == McpCall::Stage::Over) return;
    giveUp(call);
    called_.erase(call.id_);
    std::erase(waiting_, &call);
}

void Session::onRequest(const Message& message)
{
    if (++requests_ > mostRequests) return closeWith("T609", "The server asks without end instead of answering.");
    if (message.method == "ping") return tell("", answer(message.id, Json::object()));
    if (message.method == "elicitation/create") return tell("", answer(message.id, elicited(message.body)));
    tell("", refusal(message.id, methodNotFound, "This client has no such method."));
}

/// The older eras' way to ask, in the middle of a call. Nobody can be fetched while it waits: what a person
/// said after an earlier attempt answers it, else it is told that there is no answer, and the question is kept.
Json Session::elicited(const Json& params)
{
    McpCall* call = called_.size() == 1 ? called_.begin()->second : nullptr;
    const bool isBounded = call && ++call->rounds_ <= mostRounds;
    const Json response = answerTo(params, isBounded ? call->request_.guidance : std::nullopt);
    if (textOf(response, "action") == "accept") return response;
    for (const auto& [id, asking] : called_) {
        asking->told["asks"] = {{"question", shortened(textOf(params, "message"), 300)}, {"requests", {{"question", {{"method", "elicitation/create"}, {"params", params}}}}}};
    }
    return response;
}

std::string Session::withLog(std::string note) const
{
    if (!log_.empty()) note += " The server last logged: " + log_.back();
    return note;
}

void Session::fail(McpCall& call, const Code& code, const std::string& note)
{
    wire::Reply reply;
    reply.phase = call.isHanded_ ? wire::SendPhase::MaybeSent : wire::SendPhase::NotSent;
    // Over HTTP only the request itself knows whether it left; without its word, it may have.
    if (call.stage_ == McpCall::Stage::Called && command_.empty()) reply.phase = wire::SendPhase::MaybeSent;
    reply.code = reply.phase == wire::SendPhase::MaybeSent ? codeInDoubt(code) : code;
    reply.note = withLog(note);
    finish(call, reply);
}

void Session::finish(McpCall& call, wire::Reply reply)
{
    if (call.stage_ == McpCall::Stage::Over) return;
    called_.erase(call.id_);
    std::erase(waiting_, &call);
    call.stage_ = McpCall::Stage::Over;
    call.timer_.stop();
    reply.tookMs = clock_.monotonic() - call.began_;
    QMetaObject::invokeMethod(&call, [&call, reply] { Q_EMIT call.finished(reply); }, Qt::QueuedConnection);
    // Another may have waited for the last one to end.
    if (isStale_) QMetaObject::invokeMethod(this, [this] { advance(); }, Qt::QueuedConnection);
}

}  // namespace handrail::tools::mcp
