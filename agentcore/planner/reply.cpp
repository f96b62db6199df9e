#include <algorithm>
#include <cctype>

#include "agentcore/planner/prompt.h"
#include "agentcore/planner/services.h"

/// What a reply means: status, headers, the many shapes of an error, and only then the proposal.
namespace handrail::planner {
namespace {

constexpr Millis longestRetryAfter = 24 * 3'600'000LL;
constexpr std::size_t longestWhy = 1'000;
constexpr int overloaded = 529;

std::string headerOf(const wire::Reply& reply, const std::string& name)
{
    for (const auto& [header, value] : reply.headers) {
        if (header == name) return value;
    }
    return {};
}

/// A whole number of milliseconds from text that may hold a fraction; -1 when it is none.
Millis spanOf(const std::string& text, Millis unit)
{
    if (text.empty() || text.size() > 11 || text.find_first_not_of("0123456789.") != std::string::npos) return -1;
    const auto dot = text.find('.');
    if (dot == 0 || text.find('.', dot == std::string::npos ? dot : dot + 1) != std::string::npos) return -1;
    Millis span = std::stoll(text.substr(0, dot)) * unit;
    if (dot != std::string::npos && unit == 1'000) {
        std::string digits = (text.substr(dot + 1) + "000").substr(0, 3);
        span += std::stoll(digits);
    }
    return span;
}

Millis retryAfterOf(const wire::Reply& reply, Millis now)
{
    Millis span = spanOf(headerOf(reply, "retry-after-ms"), 1);
    const std::string plain = headerOf(reply, "retry-after");
    if (span < 0) span = spanOf(plain, 1'000);
    if (span < 0 && httpDate(plain) >= 0) span = httpDate(plain) - now;
    return span >= 0 && span <= longestRetryAfter ? span : -1;
}

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// An error as its service words it: one object within "error", or flat, or the first of a list.
struct Told {
    std::string message;
    std::string kind;   ///< type and code, lower case
    int status = 0;     ///< where its code or status is an HTTP status
    bool isError = false;
};

std::string memberText(const Json& object, const char* name)
{
    const auto found = object.find(name);
    if (found == object.end()) return {};
    return found->is_string() ? found->get<std::string>() : found->is_number() ? found->dump() : std::string();
}

int statusIn(const Json& object)
{
    for (const char* name : {"code", "status", "status_code"}) {
        const std::string text = memberText(object, name);
        if (text.size() == 3 && (text[0] == '4' || text[0] == '5') && text.find_first_not_of("0123456789") == std::string::npos) {
            return std::stoi(text);
        }
    }
    return 0;
}

Told toldBy(const Json& body)
{
    Told told;
    const Json& whole = body.is_array() && !body.empty() ? body.front() : body;
    if (!whole.is_object()) return told;
    const auto found = whole.find("error");
    const bool isNested = found != whole.end() && found->is_object();
    const bool isText = found != whole.end() && found->is_string();
    const Json& error = isNested ? *found : whole;
    told.isError = isNested || isText || textOf(whole, "type") == "error" || textOf(whole, "object") == "error";
    told.message = isText ? found->get<std::string>() : memberText(error, "message");
    for (const char* name : {"detail", "message"}) {
        if (told.message.empty()) told.message = memberText(whole, name);
    }
    for (const char* name : {"type", "code", "status"}) told.kind += memberText(error, name) + " ";
    told.kind = lowered(told.kind);
    told.status = statusIn(error);
    return told;
}

bool mentions(const std::string& text, std::initializer_list<const char*> words)
{
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return text.find(word) != std::string::npos; });
}

/// The status that a kind of error stands for, where it comes without one.
int statusOfKind(const std::string& kind)
{
    static constexpr std::pair<const char*, int> kinds[] = {
        {"rate_limit", 429},     {"overloaded", overloaded}, {"authentication", 401}, {"invalid_api_key", 401}, {"permission", 403},
        {"not_found", 404},      {"invalid_request", 400},   {"api_error", 500},      {"server_error", 500},    {"timeout", 504},
        {"service_unavailable", 503},
    };
    for (const auto& [name, status] : kinds) {
        if (kind.find(name) != std::string::npos) return status;
    }
    return 0;
}

Code codeFor(int status, const Told& told)
{
    const std::string words = told.kind + lowered(told.message);
    if (mentions(words, {"insufficient_quota", "billing_hard_limit", "credit balance", "quota_exceeded", "exceeded your current quota"})) return "T429q";
    const bool isRequest = status == 400 || status == 413 || status == 422 || status == 0;
    if (isRequest && (status == 413 || mentions(words, {"context_length", "context length", "context size", "context window", "prompt is too long",
                                                        "exceed_context", "too many tokens"}))) {
        return "M107";
    }
    if (isRequest && mentions(words, {"content_filter", "content_policy", "content management policy"})) return "M108";
    if (status == overloaded || status == 503 || mentions(told.kind, {"overloaded"})) return "M112";
    if (status == 0) return "T606";
    return "T" + std::to_string(status);
}

Reading readError(int status, const Json& body)
{
    const Told told = toldBy(body);
    int meant = status >= 400 ? status : told.status;
    if (meant == 0) meant = statusOfKind(told.kind);
    Reading reading;
    reading.code = codeFor(meant, told);
    const std::string how = status >= 400 ? std::to_string(status) : "with an error inside a " + std::to_string(status);
    reading.message = "The model's service answered " + how + " (" + codeInfo(reading.code).title + ")";
    reading.message += told.message.empty() ? "." : ": " + cutText(told.message, 500);
    return reading;
}

Reading readBody(const Definition& definition, const Model& model, const wire::Reply& reply)
{
    const auto body = parseJson(reply.body);
    const bool isGood = reply.status >= 200 && reply.status < 300;
    if (!isGood) return readError(reply.status, body ? *body : Json(Json::object()));
    if (reply.body.find_first_not_of(" \t\r\n") == std::string::npos) return unusable("M101", "The answer is empty.");
    if (!body) return unusable("M103", "The answer is not JSON: " + body.failure().message);
    if (!body->is_object()) return body->is_array() && toldBy(*body).isError ? readError(reply.status, *body) : unusable("M103", "The answer is no JSON object.");
    const bool isAnswer = body->contains("choices") || (body->contains("content") && textOf(*body, "type") != "error");
    if (!isAnswer && toldBy(*body).isError) return readError(reply.status, *body);
    return model.kind == ModelKind::OpenAi ? readOpenAi(definition, *body) : readAnthropic(definition, *body);
}

/// _why and _confidence are the model's words about the call, not a part of it.
void takeWords(Proposal& proposal)
{
    const auto why = proposal.arguments.find("_why");
    if (why != proposal.arguments.end()) {
        if (why->is_string()) proposal.why = cutText(why->get<std::string>(), longestWhy);
        proposal.arguments.erase(why);
    }
    const auto confidence = proposal.arguments.find("_confidence");
    if (confidence == proposal.arguments.end()) return;
    if (confidence->is_number()) {
        const double given = confidence->get<double>();
        if (given >= 0 && given <= 1) proposal.confidence = given;
    }
    proposal.arguments.erase(confidence);
}

}  // namespace

Request requestFor(const Definition& definition, const Model& model, const Conversation& conversation)
{
    return model.kind == ModelKind::OpenAi ? openAiRequest(definition, model, conversation)
                                           : anthropicRequest(definition, model, conversation);
}

Reading read(const Definition& definition, const Model& model, const wire::Reply& reply, Millis now)
{
    Reading reading = readBody(definition, model, reply);
    reading.retryAfter = retryAfterOf(reply, now);
    reading.mayRetry = headerOf(reply, "x-should-retry") != "false";
    return reading;
}

Reading readCall(const Definition& definition, const std::string& name, const Json& arguments)
{
    if (name.empty()) return unusable("M103", "The tool call names no tool.");
    Outcome<Json> parsed = arguments;
    // Some services send an empty text where there is nothing to say.
    if (arguments.is_string()) {
        const auto& text = arguments.get_ref<const std::string&>();
        parsed = text.find_first_not_of(" \t\r\n") == std::string::npos ? Outcome<Json>(Json::object()) : parseJson(text);
    }
    if (arguments.is_null()) parsed = Outcome<Json>(Json::object());
    if (!parsed) return unusable("M103", "The arguments of " + cutText(name, 100) + " are not valid JSON: " + parsed.failure().message);
    if (!parsed->is_object()) return unusable("M104", "The arguments of " + cutText(name, 100) + " must be an object.");
    Reading reading;
    Proposal proposal;
    proposal.tool = toolNamed(definition, cutText(name, 200));
    proposal.arguments = parsed.take();
    takeWords(proposal);
    reading.proposal = std::move(proposal);
    return reading;
}

Reading unusable(const Code& code, std::string message, std::string said)
{
    Reading reading;
    reading.code = code;
    reading.message = std::move(message);
    reading.said = std::move(said);
    return reading;
}

}  // namespace handrail::planner
