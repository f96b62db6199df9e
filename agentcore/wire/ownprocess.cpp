#include "agentcore/wire/ownprocess.h"

#include <csignal>

#include <QProcessEnvironment>
#include <sys/prctl.h>
#include <unistd.h>

namespace handrail::wire {

qint64 startInOwnGroup(QProcess& process, const std::vector<std::string>& arguments,
                       const std::map<std::string, std::string>& environment)
{
    // Only async-signal-safe calls: this runs between fork and exec.
    process.setChildProcessModifier([parent = ::getpid()] {
        setsid();
        // What nobody hears any more must not go on acting; dead before this line counts, too.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(127);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
    });
    QProcessEnvironment given;
    for (const auto& [name, value] : environment) given.insert(QString::fromStdString(name), QString::fromStdString(value));
    // An empty environment would mean "inherit" to QProcess.
    if (given.isEmpty()) given.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    process.setProcessEnvironment(given);
    process.setWorkingDirectory(QStringLiteral("/"));
    QStringList rest;
    for (std::size_t i = 1; i < arguments.size(); ++i) rest.append(QString::fromStdString(arguments[i]));
    process.start(QString::fromStdString(arguments.front()), rest);
    return process.processId();
}

void signalGroup(qint64 group, int signal)
{
    if (group > 1) ::kill(-static_cast<pid_t>(group), signal);
}

}  // namespace handrail::wire
