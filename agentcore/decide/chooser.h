#pragma once

#include <string>
#include <vector>

#include "agentcore/decide/next.h"
#include "agentcore/decide/retry.h"

namespace handrail::decide {

/// One round of choosing. Split over choosestep.cpp (what a step needs), choosecall.cpp (what a call
/// needs), choosepause.cpp, choosepoll.cpp, chooseplan.cpp and chooseundo.cpp; each method says one thing and returns.
class Chooser {
public:
    Chooser(const Definition& definition, const RunState& state, Millis now, Facts& facts)
        : def_(definition), state_(state), now_(now), facts_(facts)
    {
    }

    void choose();
    std::vector<Event> take() { return std::move(out_); }

private:
    // choosestep.cpp
    bool expireHandoffs();
    void expire(const HandoffRecord& handoff);
    bool overRunLimit();
    Json lastResult() const;
    void complete(const Json& result);
    void chooseStep();
    void prepare();
    bool looksFirst();
    void consent();
    void askConsent(const Failure* because);
    void askScope();
    void act();
    bool collides(const std::string& resource);
    bool isOverScope(const Tool& tool) const;
    bool consentStillHolds(const Tool& tool);
    void intend(const Tool& tool, const Record& record);
    void failsFor(const IntentRow& prior, const Code& code, const std::string& message);
    std::optional<IntentRow> priorOf(const Tool& tool, Purpose purpose, const std::string& key);
    bool isOwnAndOver(const std::optional<IntentRow>& prior) const;
    void doubtAfterRollback(Purpose purpose, const Tool& tool, const Json& params, int record, const std::string& key);
    void finishStep();
    void stepFails(const Code& code, const std::string& message, const Json& arguments = nullptr);
    void fileTicket(const Code& code, const std::string& message, bool unknown);
    void withdrawWatching(const std::string& why);
    void withdrawOpen();
    void endRun(RunStatus status, const Code& code, const std::string& message);

    // choosecall.cpp
    void chooseCall();
    void dispatch(const Call& call);
    void runsOutOfTime(const Call& call);
    void makeCall(Purpose purpose, const Tool& tool, const Json& params, int record, const std::string& key,
                  Millis firstUsed);
    void judge(const Call& call);
    void judgeAsGiven(const Call& call, const Choice& choice, const Code& code);
    void noteDraw(double draw);
    bool isStale(const Call& call, const Code& code) const;
    bool plansAnew(const Call& call, const Code& code) const;
    void judgeEffect(const Call& call, const Choice& choice, const Code& code);
    void judgeBefore(const Call& call, const Choice& choice);
    void judgeLook(const Call& call, const Choice& choice);
    void judgeVerify(const Call& call, const Choice& choice);
    void waitAndRetry(const Call& call, const Tool& tool, const Choice& choice, bool mayHaveActed);
    void chooseInDoubt(const Call& call);
    void doubtTicket(const Call& call, const std::string& tried);
    Millis timeLeft(const Tool& tool, Purpose purpose) const;
    bool fitsInTime(const Call& call, Millis delay) const;
    bool startProbe(Purpose purpose, const std::string& toolName, const Json& pattern, const Json& params,
                    const Json& result, int record);

    bool isAdmitted(const Tool& tool, Purpose purpose, bool isRetry);

    // choosepause.cpp
    void chooseInPause();
    bool asksAgain();
    bool overAge();
    bool stopsForOperator();
    bool isUncovered(const Call& call) const;
    bool isOutdated(const Call& call) const;
    void letGo(const Call& call);

    // choosefallback.cpp
    bool fallsBack(const Code& code, const std::string& message);
    bool useFallback(const Tool& tool, const Code& code, const std::string& message);
    bool goesOnFallingBack();

    // choosepoll.cpp
    void poll(const Call& call);
    void waitForState(const Call& call, const Tool& tool);
    void judgePoll(const Call& call, const Choice& choice, const Code& code);

    // chooseplan.cpp
    void choosePlan();
    void judgePlan(const Call& call, const Choice& choice, const Code& code);
    void planVerdict(const std::string& verdict, const Code& code, const std::string& message, std::string_view why, int attempt);
    bool goesToBackup(const Tool& tool, const Code& code);
    void takeProposal(const Call& call);
    void offer(const Json& proposal, std::optional<Failure> doubt, bool mayRun);
    void askAboutPlanning(const Code& code, const std::string& message, const std::string& question = {});
    const Model& modelAtWork() const;
    bool hasBackup() const;

    // chooseundo.cpp
    void chooseUndo();
    void undoFails(const Code& code, const std::string& message);
    bool isUndoApproved(const EffectDone& effect, const Tool& compensation, const Json& params);

    const StepState& step() const { return state_.steps[static_cast<std::size_t>(state_.at)]; }
    const Step& planned() const { return stepOf(def_, state_, static_cast<std::size_t>(state_.at)); }
    std::vector<Json> paramsOf(const StepState& step, int from) const;
    std::vector<Json> beforeOf(const StepState& step, int from) const;
    Event& say(EventKind kind, Json data = Json::object(), int attempt = 0);

    const Definition& def_;
    const RunState& state_;
    const Millis now_;
    Facts& facts_;
    std::vector<Event> out_;
};

}  // namespace handrail::decide
