#include "ui/argumentedit.h"

#include <algorithm>

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>
#include <QPlainTextEdit>

#include "ui/foreigntext.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

/// The RFC 7396 patch that makes one value of the other.
Json patchOf(const Json& from, const Json& to)
{
    if (!from.is_object() || !to.is_object()) return to;
    Json patch = Json::object();
    for (const auto& [name, value] : from.items()) {
        if (!to.contains(name)) patch[name] = nullptr;
    }
    for (const auto& [name, value] : to.items()) {
        if (!from.contains(name)) patch[name] = value;
        else if (from[name] != value) patch[name] = patchOf(from[name], value);
    }
    return patch;
}

constexpr std::size_t mostChoices = 50;

bool isLong(const Json& value)
{
    if (value.is_structured()) return true;
    return value.is_string() && (value.get_ref<const std::string&>().size() > 120 ||
                                 value.get_ref<const std::string&>().find('\n') != std::string::npos);
}

/// The values that a schema leaves to choose from, among them the one that stands; empty: any, or too many.
std::vector<Json> choicesOf(const Json& schema, const Json& value, bool isGiven)
{
    std::vector<Json> values;
    if (!schema.is_object()) return values;
    if (schema.contains("enum") && schema["enum"].is_array() && schema["enum"].size() <= mostChoices) {
        for (const auto& one : schema["enum"]) values.push_back(one);
    } else if (textOf(schema, "type") == "boolean") {
        values = {true, false};
    }
    const bool arePlain = std::all_of(values.begin(), values.end(), [](const Json& one) { return one.is_primitive() && !one.is_null(); });
    if (values.empty() || !arePlain) return {};
    if (!isGiven) values.insert(values.begin(), Json());
    else if (std::find(values.begin(), values.end(), value) == values.end()) values.insert(values.begin(), value);
    return values;
}

/// What stands for a value that is not given, so that what is typed is read as its type; nothing where that is not said.
std::optional<Json> emptyOf(const Json& schema)
{
    const std::string type = schema.is_object() ? textOf(schema, "type") : std::string();
    if (type == "string") return Json("");
    if (type == "number" || type == "integer") return Json(0);
    if (type == "boolean") return Json(false);
    if (schema.is_object() && schema.contains("enum")) return Json("");
    return std::nullopt;
}

bool hasTag(const QString& text) { return text.contains(QStringLiteral("⟨U+")); }

}  // namespace

QString ArgumentEdit::Field::text() const
{
    if (choice) return choice->currentText();
    return line ? line->text() : area->toPlainText();
}

bool ArgumentEdit::Field::isChanged() const { return choice ? choice->currentIndex() != chosenBefore : text() != before; }

bool ArgumentEdit::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::Wheel) return QWidget::eventFilter(watched, event);
    event->ignore();
    return true;
}

ArgumentEdit::ArgumentEdit(const Json& arguments, const Json& schema, QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this))
{
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(space(4));
    grid_->setVerticalSpacing(space(1) + 2);
    grid_->setColumnStretch(1, 1);
    const Json properties = schema.is_object() && schema.contains("properties") && schema["properties"].is_object() ? schema["properties"] : Json::object();
    for (const auto& [name, value] : arguments.items()) add(name, value, true, properties.value(name, Json()));
    for (const auto& [name, property] : properties.items()) {
        if (arguments.contains(name)) continue;
        const auto empty = emptyOf(property);
        if (empty) add(name, *empty, false, property);
    }
}

void ArgumentEdit::add(const std::string& name, const Json& value, bool isGiven, const Json& schema)
{
    Field field;
    field.name = name;
    field.value = value;
    field.isGiven = isGiven;
    const QString title = foreignLine(field.name);
    field.before = !field.isGiven ? QString() : field.value.is_structured() ? QString::fromStdString(dump(field.value, 2)) : rawText(field.value);
    field.before = foreign(field.before.toStdString());
    QWidget* input = nullptr;
    if (auto values = choicesOf(schema, field.value, field.isGiven); !values.empty()) {
        input = makeChoice(field, std::move(values));
    } else if (isLong(field.value)) {
        input = field.area = new QPlainTextEdit(field.before, this);
        field.area->setTabChangesFocus(true);
        // A value that is shown cut would be sent cut.
        field.area->setReadOnly(dump(field.value).size() > 4'000);
        field.area->setFixedHeight(field.area->fontMetrics().lineSpacing() * 5 + space(3));
        connect(field.area, &QPlainTextEdit::textChanged, this, &ArgumentEdit::changed);
    } else {
        input = field.line = new QLineEdit(field.before, this);
        field.line->setCursorPosition(0);
        if (!field.isGiven) field.line->setPlaceholderText(tr("not given"));
        connect(field.line, &QLineEdit::textChanged, this, &ArgumentEdit::changed);
    }
    field.before = field.text();  // as the widget gives it back
    input->setAccessibleName(title);
    if (const std::string what = textOf(schema, "description"); !what.empty()) {
        input->setToolTip(foreignToolTip(what));
        input->setAccessibleDescription(foreignLine(what));
    }
    auto* label = new PlainLabel(title, Tone::Muted, 0, false, this);
    label->setMaximumWidth(space(50));
    label->setMinimumWidth(std::min(space(24), label->sizeHint().width()));
    const int row = static_cast<int>(fields_.size());
    grid_->addWidget(label, row, 0, field.area ? Qt::AlignTop : Qt::AlignVCenter);
    grid_->addWidget(input, row, 1);
    fields_.push_back(std::move(field));
}

QWidget* ArgumentEdit::makeChoice(Field& field, std::vector<Json> values)
{
    field.choice = new QComboBox(this);
    for (const auto& value : values) field.choice->addItem(value.is_null() ? QString() : foreignLine(rawText(value).toStdString()));
    const auto now = std::find(values.begin(), values.end(), field.isGiven ? field.value : Json());
    field.chosenBefore = static_cast<int>(now - values.begin());
    field.choice->setCurrentIndex(field.chosenBefore);
    field.choice->installEventFilter(this);
    field.choices = std::move(values);
    connect(field.choice, &QComboBox::currentIndexChanged, this, &ArgumentEdit::changed);
    return field.choice;
}

Outcome<Json> ArgumentEdit::read(const Field& field) const
{
    if (field.choice) return field.choices[static_cast<std::size_t>(std::max(0, field.choice->currentIndex()))];
    const QString typed = field.text();
    const std::string text = typed.toStdString();
    const QString name = foreignLine(field.name);
    if (hasTag(typed)) return failure("U108", tr("%1 holds hidden characters: type it whole, without the tags.").arg(name).toStdString());
    if (field.value.is_string()) return Json(text);
    auto parsed = parseJson(text);
    const bool fits = parsed && ((field.value.is_number() && parsed->is_number()) ||
                                 (field.value.is_boolean() && parsed->is_boolean()) || field.value.is_null() ||
                                 (field.value.is_structured() && parsed->type() == field.value.type()));
    if (fits) return parsed;
    if (field.value.is_null()) return Json(text);
    if (field.value.is_number()) return failure("U102", tr("%1 must be a number, like 1240.50.").arg(name).toStdString());
    if (field.value.is_boolean()) return failure("U102", tr("%1 must be true or false.").arg(name).toStdString());
    if (!parsed) return failure("U102", tr("%1 is not valid JSON: %2").arg(name, QString::fromStdString(parsed.failure().message)).toStdString());
    return failure("U102", tr("%1 must stay of its kind, a list or an object.").arg(name).toStdString());
}

QString ArgumentEdit::mistake() const
{
    for (const auto& field : fields_) {
        if (!field.isChanged()) continue;
        if (const auto value = read(field); !value) return QString::fromStdString(value.failure().message);
    }
    return {};
}

Json ArgumentEdit::changes() const
{
    Json changes = Json::object();
    for (const auto& field : fields_) {
        if (!field.isChanged()) continue;
        const auto value = read(field);
        if (!value) continue;
        if (!field.isGiven) changes[field.name] = *value;
        else if (*value != field.value) changes[field.name] = patchOf(field.value, *value);
    }
    return changes;
}

std::optional<QString> ArgumentEdit::textAt(const std::string& pointer) const
{
    for (const auto& field : fields_) {
        if ("/" + pointerSegment(field.name) == pointer) return field.text();
    }
    return std::nullopt;
}

}  // namespace handrail::ui
