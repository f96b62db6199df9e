#pragma once

#include <string>
#include <vector>

#include <sqlite3.h>

namespace handrail::store {

/// Splits text into words as SQLite's full-text index does (tokenizer unicode61): letters, digits and private-use
/// characters make words, case and accents are folded. One for each connection, for the connection's thread.
class WordSplitter {
public:
    explicit WordSplitter(sqlite3* connection);
    ~WordSplitter();
    WordSplitter(const WordSplitter&) = delete;
    WordSplitter& operator=(const WordSplitter&) = delete;

    std::vector<std::string> wordsOf(const std::string& text) const;

private:
    fts5_tokenizer functions_{};
    Fts5Tokenizer* tokenizer_ = nullptr;
};

}  // namespace handrail::store
