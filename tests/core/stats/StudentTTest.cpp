#include "core/stats/StudentT.h"

#include "core/base/Error.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <numbers>

using namespace brainlike;

class StudentTTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithSciPy() {
        const auto cases = test::dataJson("stats/stats.json").at("student");
        QVERIFY(cases.size() > 100);
        for (const auto& item : cases) {
            const double expected = item.at("p");
            const double p = studentTwoSidedP(item.at("t"), item.at("df"));
            QVERIFY2(std::abs(p / expected - 1) < 1e-10, qPrintable(QString("t %1, df %2: %3, expected %4")
                                                                        .arg(item.at("t").get<double>())
                                                                        .arg(item.at("df").get<double>())
                                                                        .arg(p)
                                                                        .arg(expected)));
        }
    }

    void isContinuousInDegreesOfFreedom() {
        // Just beside a whole number the general form answers, on it the closed one.
        for (int degrees = 1; degrees <= 16; ++degrees)
            for (const double t : {1e-4, 0.3, 1.0, 1.7, 2.4, 6.0, 55.0}) {
                const double closed = studentTwoSidedP(t, degrees);
                const double general = studentTwoSidedP(t, std::nextafter(degrees, 100));
                QVERIFY(std::abs(closed / general - 1) < 1e-10);
            }
    }

    void keepsTinyValues() {
        // Cauchy: p = 2 atan(1/t) / π; two degrees of freedom: p → 1/t² for large t.
        QVERIFY(std::abs(studentTwoSidedP(1e200, 1) / (2 * std::numbers::inv_pi * 1e-200) - 1) < 1e-12);
        QVERIFY(std::abs(studentTwoSidedP(1e100, 2) / 1e-200 - 1) < 1e-12);
        QCOMPARE(studentTwoSidedP(-2.5, 3), studentTwoSidedP(2.5, 3));
        QCOMPARE(studentTwoSidedP(0, 5), 1.0);
    }

    void edges() {
        QVERIFY(std::isnan(studentTwoSidedP(std::nan(""), 3)));
        QCOMPARE(studentTwoSidedP(std::numeric_limits<double>::infinity(), 3), 0.0);
        QVERIFY_EXCEPTION_THROWN((void)studentTwoSidedP(1, 0), ValueError);
        QVERIFY_EXCEPTION_THROWN((void)studentTwoSidedP(1, std::nan("")), ValueError);
    }

    void correlationPAgreesWithSciPy() {
        const auto cases = test::dataJson("stats/stats.json").at("correlation_p");
        QVERIFY(cases.size() > 25);
        for (const auto& item : cases)
            QVERIFY(std::abs(correlationP(item.at("r").get<double>(), item.at("n")) / item.at("p").get<double>() - 1) <
                    1e-9);
    }

    void correlationPOfSinglePrecisionIsThatOfTheSameNumber() {
        const std::vector<float> r{0.1F, -0.4F, std::nanf("")};
        const auto p = correlationP(r, 40);
        QCOMPARE(p[0], correlationP(static_cast<double>(0.1F), 40));
        QCOMPARE(p[1], correlationP(static_cast<double>(-0.4F), 40));
        QVERIFY(std::isnan(p[2]));
    }

    void correlationPOfManyEqualsOne() {
        const std::vector<double> r{0.1, -0.4, 0, 1, -1, std::nan("")};
        const auto p = correlationP(r, 81);
        for (std::size_t i = 0; i + 1 < r.size(); ++i)
            QCOMPARE(p[i], correlationP(r[i], 81));
        QCOMPARE(p[2], 1.0);
        QCOMPARE(p[3], 0.0);
        QVERIFY(std::isnan(p[5]));
        QVERIFY(std::isnan(correlationP(0.5, 2)));
    }
};

QTEST_GUILESS_MAIN(StudentTTest)
#include "StudentTTest.moc"
