#pragma once

#include <QProcess>

#include "agentcore/wire/wire.h"

namespace handrail::wire {

/// A child that stays, in a group of its own that is ended wholly: no shell, nothing of our environment,
/// what it says and what it has not read yet bounded.
class ChildProcess : public Child {
    Q_OBJECT
public:
    ChildProcess(const ChildRequest& request, QObject* parent);
    ~ChildProcess() override;

    bool write(const std::string& line) override;

private:
    void readLines();
    void readErrors();
    void tellEnd(const Code& code, const std::string& note);

    ChildRequest request_;
    QProcess process_;
    std::string unread_;   ///< of a line whose end has not come yet
    std::string errors_;   ///< the last of its standard error
    qint64 group_ = 0;
    bool isOver_ = false;
};

}  // namespace handrail::wire
