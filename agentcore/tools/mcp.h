#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <QPointer>
#include <QTimer>

#include "agentcore/clock.h"
#include "agentcore/json.h"
#include "agentcore/wire/wire.h"

/// The client of the Model Context Protocol as the rest of the runtime sees it: one call of one tool is a
/// wire::Call like any other, and the servers behind the calls stay up between them.
namespace handrail::tools {

namespace mcp {
class Session;
}

/// One call of a server's tool, or a look at its definition.
struct McpRequest {
    std::string server;   ///< which of the definition's servers: a digest over all that is written of it
    std::vector<std::string> command;  ///< its program…
    std::string url;                   ///< …or its address
    bool allowPrivate = false;
    std::vector<std::pair<std::string, std::string>> headers;  ///< with secrets in place
    std::string tool;
    Json arguments = Json::object();
    bool looks = false;   ///< nothing is called: only what the server tells of the tool is wanted
    Json pinned;          ///< the definition that was consented to; null: none yet
    Json asked;           ///< the questions of an earlier attempt, with what the server wants back; null: none
    std::optional<std::string> guidance;  ///< a person's answer to what the tool may ask
    Millis limit = 30'000;
};

/// A call under way. It finishes like any wire::Call: NotSent until the call itself was handed over
/// (T104 no answer in time, T607 the definition changed, T608 the tool is gone, T609, T610), then
/// MaybeSent (T109, T110, T609, T610, T111), or Answered. The body of an answer is one object with
/// "result", "error" or "asks". Deleting it gives the call up, and tells the server so.
class McpCall : public wire::Call {
    Q_OBJECT
public:
    McpCall(McpRequest request, QObject* parent);
    ~McpCall() override;

    /// What the server told beside its answer, for the journal: "pin" the digest of the tool's definition,
    /// "told" that definition where it is new or changed, "tells_write", "asks" what it wanted to know.
    Json told = Json::object();

private:
    friend class mcp::Session;
    friend class McpServers;
    enum class Stage { Waiting, Called, Over };

    McpRequest request_;
    QPointer<mcp::Session> session_;
    Stage stage_ = Stage::Waiting;
    std::int64_t id_ = 0;
    bool isHanded_ = false;  ///< a byte of it may have left
    int rounds_ = 0;         ///< of questions answered within this attempt
    Json state_;             ///< what the server wants back with the answers; null: nothing
    Json responses_;
    std::string progress_;
    Millis began_ = 0;
    QTimer timer_;
};

/// The sessions with all servers, kept as long as this lives: a server is started or connected to for the
/// first call, and anew for the next call after it has died. It sends nothing twice.
class McpServers {
public:
    /// Both must outlive it.
    McpServers(wire::Wire& wire, const Clock& clock);
    ~McpServers();

    McpCall* call(const McpRequest& request, QObject* parent);

private:
    wire::Wire& wire_;
    const Clock& clock_;
    std::map<std::string, std::unique_ptr<mcp::Session>> sessions_;
};

}  // namespace handrail::tools
