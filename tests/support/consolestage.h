#pragma once

#include <algorithm>
#include <memory>

#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSettings>
#include <QTest>

#include "app/console.h"
#include "tests/support/programs.h"

namespace handrailtest {

using namespace handrail;

/// The real window over the real runtime and the demo's shop, and the hands of an operator. For a test to derive from:
/// begin() before each function, end() after it.
class ConsoleStage {
protected:
    /// For a test whose journeys are made in both themes: in initTestCase_data() and init().
    static void addThemes()
    {
        QTest::addColumn<int>("theme");
        QTest::newRow("light") << 1;
        QTest::newRow("dark") << 2;
    }
    void beginInTheme()
    {
        QFETCH_GLOBAL(int, theme);
        theme_ = theme;
        begin();
    }
    void begin()
    {
        qputenv("USER", "ann");
        dir_ = std::make_unique<QTemporaryDir>();
        shop_ = std::make_unique<ShopProcess>(dir_->path(), QStringList{QStringLiteral("--demo")});
    }
    void end()
    {
        console_.reset();
        shop_.reset();
        settings_.reset();  // they write themselves down, and would make their folder anew
        dir_.reset();
    }
    void openWindow(const QString& store)
    {
        auto runtime = Runtime::open({store.toStdString(), "a test", true});
        QVERIFY2(runtime.ok(), runtime ? "" : runtime.failure().message.c_str());
        auto reader = (*runtime)->reader();
        settings_ = std::make_unique<QSettings>(dir_->filePath(QStringLiteral("console.ini")), QSettings::IniFormat);
        settings_->setValue(QStringLiteral("theme"), theme_);
        console_ = std::make_unique<app::Console>(runtime.take(), reader.take(), store.toStdString(), systemClock(), *settings_);
        QVERIFY(!console_->begin(false));
        window().resize(1366, 768);
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }

    Terminal terminal() const { return Terminal(dir_->path(), shop_->port()); }
    ui::MainWindow& window() { return console_->window(); }
    QListView* inbox() { return window().findChild<QListView*>(QStringLiteral("inbox")); }
    int rows() { return inbox()->model()->rowCount(); }
    QString selected() { return inbox()->currentIndex().data().toString(); }
    QPushButton* button(const QString& name) { return window().findChild<QPushButton*>(name); }
    bool canPress(const QString& name) { return button(name) && button(name)->isVisible() && button(name)->isEnabled(); }
    /// Whether a label that can be seen has this in it.
    bool shows(const QString& text)
    {
        const auto labels = window().findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) { return label->isVisible() && label->text().contains(text); });
    }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) { QTest::keyClick(window().focusWidget(), static_cast<Qt::Key>(key), modifiers); }
    void click(const QString& name) { QTest::mouseClick(button(name), Qt::LeftButton); }
    /// Waits until it can be pressed.
    void pressButton(const QString& name)
    {
        QTRY_VERIFY2(canPress(name), qPrintable(name));
        click(name);
    }

    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<ShopProcess> shop_;
    int theme_ = 1;
    std::unique_ptr<QSettings> settings_;
    std::unique_ptr<app::Console> console_;
};

}  // namespace handrailtest
