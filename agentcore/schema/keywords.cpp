#include <algorithm>
#include <cmath>
#include <functional>

#include "agentcore/schema/compiler.h"

namespace handrail::schema {
namespace {

enum class In { Both, Only2020 };

template <typename Member>
struct Line {
    const char* name;
    Member Node::*member;
    In in = In::Both;
};

constexpr Line<std::optional<std::size_t>> counts[] = {
    {"minLength", &Node::minLength},         {"maxLength", &Node::maxLength},
    {"minItems", &Node::minItems},           {"maxItems", &Node::maxItems},
    {"minProperties", &Node::minProperties}, {"maxProperties", &Node::maxProperties},
    {"minContains", &Node::minContains, In::Only2020}, {"maxContains", &Node::maxContains, In::Only2020},
};

constexpr Line<std::optional<Json>> numbers[] = {
    {"minimum", &Node::minimum},
    {"maximum", &Node::maximum},
    {"exclusiveMinimum", &Node::exclusiveMinimum},
    {"exclusiveMaximum", &Node::exclusiveMaximum},
    {"multipleOf", &Node::multipleOf},
};

constexpr Line<NodeId> schemas[] = {
    {"not", &Node::negated},
    {"if", &Node::condition},
    {"then", &Node::then},
    {"else", &Node::otherwise},
    {"contains", &Node::contains},
    {"propertyNames", &Node::propertyNames},
    {"additionalProperties", &Node::additionalProperties},
    {"unevaluatedProperties", &Node::unevaluatedProperties, In::Only2020},
    {"unevaluatedItems", &Node::unevaluatedItems, In::Only2020},
};

constexpr Line<std::vector<NodeId>> schemaLists[] = {
    {"allOf", &Node::allOf},
    {"anyOf", &Node::anyOf},
    {"oneOf", &Node::oneOf},
    {"prefixItems", &Node::prefixItems, In::Only2020},
};

constexpr Line<std::map<std::string, NodeId>> schemaMaps[] = {
    {"properties", &Node::properties},
    {"dependentSchemas", &Node::dependentSchemas, In::Only2020},
};

constexpr std::pair<const char*, unsigned> typeNames[] = {
    {"null", Null},     {"boolean", Boolean}, {"object", Object},  {"array", Array},
    {"number", Number}, {"string", String},   {"integer", Integer},
};

unsigned typeNamed(const Json& name)
{
    for (const auto& [word, bit] : typeNames) {
        if (name == word) return bit;
    }
    return 0;
}

std::string quoted(const char* name) { return std::string("\"") + name + "\""; }

/// Works through one schema; each function handles one kind of keyword and says whether all is well.
class KeywordReader {
public:
    using Fail = std::function<bool(const std::string& member, const std::string& message)>;
    using Schedule = std::function<NodeId(const std::string& below)>;

    KeywordReader(Node& node, const Json& schema, Dialect dialect, Fail fail, Schedule schedule)
        : node_(node), schema_(schema), draft_(dialect.draft), validates_(dialect.validates), fail_(std::move(fail)), schedule_(std::move(schedule))
    {
    }

    bool readAll()
    {
        if (validates_ && !assertions()) return false;
        for (const auto& line : schemas) {
            if (!each(line, [&](const Json&) { return schema(line); })) return false;
        }
        for (const auto& line : schemaLists) {
            if (!each(line, [&](const Json& value) { return list(line.name, value, node_.*line.member); })) {
                return false;
            }
        }
        for (const auto& line : schemaMaps) {
            if (!each(line, [&](const Json& value) { return map(line.name, value, node_.*line.member); })) return false;
        }
        return definitions() && patterns() && items() && (draft_ == Draft::Of2020 || dependencies());
    }

private:
    /// What asserts by itself; a meta-schema may leave all of it out.
    bool assertions()
    {
        for (const auto& line : counts) {
            if (!each(line, [&](const Json& value) { return count(line, value); })) return false;
        }
        for (const auto& line : numbers) {
            if (!each(line, [&](const Json& value) { return number(line, value); })) return false;
        }
        return types() && constants() && texts() && required() && (draft_ == Draft::Seven || dependentRequired());
    }

    const Json* member(const char* name) const
    {
        const auto found = schema_.find(name);
        return found == schema_.end() ? nullptr : &*found;
    }

    template <typename Member, typename Handler>
    bool each(const Line<Member>& line, Handler handler)
    {
        const Json* value = line.in == In::Both || draft_ == Draft::Of2020 ? member(line.name) : nullptr;
        return !value || handler(*value);
    }

    bool count(const Line<std::optional<std::size_t>>& line, const Json& value)
    {
        const double number = value.is_number() ? value.get<double>() : -1;
        if (number < 0 || number != std::floor(number)) {
            return fail_(line.name, quoted(line.name) + " must be a whole number from 0.");
        }
        node_.*line.member = static_cast<std::size_t>(std::min(number, 9e15));
        return true;
    }

    bool number(const Line<std::optional<Json>>& line, const Json& value)
    {
        if (!value.is_number()) return fail_(line.name, quoted(line.name) + " must be a number.");
        if (line.member == &Node::multipleOf && value.get<double>() <= 0) {
            return fail_(line.name, "\"multipleOf\" must be above 0.");
        }
        node_.*line.member = value;
        return true;
    }

    bool schema(const Line<NodeId>& line)
    {
        node_.*line.member = schedule_(std::string("/") + line.name);
        return true;
    }

    bool list(const char* name, const Json& value, std::vector<NodeId>& into)
    {
        if (!value.is_array() || value.empty()) {
            return fail_(name, quoted(name) + " must be an array with at least one schema.");
        }
        for (std::size_t i = 0; i < value.size(); ++i) {
            into.push_back(schedule_("/" + std::string(name) + "/" + std::to_string(i)));
        }
        return true;
    }

    bool map(const char* name, const Json& value, std::map<std::string, NodeId>& into)
    {
        if (!value.is_object()) return fail_(name, quoted(name) + " must be an object of schemas.");
        for (const auto& item : value.items()) {
            into[item.key()] = schedule_("/" + std::string(name) + "/" + pointerSegment(item.key()));
        }
        return true;
    }

    /// They bind nothing by themselves, but what they hold may have names and must be well formed.
    bool definitions()
    {
        std::map<std::string, NodeId> unused;
        const Json* older = member("definitions");
        const Json* newer = draft_ == Draft::Of2020 ? member("$defs") : nullptr;
        return (!older || map("definitions", *older, unused)) && (!newer || map("$defs", *newer, unused));
    }

    bool types()
    {
        const Json* value = member("type");
        if (!value) return true;
        const Json names = value->is_array() ? *value : Json::array({*value});
        for (const auto& name : names) {
            const unsigned bit = typeNamed(name);
            if (bit == 0) return fail_("type", "\"type\" names something that is no JSON type: " + dump(name) + ".");
            node_.types |= bit;
        }
        return !names.empty() || fail_("type", "\"type\" must name at least one type.");
    }

    bool constants()
    {
        if (const Json* value = member("const")) node_.constant = *value;
        const Json* choices = member("enum");
        if (!choices) return true;
        if (!choices->is_array()) return fail_("enum", "\"enum\" must be an array.");
        node_.choices = choices->get<std::vector<Json>>();
        return true;
    }

    bool texts()
    {
        if (const Json* value = member("uniqueItems")) {
            if (!value->is_boolean()) return fail_("uniqueItems", "\"uniqueItems\" must be true or false.");
            node_.uniqueItems = value->get<bool>();
        }
        if (const Json* value = member("format")) {
            if (!value->is_string()) return fail_("format", "\"format\" must be a string.");
            node_.format = formatNamed(value->get_ref<const std::string&>());
        }
        const Json* value = member("pattern");
        if (!value) return true;
        if (!value->is_string()) return fail_("pattern", "\"pattern\" must be a string.");
        auto pattern = Pattern::compile(value->get_ref<const std::string&>());
        if (!pattern) return fail_("pattern", pattern.failure().message);
        node_.pattern = pattern.take();
        return true;
    }

    bool names(const char* keyword, const Json& value, std::vector<std::string>& into)
    {
        if (!value.is_array()) return fail_(keyword, quoted(keyword) + " must list the names of members.");
        for (const auto& name : value) {
            if (!name.is_string()) return fail_(keyword, quoted(keyword) + " must list the names of members.");
            into.push_back(name.get<std::string>());
        }
        return true;
    }

    bool required()
    {
        const Json* value = member("required");
        return !value || names("required", *value, node_.required);
    }

    bool patterns()
    {
        const Json* value = member("patternProperties");
        if (!value) return true;
        if (!value->is_object()) return fail_("patternProperties", "\"patternProperties\" must be an object.");
        for (const auto& item : value->items()) {
            auto pattern = Pattern::compile(item.key());
            if (!pattern) return fail_("patternProperties", pattern.failure().message);
            node_.patternProperties.emplace_back(
                pattern.take(), schedule_("/patternProperties/" + pointerSegment(item.key())));
        }
        return true;
    }

    bool items()
    {
        const Json* value = member("items");
        if (!value) return true;
        if (draft_ == Draft::Of2020 || !value->is_array()) {
            node_.items = schedule_("/items");
            return true;
        }
        if (!value->empty() && !list("items", *value, node_.prefixItems)) return false;
        const Json* rest = member("additionalItems");
        if (rest) node_.items = schedule_("/additionalItems");
        return true;
    }

    bool dependentRequired()
    {
        const Json* value = member("dependentRequired");
        if (!value) return true;
        if (!value->is_object()) return fail_("dependentRequired", "\"dependentRequired\" must be an object.");
        for (const auto& item : value->items()) {
            if (!names("dependentRequired", item.value(), node_.dependentRequired[item.key()])) return false;
        }
        return true;
    }

    bool dependencies()
    {
        const Json* value = member("dependencies");
        if (!value) return true;
        if (!value->is_object()) return fail_("dependencies", "\"dependencies\" must be an object.");
        for (const auto& item : value->items()) {
            if (item.value().is_array()) {
                if (!names("dependencies", item.value(), node_.dependentRequired[item.key()])) return false;
            } else {
                node_.dependentSchemas[item.key()] =
                    schedule_("/dependencies/" + pointerSegment(item.key()));
            }
        }
        return true;
    }

    Node& node_;
    const Json& schema_;
    Draft draft_;
    bool validates_;
    Fail fail_;
    Schedule schedule_;
};

}  // namespace

bool Keywords::apply(Compiler& compiler, Node& node, const Json& schema)
{
    const auto fail = [&](const std::string& member, const std::string& message) {
        return compiler.fail(compiler.at_ + "/" + member, message);
    };
    const auto schedule = [&](const std::string& below) {
        return compiler.schedule(compiler.at_ + below);
    };
    return KeywordReader(node, schema, compiler.dialect_, fail, schedule).readAll();
}

}  // namespace handrail::schema
