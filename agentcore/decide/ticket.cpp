#include "agentcore/decide/ticket.h"

#include <algorithm>

#include "agentcore/decide/approval.h"
#include "agentcore/decide/money.h"
#include "agentcore/decide/next.h"
#include "agentcore/decide/pins.h"
#include "agentcore/decide/proposal.h"
#include "agentcore/decide/retry.h"

namespace handrail::decide {
namespace {

const Step& stepAt(const Definition& definition, const RunState& state, int index)
{
    const auto last = static_cast<int>(state.steps.size()) - 1;
    return stepOf(definition, state, static_cast<std::size_t>(std::clamp(index, 0, last)));
}

std::string plainText(const Json& value) { return value.is_string() ? value.get<std::string>() : dump(value); }

std::string question(const Step& step, const Tool& tool, const std::vector<Json>& records)
{
    const std::string typed = records.size() == 1 ? typedText(tool, records.front()) : std::string();
    const bool pays = step.title.rfind("Pay", 0) == 0;
    if (!typed.empty() && pays) return "Pay " + typed + "?";
    if (!typed.empty()) return step.title + ": " + typed + "?";
    if (records.size() > 1) return step.title + ": " + std::to_string(records.size()) + " records?";
    return step.title + "?";
}

Json common(const RunState& state, const Step& step, const std::string& kind, Risk risk)
{
    Json data = {{"handoff", nextHandoffId(state)}, {"kind", kind}, {"step", step.id}, {"tool", step.tool}, {"risk", word(risk)}};
    const Proposed* proposed = proposedBy(state, step.id);
    if (!proposed) return data;
    // Whose step it is belongs to the question.
    data["agent_words"] = proposed->why;
    data["model"] = proposed->model;
    data["backup"] = proposed->isBackup;
    data["confidence"] = proposed->confidence;
    return data;
}

std::vector<Json> recordParams(const StepState& step, int from)
{
    std::vector<Json> params;
    for (auto i = static_cast<std::size_t>(from); i < step.records.size(); ++i) params.push_back(step.records[i].params);
    return params;
}

Json argumentsOf(const std::vector<Json>& params, const Tool& tool)
{
    if (!tool.each && params.size() == 1) return params.front();
    return params;
}

std::string adviceFor(const Tool& tool, const Code& code, bool unknown)
{
    if (unknown) return "Verify first: look whether it happened, then say so. Do not send it again before you know.";
    const bool wouldBeDoubt = rowFor(code).unkeyed.verdict == Verdict::Unknown;
    if (!tool.isWrite() && wouldBeDoubt) {
        return "Retry it. If it fails again, look whether the service is well, or go on without this step.";
    }
    return codeInfo(code).nextStep + (tool.isWrite() ? " Nothing of this step is in doubt." : "");
}

/// Whether a rejection ended the run, nothing has come after it and nothing of its step was done: then it can be
/// withdrawn, and is asked about anew.
bool canBeWithdrawn(const RunState& state, const HandoffRecord& handoff)
{
    const bool isRejected = handoff.state == HandoffState::Decided && textOf(handoff.decided, "verb") == word(Verb::Reject);
    const bool endedByIt = state.status == RunStatus::Aborted && state.error && state.error->code == "A110" && !state.undoing;
    const bool isLast = endedByIt && handoff.step == state.at && &state.handoffs.back() == &handoff;
    if (!isRejected || !isLast || handoff.kind != HandoffKind::Approval) return false;
    const auto& records = state.steps[static_cast<std::size_t>(handoff.step)].records;
    return std::all_of(records.begin(), records.end(), [](const Record& record) { return record.status == RecordStatus::Planned; });
}

}  // namespace

Risk riskOf(const Tool& tool)
{
    if (tool.critical) return Risk::Critical;
    const bool hurts = tool.gate == "payment" || tool.gate == "delete_user" || tool.gate == "production_config";
    if (hurts || (tool.isWrite() && !tool.undo)) return Risk::High;
    return tool.isWrite() || !tool.gate.empty() ? Risk::Medium : Risk::Low;
}

std::string typedText(const Tool& tool, const Json& params)
{
    const auto typed = typedArguments(tool, params);
    std::string text = moneyText(typed);
    for (const auto& argument : typed) {
        if (argument.role == "recipient") text += (text.empty() ? "to " : " to ") + plainText(argument.value);
    }
    return text;
}

HandoffId nextHandoffId(const RunState& state, int asked)
{
    return state.id + "-" + std::to_string(state.handoffs.size() + 1 + static_cast<std::size_t>(asked));
}

Json approvalRequest(const Definition& definition, const RunState& state, Millis now, int from, const Quorum& quorum, const Failure* because)
{
    const Step& step = stepAt(definition, state, state.at);
    const Tool& tool = *definition.tool(step.tool);
    const StepState& at = state.steps[static_cast<std::size_t>(state.at)];
    const auto params = recordParams(at, from);
    // A question that is asked again because something changed is about what is true now.
    std::vector<Json> before;
    for (auto i = static_cast<std::size_t>(from); i < at.records.size(); ++i) before.push_back(at.records[i].before);

    Json data = common(state, step, "approval", riskOf(tool));
    data["title"] = question(step, tool, params);
    data["why"] = "The tool " + tool.name + " has the gate \"" + tool.gate + "\": a person decides before it acts.";
    if (because) {
        data["why"] = because->message + " So it is asked again.";
        data["code"] = because->code;
        data["message"] = because->message;
    }
    if (quorum.needs > 1) {
        data["why"] = data["why"].get<std::string>() + " " + quorum.why;
        data["needs"] = quorum.needs;
        data["requester"] = state.user();
        if (!at.editor.empty()) data["editor"] = at.editor;
    }
    if (!quorum.exposure.is_null()) data["exposure"] = quorum.exposure;
    data["arguments"] = argumentsOf(params, tool);
    data["before"] = before;
    data["digest"] = consentDigest({&definition, &tool, state.id, step.id, params, before, state.user(), pinOf(state, tool)});
    data["decide_by"] = now + definition.approvals.decide;
    data["suggestion"] = "Compare the amount, the recipient and the record with what was ordered, then approve or reject.";
    if (tool.show.empty()) data["suggestion"] = "Compare the arguments with what was asked for, then approve or reject.";
    return data;
}

int recordsLately(const Definition& definition, const RunState& state, const Tool& tool, Millis now)
{
    return static_cast<int>(std::count_if(state.effects.begin(), state.effects.end(), [&](const EffectDone& effect) {
        return effect.tool == tool.name && !effect.undone && effect.at > now - definition.scope.window;
    }));
}

Json scopeRequest(const Definition& definition, const RunState& state, Millis now)
{
    const Step& step = stepAt(definition, state, state.at);
    const Tool& tool = *definition.tool(step.tool);
    const StepState& at = state.steps[static_cast<std::size_t>(state.at)];
    const auto rest = recordParams(at, at.record);
    Json data = common(state, step, "scope", riskOf(tool));
    const int lately = recordsLately(definition, state, tool, now);
    const int earlier = lately - at.record;
    const int all = lately + static_cast<int>(rest.size());
    data["title"] = step.title + ": " + std::to_string(lately) + " of " + std::to_string(all) + " done. Go on with the other " +
                    std::to_string(rest.size()) + "?";
    data["why"] = "This would change " + std::to_string(all) + " records; over " + std::to_string(definition.scope.records) +
                  " the first is done as a test and a person is asked before the rest.";
    if (earlier > 0) {
        data["why"] = data["why"].get<std::string>() + " " + std::to_string(earlier) + " of them were changed by earlier steps within " +
                      std::to_string(definition.scope.window / 60'000) + " min.";
    }
    data["arguments"] = rest;
    if (at.record > 0) data["first"] = at.records.front().result;
    std::vector<Json> before(rest.size());
    data["digest"] = consentDigest({&definition, &tool, state.id, step.id, rest, before, state.user(), pinOf(state, tool)});
    data["decide_by"] = now + definition.approvals.decide;
    data["suggestion"] = "Look at what was done so far. If it is right, approve the list as it is shown.";
    return data;
}

Json reviewRequest(const Definition& definition, const RunState& state, Millis now)
{
    const Step& step = stepAt(definition, state, state.at);
    const Tool& tool = *definition.tool(step.tool);
    Json data = common(state, step, "review", Risk::Low);
    data["title"] = step.title + ": done. Keep it?";
    data["why"] = "The definition lets " + tool.name + " act first and asks a person to review it afterwards.";
    const StepState& at = state.steps[static_cast<std::size_t>(state.at)];
    data["arguments"] = argumentsOf(recordParams(at, 0), tool);
    data["digest"] = sha256(canonical({{"run", state.id}, {"step", step.id}, {"review", at.arguments}}));
    if (tool.undo && tool.undo->within > 0) data["decide_by"] = now + tool.undo->within;
    data["suggestion"] = tool.undo ? "Keep it, or undo it while that is possible." : "Keep it. It cannot be undone.";
    return data;
}

std::string undoDigest(const Definition& definition, const RunState& state, const EffectDone& effect, const Json& params)
{
    const Tool& tool = *definition.tool(definition.tool(effect.tool)->undo->tool);
    return consentDigest({&definition, &tool, state.id, stepAt(definition, state, effect.step).id,
                          {{{"undo", params}, {"undoes", effect.key}}}, {Json()}, state.user(), pinOf(state, tool)});
}

Json undoRequest(const Definition& definition, const RunState& state, Millis now, const EffectDone& effect, const Json& params)
{
    const Step& step = stepAt(definition, state, effect.step);
    const Tool& tool = *definition.tool(definition.tool(effect.tool)->undo->tool);
    Json data = common(state, step, "approval", riskOf(tool));
    const std::string typed = typedText(tool, params);
    data["tool"] = tool.name;
    data["title"] = "Undo \"" + step.title + "\"" + (typed.empty() ? "?" : ": " + typed + "?");
    data["why"] = "Undoing it calls " + tool.name + ", which has the gate \"" + tool.gate + "\": a person decides before it acts.";
    data["arguments"] = params;
    data["digest"] = undoDigest(definition, state, effect, params);
    data["decide_by"] = now + definition.approvals.decide;
    data["suggestion"] = "Compare the arguments with what is to be taken back, then approve or reject.";
    data["undo"] = true;
    if (definition.approvals.fourEyes.count(tool.gate) > 0) {
        data["needs"] = 2;
        data["requester"] = state.undoing->who;
    }
    return data;
}

Json ticket(const Definition& definition, const RunState& state, Millis now, const Trouble& trouble)
{
    const auto& [id, code, message, unknown] = trouble;
    const bool undoing = state.undoing.has_value();
    int index = state.at;
    if (undoing && state.call) index = state.effects[static_cast<std::size_t>(state.call->record)].step;
    else if (undoing && !state.undoing->remaining.empty()) {
        index = state.effects[static_cast<std::size_t>(state.undoing->remaining.front())].step;
    }
    const Step& step = stepAt(definition, state, index);
    const Tool& tool = *definition.tool(state.call ? state.call->tool : step.tool);
    const StepState& at = state.steps[static_cast<std::size_t>(std::min<int>(index, static_cast<int>(state.steps.size()) - 1))];

    Json data = common(state, step, "escalation", unknown && tool.isWrite() ? Risk::Critical : riskOf(tool));
    data["handoff"] = id;
    data["tool"] = tool.name;
    const std::string what = undoing ? "Undoing \"" + step.title + "\"" : step.title;
    data["title"] = unknown ? what + ": did it happen? Verify first" : what + " stopped: " + codeInfo(code).title;
    const Call* call = state.active();
    if (!unknown && call && call->round > 1) data["title"] = data["title"].get<std::string>() + " " + std::to_string(call->round) + " times";
    data["why"] = tool.isWrite() || code[0] != 'T' ? codeInfo(code).sentence
                                                   : "A read that the step needs has failed for good. Nothing was changed by it.";
    data["code"] = code;
    data["message"] = message;
    data["unknown"] = unknown;
    data["arguments"] = state.call ? state.call->params : at.arguments;
    if (call) data["secondary"] = textOf(call->answer, "code");
    data["suggestion"] = adviceFor(tool, code, unknown);
    if (unknown) {
        data["look_for"] = tool.verify ? "Ask " + tool.verify->tool + " or look at the provider's own records for this call."
                                       : "Look at the provider's own records for a call with these arguments at this time.";
        data["sent_at"] = state.call ? state.call->sentAt : 0;
        data["intent"] = state.call ? state.call->key : std::string();
    } else {
        data["decide_by"] = now + definition.escalation.guidance;
    }
    data["group"] = definition.name + "/" + step.id + "/" + tool.name + "/" + code;
    data["undo"] = undoing;
    // Going round and round, the agent does not decide again before a person has spoken.
    if (definition.planner && (code == "W103" || code == "W104" || code == "W105")) data["mode"] = word(Mode::Stopped);
    data["digest"] = sha256(canonical({{"run", state.id}, {"step", step.id}, {"handoff", id},
                                       {"code", code}, {"arguments", data["arguments"]}}));
    return data;
}

Json earlyTicket(const Definition& definition, const RunState& state, Millis now, const Code& code,
                 const std::string& message)
{
    Json data = ticket(definition, state, now, {nextHandoffId(state), code, message, false});
    data["title"] = stepAt(definition, state, state.at).title + " is failing: " + codeInfo(code).title + ". Trying again";
    data["why"] = "This operation is critical, so its first failure is told at once. " + codeInfo(code).sentence;
    data["watching"] = true;
    data["suggestion"] = "Nothing is to be decided yet: it is tried again, and this goes away by itself when that works.";
    data.erase("decide_by");
    return data;
}

Json pauseTicket(const Definition& definition, const RunState& state, const HandoffId& id, const Pause& pause)
{
    const std::string step = state.stepAtWork();
    Json data = {{"handoff", id}, {"kind", "escalation"}, {"step", step}, {"risk", word(Risk::Low)}, {"pause", true}, {"unknown", false}};
    const std::string what = step.empty() ? definition.name : "\"" + stepAt(definition, state, state.at).title + "\"";
    data["title"] = what + " is paused by " + pause.who + ". Let it go on?";
    data["why"] = pause.who + " has paused this run. Nothing new of it is sent." + (pause.reason.empty() ? std::string() : " Reason given: " + pause.reason);
    data["suggestion"] = "Let it go on when the reason for the pause is gone, or end it. It waits as long as you like, up to the age that a run may reach.";
    data["digest"] = sha256(canonical({{"run", state.id}, {"handoff", id}, {"pause", pause.reason}, {"who", pause.who}}));
    return data;
}

std::string remainder(const Definition& definition, const RunState& state)
{
    if (!state.undoing) return {};
    const auto titles = [&](const std::vector<int>& numbers) {
        std::string text;
        for (const int number : numbers) {
            text += (text.empty() ? "\"" : ", \"") + stepAt(definition, state, state.effects[static_cast<std::size_t>(number)].step).title + "\"";
        }
        return text.empty() ? std::string("nothing") : text;
    };
    return " Undone: " + titles(state.undoing->undone) + ". Not undone: " + titles(state.undoing->remaining) + ".";
}

bool canBeStopped(const RunState& state, const HandoffRecord& handoff)
{
    if (handoff.state != HandoffState::Decided || handoff.kind != HandoffKind::Approval || state.undoing || handoff.step != state.at) return false;
    const StepState& step = state.steps[static_cast<std::size_t>(handoff.step)];
    const bool isHeld = step.consent == handoff.id && step.holdUntil > 0 && !step.consumed;
    return isHeld && (state.status == RunStatus::Running || state.standsStill());
}

HandoffId heldHandoff(const RunState& state)
{
    if (state.at >= static_cast<int>(state.steps.size())) return {};
    const StepState& step = state.steps[static_cast<std::size_t>(state.at)];
    const HandoffRecord* given = step.holdUntil > 0 && !step.consumed ? state.handoff(step.consent) : nullptr;
    return given && canBeStopped(state, *given) ? given->id : HandoffId();
}

std::vector<Verb> possibleVerbs(const Definition& definition, const RunState& state, const HandoffRecord& handoff)
{
    if (handoff.state == HandoffState::Expired) {
        const bool canReopen = state.status == RunStatus::Failed && &state.handoffs.back() == &handoff && handoff.kind != HandoffKind::Review;
        return canReopen ? std::vector<Verb>{Verb::Retry} : std::vector<Verb>{};
    }
    if (canBeStopped(state, handoff)) return {Verb::Reject};
    if (canBeWithdrawn(state, handoff)) return {Verb::Retry};
    // While something is undone, what else is open stands still.
    if (handoff.state != HandoffState::Open || handoff.watching || state.isFrozen(handoff)) return {};
    if (handoff.isPause()) return state.isEnded() ? std::vector<Verb>{} : std::vector<Verb>{Verb::Retry, Verb::Abort};
    if (handoff.unknown) {
        return state.isEnded() ? std::vector<Verb>{Verb::Settle} : std::vector<Verb>{Verb::Settle, Verb::Abort};
    }
    if (handoff.kind == HandoffKind::Review) {
        const bool isParked = state.isEnded() || state.status != RunStatus::Running;
        const bool isFree = isParked && !state.active() && !state.undoing;
        const bool canUndo = isFree && !undoable(definition, state, handoff.step).empty();
        return canUndo ? std::vector<Verb>{Verb::Keep, Verb::Undo} : std::vector<Verb>{Verb::Keep};
    }
    if (handoff.kind == HandoffKind::Approval && state.undoing) return {Verb::Approve, Verb::Reject, Verb::Abort};
    if (handoff.kind == HandoffKind::Approval) return {Verb::Approve, Verb::Edit, Verb::Reject, Verb::Abort};
    if (handoff.kind == HandoffKind::Scope) {
        std::vector<Verb> verbs{Verb::Approve, Verb::Reject};
        if (!undoable(definition, state, -1).empty()) verbs.push_back(Verb::Undo);
        verbs.push_back(Verb::Abort);
        return verbs;
    }
    if (handoff.kind == HandoffKind::Proposal) return proposalVerbs(handoff);
    const bool canUndo = !state.undoing && !undoable(definition, state, -1).empty();
    if (handoff.step < 0) return plannerVerbs(handoff, canUndo);
    std::vector<Verb> verbs{Verb::Retry};
    const auto& step = state.steps[static_cast<std::size_t>(handoff.step)];
    if (step.phase != StepPhase::Ended && !state.undoing) verbs.insert(verbs.end(), {Verb::Skip, Verb::Answer});
    else if (definition.planner && !state.undoing) verbs.push_back(Verb::Answer);
    const Tool* tool = definition.tool(stepAt(definition, state, handoff.step).tool);
    const bool canStandIn = tool->fallback && !tool->isWrite() && step.phase == StepPhase::Cleared && !step.records.empty() && !state.undoing;
    if (canStandIn) verbs.push_back(Verb::Fallback);
    if (canUndo) verbs.push_back(Verb::Undo);
    verbs.push_back(Verb::Abort);
    return verbs;
}

std::vector<int> undoable(const Definition& definition, const RunState& state, int step)
{
    std::vector<int> numbers;
    for (auto it = state.effects.rbegin(); it != state.effects.rend(); ++it) {
        const bool isMeant = step < 0 || it->step == step;
        if (isMeant && !it->undone && definition.tool(it->tool)->undo) numbers.push_back(it->number);
    }
    return numbers;
}

std::vector<UndoItem> undoList(const Definition& definition, const RunState& state, int step)
{
    std::vector<UndoItem> items;
    for (auto it = state.effects.rbegin(); it != state.effects.rend(); ++it) {
        if ((step >= 0 && it->step != step) || it->undone) continue;
        const Tool& tool = *definition.tool(it->tool);
        const Step& planned = stepAt(definition, state, it->step);
        UndoItem item;
        item.step = planned.id;
        item.title = planned.title;
        if (!tool.undo) {
            item.lost = "The definition names no way to undo " + tool.name + ".";
        } else {
            item.tool = tool.undo->tool;
            item.until = tool.undo->within > 0 ? it->at + tool.undo->within : 0;
            auto with = fillForCall(tool.undo->with, state, it->params, it->result);
            if (with) item.with = *with;
            else item.lost = with.failure().message;
        }
        items.push_back(std::move(item));
    }
    return items;
}

}  // namespace handrail::decide
