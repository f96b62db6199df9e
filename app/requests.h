#pragma once

#include <functional>
#include <memory>
#include <string>

#include <QObject>

#include "agentcore/reader.h"
#include "agentcore/runtime.h"

namespace handrail::app {

/// What a command line asks for, as plain JSON that can also cross a socket: {"do": "run", …}.
/// The answer is {"exit": number, "value": …} or {"exit": number, "error": {code, message, where, hint}}.
/// One place serves both the command line's own runtime and one that a console or `serve` holds.
class Requests : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void(Json)>;

    /// `runtime` may be null: then only reads are answered. Neither is owned.
    Requests(Runtime* runtime, const Reader& reader, const Clock& clock, QObject* parent = nullptr);

    void handle(const Json& request, Answer answer);

    static Json error(const Failure& failure);
    /// Whether a request can be answered without a runtime.
    static bool isRead(const Json& request);

private:
    void run(const Json& request, Answer answer);
    void decide(const Json& request, Answer answer);
    void tend(const Json& request, Answer answer);
    void abortRun(const Json& request, Answer answer);
    void pauseRun(const Json& request, Answer answer);
    Runtime::Reply<RunId> driven(Answer answer);
    void prune(const Json& request, Answer answer);
    void isolate(const Json& request, Answer answer);
    void hosts(Answer answer);
    void resume(Answer answer);
    void driveAndAnswer(const RunId& run, bool untilEnd, Answer answer);
    Json show(const std::string& id) const;
    Json runs() const;
    Json journal(const std::string& id) const;
    Json inbox(const Json& request) const;

    Runtime* runtime_;
    const Reader& reader_;
    const Clock& clock_;
};

}  // namespace handrail::app
