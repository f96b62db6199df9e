#include "agentcore/tools/secrets.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <sys/stat.h>
#include <unistd.h>

namespace handrail::tools {
namespace {

constexpr std::string_view opening = "${secret:";

Failure missing(const std::string& reference, const std::string& why)
{
    return failure("U101", "The secret " + reference + " cannot be read: " + why + ".", reference,
                   "Provide the secret, then try again.");
}

Outcome<std::string> fromFile(const std::string& reference, const std::string& path)
{
    struct stat info{};
    if (path.empty() || path[0] != '/') return missing(reference, "its path must be absolute");
    if (stat(path.c_str(), &info) != 0) return missing(reference, "there is no such file");
    if (info.st_uid != geteuid() || (info.st_mode & 077) != 0) {
        return missing(reference, "the file must be ours alone (chmod 600)");
    }
    std::ifstream file(path, std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    std::string value = content.str();
    while (!value.empty() && (value.back() == '\n' || value.back() == '\r')) value.pop_back();
    return value;
}

Outcome<std::string> valueOf(const std::string& kind, const std::string& name)
{
    const std::string reference = kind + ":" + name;
    if (kind == "env") {
        const char* value = std::getenv(name.c_str());
        if (!value || !*value) return missing(reference, "the variable is not set");
        return std::string(value);
    }
    if (kind == "file") return fromFile(reference, name);
    if (kind == "keyring") return missing(reference, "a keyring is not available here; use env or file");
    return failure("U102", "There is no kind of secret \"" + kind + "\".", reference, "Kinds: env, file.");
}

}  // namespace

Outcome<std::string> withSecrets(const std::string& text, Secrets& secrets)
{
    std::string filled;
    std::size_t done = 0;
    for (auto start = text.find(opening); start != std::string::npos; start = text.find(opening, done)) {
        const auto end = text.find('}', start);
        const auto colon = text.find(':', start + opening.size());
        if (end == std::string::npos || colon == std::string::npos || colon > end) {
            return failure("U102", "A reference to a secret is not closed.", text.substr(start, 40));
        }
        const std::string kind = text.substr(start + opening.size(), colon - start - opening.size());
        const std::string name = text.substr(colon + 1, end - colon - 1);
        auto value = valueOf(kind, name);
        if (!value) return value.failure();
        secrets.emplace_back(*value, "[secret:" + name + "]");
        filled += text.substr(done, start - done) + *value;
        done = end + 1;
    }
    return filled + text.substr(done);
}

std::string redacted(std::string text, const Secrets& secrets)
{
    for (const auto& [value, name] : secrets) {
        // A very short value would blot out ordinary text without protecting anything.
        if (value.size() < 4) continue;
        for (auto at = text.find(value); at != std::string::npos; at = text.find(value, at + name.size())) {
            text.replace(at, value.size(), name);
        }
    }
    return text;
}

Json redactedJson(const Json& value, const Secrets& secrets)
{
    if (value.is_string()) return redacted(value.get<std::string>(), secrets);
    if (value.is_array()) {
        Json copy = Json::array();
        for (const auto& item : value) copy.push_back(redactedJson(item, secrets));
        return copy;
    }
    if (!value.is_object()) return value;
    Json copy = Json::object();
    for (const auto& [name, item] : value.items()) copy[redacted(name, secrets)] = redactedJson(item, secrets);
    return copy;
}

}  // namespace handrail::tools
