#include "ui/settingsview.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QRadioButton>

#include "ui/foreigntext.h"

namespace handrail::ui {

SettingsView::SettingsView(QSettings* settings, QWidget* parent) : QWidget(parent), settings_(settings)
{
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto* page = new Page(area);
    auto* middle = new QHBoxLayout(page);
    middle->setContentsMargins(space(4), space(3), space(4), space(4));
    auto* inside = new QWidget(page);
    inside->setMaximumWidth(760);
    middle->addWidget(inside, 1);
    middle->addStretch(0);
    column_ = new QVBoxLayout(inside);
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(space(2));
    column_->addWidget(new PlainLabel(tr("Settings"), Tone::Text, 4, true, inside));
    addTitle(tr("Appearance"));
    addChoices(tr("Theme"), QStringLiteral("theme"), {tr("As the desktop"), tr("Light"), tr("Dark")});
    addChoices(tr("Text size"), QStringLiteral("textSize"), {tr("Normal"), tr("Large"), tr("Very large")});
    addSwitch(tr("Comfortable rows"), tr("Rows of tables are 40 pixels high instead of 32."), QStringLiteral("comfortable"), false);
    addTitle(tr("Keys"));
    addSwitch(tr("Single letters decide"), tr("A, R, J and the like act while the inbox or a handoff has the focus. Switched off, every action "
                                              "is still there by mouse, menu and with Tab."), QStringLiteral("singleKeys"), true);
    addTitle(tr("Operator"));
    operator_ = new PlainLabel({}, Tone::Text, 0, false, inside);
    column_->addWidget(operator_);
    addTitle(tr("Notifiers"));
    column_->addWidget(new PlainLabel(tr("The definitions of agents say who is told and how. A test sends one message that says it is a test."), Tone::Muted, 0, false, inside));
    noNotifier_ = new PlainLabel(tr("No agent that has run here names a notifier. Add \"notify\" to a definition."), Tone::Muted, 0, false, inside);
    column_->addWidget(noNotifier_);
    notifiers_ = new QWidget(inside);
    auto* rows = new QVBoxLayout(notifiers_);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space(2));
    column_->addWidget(notifiers_);
    column_->addStretch(1);
    area->setWidget(page);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);
    setFocusProxy(choices_.value(QStringLiteral("theme"))->button(0));
    load();
}

PlainLabel* SettingsView::addTitle(const QString& title)
{
    column_->addSpacing(space(3));
    auto* label = new PlainLabel(title, Tone::Text, 1, true);
    column_->addWidget(label);
    return label;
}

void SettingsView::addChoices(const QString& title, const QString& key, const QStringList& names)
{
    auto* box = new QWidget;
    auto* flow = new FlowLayout(space(4), box);
    flow->setContentsMargins(0, 0, 0, 0);
    auto* label = new PlainLabel(title, Tone::Muted, 0, false, box);
    label->setOneLine(true);
    label->setMinimumHeight(24);
    flow->addWidget(label);
    auto* group = choices_[key] = new QButtonGroup(this);
    for (int i = 0; i < names.size(); ++i) {
        auto* button = new QRadioButton(names.at(i), box);
        button->setAccessibleName(tr("%1: %2", "a setting and its choice").arg(title, names.at(i)));
        button->setMinimumHeight(24);
        group->addButton(button, i);
        flow->addWidget(button);
    }
    connect(group, &QButtonGroup::idClicked, this, [this, key](int choice) {
        settings_->setValue(key, choice);
        Q_EMIT appearanceChanged();
    });
    column_->addWidget(box);
}

void SettingsView::addSwitch(const QString& text, const QString& about, const QString& key, bool usual)
{
    auto* box = new QCheckBox(text);
    box->setObjectName(key);
    box->setMinimumHeight(24);
    box->setProperty("usual", usual);
    box->setAccessibleDescription(about);
    switches_[key] = box;
    column_->addWidget(box);
    auto* label = new PlainLabel(about, Tone::Muted, 0, false);
    column_->addWidget(label);
    connect(box, &QCheckBox::clicked, this, [this, key](bool isOn) {
        settings_->setValue(key, isOn);
        Q_EMIT appearanceChanged();
    });
}

void SettingsView::load()
{
    for (auto group = choices_.cbegin(); group != choices_.cend(); ++group) {
        if (auto* button = group.value()->button(settings_->value(group.key(), 0).toInt())) button->setChecked(true);
    }
    for (auto box = switches_.cbegin(); box != switches_.cend(); ++box) {
        box.value()->setChecked(settings_->value(box.key(), box.value()->property("usual")).toBool());
    }
}

void SettingsView::setOperator(const QString& name)
{
    operator_->setText(tr("Decisions made here are recorded under the name %1, the one that this computer knows you by.").arg(foreignLine(name.toStdString())));
}

void SettingsView::setNotifiers(const std::vector<NotifierRow>& rows)
{
    if (rows == rows_) return;
    rows_ = rows;
    results_.clear();
    buttons_.clear();
    const auto old = notifiers_->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    for (auto* widget : old) delete widget;
    for (const auto& row : rows_) addNotifier(row);
    noNotifier_->setVisible(rows_.empty());
}

void SettingsView::addNotifier(const NotifierRow& row)
{
    auto* box = new Box(Tone::Text, notifiers_);
    auto* line = new QHBoxLayout;
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(new PlainLabel(foreignLine(row.label.toStdString()), Tone::Text, 0, true, box));
    const QString who = tr("of %1").arg(foreignLine(row.agent.toStdString()));
    words->addWidget(new PlainLabel(row.history.isEmpty() ? who : tr("%1; %2").arg(who, foreignLine(row.history.toStdString())), Tone::Muted, 0, false, box));
    auto* result = new PlainLabel({}, Tone::Text, 0, false, box);
    result->setObjectName(QStringLiteral("testResult"));
    result->hide();
    words->addWidget(result);
    auto* test = new QPushButton(tr("Send a test"), box);
    test->setObjectName(QStringLiteral("test"));
    test->setAccessibleName(tr("Send a test through %1").arg(foreignLine(row.label.toStdString())));
    line->addLayout(words, 1);
    line->addWidget(test, 0, Qt::AlignTop);
    static_cast<QVBoxLayout*>(box->rows())->addLayout(line);
    connect(test, &QPushButton::clicked, this, [this, row, result, test] {
        test->setEnabled(false);
        result->setTone(Tone::Muted);
        result->setText(tr("Sending…"));
        result->show();
        Q_EMIT testRequested(row.agent, row.place);
    });
    notifiers_->layout()->addWidget(box);
    results_.append(result);
    buttons_.append(test);
}

void SettingsView::showTest(const QString& agent, int place, const QString& result, bool isGood)
{
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (rows_[i].agent != agent || rows_[i].place != place) continue;
        auto* label = results_.at(static_cast<int>(i));
        label->setTone(isGood ? Tone::Good : Tone::Danger);
        label->setText((isGood ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) + foreign(result.toStdString()));
        buttons_.at(static_cast<int>(i))->setEnabled(true);
    }
}

}  // namespace handrail::ui
