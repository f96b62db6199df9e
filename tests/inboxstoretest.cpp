#include <random>

#include <QTemporaryDir>
#include <QTest>

#include "agentcore/store/folder.h"
#include "agentcore/store/rows.h"
#include "agentcore/store/sqlitestore.h"

using namespace handrail;
using namespace handrail::store;

/// The inbox as the store keeps it: order, pages, counts, search.
class InboxStoreTest : public QObject {
    Q_OBJECT

    QTemporaryDir dir_;
    std::string folder(const char* name) const { return dir_.filePath(QString::fromLatin1(name)).toStdString(); }

    static std::unique_ptr<Store> opened(const std::string& folder)
    {
        auto store = openStore(folder, {"a test", "store-1", {}, {}, false});
        if (!store) qFatal("%s", store.failure().message.c_str());
        return store.take();
    }

    static InboxRow handoff(const std::string& id, Risk risk = Risk::Low, Millis decideBy = 0, Millis created = 1)
    {
        InboxRow row;
        row.id = id;
        row.run = "r" + id;
        row.title = "Title 100% of " + id;
        row.risk = risk;
        row.decideBy = decideBy;
        row.created = created;
        return row;
    }

    static void commit(Store& store, std::vector<InboxRow> rows)
    {
        Batch batch;
        decide::Event event;
        event.time = 1000;
        event.run = "r";
        event.kind = decide::EventKind::RunStarted;
        event.data = {{"agent", "desk"}};
        batch.events.push_back(event);
        batch.handoffs = std::move(rows);
        QCOMPARE(store.commit(batch).how, Committed::Committed);
    }

    static QStringList idsOf(const std::vector<InboxRow>& rows)
    {
        QStringList ids;
        for (const auto& row : rows) ids.append(QString::fromStdString(row.id));
        return ids;
    }

    static QStringList found(const std::string& at, const std::string& search)
    {
        InboxFilter filter;
        filter.search = search;
        return idsOf(openReadStore(at).value()->inbox(filter).take());
    }

    /// As the index was before it took anything in, and after.
    static void indexNow(Store& store)
    {
        std::vector<InboxRow> others;
        for (int i = 0; i < 40; ++i) others.push_back(handoff("zz" + std::to_string(i)));
        commit(store, others);
        for (auto& row : others) row.state = HandoffState::Decided;
        commit(store, others);
        store.rest();
    }

    /// What the index has yet to take in.
    static int unindexed(const std::string& at) { return readUnindexed(*openReadDatabase(at).value()).value(); }

    struct Inbox {
        std::mt19937 random{20261126};
        std::map<HandoffId, InboxRow> rows;
        int next = 0;

        int any(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random); }

        InboxRow fresh()
        {
            static const char* const words[] = {"Pay", "ACME", "refund", "gateway", "Müller", "timed", "out", "order-17"};
            InboxRow row = handoff("h" + std::to_string(next), static_cast<Risk>(any(4)), any(3) ? 5'000 + any(50) : 0, next);
            ++next;
            row.title.clear();
            for (int i = 0; i < 4; ++i) row.title += std::string(words[any(8)]) + ' ';
            row.kind = static_cast<HandoffKind>(any(4));
            row.unknown = any(5) == 0;
            row.agent = any(2) ? "desk" : "Support";
            row.assignee = any(4) ? "" : "ann";
            row.snoozedUntil = any(6) ? 0 : 9'000;
            return row;
        }

        /// One row comes, or one that is there changes.
        InboxRow step()
        {
            InboxRow row = fresh();
            if (!rows.empty() && any(3) == 0) {
                auto other = std::next(rows.begin(), any(static_cast<int>(rows.size())))->second;
                other.state = any(3) ? HandoffState::Decided : HandoffState::Open;
                other.title = row.title;
                other.unknown = row.unknown;
                row = other;
            }
            rows[row.id] = row;
            return row;
        }

        std::vector<InboxRow> open() const
        {
            std::vector<InboxRow> left;
            for (const auto& [id, row] : rows) {
                if (row.state == HandoffState::Open) left.push_back(row);
            }
            return left;
        }
    };

    static bool begins(const InboxRow& row, const QString& word)
    {
        const QString text = QString::fromStdString(row.title + ' ' + row.id + ' ' + row.agent).toLower().replace(u'ü', u'u').replace(u'-', u' ');
        const auto words = text.split(u' ', Qt::SkipEmptyParts);
        return std::any_of(words.begin(), words.end(), [&](const QString& one) { return one.startsWith(word); });
    }

    static bool isBefore(const InboxRow& a, const InboxRow& b)
    {
        const auto key = [](const InboxRow& row) { return std::tuple(row.risk < Risk::Critical, row.decideBy == 0, row.decideBy, row.created, row.id); };
        return key(a) < key(b);
    }

private slots:
    void the_most_urgent_comes_first()
    {
        const auto at = folder("urgent");
        auto store = opened(at);
        auto decided = handoff("decided", Risk::Critical);
        decided.state = HandoffState::Decided;
        commit(*store, {handoff("old", Risk::High, 0, 1), handoff("late", Risk::Low, 900, 2), handoff("soon", Risk::Low, 500, 3), handoff("critical", Risk::Critical, 0, 4), decided});
        QCOMPARE(idsOf(openReadStore(at).value()->inbox({}).take()), QStringList({u"critical"_qs, u"soon"_qs, u"late"_qs, u"old"_qs}));
    }

    void what_a_person_types_is_text_not_a_pattern_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<int>("found");
        QTest::newRow("a word") << u"title"_qs << 1;
        QTest::newRow("the beginning of a word") << u"TIT"_qs << 1;
        QTest::newRow("the end of a word") << u"itle"_qs << 0;
        QTest::newRow("words in any order") << u"payments of 100"_qs << 1;
        QTest::newRow("a number with its sign") << u"100%"_qs << 1;
        QTest::newRow("an accent less") << u"muller"_qs << 1;
        QTest::newRow("an accent more") << u"títle"_qs << 1;
        QTest::newRow("capitals beyond ASCII") << u"MÜLLER"_qs << 1;
        QTest::newRow("an id with its hyphens") << u"h-7-1"_qs << 1;
        QTest::newRow("the tool") << u"payments"_qs << 1;
        QTest::newRow("a star is no wildcard") << u"T*e"_qs << 0;
        QTest::newRow("underscore is no wildcard") << u"T_tle"_qs << 0;
        QTest::newRow("a statement") << u"'; DROP TABLE runs; --"_qs << 0;
        QTest::newRow("what an index would take for its own words") << u"title AND"_qs << 0;
        QTest::newRow("a quotation") << u"\"title"_qs << 1;
        QTest::newRow("signs alone") << u"\"*("_qs << 0;
        QTest::newRow("a word with the index's letter before it") << u"atitle"_qs << 0;
    }
    void what_a_person_types_is_text_not_a_pattern()
    {
        QFETCH(QString, search);
        QFETCH(int, found);
        const auto at = folder(("search" + std::to_string(qHash(search))).c_str());
        auto store = opened(at);
        auto row = handoff("h-7-1");
        row.title += " for Müller";
        row.tool = "payments.pay";
        commit(*store, {row});
        QCOMPARE(InboxStoreTest::found(at, search.toStdString()).size(), found);
        indexNow(*store);
        QVERIFY(unindexed(at) < 32);
        QCOMPARE(InboxStoreTest::found(at, search.toStdString()).size(), found);
    }

    void what_was_decided_is_not_found_from_that_moment_on()
    {
        const auto at = folder("gone");
        auto store = opened(at);
        commit(*store, {handoff("one"), handoff("two")});
        indexNow(*store);
        QCOMPARE(found(at, "title"), QStringList({u"two"_qs, u"one"_qs}));
        auto decided = handoff("one");
        decided.state = HandoffState::Decided;
        commit(*store, {decided});
        QCOMPARE(found(at, "title"), QStringList({u"two"_qs}));
        decided.state = HandoffState::Open;
        decided.title = "It has come back";
        commit(*store, {decided});
        QCOMPARE(found(at, "title"), QStringList({u"two"_qs}));
        QCOMPARE(found(at, "come back"), QStringList({u"one"_qs}));
    }

    void a_search_finds_what_a_plain_list_finds_indexed_or_not()
    {
        const auto at = folder("random");
        auto store = opened(at);
        Inbox inbox;
        for (int round = 0; round < 60; ++round) {
            std::vector<InboxRow> rows;
            for (int i = 0; i < 20; ++i) rows.push_back(inbox.step());
            commit(*store, rows);
            if (inbox.any(2)) store->rest();
            InboxFilter filter;
            static const char* const searches[] = {"pay", "a", "mull", "order 17", "refund gate", "out supp", "h1", "nothing"};
            filter.search = searches[inbox.any(8)];
            filter.limit = inbox.any(3) ? 10'000 : 7;
            if (inbox.any(3) == 0) filter.kind = static_cast<HandoffKind>(inbox.any(5));
            filter.newestFirst = inbox.any(5) == 0;
            if (filter.newestFirst && inbox.any(2)) filter.search.clear();
            filter.unknownOnly = inbox.any(4) == 0;
            if (inbox.any(4) == 0) filter.assignee = "ann";
            filter.now = inbox.any(2) ? 8'000 : 0;
            filter.snoozedOnly = filter.now > 0 && inbox.any(3) == 0;
            QCOMPARE(idsOf(openReadStore(at).value()->inbox(filter).take()), idsOf(plainly(inbox.open(), filter)));
        }
        QVERIFY(inbox.open().size() > 500);
    }

    void pages_follow_one_another_without_a_gap_or_a_row_twice()
    {
        const auto at = folder("pages");
        auto store = opened(at);
        Inbox inbox;
        std::vector<InboxRow> rows;
        for (int i = 0; i < 500; ++i) rows.push_back(inbox.step());
        commit(*store, rows);
        for (const bool isFiltered : {false, true}) {
            InboxFilter filter;
            if (isFiltered) filter.kind = HandoffKind::Escalation;
            filter.limit = 7;
            QStringList pages;
            for (;;) {
                const auto page = openReadStore(at).value()->inbox(filter).take();
                pages += idsOf(page);
                if (page.size() < 7) break;
                const auto& last = page.back();
                filter.after = {last.risk, last.decideBy, last.created, last.id};
            }
            filter.limit = 10'000;
            filter.after.reset();
            auto whole = plainly(inbox.open(), filter);
            std::sort(whole.begin(), whole.end(), &isBefore);
            QCOMPARE(pages, idsOf(whole));
        }
    }

    void the_kept_counts_equal_a_count_of_the_rows()
    {
        const auto at = folder("counts");
        auto store = opened(at);
        Inbox inbox;
        for (int round = 0; round < 30; ++round) {
            std::vector<InboxRow> rows;
            for (int i = 0; i < 20; ++i) rows.push_back(inbox.step());
            commit(*store, rows);
            std::map<std::string, int> wanted{{"all", 0}, {"unknown", 0}};
            for (const auto& row : inbox.open()) {
                ++wanted[word(row.kind)];
                ++wanted["all"];
                if (row.unknown) ++wanted["unknown"];
            }
            const auto kept = openReadStore(at).value()->openCounts().take();
            QCOMPARE((std::map<std::string, int>(kept.begin(), kept.end())), wanted);
        }
    }

    void a_store_of_an_earlier_form_is_counted_and_indexed_when_it_is_opened()
    {
        const auto at = folder("earlier");
        commit(*opened(at), {handoff("one"), handoff("two", Risk::Critical)});
        {
            auto database = Database::open(databasePath(at), Database::Access::Write).take();
            QCOMPARE(database->execute("DROP TRIGGER handoffs_come; DROP TRIGGER handoffs_change; DROP TRIGGER handoffs_go; DROP TABLE search_words;"
                                       "DROP TABLE searchable; DROP TABLE search_todo; DROP TABLE handoff_counts; DROP INDEX handoffs_order;"
                                       "DROP INDEX handoffs_kind; DROP INDEX handoffs_snoozed; DROP INDEX handoffs_unknown; DROP INDEX handoffs_assignee; ALTER TABLE handoffs DROP COLUMN urgency;"
                                       "CREATE INDEX handoffs_urgency ON handoffs(state); CREATE INDEX handoffs_assignee ON handoffs(assignee);"
                                       "CREATE INDEX handoffs_snoozed ON handoffs(snoozed_until); PRAGMA user_version=8"), 0);
        }
        auto store = opened(at);
        QCOMPARE(unindexed(at), 0);
        QCOMPARE(found(at, "title"), QStringList({u"two"_qs, u"one"_qs}));
        const auto kept = openReadStore(at).value()->openCounts().take();
        QCOMPARE((std::map<std::string, int>(kept.begin(), kept.end())), (std::map<std::string, int>{{"all", 2}, {"approval", 2}, {"unknown", 0}}));
        QCOMPARE(idsOf(openReadStore(at).value()->inbox({}).take()), QStringList({u"two"_qs, u"one"_qs}));
    }

    void a_store_with_one_list_for_every_word_gets_lists_for_each_filter()
    {
        const auto at = folder("onelist");
        {
            auto store = opened(at);
            commit(*store, {handoff("one"), handoff("two")});
            indexNow(*store);
        }
        {
            auto database = Database::open(databasePath(at), Database::Access::Write).take();
            QCOMPARE(database->execute("INSERT INTO search_words(search_words) VALUES('delete-all'); UPDATE searchable SET words = ' pay title';"
                                       "INSERT INTO search_words(rowid, words) SELECT n, words FROM searchable; PRAGMA user_version=9"), 0);
        }
        auto store = opened(at);
        QCOMPARE(unindexed(at), 0);
        QCOMPARE(found(at, "title"), QStringList({u"two"_qs, u"one"_qs}));
        InboxFilter filter;
        filter.search = "title";
        filter.kind = HandoffKind::Approval;
        QCOMPARE(idsOf(openReadStore(at).value()->inbox(filter).take()).size(), 2);
        filter.kind = HandoffKind::Scope;
        QCOMPARE(idsOf(openReadStore(at).value()->inbox(filter).take()).size(), 0);
    }

    void a_writer_that_never_rests_indexes_all_the_same()
    {
        const auto at = folder("busy");
        auto store = opened(at);
        for (int round = 0; round < 60; ++round) {
            std::vector<InboxRow> rows;
            for (int i = 0; i < 100; ++i) rows.push_back(handoff("h" + std::to_string(round * 100 + i)));
            commit(*store, rows);
        }
        QVERIFY2(unindexed(at) < 2'500, qPrintable(QString::number(unindexed(at))));
    }

    void a_broken_index_stops_no_commit_and_hides_no_row()
    {
        const auto at = folder("broken");
        {
            auto store = opened(at);
            commit(*store, {handoff("one")});
            indexNow(*store);
        }
        {
            auto database = Database::open(databasePath(at), Database::Access::Write).take();
            QCOMPARE(database->execute("DELETE FROM search_words_data"), 0);
        }
        auto store = opened(at);
        for (int round = 0; round < 30; ++round) {
            std::vector<InboxRow> rows;
            for (int i = 0; i < 100; ++i) rows.push_back(handoff("h" + std::to_string(round * 100 + i)));
            commit(*store, rows);
            store->rest();
        }
        const auto kept = openReadStore(at).value()->openCounts().take();
        QCOMPARE((std::map<std::string, int>(kept.begin(), kept.end()).at("all")), 3'001);
        QVERIFY(unindexed(at) >= 3'000);
        QCOMPARE(found(at, "one"), QStringList({u"one"_qs}));
        QCOMPARE(found(at, "title h2999"), QStringList({u"h2999"_qs}));
    }

private:
    /// What a filter lets through, by looking at each row; newest first.
    static std::vector<InboxRow> plainly(std::vector<InboxRow> rows, const InboxFilter& filter)
    {
        const auto words = QString::fromStdString(filter.search).split(u' ', Qt::SkipEmptyParts);
        std::erase_if(rows, [&](const InboxRow& row) {
            if (filter.kind && row.kind != *filter.kind) return true;
            if (filter.unknownOnly && !row.unknown) return true;
            if (!filter.assignee.empty() && row.assignee != filter.assignee) return true;
            if (filter.snoozedOnly ? row.snoozedUntil <= filter.now : filter.now > 0 && row.snoozedUntil > filter.now) return true;
            return !std::all_of(words.begin(), words.end(), [&](const QString& word) { return begins(row, word); });
        });
        std::sort(rows.begin(), rows.end(), [](const InboxRow& a, const InboxRow& b) { return b.created < a.created; });
        if (static_cast<int>(rows.size()) > filter.limit) rows.resize(static_cast<std::size_t>(filter.limit));
        return rows;
    }
};

QTEST_GUILESS_MAIN(InboxStoreTest)
#include "inboxstoretest.moc"
