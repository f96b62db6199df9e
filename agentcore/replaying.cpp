#include "agentcore/replaying.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agentcore/decide/view.h"
#include "agentcore/definition/kept.h"
#include "agentcore/replay/bundle.h"
#include "agentcore/replay/persons.h"
#include "agentcore/replay/replay.h"
#include "agentcore/replay/whatif.h"
#include "agentcore/store/audit.h"
#include "agentcore/store/folder.h"
#include "agentcore/store/sqlitestore.h"

namespace handrail {
namespace {

/// All that a replay needs of a run.
struct RunRead {
    DefinitionPtr definition;
    std::vector<decide::Event> events;
    bool isBundle = false;
};

std::string keptPath(const std::string& folder, const RunId& run) { return folder + "/bundles/" + run + ".json"; }

Outcome<RunRead> toldByStore(const std::string& folder, const RunId& id)
{
    auto opened = store::openReadStore(folder);
    if (!opened) return opened.failure();
    store::ReadStore& store = **opened;
    auto row = store.run(id);
    if (!row) return row.failure();
    if (!*row) return failure("U105", "There is no run and no imported bundle " + id + ".", {}, "List the runs with: handrail runs. A bundle in a file is named with its path: ./FILE");
    KeptDefinitions definitions;
    auto definition = definitions.get((*row)->definition, [&](const std::string& digest) { return store.definition(digest); });
    if (!definition) return definition.failure();
    auto events = store.events(id, 0, -1);
    if (!events) return events.failure();
    return RunRead{*definition, events.take(), false};
}

/// At most what a bundle may have; more is refused by who reads it.
Outcome<std::string> contentOf(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) return failure("U105", "The file " + path + " cannot be read.", {}, "Give the path of a bundle.");
    std::string content;
    char block[1 << 16];
    while (content.size() <= replay::mostBundleBytes && (file.read(block, sizeof block) || file.gcount() > 0)) {
        content.append(block, static_cast<std::size_t>(file.gcount()));
    }
    return content;
}

Outcome<RunRead> toldByFile(const std::string& path)
{
    auto content = contentOf(path);
    if (!content) return content.failure();
    auto bundle = replay::readBundle(*content);
    if (!bundle) return bundle.failure();
    return RunRead{parseDefinition(dump(bundle->definition)).definition, std::move(bundle->events), true};
}

Outcome<RunRead> toldBy(const std::string& folder, const std::string& name)
{
    if (name.find('/') != std::string::npos) return toldByFile(name);
    auto told = toldByStore(folder, name);
    const bool isKept = !told && replay::isRunId(name) && access(keptPath(folder, name).c_str(), R_OK) == 0;
    return isKept ? toldByFile(keptPath(folder, name)) : std::move(told);
}

}  // namespace

Outcome<Replayed> replayRun(const std::string& folder, const std::string& runOrBundle, Seq until)
{
    auto told = toldBy(folder, runOrBundle);
    if (!told) return told.failure();
    return replay::replay(*told->definition, told->events, until);
}

Outcome<WhatIf> whatIf(const std::string& folder, const std::string& runOrBundle, const Json& change)
{
    auto told = toldBy(folder, runOrBundle);
    if (!told) return told.failure();
    return replay::whatIf(*told->definition, told->events, change);
}

struct Recording::Inside {
    DefinitionPtr definition;
    std::vector<decide::Event> events;
    bool isBundle;
    replay::Instants instants;

    explicit Inside(RunRead told)
        : definition(std::move(told.definition)), events(std::move(told.events)), isBundle(told.isBundle), instants(*definition, events)
    {
    }
};

Recording::Recording(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Recording::~Recording() = default;

Outcome<std::unique_ptr<Recording>> Recording::open(const std::string& folder, const std::string& runOrBundle)
{
    auto told = toldBy(folder, runOrBundle);
    if (!told) return told.failure();
    return std::unique_ptr<Recording>(new Recording(std::make_unique<Inside>(told.take())));
}

RunId Recording::run() const { return inside_->events.empty() ? RunId() : inside_->events.front().run; }
bool Recording::isBundle() const { return inside_->isBundle; }
const Json& Recording::definition() const { return inside_->definition->source; }

std::vector<JournalLine> Recording::lines() const
{
    std::vector<JournalLine> lines;
    lines.reserve(inside_->events.size());
    for (const auto& event : inside_->events) lines.push_back(decide::lineOf(event));
    return lines;
}

std::optional<Replayed> Recording::replay(const std::function<bool(std::size_t)>& goesOn) const
{
    return replay::replayWhile(*inside_->definition, inside_->events, goesOn);
}

Replayed Recording::at(Seq seq) { return inside_->instants.at(seq); }

Outcome<WhatIf> Recording::whatIf(const Json& change) const
{
    return replay::whatIf(*inside_->definition, inside_->events, change);
}

Outcome<Json> Recording::changeTo(const std::string& definition) const
{
    auto parsed = parseJson(definition);
    if (!parsed) return parsed.failure();
    if (!parsed->is_object()) return failure("U102", "This file holds no definition: it is no JSON object.", {}, "Choose the file of an agent definition.");
    return Json{{"definition", replay::mergePatch(inside_->definition->source, *parsed)}};
}

std::vector<RunId> importedBundles(const std::string& folder)
{
    std::vector<RunId> found;
    std::error_code wrong;
    for (std::filesystem::directory_iterator file(folder + "/bundles", wrong), end; !wrong && file != end; file.increment(wrong)) {
        const std::string run = file->path().stem().string();
        if (file->path().extension() == ".json" && replay::isRunId(run)) found.push_back(run);
    }
    std::sort(found.begin(), found.end());
    return found;
}

Outcome<std::string> bundleOf(const std::string& folder, const RunId& run, const std::vector<std::string>& masked)
{
    auto told = toldByStore(folder, run);
    if (!told) return told.failure();
    auto database = store::Database::open(store::databasePath(folder), store::Database::Access::Read);
    if (!database) return database.failure();
    auto hashes = store::hashesOf(**database, run);
    if (!hashes) return hashes.failure();
    hashes->resize(told->events.size());
    replay::Bundle bundle{run, HANDRAIL_VERSION, told->definition->source, told->events, hashes.take(), {}};
    if (masked.empty()) return replay::bundleText(bundle);
    auto changed = replay::masked(*told->definition, bundle, masked);
    return changed ? replay::bundleText(*changed) : Outcome<std::string>(changed.failure());
}

std::optional<Failure> writeBundle(const std::string& text, const std::string& file)
{
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) {
        const bool isThere = errno == EEXIST;
        return failure(isThere ? "U102" : "R102", isThere ? "The file " + file + " is there already." : "The bundle could not be written: " + std::string(strerror(errno)) + ".",
                       file, "Name a new file in a folder that you can write to.");
    }
    std::size_t done = 0;
    while (done < text.size()) {
        const auto wrote = ::write(descriptor, text.data() + done, text.size() - done);
        if (wrote <= 0) break;
        done += static_cast<std::size_t>(wrote);
    }
    const bool isWhole = done == text.size() && fsync(descriptor) == 0;
    close(descriptor);
    if (isWhole) return std::nullopt;
    unlink(file.c_str());
    return failure("R102", "The bundle could not be written to the disk.", file);
}

Outcome<RunId> importBundle(const std::string& folder, const std::string& file)
{
    auto content = contentOf(file);
    if (!content) return content.failure();
    auto bundle = replay::readBundle(*content);
    if (!bundle) return bundle.failure();
    const std::string path = keptPath(folder, bundle->run);
    if (access(path.c_str(), F_OK) == 0) {
        const auto kept = contentOf(path);
        if (kept && *kept == *content) return bundle->run;
        return failure("U102", "Another bundle of the run " + bundle->run + " was imported before.", path, "Move that file away, or name this one by its path: ./FILE");
    }
    for (const std::string& made : {folder, folder + "/bundles"}) {
        if (mkdir(made.c_str(), 0700) != 0 && errno != EEXIST) return failure("R102", "The folder " + made + " could not be made.", made);
    }
    if (auto refused = writeBundle(*content, path)) return *refused;
    return bundle->run;
}

}  // namespace handrail
