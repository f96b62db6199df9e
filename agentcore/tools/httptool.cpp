#include "agentcore/tools/httptool.h"

#include <algorithm>
#include <cctype>

#include "agentcore/tools/pattern.h"
#include "agentcore/tools/secrets.h"

namespace handrail::tools {
namespace {

bool isTraceparent(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name == "traceparent";
}

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

/// A look at the state of a call that was taken up: the server's own headers, no body, no key.
void turnIntoPoll(const Invocation& invocation, const std::string& base, wire::HttpRequest& request)
{
    request.method = "GET";
    request.isWrite = false;
    request.url = base.substr(0, base.find('/', base.find("://") + 3)) + invocation.poll;
    request.body.clear();
    std::erase_if(request.headers, [&](const auto& header) {
        return header.first == "Content-Type" || (!invocation.key.empty() && header.second == invocation.key);
    });
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
    const bool isOwnTrace = std::any_of(request.headers.begin(), request.headers.end(), [](const auto& header) { return isTraceparent(header.first); });
    if (!invocation.traceparent.empty() && !isOwnTrace) request.headers.emplace_back("traceparent", invocation.traceparent);
    auto body = bodyOf(invocation, used, request);
    if (!body) return body.failure();
    request.body = body.take();
    prepared.line = request.method + " " + server.url + *path;
    if (!invocation.poll.empty()) turnIntoPoll(invocation, *base, request);
    prepared.request = std::move(request);
    return prepared;
}

}  // namespace handrail::tools
