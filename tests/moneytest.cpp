#include <limits>

#include <QTest>

#include "agentcore/decide/money.h"

using namespace handrail;

/// Amounts are decimals of any length, never floating-point numbers.
class MoneyTest : public QObject {
    Q_OBJECT

    static Json amount(const QString& text) { return text.startsWith(u'#') ? Json(text.mid(1).toLongLong()) : Json(text.toStdString()); }

private slots:
    void amounts_compare_as_decimals_data()
    {
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("right");
        QTest::addColumn<int>("order");
        QTest::newRow("the same, written otherwise") << "50" << "50.00" << 0;
        QTest::newRow("a number and a text") << "#50" << "50.0" << 0;
        QTest::newRow("by a hundredth") << "49.99" << "50" << -1;
        QTest::newRow("longer is not larger") << "0009" << "10" << -1;
        QTest::newRow("beyond what a double holds") << "90071992547409930.01" << "90071992547409930.00" << 1;
        QTest::newRow("no amount") << "-1" << "1" << 9;
        QTest::newRow("an exponent is no amount") << "1e3" << "1" << 9;
        QTest::newRow("nothing before the point") << ".5" << "1" << 9;
        QTest::newRow("nothing behind the point") << "5." << "1" << 9;
    }
    void amounts_compare_as_decimals()
    {
        QFETCH(QString, left);
        QFETCH(QString, right);
        QTEST(decide::compareDecimals(amount(left), amount(right)).value_or(9), "order");
    }

    void amounts_add_up_exactly_data()
    {
        QTest::addColumn<QStringList>("parts");
        QTest::addColumn<QString>("sum");
        QTest::newRow("none") << QStringList() << "0";
        QTest::newRow("places are kept") << QStringList{"5", "0.10"} << "5.10";
        QTest::newRow("a tenth three times") << QStringList{"0.1", "0.1", "0.1"} << "0.3";
        QTest::newRow("carried over the point") << QStringList{"9.99", "0.01"} << "10.00";
        QTest::newRow("numbers and texts") << QStringList{"#1240", "760.50"} << "2000.50";
        QTest::newRow("forty nines and one") << QStringList{QString(40, u'9'), "1"} << QStringLiteral("1") + QString(40, u'0');
        QTest::newRow("not an amount") << QStringList{"1", "ten"} << QString();
    }
    void amounts_add_up_exactly()
    {
        QFETCH(QStringList, parts);
        std::vector<Json> amounts;
        for (const auto& part : parts) amounts.push_back(amount(part));
        QTEST(QString::fromStdString(decide::sumOfDecimals(amounts).value_or("")), "sum");
    }

    void tokens_cost_their_price_to_the_last_place_data()
    {
        QTest::addColumn<QString>("price");
        QTest::addColumn<qint64>("tokens");
        QTest::addColumn<QString>("cost");
        QTest::newRow("a million") << "0.15" << qint64(1'000'000) << "0.15";
        QTest::newRow("one") << "0.15" << qint64(1) << "0.00000015";
        QTest::newRow("a whole one") << "15" << qint64(2'000'000) << "30";
        QTest::newRow("none") << "15" << qint64(0) << "0";
        QTest::newRow("not told") << "15" << qint64(-1) << "0";
        QTest::newRow("the dearest, as many as are counted") << "9999.999999" << qint64(100'000'000) << "999999.9999";
        QTest::newRow("more than anybody can have used") << "1" << std::numeric_limits<qint64>::max() << "100";
        QTest::newRow("no price") << "" << qint64(5) << "0";
        QTest::newRow("too fine a price") << "0.0000001" << qint64(5) << "0";
    }
    void tokens_cost_their_price_to_the_last_place()
    {
        QFETCH(QString, price);
        QFETCH(qint64, tokens);
        QTEST(QString::fromStdString(decide::costOfTokens(price.toStdString(), tokens)), "cost");
    }

    void an_amount_is_shown_in_groups()
    {
        QCOMPARE(decide::groupedDecimal("1240000.5"), std::string("1,240,000.5"));
        QCOMPARE(decide::groupedDecimal("999"), std::string("999"));
        QCOMPARE(decide::groupedDecimal("lots"), std::string("lots"));
    }
};

QTEST_GUILESS_MAIN(MoneyTest)
#include "moneytest.moc"
