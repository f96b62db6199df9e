#include "agentcore/decide/cache.h"
#include "agentcore/decide/chooser.h"

/// What stands in for a read that failed for good: an earlier result, then a weaker path. Never for a write.
namespace handrail::decide {

/// False when nothing may stand in, or nothing is left that could.
bool Chooser::fallsBack(const Code& code, const std::string& message)
{
    const Tool& tool = *def_.tool(planned().tool);
    // What its server calls a write may have been carried out, and then nothing stands in for the answer.
    const bool isDoubted = state_.call && state_.call->isDoubted();
    const bool isOwnRead = tool.fallback && !tool.isWrite() && !state_.undoing && !isDoubted;
    return isOwnRead && mayStandIn(code) && useFallback(tool, code, message);
}

bool Chooser::useFallback(const Tool& tool, const Code& code, const std::string& message)
{
    const Json& params = step().records[static_cast<std::size_t>(step().record)].params;
    if (step().stoodIn == StoodIn::Nothing && tool.fallback->cache > 0) {
        const auto cached = facts_.cached(cacheKey(tool, params));
        Json data = {{"kind", "cache"}, {"code", code}, {"message", message}, {"success", false}};
        if (cached) data["age_ms"] = now_ - cached->at;
        const bool isFresh = cached && now_ - cached->at <= tool.fallback->cache;
        if (isFresh) data["result"] = cached->result;
        if (isFresh) data["success"] = true;
        if (cached && !isFresh) data["secondary"] = "T604";
        say(EventKind::FallbackUsed, std::move(data));
        return true;
    }
    const Tool* reader = tool.fallback->readOnly.empty() ? nullptr : def_.tool(tool.fallback->readOnly);
    if (!reader || step().stoodIn == StoodIn::Reader) return false;
    say(EventKind::FallbackUsed, {{"kind", "read_only"}, {"tool", reader->name}, {"code", code}, {"message", message}});
    return true;
}

/// A fallback is under way: the weaker path is called, or, when the cache had nothing, the next is tried.
bool Chooser::goesOnFallingBack()
{
    const Tool& tool = *def_.tool(planned().tool);
    if (step().stoodIn == StoodIn::Nothing && !step().fallbackAsked) return false;
    const Json& params = step().records[static_cast<std::size_t>(step().record)].params;
    if (step().stoodIn == StoodIn::Reader) {
        const Tool& reader = *def_.tool(tool.fallback->readOnly);
        if (reader.params && !reader.params->fits(params)) {
            stepFails(step().fallbackCode, step().fallbackMessage + " The arguments do not fit its fallback " + reader.name + ".");
        } else {
            makeCall(Purpose::Act, reader, params, step().record, {}, 0);
        }
        return true;
    }
    const Code code = step().fallbackAsked ? Code() : step().fallbackCode;
    if (useFallback(tool, code, step().fallbackMessage)) return true;
    const std::string nothing = step().fallbackMessage + " No earlier result could stand in.";
    stepFails(code.empty() ? Code("T604") : code, nothing);
    return true;
}

}  // namespace handrail::decide
