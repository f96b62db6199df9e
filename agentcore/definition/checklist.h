#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agentcore/definition/definition.h"
#include "agentcore/drilled.h"
#include "agentcore/statistics.h"

/// The practical checklist: what a definition should say beyond being valid, so that failures are met
/// where they happen. Pure.
namespace handrail {

/// One place where something is missing.
struct Gap {
    std::string where;  ///< "desk.json, line 14, column 5: /tools/refund"
    std::string write;  ///< what to write there, in a sentence
    std::string pointer = {};  ///< "/tools/refund"
};

struct ChecklistLine {
    std::string id;        ///< "time_outs"
    std::string question;  ///< "Does every tool have a time-out of its own?"
    std::string why;       ///< what happens otherwise
    std::vector<Gap> gaps; ///< empty: the line passes
    std::string note;      ///< what is known of it besides, in a sentence; mostly empty

    bool passes() const { return gaps.empty(); }
};

/// What is known of an agent beside its definition.
struct KnownOfAgent {
    std::optional<DrillNote> drill;          ///< its last drill
    std::vector<NotifierFigures> notifiers;  ///< what became of messages, by notifier
};

/// `text` is what the valid definition was parsed from, for the places; `file` only names it.
std::vector<ChecklistLine> checklist(const Definition& definition, std::string_view text, const std::string& file, const KnownOfAgent& known = {});

}  // namespace handrail
