#include <QTest>

#include "agentcore/json.h"

using namespace handrail;

class JsonTest : public QObject {
    Q_OBJECT
private slots:
    void refuses_what_strict_json_must_not_have_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("where");
        QTest::newRow("duplicate key") << "{\"a\":1,\n \"a\":2}" << "U102" << "line 2, column 2";
        QTest::newRow("huge integer") << "{\"a\": 9007199254740993}" << "U102" << "line 1, column 7";
        QTest::newRow("integer beyond 64 bits") << "[18446744073709551999]" << "U102" << "line 1, column 2";
        QTest::newRow("infinite") << "[1e999]" << "U102" << "line 1, column 6";
        QTest::newRow("trailing text") << "{} x" << "U102" << "line 1, column 4";
        QTest::newRow("too deep") << QString(65, u'[') << "U109" << "line 1, column 65";
        QTest::newRow("empty") << "" << "U102" << "line 1, column 1";
    }
    void refuses_what_strict_json_must_not_have()
    {
        QFETCH(QString, text);
        QFETCH(QString, code);
        QFETCH(QString, where);
        const auto parsed = parseJson(text.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(QString::fromStdString(parsed.failure().code), code);
        QCOMPARE(QString::fromStdString(parsed.failure().where), where);
    }

    void says_where_every_value_stands()
    {
        Places places;
        const auto parsed = parseJson("{\n  \"a\": [1, {\"b\": true}],\n  \"é\": 2, \"x/y\": 3\n}", {}, places);
        QVERIFY(parsed.ok());
        QCOMPARE(places[""].line, 1);
        QCOMPARE(places["/a"].line, 2);
        QCOMPARE(places["/a"].column, 3);
        QCOMPARE(places["/a/0"].column, 9);
        QCOMPARE(places["/a/1/b"].column, 13);
        QCOMPARE(places["/x~1y"].line, 3);
        QCOMPARE(places["/x~1y"].column, 11);
    }

    void equal_values_have_one_canonical_text()
    {
        const auto left = parseJson("{\"b\": 1.0, \"a\": [true, 2.50, -0.0]}");
        const auto right = parseJson("{ \"a\":[true,2.5,0], \"b\":1}");
        QCOMPARE(canonical(left.value()), std::string("{\"a\":[true,2.5,0],\"b\":1}"));
        QCOMPARE(canonical(left.value()), canonical(right.value()));
    }

    void follows_pointers_and_names_absence()
    {
        const Json document = parseJson("{\"a/b\": {\"~\": [10, 20]}}").take();
        QCOMPARE(at(document, "/a~1b/~0/1")->get<int>(), 20);
        QVERIFY(at(document, "/a~1b/~0/2") == nullptr);
        QVERIFY(at(document, "/a~1b/~0/-1") == nullptr);
        QVERIFY(at(document, "") == &document);
    }

    void digests_as_the_standard_says()
    {
        QCOMPARE(sha256("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    void finds_the_nearest_name()
    {
        const std::vector<std::string> names{"timeout_s", "retry", "effect"};
        QCOMPARE(nearest("time_out_s", names).value_or(""), std::string("timeout_s"));
        QVERIFY(!nearest("colour", names));
    }
};

QTEST_GUILESS_MAIN(JsonTest)
#include "jsontest.moc"
