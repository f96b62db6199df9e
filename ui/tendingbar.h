#pragma once

#include <functional>
#include <optional>

#include <QWidget>

#include "agentcore/types.h"

class QKeyEvent;
class QMenu;
class QPushButton;

namespace handrail::ui {

class PlainLabel;

/// Above the decision bar: who has the handoff and until when it is put off, and the buttons for that. Nothing
/// here decides anything. Emits a Tending that names its handoff by id.
class TendingBar : public QWidget {
    Q_OBJECT
public:
    explicit TendingBar(std::function<Millis()> now, QWidget* parent = nullptr);

    /// Who sits here.
    void setUser(const std::string& user);
    /// Of what is no longer open nothing can be taken or put off: then the bar is not there.
    void setHandoff(const std::optional<HandoffDetail>& handoff);
    /// T, H and Z; false when the key means nothing here.
    bool pressKey(const QKeyEvent& event);

    void take();
    void giveBack();
    void hand();
    /// Shows for how long it can be put off.
    void snooze();
    /// Whether there is a handoff that these can be done with.
    bool isReady() const { return row_.has_value(); }

signals:
    void tendingMade(const handrail::Tending& tending);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    QPushButton* addButton(const QString& text, const QString& key, const QString& what, void (TendingBar::*act)());
    void addSpan(const QString& text, Millis until);
    void assign(const std::string& who);
    void putOff(Millis until);

    std::function<Millis()> now_;
    std::string user_;
    std::optional<InboxRow> row_;
    PlainLabel* words_;
    QPushButton* take_;
    QPushButton* hand_;
    QPushButton* snooze_;
    QMenu* spans_;
};

}  // namespace handrail::ui
