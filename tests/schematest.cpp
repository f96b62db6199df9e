#include <QTest>

#include "agentcore/schema/schema.h"
#include "tests/support/rows.h"

using namespace handrail;
using schema::Schema;

namespace {

std::shared_ptr<const Schema> compiled(const Json& document) { return Schema::compile(document).take(); }

/// "at: keyword: message", one a line.
QString asText(const std::vector<schema::Mismatch>& mismatches)
{
    QString text;
    for (const auto& found : mismatches) {
        if (!text.isEmpty()) text += u'\n';
        text += QString::fromStdString(found.at + ": " + found.keyword + ": " + found.message);
    }
    return text;
}

/// {"not": {"not": … }} and the like: one member around another, many times.
Json nested(const char* member, int times)
{
    Json document = true;
    for (int i = 0; i < times; ++i) document = Json::object({{member, std::move(document)}});
    return document;
}

}  // namespace

class SchemaTest : public QObject {
    Q_OBJECT
private slots:
    void says_in_words_what_does_not_fit_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const char* schema, const char* value, const char* words) {
            QTest::newRow(name) << schema << value << words;
        };
        row("type", "{'type': 'string'}", "5", ": type: must be a string, but is a number");
        row("one of two types", "{'type': ['string', 'null']}", "[]", ": type: must be a string or null, but is an array");
        row("whole number", "{'type': 'integer'}", "1.5", ": type: must be a whole number, but is 1.5");
        row("nested place", "{'properties': {'a/b': {'items': {'type': 'boolean'}}}}", "{'a/b': [true, 0]}",
            "/a~1b/1: type: must be true or false, but is a number");
        row("member missing", "{'required': ['id']}", "{}", ": required: lacks the member \"id\"");
        row("member unknown", "{'properties': {'a': true}, 'additionalProperties': false}", "{'b': 1}",
            "/b: additionalProperties: is not a known member");
        row("constant", "{'const': 'refunded'}", "'open'", ": const: must be \"refunded\", but is \"open\"");
        row("choice", "{'enum': ['a', 1]}", "'b'", ": enum: must be one of \"a\", 1, but is \"b\"");
        row("too small", "{'minimum': 2}", "1.5", ": minimum: must be at least 2, but is 1.5");
        row("not above", "{'exclusiveMinimum': 0}", "0", ": exclusiveMinimum: must be above 0, but is 0");
        row("too short", "{'minLength': 2}", "'ü'", ": minLength: must have at least 2 characters, but has 1");
        row("pattern", "{'pattern': '^[0-9]{4}$'}", "'12'", ": pattern: must match the pattern ^[0-9]{4}$, but is \"12\"");
        row("line end is no end", "{'pattern': '^a$'}", "'a\\n'", ": pattern: must match the pattern ^a$, but is \"a\\n\"");
        row("format", "{'format': 'date'}", "'2026-02-30'",
            ": format: must be a date, like 2026-03-01, but is \"2026-02-30\"");
        row("too few elements", "{'minItems': 1}", "[]", ": minItems: must have at least 1 element, but has 0");
        row("twins", "{'uniqueItems': true}", "[1, {'a': 1}, {'a': 1.0}]",
            ": uniqueItems: must not hold the same element twice: {\"a\":1}");
        row("contains", "{'contains': {'const': 1}}", "[2]", ": contains: must have at least 1 fitting element, but has 0");
        row("no form fits", "{'anyOf': [{'type': 'null'}, {'type': 'string'}]}", "1", ": anyOf: fits none of the 2 allowed forms");
        row("two forms fit", "{'oneOf': [true, true]}", "1", ": oneOf: must fit exactly one of the 2 allowed forms, but fits 2");
        row("excluded form", "{'not': {'type': 'null'}}", "null", ": not: has just the form that is excluded here");
        row("dependent member", "{'dependentRequired': {'a': ['b']}}", "{'a': 1}",
            ": dependentRequired: lacks the member \"b\", which \"a\" asks for");
        row("member name", "{'propertyNames': {'maxLength': 1}}", "{'ab': 1}", "/ab: propertyNames: has a name that is not allowed");
        row("through a reference", "{'$defs': {'n': {'type': 'null'}}, 'properties': {'x': {'$ref': '#/$defs/n'}}}",
            "{'x': 1}", "/x: type: must be null, but is a number");
        row("unevaluated member", "{'allOf': [{'properties': {'a': true}}], 'unevaluatedProperties': false}",
            "{'a': 1, 'b': 2}", "/b: unevaluatedProperties: is not a known member");
        row("everything at once", "{'required': ['a'], 'properties': {'b': {'type': 'null'}}, 'maxProperties': 1}",
            "{'b': 1, 'c': 2}",
            ": maxProperties: must have at most 1 member, but has 2\n: required: lacks the member \"a\"\n"
            "/b: type: must be null, but is a number");
    }
    void says_in_words_what_does_not_fit()
    {
        QFETCH(QString, schema);
        QFETCH(QString, value);
        QFETCH(QString, words);
        const auto checker = compiled(json(schema));
        QCOMPARE(asText(checker->check(json(value))), words);
        QVERIFY(!checker->fits(json(value)));
    }

    void accepts_what_fits_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QString>("value");
        QTest::newRow("decimal multiple") << "{'multipleOf': 0.01}" << "0.07";
        QTest::newRow("large decimal multiple") << "{'multipleOf': 0.01}" << "4503599627370.49";
        QTest::newRow("whole number with a point") << "{'type': 'integer'}" << "3.0";
        QTest::newRow("equal numbers, written otherwise") << "{'enum': [1.0]}" << "1";
        QTest::newRow("unknown format") << "{'format': 'colour'}" << "'x'";
        QTest::newRow("draft 7 ignores what stands beside a reference")
            << "{'$schema': 'http://json-schema.org/draft-07/schema#', 'definitions': {'a': true},"
               " 'properties': {'x': {'$ref': '#/definitions/a', 'type': 'null'}}}"
            << "{'x': 1}";
        QTest::newRow("draft 7 tuple")
            << "{'$schema': 'http://json-schema.org/draft-07/schema#', 'items': [{'type': 'null'}]}" << "[null, 1]";
        QTest::newRow("recursive schema") << "{'properties': {'next': {'$ref': '#'}}, 'additionalProperties': false}"
                                          << "{'next': {'next': {}}}";
    }
    void accepts_what_fits()
    {
        QFETCH(QString, schema);
        QFETCH(QString, value);
        QCOMPARE(asText(compiled(json(schema))->check(json(value))), QString());
    }

    void refuses_a_schema_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QString>("where");
        QTest::newRow("no schema at all") << "5" << "";
        QTest::newRow("unknown version") << "{'$schema': 'http://example.com/mine'}" << "/$schema";
        QTest::newRow("dynamic reference") << "{'items': {'$dynamicRef': '#x'}}" << "/items/$dynamicRef";
        QTest::newRow("remote reference") << "{'$ref': 'https://example.com/s.json'}" << "/$ref";
        QTest::newRow("reference to a file") << "{'$ref': 'file:///etc/passwd'}" << "/$ref";
        QTest::newRow("reference to nothing") << "{'$ref': '#/$defs/x'}" << "/$ref";
        QTest::newRow("reference to itself") << "{'$ref': '#'}" << "";
        QTest::newRow("dynamic reference to itself") << "{'$dynamicAnchor': 'x', '$dynamicRef': '#x'}" << "";
        QTest::newRow("dynamic reference that is a number") << "{'$dynamicRef': 1}" << "/$dynamicRef";
        QTest::newRow("recursive reference of an older version") << "{'$recursiveRef': '#'}" << "/$recursiveRef";
        QTest::newRow("reference to somewhere else") << "{'$ref': 'https://elsewhere.example/a'}" << "/$ref";
        QTest::newRow("references in a ring")
            << "{'$defs': {'a': {'allOf': [{'$ref': '#/$defs/b'}]}, 'b': {'not': {'$ref': '#/$defs/a'}}}}" << "/$defs/a";
        QTest::newRow("type of no kind") << "{'properties': {'a': {'type': 'text'}}}" << "/properties/a/type";
        QTest::newRow("negative length") << "{'minLength': -1}" << "/minLength";
        QTest::newRow("limit that is a text") << "{'maximum': '5'}" << "/maximum";
        QTest::newRow("required that is no list") << "{'required': 'a'}" << "/required";
        QTest::newRow("broken pattern") << "{'pattern': '(['}" << "/pattern";
        QTest::newRow("pattern too long") << "{'pattern': '" + QString(5000, u'a') + "'}" << "/pattern";
        QTest::newRow("empty list of forms") << "{'anyOf': []}" << "/anyOf";
        QTest::newRow("two equal anchors") << "{'$defs': {'a': {'$anchor': 'x'}, 'b': {'$anchor': 'x'}}}" << "/$defs/b";
        QTest::newRow("properties that are a list") << "{'properties': []}" << "/properties";
        QTest::newRow("schema in a wrong place") << "{'properties': {'a': 1}}" << "/properties/a";
    }
    void refuses_a_schema()
    {
        QFETCH(QString, schema);
        QFETCH(QString, where);
        const auto outcome = Schema::compile(json(schema));
        QVERIFY(!outcome.ok());
        QCOMPARE(outcome.failure().code, Code("U102"));
        QVERIFY(outcome.failure().message.ends_with('.'));
        QCOMPARE(QString::fromStdString(outcome.failure().where), where);
    }

    void hostile_schemas_end_data()
    {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QString>("value");
        const QString letters(30, u'a');
        QTest::newRow("pattern that backtracks") << "{'pattern': '^(a+)+$'}" << "'" + letters + "!'";
        QTest::newRow("pattern that backtracks, denied") << "{'not': {'pattern': '^(a+)+$'}}" << "'" + letters + "!'";
        QTest::newRow("pattern that recurses") << "{'pattern': '^(?:a(?R)?|b)+$'}" << "'" + QString(200000, u'a') + "'";
        QString doubling = "{'$defs': {'a0': {'type': 'null'}";
        for (int i = 1; i < 60; ++i) {
            doubling += QString(", 'a%1': {'anyOf': [{'$ref': '#/$defs/a%2'}, {'$ref': '#/$defs/a%2'}]}").arg(i).arg(i - 1);
        }
        QTest::newRow("form that doubles at every step") << doubling + "}, '$ref': '#/$defs/a59'}" << "1";
        QString chain = "{'$defs': {'a0': {'type': 'null'}";
        for (int i = 1; i < 5000; ++i) chain += QString(", 'a%1': {'$ref': '#/$defs/a%2'}").arg(i).arg(i - 1);
        QTest::newRow("chain of 5,000 references") << chain + "}, '$ref': '#/$defs/a4999'}" << "null";
    }
    void hostile_schemas_end()
    {
        QFETCH(QString, schema);
        QFETCH(QString, value);
        const auto checker = compiled(json(schema));
        const auto mismatches = checker->check(json(value));
        QCOMPARE(mismatches.size(), std::size_t(1));
        QCOMPARE(mismatches.front().keyword, std::string("limit"));
        QVERIFY(!checker->fits(json(value)));
    }

    void a_ring_that_closes_only_at_run_time_ends()
    {
        // Where it leads by itself there is no ring; what stands around it makes one.
        const auto checker = compiled(json("{'$id': 'https://a.example/outer', '$dynamicAnchor': 'x', '$ref': 'inner',"
                                           " '$defs': {'inner': {'$id': 'inner', 'allOf': [{'$dynamicRef': '#x'}], '$defs': {'x': {'$dynamicAnchor': 'x'}}}}}"));
        const auto mismatches = checker->check(json("1"));
        QCOMPARE(mismatches.size(), std::size_t(1));
        QCOMPARE(mismatches.front().keyword, std::string("limit"));
    }

    void documents_that_are_handed_in_are_read_and_bounded_too()
    {
        const Json schema = json("{'$ref': 'https://shop.example/order#/$defs/id'}");
        QVERIFY(!Schema::compile(schema).ok());
        handrail::schema::Library library{{"https://shop.example/order", json("{'$defs': {'id': {'type': 'integer'}}}")}};
        const auto checker = Schema::compile(schema, library).take();
        QVERIFY(checker->fits(5));
        QVERIFY(!checker->fits("5"));
        library["https://shop.example/order"] = nested("not", 5000);
        const auto refused = Schema::compile(schema, library);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.failure().code, Code("U102"));
        library["https://shop.example/order"] = json("{'$schema': 'https://nobody.example/knows', '$defs': {'id': true}}");
        QVERIFY(!Schema::compile(schema, library).ok());
    }

    void a_schema_can_be_held_against_the_published_form_of_schemas()
    {
        const auto checker = compiled(json("{'$ref': 'https://json-schema.org/draft/2020-12/schema'}"));
        QVERIFY(checker->fits(json("{'properties': {'a': {'minLength': 3}}}")));
        QVERIFY(!checker->fits(json("{'properties': {'a': {'minLength': -3}}}")));
        QVERIFY(!checker->fits(json("{'allOf': []}")));
    }

    void depth_is_bounded_in_schema_and_value()
    {
        QVERIFY(!Schema::compile(nested("not", 5000)).ok());
        QVERIFY(Schema::compile(nested("not", 100)).ok());
        const auto anything = compiled(true);
        QVERIFY(!anything->fits(nested("a", 5000)));
        QVERIFY(anything->fits(nested("a", 100)));
    }

    void tells_no_more_than_asked_for()
    {
        Json many = Json::array();
        for (int i = 0; i < 100; ++i) many.push_back("x");
        const auto checker = compiled(json("{'items': {'type': 'null'}}"));
        QCOMPARE(checker->check(many).size(), std::size_t(20));
        QCOMPARE(checker->check(many, 3).size(), std::size_t(3));
    }

    void names_the_member_that_is_meant()
    {
        const auto checker = compiled(json("{'required': ['id'], 'additionalProperties': false}"));
        const auto mismatches = checker->check(json("{'ID': 1}"));
        QCOMPARE(mismatches.size(), std::size_t(2));
        QCOMPARE(mismatches[0].member, std::string("id"));
        QCOMPARE(mismatches[1].member, std::string("ID"));
        QCOMPARE(mismatches[1].at, std::string("/ID"));
    }
};

QTEST_GUILESS_MAIN(SchemaTest)
#include "schematest.moc"
