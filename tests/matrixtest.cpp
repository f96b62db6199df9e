#include <QTemporaryDir>
#include <QTest>

#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#include "tests/support/stage.h"
#endif

using namespace handrail;
using namespace handrailtest;

/// Condition by effect by number of failures, through the real driver, store and tools: what leaves, with
/// which key, and how the run ends. What is expected is told here by its own small reading of the
/// handbook's table, not by the table of the program.
class MatrixTest : public QObject {
    Q_OBJECT

    /// What the handbook says of one kind of call: N no, R retry, O once, U unknown, H it happened, S stop.
    struct Condition {
        const char* code;
        const char* phase;  ///< "" when an HTTP reply came
        int status;
        const char* body;
        char read, keyed, unkeyed;
    };
    static std::vector<Condition> conditions()
    {
        std::vector<Condition> all = {
            {"T101", "not_sent", 0, "", 'N', 'N', 'N'},   {"T102", "not_sent", 0, "", 'R', 'R', 'R'},
            {"T103", "not_sent", 0, "", 'R', 'R', 'R'},   {"T104", "not_sent", 0, "", 'R', 'R', 'R'},
            {"T105", "not_sent", 0, "", 'N', 'N', 'N'},   {"T106", "not_sent", 0, "", 'R', 'R', 'R'},
            {"T107", "not_sent", 0, "", 'R', 'R', 'R'},   {"T108", "maybe_sent", 0, "", 'R', 'R', 'U'},
            {"T109", "maybe_sent", 0, "", 'R', 'R', 'U'}, {"T110", "maybe_sent", 0, "", 'R', 'R', 'U'},
            {"T111", "maybe_sent", 0, "", 'N', 'H', 'H'}, {"T112", "maybe_sent", 0, "", 'N', 'U', 'U'},
            {"T202", "", 202, "{}", 'N', 'P', 'P'},       {"T206", "", 206, "{}", 'N', 'P', 'P'},
            {"T409i", "", 409, "{\"error\": {\"code\": \"idempotency_key_in_use\"}}", 'N', 'R', 'N'},
            {"T422k", "", 422, "{\"error\": {\"code\": \"idempotency_key_reused\"}}", 'N', 'S', 'S'},
            {"T429q", "", 429, "{\"error\": {\"code\": \"insufficient_quota\"}}", 'N', 'N', 'N'},
            {"T606", "", 200, "{\"error\": \"no\"}", 'N', 'N', 'N'},
            {"T606 with a 503 inside", "", 200, "{\"error\": {\"status\": 503}}", 'R', 'N', 'N'},
            {"T601", "", 200, "[1]", 'O', 'H', 'H'},      {"T603", "", 200, "", 'O', 'H', 'H'},
            {"T401", "", 401, "{}", 'O', 'O', 'O'},       {"T408", "", 408, "{}", 'R', 'R', 'U'},
            {"T425", "", 425, "{}", 'O', 'R', 'R'},       {"T429", "", 429, "{}", 'R', 'R', 'R'},
        };
        const auto add = [&](int status, char read, char keyed, char unkeyed) { all.push_back({"", "", status, "{}", read, keyed, unkeyed}); };
        for (const int status : {400, 402, 403, 405, 406, 407, 409, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 426, 428, 431, 451}) add(status, 'N', 'N', 'N');
        for (const int status : {404, 410}) add(status, 'B', 'N', 'N');
        for (const int status : {500, 502, 503, 504, 507, 520, 521, 522, 523, 524, 529}) add(status, 'R', 'R', 'U');
        for (const int status : {501, 505, 506, 508, 510, 511}) add(status, 'N', 'N', 'N');
        return all;
    }

    enum class Reader { None, Finds, FindsNothing, Fails };
    struct Column {
        const char* name;
        const char* effect;
        Reader reader;
    };
    static std::vector<Column> columns()
    {
        return {{"read", "read", Reader::None},
                {"keyed", "write_keyed", Reader::None},
                {"keyed, read back", "write_keyed", Reader::Finds},
                {"blind", "write_blind", Reader::None},
                {"verifiable, found", "write_verifiable", Reader::Finds},
                {"verifiable, absent", "write_verifiable", Reader::FindsNothing},
                {"verifiable, reader down", "write_verifiable", Reader::Fails}};
    }

    struct Expected {
        int sent = 0;
        QString state;
        bool unknown = false;
    };
    /// The handbook, read cell by cell: the call fails `failures` times in the same way, then works.
    static Expected expect(const Condition& condition, const Column& column, int failures)
    {
        const QString effect = QString::fromLatin1(column.effect);
        const bool isKeyed = effect == u"write_keyed"_qs;
        const char cell = effect == u"read"_qs ? condition.read : isKeyed ? condition.keyed : condition.unkeyed;
        // A key that is in flight is at work somewhere, so what came of it is open.
        const bool isInFlight = isKeyed && QByteArray(condition.code) == "T409i";
        const bool hurts = isInFlight || (effect != u"read"_qs && QByteArray("UHP").contains(condition.unkeyed));
        bool isResent = false;
        bool inDoubt = false;
        for (int sent = 1;; ++sent) {
            if (sent > failures) return {sent, u"completed"_qs, false};
            if (cell == 'B') return {sent, u"failed"_qs, false};
            inDoubt = inDoubt || hurts;
            const int most = cell == 'O' ? 2 : 3;
            if ((cell == 'R' || cell == 'O') && sent < most) continue;
            if (!inDoubt) return {sent, u"escalated"_qs, false};
            if (column.reader == Reader::Finds) return {sent, u"completed"_qs, false};
            // Proven absent once, and only where the reply left it open: one resend.
            const bool mayResend = column.reader == Reader::FindsNothing && !isResent && cell != 'H' && cell != 'P';
            if (!mayResend) return {sent, u"escalated"_qs, true};
            isResent = true;
            inDoubt = false;
        }
    }

    class MatrixWire : public wire::Wire {
    public:
        wire::Call* http(const wire::HttpRequest& request, QObject* parent) override
        {
            auto* call = new wire::Call(parent);
            wire::Reply reply;
            reply.phase = wire::SendPhase::Answered;
            reply.status = 200;
            if (request.url.ends_with("/look")) {
                reply.body = reader == Reader::Finds ? "[1]" : "[]";
                if (reader == Reader::Fails) reply.status = 403;
            } else if (requests.push_back(request); static_cast<int>(requests.size()) > failures) {
                reply.body = "{\"id\": 1}";
            } else {
                reply = failing;
            }
            QMetaObject::invokeMethod(call, [call, reply] { Q_EMIT call->finished(reply); }, Qt::QueuedConnection);
            return call;
        }
        wire::Call* command(const wire::CommandRequest&, QObject* parent) override { return new wire::Call(parent); }
        wire::Call* mail(const wire::MailRequest&, QObject* parent) override { return new wire::Call(parent); }

        Reader reader = Reader::None;
        wire::Reply failing;
        int failures = 0;
        std::vector<wire::HttpRequest> requests;
    };

    static QString desk(const Column& column, int cell)
    {
        const QString verify = column.reader == Reader::None
            ? QString()
            : q(R"(, "verify": {"tool": "look", "with": {}, "happened_if": {"type": "array", "minItems": 1}, "settle_s": 2})");
        const QString result = q(R"(, "result": {"type": "object", "required": ["id"]})");
        const bool isRead = QByteArray(column.effect) == "read";
        const QString tool = isRead ? readTool(u"call"_qs, result) : writeTool(u"call"_qs, QString::fromLatin1(column.effect), verify + result);
        // A host of its own for each cell: another test is about what many failures of one host do.
        return agent(tool + u","_qs + readTool(u"look"_qs), step(u"a"_qs, u"call"_qs, QStringLiteral("{\"cell\": %1}").arg(cell)),
                     q(R"("limits": {"run_s": 100000, "step_s": 10000}, )"))
            .replace(u"http://127.0.0.1:1"_qs, QStringLiteral("http://127.0.0.1:%1").arg(1 + cell));
    }
    static QStringList keysOf(const std::vector<wire::HttpRequest>& requests)
    {
        QStringList keys;
        for (const auto& request : requests) {
            for (const auto& [name, value] : request.headers) {
                if (name == "Idempotency-Key") keys.append(QString::fromStdString(value));
            }
        }
        return keys;
    }

    QTemporaryDir dir_;
    MatrixWire wire_;
    std::unique_ptr<Stage> stage_;
    int cells_ = 0;

    QString runToItsStop(const QString& text, RunId& run)
    {
        run = stage_->start(text);
        QString state;
        stage_->driver->whenStopped(run, [&](Outcome<RunSummary> outcome) { state = QString::fromStdString(word(outcome->status)); });
        for (int i = 0; i < 4000 && state.isEmpty(); ++i) {
            QCoreApplication::processEvents();
            if (i % 8 == 7) stage_->clock.at += 1'000;
            stage_->driver->turn();
        }
        return state;
    }

private slots:
    void initTestCase()
    {
        qRegisterMetaType<wire::Reply>();
        stage_ = std::make_unique<Stage>(dir_.filePath(u"store"_qs).toStdString(), &wire_);
    }

    void every_cell_sends_what_it_may_and_hides_no_doubt_data()
    {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < conditions().size(); ++i) {
            const auto condition = conditions()[i];
            QTest::addRow("%s%d", condition.code, condition.status) << static_cast<int>(i);
        }
    }
    void every_cell_sends_what_it_may_and_hides_no_doubt()
    {
        QFETCH(int, row);
        const Condition condition = conditions()[static_cast<std::size_t>(row)];
        for (const auto& column : columns()) {
            for (int failures = 1; failures <= 4; ++failures) {
                wire_.requests.clear();
                wire_.reader = column.reader;
                wire_.failures = failures;
                wire_.failing = {};
                wire_.failing.status = condition.status;
                wire_.failing.body = condition.body;
                wire_.failing.phase = QByteArray(condition.phase) == "not_sent" ? wire::SendPhase::NotSent
                                      : *condition.phase                        ? wire::SendPhase::MaybeSent
                                                                                : wire::SendPhase::Answered;
                if (*condition.phase) wire_.failing.code = condition.code;
                RunId run;
                const QString state = runToItsStop(desk(column, ++cells_), run);
                const Expected expected = expect(condition, column, failures);
                const QString lines = QStringLiteral("%1, %2 failures\n").arg(QString::fromLatin1(column.name)).arg(failures) + stage_->readable(run).join(u'\n');
                const auto told = qPrintable(lines);
                QVERIFY2(state == expected.state, told);
                QVERIFY2(static_cast<int>(wire_.requests.size()) == expected.sent, told);
                const auto row_ = stage_->store->run(run);
                const bool isDoubt = (*row_)->summary.error && (*row_)->summary.error->code == "W114";
                QVERIFY2(isDoubt == expected.unknown, told);
                // What the wire saw is what the journal says, and one intent has one key.
                QVERIFY2(stage_->readable(run).filter(u"dispatched a"_qs).filter(u"purpose=act"_qs).size() == expected.sent, told);
                QStringList keys = keysOf(wire_.requests);
                QVERIFY2(QByteArray(column.effect) != "write_keyed" || keys.size() == expected.sent, told);
                keys.removeDuplicates();
                QVERIFY2(keys.size() <= 1, told);
                QVERIFY2(lines.contains(u"X000"_qs) == false, told);
            }
        }
    }

    void cleanupTestCase() { QVERIFY2(cells_ >= 1'600, qPrintable(QStringLiteral("%1 cells").arg(cells_))); }
};

QTEST_GUILESS_MAIN(MatrixTest)
#include "matrixtest.moc"
