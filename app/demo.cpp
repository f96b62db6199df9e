#include "app/demo.h"

#include <array>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace handrail::app {
namespace {

struct Case {
    const char* agent;
    const char* input;
};

constexpr std::array<Case, 7> cases{{
    {"order-status", R"({"order_id": "1042"})"},
    {"pay-invoice", R"({"invoice_id": "INV-2001"})"},
    {"refund-without-key", R"({"order_id": "1043"})"},
    {"refund-with-key", R"({"order_id": "1044"})"},
    {"search-orders", R"({"q": "Bluebird"})"},
    {"delete-test-users",
     R"({"domain": "test.example", "ids": ["501","502","503","504","505","506","507","508","509","510","511","512","513"]})"},
    {"change-note", R"({"note_id": "7", "text": "Call the buyer before Friday."})"},
}};

constexpr int pollEvery = 50;
constexpr int mostLooks = 200;

}  // namespace

QString demoDefinition(const QString& name)
{
    QFile file(QStringLiteral(":/demo/") + name + QStringLiteral(".json"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

Demo::Demo(Runtime& runtime, QObject* parent) : QObject(parent), runtime_(runtime)
{
    poll_.setInterval(pollEvery);
    connect(&poll_, &QTimer::timeout, this, &Demo::lookForPort);
}

Demo::~Demo()
{
    shop_.disconnect(this);
    shop_.terminate();
    shop_.waitForFinished(2000);
}

void Demo::begin(const std::string& folder, bool isEmptyStore)
{
    isEmptyStore_ = isEmptyStore;
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/demoshop/handrail-demo-shop");
    const QString beside = QCoreApplication::applicationDirPath() + QStringLiteral("/handrail-demo-shop");
    const QDir home(QString::fromStdString(folder));
    portFile_ = home.filePath(QStringLiteral("shop.port"));
    QFile::remove(portFile_);
    connect(&shop_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart) return;
        Q_EMIT failed(failure("U105", "The demo's shop could not be started: its program is missing.", {}, "Build or install handrail-demo-shop."));
    });
    // Its port stays the same, so that runs of an earlier day find it again.
    shop_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    shop_.start(QFileInfo::exists(beside) ? beside : program,
                {QStringLiteral("--port"), QString::number(demoPort), QStringLiteral("--db"), home.filePath(QStringLiteral("shop.sqlite")),
                 QStringLiteral("--port-file"), portFile_, QStringLiteral("--with-parent"), QStringLiteral("--demo")});
    poll_.start();
}

void Demo::lookForPort()
{
    QFile file(portFile_);
    if (file.open(QIODevice::ReadOnly) && !file.readAll().trimmed().isEmpty()) {
        poll_.stop();
        startRuns();
        return;
    }
    const bool isOver = shop_.state() == QProcess::NotRunning && shop_.error() != QProcess::FailedToStart;
    if (++looks_ < mostLooks && !isOver) return;
    poll_.stop();
    Q_EMIT failed(failure("R102", "The demo's shop did not start; its port " + std::to_string(demoPort) + " may be taken.", {},
                          "End the program that uses that port, then start the demo again."));
}

void Demo::startRuns()
{
    if (isEmptyStore_) startRun(0);
    else Q_EMIT started();
}

void Demo::startRun(std::size_t index)
{
    if (index >= cases.size()) {
        Q_EMIT started();
        return;
    }
    const QString name = QString::fromLatin1(cases[index].agent);
    StartRequest request;
    request.definition = demoDefinition(name).toStdString();
    request.path = name.toStdString() + ".json";
    request.input = parseJson(cases[index].input).take();
    request.user = "demo";
    runtime_.start(request, this, [this, index](Outcome<RunId> run) {
        if (!run) {
            Q_EMIT failed(run.failure());
            return;
        }
        runs_.push_back(*run);
        startRun(index + 1);
    });
}

}  // namespace handrail::app
