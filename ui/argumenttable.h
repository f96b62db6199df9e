#pragma once

#include <QWidget>

#include "agentcore/types.h"

class QGridLayout;
class QVBoxLayout;

namespace handrail::ui {

/// Arguments for reading: names and values, the typed ones first and large; a list of records as a
/// table with a count. Nothing is left out in silence.
class ArgumentTable : public QWidget {
    Q_OBJECT
public:
    /// `before`: the arguments of the last such call; what differs from them says so beside the value.
    ArgumentTable(const Json& arguments, const std::vector<Argument>& typed, QWidget* parent = nullptr, const Json* before = nullptr);
    /// A further line in the same columns; absent when the value is empty.
    void addFact(const QString& name, const QString& value, bool isCode = false, bool isMixed = false);

private:
    void addTyped(const std::vector<Argument>& typed);
    void addRest(const Json& arguments, const std::vector<Argument>& typed);
    struct Row {
        QString name;
        QString path;    ///< where it stands in the arguments, for the tool tip
        QString value;
        QString change;  ///< what it was before; empty: the same, or nothing to compare
        bool isMain = false;
        bool isMixed = false;
    };
    void addRow(const Row& row);
    void addGone(const Json& arguments);
    QString changeOf(const std::string& pointer, const Json& value) const;
    QString moneyChange(const std::vector<Argument>& typed) const;
    void place(QWidget* name, QWidget* value, bool isMain, bool isMixed);
    void addRecords(const Json& records, const QString& name);

    QVBoxLayout* column_;
    QGridLayout* grid_ = nullptr;
    int row_ = 0;
    const Json* before_;  ///< of the constructor's caller; not used after it
};

/// A value to read: wraps; a very long one scrolls in a frame of its own.
QWidget* valueWidget(const QString& value, const QString& name, bool isMain, QWidget* parent);

}  // namespace handrail::ui
