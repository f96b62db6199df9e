#include "app/consolereplay.h"

#include <QFileDialog>
#include <QPointer>

#include "app/commandline.h"
#include "ui/bundledialog.h"
#include "ui/foreigntext.h"
#include "ui/runpane.h"
#include "ui/runsview.h"

namespace handrail::app {
namespace {

constexpr int mostRuns = 500;  ///< in the list; others are opened by their id

/// What was read of a run or bundle.
struct Opened {
    std::shared_ptr<Recording> recording;
    std::vector<JournalLine> lines;
    Failure refused;
};

Opened opened(const std::string& folder, const std::string& name)
{
    auto recording = Recording::open(folder, name);
    if (!recording) return {nullptr, {}, recording.failure()};
    Opened read{recording.take(), {}, {}};
    read.lines = read.recording->lines();
    if (read.lines.empty()) return {nullptr, {}, failure("U105", "The journal of this run is empty.")};
    return read;
}

}  // namespace

ConsoleReplay::ConsoleReplay(ui::MainWindow& window, const Reader& reader, std::string folder)
    : window_(window), reader_(reader), folder_(std::move(folder)), view_(new ui::ReplayView(&window))
{
    worker_.moveToThread(&thread_);
    thread_.setObjectName(QStringLiteral("replay"));
    thread_.start();
    joinView();
    place_ = window_.addView(QStringLiteral("replay"), tr("Replay"), QStringLiteral("replay"), view_);
    if (window_.currentView() == QStringLiteral("replay")) refreshRuns();
}

ConsoleReplay::~ConsoleReplay()
{
    isStopped_ = true;
    ++opened_;
    thread_.quit();
    thread_.wait();
}

void ConsoleReplay::joinView()
{
    connect(&window_, &ui::MainWindow::viewShown, this, [this](const QString& id) {
        if (id == QStringLiteral("replay")) refreshRuns();
    });
    connect(&window_.runs(), &ui::RunsView::replayRequested, this, &ConsoleReplay::open);
    connect(&window_.runPane(), &ui::RunPane::replayRequested, this, &ConsoleReplay::open);
    connect(view_, &ui::ReplayView::openWanted, this, &ConsoleReplay::open);
    connect(view_, &ui::ReplayView::bundleWanted, this, [this] {
        chooseFile(tr("Open a bundle"), tr("Bundles (*.json);;All files (*)"), [this](const QString& path) { open(path); });
    });
    connect(view_, &ui::ReplayView::saveWanted, this, &ConsoleReplay::saveBundle);
    connect(view_, &ui::ReplayView::momentWanted, this, &ConsoleReplay::askMoment);
    connect(view_, &ui::ReplayView::replayWanted, this, &ConsoleReplay::replay);
    connect(view_, &ui::ReplayView::stopWanted, this, [this] { isStopped_ = true; });
    connect(view_, &ui::ReplayView::whatIfWanted, this, &ConsoleReplay::whatIf);
    connect(view_, &ui::ReplayView::definitionWanted, this, [this] {
        chooseFile(tr("Choose another definition"), tr("Agent definitions (*.json)"), [this](const QString& path) { whatIfDefinition(path); });
    });
}

template <typename Work, typename Then>
void ConsoleReplay::ask(Work work, Then then)
{
    QMetaObject::invokeMethod(&worker_, [this, work, then, when = opened_.load()] {
        if (when != opened_) return;
        auto told = work();
        QMetaObject::invokeMethod(this, [this, then, when, told = std::move(told)] {
            if (when == opened_) then(told);
        });
    });
}

void ConsoleReplay::refreshRuns()
{
    auto runs = reader_.runs(mostRuns);
    view_->setRuns(runs ? runs.take() : std::vector<RunSummary>(), importedBundles(folder_));
}

void ConsoleReplay::chooseFile(const QString& title, const QString& filter, std::function<void(const QString&)> chosen)
{
    auto* dialog = new QFileDialog(&window_, title, {}, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, std::move(chosen));
    dialog->open();
}

void ConsoleReplay::open(const QString& runOrBundle)
{
    if (runOrBundle.isEmpty()) return;
    ++opened_;
    isStopped_ = true;  // a replay of what was open before
    isAsking_ = false;
    if (window_.currentView() != QStringLiteral("replay")) window_.showView(place_);
    view_->setBusy(tr("Reading the journal…"));
    ask([folder = folder_, name = runOrBundle.toStdString()] { return opened(folder, name); }, [this, runOrBundle](const Opened& read) {
        view_->setBusy({});
        if (!read.recording) return view_->setRefused(read.refused);
        recording_ = read.recording;
        name_ = runOrBundle;
        lines_ = read.lines.size();
        view_->setRecording(runOrBundle, recording_->definition(), read.lines, recording_->isBundle());
    });
}

/// The bundle is made anew for every change of the masks, so that its size is told before it is saved.
void ConsoleReplay::saveBundle()
{
    if (!recording_) return;
    auto* dialog = new ui::BundleDialog(name_, &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto text = std::make_shared<std::string>();
    const QPointer<ui::BundleDialog> there = dialog;
    const auto make = [this, there, text] {
        const QStringList wanted = there->masks();
        std::vector<std::string> masks;
        for (const auto& mask : wanted) masks.push_back(mask.toStdString());
        ask([folder = folder_, run = name_.toStdString(), masks] { return bundleOf(folder, run, masks); }, [there, text, wanted](const Outcome<std::string>& made) {
            if (!there || there->masks() != wanted) return;
            *text = made ? *made : std::string();
            if (made) there->setSize(static_cast<qint64>(made->size()));
            else there->setRefused(ui::foreign(made.failure().code + ": " + made.failure().message + " " + made.failure().hint));
        });
    };
    connect(dialog, &ui::BundleDialog::masksChanged, this, make);
    connect(dialog, &ui::BundleDialog::saveWanted, this, [this, there, text] {
        auto* file = new QFileDialog(&window_, tr("Save the bundle"), name_ + QStringLiteral(".json"), tr("Bundles (*.json);;All files (*)"));
        file->setAttribute(Qt::WA_DeleteOnClose);
        file->setAcceptMode(QFileDialog::AcceptSave);
        connect(file, &QFileDialog::fileSelected, this, [this, there, text](const QString& path) {
            const auto refused = writeBundle(*text, path.toStdString());
            if (refused) return there ? there->setRefused(ui::foreign(refused->code + ": " + refused->message + " " + refused->hint)) : void();
            window_.showToast(tr("Saved. It replays anywhere: handrail replay FILE"), false);
            if (there) there->accept();
        });
        file->open();
    });
    dialog->open();
    make();
}

/// While one instant is worked out the handle may go on; then only the last one that it came to is asked for.
void ConsoleReplay::askMoment(Seq seq)
{
    wanted_ = seq;
    if (isAsking_ || !recording_ || seq == 0) return;
    isAsking_ = true;
    ask([recording = recording_, seq] { return recording->at(seq); }, [this, seq](const Replayed& told) {
        isAsking_ = false;
        view_->setMoment(seq, told);
        if (wanted_ != seq) askMoment(wanted_);
    });
}

void ConsoleReplay::replay()
{
    if (!recording_) return;
    isStopped_ = false;
    view_->setBusy(tr("Replaying…"));
    const auto work = [this, recording = recording_, all = lines_] {
        std::size_t told = 0;
        return recording->replay([this, all, told](std::size_t behind) mutable {
            const std::size_t percent = behind * 100 / all;
            if (percent > told) QMetaObject::invokeMethod(view_, [view = view_, percent] { view->setProgress(static_cast<int>(percent)); });
            told = percent;
            return !isStopped_;
        });
    };
    ask(work, [this](const std::optional<Replayed>& told) {
        view_->setBusy({});
        if (told) view_->setReplayed(*told);
    });
}

void ConsoleReplay::whatIf(const Json& change)
{
    if (!recording_) return;
    view_->setBusy(tr("Working out what would have been…"));
    ask([recording = recording_, change] { return recording->whatIf(change); }, [this](const Outcome<WhatIf>& told) {
        view_->setBusy({});
        if (told) view_->setWhatIf(*told);
        else view_->setRefused(told.failure());
    });
}

void ConsoleReplay::whatIfDefinition(const QString& path)
{
    if (!recording_) return;
    auto text = readSmallFile(path.toStdString());
    if (!text) return view_->setRefused(text.failure());
    auto change = recording_->changeTo(*text);
    if (change) whatIf(*change);
    else view_->setRefused(change.failure());
}

}  // namespace handrail::app
