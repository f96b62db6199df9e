#include <QTest>

#include <algorithm>
#include <set>

#include "agentcore/failure.h"

using namespace handrail;

class FailureTest : public QObject {
    Q_OBJECT
private slots:
    void every_code_speaks_plainly()
    {
        std::set<std::string> sentences;
        std::set<Code> codes;
        for (const auto& code : allCodes()) {
            const CodeInfo info = codeInfo(code);
            QCOMPARE(info.code, code);
            QVERIFY2(codes.insert(code).second, code.c_str());
            QVERIFY2(!info.title.empty() && info.title.size() <= 40, code.c_str());
            QVERIFY2(info.sentence.ends_with('.'), code.c_str());
            QVERIFY2(info.nextStep.ends_with('.'), code.c_str());
            QVERIFY2(sentences.insert(info.sentence).second, code.c_str());
        }
    }

    void every_family_is_complete_data()
    {
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        QTest::addColumn<int>("left_out");
        QTest::newRow("transport") << "T" << 101 << 112 << 0;
        QTest::newRow("http statuses") << "T" << 400 << 599 << 0;
        QTest::newRow("content") << "T" << 601 << 611 << 0;
        QTest::newRow("database") << "T" << 701 << 705 << 0;
        QTest::newRow("model") << "M" << 101 << 112 << 111;
        QTest::newRow("workflow") << "W" << 101 << 116 << 0;
        QTest::newRow("user data") << "U" << 101 << 110 << 0;
        QTest::newRow("approval") << "A" << 101 << 110 << 0;
        QTest::newRow("runtime") << "R" << 101 << 107 << 0;
    }
    void every_family_is_complete()
    {
        QFETCH(QString, prefix);
        QFETCH(int, first);
        QFETCH(int, last);
        QFETCH(int, left_out);
        const std::set<Code> listed(allCodes().begin(), allCodes().end());
        for (int number = first; number <= last; ++number) {
            const Code code = prefix.toStdString() + std::to_string(number);
            QVERIFY2(listed.contains(code) != (number == left_out), code.c_str());
        }
    }

    void suffixed_codes_stand_behind_their_status_data()
    {
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("suffixed");
        QTest::newRow("key in flight") << "T409" << "T409i";
        QTest::newRow("key reused") << "T422" << "T422k";
        QTest::newRow("quota gone") << "T429" << "T429q";
    }
    void suffixed_codes_stand_behind_their_status()
    {
        QFETCH(QString, status);
        QFETCH(QString, suffixed);
        const auto& codes = allCodes();
        const auto found = std::find(codes.begin(), codes.end(), status.toStdString());
        QVERIFY(found != codes.end() && found + 1 != codes.end());
        QCOMPARE(*(found + 1), suffixed.toStdString());
    }

    void an_unlisted_code_has_the_words_of_x000()
    {
        const CodeInfo unlisted = codeInfo("T999");
        QCOMPARE(unlisted.code, Code("T999"));
        QCOMPARE(unlisted.sentence, codeInfo("X000").sentence);
        QCOMPARE(unlisted.nextStep, codeInfo("X000").nextStep);
    }

    void a_failure_without_a_hint_gets_the_next_step()
    {
        QCOMPARE(failure("A110", "Rejected by anna.").hint, codeInfo("A110").nextStep);
        QCOMPARE(failure("A110", "Rejected by anna.", "", "Ask her.").hint, std::string("Ask her."));
    }
};

QTEST_GUILESS_MAIN(FailureTest)
#include "failuretest.moc"
