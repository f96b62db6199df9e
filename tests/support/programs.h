#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "agentcore/json.h"

/// The real programs, as a person or a script would start them: `handrail` and the demo's shop.
namespace handrailtest {

using handrail::Json;

inline QString text(const Json& value) { return QString::fromStdString(handrail::dump(value)); }

struct Said {
    int exit = -1;
    bool crashed = false;
    Json out;        ///< the JSON document on standard output; null when there was none
    Json error;      ///< the member "error" on standard error
    QByteArray errors;
};

/// The shop on a free port, with books of its own.
class ShopProcess {
public:
    explicit ShopProcess(const QString& folder, const QStringList& more = {})
    {
        const QString portFile = folder + QStringLiteral("/port");
        books_ = folder + QStringLiteral("/shop.sqlite");
        process_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process_.start(QStringLiteral(SHOP_PROGRAM), QStringList{QStringLiteral("--port"), QStringLiteral("0"), QStringLiteral("--db"), books_,
                                                                 QStringLiteral("--port-file"), portFile, QStringLiteral("--with-parent")} + more);
        (void)QTest::qWaitFor([&] { return QFile::exists(portFile); }, 10'000);
        QFile file(portFile);
        if (file.open(QIODevice::ReadOnly)) port_ = file.readAll().trimmed().toInt();
    }
    ~ShopProcess()
    {
        process_.terminate();
        process_.waitForFinished(5000);
    }

    int port() const { return port_; }

    /// One value out of the shop's books: the truth.
    int count(const QString& query) const { return value(QStringLiteral("SELECT COUNT(*) FROM ") + query).toInt(); }
    QString value(const QString& query) const
    {
        QProcess sqlite;
        sqlite.start(QStringLiteral("sqlite3"), {QStringLiteral("-cmd"), QStringLiteral(".timeout 5000"), books_, query});
        sqlite.waitForFinished();
        return QString::fromUtf8(sqlite.readAllStandardOutput()).trimmed();
    }

private:
    QProcess process_;
    QString books_;
    int port_ = 0;
};

/// `handrail` with --json on one store, and the demo's agents pointed at a shop.
class Terminal {
public:
    Terminal(const QString& folder, int port) : folder_(folder), port_(port) {}

    QString store() const { return folder_ + QStringLiteral("/store"); }

    /// A bundled agent in a file of its own, with that shop's port; `edit` may change it.
    QString agent(const QString& name, const std::function<void(Json&)>& edit = {}) const
    {
        QFile bundled(QStringLiteral(SOURCE_DIR "/resources/demo/") + name + QStringLiteral(".json"));
        if (!bundled.open(QIODevice::ReadOnly)) qFatal("no such agent");
        QByteArray content = bundled.readAll();
        content.replace("127.0.0.1:8791", QByteArray("127.0.0.1:") + QByteArray::number(port_));
        Json document = handrail::parseJson(content.toStdString()).take();
        if (edit) edit(document);
        const QString path = folder_ + u'/' + name + QStringLiteral(".json");
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write");
        file.write(QByteArray::fromStdString(handrail::dump(document)));
        return path;
    }

    Said say(const QStringList& words, const QStringList& environment = {}) const
    {
        QProcess process;
        process.setProcessEnvironment(environmentWith(QStringList{QStringLiteral("XDG_STATE_HOME=") + folder_ + QStringLiteral("/state")} + environment));
        process.start(QStringLiteral(HANDRAIL_PROGRAM), words + QStringList{QStringLiteral("--json"), QStringLiteral("--store"), store()});
        process.waitForFinished(60'000);
        return saidBy(process);
    }

    Said run(const QString& path, const char* input, const QStringList& environment = {}) const
    {
        return say({QStringLiteral("run"), path, QStringLiteral("--input"), QString::fromUtf8(input)}, environment);
    }
    Said say(const char* words) const { return say(QString::fromUtf8(words).split(u' ')); }

    /// The id of the only open handoff.
    /// The only one of a run; what came up again over several runs has a ticket of no run beside it.
    QString handoff() const
    {
        QStringList ids;
        for (const auto& row : say("inbox").out) {
            if (!handrail::textOf(row, "run").empty()) ids.append(QString::fromStdString(handrail::textOf(row, "id")));
        }
        return ids.size() == 1 ? ids.first() : QString();
    }

    static Said saidBy(QProcess& process)
    {
        Said said;
        said.exit = process.exitCode();
        said.crashed = process.exitStatus() == QProcess::CrashExit;
        if (auto out = handrail::parseJson(process.readAllStandardOutput().toStdString(), {std::size_t(8) << 20, 200})) said.out = out.take();
        said.errors = process.readAllStandardError();
        if (auto errors = handrail::parseJson(said.errors.toStdString()); errors && errors->contains("error")) said.error = (*errors)["error"];
        return said;
    }

    static QProcessEnvironment environmentWith(const QStringList& more)
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("USER"), QStringLiteral("ann"));
        for (const auto& entry : more) environment.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
        return environment;
    }

private:
    QString folder_;
    int port_;
};

}  // namespace handrailtest
