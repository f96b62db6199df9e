#pragma once

#include <vector>

#include <QButtonGroup>
#include <QCheckBox>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>
#include <QWidget>

#include "ui/parts.h"

namespace handrail::ui {

/// One way of telling people, as the definitions name it.
struct NotifierRow {
    QString agent;
    QString label;      ///< without any secret
    int place = 0;      ///< in its definition
    QString history;    ///< "12 sent, last today 10:02"; empty when there is none
    bool operator==(const NotifierRow&) const = default;
};

/// Appearance, keys, who decides, and the notifiers with a button that sends a test message.
class SettingsView : public QWidget {
    Q_OBJECT
public:
    /// Settings are read from and written to `settings`, which must outlive the view.
    explicit SettingsView(QSettings* settings, QWidget* parent = nullptr);

    /// Under whose name decisions are recorded.
    void setOperator(const QString& name);
    void setNotifiers(const std::vector<NotifierRow>& rows);
    /// What came of a test message.
    void showTest(const QString& agent, int place, const QString& result, bool isGood);
    /// Reads again what may have been set elsewhere.
    void load();

signals:
    void appearanceChanged();
    void testRequested(const QString& agent, int place);

private:
    void addChoices(const QString& title, const QString& key, const QStringList& names);
    void addSwitch(const QString& text, const QString& about, const QString& key, bool usual);
    void addNotifier(const NotifierRow& row);
    PlainLabel* addTitle(const QString& title);

    QSettings* settings_;
    QVBoxLayout* column_;
    QMap<QString, QButtonGroup*> choices_;
    QMap<QString, QCheckBox*> switches_;
    PlainLabel* operator_;
    PlainLabel* noNotifier_;
    QWidget* notifiers_;
    std::vector<NotifierRow> rows_;
    QList<PlainLabel*> results_;
    QList<QWidget*> buttons_;
};

}  // namespace handrail::ui
