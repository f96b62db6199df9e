#pragma once

#include <QProcess>
#include <QTimer>

#include "agentcore/wire/wire.h"

namespace handrail::wire {

/// One child process, in a group of its own that is ended wholly at the limit: no shell, nothing of our
/// environment, output bounded.
class CommandCall : public Call {
    Q_OBJECT
public:
    CommandCall(const CommandRequest& request, const Clock& clock, QObject* parent);
    ~CommandCall() override;

private:
    void read();
    void end(int status, QProcess::ExitStatus how);
    void stop(const Code& code, const std::string& note);
    void tell();

    CommandRequest request_;
    const Clock& clock_;
    QProcess process_;
    QTimer limit_;
    QTimer grace_;
    Reply reply_;
    Millis began_ = 0;
    qint64 group_ = 0;
    bool isTold_ = false;
};

}  // namespace handrail::wire
