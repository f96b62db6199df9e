#include "ui/argumenttable.h"

#include <algorithm>

#include <QGridLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/foreigntext.h"
#include "ui/wording.h"

namespace handrail::ui {
namespace {

constexpr std::size_t shownRecords = 50;
constexpr std::size_t shownValues = 50;
constexpr int columnsAtMost = 6;

struct Leaf {
    std::string pointer;
    Json value;
};

bool isShort(const Json& value)
{
    if (!value.is_array() || value.size() > 8) return false;
    return std::none_of(value.begin(), value.end(), [](const Json& one) { return one.is_structured(); });
}

bool isRecords(const Json& value)
{
    return value.is_array() && !value.empty() &&
           std::all_of(value.begin(), value.end(), [](const Json& one) { return one.is_object(); });
}

/// Every value that stands in a document, by its pointer, in order; a list of records stays whole.
void leaves(const Json& value, const std::string& pointer, std::vector<Leaf>& found)
{
    if (value.is_object() && !value.empty()) {
        for (const auto& [name, member] : value.items()) leaves(member, pointer + "/" + pointerSegment(name), found);
    } else if (value.is_array() && !value.empty() && !isShort(value) && !isRecords(value)) {
        for (std::size_t i = 0; i < value.size(); ++i) leaves(value[i], pointer + "/" + std::to_string(i), found);
    } else {
        found.push_back({pointer, value});
    }
}

QString nameOf(const std::string& pointer)
{
    QStringList names;
    const auto parts = QString::fromStdString(pointer.rfind('/', 0) == 0 ? pointer.substr(1) : pointer).split(u'/');
    for (QString part : parts) {
        part.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
        names.append(foreignLine(part.toStdString()));
    }
    return names.join(QStringLiteral(" › "));
}

QString listText(const Json& value)
{
    if (!value.is_array() || value.empty()) return valueText(value);
    QStringList parts;
    for (const auto& one : value) parts.append(valueText(one));
    return parts.join(QStringLiteral(", "));
}

std::vector<std::string> columnsOf(const Json& records)
{
    std::vector<std::string> names;
    for (const auto& record : records) {
        for (const auto& [name, value] : record.items()) {
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
    }
    return names;
}

QTableWidgetItem* cell(const QString& text, bool isNumber)
{
    auto* item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setToolTip(foreignToolTip(text.toStdString()));
    item->setTextAlignment((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return item;
}

void fillRow(QTableWidget* table, int row, const Json& record, const std::vector<std::string>& columns)
{
    table->setItem(row, 0, cell(QString::number(row + 1), true));
    if (columns.size() > columnsAtMost) {
        table->setItem(row, 1, cell(foreignLine(dump(record)), false));
        return;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto found = record.find(columns[i]);
        const bool has = found != record.end();
        const QString text = has ? foreignLine(rawText(*found).toStdString()) : QString();
        table->setItem(row, static_cast<int>(i) + 1, cell(text, has && found->is_number()));
    }
}

void styleTable(QTableWidget* table, int rows)
{
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(std::max(24, table->fontMetrics().height() + space(2)));
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->horizontalHeader()->setHighlightSections(false);
    table->setShowGrid(false);
    table->setStyleSheet(QStringLiteral("QHeaderView::section { padding: 5px 4px; }"));
    table->setAlternatingRowColors(true);
    table->setTabKeyNavigation(false);
    table->setWordWrap(false);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->resizeColumnsToContents();
    for (int i = 0; i < table->columnCount(); ++i) table->setColumnWidth(i, std::min(table->columnWidth(i) + space(3), 320));
    const int shown = std::min(rows, 5);
    const int header = std::max(24, table->horizontalHeader()->sizeHint().height());
    table->setFixedHeight(header + shown * table->verticalHeader()->defaultSectionSize() + space(1));
}

}  // namespace

QWidget* valueWidget(const QString& value, const QString& name, bool isMain, QWidget* parent)
{
    if (value.size() < 1500 && value.count(u'\n') < 12) {
        auto* label = new PlainLabel(value, Tone::Text, isMain ? 1 : 0, isMain, parent);
        label->setAccessibleName(name.isEmpty() ? value : name + QStringLiteral(": ") + value);
        return label;
    }
    auto* box = new QPlainTextEdit(parent);
    box->setPlainText(value);
    box->setReadOnly(true);
    box->setTabChangesFocus(true);
    box->setAccessibleName(name);
    box->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    box->setFixedHeight(box->fontMetrics().lineSpacing() * 10);
    return box;
}

ArgumentTable::ArgumentTable(const Json& arguments, const std::vector<Argument>& typed, QWidget* parent, const Json* before)
    : QWidget(parent), column_(new QVBoxLayout(this)), before_(before)
{
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(space(2));
    grid_ = new QGridLayout;
    grid_->setHorizontalSpacing(space(4));
    grid_->setVerticalSpacing(2);
    grid_->setColumnStretch(1, 1);
    column_->addLayout(grid_);
    addTyped(typed);
    if (isRecords(arguments)) addRecords(arguments, {});
    else addRest(arguments, typed);
    if (before_) addGone(arguments);
    before_ = nullptr;
}

QString ArgumentTable::changeOf(const std::string& pointer, const Json& value) const
{
    if (!before_) return {};
    const Json* old = at(*before_, pointer);
    if (!old) return tr("not in the last call");
    return *old == value ? QString() : tr("last time: %1").arg(listText(*old));
}

/// An amount is compared with its currency: 40 of another money is another amount.
QString ArgumentTable::moneyChange(const std::vector<Argument>& typed) const
{
    if (!before_) return {};
    std::vector<Argument> old = typed;
    for (auto& one : old) {
        const Json* value = at(*before_, one.name);
        if (!value) return one.role == "amount" ? tr("not in the last call") : QString();
        one.value = *value;
    }
    const QString money = moneyOf(old);
    return money == moneyOf(typed) ? QString() : tr("last time: %1").arg(money);
}

/// What the last call had and this one has not.
void ArgumentTable::addGone(const Json& arguments)
{
    std::vector<Leaf> old;
    leaves(*before_, "", old);
    std::size_t gone = 0;
    for (const auto& leaf : old) {
        if (at(arguments, leaf.pointer) || (leaf.pointer.empty() && leaf.value.empty())) continue;
        if (++gone <= shownValues) addRow({nameOf(leaf.pointer), {}, QStringLiteral("–"), tr("last time: %1").arg(listText(leaf.value))});
    }
}

void ArgumentTable::addRow(const Row& row)
{
    auto* label = new PlainLabel(row.name, Tone::Muted, 0, false, this);
    if (!row.path.isEmpty()) setTip(label, tr("Stands at %1 in the arguments").arg(row.path));
    label->setMaximumWidth(space(50));
    label->setMinimumWidth(std::min(space(24), label->sizeHint().width()));
    label->setAlignment(Qt::AlignTop);
    place(label, valueWidget(row.value, row.name, row.isMain, this), row.isMain, row.isMixed);
    if (row.change.isEmpty()) return;
    auto* change = new PlainLabel(QStringLiteral("Δ ") + row.change, Tone::Accent, 0, false, this);
    change->setAccessibleName(tr("%1, %2").arg(row.name, row.change));
    grid_->addWidget(change, row_++, 1);
}

void ArgumentTable::addFact(const QString& name, const QString& value, bool isCode, bool isMixed)
{
    if (value.isEmpty()) return;
    auto* label = new PlainLabel(name, Tone::Muted, 0, false, this);
    label->setAlignment(Qt::AlignTop);
    label->setMinimumWidth(std::min(space(24), label->sizeHint().width()));
    auto* shown = new PlainLabel(value, Tone::Text, 0, false, this);
    shown->setMonospace(isCode);
    shown->setAccessibleName(name + QStringLiteral(": ") + value);
    place(label, shown, false, isMixed);
}

void ArgumentTable::place(QWidget* name, QWidget* value, bool isMain, bool isMixed)
{
    // A short large value has its name in the middle of its line; a wrapped one at its top.
    const bool isOneLine = isMain && value->sizeHint().height() < 2 * name->sizeHint().height();
    grid_->addWidget(name, row_, 0, isOneLine ? Qt::AlignVCenter : Qt::AlignTop);
    if (!isMixed) {
        grid_->addWidget(value, row_++, 1);
        return;
    }
    auto* both = new QHBoxLayout;
    both->setSpacing(space(2));
    both->addWidget(value, 1);
    auto* badge = new Badge(QStringLiteral("⚠"), tr("Mixed alphabets"), Tone::Danger, this);
    setTip(badge, tr("Letters of several alphabets stand in one word: this may be a look-alike of another name."));
    both->addWidget(badge, 0, Qt::AlignTop);
    grid_->addLayout(both, row_++, 1);
}

void ArgumentTable::addTyped(const std::vector<Argument>& typed)
{
    const auto isMixed = [](const Argument* one) { return one && hasMixedScripts(rawText(one->value).toStdString()); };
    const Argument* amount = typedWith(typed, "amount");
    const Argument* currency = typedWith(typed, "currency");
    if (amount) addRow({tr("Amount"), nameOf(amount->name), moneyOf(typed), moneyChange(typed), true, isMixed(amount) || isMixed(currency)});
    for (const auto& one : typed) {
        if (&one == amount || (&one == currency && amount)) continue;
        const bool isRecipient = one.role == "recipient";
        const QString role = isRecipient ? tr("Recipient") : foreignLine(one.role.empty() ? one.name : one.role);
        addRow({role, nameOf(one.name), listText(one.value), changeOf(one.name, one.value), isRecipient, isMixed(&one)});
    }
}

void ArgumentTable::addRest(const Json& arguments, const std::vector<Argument>& typed)
{
    if (arguments.is_null()) return;
    std::vector<Leaf> found;
    leaves(arguments, "", found);
    const auto isTyped = [&](const Leaf& leaf) {
        return std::any_of(typed.begin(), typed.end(), [&](const Argument& one) { return one.name == leaf.pointer; });
    };
    std::erase_if(found, isTyped);
    const auto shown = std::min(found.size(), shownValues);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& leaf = found[i];
        if (isRecords(leaf.value)) {
            addRecords(leaf.value, nameOf(leaf.pointer));
            continue;
        }
        const bool isMixed = leaf.value.is_string() && hasMixedScripts(leaf.value.get_ref<const std::string&>());
        addRow({nameOf(leaf.pointer), {}, listText(leaf.value), changeOf(leaf.pointer, leaf.value), false, isMixed});
    }
    if (found.size() > shown) {
        column_->addWidget(new PlainLabel(tr("and %1 more, all of them under Raw").arg(found.size() - shown),
                                          Tone::Warning, 0, false, this));
    }
}

void ArgumentTable::addRecords(const Json& records, const QString& name)
{
    const auto columns = columnsOf(records);
    const auto count = std::min(records.size(), shownRecords);
    const QString counted = recordsText(records.size());
    const QString title = name.isEmpty() ? counted : tr("%1: %2").arg(name, counted);
    column_->addWidget(new PlainLabel(title, Tone::Text, 0, true, this));
    const bool isWide = columns.size() > columnsAtMost;
    auto* table = new QTableWidget(static_cast<int>(count), isWide ? 2 : static_cast<int>(columns.size()) + 1, this);
    QStringList names{QStringLiteral("#")};
    if (isWide) names.append(tr("Record"));
    else for (const auto& name : columns) names.append(foreignLine(name));
    table->setHorizontalHeaderLabels(names);
    table->setAccessibleName(tr("Records"));
    for (std::size_t i = 0; i < count; ++i) fillRow(table, static_cast<int>(i), records[i], columns);
    for (int i = 0; i < table->columnCount() && count > 0; ++i) {
        const auto* first = table->item(0, i);
        if (first) table->horizontalHeaderItem(i)->setTextAlignment(Qt::Alignment(first->textAlignment()));
    }
    styleTable(table, static_cast<int>(count));
    column_->addWidget(table);
    if (records.size() > count) {
        column_->addWidget(new PlainLabel(tr("and %1 more, all of them under Raw").arg(records.size() - count),
                                          Tone::Warning, 0, false, this));
    }
}

}  // namespace handrail::ui
