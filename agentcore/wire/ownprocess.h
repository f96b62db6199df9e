#pragma once

#include <map>
#include <string>
#include <vector>

#include <QProcess>

namespace handrail::wire {

/// Starts a program in a process group of its own, without a shell, in "/", with no environment but the one
/// given, and so that it dies with this process. `arguments` begins with the program's absolute path.
/// The id of its group, or 0 when it could not be started: then the process has said why.
qint64 startInOwnGroup(QProcess& process, const std::vector<std::string>& arguments,
                       const std::map<std::string, std::string>& environment);

/// Sends a signal to everything in the group; nothing is sent for a group that never was.
void signalGroup(qint64 group, int signal);

}  // namespace handrail::wire
