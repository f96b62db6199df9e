#include <QElapsedTimer>
#include <QTest>

#include <random>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/paperworld.h"
#include "tests/support/tallied.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Random schedules of failures, crashes, waits and decisions, through the pure core. What breaks the
/// promise is made as short as it can be and printed, and every run is replayed from its journal alone.
/// HANDRAIL_SCHEDULES says how many, HANDRAIL_SEED where.
class SchedulesTest : public QObject {
    Q_OBJECT

    static QStringList desks()
    {
        const QString verify = q(R"(, "verify": {"tool": "look", "with": {}, "happened_if": {"type": "array", "minItems": 1}, "settle_s": 4})");
        const QString undo = q(R"(, "undo": {"tool": "take_back", "with": {"of": "${params.text}"}, "within_s": 36000})");
        const QString gate = q(R"(, "gate": "payment", "before": {"tool": "look", "with": {}, "unchanged": ["/total"]})");
        const QString limits = q(R"("limits": {"run_s": 7200, "step_s": 600, "age_s": 200000}, "approvals": {"decide_s": 3000, "execute_s": 300}, )");
        const QString helpers = readTool(u"look"_qs) + u","_qs + writeTool(u"take_back"_qs, u"write_keyed"_qs);
        QStringList all;
        for (const auto* effect : {"write_keyed", "write_blind", "write_verifiable"}) {
            for (const bool isGated : {false, true}) {
                for (const bool isCritical : {false, true}) {
                    const QString kind = QString::fromLatin1(effect);
                    const QString more = (kind == u"write_verifiable"_qs ? verify : QString()) + undo + (isGated ? gate : QString()) +
                                         (isCritical ? q(R"(, "critical": true)") : QString()) + q(R"(, "key_lifetime_s": 900)");
                    const QString second = writeTool(u"other"_qs, u"write_blind"_qs, undo);
                    all.append(agent(helpers + u","_qs + writeTool(u"act"_qs, kind, more) + u","_qs + second,
                                     step(u"one"_qs, u"act"_qs, q(R"({"text": "a"})")) + u","_qs + step(u"read"_qs, u"look"_qs) + u","_qs +
                                         step(u"two"_qs, u"other"_qs, q(R"({"text": "b"})")), limits));
                }
            }
        }
        // A list of records, with its test record and its second yes.
        all.append(agent(helpers + u","_qs + writeTool(u"act"_qs, u"write_blind"_qs, q(R"(, "gate": "delete_user", "each": {"at": "/ids", "as": "id"})")),
                         step(u"one"_qs, u"act"_qs, q(R"({"ids": [1, 2, 3, 4]})")), limits + q(R"("scope": {"records": 2}, )")));
        return all;
    }

    static std::vector<std::string> play(const QString& desk, const std::vector<std::uint8_t>& bytes, QStringList* lines = nullptr, Tallied* tallied = nullptr)
    {
        PaperWorld paper(desk, Choices(bytes));
        paper.play();
        if (tallied) tallied->add(paper.run);
        if (lines) {
            *lines = paper.run.lines();
            for (int i = 0; i < lines->size(); ++i) (*lines)[i].prepend(QString::number(paper.run.journal[static_cast<std::size_t>(i)].time / 1000) + u" s: "_qs);
        }
        return paper.world.wrong;
    }

    /// Takes bytes away and makes them small, as long as something is still wrong.
    static std::vector<std::uint8_t> shrunk(const QString& desk, std::vector<std::uint8_t> bytes)
    {
        for (std::size_t chunk = bytes.size() / 2; chunk > 0; chunk /= 2) {
            for (std::size_t at = 0; at + chunk <= bytes.size();) {
                auto fewer = bytes;
                fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at), fewer.begin() + static_cast<std::ptrdiff_t>(at + chunk));
                if (!play(desk, fewer).empty()) bytes = fewer;
                else at += chunk;
            }
        }
        for (auto& byte : bytes) {
            const auto was = std::exchange(byte, std::uint8_t(0));
            if (play(desk, bytes).empty()) byte = was;
        }
        return bytes;
    }

private slots:
    void no_schedule_breaks_the_promise()
    {
        const int given = qEnvironmentVariableIntValue("HANDRAIL_SCHEDULES");
        const int schedules = given > 0 ? given : 6'000;
        const auto all = desks();
        Tallied tallied;
        std::mt19937_64 random(static_cast<std::uint64_t>(qEnvironmentVariableIntValue("HANDRAIL_SEED")) + 1);
        for (int i = 0; i < schedules; ++i) {
            const QString& desk = all[i % all.size()];
            std::vector<std::uint8_t> bytes(20 + random() % 200);
            for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
            if (play(desk, bytes, nullptr, &tallied).empty()) continue;
            bytes = shrunk(desk, bytes);
            QStringList lines;
            const auto wrong = play(desk, bytes, &lines);
            QFAIL(qPrintable(QStringLiteral("schedule %1, desk %2: %3\n%4").arg(i).arg(i % all.size()).arg(QString::fromStdString(wrong.front()), lines.join(u'\n'))));
        }
        tallied.tell();
    }
};

QTEST_GUILESS_MAIN(SchedulesTest)
#include "schedulestest.moc"
