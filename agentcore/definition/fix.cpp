#include "agentcore/definition/fix.h"

#include <algorithm>
#include <map>
#include <set>

#include "agentcore/definition/checklist.h"
#include "agentcore/definition/reference.h"
#include "agentcore/definition/textedit.h"

namespace handrail {
namespace {

using definition::Span;
using definition::TextEdit;

/// JSON on one line as people write it: "type" first, a blank behind each colon and comma.
std::string written(const Json& value)
{
    std::string text;
    if (value.is_array()) {
        for (const auto& element : value) text += (text.empty() ? "" : ", ") + written(element);
        return "[" + text + "]";
    }
    if (!value.is_object()) return dump(value);
    const auto add = [&](const std::string& name, const Json& member) { text += (text.empty() ? "" : ", ") + dump(name) + ": " + written(member); };
    if (value.contains("type")) add("type", value["type"]);
    for (const auto& [name, member] : value.items()) {
        if (name != "type") add(name, member);
    }
    return "{" + text + "}";
}

std::string parentOf(const std::string& pointer) { return pointer.substr(0, pointer.rfind('/')); }
std::string lastOf(const std::string& pointer) { return pointer.substr(pointer.rfind('/') + 1); }

std::set<std::string> namesIn(const Json& object)
{
    std::set<std::string> names;
    if (object.is_object()) {
        for (const auto& [name, value] : object.items()) names.insert(name);
    }
    return names;
}

/// What only a person can decide or know, by line of the checklist.
std::string openQuestion(const std::string& line)
{
    static const std::map<std::string, const char*> questions{
        {"effects", "Only somebody who knows what the call does to the world can say its effect class."},
        {"doubts", "Only the provider's own documentation tells whether it honours a key, or which read proves the effect."},
        {"fallbacks", "How old an earlier result may be, or what may stand in, somebody has to decide."},
        {"approvals", "Which gate it is, or which call takes it back, somebody has to decide."},
        {"consent", "Which argument that is cannot be told from its name."},
        {"undo", "Which call takes it back, somebody has to know."},
        {"input", "What it may be called with is not told by the plan."},
        {"drill", "Which failures are wanted, and when, somebody has to decide: \"inject\" makes runs fail from then on."}};
    const auto found = questions.find(line);
    return found == questions.end() ? "Somebody has to decide this." : found->second;
}

/// What stands where after the edits.
using Wanted = std::map<std::string, Json>;

class Fixing {
public:
    Fixing(const Definition& definition, std::string_view text, const std::string& file) : def_(definition), text_(text), file_(file), spans_(definition::spansOf(text)) {}

    FixProposal proposal()
    {
        FixProposal out;
        for (const auto& line : checklist(def_, text_, file_)) {
            for (const auto& gap : line.gaps) {
                if (!propose(line.id, gap.pointer)) out.undecided.push_back({gap.where, openQuestion(line.id)});
            }
        }
        const auto edits = editsFor();
        out.text = definition::applied(text_, edits);
        // What is proposed must hold as a definition; else nothing is.
        if (!parseDefinition(out.text).definition) {
            out.text = std::string(text_);
            out.undecided.push_back({file_, "No edit could be proposed that keeps this definition valid."});
            return out;
        }
        out.diff = definition::unifiedDiff(text_, edits, file_);
        return out;
    }

private:
    bool propose(const std::string& line, const std::string& pointer)
    {
        if (line == "time_outs") return timeOut(pointer);
        if (line == "retries") return want(pointer, RetryRule().attempts);
        if (line == "consent") return role(pointer);
        if (line == "notifiers") return want(pointer, Json::array({{{"kind", "desktop"}}}));
        if (line == "input") return pointer == "/input" ? input() : params(pointer);
        return false;
    }

    bool want(const std::string& pointer, Json value)
    {
        wanted_[pointer] = std::move(value);
        return true;
    }

    const Tool* toolAt(const std::string& pointer) const
    {
        const Json* tools = at(def_.source, "/tools");
        for (const auto& name : namesIn(tools ? *tools : Json())) {
            if ("/tools/" + pointerSegment(name) == pointer) return def_.tool(name);
        }
        return nullptr;
    }

    /// The usual one, written down; a payment's is short.
    bool timeOut(const std::string& pointer)
    {
        const Tool* tool = toolAt(pointer);
        return tool && want(pointer + "/timeout_s", tool->gate == "payment" ? 5 : Tool().timeout / 1000);
    }

    /// ".../show/amount": only where an argument is called just so wherever the tool is used.
    bool role(const std::string& pointer)
    {
        const Tool* tool = toolAt(parentOf(parentOf(pointer)));
        const std::string name = lastOf(pointer);
        if (!tool || tool->each) return false;
        const Json* declared = at(tool->paramsSource, "/properties");
        const auto used = usesOf(tool->name);
        const bool isDeclared = declared && declared->contains(name);
        const bool isUsed = !def_.planner && !used.empty() && std::all_of(used.begin(), used.end(), [&](const auto& names) { return names.count(name) > 0; });
        return (isDeclared || isUsed) && want(pointer, "/" + name);
    }

    /// The names of the arguments in each place that calls a tool.
    std::vector<std::set<std::string>> usesOf(const std::string& tool) const
    {
        std::vector<std::set<std::string>> uses;
        for (const auto& step : def_.plan) {
            if (step.tool == tool) uses.push_back(namesIn(step.with));
        }
        for (const auto& [name, other] : def_.tools) {
            if (other.undo && other.undo->tool == tool) uses.push_back(namesIn(other.undo->with));
            if (other.verify && other.verify->tool == tool) uses.push_back(namesIn(other.verify->with));
            if (other.before && other.before->tool == tool) uses.push_back(namesIn(other.before->with));
        }
        return uses;
    }

    /// What every call of the plan sends is required; a model may send anything, so there somebody has to say.
    bool params(const std::string& pointer)
    {
        const Tool* tool = toolAt(pointer);
        if (!tool || def_.planner) return false;
        const auto uses = usesOf(tool->name);
        if (uses.empty()) return false;
        std::set<std::string> all = uses.front();
        for (const auto& names : uses) std::erase_if(all, [&](const auto& name) { return names.count(name) == 0; });
        if (tool->each) {
            if (all.erase(tool->each->at.substr(1)) == 0) return false;
            all.insert(tool->each->as);
        }
        Json schema = {{"type", "object"}};
        if (!all.empty()) schema["required"] = all;
        return want(pointer + "/params", schema);
    }

    /// What references name is required, since it is missed (U101) where it is used.
    bool input()
    {
        std::set<std::string> names;
        Json read = Json::array();
        for (const auto& step : def_.plan) read.insert(read.end(), {step.with, Json(step.resource)});
        if (def_.planner) read.push_back(def_.planner->goal);
        const auto all = references(read);
        if (!all) return false;
        for (const auto& reference : *all) {
            if (reference.root != "input") continue;
            const auto end = reference.pointer.find('/', 1);
            if (!reference.pointer.empty()) names.insert(reference.pointer.substr(1, end == std::string::npos ? end : end - 1));
        }
        if (names.empty() || std::any_of(names.begin(), names.end(), [](const auto& name) { return name.find('~') != std::string::npos; })) return false;
        return want("/input", {{"type", "object"}, {"required", names}});
    }

    std::vector<TextEdit> editsFor() const
    {
        std::vector<TextEdit> edits;
        std::map<std::string, Json> added;  // by the object that is there: its new members
        for (const auto& [pointer, value] : wanted_) {
            if (const auto found = spans_.find(pointer); found != spans_.end()) {
                edits.push_back({found->second.begin, found->second.end - found->second.begin, written(value)});
                continue;
            }
            std::string there = parentOf(pointer);
            while (spans_.count(there) == 0) there = parentOf(there);
            Json& members = added.try_emplace(there, Json::object()).first->second;
            members[Json::json_pointer(pointer.substr(there.size()))] = value;
        }
        for (const auto& [pointer, members] : added) edits.push_back(insertion(pointer, members));
        return edits;
    }

    /// Behind the last member, in the way in which that object is written.
    TextEdit insertion(const std::string& pointer, const Json& members) const
    {
        const Span& object = spans_.at(pointer);
        std::size_t first = object.end;
        std::size_t last = 0;
        for (const auto& [inner, span] : spans_) {
            if (inner.empty() || inner.size() <= pointer.size() || parentOf(inner) != pointer) continue;
            first = std::min(first, span.key);
            last = std::max(last, span.end);
        }
        std::string list;
        const std::string_view before = last > 0 ? text_.substr(object.begin + 1, first - object.begin - 1) : std::string_view();
        const bool isOverLines = before.find('\n') != std::string_view::npos;
        const std::string separator = isOverLines ? "," + std::string(before) : ", ";
        for (const auto& [name, value] : members.items()) {
            list += (list.empty() && last == 0 ? std::string() : separator) + dump(name) + ": " + written(value);
        }
        return {last > 0 ? last : object.begin + 1, 0, list};
    }

    const Definition& def_;
    std::string_view text_;
    const std::string& file_;
    std::map<std::string, Span> spans_;
    Wanted wanted_;
};

}  // namespace

FixProposal proposeFix(const Definition& definition, std::string_view text, const std::string& file)
{
    return Fixing(definition, text, file).proposal();
}

}  // namespace handrail
