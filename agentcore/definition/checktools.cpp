#include "agentcore/retrytable.h"
#include "agentcore/definition/mistakes.h"

namespace handrail::definition {
namespace {

constexpr std::string_view parameterLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

/// One tool under check, with what is around it.
class ToolCheck {
public:
    ToolCheck(const Json& document, const std::string& name, const std::string& pointer, const Json& tool,
              Mistakes& mistakes)
        : servers_(memberOf(&document, "servers")), tools_(memberOf(&document, "tools")), name_(name),
          pointer_(pointer), tool_(tool), mistakes_(mistakes)
    {
    }

    void run()
    {
        checkKind();
        checkPlaceholders();
        checkEffect();
        checkCompanions();
        checkRetry();
        for (const char* member : {"params", "result", "after"}) {
            checkSchema(has(member), pointer_ + "/" + member, mistakes_);
        }
        checkSchema(memberOf(has("verify"), "happened_if"), pointer_ + "/verify/happened_if", mistakes_);
    }

private:
    const Json* has(const char* member) const { return memberOf(&tool_, member); }

    void add(const Code& code, const std::string& below, std::string message, std::string hint = {})
    {
        mistakes_.add(code, pointer_ + below, std::move(message), std::move(hint));
    }

    void checkKind()
    {
        const int kinds = (has("request") ? 1 : 0) + (has("command") ? 1 : 0) + (has("mcp") ? 1 : 0);
        if (kinds != 1) {
            add(kinds == 0 ? "U101" : "U102", "",
                "The tool \"" + name_ + "\" must have exactly one of \"request\", \"command\" and \"mcp\".",
                "Give \"request\" for HTTP, \"command\" for a program, \"mcp\" for a tool of an MCP server.");
            return;
        }
        if (has("command")) {
            if (has("server")) add("U102", "/server", "A command has no server.", "Take \"server\" out.");
            return;
        }
        checkServer(has("request") ? "http" : "mcp");
    }

    void checkServer(const std::string& kind)
    {
        if (!has("server")) {
            add("U101", "", "The tool \"" + name_ + "\" lacks its \"server\".", "Add \"server\" here.");
            return;
        }
        const std::string server = textAt(&tool_, "server");
        const Json* known = memberOf(servers_, server);
        if (!known) {
            if (has("server")->is_string()) {
                add("U102", "/server", "There is no server \"" + server + "\".", didYouMean(server, namesOf(servers_)));
            }
        } else if (!textAt(known, "kind").empty() && textAt(known, "kind") != kind) {
            add("U102", "/server", "The server \"" + server + "\" is of kind " + textAt(known, "kind") +
                                       ", but this tool needs one of kind " + kind + ".");
        }
    }

    void checkPlaceholders()
    {
        if (const Json* path = memberOf(has("request"), "path")) checkBraces(*path, "/request/path");
        const Json* command = has("command");
        if (!command || !command->is_array()) return;
        for (std::size_t i = 0; i < command->size(); ++i) {
            const std::string below = "/command/" + std::to_string(i);
            if (i > 0) checkBraces((*command)[i], below);
            else checkProgram(command->front(), below);
        }
    }

    void checkProgram(const Json& program, const std::string& below)
    {
        if (!program.is_string()) return;
        const auto& path = program.get_ref<const std::string&>();
        if (path.starts_with('/') && path.find('{') == std::string::npos) return;
        add("U102", below, "A program is named by its absolute path, and that is fixed.",
            "Begin the path with \"/\", like /usr/bin/tail, without {…}.");
    }

    void checkBraces(const Json& value, const std::string& below)
    {
        if (!value.is_string()) return;
        std::string_view text = value.get_ref<const std::string&>();
        for (auto brace = text.find_first_of("{}"); brace != std::string_view::npos; brace = text.find_first_of("{}")) {
            const auto end = text.find('}', brace);
            const bool opens = text[brace] == '{' && end != std::string_view::npos;
            const auto inner = opens ? text.substr(brace + 1, end - brace - 1) : std::string_view();
            if (inner.empty() || inner.find_first_not_of(parameterLetters) != std::string_view::npos) {
                add("U102", below, "The braces here do not hold one parameter's name.",
                    "Write {name}, with the name of one parameter and nothing else.");
                return;
            }
            text = text.substr(end + 1);
        }
    }

    void checkEffect()
    {
        const std::string effect = textAt(&tool_, "effect");
        const Json* request = has("request");
        const bool hasKeyPlace = memberOf(request, "key_header") || memberOf(request, "key_param") || has("key_param");
        if (effect == "write_keyed" && !hasKeyPlace) {
            add("U101", "/effect", "The tool \"" + name_ + "\" is write_keyed, but says nowhere where its key goes.",
                has("command") ? "A command has no place for a key: make it write_verifiable or write_blind."
                               : "Add \"key_header\" or \"key_param\".");
        }
        if (effect == "write_verifiable" && !has("verify")) {
            add("U101", "/effect", "The tool \"" + name_ + "\" is write_verifiable, but has no \"verify\".",
                "Add \"verify\" with a tool that reads whether it happened.");
        }
        if (has("key_param") && !has("mcp")) {
            add("U102", "/key_param", "The key's place stands within \"request\".", "Move it into \"request\".");
        }
    }

    /// The tools that this one names, and the references that it hands to them.
    void checkCompanions()
    {
        struct Companion {
            const char* member;
            bool mustRead;
            std::set<std::string> roots;
        };
        const Companion companions[] = {
            {"verify", true, {"input", "params", "result"}},
            {"before", true, {"input", "params"}},
            {"undo", false, {"input", "params", "result"}},
        };
        for (const auto& [member, mustRead, roots] : companions) {
            const std::string below = std::string("/") + member;
            checkCompanion(has(member), below, member, mustRead);
            checkReferences(memberOf(has(member), "with"), pointer_ + below + "/with", roots,
                            [&](const std::string&) { return std::string("it is not known in \"") + member + "\""; },
                            mistakes_);
        }
        const std::string reader = textAt(has("fallback"), "read_only");
        if (!reader.empty()) checkNamed(reader, "/fallback/read_only", "fallback/read_only", true);
        if (has("fallback") && textAt(&tool_, "effect") != "read") {
            add("U102", "/fallback", "Only a tool that reads may have a fallback.", "Take it out: nothing may stand in for a write.");
        }
    }

    void checkCompanion(const Json* companion, const std::string& below, const char* member, bool mustRead)
    {
        const std::string tool = textAt(companion, "tool");
        if (!tool.empty()) checkNamed(tool, below + "/tool", member, mustRead);
    }

    void checkNamed(const std::string& tool, const std::string& below, const std::string& member, bool mustRead)
    {
        const Json* known = memberOf(tools_, tool);
        if (!known) {
            add("U102", below, "There is no tool \"" + tool + "\".", didYouMean(tool, namesOf(tools_)));
        } else if (mustRead && textAt(known, "effect") != "read") {
            add("U102", below, "\"" + member + "\" must only read, but the tool \"" + tool +
                                   "\" does not have the effect read.",
                "Name a tool with the effect read.");
        }
    }

    void checkRetry()
    {
        const Json* base = memberOf(has("retry"), "base_s");
        const Json* cap = memberOf(has("retry"), "cap_s");
        if (base && cap && base->is_number() && cap->is_number() && *base > *cap) {
            add("U102", "/retry/cap_s", "\"cap_s\" must not be below \"base_s\".");
        }
        const auto effect = fromWord<Effect>(textAt(&tool_, "effect")).value_or(Effect::WriteBlind);
        forEach(memberOf(has("retry"), "on"), "/retry/on", [&](const std::string& code, const std::string& below, const Json& said) {
            const auto verdict = said.is_string() ? fromWord<Verdict>(said.get<std::string>()) : std::nullopt;
            const auto objection = verdict && code.starts_with('T') ? objectionTo(code, effect, *verdict) : std::nullopt;
            if (objection) {
                add("U102", below, code + " cannot be \"" + said.get<std::string>() + "\" for a " + word(effect) + ": " + *objection + ".",
                    "See what the table says: handrail check --table");
            }
        });
    }

    const Json* servers_;
    const Json* tools_;
    const std::string& name_;
    const std::string& pointer_;
    const Json& tool_;
    Mistakes& mistakes_;
};

}  // namespace

void checkTools(const Json& document, Mistakes& mistakes)
{
    forEach(memberOf(&document, "tools"), "/tools",
            [&](const std::string& name, const std::string& pointer, const Json& tool) {
                if (tool.is_object() && !mistakes.isFull()) ToolCheck(document, name, pointer, tool, mistakes).run();
            });
}

}  // namespace handrail::definition
