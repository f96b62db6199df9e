#include "agentcore/wire/commandcall.h"

#include <csignal>

#include "agentcore/wire/ownprocess.h"

namespace handrail::wire {
namespace {

constexpr int graceMs = 500;                       ///< between the request to end and the end
constexpr qsizetype mostErrorBytes = 64 * 1024;    ///< of standard error that is kept

}  // namespace

CommandCall::CommandCall(const CommandRequest& request, const Clock& clock, QObject* parent)
    : Call(parent), request_(request), clock_(clock), began_(clock.monotonic())
{
    limit_.setSingleShot(true);
    grace_.setSingleShot(true);
    connect(&limit_, &QTimer::timeout, this, [this] { stop("T109", "The command did not end within its limit and was stopped."); });
    connect(&grace_, &QTimer::timeout, this, [this] {
        signalGroup(group_, SIGKILL);
        tell();
    });
    connect(&process_, &QProcess::readyReadStandardOutput, this, &CommandCall::read);
    connect(&process_, &QProcess::readyReadStandardError, this, &CommandCall::read);
    connect(&process_, &QProcess::finished, this, &CommandCall::end);
    connect(&process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart) return;
        limit_.stop();
        reply_.phase = SendPhase::NotSent;
        reply_.code = "T610";
        reply_.note = "The command could not be started: " + process_.errorString().toStdString() + ".";
        tell();
    });
    if (request_.arguments.empty() || request_.arguments.front().rfind('/', 0) != 0) {
        reply_.code = "U102";
        reply_.note = "A command must be named by its absolute path.";
        tell();
        return;
    }
    limit_.start(static_cast<int>(request_.limit));
    group_ = startInOwnGroup(process_, request_.arguments, request_.environment);
    if (group_ > 0) reply_.phase = SendPhase::MaybeSent;
    process_.write(QByteArray::fromStdString(request_.input));
    process_.closeWriteChannel();
}

CommandCall::~CommandCall()
{
    process_.disconnect(this);
    if (process_.state() == QProcess::NotRunning) return;
    signalGroup(group_, SIGKILL);
    process_.waitForFinished(1000);
}

void CommandCall::read()
{
    reply_.body += process_.readAllStandardOutput().toStdString();
    const QByteArray errors = process_.readAllStandardError();
    const auto room = mostErrorBytes - static_cast<qsizetype>(reply_.errors.size());
    reply_.errors += errors.left(std::max<qsizetype>(0, room)).toStdString();
    if (reply_.body.size() <= request_.mostBytes) return;
    reply_.body.resize(request_.mostBytes);
    stop("T111", "The command wrote more than " + std::to_string(request_.mostBytes) + " bytes and was stopped.");
}

void CommandCall::stop(const Code& code, const std::string& note)
{
    if (!reply_.code.empty() || isTold_) return;
    limit_.stop();
    reply_.code = code;
    reply_.note = note;
    signalGroup(group_, SIGTERM);
    grace_.start(graceMs);
}

void CommandCall::end(int status, QProcess::ExitStatus how)
{
    read();
    limit_.stop();
    grace_.stop();
    // Whatever it left behind in its group goes with it.
    signalGroup(group_, SIGKILL);
    if (reply_.code.empty() && how == QProcess::CrashExit) {
        reply_.code = "T610";
        reply_.note = "The command was ended by a signal.";
    }
    if (reply_.code.empty()) {
        reply_.phase = SendPhase::Answered;
        reply_.status = status;
    }
    tell();
}

void CommandCall::tell()
{
    if (isTold_) return;
    isTold_ = true;
    reply_.tookMs = clock_.monotonic() - began_;
    QMetaObject::invokeMethod(this, [this] { Q_EMIT finished(reply_); }, Qt::QueuedConnection);
}

}  // namespace handrail::wire
