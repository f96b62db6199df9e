#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QWidget>

#include "agentcore/types.h"

class QPlainTextEdit;
class QLineEdit;

namespace handrail::ui {

/// A form made from the arguments as they stand: a line for each plain value, JSON for the others.
class ArgumentEdit : public QWidget {
    Q_OBJECT
public:
    explicit ArgumentEdit(const Json& arguments, QWidget* parent = nullptr);

    /// Only what differs, as a merge patch; a number stays a number. Empty when nothing does.
    Json changes() const;
    /// What is wrong with what was typed; empty when nothing is.
    QString mistake() const;
    /// The text that stands at a pointer of one segment now.
    std::optional<QString> textAt(const std::string& pointer) const;

signals:
    void changed();

private:
    struct Field {
        std::string name;
        Json value;
        QString before;
        QLineEdit* line = nullptr;
        QPlainTextEdit* area = nullptr;
        QString text() const;
    };
    Outcome<Json> read(const Field& field) const;

    std::vector<Field> fields_;
};

}  // namespace handrail::ui
