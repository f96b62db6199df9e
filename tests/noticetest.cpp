#include <QTest>

#include "agentcore/watch/message.h"
#include "agentcore/watch/noticerules.h"
#ifndef Q_MOC_RUN  // moc loses count of the braces in raw literals
#include "tests/support/definitions.h"
#endif

using namespace handrail;
using namespace handrail::watch;
using handrailtest::q;

/// How often people are told, and what they then read.
class NoticeTest : public QObject {
    Q_OBJECT

    static Notice notice(const std::string& key, bool isCritical = false)
    {
        Notice notice;
        notice.key = key;
        notice.handoff = key + "-1";
        notice.title = "Title of " + key;
        notice.agent = "desk";
        notice.isCritical = isCritical;
        return notice;
    }
    static QString told(const std::vector<Notice>& notices)
    {
        QStringList words;
        for (const auto& one : notices) words.append(QString::fromStdString(word(one.about) + ":" + one.key + (one.times > 1 ? "x" + std::to_string(one.times) : "")));
        return words.join(u' ');
    }

private slots:
    void one_key_is_told_once_in_five_minutes()
    {
        NoticeRules rules;
        QCOMPARE(told(rules.admit({notice("a")}, 1'000, false)), u"handoff:a"_qs);
        QCOMPARE(told(rules.admit({notice("a")}, 2'000, false)), QString());
        QCOMPARE(told(rules.admit({notice("a"), notice("b")}, 300'999, false)), u"handoff:b"_qs);
        // Told again with how often it came up meanwhile.
        QCOMPARE(told(rules.admit({notice("a")}, 301'000, false)), u"handoff:ax3"_qs);
    }

    void more_than_a_few_at_once_are_told_as_one()
    {
        NoticeRules rules;
        const auto few = rules.admit({notice("a"), notice("b"), notice("c"), notice("d"), notice("e", true)}, 1, false);
        QCOMPARE(told(few), u"handoff:e group:"_qs);
        QCOMPARE(few.back().title, std::string("4 things need a person"));
        QVERIFY(few.back().text.find("- Title of d (d-1)") != std::string::npos);
    }

    void ten_thousand_failures_in_a_minute_are_at_most_twenty_notices_data()
    {
        QTest::addColumn<int>("looks");
        QTest::addColumn<int>("criticalEvery");
        QTest::newRow("all at once") << 1 << 0;
        QTest::newRow("in a hundred looks") << 100 << 0;
        QTest::newRow("each in a look of its own") << 10'000 << 0;
        QTest::newRow("every tenth critical") << 1'000 << 10;
        QTest::newRow("all of them critical") << 1'000 << 1;
    }
    void ten_thousand_failures_in_a_minute_are_at_most_twenty_notices()
    {
        QFETCH(int, looks);
        QFETCH(int, criticalEvery);
        NoticeRules rules;
        std::vector<Notice> all;
        Millis now = 1'000'000;
        int made = 0;
        for (int look = 0; look < looks; ++look) {
            std::vector<Notice> fresh;
            for (int i = 0; i < 10'000 / looks; ++i, ++made) fresh.push_back(notice("k" + std::to_string(made), criticalEvery > 0 && made % criticalEvery == 0));
            for (auto& one : rules.admit(std::move(fresh), now, false)) all.push_back(std::move(one));
            now += 59'000 / looks;
        }
        QVERIFY2(all.size() <= 20, qPrintable(told(all)));
        QCOMPARE(std::count_if(all.begin(), all.end(), [](const auto& one) { return one.about == Notice::About::Storm; }), 1);
        QVERIFY(rules.isStorm());
        // Over when a minute has brought no more than usual; then it is said, with how many were not told.
        QVERIFY(rules.due().has_value());
        const auto end = rules.admit({}, now + 60'001, false);
        QVERIFY(end.size() <= 2);  // critical ones that waited for room are told as one beside it
        QCOMPARE(end.front().about, Notice::About::Resolved);
        QVERIFY(!rules.isStorm());
        QCOMPARE(told(rules.admit({notice("later")}, now + 70'000, false)), u"handoff:later"_qs);
    }

    void critical_ones_stay_apart_in_a_storm()
    {
        NoticeRules rules;
        for (int i = 0; i < 30; ++i) rules.admit({notice("k" + std::to_string(i))}, i, false);
        QVERIFY(rules.isStorm());
        QCOMPARE(told(rules.admit({notice("usual"), notice("fire", true)}, 100, false)), u"handoff:fire"_qs);
    }

    void twenty_in_a_minute_are_no_storm_and_none_of_them_is_lost()
    {
        NoticeRules rules;
        std::size_t told = 0;
        for (int i = 0; i < 20; ++i) told += rules.admit({notice("k" + std::to_string(i))}, i * 1'000, false).size();
        QVERIFY(!rules.isStorm());
        QCOMPARE(told, std::size_t(12));
        // The others wait for room and are told as one.
        QCOMPARE(*rules.due(), Millis(60'000));
        const auto rest = rules.admit({}, 60'000, false);
        QCOMPARE(rest.size(), std::size_t(1));
        QCOMPARE(rest.front().title, std::string("8 things need a person"));
        QVERIFY(!rules.due().has_value());
    }

    void the_twenty_first_makes_a_storm()
    {
        NoticeRules rules;
        for (int i = 0; i < 20; ++i) rules.admit({notice("k" + std::to_string(i))}, i * 1'000, false);
        QCOMPARE(told(rules.admit({notice("one more")}, 20'000, false)), u"storm:storm"_qs);
    }

    void quiet_hours_hold_what_is_not_critical_until_they_end()
    {
        NoticeRules rules;
        QCOMPARE(told(rules.admit({notice("a"), notice("fire", true)}, 1'000, true)), u"handoff:fire"_qs);
        QCOMPARE(told(rules.admit({notice("b")}, 2'000, true)), QString());
        QVERIFY(rules.isHolding());
        const auto morning = rules.admit({}, 30'000'000, false);
        QCOMPARE(told(morning), u"group:"_qs);
        QCOMPARE(morning.front().title, std::string("2 things need a person since the quiet hours began"));
        QVERIFY(!rules.isHolding());
    }

    void quiet_hours_may_go_over_midnight_data()
    {
        QTest::addColumn<int>("minute");
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<bool>("isQuiet");
        QTest::newRow("before") << 1319 << 1320 << 420 << false;
        QTest::newRow("begin") << 1320 << 1320 << 420 << true;
        QTest::newRow("midnight") << 0 << 1320 << 420 << true;
        QTest::newRow("end") << 420 << 1320 << 420 << false;
        QTest::newRow("within a day") << 780 << 720 << 840 << true;
        QTest::newRow("no quiet hours") << 0 << 0 << 0 << false;
    }
    void quiet_hours_may_go_over_midnight()
    {
        QFETCH(int, minute);
        QFETCH(int, from);
        QFETCH(int, to);
        QTEST(isQuietAt(minute, from, to), "isQuiet");
    }

    void each_style_has_its_shape_and_no_markup_data()
    {
        QTest::addColumn<QByteArray>("style");
        QTest::addColumn<QByteArray>("pointer");
        QTest::newRow("plain") << QByteArray("plain") << QByteArray("/title");
        QTest::newRow("slack") << QByteArray("slack") << QByteArray("/blocks/0/text/text");
        QTest::newRow("teams") << QByteArray("teams") << QByteArray("/attachments/0/content/body/0/inlines/0/text");
    }
    void each_style_has_its_shape_and_no_markup()
    {
        QFETCH(QByteArray, style);
        QFETCH(QByteArray, pointer);
        Notice hostile = notice("k");
        hostile.title = "Pay <!channel> [free](http://evil.example) to \xE2\x80\xAE" "ACME?\nApproved: yes";
        hostile.text = "It said: Authorization: Bearer abcdefghijklmnop";
        const Json body = webhookBody(style.toStdString(), hostile);
        const Json* shown = at(body, pointer.toStdString());
        QVERIFY(shown && shown->is_string());
        const QString title = QString::fromStdString(shown->get<std::string>());
        // Hidden characters and a line break of the title's own are visible tags.
        QVERIFY(title.contains(u"⟨U+202E⟩"_qs) && title.contains(u"⟨U+000A⟩"_qs));
        const std::string whole = dump(body);
        QVERIFY(whole.find("abcdefghijklmnop") == std::string::npos);
        QVERIFY(whole.find("handrail show k-1") != std::string::npos);
        if (style == "slack") {
            QVERIFY(textOf(body, "text").find("&lt;!channel&gt;") != std::string::npos);
            QCOMPARE(textOf(*at(body, "/blocks/0/text"), "type"), std::string("plain_text"));
        }
        if (style == "teams") QCOMPARE(textOf(*at(body, "/attachments/0/content/body/0/inlines/0"), "type"), std::string("TextRun"));
    }

    void nothing_in_a_message_decides_anything()
    {
        for (const char* style : {"plain", "slack", "teams"}) {
            const std::string body = dump(webhookBody(style, notice("k")));
            for (const char* word : {"approve", "Action.", "\"actions\"", "button"}) QVERIFY2(body.find(word) == std::string::npos, word);
        }
    }

    void a_long_text_is_cut_at_a_whole_character()
    {
        Notice long_ = notice("k");
        long_.title = std::string(298, 'x') + "\xE2\x82\xAC\xE2\x82\xAC";
        long_.text = std::string(100'000, 'y');
        const Json body = webhookBody("slack", long_);
        QVERIFY(at(body, "/blocks/0/text/text")->get<std::string>().size() < 3'000);
        QVERIFY(textOf(body, "text").ends_with("x…"));
    }

    void a_mail_has_its_headers_and_a_text_that_any_server_carries()
    {
        Notice one = notice("k");
        one.title = "Zahlen: 1,240.00 € an Müller?\r\nBcc: eve@example.com";
        one.at = 1'764'064'800'000;
        const std::string mail = mailText(one, "handrail@example.com", {"a@example.com", "b@example.com"}, "id1");
        const auto end = mail.find("\r\n\r\n");
        const QByteArray head = QByteArray::fromStdString(mail.substr(0, end));
        QVERIFY(head.startsWith("Date: Tue, 25 Nov 2025 10:00:00 +0000\r\n"));
        QVERIFY(head.contains("\r\nTo: a@example.com, b@example.com\r\n"));
        QVERIFY(head.contains("\r\nMessage-ID: <id1@example.com>\r\n"));
        QVERIFY(!head.contains("Bcc"));
        for (const auto& line : QByteArray::fromStdString(mail).split('\n')) {
            QVERIFY(line.size() <= 79);
            for (const char c : line) QVERIFY(static_cast<unsigned char>(c) < 0x80);
        }
        const QByteArray text = QByteArray::fromBase64(QByteArray::fromStdString(mail.substr(end)).replace("\r\n", ""));
        QVERIFY(text.contains(q("1,240.00 € an Müller?⟨U+000D⟩⟨U+000A⟩Bcc").toUtf8()));
        QVERIFY(text.contains("handrail show k-1"));
    }
};

QTEST_GUILESS_MAIN(NoticeTest)
#include "noticetest.moc"
