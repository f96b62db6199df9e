#include <algorithm>

#include "agentcore/schema/checker.h"
#include "agentcore/schema/numbers.h"
#include "agentcore/schema/words.h"

namespace handrail::schema {
namespace {

constexpr int deepestValue = 128;
constexpr std::size_t largestValue = 2'000'000;
constexpr int deepestCheck = 600;
constexpr std::size_t mostWork = 5'000'000;
constexpr std::uint64_t mostMatchSteps = 400'000'000;

unsigned typesOf(const Json& value)
{
    if (value.is_string()) return String;
    if (value.is_number()) return isWhole(value) ? Number | Integer : Number;
    if (value.is_object()) return Object;
    if (value.is_array()) return Array;
    return value.is_null() ? Null : Boolean;
}

std::size_t charactersIn(const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string Path::text() const
{
    if (!up) return {};
    return up->text() + "/" + (name ? pointerSegment(*name) : std::to_string(index));
}

void Seen::add(const Seen& other)
{
    allMembers = allMembers || other.allMembers;
    allElements = allElements || other.allElements;
    members.insert(other.members.begin(), other.members.end());
    elements.insert(other.elements.begin(), other.elements.end());
}

Verdict checkNodes(const Nodes& nodes, const Json& value, std::size_t most)
{
    return Checker(nodes, most).check(value);
}

Verdict Checker::check(const Json& value)
{
    std::size_t room = largestValue;
    bool fits = isWithin(value, deepestValue, room);
    if (!fits) giveUp("is too large or nested too deep to be checked");
    else fits = run(0, value, Path{}, most_ > 0, nullptr);
    if (gaveUp_) mismatches_.assign(1, {"", "limit", gaveUp_, ""});
    return {fits && !gaveUp_, std::move(mismatches_)};
}

bool Checker::giveUp(const char* why)
{
    if (!gaveUp_) gaveUp_ = why;
    return false;
}

bool Checker::spend(std::size_t work)
{
    work_ += work;
    return work_ <= mostWork || giveUp("takes too long to be checked");
}

bool Checker::run(NodeId id, const Json& value, const Path& path, bool loud, Seen* seen)
{
    if (gaveUp_ || !spend(1)) return false;
    if (depth_ >= deepestCheck) return giveUp("leads too deep into its schema to be checked");
    const Node& schema = node(id);
    Seen mine;
    const Frame frame{schema, value, path, loud, seen || schema.needsSeen() ? &mine : nullptr};
    if (schema.always) return *schema.always || say(frame, "false", "is not allowed here");
    ++depth_;
    const bool isEntered = around_.empty() || around_.back() != schema.resource;
    if (isEntered) around_.push_back(schema.resource);
    const bool fits = runParts(frame);
    if (isEntered) around_.pop_back();
    --depth_;
    if (!fits || gaveUp_) return false;
    if (seen) {
        spend(mine.members.size() + mine.elements.size());
        seen->add(mine);
    }
    return true;
}

/// A $dynamicRef leads to the outermost schema around it that has its name.
NodeId Checker::dynamicTarget(const Node& from) const
{
    if (from.dynamicName.empty()) return from.dynamicRef;
    for (const int resource : around_) {
        const auto found = nodes_.dynamic.find({resource, from.dynamicName});
        if (found != nodes_.dynamic.end()) return found->second;
    }
    return from.dynamicRef;
}

/// The order matters at the end only: what is unevaluated shows when all else has been looked at.
bool Checker::runParts(const Frame& frame)
{
    static constexpr Part always[] = {&Checker::types, &Checker::constants, &Checker::combinations,
                                      &Checker::conditions};
    static constexpr Part ofObjects[] = {&Checker::required, &Checker::members, &Checker::memberNames,
                                         &Checker::dependents, &Checker::unevaluatedMembers};
    static constexpr Part ofArrays[] = {&Checker::elements, &Checker::containing, &Checker::uniqueness,
                                        &Checker::unevaluatedElements};
    static constexpr Part ofNumbers[] = {&Checker::numbers};
    static constexpr Part ofTexts[] = {&Checker::texts};
    bool fits = true;
    const auto runAll = [&](const auto& parts) {
        for (const Part part : parts) {
            if (fits || frame.loud) fits = (this->*part)(frame) && fits;
        }
    };
    runAll(always);
    if (frame.value.is_object()) runAll(ofObjects);
    else if (frame.value.is_array()) runAll(ofArrays);
    else if (frame.value.is_number()) runAll(ofNumbers);
    else if (frame.value.is_string()) runAll(ofTexts);
    return fits;
}

bool Checker::below(NodeId id, const Frame& frame, const Json& value, const Path& path)
{
    return run(id, value, path, frame.loud, nullptr);
}

bool Checker::inPlace(NodeId id, const Frame& frame, bool loud)
{
    return run(id, frame.value, frame.path, loud, frame.seen);
}

/// Notes a mismatch; always false, so that it ends an expression.
bool Checker::say(const Frame& frame, const char* keyword, std::string message, std::string member)
{
    if (!frame.loud || mismatches_.size() >= most_) return false;
    return sayAt(frame, frame.path.text(), keyword, std::move(message), std::move(member));
}

bool Checker::sayAt(const Frame& frame, std::string at, const char* keyword, std::string message, std::string member)
{
    if (frame.loud && mismatches_.size() < most_) {
        mismatches_.push_back({std::move(at), keyword, std::move(message), std::move(member)});
    }
    return false;
}

bool Checker::finds(const Pattern& pattern, const std::string& text)
{
    matchSteps_ += Pattern::allowance(text.size());
    if (matchSteps_ > mostMatchSteps) return giveUp("takes too long to be matched against its patterns");
    const auto result = pattern.search(text);
    if (result == Pattern::Result::TooCostly) return giveUp("takes too long to be matched against a pattern");
    return result == Pattern::Result::Matches;
}

bool Checker::types(const Frame& frame)
{
    if (frame.node.types == 0 || (frame.node.types & typesOf(frame.value)) != 0) return true;
    const bool isFraction = frame.value.is_number() && (frame.node.types & Integer) != 0;
    return say(frame, "type",
               "must be " + wantedTypes(frame.node.types) + ", but is " +
                   (isFraction ? shown(frame.value) : typeOf(frame.value)));
}

bool Checker::constants(const Frame& frame)
{
    const Node& node = frame.node;
    bool fits = true;
    if (node.constant && *node.constant != frame.value) {
        fits = say(frame, "const", "must be " + shown(*node.constant) + ", but is " + shown(frame.value));
    }
    if (!node.choices || !spend(node.choices->size())) return fits;
    if (std::find(node.choices->begin(), node.choices->end(), frame.value) != node.choices->end()) return fits;
    std::string list;
    for (const auto& choice : *node.choices) {
        if (list.size() > 200) break;
        list += (list.empty() ? "" : ", ") + shown(choice);
    }
    return say(frame, "enum", "must be one of " + list + ", but is " + shown(frame.value));
}

bool Checker::numbers(const Frame& frame)
{
    struct Bound {
        const std::optional<Json>& limit;
        const char* keyword;
        const char* words;
        bool (*holds)(const Json&, const Json&);
    };
    const Node& node = frame.node;
    const Bound bounds[] = {
        {node.minimum, "minimum", "at least ", [](const Json& a, const Json& b) { return a >= b; }},
        {node.maximum, "maximum", "at most ", [](const Json& a, const Json& b) { return a <= b; }},
        {node.exclusiveMinimum, "exclusiveMinimum", "above ", [](const Json& a, const Json& b) { return a > b; }},
        {node.exclusiveMaximum, "exclusiveMaximum", "below ", [](const Json& a, const Json& b) { return a < b; }},
        {node.multipleOf, "multipleOf", "a multiple of ", isMultiple},
    };
    bool fits = true;
    for (const auto& bound : bounds) {
        if (!bound.limit || bound.holds(frame.value, *bound.limit)) continue;
        fits = say(frame, bound.keyword,
                   "must be " + (bound.words + shown(*bound.limit)) + ", but is " + shown(frame.value));
    }
    return fits;
}

bool Checker::countWithin(const Frame& frame, std::size_t count, const char* noun, const char* keywords[2],
                          const std::optional<std::size_t>& least, const std::optional<std::size_t>& most)
{
    const auto but = ", but has " + std::to_string(count);
    if (least && count < *least) return say(frame, keywords[0], "must have at least " + counted(*least, noun) + but);
    if (most && count > *most) return say(frame, keywords[1], "must have at most " + counted(*most, noun) + but);
    return true;
}

bool Checker::texts(const Frame& frame)
{
    const Node& node = frame.node;
    const auto& text = frame.value.get_ref<const std::string&>();
    bool fits = true;
    if (node.minLength || node.maxLength) {
        const char* keywords[2] = {"minLength", "maxLength"};
        fits = countWithin(frame, charactersIn(text), "character", keywords, node.minLength, node.maxLength);
    }
    if (node.pattern && !finds(*node.pattern, text)) {
        fits = say(frame, "pattern",
                   "must match the pattern " + node.pattern->text() + ", but is " + shown(frame.value));
    }
    if (node.format != Format::None && !hasFormat(node.format, text)) {
        fits = say(frame, "format", std::string(formatWords(node.format)) + ", but is " + shown(frame.value));
    }
    return fits;
}

}  // namespace handrail::schema
