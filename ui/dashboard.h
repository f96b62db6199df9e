#pragma once

#include <vector>

#include <QButtonGroup>
#include <QGridLayout>
#include <QScrollArea>
#include <QSettings>

#include "agentcore/statistics.h"
#include "models/runsfilter.h"
#include "ui/parts.h"

namespace handrail::ui {

class BarList;

/// What went wrong and how often, from the kept counters: bars by tool, agent, failure, fallback and
/// kind of question, over a range of days. A bar that has runs behind it shows them.
class Dashboard : public QWidget {
    Q_OBJECT
public:
    explicit Dashboard(QSettings* settings, QWidget* parent = nullptr);

    /// Days that are looked at, today with them; 0: all.
    int days() const;
    /// `inbox` holds the open handoffs: alerts are among them.
    void setFigures(const Statistics& statistics, const std::vector<InboxRow>& inbox);

signals:
    void rangeChanged();
    void toolRunsWanted(const QString& tool);
    void runsWanted(const handrail::models::RunsWanted& wanted, const QString& why);
    void handoffWanted(const QString& id);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeTiles();
    void makeFigures(QWidget* page);
    void joinFigures();
    void arrange();
    void showDayOf(const QString& id);

    QSettings* settings_;
    QButtonGroup* ranges_;
    QScrollArea* area_;
    QGridLayout* grid_;
    QList<PlainLabel*> numbers_;
    QList<BarList*> figures_;
    BarList* tools_;
    BarList* retries_;
    BarList* types_;
    BarList* ended_;
    BarList* fallbacks_;
    BarList* handoffs_;
    BarList* times_;
    BarList* alerts_;
    BarList* notifiers_;
    int columns_ = 0;
};

}  // namespace handrail::ui
