#pragma once

#include <optional>
#include <vector>

#include <QButtonGroup>
#include <QComboBox>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTimer>
#include <QWidget>

#include "models/replaymodel.h"
#include "ui/momentpanel.h"
#include "ui/tables.h"
#include "ui/timeline.h"
#include "ui/whatifpanel.h"

namespace handrail::ui {

/// A run once more, line by line, from its journal: where it stood, whether the code decides the same, and what would
/// have been. It only asks; whoever joins it answers, soon or late, and no effect leaves.
class ReplayView : public QWidget {
    Q_OBJECT
public:
    explicit ReplayView(QWidget* parent = nullptr);

    /// What can be opened: runs of the store, and bundles that were imported.
    void setRuns(const std::vector<RunSummary>& runs, const std::vector<RunId>& imported);
    /// Shows another run or bundle, at its last line. `name` is what it was opened by.
    void setRecording(const QString& name, const Json& definition, std::vector<JournalLine> lines, bool isBundle = false);
    /// What was asked for could not be read or done; what was shown stays.
    void setRefused(const Failure& why);
    /// Where the run stood at the handle; dropped when the handle is elsewhere by now.
    void setMoment(Seq asked, const Replayed& told);
    void setReplayed(const Replayed& told);
    void setWhatIf(const WhatIf& told);
    /// What takes its time, in words; empty: nothing does. It is shown once it takes long.
    void setBusy(const QString& what);
    /// How much of it is done; it can be stopped.
    void setProgress(int percent);
    /// The number of the line at the handle; 0 when nothing is open.
    Seq current() const;

signals:
    void openWanted(const QString& runOrBundle);
    void bundleWanted();
    /// The run that is open is to leave as a file.
    void saveWanted();
    void momentWanted(qint64 seq);
    void replayWanted();
    void stopWanted();
    void whatIfWanted(const handrail::Json& change);
    void definitionWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeBar();
    QWidget* makeJournal();
    void goTo(int row);
    void showSide(int side);
    void showVerdict(const QString& text, Tone tone);
    void openTyped();
    static QString emptyText();

    models::ReplayModel model_;
    QComboBox* runs_;
    QPushButton* save_;
    PlainLabel* subject_;
    PlainLabel* verdict_;
    QProgressBar* busy_;
    QPushButton* stop_;
    QPushButton* replay_;
    QButtonGroup* sides_;
    TimeLine* line_;
    Table* table_;
    MomentPanel* moment_;
    WhatIfPanel* whatIf_;
    QStackedWidget* stack_;
    QWidget* open_;
    PlainLabel* empty_;
    Box* refused_;
    PlainLabel* refusedText_;
    PlainLabel* refusedHint_;
    QTimer slow_;
    QString busyText_;
    QString verdictText_;
    Tone verdictTone_ = Tone::Muted;
    bool isGoing_ = false;
};

}  // namespace handrail::ui
