#include "core/encoding/RidgeOptions.h"

#include "core/base/Error.h"
#include "core/encoding/AlphaSpec.h"
#include "tests/support/Expectations.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace brainlike;

class RidgeOptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void logSpaceIsNumPys() {
        const auto grid = logSpace(0, 8, 10);
        const std::vector<double> expected{1.0,
                                           7.742636826811269,
                                           59.94842503189409,
                                           464.1588833612773,
                                           3593.813663804626,
                                           27825.59402207126,
                                           215443.46900318822,
                                           1668100.5372000577,
                                           12915496.65014884,
                                           100000000.0};
        QCOMPARE(grid.size(), expected.size());
        for (std::size_t index = 0; index < grid.size(); ++index)
            QVERIFY(std::abs(grid[index] / expected[index] - 1) < 1e-14);
        QVERIFY(logSpace(2, 5, 1) == std::vector<double>{100});
    }

    void specs_data() {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QList<double>>("expected");
        QTest::newRow("range") << "0:2:3" << QList<double>{1, 10, 100};
        QTest::newRow("negative exponents") << "-2:0:3" << QList<double>{0.01, 0.1, 1};
        QTest::newRow("descending range") << "2:0:3" << QList<double>{1, 10, 100};
        QTest::newRow("range of one point") << "1:1:4" << QList<double>{10};
        QTest::newRow("list") << "1,10,100" << QList<double>{1, 10, 100};
        QTest::newRow("unsorted, twice") << "5, 1e2,0.5,5" << QList<double>{0.5, 5, 100};
        QTest::newRow("one") << "3" << QList<double>{3};
    }

    void specs() {
        QFETCH(QString, spec);
        QFETCH(QList<double>, expected);
        const auto alphas = alphasFrom(spec.toStdString());
        QCOMPARE(alphas.size(), static_cast<std::size_t>(expected.size()));
        for (int index = 0; index < expected.size(); ++index)
            QVERIFY(std::abs(alphas[static_cast<std::size_t>(index)] / expected[index] - 1) < 1e-12);
    }

    void badSpecs_data() {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("named");
        QTest::newRow("empty") << ""
                               << "a number";
        QTest::newRow("word") << "ten"
                              << "\"ten\"";
        QTest::newRow("zero") << "0,1"
                              << "above 0";
        QTest::newRow("negative") << "1,-1"
                                  << "above 0";
        QTest::newRow("not finite") << "inf"
                                    << "finite";
        QTest::newRow("not a number") << "nan"
                                      << "finite";
        QTest::newRow("overflow") << "0:400:3"
                                  << "finite";
        QTest::newRow("trailing comma") << "1,2,"
                                        << "a number";
        QTest::newRow("two parts") << "0:8"
                                   << "first:last:count";
        QTest::newRow("four parts") << "0:8:10:2"
                                    << "first:last:count";
        QTest::newRow("no λ") << "0:8:0"
                              << "a count from 1";
        QTest::newRow("fraction of a λ") << "0:8:2.5"
                                         << "a whole number";
        QTest::newRow("huge count") << "0:8:2000000000"
                                    << "a count from 1";
        QTest::newRow("more than can be kept") << "0:8:10001"
                                               << "a count from 1 to 10000";
        QTest::newRow("trailing text") << "0:8:10x"
                                       << "a whole number";
    }

    void badSpecs() {
        QFETCH(QString, spec);
        QFETCH(QString, named);
        try {
            static_cast<void>(alphasFrom(spec.toStdString()));
            QFAIL("accepted");
        } catch (const ValueError& error) {
            QVERIFY2(QString(error.what()).contains(named), error.what());
        }
    }

    void badOptionsAreRefused() {
        const auto refused = [](auto change) {
            RidgeOptions options;
            change(options);
            QVERIFY_EXCEPTION_THROWN(validate(options), ValueError);
        };
        validate(RidgeOptions());
        refused([](RidgeOptions& options) { options.alphas = {}; });
        refused([](RidgeOptions& options) { options.alphas = {1, 0}; });
        refused([](RidgeOptions& options) { options.alphas = {1, 1}; });
        refused([](RidgeOptions& options) { options.alphas = {2, 1}; });
        refused([](RidgeOptions& options) { options.alphas = {std::numeric_limits<double>::infinity()}; });
        refused([](RidgeOptions& options) { options.outer.count = 1; });
        refused([](RidgeOptions& options) { options.inner.count = 0; });
        refused([](RidgeOptions& options) { options.threads = 0; });
    }

    void gridsHaveAnEnd() {
        RidgeOptions options;
        options.alphas = alphasFrom("0:8:10000");
        validate(options);
        options.alphas.push_back(1e9);
        const auto message = test::messageFrom<ValueError>([&] { validate(options); });
        VERIFY_CONTAINS(message, "at most 10000 λ");
        VERIFY_CONTAINS(message, "found: 10001");
    }

    void zeroIsRefusedWithTheReason() {
        RidgeOptions options;
        options.alphas = {0, 1};
        const auto message = test::messageFrom<ValueError>([&] { validate(options); });
        VERIFY_CONTAINS(message, "λ 0 of the grid");
        VERIFY_CONTAINS(message, "not determined where features outnumber rows");
        VERIFY_CONTAINS(test::messageFrom<ValueError>([] { static_cast<void>(alphasFrom("0,1")); }),
                        "not determined where features outnumber rows");
        options.alphas = {1, -1e-7}; // not shown as 0
        VERIFY_CONTAINS(test::messageFrom<ValueError>([&] { validate(options); }), "-1e-07");
    }

    void namesGoBothWays() {
        for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget})
            QVERIFY(lambdaModeFrom(nameOf(mode)) == mode);
        for (const auto score : {SelectionScore::R2, SelectionScore::MeanSquaredError, SelectionScore::Correlation})
            QVERIFY(selectionScoreFrom(nameOf(score)) == score);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(lambdaModeFrom("Global")), ValueError);
        QVERIFY_EXCEPTION_THROWN(static_cast<void>(selectionScoreFrom("")), ValueError);
    }

    void eachModeHasItsOwnScore() {
        RidgeOptions options;
        QVERIFY(options.effectiveSelection() == SelectionScore::R2);
        options.lambdaMode = LambdaMode::PerTarget;
        QVERIFY(options.effectiveSelection() == SelectionScore::MeanSquaredError);
        options.selection = SelectionScore::Correlation;
        QVERIFY(options.effectiveSelection() == SelectionScore::Correlation);
    }
};

QTEST_GUILESS_MAIN(RidgeOptionsTest)
#include "RidgeOptionsTest.moc"
