#include <QTest>

#include "agentcore/definition/reference.h"
#include "tests/support/rows.h"

using namespace handrail;

namespace {

const Json* root(const std::string& name)
{
    static const Json roots = json(
        "{'input': {'order_id': '0042', 'n': null, 'a.b': 5}, 'params': {'id': 7}, 'result': {'id': 'r-1'},"
        " 'find': {'total': 12.50, 'paid': true, 'lines': [{'sku': 'A'}, {'sku': 'B'}], 'a/b': {'c': 1}}}");
    return at(roots, "/" + name);
}

}  // namespace

class ReferenceTest : public QObject {
    Q_OBJECT
private slots:
    void splits_root_and_pointer_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("root");
        QTest::addColumn<QString>("pointer");
        QTest::newRow("step result") << "${find.result.total}" << "find" << "/total";
        QTest::newRow("whole step result") << "${find.result}" << "find" << "";
        QTest::newRow("array index") << "${find.result.lines.0.sku}" << "find" << "/lines/0/sku";
        QTest::newRow("pointer form") << "${find.result#/a~1b/c}" << "find" << "/a~1b/c";
        QTest::newRow("input") << "${input.x.y}" << "input" << "/x/y";
        QTest::newRow("input by pointer") << "${input#/a.b}" << "input" << "/a.b";
        QTest::newRow("parameters") << "${params.id}" << "params" << "/id";
        QTest::newRow("own result") << "${result.id}" << "result" << "/id";
        QTest::newRow("tilde in a word") << "${input.a~b}" << "input" << "/a~0b";
    }
    void splits_root_and_pointer()
    {
        QFETCH(QString, text);
        QFETCH(QString, root);
        QFETCH(QString, pointer);
        const auto found = references(Json(text.toStdString()));
        QVERIFY(found.ok());
        QCOMPARE(found->size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(found->front().root), root);
        QCOMPARE(QString::fromStdString(found->front().pointer), pointer);
        QCOMPARE(QString::fromStdString(found->front().text), text);
    }

    void fills_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("filled");
        QTest::newRow("text keeps its type") << "'${input.order_id}'" << "'0042'";
        QTest::newRow("number keeps its type") << "'${find.result.total}'" << "12.5";
        QTest::newRow("truth keeps its type") << "'${find.result.paid}'" << "true";
        QTest::newRow("null keeps its type") << "'${input.n}'" << "null";
        QTest::newRow("object keeps its type") << "'${find.result.lines.1}'" << "{'sku':'B'}";
        QTest::newRow("text within text") << "'order:${input.order_id}!'" << "'order:0042!'";
        QTest::newRow("number within text") << "'${find.result.total} EUR'" << "'12.5 EUR'";
        QTest::newRow("two references") << "'${params.id}/${result.id}'" << "'7/r-1'";
        QTest::newRow("escaped") << "'costs $${input.order_id}'" << "'costs ${input.order_id}'";
        QTest::newRow("secret is left alone") << "'Bearer ${secret:env:T}'" << "'Bearer ${secret:env:T}'";
        QTest::newRow("lone dollars") << "'$5 and $$ {x}'" << "'$5 and $$ {x}'";
        QTest::newRow("nested") << "{'a': ['${params.id}', {'b': '${input.order_id}'}], 'c': 1}"
                                << "{'a':[7,{'b':'0042'}],'c':1}";
        QTest::newRow("member names are not filled") << "{'${params.id}': 1}" << "{'${params.id}':1}";
    }
    void fills()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, filled);
        const auto outcome = fill(json(pattern), root);
        QVERIFY(outcome.ok());
        QCOMPARE(QString::fromStdString(canonical(*outcome)), filled.replace(u'\'', u'"'));
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("names");
        QTest::addColumn<QString>("where");
        QTest::newRow("missing member") << "{'a': '${input.nobody}'}" << "U101" << "${input.nobody}" << "/a";
        QTest::newRow("missing root") << "['${later.result.x}']" << "U101" << "${later.result.x}" << "/0";
        QTest::newRow("missing within text") << "'x ${params.no}'" << "U101" << "${params.no}" << "";
        QTest::newRow("index past the end") << "'${find.result.lines.2}'" << "U101" << "lines.2" << "";
        QTest::newRow("object within text") << "'x ${find.result}'" << "U102" << "an object" << "";
        QTest::newRow("array within text") << "'x ${find.result.lines}'" << "U102" << "an array" << "";
        QTest::newRow("null within text") << "'x ${input.n}'" << "U102" << "null" << "";
        QTest::newRow("never closed") << "'${input.x'" << "U102" << "never closed" << "";
        QTest::newRow("empty") << "'${}'" << "U102" << "${}" << "";
        QTest::newRow("empty word") << "'${input..x}'" << "U102" << "${input..x}" << "";
        QTest::newRow("step without result") << "'${find.total}'" << "U102" << "find.result" << "";
        QTest::newRow("pointer without slash") << "'${input#a}'" << "U102" << "JSON Pointer" << "";
        QTest::newRow("space in the root") << "'${ input.x}'" << "U102" << "a name" << "";
    }
    void refuses()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, code);
        QFETCH(QString, names);
        QFETCH(QString, where);
        const auto outcome = fill(json(pattern), root);
        QVERIFY(!outcome.ok());
        QCOMPARE(QString::fromStdString(outcome.failure().code), code);
        QVERIFY(QString::fromStdString(outcome.failure().message).contains(names));
        QCOMPARE(QString::fromStdString(outcome.failure().where), where);
    }

    void lists_references_in_order()
    {
        const auto found = references(json("{'a': '${params.id} ${input.x}', 'b': ['${find.result}'], 'c': 3}"));
        QVERIFY(found.ok());
        QCOMPARE(found->size(), std::size_t(3));
        QCOMPARE(found->at(0).root, std::string("params"));
        QCOMPARE(found->at(1).root, std::string("input"));
        QCOMPARE(found->at(2).root, std::string("find"));
    }
};

QTEST_GUILESS_MAIN(ReferenceTest)
#include "referencetest.moc"
