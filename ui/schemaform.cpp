#include "ui/schemaform.h"

#include <algorithm>

#include <QVBoxLayout>

#include "ui/foreigntext.h"

namespace handrail::ui {
namespace {

constexpr std::size_t mostFields = 60;

std::string typeOf(const Json& schema)
{
    const auto type = schema.is_object() ? schema.find("type") : schema.end();
    if (!schema.is_object() || type == schema.end()) return {};
    if (type->is_string()) return type->get<std::string>();
    // "string or nothing" is a string that may be left out.
    if (type->is_array()) {
        for (const auto& one : *type) {
            if (one.is_string() && one != "null") return one.get<std::string>();
        }
    }
    return {};
}

QString titleOf(const std::string& name, const Json& schema) { return foreignLine(textOf(schema, "title", name)); }

/// What a field takes, for the empty field.
QString exampleOf(const Json& schema)
{
    if (schema.contains("examples") && schema["examples"].is_array() && !schema["examples"].empty()) {
        const Json& first = schema["examples"].front();
        return SchemaForm::tr("like %1").arg(foreignLine(first.is_string() ? first.get<std::string>() : dump(first)));
    }
    if (const auto pattern = textOf(schema, "pattern"); !pattern.empty()) return SchemaForm::tr("of the form %1").arg(foreignLine(pattern));
    if (const auto format = textOf(schema, "format"); !format.empty()) return foreignLine(format);
    return {};
}

}  // namespace

bool SchemaForm::canShow(const Json& schema)
{
    if (!schema.is_object() || !schema.contains("properties") || !schema["properties"].is_object()) return false;
    const auto count = schema["properties"].size();
    return count > 0 && count <= mostFields;
}

SchemaForm::SchemaForm(const Json& schema, QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space(1));
    if (!canShow(schema)) return;
    std::vector<std::string> required;
    if (schema.contains("required") && schema["required"].is_array()) {
        for (const auto& name : schema["required"]) {
            if (name.is_string()) required.push_back(name.get<std::string>());
        }
    }
    const Json& properties = schema["properties"];
    const auto isRequired = [&](const std::string& name) { return std::find(required.begin(), required.end(), name) != required.end(); };
    // What must be given comes first.
    for (const bool must : {true, false}) {
        for (const auto& [name, property] : properties.items()) {
            if (isRequired(name) == must) addField(name, property, must);
        }
    }
    column->addStretch(1);
}

QWidget* SchemaForm::makeInput(Field& field, const Json& schema)
{
    if (schema.is_object() && schema.contains("enum") && schema["enum"].is_array()) {
        field.choice = new QComboBox(this);
        if (!field.isRequired) {
            field.choice->addItem(tr("(not given)"));
            field.choices.emplace_back();
        }
        for (const auto& one : schema["enum"]) {
            field.choice->addItem(foreignLine(one.is_string() ? one.get<std::string>() : dump(one)));
            field.choices.push_back(one);
        }
        return field.choice;
    }
    if (field.type == "boolean") return field.check = new QCheckBox(tr("yes"), this);
    if (field.type == "array" || field.type == "object" || field.type.empty()) {
        field.area = new QPlainTextEdit(this);
        field.area->setTabChangesFocus(true);
        field.area->setFixedHeight(field.area->fontMetrics().lineSpacing() * 4 + space(3));
        field.area->setPlaceholderText(field.type == "array" ? tr("a list, as JSON: [\"one\", \"two\"]") : tr("as JSON"));
        return field.area;
    }
    field.line = new QLineEdit(this);
    field.line->setPlaceholderText(exampleOf(schema));
    return field.line;
}

void SchemaForm::addField(const std::string& name, const Json& schema, bool isRequired)
{
    Field field;
    field.name = name;
    field.type = typeOf(schema);
    field.isRequired = isRequired;
    const QString title = titleOf(name, schema);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addWidget(new PlainLabel(isRequired ? tr("%1 (must be given)").arg(title) : title, Tone::Text, 0, true, this));
    if (const auto about = textOf(schema, "description"); !about.empty()) column->addWidget(new PlainLabel(foreign(about), Tone::Muted, 0, false, this));
    QWidget* input = makeInput(field, schema);
    input->setObjectName(QStringLiteral("field:") + QString::fromStdString(name));
    input->setAccessibleName(title);
    column->addWidget(input);
    field.mistake = new PlainLabel({}, Tone::Danger, 0, false, this);
    field.mistake->hide();
    column->addWidget(field.mistake);
    column->addSpacing(space(2));
    const std::size_t place = fields_.size();
    const auto edited = [this, place] { onEdited(place); };
    if (field.line) connect(field.line, &QLineEdit::textChanged, this, edited);
    if (field.area) connect(field.area, &QPlainTextEdit::textChanged, this, edited);
    if (field.choice) connect(field.choice, &QComboBox::currentIndexChanged, this, edited);
    if (field.check) connect(field.check, &QCheckBox::toggled, this, edited);
    fields_.push_back(std::move(field));
}

void SchemaForm::onEdited(std::size_t field)
{
    fields_[field].isTouched = true;
    Q_EMIT changed();
}

/// One field's value; nothing for an empty field that need not be given.
Outcome<std::optional<Json>> SchemaForm::read(const Field& field) const
{
    const std::string where = "/" + pointerSegment(field.name);
    if (field.choice) {
        const auto chosen = static_cast<std::size_t>(std::max(0, field.choice->currentIndex()));
        if (chosen >= field.choices.size() || (!field.isRequired && chosen == 0)) return std::optional<Json>();
        return std::optional<Json>(field.choices[chosen]);
    }
    if (field.check) return field.isRequired || field.isTouched ? std::optional<Json>(field.check->isChecked()) : std::optional<Json>();
    const std::string text = (field.line ? field.line->text() : field.area->toPlainText()).toStdString();
    if (text.empty()) {
        if (field.isRequired) return failure("U101", tr("This must be given.").toStdString(), where);
        return std::optional<Json>();
    }
    if (field.type == "string") return std::optional<Json>(Json(text));
    auto parsed = parseJson(text);
    const bool isNumber = field.type == "number" || field.type == "integer";
    if (isNumber && (!parsed || !parsed->is_number())) return failure("U102", tr("This must be a number, like 12.5.").toStdString(), where);
    if (field.type == "integer" && !parsed->is_number_integer()) return failure("U102", tr("This must be a whole number.").toStdString(), where);
    if (!parsed) return failure("U102", tr("This is not valid JSON: %1").arg(QString::fromStdString(parsed.failure().message)).toStdString(), where);
    return std::optional<Json>(parsed.take());
}

Outcome<Json> SchemaForm::value() const
{
    Json value = Json::object();
    for (const auto& field : fields_) {
        auto one = read(field);
        if (!one) return one.failure();
        if (*one) value[field.name] = **one;
    }
    return value;
}

void SchemaForm::setValue(const Json& value)
{
    for (auto& field : fields_) {
        const auto found = value.is_object() ? value.find(field.name) : value.end();
        const bool isThere = value.is_object() && found != value.end();
        const Json given = isThere ? *found : Json();
        if (field.line) field.line->setText(!isThere ? QString() : QString::fromStdString(given.is_string() ? given.get<std::string>() : dump(given)));
        if (field.area) field.area->setPlainText(isThere ? QString::fromStdString(dump(given, 2)) : QString());
        if (field.check) field.check->setChecked(given.is_boolean() && given.get<bool>());
        if (!field.choice) continue;
        const auto chosen = std::find(field.choices.begin(), field.choices.end(), given);
        field.choice->setCurrentIndex(chosen == field.choices.end() ? 0 : static_cast<int>(chosen - field.choices.begin()));
    }
}

bool SchemaForm::showMistake(const std::string& pointer, const QString& text)
{
    for (auto& field : fields_) {
        const std::string own = "/" + pointerSegment(field.name);
        if (pointer != own && pointer.rfind(own + "/", 0) != 0) continue;
        // Nobody is told of a field that they have not come to yet.
        field.mistake->setText(text);
        field.mistake->setVisible(field.isTouched);
        QWidget* input = field.line ? static_cast<QWidget*>(field.line) : field.area ? static_cast<QWidget*>(field.area) : field.choice ? static_cast<QWidget*>(field.choice) : field.check;
        input->setAccessibleDescription(text);
        return true;
    }
    return false;
}

void SchemaForm::clearMistakes()
{
    for (auto& field : fields_) {
        field.mistake->hide();
        if (field.line) field.line->setAccessibleDescription({});
        if (field.area) field.area->setAccessibleDescription({});
    }
}

}  // namespace handrail::ui
