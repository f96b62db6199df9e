#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agentcore/replayed.h"

/// Replays for front ends. Reads a store beside a running program and never writes into it; no effect leaves:
/// what replays has neither a wire nor a store (agentcore/replay).
namespace handrail {

/// Replays a run of the store in `folder`, an imported bundle by its run's id, or a bundle by its path ("./x",
/// "/x"), to the line `until` (0: to its end). A difference is part of the answer. U105: there is nothing of that
/// name. R103: its journal or its definition cannot be read. U102, U109: the file is no bundle that can be used.
Outcome<Replayed> replayRun(const std::string& folder, const std::string& runOrBundle, Seq until = 0);

/// The same run with one thing changed (replay/whatif.h), as far as its journal can answer.
Outcome<WhatIf> whatIf(const std::string& folder, const std::string& runOrBundle, const Json& change);

/// A run or a bundle that was read once; everything about it is answered from memory. at() belongs to one thread at a
/// time, all else to any.
class Recording {
public:
    /// Finds it, and refuses it, as replayRun() does.
    static Outcome<std::unique_ptr<Recording>> open(const std::string& folder, const std::string& runOrBundle);
    ~Recording();

    RunId run() const;
    /// It comes from a file, so it need not leave as one.
    bool isBundle() const;
    const Json& definition() const;
    std::vector<JournalLine> lines() const;
    /// To the end. `goesOn` is asked now and then with the number of lines that are behind; nothing: it has said no.
    std::optional<Replayed> replay(const std::function<bool(std::size_t)>& goesOn = {}) const;
    /// Where the run stood after line `seq`; where a line up to there is decided otherwise now, what differs and the
    /// instant before it. It names no lines.
    Replayed at(Seq seq);
    Outcome<WhatIf> whatIf(const Json& change) const;
    /// The change that puts a definition's text wholly in the place of the run's own. U102: it is no JSON.
    Outcome<Json> changeTo(const std::string& definition) const;

private:
    struct Inside;
    explicit Recording(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

/// The runs whose bundles were imported beside this store, by id.
std::vector<RunId> importedBundles(const std::string& folder);

/// A run as the text of a bundle, with what these rules name masked (replay/bundle.h). U107: it holds what looks
/// like a credential. Writes nothing.
Outcome<std::string> bundleOf(const std::string& folder, const RunId& run, const std::vector<std::string>& masked = {});
/// Into a new file (0600). U102 when the file is there already.
std::optional<Failure> writeBundle(const std::string& text, const std::string& file);

/// Reads a bundle as something hostile and keeps it beside the store; it never becomes a run that goes on.
/// Gives the id of its run. U102: another bundle of a run with this id is there, or it is none.
Outcome<RunId> importBundle(const std::string& folder, const std::string& file);

}  // namespace handrail
