#pragma once

#include <functional>
#include <optional>
#include <vector>

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QWidget>

#include "agentcore/json.h"
#include "ui/parts.h"

namespace handrail::ui {

/// A form made from a JSON Schema of an object: a field for each property, with its mistake beneath it
/// while it is typed. What has no field of its own (lists, objects) is written as JSON.
class SchemaForm : public QWidget {
    Q_OBJECT
public:
    explicit SchemaForm(const Json& schema, QWidget* parent = nullptr);

    /// Whether the schema says enough for a form; if not, only JSON is left.
    static bool canShow(const Json& schema);
    /// What the fields say; a field left empty that need not be given is left out. A mistake names its
    /// field's pointer in `where`.
    Outcome<Json> value() const;
    void setValue(const Json& value);
    /// Shows a mistake at its field ("/amount"); false when there is no such field.
    bool showMistake(const std::string& pointer, const QString& text);
    void clearMistakes();

signals:
    void changed();

private:
    struct Field {
        std::string name;
        std::string type;
        bool isRequired = false;
        bool isTouched = false;
        QLineEdit* line = nullptr;
        QPlainTextEdit* area = nullptr;
        QComboBox* choice = nullptr;
        QCheckBox* check = nullptr;
        std::vector<Json> choices;
        PlainLabel* mistake = nullptr;
    };
    void addField(const std::string& name, const Json& schema, bool isRequired);
    QWidget* makeInput(Field& field, const Json& schema);
    Outcome<std::optional<Json>> read(const Field& field) const;
    void onEdited(std::size_t field);

    std::vector<Field> fields_;
};

}  // namespace handrail::ui
