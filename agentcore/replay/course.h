#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agentcore/decide/event.h"
#include "agentcore/definition/definition.h"

/// The course that a run would have taken had something been otherwise. Pure: what the journal cannot
/// answer is not asked of anybody; the course ends there.
namespace handrail::replay {

/// A line of the journal and the line that stands in its place; either can be missing.
struct CourseLine {
    std::optional<decide::Event> journal;
    std::optional<decide::Event> now;
};

struct Course {
    std::vector<CourseLine> lines;
    std::string stopped;        ///< why it goes no further, as a sentence; empty: it went to the journal's end
    std::vector<std::string> assumed;  ///< what had to be taken for granted, as sentences
    bool isParted = false;      ///< it took another way than the journal, whatever the words of its lines
};

/// Which calls the journal's answers are good for.
enum class Answers {
    ToSameCalls,  ///< those that are made again with the same parameters
    ToAll         ///< all: only the words of values were changed
};

/// `journal` as it was written; `given` the same lines with what came from outside as it is supposed now.
Course courseOf(const Definition& definition, const std::vector<decide::Event>& journal, const std::vector<decide::Event>& given, Answers answers);

}  // namespace handrail::replay
