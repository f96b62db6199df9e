#include <algorithm>

#include "agentcore/decide/chooser.h"

namespace handrail::decide {
namespace {

constexpr Millis leastPause = 250;  ///< between two looks at the state of a call that was taken up

}  // namespace

/// Asks for the state of a call that the service has taken up. The call itself is never sent again.
void Chooser::poll(const Call& call)
{
    makeCall(Purpose::Poll, *def_.tool(call.tool), call.params, call.record, {}, 0);
}

/// It is not done yet: look again later, while the step has time.
void Chooser::waitForState(const Call& call, const Tool& tool)
{
    const int looks = state_.call->polls + 1;
    const Millis floor = std::max(leastPause, numberOf(call.answer, "retry_after_ms"));
    const double draw = facts_.draw();
    const Millis delay = backoff(tool.retry, looks, draw, floor);
    if (!fitsInTime(call, delay)) {
        const Choice late{tool.isWrite() ? Verdict::Unknown : Verdict::Refused, "T202",
                          "It was taken up, but was not done when the step's time ended."};
        judgeAsGiven(call, late, "T202");
        return noteDraw(draw);
    }
    if (call.purpose == Purpose::Poll) {
        say(EventKind::Judged, {{"purpose", "poll"}, {"verdict", "pending"}, {"code", "T202"}, {"why", "It is not done yet."}}, call.attempt);
    }
    say(EventKind::Waiting, {{"for", "state"}, {"until", now_ + delay}, {"delay_ms", delay}, {"draw", draw}});
}

/// The last look: done with its result, or not to be known from here.
void Chooser::judgePoll(const Call& call, const Choice& choice, const Code& code)
{
    const Call& polled = *state_.call;
    if (choice.verdict == Verdict::Done) {
        const Json result = call.answer.value("result", Json());
        say(EventKind::Judged, {{"purpose", "poll"}, {"verdict", "done"}}, call.attempt);
        say(EventKind::Judged, {{"purpose", word(polled.purpose)}, {"verdict", "done"}, {"result", result},
                                {"why", "The service says that it is done."}}, polled.attempt);
        withdrawWatching("It was found to have worked.");
        if (polled.purpose == Purpose::Undo) say(EventKind::EffectUndone, {{"effect", polled.record}});
        return;
    }
    say(EventKind::Judged, {{"purpose", "poll"}, {"verdict", "refused"}, {"code", code}, {"row", choice.row}, {"why", choice.why}},
        call.attempt);
    const bool isWrite = def_.tool(polled.tool)->isWrite();
    const Choice given{isWrite ? Verdict::Unknown : Verdict::Refused, choice.row,
                       isWrite ? "The service took it up, and its state could not be read: it may have been carried out."
                               : "The service took it up, and its result could not be read."};
    judgeEffect(polled, given, "T202");
}

}  // namespace handrail::decide
