#include "agentcore/replaying.h"

#include "agentcore/definition/kept.h"
#include "agentcore/replay/replay.h"
#include "agentcore/store/sqlitestore.h"

namespace handrail {
namespace {

/// All that a replay needs of a run.
struct Told {
    DefinitionPtr definition;
    std::vector<decide::Event> events;
};

Outcome<Told> toldBy(store::ReadStore& store, const RunId& id)
{
    auto row = store.run(id);
    if (!row) return row.failure();
    if (!*row) return failure("U105", "There is no run " + id + ".", {}, "List the runs with: handrail runs");
    KeptDefinitions definitions;
    auto definition = definitions.get((*row)->definition, [&](const std::string& digest) { return store.definition(digest); });
    if (!definition) return definition.failure();
    auto events = store.events(id, 0, -1);
    if (!events) return events.failure();
    return Told{*definition, events.take()};
}

}  // namespace

Outcome<Replayed> replayRun(const std::string& folder, const RunId& run, Seq until)
{
    auto store = store::openReadStore(folder);
    if (!store) return store.failure();
    auto told = toldBy(**store, run);
    if (!told) return told.failure();
    return replay::replay(*told->definition, told->events, until);
}

}  // namespace handrail
