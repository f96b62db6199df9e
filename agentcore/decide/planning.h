#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agentcore/definition/definition.h"
#include "agentcore/types.h"

namespace handrail::decide {

struct Event;
struct RunState;

/// Who decides about a proposal: the confidence, or always a person. Stopped: no model is asked before a
/// person has said how to go on.
enum class Mode { Autonomous, Advisory, Stopped };
std::string word(Mode mode);
std::optional<Mode> modeFrom(const std::string& word);

/// A step that a model proposed, and whose it was. From here on it is a step like any other.
struct Proposed {
    Step step;
    std::string why;          ///< the model's own words
    double confidence = 0;    ///< 0 when it gave none
    std::string model;        ///< its name in the definition
    bool isBackup = false;    ///< the first model had not given a usable answer
};

/// Where a run stands that plans for itself.
struct Planning {
    std::size_t model = 0;        ///< the one to ask next, in the definition's order
    int unusable = 0;             ///< its answers for the next step that could not be used
    std::string objection;        ///< what was wrong with the last one, in the validator's words
    bool isCompacted = false;     ///< the conversation did not fit as it was
    std::optional<Mode> mode;     ///< none: as the definition says
    std::vector<bool> scores;     ///< in advisory mode: whether a person took a proposal as it was
    std::vector<std::string> guidance;  ///< what persons told the agent
    std::vector<Json> told;       ///< values that persons gave: they are no invention of a model
    std::size_t since = 0;        ///< steps before a person's last word, which begins the looking for loops anew
    std::int64_t tokens = 0;      ///< spent on models since a person last let it go on
    std::string cost = "0";       ///< of that, in the planner's currency
    std::int64_t tokensInAll = 0;  ///< since the run began
    std::string costInAll = "0";
    std::vector<AttemptView> attempts;  ///< calls to models since the last proposal
};

Mode modeOf(const Definition& definition, const RunState& state);

/// Steps of the plan, then the proposed ones: one list. `index` must be one of the run's steps.
const Step& stepOf(const Definition& definition, const RunState& state, std::size_t index);
/// Who proposed the step; null when it stands in the plan.
const Proposed* proposedBy(const RunState& state, const std::string& step);

/// What an event changes of the planning. Total, like fold.
void foldPlanning(RunState& state, const Event& event);

/// The mode after a person's word about a proposal, where that changes it: twenty scored decisions, of
/// which at least 85% took the proposal as it was, end the advisory mode that a low confidence began.
std::optional<Mode> modeAfter(const Definition& definition, const RunState& state, bool isTaken);

}  // namespace handrail::decide
