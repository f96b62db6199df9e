#include <csignal>

#include <QElapsedTimer>
#include <QMap>
#include <QProcess>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include "agentcore/reader.h"
#include "agentcore/wire/wire.h"
#include "tests/campaigns/killworker.h"

using namespace handrail;

/// A service that counts what it really does, forgets replies now and then, and knows its keys.
class CountingService : public QTcpServer {
    Q_OBJECT
public:
    explicit CountingService(QRandomGenerator& random) : random_(random)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket* socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }
    void begin()
    {
        effects.clear();
        keys_.clear();
        requests = 0;
    }

    QMap<QByteArray, int> effects;  ///< "keyed 7" -> times carried out
    int requests = 0;

private:
    void read(QTcpSocket* socket)
    {
        QByteArray seen = socket->property("seen").toByteArray() + socket->readAll();
        socket->setProperty("seen", seen);
        const auto end = seen.indexOf("\r\n\r\n");
        if (end < 0) return;
        const auto length = seen.indexOf("Content-Length: ");
        const qsizetype wanted = length >= 0 && length < end ? seen.mid(length + 16, seen.indexOf("\r\n", length) - length - 16).toLongLong() : 0;
        if (seen.size() < end + 4 + wanted) return;
        ++requests;
        const QByteArray path = seen.split(' ').value(1);
        const QByteArray reply = path.startsWith("/look/") ? looked(path.mid(6)) : written(path.mid(1), seen, seen.mid(end + 4));
        // Done, but nobody is told.
        if (random_.bounded(12) == 0) return socket->abort();
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(reply.size()) + "\r\nConnection: close\r\n\r\n" + reply);
        socket->disconnectFromHost();
    }
    QByteArray looked(const QByteArray& id) const { return effects.value("verifiable " + id) > 0 ? "[1]" : "[]"; }
    QByteArray written(const QByteArray& tool, const QByteArray& head, const QByteArray& body)
    {
        const QByteArray id = body.mid(body.indexOf(":\"") + 2).split('"').value(0);
        const auto at = head.indexOf("Idempotency-Key: ");
        const QByteArray key = at < 0 ? QByteArray() : head.mid(at + 17, head.indexOf("\r\n", at) - at - 17);
        const bool isKnown = !key.isEmpty() && keys_.contains(key);
        if (!isKnown) ++effects[tool + ' ' + id];
        if (!key.isEmpty()) keys_.insert(key, true);
        return "{\"id\":\"" + id + "\"}";
    }

    QRandomGenerator& random_;
    QMap<QByteArray, bool> keys_;
};

/// Kills the process at random moments, starts it again, and counts what the service has really done.
/// HANDRAIL_KILLS says how many kills, HANDRAIL_SEED which ones.
class KillCampaign : public QObject {
    Q_OBJECT

    QRandomGenerator random_{static_cast<quint32>(qEnvironmentVariableIntValue("HANDRAIL_SEED")) + 11};
    CountingService service_{random_};
    int kills_ = 0;
    int doubts_ = 0;
    int runs_ = 0;

    /// Starts the worker and either kills it at some moment or lets it come to its end.
    QString work(const QString& folder, int runs, const QString& plant, bool isToDie, QStringList& started)
    {
        QProcess worker;
        worker.start(QCoreApplication::applicationFilePath(),
                     {QStringLiteral("--worker"), folder, QString::number(service_.serverPort()), QString::number(runs), plant});
        QByteArray said;
        const int upTo = service_.requests + random_.bounded(1, 4 * std::max(1, runs) + 2);
        const int moment = random_.bounded(45);
        QElapsedTimer time;
        time.start();
        while (worker.state() != QProcess::NotRunning && time.elapsed() < 60'000) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 1);
            said += worker.readAllStandardOutput();
            const bool isTime = moment % 2 == 0 ? service_.requests >= upTo : time.elapsed() >= moment;
            if (isToDie && isTime) {
                worker.kill();  // SIGKILL, and nobody else where it has just ended by itself
                worker.waitForFinished();
                kills_ += worker.exitStatus() == QProcess::CrashExit;
                break;
            }
        }
        said += worker.readAllStandardOutput();
        for (const auto& line : said.split('\n')) {
            if (line.startsWith("started ")) started.append(QString::fromLatin1(line.mid(8)));
        }
        if (isToDie || said.contains("done")) return {};
        return QStringLiteral("the worker did not come to its end: ") + QString::fromUtf8(said);
    }

    /// A store, some runs, some kills; then what is true against what is said.
    QStringList oneStory(int runs, int kills, const QString& plant)
    {
        QTemporaryDir dir;
        const QString folder = dir.filePath(QStringLiteral("store"));
        service_.begin();
        QStringList started;
        for (int i = 0; i < kills; ++i) work(folder, i == 0 ? runs : 0, plant, true, started);
        if (const QString failed = work(folder, 0, plant, false, started); !failed.isEmpty()) return {failed};
        return judge(folder, started);
    }

    QStringList judge(const QString& folder, const QStringList& started)
    {
        QStringList wrong;
        const auto reader = openReader(folder.toStdString());
        if (!reader) return {QStringLiteral("the store cannot be read: ") + QString::fromStdString(reader.failure().message)};
        QMap<QByteArray, int> explained;
        const auto all = *(*reader)->runs(1000);
        for (const auto& summary : all) {
            const auto detail = *(*reader)->run(summary.id);
            const QByteArray id = QByteArray::fromStdString(textOf(detail->input, "id"));
            const QString name = QString::fromStdString(summary.id) + QStringLiteral(" ") + QString::fromStdString(word(summary.status));
            ++runs_;
            const bool isDoubt = summary.status == RunStatus::Escalated && summary.error && summary.error->code == "W114" && !summary.handoffs.empty();
            if (summary.status != RunStatus::Completed && !isDoubt) wrong.append(name + QStringLiteral(" is stranded"));
            doubts_ += isDoubt;
            for (const auto& step : detail->plan) {
                const QByteArray effect = QByteArray::fromStdString(step.tool) + ' ' + id;
                const int times = service_.effects.value(effect);
                ++explained[effect];
                const bool isDone = step.status == StepStatus::Done;
                const bool isUnknown = step.status == StepStatus::Unknown;
                if (times > 1) wrong.append(name + QStringLiteral(" did twice: ") + QString::fromLatin1(effect));
                if (isDone && times != 1) wrong.append(name + QStringLiteral(" says done, but it is not: ") + QString::fromLatin1(effect));
                if (!isDone && !isUnknown && times > 0) wrong.append(name + QStringLiteral(" hides that it did: ") + QString::fromLatin1(effect));
            }
        }
        for (const auto& id : started) {
            const bool isThere = std::any_of(all.begin(), all.end(), [&](const auto& run) { return run.id == id.toStdString(); });
            if (!isThere) wrong.append(QStringLiteral("acknowledged and lost: ") + id);
        }
        for (auto it = service_.effects.begin(); it != service_.effects.end(); ++it) {
            if (!explained.contains(it.key())) wrong.append(QStringLiteral("done, and no run knows of it: ") + QString::fromLatin1(it.key()));
        }
        return wrong;
    }

private slots:
    void nothing_is_lost_or_done_twice_wherever_the_process_dies()
    {
        const int given = qEnvironmentVariableIntValue("HANDRAIL_KILLS");
        const int kills = given > 0 ? given : 200;
        while (kills_ < kills) {
            const bool isMany = random_.bounded(3) == 0;
            const QStringList wrong = oneStory(isMany ? 32 : 1, random_.bounded(1, 5), {});
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("after %1 kills: ").arg(kills_) + wrong.join(u'\n')));
        }
        qInfo("%d kills, %d runs, %d doubts shown", kills_, runs_, doubts_);
        QVERIFY(doubts_ > 0);
    }

    /// A campaign that cannot find a defect proves nothing.
    void a_planted_defect_is_found_data()
    {
        QTest::addColumn<QString>("plant");
        QTest::newRow("what is said to be on disk is not") << QStringLiteral("late");
        QTest::newRow("each attempt has a key of its own") << QStringLiteral("newkey");
    }
    void a_planted_defect_is_found()
    {
        QFETCH(QString, plant);
        const int before = kills_;
        while (kills_ - before < 150) {
            if (oneStory(8, 2, plant).isEmpty()) continue;
            qInfo("found after %d kills", kills_ - before);
            return;
        }
        QFAIL("150 kills did not find it.");
    }
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    qRegisterMetaType<wire::Reply>();
    const QStringList words = application.arguments();
    if (words.value(1) == QStringLiteral("--worker")) return handrailtest::killWorker(words.mid(2));
    KillCampaign campaign;
    return QTest::qExec(&campaign, argc, argv);
}

#include "killcampaign.moc"
