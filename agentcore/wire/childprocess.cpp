#include "agentcore/wire/childprocess.h"

#include <csignal>

#include "agentcore/wire/ownprocess.h"

namespace handrail::wire {
namespace {

constexpr int patienceMs = 300;              ///< for a child that was asked to end
constexpr std::size_t mostLastWords = 4096;  ///< of standard error that is kept, from its end

}  // namespace

ChildProcess::ChildProcess(const ChildRequest& request, QObject* parent) : Child(parent), request_(request)
{
    connect(&process_, &QProcess::readyReadStandardOutput, this, &ChildProcess::readLines);
    connect(&process_, &QProcess::readyReadStandardError, this, &ChildProcess::readErrors);
    connect(&process_, &QProcess::finished, this, [this](int status, QProcess::ExitStatus how) {
        readErrors();
        readLines();
        signalGroup(group_, SIGKILL);
        tellEnd("T610", how == QProcess::CrashExit ? "The program was ended by a signal." : "The program ended with status " + std::to_string(status) + ".");
    });
    connect(&process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) tellEnd("T610", "The program could not be started: " + process_.errorString().toStdString() + ".");
    });
    if (request_.arguments.empty() || request_.arguments.front().rfind('/', 0) != 0) {
        tellEnd("U102", "A program must be named by its absolute path.");
        return;
    }
    group_ = startInOwnGroup(process_, request_.arguments, request_.environment);
}

ChildProcess::~ChildProcess()
{
    process_.disconnect(this);
    if (process_.state() != QProcess::NotRunning) {
        process_.closeWriteChannel();
        signalGroup(group_, SIGTERM);
        process_.waitForFinished(patienceMs);
    }
    signalGroup(group_, SIGKILL);
    if (process_.state() != QProcess::NotRunning) process_.waitForFinished(1000);
}

bool ChildProcess::write(const std::string& line)
{
    const bool isFull = static_cast<std::size_t>(process_.bytesToWrite()) + line.size() > request_.mostLine;
    if (isOver_ || isFull || process_.state() == QProcess::NotRunning) return false;
    return process_.write(QByteArray::fromStdString(line + "\n")) > 0;
}

void ChildProcess::readErrors()
{
    errors_ += process_.readAllStandardError().toStdString();
    if (errors_.size() > mostLastWords) errors_.erase(0, errors_.size() - mostLastWords);
}

void ChildProcess::readLines()
{
    unread_ += process_.readAllStandardOutput().toStdString();
    std::size_t done = 0;
    for (auto end = unread_.find('\n'); end != std::string::npos; end = unread_.find('\n', done)) {
        std::string line = unread_.substr(done, end - done);
        done = end + 1;
        if (line.ends_with('\r')) line.pop_back();
        if (line.empty() || isOver_) continue;
        // Told from the loop: whoever hears it may let this child go.
        QMetaObject::invokeMethod(this, [this, line] { Q_EMIT said(line); }, Qt::QueuedConnection);
    }
    unread_.erase(0, done);
    if (unread_.size() <= request_.mostLine || isOver_) return;
    unread_.clear();
    signalGroup(group_, SIGKILL);
    tellEnd("T111", "The program wrote a line of more than " + std::to_string(request_.mostLine) + " bytes.");
}

void ChildProcess::tellEnd(const Code& code, const std::string& note)
{
    if (isOver_) return;
    isOver_ = true;
    Reply why;
    why.code = code;
    why.note = note;
    why.errors = errors_;
    QMetaObject::invokeMethod(this, [this, why] { Q_EMIT ended(why); }, Qt::QueuedConnection);
}

}  // namespace handrail::wire
