#include "tests/bench/raw.h"

#include "tests/bench/measuring.h"

namespace bench {

Raw::Raw(const std::string& path)
{
    sqlite3_open(path.c_str(), &db_);
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE IF NOT EXISTS j(seq INTEGER PRIMARY KEY, run TEXT, data TEXT);"
        "CREATE TABLE IF NOT EXISTS h(id INTEGER PRIMARY KEY, state TEXT, data TEXT)");
    sqlite3_prepare_v2(db_, "INSERT INTO j(run, data) VALUES('run', ?1)", -1, &insert_, nullptr);
    sqlite3_prepare_v2(db_, "UPDATE h SET state = 'decided' WHERE id = ?1 AND state = 'open'", -1, &decide_, nullptr);
}

Raw::~Raw()
{
    sqlite3_finalize(insert_);
    sqlite3_finalize(decide_);
    sqlite3_close(db_);
}

void Raw::run(const char* sql) { sqlite3_exec(db_, sql, nullptr, nullptr, nullptr); }

void Raw::commitLines(int count)
{
    static const std::string data(200, 'x');
    run("BEGIN IMMEDIATE");
    for (int i = 0; i < count; ++i) {
        sqlite3_bind_text(insert_, 1, data.data(), static_cast<int>(data.size()), SQLITE_STATIC);
        sqlite3_step(insert_);
        sqlite3_reset(insert_);
    }
    run("COMMIT");
}

double Raw::stepsPerSecond(int steps, int atOnce)
{
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < steps; i += atOnce) {
        commitLines(atOnce);
        commitLines(atOnce);
    }
    return steps / secondsSince(began);
}

void Raw::park(int count)
{
    run("BEGIN IMMEDIATE");
    for (int i = 1; i <= count; ++i) run("INSERT INTO h(state, data) VALUES('open', 'Pay 1,240.00 EUR to ACME GmbH?')");
    run("COMMIT");
}

double Raw::decide(int handoff)
{
    const auto began = std::chrono::steady_clock::now();
    run("BEGIN IMMEDIATE");
    sqlite3_bind_int(decide_, 1, handoff);
    sqlite3_step(decide_);
    sqlite3_reset(decide_);
    run("INSERT INTO j(run, data) VALUES('run', 'decided')");
    run("COMMIT");
    commitLines(1);
    return secondsSince(began);
}

}  // namespace bench
