#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QWidget>

#include "agentcore/types.h"

class QComboBox;
class QGridLayout;
class QPlainTextEdit;
class QLineEdit;

namespace handrail::ui {

/// A form made from the arguments as they stand and what their tool says of them: a choice where only some values are
/// possible, a line for every other plain value, JSON for the rest; what may be given and is not stands empty below.
class ArgumentEdit : public QWidget {
    Q_OBJECT
public:
    /// `schema`: the tool's JSON Schema for them; null when it has none.
    explicit ArgumentEdit(const Json& arguments, const Json& schema = nullptr, QWidget* parent = nullptr);

    /// Only what differs, as a merge patch; a number stays a number. Empty when nothing does.
    Json changes() const;
    /// What is wrong with what was typed; empty when nothing is.
    QString mistake() const;
    /// The text that stands at a pointer of one segment now.
    std::optional<QString> textAt(const std::string& pointer) const;

signals:
    void changed();

protected:
    /// A wheel that turns over a choice scrolls the form; it chooses nothing.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Field {
        std::string name;
        Json value;   ///< as it stands; of one that is not given, an empty one of its type
        bool isGiven = true;
        QString before;
        QComboBox* choice = nullptr;
        std::vector<Json> choices;
        QLineEdit* line = nullptr;
        QPlainTextEdit* area = nullptr;
        int chosenBefore = 0;
        QString text() const;
        bool isChanged() const;
    };
    void add(const std::string& name, const Json& value, bool isGiven, const Json& schema);
    QWidget* makeChoice(Field& field, std::vector<Json> values);
    Outcome<Json> read(const Field& field) const;

    QGridLayout* grid_;
    std::vector<Field> fields_;
};

}  // namespace handrail::ui
