#pragma once

#include <string>
#include <vector>

#include "agentcore/planner/planner.h"

/// What both kinds of service are told in the same words. Private to planner/.
namespace handrail::planner {

/// A tool as a model sees it. Services allow fewer letters in a name than a definition does.
struct Offered {
    std::string name;         ///< what the model calls it
    std::string tool;         ///< what the definition calls it
    std::string description;
    Json parameters;          ///< JSON Schema, _why and _confidence included
};

/// In the order of the definition's names, the two extra tools last.
std::vector<Offered> offeredTools(const Definition& definition, bool isSimplified);

/// The definition's name of a tool that a model named; as it is when there is none.
std::string toolNamed(const Definition& definition, const std::string& name);

std::string systemText(const Definition& definition, const Model& model, const Conversation& conversation);
std::string goalText(const Conversation& conversation);

/// The steps that are told, newest last: all, or what a short history keeps.
struct History {
    std::vector<Turn> turns;
    int leftOut = 0;
};
History historyFor(const Model& model, const Conversation& conversation);

/// A step's outcome as delimited data: nothing in it can end the delimiter.
std::string resultText(const Model& model, const Conversation& conversation, const Turn& turn);

/// What is said last: guidance and the objection to the last answer; empty when there is neither.
std::string closingText(const Conversation& conversation);

/// Foreign text, at most so many bytes, cut between letters.
std::string cutText(const std::string& text, std::size_t most);

}  // namespace handrail::planner
