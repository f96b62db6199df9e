#include "agentcore/replay/bundle.h"

#include <algorithm>
#include <set>

#include "agentcore/redact.h"
#include "agentcore/replay/replay.h"

namespace handrail::replay {

using decide::Event;
using decide::EventKind;

namespace {

constexpr Millis latest = 253'402'300'799'999;  ///< the end of the year 9999
constexpr int mostDepth = 80;                   ///< a result's 64 and what stands around it
constexpr int mostAttempts = 1'000'000;

Failure noBundle(const std::string& why, const std::string& where = {})
{
    return failure("U102", "This is no bundle that can be used: " + why, where, "Export the run again, and copy the file as it is.");
}

/// What stands in place of a credential: our own marks, and in a definition references and pointers.
bool isStandIn(const Json& value, bool isDefinition)
{
    if (!value.is_string()) return value == Json(0);
    const auto& text = value.get_ref<const std::string&>();
    if (text.empty() || text == "[masked]" || text.starts_with("[secret:")) return true;
    return isDefinition && (text.find("${") != std::string::npos || text.starts_with('/'));
}

/// The place of the first text or name that looks like a credential, or of a value whose name says that it is one;
/// empty when there is none.
std::string credentialIn(const Json& value, const std::string& place, bool isDefinition = false)
{
    if (value.is_string()) return withoutCredentials(value.get_ref<const std::string&>()) == value.get_ref<const std::string&>() ? std::string() : place;
    if (!value.is_structured()) return {};
    for (const auto& [name, part] : value.items()) {
        const std::string at = place + "/" + pointerSegment(name);
        if (value.is_object() && withoutCredentials(name) != name) return at;
        const Json named = {{name, part}};
        const bool isNamedSo = value.is_object() && part.is_primitive() && !isStandIn(part, isDefinition) && withoutCredentials(named) != named;
        if (isNamedSo) return at;
        std::string found = credentialIn(part, at, isDefinition);
        if (!found.empty()) return found;
    }
    return {};
}

Json lineShape(const Event& event, const std::string& hash)
{
    return {{"seq", event.seq}, {"time", event.time}, {"step", event.step}, {"attempt", event.attempt}, {"event", decide::word(event.kind)},
            {"data", event.data}, {"hash", hash}};
}

bool hasExactly(const Json& object, const std::set<std::string>& members)
{
    if (!object.is_object() || object.size() != members.size()) return false;
    return std::all_of(members.begin(), members.end(), [&](const std::string& name) { return object.contains(name); });
}

bool isDigest(const Json& value)
{
    if (!value.is_string()) return false;
    const auto& text = value.get_ref<const std::string&>();
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool isBetween(const Json& value, std::int64_t least, std::int64_t most)
{
    return value.is_number_integer() && value <= most && value >= least;
}

/// A pause that a service asked for is never longer than a day.
bool isPauseSound(const Json& data)
{
    const auto asked = data.find("retry_after_ms");
    return asked == data.end() || isBetween(*asked, 0, 86'400'000);
}

/// Why a line is not as lines are; empty when it is.
std::string readLine(const Json& line, Bundle& bundle)
{
    static const std::set<std::string> members{"seq", "time", "step", "attempt", "event", "data", "hash"};
    if (!hasExactly(line, members)) return "it has other members than a line has.";
    const Seq before = bundle.events.empty() ? 0 : bundle.events.back().seq;
    if (!isBetween(line["seq"], before + 1, Seq(1) << 52)) return "its number does not follow the one before.";
    if (!isBetween(line["time"], 0, latest)) return "its time is none.";
    if (!isBetween(line["attempt"], 0, mostAttempts)) return "its attempt is none.";
    const auto kind = line["event"].is_string() ? decide::eventKind(line["event"].get<std::string>()) : std::nullopt;
    if (!kind) return "its event is not known to this version.";
    if (!line["step"].is_string() || !line["data"].is_object()) return "it has a step or data of another type.";
    if (!isDigest(line["hash"]) && !(line["hash"] == Json("") && !bundle.masked.empty())) return "its hash is none.";
    if (!isPauseSound(line["data"])) return "its data asks for a pause that nobody may ask for.";
    Event event;
    event.seq = line["seq"].get<Seq>();
    event.time = line["time"].get<Millis>();
    event.run = bundle.run;
    event.step = line["step"].get<std::string>();
    event.attempt = line["attempt"].get<int>();
    event.kind = *kind;
    event.data = line["data"];
    bundle.events.push_back(std::move(event));
    bundle.hashes.push_back(line["hash"].get<std::string>());
    return {};
}

std::optional<Failure> readHead(const Json& document, Bundle& bundle)
{
    if (!document["program"].is_string() || !document["masked"].is_array() || !document["lines"].is_array()) return noBundle("a member has another type.");
    if (!document["run"].is_string() || !isRunId(document["run"].get_ref<const std::string&>())) return noBundle("its run has no id.");
    bundle.program = document["program"].get<std::string>();
    bundle.run = document["run"].get<std::string>();
    for (const auto& pointer : document["masked"]) {
        if (!pointer.is_string()) return noBundle("what is masked is not named.");
        bundle.masked.push_back(pointer.get<std::string>());
    }
    bundle.definition = document["definition"];
    const auto parsed = parseDefinition(dump(bundle.definition));
    if (!parsed.definition) return noBundle("its definition cannot be read: " + parsed.mistakes.front().message, parsed.mistakes.front().where);
    return std::nullopt;
}

}  // namespace

bool isRunId(std::string_view text)
{
    return !text.empty() && text.size() <= 32 && text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

Outcome<std::string> bundleText(const Bundle& bundle)
{
    const std::string inDefinition = credentialIn(bundle.definition, "", true);
    if (!inDefinition.empty()) {
        return failure("U107", "The definition holds what looks like a credential.", inDefinition, "Put a reference in its place: ${secret:env:NAME}.");
    }
    Json lines = Json::array();
    for (std::size_t i = 0; i < bundle.events.size(); ++i) {
        const Event& event = bundle.events[i];
        const std::string found = credentialIn(event.data, "");
        if (!found.empty()) {
            return failure("U107", "Line " + std::to_string(event.seq) + " holds what looks like a credential.", found,
                           "Mask it: --mask RULE, with its place within the input or the result, or its name.");
        }
        lines.push_back(lineShape(event, i < bundle.hashes.size() ? bundle.hashes[i] : std::string()));
    }
    Json document = {{"handrail_bundle", bundleVersion}, {"program", bundle.program}, {"run", bundle.run}, {"definition", bundle.definition},
                     {"lines", lines}, {"masked", bundle.masked}};
    document["sha256"] = sha256(canonical(document));
    std::string text = canonical(document) + "\n";
    if (text.size() > mostBundleBytes) return failure("U109", "The run is larger than a bundle may be (64 MiB).");
    return text;
}

Outcome<Bundle> readBundle(std::string_view text)
{
    auto parsed = parseJson(text, {mostBundleBytes, mostDepth});
    if (!parsed) return parsed.failure();
    Json document = parsed.take();
    if (!document.is_object() || !document.contains("handrail_bundle")) return noBundle("it does not say that it is one.");
    const Json& version = document["handrail_bundle"];
    if (version != Json(bundleVersion)) {
        return failure("U102", "This bundle has version " + dump(version) + ", and this program reads version " + std::to_string(bundleVersion) + ".", {},
                       "Use the version of Handrail that wrote it, or a newer one.");
    }
    if (!hasExactly(document, {"handrail_bundle", "program", "run", "definition", "lines", "masked", "sha256"})) return noBundle("it has other members than a bundle has.");
    const Json told = document["sha256"];
    document.erase("sha256");
    if (!isDigest(told) || told != Json(sha256(canonical(document)))) return noBundle("its checksum is wrong, so it was changed or cut.");
    Bundle bundle;
    if (auto wrong = readHead(document, bundle)) return *wrong;
    for (const auto& line : document["lines"]) {
        const std::string wrong = readLine(line, bundle);
        if (!wrong.empty()) return noBundle("a line is not as lines are: " + wrong, "line " + std::to_string(bundle.events.size() + 1) + " of the bundle");
    }
    if (bundle.events.empty() || bundle.events.front().kind != EventKind::RunStarted) return noBundle("its journal does not begin with the start of the run.");
    return bundle;
}

}  // namespace handrail::replay
