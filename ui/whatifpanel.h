#pragma once

#include "models/whatifmodel.h"
#include "ui/tables.h"
#include "ui/timeline.h"
#include "ui/whatifform.h"

namespace handrail::ui {

/// One thing changed, and what would have come of it: two lines of time to one scale, and their lines side by side.
class WhatIfPanel : public QWidget {
    Q_OBJECT
public:
    explicit WhatIfPanel(QWidget* parent = nullptr);

    void setRun(const Json& definition, std::vector<JournalLine> lines);
    void setResult(const WhatIf& told);
    void setBusy(bool isBusy) { form_->setBusy(isBusy); }

signals:
    void tried(const handrail::Json& change);
    void definitionWanted();

private:
    QWidget* makeResult();
    void showLines();
    void showSummary(const WhatIf& told);
    void goTo(int row);

    std::vector<JournalLine> was_;
    models::WhatIfModel model_;
    WhatIfForm* form_;
    QWidget* result_;
    PlainLabel* summary_;
    PlainLabel* then_;
    PlainLabel* known_;
    TimeLine* wasLine_;
    TimeLine* nowLine_;
    Table* table_;
    PlainLabel* empty_;
    bool isGoing_ = false;
};

}  // namespace handrail::ui
