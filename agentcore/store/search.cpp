#include <algorithm>

#include <sqlite3.h>

#include "agentcore/store/rows.h"
#include "agentcore/store/words.h"

/// Search over what is open. The words of a handoff are put down beside the full-text index, which is filled when the
/// writer rests; what it has not taken in yet is looked through row by row, by the same rule.
namespace handrail::store {
namespace {

constexpr std::size_t longestText = 4'096;  ///< bytes of a handoff's text that can be searched
constexpr std::size_t longestPrefix = 6;  ///< letters; the index has a list of rows for every beginning up to this, of each sort
constexpr int pagesMerged = 64;  ///< each time: the index grows in pieces, and a word is looked for in each of them
constexpr int newestFirst = 1'000;  ///< rows: a word that many have is found among the newest without the index

/// Kind and doubt of a handoff as one letter. Every word is put down behind it, so that the index has a list of rows of
/// each sort: a filter is answered from its own lists, however common a word is elsewhere.
char sortOf(HandoffKind kind, bool unknown) { return static_cast<char>('a' + 2 * static_cast<int>(kind) + (unknown ? 1 : 0)); }

/// The sorts that something open has and that a filter lets through.
Outcome<std::string> sortsOf(Database& database, const InboxFilter& filter)
{
    auto statement = database.prepare("SELECT kind, unknown FROM handoff_counts WHERE open > 0");
    std::string sorts;
    while (statement.step()) {
        const auto kind = fromWord<HandoffKind>(statement.text(0)).value_or(HandoffKind::Escalation);
        const bool unknown = statement.integer(1) != 0;
        if ((!filter.kind || kind == *filter.kind) && (unknown || !filter.unknownOnly)) sorts += sortOf(kind, unknown);
    }
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return sorts;
}

/// All words of a row, each behind a space and the letter of its sort.
std::string wordsOf(Database& database, const InboxRow& row)
{
    const std::string text = row.title.substr(0, longestText) + ' ' + row.id + ' ' + row.agent + ' ' + row.tool + ' ' + row.group.substr(0, longestText);
    auto words = database.words().wordsOf(text);
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    const std::string before = {' ', sortOf(row.kind, row.unknown)};
    std::string joined;
    for (const auto& one : words) joined.append(before).append(one);
    return joined;
}

/// The first letters of a word; UTF-8 is not cut within a letter.
std::string beginning(const std::string& word)
{
    std::size_t letters = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if ((static_cast<unsigned char>(word[i]) & 0xC0) != 0x80 && letters++ == longestPrefix) return word.substr(0, i);
    }
    return word;
}

// A word has no quotation mark in it.
std::string quoted(const std::string& word) { return '"' + word + '"'; }

bool fits(const std::string& words, const std::vector<std::string>& wanted)
{
    const std::string before = words.substr(0, 2);
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& one) { return words.find(before + one) != std::string::npos; });
}

struct Put {
    std::int64_t n = 0;
    std::string words;
};

Outcome<std::optional<Put>> readPut(Database& database, const HandoffId& id)
{
    auto statement = database.prepare("SELECT n, words FROM searchable WHERE handoff = :id");
    statement.bind(":id", id);
    if (statement.step()) return std::optional(Put{statement.integer(0), statement.text(1)});
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return std::optional<Put>();
}

/// The index itself keeps no text: what is taken out of it must be told as it was put in.
int takeOut(Database& database, const Put& put)
{
    auto statement = database.prepare("INSERT INTO search_words(search_words, rowid, words) VALUES('delete', :n, :words)");
    statement.bind(":n", put.n).lend(":words", put.words).step();
    return statement.result();
}

int putIn(Database& database, const Put& put)
{
    auto statement = database.prepare("INSERT INTO search_words(rowid, words) VALUES(:n, :words)");
    statement.bind(":n", put.n).lend(":words", put.words).step();
    return statement.result();
}

int putNew(Database& database, const HandoffId& id, const std::string& words)
{
    Put put{0, words};
    {
        auto statement = database.prepare("INSERT INTO searchable(handoff, words) VALUES(:id, :words) RETURNING n");
        statement.bind(":id", id).lend(":words", words);
        if (statement.step()) put.n = statement.integer(0);
        else return statement.result();
        if (statement.step() || statement.result() != SQLITE_DONE) return statement.result();
    }
    return putIn(database, put);
}

int putAgain(Database& database, const Put& put)
{
    auto statement = database.prepare("UPDATE searchable SET words = :words WHERE n = :n");
    statement.bind(":n", put.n).lend(":words", put.words).step();
    return statement.result() == SQLITE_DONE ? putIn(database, put) : statement.result();
}

int forget(Database& database, std::int64_t n)
{
    auto statement = database.prepare("DELETE FROM searchable WHERE n = :n");
    statement.bind(":n", n).step();
    return statement.result();
}

int indexOne(Database& database, const HandoffId& id)
{
    const auto row = readHandoff(database, id);
    const auto before = readPut(database, id);
    if (!row || !before) return SQLITE_ERROR;
    const bool isOpen = *row && (*row)->state == HandoffState::Open;
    const std::string words = isOpen ? wordsOf(database, **row) : std::string();
    if (!*before) return isOpen ? putNew(database, id, words) : SQLITE_DONE;
    if ((*before)->words == words) return SQLITE_DONE;
    const int result = takeOut(database, **before);
    if (result != SQLITE_DONE) return result;
    return isOpen ? putAgain(database, {(*before)->n, words}) : forget(database, (*before)->n);
}

/// Takes the rows of a statement that fit, up to a limit.
Outcome<std::vector<InboxRow>> rowsOf(Database& database, const std::string& sql, const InboxFilter& filter, const std::function<void(Statement&)>& bind,
                                      const std::vector<std::string>* wanted = nullptr)
{
    auto statement = database.prepare(sql);
    bindCondition(statement, filter);
    statement.bind(":limit", wanted ? -1 : filter.limit);
    bind(statement);
    std::vector<InboxRow> rows;
    while (statement.step()) {
        rows.push_back(inboxRowAt(statement));
        if (wanted && !fits(wordsOf(database, rows.back()), *wanted)) rows.pop_back();
    }
    if (statement.result() != SQLITE_DONE) return database.failureOf(statement.result());
    return rows;
}

/// What the index does not have, or has in an older form. Where few rows are asked for at all, those.
Outcome<std::vector<InboxRow>> looked(Database& database, const InboxFilter& filter, const std::vector<std::string>& wanted, bool areFew)
{
    const std::string table = areFew ? tableOf(filter) : "search_todo CROSS JOIN handoffs ON id = handoff";
    const std::string sql = std::string("SELECT ") + inboxColumns + " FROM " + table + " WHERE " + conditionOf(filter);
    return rowsOf(database, sql + " ORDER BY created DESC LIMIT :limit", filter, [](Statement&) {}, &wanted);
}

/// A search over what is put down: rows of these sorts that have a word with each of these beginnings.
struct Search {
    const InboxFilter& filter;
    std::string sorts;
    const std::vector<std::string>& wanted;
};

/// What is put down, is wanted and is not looked through by itself: the end of both queries below.
std::string knownCondition(const Search& search)
{
    // A row of another sort is left at its first letter, before it is looked for among the handoffs.
    std::string sql = " CROSS JOIN handoffs ON handoffs.id = searchable.handoff WHERE instr(:sorts, substr(searchable.words, 2, 1))";
    for (std::size_t i = 0; i < search.wanted.size(); ++i) sql += " AND instr(searchable.words, substr(searchable.words, 1, 2) || :word" + std::to_string(i) + ")";
    return sql + " AND " + conditionOf(search.filter) + " AND id NOT IN (SELECT handoff FROM search_todo)";
}

void bindWords(Statement& statement, const Search& search)
{
    statement.bind(":sorts", search.sorts);
    for (std::size_t i = 0; i < search.wanted.size(); ++i) statement.bind((":word" + std::to_string(i)).c_str(), search.wanted[i]);
}

/// Among the newest rows, or among all of them: one by one.
Outcome<std::vector<InboxRow>> oneByOne(Database& database, const Search& search, bool isAll)
{
    const std::string newest = " AND n > (SELECT MAX(n) FROM searchable) - " + std::to_string(newestFirst);
    const std::string sql = std::string("SELECT ") + inboxColumns + " FROM searchable" + knownCondition(search) + (isAll ? "" : newest) + " ORDER BY n DESC LIMIT :limit";
    return rowsOf(database, sql, search.filter, [&](Statement& statement) { bindWords(statement, search); });
}

/// What the index is asked.
std::string matchOf(const Search& search)
{
    std::string match;
    for (const char sort : search.sorts) {
        std::string all = search.wanted.empty() ? quoted({sort}) + '*' : std::string();
        for (const auto& one : search.wanted) all += (all.empty() ? "" : " AND ") + quoted(sort + beginning(one)) + '*';
        match += (match.empty() ? "(" : " OR (") + all + ')';
    }
    return match;
}

/// The index leads from row to row that has every beginning; longer words are looked at there.
Outcome<std::vector<InboxRow>> indexed(Database& database, const Search& search)
{
    const std::string sql = std::string("SELECT ") + inboxColumns + " FROM search_words CROSS JOIN searchable ON searchable.n = search_words.rowid"
                            + knownCondition(search) + " AND search_words MATCH :match ORDER BY search_words.rowid DESC LIMIT :limit";
    return rowsOf(database, sql, search.filter, [&](Statement& statement) {
        bindWords(statement, search);
        statement.bind(":match", matchOf(search));
    });
}

Outcome<std::vector<InboxRow>> searched(Database& database, const InboxFilter& filter, const std::vector<std::string>& wanted)
{
    const bool areFew = !filter.assignee.empty() || filter.snoozedOnly;
    auto rows = looked(database, filter, wanted, areFew);
    if (!rows || areFew) return rows;
    auto sorts = sortsOf(database, filter);
    if (!sorts) return sorts.failure();
    if (sorts->empty()) return rows;
    const Search search{filter, sorts.take(), wanted};
    // Where the words are so common that the newest rows have enough of them, the index need not be asked.
    auto known = oneByOne(database, search, false);
    if (known && static_cast<int>(known->size()) < filter.limit) {
        const bool isAsked = !wanted.empty() || filter.kind || filter.unknownOnly;
        auto led = isAsked ? indexed(database, search) : oneByOne(database, search, true);
        // An index that is damaged costs time, not rows.
        known = led ? std::move(led) : oneByOne(database, search, true);
    }
    if (!known) return known;
    std::move(known->begin(), known->end(), std::back_inserter(*rows));
    return rows;
}

}  // namespace

Outcome<std::vector<InboxRow>> searchInbox(Database& database, const InboxFilter& filter)
{
    const auto wanted = database.words().wordsOf(filter.search);
    // Signs alone are nothing that could be found.
    if (wanted.empty() && !filter.search.empty()) return std::vector<InboxRow>();
    // Of one moment: what the index takes in meanwhile is neither missed nor found twice.
    database.execute("BEGIN");
    auto rows = searched(database, filter, wanted);
    database.execute("COMMIT");
    if (!rows) return rows;
    std::stable_sort(rows->begin(), rows->end(), [](const InboxRow& a, const InboxRow& b) { return std::tie(b.created, b.id) < std::tie(a.created, a.id); });
    if (static_cast<int>(rows->size()) > filter.limit) rows->resize(static_cast<std::size_t>(filter.limit));
    return rows;
}

int indexWords(Database& database, int most)
{
    std::vector<HandoffId> ids;
    {
        // Oldest first, so that the newest has the highest number; what is gone only has to be forgotten.
        auto statement = database.prepare("SELECT handoff FROM search_todo LEFT JOIN handoffs ON id = handoff ORDER BY created LIMIT :most");
        statement.bind(":most", most);
        while (statement.step()) ids.push_back(statement.text(0));
        if (statement.result() != SQLITE_DONE) return statement.result();
    }
    for (const auto& id : ids) {
        if (const int result = indexOne(database, id); result != SQLITE_DONE) return result;
        auto statement = database.prepare("DELETE FROM search_todo WHERE handoff = :id");
        statement.bind(":id", id).step();
        if (statement.result() != SQLITE_DONE) return statement.result();
    }
    auto merge = database.prepare("INSERT INTO search_words(search_words, rank) VALUES('merge', :pages)");
    merge.bind(":pages", pagesMerged).step();
    return merge.result();
}

int indexAll(Database& database)
{
    const std::string sql = std::string("SELECT ") + inboxColumns + " FROM handoffs WHERE state = 'open' ORDER BY created";
    auto statement = database.prepare(sql);
    while (statement.step()) {
        const InboxRow row = inboxRowAt(statement);
        if (const int result = putNew(database, row.id, wordsOf(database, row)); result != SQLITE_DONE) return result;
    }
    if (statement.result() != SQLITE_DONE) return statement.result();
    const int result = database.execute("INSERT INTO search_words(search_words) VALUES('optimize')");
    return result == SQLITE_OK ? SQLITE_DONE : result;
}

Outcome<int> readUnindexed(Database& database)
{
    auto statement = database.prepare("SELECT COUNT(*) FROM search_todo");
    if (statement.step()) return static_cast<int>(statement.integer(0));
    return database.failureOf(statement.result());
}

}  // namespace handrail::store
