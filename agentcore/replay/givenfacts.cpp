#include "agentcore/replay/givenfacts.h"

#include <algorithm>
#include <array>

#include "agentcore/decide/next.h"

namespace handrail::replay {

using decide::Event;
using decide::EventKind;
using decide::IntentRow;
using decide::IntentState;

namespace {

/// More than any limit: what was not let through unasked must have been over it.
constexpr const char* tooMuch = "999999999999999999999999999999";
/// What did not fit with the draw of that time does not fit with the longest one.
constexpr double longestDraw = 1.0 - 0x1.0p-53;

/// An admission names its code by a text that lives as long as the program.
const char* heldCode(const std::string& code)
{
    static constexpr std::array<const char*, 3> codes{"W111", "W115", "W116"};
    const auto found = std::find(codes.begin(), codes.end(), code);
    return found == codes.end() ? "" : *found;
}

}  // namespace

const Event* GivenFacts::first(EventKind kind) const
{
    const auto found = std::find_if(chosen_.begin(), chosen_.end(), [kind](const Event& event) { return event.kind == kind; });
    return found == chosen_.end() ? nullptr : &*found;
}

/// A row that lets the call of the record at work be made.
IntentRow GivenFacts::ownRow(const std::string& key) const
{
    IntentRow row;
    row.key = key;
    row.run = state_.id;
    row.state = IntentState::Refused;
    const auto at = static_cast<std::size_t>(state_.at);
    if (at >= state_.steps.size()) return row;
    const auto& step = state_.steps[at];
    const Tool* tool = def_.tool(decide::stepOf(def_, state_, at).tool);
    const auto record = static_cast<std::size_t>(step.record);
    if (tool && record < step.records.size()) row.digest = decide::intentDigest(*tool, step.records[record].params);
    return row;
}

std::optional<IntentRow> GivenFacts::intent(const std::string& key)
{
    IntentRow row = ownRow(key);
    if (chosen_.empty()) return row;
    const Event& led = chosen_.front();
    if (led.kind == EventKind::Intent) {
        row.firstUsed = numberOf(led.data, "first_used");
        return row.firstUsed > 0 ? std::optional(row) : std::nullopt;
    }
    row.run = textOf(led.data, "run");
    if (led.kind == EventKind::Reused) {
        row.state = IntentState::Done;
        row.result = led.data.value("result", Json());
    } else if (led.kind == EventKind::Waiting && textOf(led.data, "for") == "attach") {
        row.state = IntentState::Open;
    } else if (led.kind == EventKind::StepFailed && led.data.contains("prior")) {
        row.run = textOf(led.data["prior"], "run");
        row.state = decide::intentStateFrom(textOf(led.data["prior"], "state")).value_or(IntentState::Open);
        if (textOf(led.data, "code") == "T422k") row.digest.clear();
    }
    return row;
}

std::optional<decide::CachedResult> GivenFacts::cached(const std::string& key)
{
    for (const Event& event : chosen_) {
        if (event.kind != EventKind::FallbackUsed || textOf(event.data, "kind") != "cache") continue;
        if (!event.data.contains("age_ms")) return std::nullopt;
        return decide::CachedResult{key, event.data.value("result", Json()), event.time - numberOf(event.data, "age_ms")};
    }
    return std::nullopt;
}

std::vector<std::string> GivenFacts::exposed(const std::string&, const std::string& gate, const std::string& currency, Millis)
{
    const Event* asked = first(EventKind::Asked);
    const Json sum = asked ? asked->data.value("exposure", Json()) : Json();
    if (sum.is_object()) {
        const bool isThis = textOf(sum, "gate") == gate && textOf(sum, "currency") == currency;
        return isThis ? std::vector<std::string>{textOf(sum, "used")} : std::vector<std::string>{};
    }
    // Consent is settled without a question by an Allowed; a precondition that is read before the question
    // means that no rule let it pass.
    const auto at = static_cast<std::size_t>(state_.at);
    const bool isConsent = at < state_.steps.size() && state_.steps[at].phase == decide::StepPhase::Prepared;
    const bool wasLetThrough = !isConsent || first(EventKind::Allowed);
    return wasLetThrough ? std::vector<std::string>{} : std::vector<std::string>{tooMuch};
}

std::vector<decide::Claim> GivenFacts::claims(const std::string& resource)
{
    const Event* asked = first(EventKind::Asked);
    const Json other = asked ? asked->data.value("conflict", Json()) : Json();
    if (!other.is_object() || textOf(other, "resource") != resource) return {};
    return {{resource, textOf(other, "run"), textOf(other, "step"), textOf(other, "ends"), false}};
}

decide::Admission GivenFacts::admit(const Tool&, decide::Lane, bool, Millis now)
{
    const decide::Admission stillHeld{heldCode(state_.heldBy), state_.heldUntil};
    if (chosen_.empty()) return state_.heldUntil > now ? stillHeld : decide::Admission{};
    const Event& led = chosen_.front();
    const Json& data = led.data;
    const bool isSlot = led.kind == EventKind::Waiting && textOf(data, "for") == "slot";
    const bool isStandIn = led.kind == EventKind::FallbackUsed;
    const bool isBackup = led.kind == EventKind::Judged && textOf(data, "verdict") == "backup";
    if (isSlot) return {heldCode(textOf(data, "code")), numberOf(data, "until")};
    if (isStandIn || isBackup) return {heldCode(textOf(data, "code")), 0};
    return {};
}

double GivenFacts::draw()
{
    for (const Event& event : chosen_) {
        const auto kept = event.data.find("draw");
        if (kept != event.data.end() && kept->is_number()) return kept->get<double>();
    }
    return longestDraw;
}

}  // namespace handrail::replay
