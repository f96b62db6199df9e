#include "agentcore/tools/httptool.h"

#include <algorithm>

#include "agentcore/tools/pattern.h"
#include "agentcore/tools/secrets.h"

namespace handrail::tools {
namespace {

constexpr Millis longestRetryAfter = 24 * 3'600'000LL;

bool hasLineBreak(const std::string& text) { return text.find_first_of("\r\n") != std::string::npos; }

/// Path and query with parameters in place; `used` are those that stand in them.
Outcome<std::string> pathAndQuery(const Tool& tool, const Json& params, std::set<std::string>& used)
{
    const HttpTemplate& request = *tool.request;
    auto path = filledPattern(request.path, params, percentEncoded, used);
    if (!path) return path.failure();
    std::size_t start = 0;
    while (start < path->size()) {
        const auto end = std::min(path->find('/', start + 1), path->size());
        const std::string segment = path->substr(start + 1, end - start - 1);
        if (segment == "." || segment == "..") return failure("U102", "A parameter would change the path: \"" + segment + "\".", request.path);
        start = end;
    }
    std::string address = *path;
    for (const auto& name : request.query) {
        const auto found = params.find(name);
        if (found == params.end()) continue;
        auto text = scalarText(name, *found);
        if (!text) return text.failure();
        used.insert(name);
        address += (address.find('?') == std::string::npos ? "?" : "&") + percentEncoded(name) + "=" + percentEncoded(*text);
    }
    return address;
}

/// The body and its type, from the parameters that stand nowhere else.
Outcome<std::string> bodyOf(const Invocation& invocation, const std::set<std::string>& used, wire::HttpRequest& request)
{
    const HttpTemplate& pattern = *invocation.tool->request;
    Json rest = Json::object();
    for (const auto& [name, value] : invocation.params.items()) {
        if (used.count(name) == 0) rest[name] = value;
    }
    if (!pattern.keyParam.empty() && !invocation.key.empty()) rest[pattern.keyParam] = invocation.key;
    if (pattern.body == "params") {
        request.headers.emplace_back("Content-Type", "application/json");
        return canonical(rest);
    }
    if (pattern.body != "form") return std::string();
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    std::string form;
    for (const auto& [name, value] : rest.items()) {
        auto text = scalarText(name, value);
        if (!text) return text.failure();
        form += (form.empty() ? "" : "&") + percentEncoded(name) + "=" + percentEncoded(*text);
    }
    return form;
}

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
    if (!isGood || !isTyped) return;
    const auto mismatches = invocation.tool->result->check(answer.result, 1);
    if (mismatches.empty()) return;
    const auto& first = mismatches.front();
    answer.code = "T601";
    answer.message = "The reply does not have the declared shape: " + (first.at.empty() ? std::string("it") : first.at) + " " + first.message + ".";
}

}  // namespace

std::string percentEncoded(const std::string& text)
{
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isPlain = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
                             byte == '-' || byte == '.' || byte == '_' || byte == '~';
        if (isPlain) encoded += c;
        else encoded += std::string("%") + hex[byte >> 4] + hex[byte & 15];
    }
    return encoded;
}

Outcome<std::string> httpAddress(const Definition& definition, const Tool& tool, const Json& params)
{
    std::set<std::string> used;
    auto path = pathAndQuery(tool, params, used);
    if (!path) return path.failure();
    return definition.servers.at(tool.server).url + *path;
}

Outcome<Prepared> prepareHttp(const Invocation& invocation)
{
    const Tool& tool = *invocation.tool;
    const Server& server = invocation.definition->servers.at(tool.server);
    Prepared prepared;
    wire::HttpRequest request;
    request.method = tool.request->method;
    request.isWrite = tool.isWrite();
    request.allowPrivate = server.allowPrivate;
    request.limit = invocation.limit;
    std::set<std::string> used;
    auto path = pathAndQuery(tool, invocation.params, used);
    if (!path) return path.failure();
    auto base = withSecrets(server.url, prepared.secrets);
    if (!base) return base.failure();
    request.url = *base + *path;
    for (const auto& [name, pattern] : server.headers) {
        auto value = withSecrets(pattern, prepared.secrets);
        if (!value) return value.failure();
        if (hasLineBreak(*value)) return failure("U102", "The header " + name + " would hold a line break.");
        request.headers.emplace_back(name, *value);
    }
    if (!tool.request->keyHeader.empty() && !invocation.key.empty()) request.headers.emplace_back(tool.request->keyHeader, invocation.key);
    auto body = bodyOf(invocation, used, request);
    if (!body) return body.failure();
    request.body = body.take();
    prepared.line = request.method + " " + server.url + *path;
    prepared.request = std::move(request);
    return prepared;
}

Answer interpretHttp(const Invocation& invocation, const wire::Reply& reply, Millis now)
{
    Answer answer;
    answer.replayed = headerOf(reply, "idempotent-replayed") == "true";
    if (reply.status >= 400) {
        answer.code = statusCode(reply);
        readBody(invocation, reply, answer);
        const std::string words = errorWords(answer.result);
        answer.message = "The server answered " + std::to_string(reply.status) + " (" + codeInfo(answer.code).title + ")" +
                         (words.empty() ? "." : ": " + words);
        readRetryAfter(headerOf(reply, "retry-after"), now, answer);
        return answer;
    }
    readBody(invocation, reply, answer);
    // Neither is "done", whatever the body looks like.
    if (reply.status == 202) answer.code = "T202";
    if (reply.status == 206 || reply.status == 207) answer.code = "T605";
    if (answer.message.empty() && !answer.code.empty()) answer.message = codeInfo(answer.code).sentence;
    return answer;
}

}  // namespace handrail::tools
