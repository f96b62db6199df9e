#include "app/commandline.h"

#include <cstdlib>
#include <fstream>

#include <CLI/CLI.hpp>
#include <pwd.h>
#include <unistd.h>

#include "app/print.h"
#include "app/replaycommands.h"
#include "app/storecommands.h"
#include "app/watchcommands.h"

namespace handrail::app {
namespace {

constexpr const char* examples = R"(
Examples:
  handrail run refund-desk.json --input '{"order_id": "1042"}'
  handrail inbox                       what waits for a person, most urgent first
  handrail show k7m2q9x4td-1           everything about one handoff
  handrail approve k7m2q9x4td-1 --reason "checked the order"
  handrail settle k7m2q9x4td-1 --happened --reference RF-88
  handrail resume                      go on after a crash

Exit status: 0 done, 1 the answer is no, 2 usage or an invalid definition or input,
3 the store refused or is in use, 4 not found or already decided, 10 waits for a person,
11 escalated, 12 failed, 13 timed out, 14 aborted or stopped.)";

/// What the options of all commands write into.
struct Words {
    std::string agent, input, inject, user, trace, id, kind, search, with, as, reason, text, reference, mode;
    std::string tool, code, span, from, to, format, step, event, level, assignee;
    int limit = 1'000;
    std::int64_t until = 0;
    int runs = 10;
    std::int64_t seed = -1;
    std::string change;
    std::vector<std::string> masks;
    bool security = false;
    double days = 0;
    bool noDrive = false, all = false, happened = false, notHappened = false, cannotTell = false, mine = false;
};

/// A JSON value, given as text or as @FILE.
Outcome<Json> jsonArgument(const std::string& text, const std::string& option)
{
    std::string content = text;
    if (!text.empty() && text[0] == '@') {
        auto file = readSmallFile(text.substr(1));
        if (!file) return file.failure();
        content = file.take();
    }
    auto parsed = parseJson(content);
    if (parsed) return parsed;
    Failure wrong = parsed.failure();
    wrong.where = option + (wrong.where.empty() ? "" : ", " + wrong.where);
    return wrong;
}

class Parser {
public:
    Parser() : app_("Handrail: runs agents failure-first, and shows every doubt to a person.")
    {
        app_.name("handrail");
        app_.footer(examples);
        app_.set_version_flag("--version", std::string("handrail ") + HANDRAIL_VERSION);
        app_.require_subcommand(1);
        app_.fallthrough();
        app_.add_option("--store", line_.store, "Folder of the store")->type_name("DIR");
        app_.add_flag("--json", line_.json, "One JSON document instead of text");
        addRuns();
        addDrill();
        addReads();
        addDecisions();
        addTending();
        addKeeping();
        addWatching();
        addReplaying();
    }

    ParsedLine parse(int argc, char** argv)
    {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::CallForHelp& help) {
            return {line_, app_.exit(help)};
        } catch (const CLI::CallForVersion& version) {
            return {line_, app_.exit(version)};
        } catch (const CLI::ParseError& problem) {
            return refused(failure("U102", std::string(problem.what()) + (std::string(problem.what()).back() == '.' ? "" : "."), {},
                                   "See: handrail --help"));
        }
        line_.command = app_.get_subcommands().front()->get_name();
        if (line_.store.empty()) line_.store = defaultStore() + (line_.command == "demo" ? "-demo" : "");
        if (auto wrong = makeRequest()) return refused(*wrong);
        return {line_, std::nullopt};
    }

private:
    ParsedLine refused(const Failure& why)
    {
        printError(why, line_.json);
        return {line_, 2};
    }

    void addRuns()
    {
        auto* run = app_.add_subcommand("run", "Start a run and drive it to its next stop");
        run->add_option("AGENT", words_.agent, "Agent definition, a JSON file")->required();
        run->add_option("--input", words_.input, "The run's input, as JSON or @FILE");
        run->add_option("--inject", words_.inject, "A drill: failures on purpose, by tool, as \"inject\" of a definition has them (JSON or @FILE)");
        run->add_option("--user", words_.user, "For whom it runs");
        run->add_option("--trace", words_.trace, "The trace that it belongs to, as a W3C traceparent")->type_name("TRACEPARENT");
        run->add_flag("--wait", line_.wait, "Stay until the run has ended, with other commands deciding");
        auto* check = app_.add_subcommand("check", "Hold a definition against the rules");
        auto* agent = check->add_option("AGENT", words_.agent, "Agent definition, a JSON file");
        auto* table = check->add_flag("--table", line_.table, "The retry table: what each failure means for each kind of call");
        auto* fix = check->add_flag("--fix", line_.fixes, "Print what can be written so that lines pass, as a unified diff");
        check->add_flag("--write", line_.writes, "With --fix: write it into the file, too")->needs(fix);
        check->callback([agent, table, fix] {
            if (agent->empty() && (table->empty() || !fix->empty())) throw CLI::RequiredError("AGENT");
        });
        app_.add_subcommand("resume", "Recover: drive every run that can go on");
        app_.add_subcommand("serve", "The runtime without a window, until stopped")
            ->add_option("--metrics", line_.metricsPort, "Hand the figures out at http://127.0.0.1:PORT/metrics; 0 takes a free port")
            ->type_name("PORT")->check(CLI::Range(0, 65'535));
        auto* demo = app_.add_subcommand("demo", "Run the bundled demo and show what then waits for a person");
        demo->add_flag("--stay", line_.wait, "Keep the demo's shop and the runtime until stopped");
        auto* stop = app_.add_subcommand("abort-run", "End a run outside any handoff");
        auto* still = app_.add_subcommand("pause-run", "Let a run stand still until its ticket is decided (retry: it goes on)");
        for (auto* one : {stop, still}) {
            one->add_option("RUN", words_.id)->required();
            one->add_option("--as", words_.as, "Who decides");
            one->add_option("--reason", words_.reason, "Why");
        }
    }

    void addDrill()
    {
        auto* drill = app_.add_subcommand("drill", "Run an agent against its own injected failures and report; calls the real endpoints of its environment");
        drill->footer("It is only for definitions whose environment is staging or test. Careful: the calls go to the real endpoints that the\n"
                      "definition names, and what is not injected to fail acts there. It runs on a copy of the store. Nobody answers for a\n"
                      "person: a run that waits at a gate is left there. Exit status 1 where a line of the report fails.");
        drill->add_option("AGENT", words_.agent, "Agent definition, a JSON file")->required();
        drill->add_option("--input", words_.input, "The input of each run, as JSON or @FILE");
        drill->add_option("--runs", words_.runs, "How many runs, one after the other; 10 when nothing is said")->check(CLI::Range(1, 1'000));
        drill->add_option("--seed", words_.seed, "Of the draws: the same seed gives the same failures")->check(CLI::Range(std::int64_t(0), std::int64_t(4'294'967'295)));
        drill->add_option("--report", line_.file, "Write a printable page for those who audit; a new file")->type_name("FILE.html");
        drill->add_option("--journals", line_.folder, "Keep the journal of each run, as a bundle that can be replayed; a new folder")->type_name("DIR");
    }

    void addReads()
    {
        app_.add_subcommand("runs", "List the runs");
        auto* show = app_.add_subcommand("show", "A run's state and plan, or everything about a handoff");
        show->add_option("ID", words_.id, "RUN or HANDOFF")->required();
        auto* journal = app_.add_subcommand("journal", "A run's journal, one line an event");
        journal->add_option("RUN", words_.id)->required();
        auto* inbox = app_.add_subcommand("inbox", "What waits for a person, most urgent first");
        inbox->add_option("--kind", words_.kind, "approval, escalation, review, scope, proposal or unknown");
        inbox->add_option("--search", words_.search, "Only rows with this text");
        inbox->add_flag("--mine", words_.mine, "Only what you have taken or were handed");
        inbox->add_option("--as", words_.as, "With --mine: whose");
    }

    /// What is done with a handoff beside deciding it.
    void addTending()
    {
        const auto add = [this](const char* name, const char* what) {
            auto* command = app_.add_subcommand(name, what);
            command->add_option("HANDOFF", words_.id)->required();
            command->add_option("--as", words_.as, "Who does it");
            return command;
        };
        add("take", "Take a handoff, so that others see that you have it");
        add("hand", "Hand a handoff to somebody")->add_option("--to", words_.assignee, "Who has it from now on")->required();
        add("give-back", "Nobody has the handoff from now on");
        add("snooze", "Put a handoff off, never past its expiry; 0m: it is back at once")
            ->add_option("--for", words_.span, "How long, a day at most: 30m, 4h")->required()->type_name("SPAN");
    }

    void addWatching()
    {
        auto* log = app_.add_subcommand("log", "The structured log, the newest lines last");
        log->add_option("--search", words_.search, "Only lines with this text");
        log->add_option("--run", words_.id, "Only lines of this run")->type_name("RUN");
        log->add_option("--tool", words_.tool, "Only lines of this tool");
        log->add_option("--code", words_.code, "Only lines with this failure code, like T503");
        log->add_option("--step", words_.step, "Only lines of this step");
        log->add_option("--agent", words_.agent, "Only lines of this agent");
        log->add_option("--user", words_.user, "Only lines of runs for this user");
        log->add_option("--trace", words_.trace, "Only lines of this trace")->type_name("TRACE_ID");
        log->add_option("--event", words_.event, "Only lines of this event, like asked or answered");
        log->add_option("--level", words_.level, "Only lines of this level and the worse ones")->check(CLI::IsMember({"info", "warning", "error", "critical"}));
        log->add_option("--until", words_.to, "Until a day, an instant (UTC), or so long back")->type_name("T");
        log->add_flag("--security", words_.security, "Only what concerns security: access refused, hosts isolated");
        log->add_option("--since", words_.from, "From a day, an instant (UTC), or so long back: 30m, 12h, 7d")->type_name("T");
        log->add_option("--limit", words_.limit, "At most so many lines")->check(CLI::Range(1, 1'000'000));
        app_.add_subcommand("stats", "Figures: failures, retries, handoffs and how long decisions took")
            ->add_option("--range", words_.span, "1h and 24h to five minutes; whole days (UTC) of 7d, 30d or another span; or all")->type_name("SPAN");
        app_.add_subcommand("metrics", "The figures in Prometheus' text form");
        auto* notify = app_.add_subcommand("notify", "Try the notifiers of a definition");
        notify->add_option("--test", words_.agent, "Send a test message through each notifier of this definition")->required()->type_name("AGENT");
    }

    void addReplaying()
    {
        auto* replay = app_.add_subcommand("replay", "Decide a run once more from its journal; no effect leaves");
        replay->add_option("--until", words_.until, "Stop after this line, and show where the run stood")->type_name("N")->check(CLI::PositiveNumber);
        auto* whatIf = app_.add_subcommand("what-if", "The same with one thing changed, beside how it was; no effect leaves");
        whatIf->add_option("--change", words_.change, "One of argument, limit, reply, decision, definition (JSON or @FILE)")->required();
        for (auto* command : {replay, whatIf}) command->add_option("RUN", words_.id, "A run, an imported bundle, or the path of one (./FILE)")->required();
        auto* out = app_.add_subcommand("export", "A run into one file, to be replayed elsewhere");
        out->add_option("RUN", words_.id)->required();
        out->add_option("FILE", line_.file, "A new file")->required();
        out->add_option("--mask", words_.masks, "Mask what stands at this place (/buyer/email, /*/email) or has this name (email), and the same value everywhere")->type_name("RULE");
        app_.add_subcommand("import", "Keep a bundle beside the store; it is never driven")->add_option("FILE", line_.file)->required();
    }

    void addKeeping()
    {
        auto* verify = app_.add_subcommand("verify", "Hold the journal against its hash chain and the last known head");
        verify->add_option("--anchor", line_.file, "A head that was kept elsewhere")->type_name("FILE");
        auto* audit = app_.add_subcommand("audit", "Who decided what, when, why, and what was on the screen");
        audit->add_option("--since", words_.from, "From a day, an instant (UTC), or so long back: 7d")->type_name("T");
        audit->add_option("--until", words_.to, "Until a day, an instant (UTC), or so long back")->type_name("T");
        audit->add_option("--run", words_.id, "Only this run")->type_name("RUN");
        audit->add_option("--format", words_.format, "table, json, csv or html (printable)")->check(CLI::IsMember({"table", "json", "csv", "html"}));
        audit->add_option("FILE", line_.file, "A new file; without it to the terminal");
        app_.add_subcommand("anchor", "Write the journal's head to a file, to be kept elsewhere")->add_option("FILE", line_.file)->required();
        app_.add_subcommand("backup", "Copy the store into a new file, while it is in use")->add_option("FILE", line_.file)->required();
        auto* prune = app_.add_subcommand("prune", "Let the content of ended runs go; nothing open or in doubt");
        prune->add_option("--older-than", words_.days, "Days since the run ended")->required()->check(CLI::Range(0.0, 36'500.0));
        app_.add_subcommand("hosts", "The hosts that are called: breaker, calls under way, who isolated them");
        for (const auto& [name, what] : {std::pair("isolate", "Leave a host alone until it is released, also after a restart"),
                                         std::pair("release", "Let an isolated host be called again")}) {
            auto* command = app_.add_subcommand(name, what);
            command->add_option("HOST", words_.id, "An origin, like https://shop.example:8443")->required();
            command->add_option("--as", words_.as, "Who decides");
            command->add_option("--reason", words_.reason, "Why");
        }
        auto* accept = app_.add_subcommand("accept-rollback", "Say that an older copy of the store was put back on purpose");
        for (auto* command : {prune, accept}) command->add_option("--as", words_.as, "Who decides");
        accept->add_option("--reason", words_.reason, "Why");
    }

    CLI::App* addDecision(const char* name, const char* what)
    {
        auto* command = app_.add_subcommand(name, what);
        command->add_option("HANDOFF", words_.id)->required();
        command->add_option("--as", words_.as, "Who decides");
        command->add_option("--reason", words_.reason, "Why");
        command->add_option("--mode", words_.mode, "Who decides from now on about what a model proposes")->check(CLI::IsMember({"autonomous", "advisory"}));
        command->add_flag("--no-drive", words_.noDrive, "Only record it; go on with: handrail resume");
        return command;
    }

    void addDecisions()
    {
        addDecision("approve", "Say yes: what is shown is done");
        addDecision("reject", "Say no");
        addDecision("edit", "Change the arguments and approve them")->add_option("--with", words_.with, "Changed arguments, as JSON or @FILE")->required();
        addDecision("retry", "Try the step again")->add_option("--with", words_.with, "Changed arguments, as JSON or @FILE");
        addDecision("skip", "Go on without the step");
        addDecision("fallback", "Use the step's fallback");
        addDecision("answer", "Give guidance and go on")->add_option("--text", words_.text, "The answer")->required();
        addDecision("undo", "Take back what the step did")->add_flag("--all", words_.all, "The whole run");
        addDecision("keep", "Keep what was done");
        addDecision("abort", "End the run");
        auto* settle = addDecision("settle", "Say whether a doubtful call happened");
        auto* happened = settle->add_flag("--happened", words_.happened, "It happened");
        settle->add_option("--reference", words_.reference, "The provider's own id for it")->needs(happened);
        auto* which = settle->add_option_group("answer");
        which->add_flag("--not-happened", words_.notHappened, "It did not happen");
        which->add_flag("--cannot-tell", words_.cannotTell, "It cannot be told; it stays open");
    }

    std::optional<Failure> makeRequest()
    {
        const std::string& command = line_.command;
        line_.agent = words_.agent;
        if (command == "run") return runRequest();
        if (command == "drill") return drillRequest();
        if (command == "show" || command == "journal") line_.request = {{"do", command}, {"id", words_.id}};
        else if (command == "runs" || command == "resume") line_.request = {{"do", command}};
        else if (isReplayCommand(command)) return replayRequest();
        else if (command == "demo") line_.request = {{"do", "inbox"}};
        else if (command == "inbox") line_.request = {{"do", command}, {"kind", words_.kind}, {"search", words_.search}, {"mine", words_.mine ? who() : ""}};
        else if (command == "take" || command == "hand" || command == "give-back" || command == "snooze") return tendingRequest();
        else if (command == "abort-run" || command == "pause-run") line_.request = {{"do", command == "abort-run" ? "abort_run" : "pause_run"}, {"id", words_.id}, {"as", who()}, {"reason", words_.reason}};
        else if (command == "hosts") line_.request = {{"do", command}};
        else if (command == "isolate" || command == "release") line_.request = {{"do", command}, {"host", words_.id}, {"as", who()}, {"reason", words_.reason}};
        else if (command == "prune") line_.request = {{"do", command}, {"as", who()}, {"days", words_.days}};
        else if (command == "log") {
            line_.request = {{"search", words_.search}, {"run", words_.id}, {"tool", words_.tool}, {"code", words_.code},
                             {"step", words_.step}, {"agent", words_.agent}, {"user", words_.user}, {"trace", words_.trace}, {"event", words_.event},
                             {"level", words_.level}, {"security", words_.security}, {"since", words_.from}, {"until", words_.to}, {"limit", words_.limit}};
        } else if (isWatchCommand(command)) line_.request = {{"range", words_.span}};
        else if (command == "audit") line_.request = {{"since", words_.from}, {"until", words_.to}, {"run", words_.id}, {"format", words_.format}};
        else if (isStoreCommand(command)) line_.request = {{"do", command}, {"as", who()}, {"reason", words_.reason}};
        else if (command != "check" && command != "serve") return decisionRequest();
        return std::nullopt;
    }

    std::string who() const { return words_.as.empty() ? currentUser() : words_.as; }

    std::optional<Failure> runRequest()
    {
        Json input = Json::object();
        if (!words_.input.empty()) {
            auto given = jsonArgument(words_.input, "--input");
            if (!given) return given.failure();
            input = given.take();
        }
        if (!words_.inject.empty()) {
            auto given = jsonArgument(words_.inject, "--inject");
            if (!given) return given.failure();
            line_.inject = given.take();
        }
        line_.request = {{"do", "run"}, {"path", words_.agent}, {"input", input}, {"wait", line_.wait},
                         {"user", words_.user.empty() ? currentUser() : words_.user}, {"trace", words_.trace}};
        return std::nullopt;
    }

    std::optional<Failure> drillRequest()
    {
        line_.request = {{"as", currentUser()}, {"runs", words_.runs}};
        if (words_.seed >= 0) line_.request["seed"] = words_.seed;
        if (words_.input.empty()) return std::nullopt;
        auto given = jsonArgument(words_.input, "--input");
        if (!given) return given.failure();
        line_.request["input"] = given.take();
        return std::nullopt;
    }

    std::optional<Failure> replayRequest()
    {
        line_.request = {{"id", words_.id}, {"until", words_.until}, {"mask", words_.masks}};
        if (words_.change.empty()) return std::nullopt;
        auto change = jsonArgument(words_.change, "--change");
        if (!change) return change.failure();
        line_.request["change"] = change.take();
        return std::nullopt;
    }

    std::optional<Failure> tendingRequest()
    {
        line_.request = {{"do", "tend"}, {"handoff", words_.id}, {"as", who()}};
        if (line_.command == "snooze") {
            const auto span = words_.span == "0m" ? std::optional<Millis>(0) : readSpan(words_.span);
            if (!span) return failure("U102", "\"" + words_.span + "\" is no span of time.", "--for", "Write a number and m or h: 30m, 4h.");
            line_.request["snooze_ms"] = *span;
        } else {
            line_.request["assignee"] = line_.command == "take" ? who() : line_.command == "hand" ? words_.assignee : "";
        }
        return std::nullopt;
    }

    std::optional<Failure> decisionRequest()
    {
        line_.request = {{"do", "decide"}, {"verb", line_.command}, {"handoff", words_.id}, {"as", who()},
                         {"reason", words_.reason}, {"text", words_.text}, {"mode", words_.mode}, {"reference", words_.reference},
                         {"all", words_.all}, {"drive", !words_.noDrive}};
        if (!words_.with.empty()) {
            auto with = jsonArgument(words_.with, "--with");
            if (!with) return with.failure();
            line_.request["with"] = with.take();
        }
        if (line_.command != "settle") return std::nullopt;
        if (words_.happened + words_.notHappened + words_.cannotTell != 1) {
            return failure("U102", "Say exactly one of --happened, --not-happened and --cannot-tell.");
        }
        line_.request["settlement"] = words_.happened ? "happened" : words_.notHappened ? "not_happened" : "cannot_tell";
        return std::nullopt;
    }

    CLI::App app_;
    CommandLine line_;
    Words words_;
};

}  // namespace

Outcome<std::string> readSmallFile(const std::string& path)
{
    constexpr std::size_t most = 1 << 20;
    std::ifstream file(path, std::ios::binary);
    std::string content(most + 1, '\0');
    if (file) file.read(content.data(), static_cast<std::streamsize>(content.size()));
    if (!file && !file.eof()) return failure("U105", "The file " + path + " cannot be read.", {}, "Give the path of a readable file.");
    content.resize(static_cast<std::size_t>(file.gcount()));
    if (content.size() > most) return failure("U109", "The file " + path + " is larger than 1 MiB.", path);
    return content;
}

ParsedLine parseCommandLine(int argc, char** argv) { return Parser().parse(argc, argv); }

std::string defaultStore()
{
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && data[0] == '/') return std::string(data) + "/handrail";
    const char* home = std::getenv("HOME");
    return std::string(home ? home : ".") + "/.local/share/handrail";
}

std::string currentUser()
{
    if (const char* user = std::getenv("USER"); user && *user) return user;
    const passwd* entry = getpwuid(geteuid());
    return entry ? entry->pw_name : "operator";
}

}  // namespace handrail::app
