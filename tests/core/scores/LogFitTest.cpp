#include "core/scores/LogFit.h"

#include "core/base/Error.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>

using namespace brainlike;

class LogFitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithSciPy() {
        const auto data = test::dataJson("scores/scores.json").at("log_fit");
        std::vector<double> values;
        for (const auto& value : data.at("values"))
            values.push_back(value.is_null() ? std::nan("") : value.get<double>());
        const auto fit = logFit(data.at("steps").get<std::vector<std::int64_t>>(), values);
        QVERIFY(std::abs(fit.intercept - data.at("intercept").get<double>()) < 1e-13);
        QVERIFY(std::abs(fit.slope - data.at("slope").get<double>()) < 1e-13);
        QVERIFY(std::abs(fit.r2 - data.at("r2").get<double>()) < 1e-12);
        QCOMPARE(fit.n, data.at("n").get<int>());
        QVERIFY(std::isnan(fit.residuals[0]) && std::isnan(fit.residuals[3]));
        for (std::size_t i = 0; i < values.size(); ++i)
            if (const auto& expected = data.at("residuals").at(i); expected.is_null())
                QVERIFY(std::isnan(fit.residuals[i]));
            else
                QVERIFY(std::abs(fit.residuals[i] - expected.get<double>()) < 1e-14);
    }

    void findsAPlantedLine() {
        const auto fit = logFit(std::vector<std::int64_t>{1, 10, 100}, std::vector<double>{0.1, 0.3, 0.5});
        QVERIFY(std::abs(fit.intercept - 0.1) < 1e-14 && std::abs(fit.slope - 0.2) < 1e-14);
        QVERIFY(std::abs(fit.r2 - 1) < 1e-14);
    }

    void undefinedWithTooFewCheckpoints() {
        const auto fit = logFit(std::vector<std::int64_t>{0, 10}, std::vector<double>{0.1, 0.3});
        QCOMPARE(fit.n, 1);
        QVERIFY(std::isnan(fit.slope) && std::isnan(fit.intercept) && std::isnan(fit.r2));
        const auto flat = logFit(std::vector<std::int64_t>{1, 10, 100}, std::vector<double>{0.5, 0.5, 0.5});
        QCOMPARE(flat.slope, 0.0);
        QVERIFY(std::isnan(flat.r2));
        // 0.1 has no exact binary form: the mean leaves rounding errors, not variance
        const auto rounded = logFit(std::vector<std::int64_t>{1, 10, 100}, std::vector<double>{0.1, 0.1, 0.1});
        QVERIFY(std::isnan(rounded.r2));
        QVERIFY(std::abs(rounded.slope) < 1e-16 && std::abs(rounded.intercept - 0.1) < 1e-15);
        QVERIFY_EXCEPTION_THROWN((void)logFit(std::vector<std::int64_t>{1}, std::vector<double>{}), ShapeError);
    }
};

QTEST_GUILESS_MAIN(LogFitTest)
#include "LogFitTest.moc"
