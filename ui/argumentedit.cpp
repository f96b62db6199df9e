#include "ui/argumentedit.h"

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

bool isLong(const Json& value)
{
    if (value.is_structured()) return true;
    return value.is_string() && (value.get_ref<const std::string&>().size() > 120 ||
                                 value.get_ref<const std::string&>().find('\n') != std::string::npos);
}

bool hasTag(const QString& text) { return text.contains(QStringLiteral("⟨U+")); }

}  // namespace

QString ArgumentEdit::Field::text() const { return line ? line->text() : area->toPlainText(); }

ArgumentEdit::ArgumentEdit(const Json& arguments, QWidget* parent) : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space(4));
    grid->setVerticalSpacing(space(1) + 2);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [name, value] : arguments.items()) {
        Field field{name, value, value.is_structured() ? QString::fromStdString(dump(value, 2)) : rawText(value)};
        field.before = foreign(field.before.toStdString());
        const QString title = foreignLine(name);
        QWidget* input = nullptr;
        if (isLong(value)) {
            input = field.area = new QPlainTextEdit(field.before, this);
            field.area->setTabChangesFocus(true);
            // A value that is shown cut would be sent cut.
            field.area->setReadOnly(dump(value).size() > 4'000);
            field.area->setFixedHeight(field.area->fontMetrics().lineSpacing() * 5 + space(3));
            connect(field.area, &QPlainTextEdit::textChanged, this, &ArgumentEdit::changed);
        } else {
            input = field.line = new QLineEdit(field.before, this);
            field.line->setCursorPosition(0);
            connect(field.line, &QLineEdit::textChanged, this, &ArgumentEdit::changed);
        }
        field.before = field.text();  // as the widget gives it back
        input->setAccessibleName(title);
        auto* label = new PlainLabel(title, Tone::Muted, 0, false, this);
        label->setMaximumWidth(space(50));
        label->setMinimumWidth(std::min(space(24), label->sizeHint().width()));
        grid->addWidget(label, row, 0, field.area ? Qt::AlignTop : Qt::AlignVCenter);
        grid->addWidget(input, row++, 1);
        fields_.push_back(std::move(field));
    }
}

Outcome<Json> ArgumentEdit::read(const Field& field) const
{
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
        if (field.text() == field.before) continue;
        if (const auto value = read(field); !value) return QString::fromStdString(value.failure().message);
    }
    return {};
}

Json ArgumentEdit::changes() const
{
    Json changes = Json::object();
    for (const auto& field : fields_) {
        if (field.text() == field.before) continue;
        const auto value = read(field);
        if (value && *value != field.value) changes[field.name] = patchOf(field.value, *value);
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
