#include "agentcore/definition/mistakes.h"

namespace handrail::definition {
namespace {

/// Only secrets are read into a header, and only those whose source is known.
void checkHeader(const std::string& pointer, const Json& value, Mistakes& mistakes)
{
    if (!value.is_string() || hasOnlySecrets(value.get_ref<const std::string&>())) return;
    mistakes.add("U102", pointer, "Only a secret can be read into a header.", howToWriteSecrets);
}

void checkHttp(const Json& server, const std::string& name, const std::string& pointer, Mistakes& mistakes)
{
    if (!memberOf(&server, "url")) {
        mistakes.add("U101", pointer, "The server \"" + name + "\" lacks its \"url\".", "Add \"url\" here.");
    }
    if (memberOf(&server, "command")) {
        mistakes.add("U102", pointer + "/command", "A server of kind http is not started by a command.",
                     "Take \"command\" out, or make the kind mcp.");
    }
}

void checkMcp(const Json& server, const std::string& name, const std::string& pointer, Mistakes& mistakes)
{
    const Json* command = memberOf(&server, "command");
    if ((command != nullptr) == (memberOf(&server, "url") != nullptr)) {
        mistakes.add(command ? "U102" : "U101", pointer,
                     "The server \"" + name + "\" must have either a \"command\" or a \"url\".",
                     "Give \"command\" for a program on this machine, \"url\" for a service.");
    }
    for (const char* member : {"headers", "allow_private", "sheds_load"}) {
        if (!command || !memberOf(&server, member)) continue;
        mistakes.add("U102", pointer + "/" + member, std::string("A program on this machine has no \"") + member + "\".",
                     "Take it out, or give a \"url\" instead of the \"command\".");
    }
    if (!command || !command->is_array() || command->empty() || !command->front().is_string()) return;
    if (!command->front().get_ref<const std::string&>().starts_with('/')) {
        mistakes.add("U102", pointer + "/command/0", "A program is named by its absolute path.",
                     "Begin the path with \"/\", like /usr/bin/node.");
    }
}

}  // namespace

bool hasOnlySecrets(const std::string& text)
{
    for (auto start = text.find("${"); start != std::string::npos; start = text.find("${", start + 2)) {
        bool isSecret = false;
        for (const char* source : {"${secret:env:", "${secret:keyring:", "${secret:file:"}) {
            const std::string_view prefix = source;
            const auto end = text.find('}', start);
            isSecret = isSecret || (text.compare(start, prefix.size(), prefix) == 0 && end != std::string::npos &&
                                    end > start + prefix.size());
        }
        if (!isSecret) return false;
    }
    return true;
}

void checkServers(const Json& document, Mistakes& mistakes)
{
    forEach(memberOf(&document, "servers"), "/servers",
            [&](const std::string& name, const std::string& pointer, const Json& server) {
                const std::string kind = textAt(&server, "kind");
                if (kind == "http") checkHttp(server, name, pointer, mistakes);
                if (kind == "mcp") checkMcp(server, name, pointer, mistakes);
                forEach(memberOf(&server, "headers"), pointer + "/headers",
                        [&](const std::string&, const std::string& below, const Json& value) {
                            checkHeader(below, value, mistakes);
                        });
            });
}

}  // namespace handrail::definition
