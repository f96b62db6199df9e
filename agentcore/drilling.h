#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "agentcore/drilled.h"

/// Failure drills for front ends: an agent against its own injected failures, on a copy of the store. The
/// operator's store is read and never written, but for a note beside it of when the last drill was.
namespace handrail {

struct DrillOptions {
    std::string definition;  ///< the definition's text
    std::string path;        ///< where it was read from, for messages
    Json input = Json::object();
    std::string who;
    std::string store;       ///< the operator's store: copied, when there is one
    int runs = 10;           ///< one after the other, so that a seed gives the same failures again
    std::string keep;        ///< a new folder for the runs' journals, as bundles; empty: they go with the copy of the store
    std::optional<std::uint64_t> seed;  ///< of all draws; nothing: as the definition has it
};

/// One drill. It calls the real endpoints of the definition's environment; what fails on purpose stands in
/// the wire's place in front of them. Nobody answers for a person: a run that waits at a gate is left there.
/// Needs an event loop; lives and replies on the thread that made it.
class Drill {
public:
    /// Refused: U102 a mistake in the definition, or its environment is neither staging nor test; U101, U102
    /// the input does not fit; R102, R103 the store cannot be copied.
    static Outcome<std::unique_ptr<Drill>> prepare(const DrillOptions& options);
    ~Drill();

    /// What is drilled, before anything has been called: all but runs, lines and counts.
    const DrillReport& plan() const;

    /// Begins; `told` after each run, `done` once, with the whole report. The note beside the store is
    /// then kept; that it could not be is the failure of `done`. A journal that could not be kept is told by its run.
    void begin(std::function<void(const RunSummary&)> told, std::function<void(Outcome<DrillReport>)> done);

private:
    Drill();
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// The last drill of an agent by the note beside a store; nothing when none was run there.
std::optional<DrillNote> lastDrill(const std::string& store, const std::string& agent);

}  // namespace handrail
