#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/programs.h"
#endif

using namespace handrailtest;

/// Kills `handrail` with SIGKILL before and after every flush to disk and every request, resumes, and
/// counts what the shop's own books hold.
class KillTest : public QObject {
    Q_OBJECT

    static constexpr int never = 60;  ///< more flushes or requests than any of these runs makes

    struct Result {
        int kills = 0;
        int doubts = 0;
        QStringList wrong;
    };

    /// One run killed at one point, resumed, and judged.
    static bool killOnce(const QString& at, const QString& agentName, const char* input, const QString& effect, bool mayDoubt, Result& result)
    {
        QTemporaryDir dir;
        ShopProcess shop(dir.path());
        Terminal terminal(dir.path(), shop.port());
        const QString path = terminal.agent(agentName);
        const auto said = terminal.run(path, input, {u"LD_PRELOAD="_qs + QStringLiteral(KILLAT_LIBRARY), u"KILL_AT="_qs + at});
        if (!said.crashed) return false;
        ++result.kills;
        for (int i = 0; i < 5 && terminal.say("resume").exit == 10; ++i) {}
        const auto runs = terminal.say("runs");
        const int effects = shop.count(effect);
        const std::string state = runs.out.empty() ? "none" : runs.out[0]["state"].get<std::string>();
        const bool isDoubt = state == "escalated" && terminal.say("inbox --kind unknown").out.size() == 1;
        result.doubts += isDoubt;
        const bool isNothing = state == "none" && effects == 0;
        const bool isDone = state == "completed" && effects == 1;
        const bool isShownDoubt = mayDoubt && isDoubt && effects <= 1;
        if (!isNothing && !isDone && !isShownDoubt) result.wrong.append(u"%1: %2 with %3 effects"_qs.arg(at, QString::fromStdString(state)).arg(effects));
        return true;
    }

private slots:
    void no_write_happens_twice_wherever_the_process_dies_data()
    {
        QTest::addColumn<QString>("agent");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QString>("effect");
        QTest::addColumn<bool>("mayDoubt");
        QTest::newRow("a keyed write settles itself") << u"refund-with-key"_qs << QByteArray("{\"order_id\": \"1049\"}") << u"refunds"_qs << false;
        QTest::newRow("a blind write may end in doubt") << u"refund-without-key"_qs << QByteArray("{\"order_id\": \"1047\"}") << u"refunds"_qs << true;
        QTest::newRow("a write that can be read back settles itself")
            << u"delete-test-users"_qs << QByteArray("{\"domain\": \"test.example\", \"ids\": [\"501\"]}") << u"users WHERE deleted = 1"_qs << false;
    }
    void no_write_happens_twice_wherever_the_process_dies()
    {
        QFETCH(QString, agent);
        QFETCH(QByteArray, input);
        QFETCH(QString, effect);
        QFETCH(bool, mayDoubt);
        Result result;
        for (const auto* what : {"sync", "send"}) {
            for (const auto* moment : {"before", "after"}) {
                for (int n = 1; n < never; ++n) {
                    const QString at = u"%1:%2:%3"_qs.arg(QString::fromLatin1(what)).arg(n).arg(QString::fromLatin1(moment));
                    if (!killOnce(at, agent, input.constData(), effect, mayDoubt, result)) break;
                }
            }
        }
        QVERIFY2(result.wrong.isEmpty(), qPrintable(result.wrong.join(u'\n')));
        QVERIFY2(result.kills >= 8, qPrintable(u"only %1 kills"_qs.arg(result.kills)));
        QCOMPARE(result.doubts > 0, mayDoubt);
        qInfo("%d kills, %d doubts shown", result.kills, result.doubts);
    }
};

QTEST_GUILESS_MAIN(KillTest)
#include "killtest.moc"
