#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "agentcore/planner/planner.h"

/// Whether what a proposal names comes from outside the model. Private to planner/.
namespace handrail::planner {

/// Every single value of some documents, so that one can be looked up whole.
class Grounds {
public:
    explicit Grounds(const Sources& sources);

    /// Amounts compare as decimals ("120.0" is 120), all else letter by letter. A part of a longer text
    /// is no source.
    bool hold(const Json& value) const;

    /// Ids, addresses, paths and amounts among them, as a short list for a second try; empty when there are none.
    std::string list() const;

private:
    void gather(const Json& value);

    std::set<std::string> values_;
    std::vector<std::string> listed_;
};

/// An argument that has to be grounded and is not: its JSON Pointer and its value.
struct Ungrounded {
    std::string at;
    Json value;
};
std::optional<Ungrounded> ungrounded(const Tool& tool, const Json& arguments, const Grounds& grounds);

}  // namespace handrail::planner
