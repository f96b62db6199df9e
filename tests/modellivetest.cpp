#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/modelservice.h"
#include "tests/support/programs.h"
#endif

using namespace handrailtest;

/// The demo's planning agent against a model service that others wrote (tests/mcp/package.json), over the real wire:
/// the same definition with other addresses, in both forms that services speak.
class ModelLiveTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<ShopProcess> shop_;
    std::unique_ptr<ModelService> service_;
    std::unique_ptr<Terminal> terminal_;

    /// A model of the service, in one of the two forms.
    Json model(const std::string& kind, const std::string& name) const
    {
        return {{"name", kind + "-" + name}, {"kind", kind}, {"url", service_->url() + (kind == "openai" ? "/v1" : "")}, {"allow_private", true},
                {"model", name}, {"timeout_s", 10}, {"simplified", false}};
    }
    Said settle(const Json& models) const
    {
        const auto agent = terminal_->agent(QStringLiteral("settle-complaint"), [&](Json& document) { document["planner"]["models"] = models; });
        return terminal_->run(agent, R"({"order_id": "1043", "complaint": "The parcel never came."})");
    }
    Json shown() const { return terminal_->say({QStringLiteral("show"), terminal_->handoff()}).out; }
    QStringList codes(const Said& said) const
    {
        QStringList list;
        for (const auto& line : terminal_->say({QStringLiteral("journal"), QString::fromStdString(said.out["id"].get<std::string>())}).out) {
            const auto code = QString::fromStdString(handrail::textOf(line, "code"));
            if (!code.isEmpty() && !list.contains(code)) list.append(code);
        }
        return list;
    }

private slots:
    void initTestCase() { needNpm(); }
    void init()
    {
        dir_ = std::make_unique<QTemporaryDir>();
        shop_ = std::make_unique<ShopProcess>(dir_->path());
        service_ = std::make_unique<ModelService>(dir_->path());
        QVERIFY(service_->isUp());
        terminal_ = std::make_unique<Terminal>(dir_->path(), shop_->port());
    }
    void cleanup()
    {
        service_.reset();
        shop_.reset();
        dir_.reset();
    }

    void a_run_is_planned_step_by_step_in_either_form_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("chat completions") << QStringLiteral("openai");
        QTest::newRow("messages") << QStringLiteral("anthropic");
    }
    void a_run_is_planned_step_by_step_in_either_form()
    {
        QFETCH(QString, kind);
        const auto said = settle(Json::array({model(kind.toStdString(), "steady")}));
        QCOMPARE(said.exit, 10);
        const Json handoff = shown();
        QCOMPARE(text(handoff["kind"]), QStringLiteral("\"approval\""));
        QCOMPARE(text(handoff["arguments"]["amount"]), QStringLiteral("\"86.40\""));
        QCOMPARE(shop_->count(QStringLiteral("refunds")), 0);
        QCOMPARE(terminal_->say({QStringLiteral("approve"), terminal_->handoff()}).exit, 0);
        const auto run = terminal_->say({QStringLiteral("show"), QString::fromStdString(said.out["id"].get<std::string>())}).out;
        QCOMPARE(text(run["state"]), QStringLiteral("\"completed\""));
        QVERIFY(text(run["result"]).contains(QStringLiteral("The buyer has the money back.")));
        QCOMPARE(shop_->value(QStringLiteral("SELECT amount FROM refunds")), QStringLiteral("86.40"));
        QCOMPARE(shop_->count(QStringLiteral("refunds")), 1);
    }

    void what_a_model_could_not_say_is_said_by_the_other_in_the_other_form_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("code");
        for (const char* kind : {"openai", "anthropic"}) {
            QTest::addRow("%s, overloaded", kind) << QString::fromLatin1(kind) << QStringLiteral("busy") << QStringLiteral("M112");
            QTest::addRow("%s, cut off", kind) << QString::fromLatin1(kind) << QStringLiteral("cut") << QStringLiteral("M102");
        }
        QTest::newRow("openai, no money left") << QStringLiteral("openai") << QStringLiteral("broke") << QStringLiteral("T429q");
    }
    void what_a_model_could_not_say_is_said_by_the_other_in_the_other_form()
    {
        QFETCH(QString, first);
        QFETCH(QString, name);
        QFETCH(QString, code);
        const std::string other = first == QStringLiteral("openai") ? "anthropic" : "openai";
        const auto said = settle(Json::array({model(first.toStdString(), name.toStdString()), model(other, "steady")}));
        QCOMPARE(said.exit, 10);
        QCOMPARE(text(shown()["model"]), u'"' + QString::fromStdString(other) + QStringLiteral("-steady\""));
        QVERIFY2(codes(said).contains(code), qPrintable(codes(said).join(u' ')));
        QCOMPARE(shop_->count(QStringLiteral("refunds")), 0);
    }
};

QTEST_GUILESS_MAIN(ModelLiveTest)
#include "modellivetest.moc"
