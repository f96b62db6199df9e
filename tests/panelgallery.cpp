#include <QApplication>
#include <QDir>
#include <QPushButton>
#include <QVBoxLayout>

#include "tests/support/handoffs.h"
#include "ui/decisionbar.h"
#include "ui/handoffpanel.h"
#include "ui/look.h"
#include "ui/planstrip.h"

using namespace handrail;
using namespace handrail::ui;

namespace {

struct Frame {
    QWidget window;
    HandoffPanel* panel;
    DecisionBar* bar;

    Frame(const std::optional<HandoffDetail>& detail, QSize size)
    {
        const auto now = [] { return samples::now; };
        auto* column = new QVBoxLayout(&window);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        panel = new HandoffPanel(now, &window);
        bar = new DecisionBar(now, &window);
        column->addWidget(panel, 1);
        column->addWidget(bar);
        window.resize(size);
        window.show();
        panel->setHandoff(detail);
        bar->setHandoff(detail);
        QCoreApplication::processEvents();
    }

    void press(const QString& label) const
    {
        if (auto* button = bar->findChild<QPushButton*>(label)) button->click();
    }

    void save(const QString& path)
    {
        for (int i = 0; i < 4; ++i) QCoreApplication::processEvents();
        window.grab().save(path);
    }
};

struct Picture {
    QString name;
    std::optional<HandoffDetail> detail;
    QSize size{760, 700};
    QString press = {};
    QString step = {};
};

void draw(const QDir& folder, const Picture& picture, const QString& suffix)
{
    Frame frame(picture.detail, picture.size);
    if (!picture.press.isEmpty()) frame.press(picture.press);
    if (!picture.step.isEmpty()) frame.panel->findChild<PlanStrip*>()->select(picture.step);
    frame.save(folder.filePath(picture.name + suffix + QStringLiteral(".png")));
}

QList<Picture> pictures()
{
    return {{QStringLiteral("payment"), samples::payment()},
            {QStringLiteral("held"), samples::heldPayment()},
            {QStringLiteral("foureyes"), samples::fourEyes()},
            {QStringLiteral("proposal"), samples::proposal()},
            {QStringLiteral("doubt"), samples::doubt()},
            {QStringLiteral("timeouts"), samples::timeouts()},
            {QStringLiteral("scope"), samples::scope()},
            {QStringLiteral("review"), samples::review()},
            {QStringLiteral("failedundo"), samples::failedUndo()},
            {QStringLiteral("hostile"), samples::hostile(), {760, 1500}},
            {QStringLiteral("empty"), std::nullopt},
            {QStringLiteral("payment-again"), samples::payment(), {760, 700}, QStringLiteral("Approve")},
            {QStringLiteral("payment-edit"), samples::payment(), {760, 700}, QStringLiteral("Edit and approve…")},
            {QStringLiteral("payment-reject"), samples::payment(), {760, 700}, QStringLiteral("Reject…")},
            {QStringLiteral("payment-step"), samples::payment(), {760, 700}, {}, QStringLiteral("match")},
            {QStringLiteral("timeouts-undo"), samples::timeouts(), {760, 700}, QStringLiteral("Undo…")}};
}

}  // namespace

/// Saves pictures of the panel and the bar in all their states into the folder named.
int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QDir folder(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("."));
    folder.mkpath(QStringLiteral("."));
    applyLook(application, Theme::Light, TextSize::Normal, false);
    for (const auto& picture : pictures()) draw(folder, picture, QStringLiteral("-light"));
    draw(folder, {QStringLiteral("payment"), samples::payment(), {600, 700}}, QStringLiteral("-narrow"));
    draw(folder, {QStringLiteral("timeouts"), samples::timeouts(), {600, 900}}, QStringLiteral("-narrow"));
    draw(folder, {QStringLiteral("payment"), samples::payment(), {1366, 700}}, QStringLiteral("-wide"));
    applyLook(application, Theme::Light, TextSize::Large, false);
    draw(folder, {QStringLiteral("payment"), samples::payment(), {900, 900}}, QStringLiteral("-large"));
    applyLook(application, Theme::Light, TextSize::Huge, false);
    draw(folder, {QStringLiteral("payment"), samples::payment(), {1366, 700}}, QStringLiteral("-huge"));
    applyLook(application, Theme::Dark, TextSize::Normal, false);
    for (const auto& picture : pictures()) draw(folder, picture, QStringLiteral("-dark"));
    return 0;
}
