#pragma once

#include <set>

#include "agentcore/schema/node.h"

namespace handrail::schema {

/// The way to a value, kept on the stack and written out only where something does not fit.
struct Path {
    const Path* up = nullptr;
    const std::string* name = nullptr;
    std::size_t index = 0;

    std::string text() const;
};

/// Which members and elements of one value a schema has looked at, for the unevaluated… keywords.
struct Seen {
    bool allMembers = false;
    bool allElements = false;
    std::set<std::string> members;
    std::set<std::size_t> elements;

    void add(const Seen& other);
};

/// Checks one value. Work, depth and pattern time are bounded; what goes beyond fits nothing.
class Checker {
public:
    Checker(const Nodes& nodes, std::size_t most) : nodes_(nodes), most_(most) {}
    Verdict check(const Json& value);

private:
    /// One schema upon one value. `loud`: mismatches are noted, and all of them are looked for.
    struct Frame {
        const Node& node;
        const Json& value;
        const Path& path;
        bool loud;
        Seen* seen;  ///< null when nobody asks
    };
    using Part = bool (Checker::*)(const Frame&);

    const Node& node(NodeId id) const { return nodes_.all[static_cast<std::size_t>(id)]; }
    NodeId dynamicTarget(const Node& from) const;
    bool run(NodeId id, const Json& value, const Path& path, bool loud, Seen* seen);
    bool runParts(const Frame& frame);
    bool below(NodeId id, const Frame& frame, const Json& value, const Path& path);
    bool inPlace(NodeId id, const Frame& frame, bool loud);
    bool spend(std::size_t work);
    bool giveUp(const char* why);
    bool finds(const Pattern& pattern, const std::string& text);
    bool say(const Frame& frame, const char* keyword, std::string message, std::string member = {});
    bool sayAt(const Frame& frame, std::string at, const char* keyword, std::string message, std::string member);

    // Each part handles the keywords of one kind.
    bool types(const Frame& frame);
    bool constants(const Frame& frame);
    bool numbers(const Frame& frame);
    bool texts(const Frame& frame);
    bool combinations(const Frame& frame);
    bool conditions(const Frame& frame);
    bool required(const Frame& frame);
    bool members(const Frame& frame);
    bool memberNames(const Frame& frame);
    bool dependents(const Frame& frame);
    bool elements(const Frame& frame);
    bool containing(const Frame& frame);
    bool uniqueness(const Frame& frame);
    bool unevaluatedMembers(const Frame& frame);
    bool unevaluatedElements(const Frame& frame);

    bool member(const Frame& frame, const std::string& name, const Json& value);
    bool rest(const Frame& frame, NodeId schema, const char* keyword, const std::string& name, const Json& value);
    bool anyOf(const Frame& frame);
    bool oneOf(const Frame& frame);
    bool countWithin(const Frame& frame, std::size_t count, const char* noun, const char* keywords[2],
                     const std::optional<std::size_t>& least, const std::optional<std::size_t>& most);

    const Nodes& nodes_;
    std::size_t most_;
    std::vector<Mismatch> mismatches_;
    std::size_t work_ = 0;
    std::uint64_t matchSteps_ = 0;
    int depth_ = 0;
    std::vector<int> around_;  ///< the resources that led here, outermost first
    const char* gaveUp_ = nullptr;
};

}  // namespace handrail::schema
