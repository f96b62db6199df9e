#include "agentcore/store/words.h"

namespace handrail::store {
namespace {

/// The way to the full-text index's own functions, as its manual gives it; null where it is not compiled in.
fts5_api* apiOf(sqlite3* connection)
{
    fts5_api* api = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
        sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return api;
}

int keep(void* words, int, const char* token, int length, int, int)
{
    static_cast<std::vector<std::string>*>(words)->emplace_back(token, static_cast<std::size_t>(length));
    return SQLITE_OK;
}

}  // namespace

WordSplitter::WordSplitter(sqlite3* connection)
{
    void* context = nullptr;
    auto* api = apiOf(connection);
    if (!api || api->xFindTokenizer(api, "unicode61", &context, &functions_) != SQLITE_OK) return;
    const char* options[] = {"remove_diacritics", "2"};
    if (functions_.xCreate(context, options, 2, &tokenizer_) != SQLITE_OK) tokenizer_ = nullptr;
}

WordSplitter::~WordSplitter()
{
    if (tokenizer_) functions_.xDelete(tokenizer_);
}

std::vector<std::string> WordSplitter::wordsOf(const std::string& text) const
{
    std::vector<std::string> words;
    if (tokenizer_) functions_.xTokenize(tokenizer_, &words, FTS5_TOKENIZE_AUX, text.data(), static_cast<int>(text.size()), &keep);
    return words;
}

}  // namespace handrail::store
