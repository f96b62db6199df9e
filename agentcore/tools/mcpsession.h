#pragma once

#include <deque>
#include <map>

#include "agentcore/tools/mcp.h"
#include "agentcore/tools/mcplink.h"
#include "agentcore/tools/mcpmessage.h"

namespace handrail::tools::mcp {

/// What is said to one server, in order: find out its era, open, list its tools, call them. Everything
/// that a link tells ends here; each call is told its end once.
class Session : public QObject {
    Q_OBJECT
public:
    Session(wire::Wire& wire, const Clock& clock, QObject* parent = nullptr);
    ~Session() override;

    void start(McpCall* call);
    /// The call is being deleted: its server need not go on with it.
    void gone(McpCall& call);

private:
    enum class State { Closed, Discovering, Initializing, Open };
    enum class Own { Discover, Initialize, List };  ///< requests of the session itself

    // mcpsession.cpp: opening and listening
    void advance();
    void open(const McpRequest& request);
    void discover();
    void initialize();
    void begin();
    void opened(const std::string& version, bool isModern);
    void listen();
    void notListening();
    void list(const std::string& cursor);
    void listed(const Json& result);
    void onHeard(const std::string& text);
    void onMessage(const Message& message);
    void onOwnAnswer(Own what, const Message& message);
    void onDiscovered(const Message& message);
    void onInitialized(const Message& message);
    void onNotification(const Message& message);
    void onUnanswered(std::int64_t id, const wire::Reply& why);
    void onOwnUnanswered(Own what, const wire::Reply& why);
    void onLost(const wire::Reply& why);
    void close();
    void closeWith(const Code& code, const std::string& note);
    void ask(Own what, const std::string& method, Json params);
    void tell(const std::string& method, const std::string& text);

    // mcpcalls.cpp: the calls
    void place(McpCall& call);
    void send(McpCall& call);
    void answered(McpCall& call, const Message& message);
    void inputRequired(McpCall& call, const Json& result);
    void onCallUnanswered(McpCall& call, const wire::Reply& why);
    void timedOut(McpCall& call);
    void giveUp(McpCall& call);
    void onRequest(const Message& message);
    Json elicited(const Json& params);
    void fail(McpCall& call, const Code& code, const std::string& note);
    void finish(McpCall& call, wire::Reply reply);
    bool isAsExpected(McpCall& call, const ToldTool& tool);
    std::string withLog(std::string note) const;

    wire::Wire& wire_;
    const Clock& clock_;
    Link* link_ = nullptr;
    State state_ = State::Closed;
    std::vector<std::string> command_;  ///< empty: a server over HTTP
    bool isModern_ = false;
    bool tellsChanges_ = false;   ///< of the newer era: it says when its list changes, if it is asked to
    std::int64_t listening_ = 0;  ///< the request that is answered by nothing but that; 0: none
    bool isKnownLegacy_ = false;  ///< it did not live through the question of the newer era
    bool isStale_ = false;        ///< the server has forgotten the session: open anew when nothing is under way
    int discoveries_ = 0;
    QTimer patience_;             ///< for an answer of a program to a request of the session itself
    std::int64_t ids_ = 0;
    std::map<std::int64_t, Own> own_;
    std::vector<McpCall*> waiting_;
    std::map<std::int64_t, McpCall*> called_;
    std::map<std::string, ToldTool> tools_;
    std::map<std::string, ToldTool> page_;  ///< of a list that is not complete yet
    bool isListFresh_ = false;
    bool hasChanged_ = false;     ///< the list changed while it was read
    int pages_ = 0;
    int lists_ = 0;               ///< read one after the other because it kept changing
    Millis listUntil_ = 0;
    std::deque<std::string> log_; ///< its last words
    int requests_ = 0;            ///< of the server's own, since a call ended
};

/// What a person's words answer to a question of the server: {"action": "accept", "content"} where they fit
/// the form that it asks for, with the form's defaults filled in; else {"action": "cancel"}.
Json answerTo(const Json& params, const std::optional<std::string>& words);

}  // namespace handrail::tools::mcp
