#pragma once

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <QObject>
#include <QTimer>

#include "agentcore/definition/kept.h"
#include "agentcore/store/store.h"
#include "agentcore/watch/alerts.h"
#include "agentcore/watch/courier.h"
#include "agentcore/watch/logfile.h"
#include "agentcore/watch/notifierbook.h"
#include "agentcore/watch/noticerules.h"
#include "agentcore/watch/repeats.h"

namespace handrail::watch {

/// What the watch is handed.
struct Doors {
    store::ReadStore* store = nullptr;  ///< a read-only connection of its own
    wire::Wire* wire = nullptr;
    Clock* clock = nullptr;
    std::string folder;                 ///< the store's: the log lies in it
    LogSize log = {};
    std::function<void()> looking = {}; ///< called when a look begins: what is committed from now on needs another
};

/// Listens to what was committed, and changes nothing: reads the journal's new lines from its own connection,
/// writes the log, and tells people. A crash costs no log line: it goes on where the log ends.
/// One thread, not the runtime's, so that no run waits for it.
class Watcher : public QObject {
    Q_OBJECT
public:
    explicit Watcher(Doors doors, QObject* parent = nullptr);
    ~Watcher() override;

    /// Something was committed: looks at it within a moment, together with what comes until then.
    void wake();
    /// Looks now.
    void look();
    /// A last look, then `finished` as soon as the notifications under way are over.
    void finish();

    const AlertBook& alerts() const { return alerts_; }

signals:
    /// For the desktop, where this process has one.
    void desktopTold(const std::vector<handrail::InboxRow>& rows);
    /// The watch itself cannot do its work: the log cannot be written. Runs go on.
    void troubled(const handrail::Failure& why);
    /// A ticket that belongs into the inbox, or counts up there.
    void found(const handrail::decide::Finding& finding);
    /// Runs' own tickets of a cause that has come up so often.
    void countedUp(const std::string& cause, int count);
    void finished();

private:
    /// One notifier of one or more definitions, and what is to be told there.
    struct Voice {
        Notifier notifier;
        NoticeRules rules;
        std::vector<Notice> fresh;
    };
    struct Known {
        RunStory story;
        std::string definition;
        std::list<RunId>::iterator use;
    };

    void openLog();
    void lookBack();
    void count(const decide::Event& event);
    DefinitionPtr definitionBy(const std::string& digest);
    void file(const decide::Finding& finding);
    void take(const decide::Event& event);
    Known& known(const decide::Event& event);
    Known& hear(const decide::Event& event);
    void leave(const decide::Event& event);
    void tell(const std::string& definition, const Notice& notice);
    bool isWorthTelling(const Notice& notice);
    void speak();
    void onTold(const Notifier& notifier, const Notice& notice, const std::optional<Failure>& why);
    void flush();
    void scheduleLater();
    bool isQuiet(const Notifier& notifier) const;

    Doors doors_;
    std::unique_ptr<LogFile> log_;
    Seq position_ = 0;
    std::unordered_map<RunId, Known> runs_;
    std::list<RunId> uses_;  ///< runs, the one longest unheard of first
    std::map<std::string, std::string> definitionOf_;  ///< agent -> digest of the definition that ran last
    KeptDefinitions definitions_;
    AlertBook alerts_;
    Repeats repeats_;
    std::map<std::string, Voice> voices_;  ///< by digest of the notifier as it is written
    Courier courier_;
    NotifierBook book_;
    QTimer soon_, later_;
    Millis troubledAt_ = 0;
    bool isEnding_ = false;
};

}  // namespace handrail::watch
