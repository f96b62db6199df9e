#include <algorithm>
#include <cctype>

#include "agentcore/tools/databasecode.h"
#include "agentcore/tools/httptool.h"
#include "agentcore/tools/pattern.h"

/// What an HTTP reply means: status, body, and what stands between them.
namespace handrail::tools {
namespace {

constexpr Millis longestRetryAfter = 24 * 3'600'000LL;

std::string headerOf(const wire::Reply& reply, const std::string& name)
{
    for (const auto& [header, value] : reply.headers) {
        if (header == name) return value;
    }
    return {};
}

bool mentions(const std::string& body, std::initializer_list<const char*> words)
{
    std::string text = body.substr(0, 4096);
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return text.find(word) != std::string::npos; });
}

Code statusCode(const wire::Reply& reply)
{
    const std::string code = "T" + std::to_string(reply.status);
    if (reply.status == 429 && mentions(reply.body, {"insufficient_quota", "quota_exceeded", "quota exceeded", "billing_hard_limit"})) return "T429q";
    if (reply.status == 409 && mentions(reply.body, {"idempotency_key_in_use", "idempotency-key", "in progress", "in_progress"})) return "T409i";
    if (reply.status == 422 && mentions(reply.body, {"idempotency_key_reused", "idempotency_error", "idempotency key", "idempotency-key"})) return "T422k";
    return code;
}

void readRetryAfter(const std::string& text, Millis now, Answer& answer)
{
    if (text.empty()) return;
    Millis wait = -1;
    const bool isNumber = text.size() < 12 && text.find_first_not_of("0123456789") == std::string::npos;
    if (isNumber) wait = std::stoll(text) * 1000;
    else if (const Millis date = httpDate(text); date >= 0) wait = date - now;
    if (wait >= 0 && wait <= longestRetryAfter) answer.retryAfter = wait;
    else answer.retryNote = "The server's Retry-After (" + shortened(text, 40) + ") is of no use and was ignored.";
}

/// The error's own words, where the body has them in one of the usual places.
std::string errorWords(const Json& body)
{
    for (const auto* pointer : {"/error/message", "/message", "/error", "/detail", "/title", "/error/code"}) {
        const Json* found = at(body, pointer);
        if (found && found->is_string() && !found->get<std::string>().empty()) return shortened(found->get<std::string>());
    }
    return {};
}

/// The list of single results within a 207: the body itself, or the first list of the usual names.
const Json* itemsOf(const Json& body)
{
    if (body.is_array()) return &body;
    for (const auto* name : {"results", "items", "responses", "value"}) {
        const Json* list = at(body, std::string("/") + name);
        if (list && list->is_array()) return list;
    }
    return nullptr;
}

int statusOf(const Json& item)
{
    for (const auto* name : {"status", "status_code", "statusCode"}) {
        const auto status = numberOf(item, name);
        if (status >= 100 && status <= 599) return static_cast<int>(status);
    }
    return 0;
}

/// 207: item by item. All done is done; none done is that refusal; anything between is partial.
void readItems(Answer& answer)
{
    const Answer asOne = answer;
    answer.code = "T605";
    const Json* items = itemsOf(answer.result);
    if (!items || items->empty()) return;
    std::size_t good = 0;
    std::string failed;
    int worst = 0;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const int status = (*items)[i].is_object() ? statusOf((*items)[i]) : 0;
        if (status == 0) return;
        if (status < 300) {
            ++good;
            continue;
        }
        worst = std::max(worst, status);
        if (failed.size() < 200) failed += (failed.empty() ? "" : ", ") + std::string("item ") + std::to_string(i + 1) + ": " + std::to_string(status);
    }
    answer.message = std::to_string(good) + " of " + std::to_string(items->size()) + " items were done" + (failed.empty() ? "." : "; " + failed + ".");
    if (good == items->size()) answer = asOne;
    else if (good == 0 && worst >= 400) answer.code = "T" + std::to_string(worst);
}

/// Whether a 200's body is an error and nothing else: such a reply is no result.
bool isErrorBody(const Json& body)
{
    if (!body.is_object()) return false;
    const auto filled = [&](const char* name) {
        const auto found = body.find(name);
        if (found == body.end()) return false;
        return (found->is_string() && *found != Json("")) || (found->is_structured() && !found->empty());
    };
    if (!filled("error") && !filled("errors")) return false;
    static constexpr std::string_view about[] = {"error", "errors", "error_description", "message", "code", "status", "ok", "success",
                                                 "detail", "details", "data", "request_id", "requestId", "trace_id", "timestamp"};
    return std::all_of(body.items().begin(), body.items().end(), [&](const auto& item) {
        const bool isData = item.key() == "data" && !item.value().is_null();
        return !isData && std::find(std::begin(about), std::end(about), item.key()) != std::end(about);
    });
}

Code innerCode(const Json& body)
{
    for (const auto* pointer : {"/error/status", "/error/code", "/status", "/code"}) {
        const Json* found = at(body, pointer);
        if (found && found->is_number_integer() && *found >= 400 && *found <= 599) return "T" + found->dump();
    }
    return databaseCode(body);
}

/// The same address on the same server, as path and query; empty when it leads elsewhere.
std::string ownPath(const std::string& location, const std::string& base)
{
    const auto origin = base.substr(0, base.find('/', base.find("://") + 3));
    std::string path = location.starts_with(origin + "/") ? location.substr(origin.size()) : location;
    path = path.substr(0, path.find('#'));
    const bool isPath = path.size() > 1 && path[0] == '/' && path[1] != '/' && path.size() <= 2048;
    const bool isClean = std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < 0x7f && c != '\\'; });
    return isPath && isClean ? path : std::string();
}

void readBody(const Invocation& invocation, const wire::Reply& reply, Answer& answer)
{
    const bool isGood = reply.status >= 200 && reply.status < 300;
    const bool isTyped = invocation.tool->result != nullptr;
    if (reply.body.empty()) {
        if (isGood && isTyped) {
            answer.code = "T603";
            answer.message = "The reply is empty, but a result was expected.";
        }
        return;
    }
    auto parsed = parseJson(reply.body);
    if (!parsed) {
        if (isGood && isTyped) {
            answer.code = "T601";
            answer.message = "The reply is not the JSON that was expected: " + parsed.failure().message;
        }
        answer.result = {{"text", shortened(reply.body, 4096)}};
        return;
    }
    answer.result = parsed.take();
    if (!isGood) return;
    const bool fits = isTyped && invocation.tool->result->fits(answer.result);
    if (!fits && isErrorBody(answer.result)) {
        answer.code = "T606";
        answer.inner = innerCode(answer.result);
        const std::string words = errorWords(answer.result);
        answer.message = "The server answered " + std::to_string(reply.status) + ", but with an error" + (words.empty() ? "." : ": " + words);
        return;
    }
    if (!isTyped || fits) return;
    const auto mismatches = invocation.tool->result->check(answer.result, 1);
    if (mismatches.empty()) return;
    const auto& first = mismatches.front();
    answer.code = "T601";
    answer.message = "The reply does not have the declared shape: " + (first.at.empty() ? std::string("it") : first.at) + " " + first.message + ".";
}

}  // namespace

Answer interpretHttp(const Invocation& invocation, const wire::Reply& reply, Millis now)
{
    Answer answer;
    answer.replayed = headerOf(reply, "idempotent-replayed") == "true";
    if (reply.status >= 400) {
        answer.code = statusCode(reply);
        readBody(invocation, reply, answer);
        answer.inner.clear();
        // What the database says is nearer to the cause than the status in front of it.
        if (const Code told = databaseCode(answer.result); !told.empty()) answer.code = told;
        const std::string words = errorWords(answer.result);
        answer.message = "The server answered " + std::to_string(reply.status) + " (" + codeInfo(answer.code).title + ")" +
                         (words.empty() ? "." : ": " + words);
        readRetryAfter(headerOf(reply, "retry-after"), now, answer);
        return answer;
    }
    if (reply.status == 300 && !invocation.tool->isWrite()) {
        readBody(invocation, reply, answer);
        answer.code = "U103";
        answer.message = "The service found more than one object that fits.";
        return answer;
    }
    if (reply.status < 200 || reply.status >= 300) {
        answer.code = "T112";
        answer.message = "The server answered " + std::to_string(reply.status) + ", which is neither a result nor a refusal.";
        return answer;
    }
    readBody(invocation, reply, answer);
    // None of these is "done" by its status alone, whatever the body looks like.
    if (reply.status == 202) {
        answer.code = "T202";
        const std::string base = invocation.definition->servers.at(invocation.tool->server).url;
        for (const auto* header : {"operation-location", "location"}) {
            if (answer.poll.empty()) answer.poll = ownPath(headerOf(reply, header), base);
        }
        readRetryAfter(headerOf(reply, "retry-after"), now, answer);
    }
    if (reply.status == 207) readItems(answer);
    if (reply.status == 206) answer.code = "T605";
    if (answer.message.empty() && !answer.code.empty()) answer.message = codeInfo(answer.code).sentence;
    return answer;
}

}  // namespace handrail::tools
