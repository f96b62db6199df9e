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

constexpr std::array<Case, 11> cases{{
    {"order-status", R"({"order_id": "1042"})"},
    {"pay-invoice", R"({"invoice_id": "INV-2001"})"},
    {"refund-without-key", R"({"order_id": "1043"})"},
    {"refund-with-key", R"({"order_id": "1044"})"},
    {"search-orders", R"({"q": "Bluebird"})"},
    {"delete-test-users",
     R"({"domain": "test.example", "ids": ["501","502","503","504","505","506","507","508","509","510","511","512","513"]})"},
    {"change-note", R"({"note_id": "7", "text": "Call the buyer before Friday."})"},
    {"settle-complaint", R"({"order_id": "1045", "complaint": "It is a long story: the cup came broken, and I am not sure that you care."})"},
    {"settle-complaint", R"({"order_id": "1046", "complaint": "The box was empty. Please look again!"})"},
    {"quote-order", R"({"order_id": "1047"})"},
    {"order-status-drill", R"({"order_id": "1049"})"},
}};

constexpr int demoPort = 8791;  ///< that the bundled definitions name
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
    folder_ = folder;
    isEmptyStore_ = isEmptyStore;
    portFile_ = QDir(QString::fromStdString(folder)).filePath(QStringLiteral("shop.port"));
    connect(&shop_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error != QProcess::FailedToStart) return;
        poll_.stop();
        Q_EMIT failed(failure("U105", "The demo's shop could not be started: its program is missing.", {}, "Build or install handrail-demo-shop."));
    });
    shop_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    // Runs of an earlier day look for the shop where it was then.
    QFile earlier(portFile_);
    const int kept = earlier.open(QIODevice::ReadOnly) ? earlier.readAll().trimmed().toInt() : 0;
    startShop(kept > 0 && !isEmptyStore ? kept : demoPort);
}

void Demo::startShop(int port)
{
    const QString beside = QCoreApplication::applicationDirPath() + QStringLiteral("/handrail-demo-shop");
    const QString inBuild = QCoreApplication::applicationDirPath() + QStringLiteral("/demoshop/handrail-demo-shop");
    const QString books = QDir(QString::fromStdString(folder_)).filePath(QStringLiteral("shop.sqlite"));
    QFile::remove(portFile_);
    looks_ = 0;
    port_ = port;
    shop_.start(QFileInfo::exists(beside) ? beside : inBuild,
                {QStringLiteral("--port"), QString::number(port), QStringLiteral("--db"), books,
                 QStringLiteral("--port-file"), portFile_, QStringLiteral("--with-parent"), QStringLiteral("--demo")});
    poll_.start();
}

void Demo::lookForPort()
{
    QFile file(portFile_);
    if (file.open(QIODevice::ReadOnly)) {
        port_ = file.readAll().trimmed().toInt();
        poll_.stop();
        startRuns();
        return;
    }
    const bool isOver = shop_.state() == QProcess::NotRunning;
    if (++looks_ < mostLooks && !isOver) return;
    poll_.stop();
    // Somebody else has the usual port: any other will do for runs that are yet to begin.
    if (isOver && isEmptyStore_ && port_ == demoPort) return startShop(0);
    Q_EMIT failed(failure("R102", "The demo's shop did not start; its port " + std::to_string(port_) + " may be taken.", {},
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
    request.definition = demoDefinition(name).replace(QString::number(demoPort), QString::number(port_)).toStdString();
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
