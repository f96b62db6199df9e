#include "agentcore/tools/mcpsession.h"

#include <algorithm>

#include "agentcore/tools/pattern.h"

namespace handrail::tools::mcp {
namespace {

constexpr int discoverPatience = 3'000;   ///< milliseconds; an old server may simply not answer
constexpr Millis openingLimit = 20'000;
constexpr int mostPages = 100;
constexpr int mostLists = 3;
constexpr Millis longestList = 300'000;   ///< how long a list is believed, whatever the server says
constexpr std::size_t mostLog = 20;
constexpr int versionRefused = -32022;

bool names(const Json& versions, std::string_view version)
{
    return versions.is_array() && std::find(versions.begin(), versions.end(), Json(version)) != versions.end();
}

}  // namespace

Session::Session(wire::Wire& wire, const Clock& clock, QObject* parent) : QObject(parent), wire_(wire), clock_(clock)
{
    patience_.setSingleShot(true);
    connect(&patience_, &QTimer::timeout, this, [this] {
        if (state_ != State::Discovering) return closeWith("T609", "The server did not answer within " + std::to_string(openingLimit / 1000) + " s, so it was ended.");
        isKnownLegacy_ = true;
        begin();
    });
}

Session::~Session() = default;

void Session::start(McpCall* call)
{
    call->began_ = clock_.monotonic();
    call->timer_.setSingleShot(true);
    connect(&call->timer_, &QTimer::timeout, this, [this, call] { timedOut(*call); });
    // Over HTTP the request's own limit comes first, because it knows what left.
    call->timer_.start(static_cast<int>(call->request_.limit + (call->request_.url.empty() ? 0 : 200)));
    waiting_.push_back(call);
    advance();
}

/// One step nearer to sending what waits.
void Session::advance()
{
    if (waiting_.empty()) return;
    if (isStale_ && called_.empty()) close();
    if (state_ == State::Closed) return open(waiting_.front()->request_);
    if (state_ != State::Open || isStale_) return;
    link_->useHeaders(waiting_.front()->request_.headers);
    const bool isListing = std::any_of(own_.begin(), own_.end(), [](const auto& entry) { return entry.second == Own::List; });
    if (isListing) return;
    if (!isListFresh_ || (listUntil_ > 0 && clock_.monotonic() >= listUntil_)) return list({});
    for (McpCall* call : std::exchange(waiting_, {})) place(*call);
}

void Session::open(const McpRequest& request)
{
    command_ = request.command;
    if (command_.empty()) {
        link_ = new HttpLink(wire_, request.url, request.allowPrivate, this);
    } else {
        wire::ChildRequest child;
        child.arguments = command_;
        child.environment = {{"LC_ALL", "C.UTF-8"}, {"PATH", "/usr/local/bin:/usr/bin:/bin"}};
        link_ = new StdioLink(wire_.child(child, nullptr), this);
    }
    link_->useHeaders(request.headers);
    connect(link_, &Link::heard, this, &Session::onHeard);
    connect(link_, &Link::handed, this, [this](qint64 id) {
        if (const auto found = called_.find(id); found != called_.end()) found->second->isHanded_ = true;
    });
    connect(link_, &Link::unanswered, this, &Session::onUnanswered);
    connect(link_, &Link::lost, this, &Session::onLost);
    discoveries_ = 0;
    if (isKnownLegacy_) initialize();
    else discover();
}

void Session::discover()
{
    state_ = State::Discovering;
    isModern_ = true;
    ++discoveries_;
    ask(Own::Discover, "server/discover", Json::object());
}

void Session::initialize()
{
    own_.clear();
    begin();
}

/// Asks in the old way; an answer to the newer question that was slow to come still counts.
void Session::begin()
{
    state_ = State::Initializing;
    isModern_ = false;
    ask(Own::Initialize, "initialize", {{"protocolVersion", newestLegacy}, {"capabilities", capabilities()}, {"clientInfo", clientInfo()}});
}

void Session::opened(const std::string& version, bool isModern)
{
    state_ = State::Open;
    isModern_ = isModern;
    isListFresh_ = false;
    link_->agreed(version, isModern);
    if (isModern && tellsChanges_) listen();
    advance();
}

void Session::ask(Own what, const std::string& method, Json params)
{
    Outgoing message;
    message.id = ++ids_;
    message.method = method;
    message.text = request(message.id, method, std::move(params), isModern_);
    message.limit = openingLimit;
    own_[message.id] = what;
    // Over HTTP a request has a limit of its own.
    if (!command_.empty()) patience_.start(what == Own::Discover ? discoverPatience : static_cast<int>(openingLimit));
    link_->send(message);
}

void Session::tell(const std::string& method, const std::string& text)
{
    Outgoing message;
    message.method = method;
    message.text = text;
    if (link_) link_->send(message);
}

/// A server of the newer era tells of changes only to those who ask for it. The request stays open.
void Session::listen()
{
    Outgoing message;
    message.id = listening_ = ++ids_;
    message.method = "subscriptions/listen";
    message.text = request(message.id, message.method, {{"notifications", {{"toolsListChanged", true}}}}, true);
    message.limit = 0;
    link_->send(message);
}

/// It tells of nothing any more, so its list is not believed longer than now.
void Session::notListening()
{
    listening_ = 0;
    isListFresh_ = false;
    hasChanged_ = true;
}

void Session::list(const std::string& cursor)
{
    if (cursor.empty()) {
        page_.clear();
        pages_ = 0;
        hasChanged_ = false;
    }
    ++pages_;
    Json params = Json::object();
    if (!cursor.empty()) params["cursor"] = cursor;
    ask(Own::List, "tools/list", std::move(params));
}

void Session::listed(const Json& result)
{
    auto tools = readTools(result);
    if (!tools) return closeWith(tools.failure().code, tools.failure().message);
    for (auto& tool : *tools) {
        const std::string name = tool.name;
        // Of two tools with one name the first counts, as it would for any other client.
        page_.emplace(name, std::move(tool));
    }
    const std::string next = textOf(result, "nextCursor");
    if (!next.empty() && pages_ >= mostPages) return closeWith("T609", "The server's list of tools has no end.");
    if (!next.empty()) return list(next);
    tools_ = std::move(page_);
    page_.clear();
    if (hasChanged_ && ++lists_ < mostLists) return list({});
    lists_ = 0;
    // One that keeps changing is used as it stands, and asked for again for the next call.
    isListFresh_ = !hasChanged_;
    const Millis now = clock_.monotonic();
    const Millis told = std::clamp<Millis>(numberOf(result, "ttlMs"), 0, longestList);
    listUntil_ = isModern_ ? now + told : 0;
    for (McpCall* call : std::exchange(waiting_, {})) place(*call);
}

void Session::onHeard(const std::string& text)
{
    auto messages = readMessages(text);
    if (!messages) return closeWith(messages.failure().code, messages.failure().message);
    const Link* link = link_;
    for (const auto& message : *messages) {
        // One of them may have ended it all.
        if (link_ == link) onMessage(message);
    }
}

void Session::onMessage(const Message& message)
{
    if (message.kind == Message::Kind::Request) return onRequest(message);
    if (message.kind == Message::Kind::Notification) return onNotification(message);
    if (!message.id.is_number_integer()) {
        // An error without an id: the server could not even read what it was sent.
        if (state_ == State::Discovering) return initialize();
        return closeWith("T609", "The server could not read a request: " + shortened(textOf(message.body, "message"), 200));
    }
    const auto id = message.id.get<std::int64_t>();
    if (id == listening_) {
        link_->forget(id);
        return notListening();
    }
    if (const auto own = own_.find(id); own != own_.end()) {
        const Own what = own->second;
        own_.erase(own);
        if (own_.empty()) patience_.stop();
        link_->forget(id);
        return onOwnAnswer(what, message);
    }
    // An answer to what was given up, or to nothing that was ever asked: nobody waits for it.
    const auto found = called_.find(id);
    if (found == called_.end()) return;
    McpCall& call = *found->second;
    link_->forget(id);
    answered(call, message);
}

void Session::onOwnAnswer(Own what, const Message& message)
{
    if (what == Own::Discover) return onDiscovered(message);
    if (what == Own::Initialize) return onInitialized(message);
    if (message.kind == Message::Kind::Result) return listed(message.body);
    // A server without tools says that there is no such method.
    if (numberOf(message.body, "code") == -32601) return listed({{"tools", Json::array()}});
    closeWith("T609", "The server does not list its tools: " + shortened(textOf(message.body, "message"), 200));
}

void Session::onDiscovered(const Message& message)
{
    const bool isResult = message.kind == Message::Kind::Result;
    if (isResult && names(message.body.value("supportedVersions", Json()), modern)) {
        own_.clear();
        isKnownLegacy_ = false;
        const Json offered = message.body.value("capabilities", Json::object());
        const Json* tells = at(offered, "/tools/listChanged");
        tellsChanges_ = tells && *tells == Json(true);
        return opened(std::string(modern), true);
    }
    if (state_ != State::Discovering) return;
    const Json data = isResult ? Json() : message.body.value("data", Json());
    const bool isRefused = numberOf(message.body, "code") == versionRefused && data.is_object();
    if (isRefused && names(data.value("supported", Json()), modern) && discoveries_ < 2) return discover();
    initialize();
}

void Session::onInitialized(const Message& message)
{
    const std::string version = textOf(message.body, "protocolVersion");
    if (message.kind == Message::Kind::Error) {
        return closeWith("T609", "The server refuses to begin: " + shortened(textOf(message.body, "message"), 200));
    }
    if (!isLegacy(version)) return closeWith("T609", "The server speaks version \"" + shortened(version, 40) + "\" of the protocol, which is not known here.");
    tell("notifications/initialized", notification("notifications/initialized", Json::object()));
    opened(version, false);
}

void Session::onNotification(const Message& message)
{
    if (message.method == "notifications/tools/list_changed") {
        isListFresh_ = false;
        hasChanged_ = true;
    } else if (message.method == "notifications/message") {
        const Json data = message.body.value("data", Json());
        log_.push_back(shortened(textOf(message.body, "level") + ": " + (data.is_string() ? data.get<std::string>() : dump(data)), 200));
        if (log_.size() > mostLog) log_.pop_front();
    } else if (message.method == "notifications/progress") {
        const Json token = message.body.value("progressToken", Json());
        const auto found = token.is_number_integer() ? called_.find(token.get<std::int64_t>()) : called_.end();
        if (found == called_.end()) return;
        const Json total = message.body.value("total", Json());
        const Json done = message.body.value("progress", Json());
        if (done.is_number()) found->second->progress_ = done.dump() + (total.is_number() ? " of " + total.dump() : std::string());
    }
}

void Session::onUnanswered(std::int64_t id, const wire::Reply& why)
{
    // An error may come with a status of its own, and is then what counts.
    if (why.code.empty() && !why.body.empty()) {
        const auto messages = readMessages(why.body);
        const bool isOurs = messages && messages->size() == 1 && messages->front().kind == Message::Kind::Error;
        const bool isAboutIt = isOurs && (messages->front().id.is_null() || messages->front().id == Json(id));
        const int code = isAboutIt ? static_cast<int>(numberOf(messages->front().body, "code")) : 0;
        const bool isModernError = code == versionRefused || code == -32020 || code == -32021;
        const bool isOfCall = called_.count(id) > 0 && isModern_ && code != 0;
        if (isAboutIt && (isModernError || isOfCall)) {
            Message message = messages->front();
            message.id = id;
            return onMessage(message);
        }
    }
    if (id == listening_) return notListening();
    if (const auto own = own_.find(id); own != own_.end()) {
        const Own what = own->second;
        own_.erase(own);
        return onOwnUnanswered(what, why);
    }
    const auto found = called_.find(id);
    if (found != called_.end()) onCallUnanswered(*found->second, why);
}

void Session::onOwnUnanswered(Own what, const wire::Reply& why)
{
    const bool isUnfit = why.code.empty() && why.status >= 400 && why.status < 500 && why.status != 401 && why.status != 403 && why.status != 429;
    if (what == Own::Discover && isUnfit) return initialize();
    if (what == Own::Initialize && isUnfit && link_->fallBack()) return initialize();
    if (why.code.empty() && !isUnfit) {
        return closeWith("T" + std::to_string(why.status), "The server answered " + std::to_string(why.status) + " before a call could be made.");
    }
    if (isUnfit) return closeWith("T609", "The address answers " + std::to_string(why.status) + ": there is no MCP server there.");
    closeWith(why.code, why.note);
}

void Session::onLost(const wire::Reply& why)
{
    const bool isAsking = state_ == State::Discovering && !command_.empty();
    std::string note = why.note;
    const std::string words = shortened(why.errors.substr(0, why.errors.find('\n')), 200);
    if (!words.empty()) note += " It wrote: " + words;
    // Some old servers end on a question that they do not know. They are asked in the old way, once.
    if (isAsking && !isKnownLegacy_) {
        isKnownLegacy_ = true;
        close();
        return advance();
    }
    closeWith(why.code, note);
}

/// Lets the server go; the next call begins anew.
void Session::close()
{
    patience_.stop();
    if (link_) {
        link_->disconnect(this);
        link_->deleteLater();
    }
    link_ = nullptr;
    state_ = State::Closed;
    listening_ = 0;
    isStale_ = isListFresh_ = false;
    own_.clear();
    tools_.clear();
}

/// The same, because of something that ends every call: what was handed over is in doubt, the rest was not sent.
void Session::closeWith(const Code& code, const std::string& note)
{
    if (state_ == State::Initializing) isKnownLegacy_ = false;
    close();
    std::vector<McpCall*> ending = std::exchange(waiting_, {});
    for (const auto& [id, call] : called_) ending.push_back(call);
    for (McpCall* call : ending) fail(*call, code, note);
}

}  // namespace handrail::tools::mcp
