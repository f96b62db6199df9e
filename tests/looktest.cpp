#include <cmath>

#include <QApplication>
#include <QTest>

#include "ui/look.h"

using namespace handrail::ui;

/// Whether everybody can read it: contrast as WCAG 2.2 defines it, of every pair of colours that stand on one another.
class LookTest : public QObject {
    Q_OBJECT

    static double luminance(const QColor& colour)
    {
        const auto linear = [](double value) { return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    }
    static double contrast(const QColor& one, const QColor& other)
    {
        const double a = luminance(one);
        const double b = luminance(other);
        return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
    }

    using Colour = QColor Look::*;
    struct Pair {
        const char* name;
        Colour front;
        Colour back;
        double least;
    };
    static QList<Pair> pairs()
    {
        QList<Pair> all;
        const auto on = [&](const char* name, Colour front, std::initializer_list<Colour> backs, double least) {
            for (const auto back : backs) all.append({name, front, back, least});
        };
        on("text", &Look::text, {&Look::surface, &Look::raised, &Look::sunken, &Look::accentSoft, &Look::goodSoft, &Look::warningSoft, &Look::dangerSoft, &Look::doubtSoft}, 4.5);
        on("muted text", &Look::muted, {&Look::surface, &Look::raised, &Look::sunken, &Look::accentSoft}, 4.5);
        on("a link", &Look::accent, {&Look::surface, &Look::raised}, 4.5);
        on("text on the accent", &Look::accentText, {&Look::accent}, 4.5);
        on("good", &Look::good, {&Look::surface, &Look::raised, &Look::accentSoft, &Look::goodSoft}, 4.5);
        on("a warning", &Look::warning, {&Look::surface, &Look::raised, &Look::accentSoft, &Look::warningSoft}, 4.5);
        on("danger", &Look::danger, {&Look::surface, &Look::raised, &Look::accentSoft, &Look::dangerSoft}, 4.5);
        on("a doubt", &Look::doubt, {&Look::surface, &Look::raised, &Look::accentSoft, &Look::doubtSoft}, 4.5);
        on("a field's border", &Look::strongBorder, {&Look::surface, &Look::raised, &Look::sunken}, 3);
        on("the focus ring", &Look::accent, {&Look::surface, &Look::raised, &Look::sunken, &Look::accentSoft}, 3);
        return all;
    }

private slots:
    void initTestCase_data()
    {
        QTest::addColumn<int>("theme");
        QTest::newRow("light") << static_cast<int>(Theme::Light);
        QTest::newRow("dark") << static_cast<int>(Theme::Dark);
    }

    void what_stands_on_one_another_can_be_read_data()
    {
        QTest::addColumn<int>("pair");
        const auto all = pairs();
        for (int i = 0; i < all.size(); ++i) QTest::addRow("%s, pair %d", all[i].name, i) << i;
    }
    void what_stands_on_one_another_can_be_read()
    {
        QFETCH_GLOBAL(int, theme);
        QFETCH(int, pair);
        applyLook(*qApp, static_cast<Theme>(theme), TextSize::Normal, false);
        const Pair one = pairs().at(pair);
        const double has = contrast(look().*one.front, look().*one.back);
        QVERIFY2(has >= one.least, qPrintable(u"%1 has %2:1, needs %3:1"_qs.arg(QString::fromUtf8(one.name)).arg(has, 0, 'f', 2).arg(one.least)));
    }

    void the_largest_text_is_twice_the_normal_one()
    {
        applyLook(*qApp, Theme::Light, TextSize::Normal, false);
        const int normal = textFont().pointSize();
        applyLook(*qApp, Theme::Light, TextSize::Huge, false);
        QCOMPARE(textFont().pointSize(), 2 * normal);
    }

    void the_formula_gives_what_the_standard_gives()
    {
        QCOMPARE(qRound(contrast(Qt::black, Qt::white)), 21);
        // A grey that is known for just meeting 4.5 on white, and its neighbour for just missing it.
        QVERIFY(contrast(QColor(0x76, 0x76, 0x76), Qt::white) >= 4.5);
        QVERIFY(contrast(QColor(0x77, 0x77, 0x77), Qt::white) < 4.5);
    }
};

QTEST_MAIN(LookTest)
#include "looktest.moc"
