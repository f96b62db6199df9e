#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agentcore/definition/definition.h"

/// What can be written into a definition so that lines of its checklist pass, without deciding anything in
/// somebody's place. Pure.
namespace handrail {

/// A gap that only a person can fill.
struct Undecided {
    std::string where;  ///< "desk.json, line 14, column 5: /tools/refund"
    std::string why;    ///< what must be decided or known first, in a sentence
};

struct FixProposal {
    std::string text;  ///< the definition with the edits made; every byte beside them is as it was
    std::string diff;  ///< unified; empty: there is nothing to propose
    std::vector<Undecided> undecided;
};

/// `text` is what the valid definition was parsed from; `file` names it in the diff. What is proposed is valid.
FixProposal proposeFix(const Definition& definition, std::string_view text, const std::string& file);

}  // namespace handrail
