#include "agentcore/drilling.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryDir>
#include <QTimer>

#include "agentcore/audit.h"
#include "agentcore/definition/definition.h"
#include "agentcore/replay/drill.h"
#include "agentcore/replaying.h"
#include "agentcore/runtime.h"
#include "agentcore/store/folder.h"
#include "agentcore/store/sqlitestore.h"

namespace handrail {
namespace {

constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

/// An agent's name may be any text, so its note is found by a digest of it.
QString notePath(const std::string& store, const std::string& agent)
{
    return QString::fromStdString(store + "/drills/" + sha256(agent).substr(0, 32) + ".json");
}

/// A new one, for its owner alone.
std::optional<Failure> makeFolder(const std::string& path)
{
    if (::mkdir(path.c_str(), 0700) == 0) return std::nullopt;
    const bool isThere = errno == EEXIST;
    return failure(isThere ? "U102" : "R102", isThere ? "The folder " + path + " is there already." : "The folder " + path + " could not be made: " + std::string(strerror(errno)) + ".",
                   path, "Name a new folder in one that you can write to.");
}

std::optional<Failure> keepNote(const std::string& store, const DrillReport& report)
{
    const QString path = notePath(store, report.agent);
    const Json note = {{"agent", report.agent}, {"definition", report.definition}, {"at", report.ended}, {"runs", report.runs.size()},
                       {"passed", report.count(DrillVerdict::Pass)}, {"failed", report.count(DrillVerdict::Fail)},
                       {"not_met", report.count(DrillVerdict::NotMet)}, {"who", report.who}};
    const auto cannot = [&] {
        return failure("R102", "The note of this drill could not be kept beside the store.", path.toStdString(), "The checklist will not know of it.");
    };
    for (const QString& made : {QString::fromStdString(store), QFileInfo(path).path()}) {
        if (QDir(made).exists()) continue;
        if (!QDir().mkpath(made) || !QFile::setPermissions(made, onlyOwner | QFileDevice::ExeOwner)) return cannot();
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(onlyOwner)) return cannot();
    file.write(QByteArray::fromStdString(dump(note, 2)));
    return file.commit() ? std::nullopt : std::optional(cannot());
}

/// Where the tools' calls go, as the definition writes it: secrets are references there.
std::vector<std::string> endpointsOf(const Definition& definition)
{
    std::vector<std::string> endpoints;
    for (const auto& [name, server] : definition.servers) endpoints.push_back(server.command.empty() ? server.url : server.command.front());
    for (const auto& [name, tool] : definition.tools) {
        if (!tool.command.empty()) endpoints.push_back(tool.command.front());
    }
    if (definition.planner) {
        for (const auto& model : definition.planner->models) endpoints.push_back(model.url);
    }
    std::sort(endpoints.begin(), endpoints.end());
    endpoints.erase(std::unique(endpoints.begin(), endpoints.end()), endpoints.end());
    return endpoints;
}

std::optional<Failure> refusalOf(const Definition& definition, const std::string& path)
{
    if (definition.environment == "staging" || definition.environment == "test") return std::nullopt;
    return failure("U102", "A drill makes calls fail on purpose, so it is only for staging and test; the environment of \"" + definition.name + "\" is \"" + definition.environment + "\".",
                   path + ": /environment", "Drill a definition whose \"environment\" is staging or test, with the addresses of that environment.");
}

}  // namespace

struct Drill::Inside {
    DrillOptions options;
    DrillReport report;
    std::string text;       ///< the definition with its failures in it
    DefinitionPtr drilled;
    QTemporaryDir scratch;
    std::unique_ptr<Runtime> runtime;
    std::vector<RunId> runs;
    std::function<void(const RunSummary&)> told;
    std::function<void(Outcome<DrillReport>)> done;
    QObject context;        ///< replies end with it

    std::optional<Failure> copyStore();
    void startNext();
    void finish();
    Outcome<std::vector<replay::Journal>> journals() const;
    void keepJournals();
};

/// What an earlier run has done under a business key, or left in the cache, counts in the drill as well.
std::optional<Failure> Drill::Inside::copyStore()
{
    if (!scratch.isValid()) return failure("R102", "No folder could be made for the drill's own store.", scratch.path().toStdString());
    if (!QFileInfo::exists(QString::fromStdString(store::databasePath(options.store)))) return std::nullopt;
    return backupStore(options.store, store::databasePath(scratch.path().toStdString()));
}

void Drill::Inside::startNext()
{
    if (static_cast<int>(runs.size()) >= options.runs) {
        // Never inside a reply of the runtime that is about to end.
        return QTimer::singleShot(0, &context, [this] { finish(); });
    }
    StartRequest request;
    request.definition = text;
    request.path = options.path;
    request.input = options.input;
    request.user = options.who;
    runtime->start(request, &context, [this](Outcome<RunId> started) {
        if (!started) return done(started.failure());
        runs.push_back(*started);
        runtime->whenStopped(*started, &context, [this](Outcome<RunSummary> stopped) {
            if (!stopped) return done(stopped.failure());
            told(*stopped);
            startNext();
        });
    });
}

Outcome<std::vector<replay::Journal>> Drill::Inside::journals() const
{
    auto opened = store::openReadStore(scratch.path().toStdString());
    if (!opened) return opened.failure();
    std::vector<replay::Journal> all;
    for (const auto& run : runs) {
        auto events = (*opened)->events(run, 0, -1);
        if (!events) return events.failure();
        all.push_back(events.take());
    }
    return all;
}

/// What the report says can be looked up, and replayed, long after the copy of the store is gone. A journal that cannot
/// be kept, or must not leave the store since it may hold a secret, is no reason to lose the report of all of them.
void Drill::Inside::keepJournals()
{
    if (options.keep.empty()) return;
    const auto noFolder = makeFolder(options.keep);
    for (auto& run : report.runs) {
        const auto bundle = noFolder ? Outcome<std::string>(*noFolder) : bundleOf(scratch.path().toStdString(), run.summary.id);
        const std::string name = run.summary.id + ".json";
        const auto refused = bundle ? writeBundle(*bundle, options.keep + "/" + name) : std::optional(bundle.failure());
        if (refused) {
            run.notKept = refused->code + ": " + refused->message;
            continue;
        }
        run.journal = name;
        run.sha256 = sha256(*bundle);
    }
}

void Drill::Inside::finish()
{
    const auto all = journals();
    runtime.reset();
    if (!all) return done(all.failure());
    report.ended = systemClock()->now();
    report.injected = replay::injectedIn(*all);
    for (const auto& journal : *all) report.runs.push_back(replay::drilledRun(*drilled, journal));
    report.lines = replay::judgeDrill(*drilled, *all);
    keepJournals();
    if (auto refused = keepNote(options.store, report)) return done(*refused);
    done(report);
}

Drill::Drill() : inside_(std::make_unique<Inside>()) {}
Drill::~Drill() = default;

Outcome<std::unique_ptr<Drill>> Drill::prepare(const DrillOptions& options)
{
    const auto parsed = parseDefinition(options.definition, options.path);
    if (!parsed.definition) return parsed.mistakes.front();
    const Definition& written = *parsed.definition;
    if (auto refused = refusalOf(written, options.path)) return *refused;
    if (auto wrong = checkInput(written, options.input)) return *wrong;

    std::unique_ptr<Drill> drill(new Drill);
    Inside& inside = *drill->inside_;
    inside.options = options;
    Json document = written.source;
    document["inject"] = replay::injectionFor(written, options.seed);
    inside.text = dump(document);
    auto drilled = parseDefinition(inside.text, options.path);
    if (!drilled.definition) return drilled.mistakes.front();
    inside.drilled = drilled.definition;
    inside.report = DrillReport{written.name, written.version, written.environment, written.digest, std::string("handrail ") + HANDRAIL_VERSION, options.who,
                                systemClock()->now(), 0, options.input, document["inject"], !written.inject.empty(), endpointsOf(written), {}, {}, {}};
    if (auto refused = inside.copyStore()) return *refused;
    return drill;
}

const DrillReport& Drill::plan() const { return inside_->report; }

void Drill::begin(std::function<void(const RunSummary&)> told, std::function<void(Outcome<DrillReport>)> done)
{
    inside_->told = std::move(told);
    inside_->done = std::move(done);
    RuntimeOptions options;
    options.folder = inside_->scratch.path().toStdString();
    options.program = "handrail drill";
    options.recover = false;  // the copy's own runs stand still
    options.watches = false;  // and nobody is told of what is only a drill
    auto opened = Runtime::open(options);
    if (!opened) return inside_->done(opened.failure());
    inside_->runtime = opened.take();
    inside_->startNext();
}

std::optional<DrillNote> lastDrill(const std::string& store, const std::string& agent)
{
    QFile file(notePath(store, agent));
    if (!file.open(QIODevice::ReadOnly)) return std::nullopt;
    const auto note = parseJson(file.read(1 << 16).toStdString());
    if (!note || textOf(*note, "agent") != agent) return std::nullopt;
    const auto number = [&](const char* member) { return static_cast<int>(numberOf(*note, member)); };
    return DrillNote{textOf(*note, "definition"), numberOf(*note, "at"), number("runs"), number("passed"), number("failed"), number("not_met"), textOf(*note, "who")};
}

}  // namespace handrail
