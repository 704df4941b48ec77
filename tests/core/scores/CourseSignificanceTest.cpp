#include "core/scores/CourseSignificance.h"

#include "core/base/Error.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace brainlike;

namespace {

constexpr float missingScore = std::numeric_limits<float>::quiet_NaN();

bool close(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
}

} // namespace

class CourseSignificanceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void testsAsSciPy() {
        const auto reference = test::dataJson("scores/courses.json");
        const auto mean = reference.at("mean").get<std::vector<float>>();
        const auto sem = reference.at("sem").get<std::vector<float>>();
        const CourseTest found = testCourse(mean, sem, reference.at("subjects").get<int>());
        for (std::size_t i = 0; i < mean.size(); ++i) {
            QVERIFY(close(found.t[i], reference.at("t")[i].get<double>()));
            QVERIFY(close(found.p[i], reference.at("p")[i].get<double>()));
            QVERIFY(close(found.q[i], reference.at("q")[i].get<double>()));
        }
    }

    void whatCannotBeTestedIsNaN() {
        const std::vector<float> mean{0.1F, missingScore, 0.1F, 0.1F}, sem{0.01F, 0.01F, 0, missingScore};
        const CourseTest found = testCourse(mean, sem, 3);
        QVERIFY(std::isfinite(found.q[0]));
        for (const std::size_t i : {1U, 2U, 3U})
            QVERIFY(std::isnan(found.t[i]) && std::isnan(found.q[i]));
        QVERIFY(std::isnan(testCourse(mean, sem, 1).p[0]));
        QVERIFY_EXCEPTION_THROWN((void)testCourse(mean, std::vector<float>{1}, 3), ShapeError);
    }

    void theBandComesFromBeforeTheImage() {
        const std::vector<double> times{-0.5, -0.4, -0.3, -0.2, -0.1, 0, 0.1};
        const std::vector<float> course{1, 2, 3, 4, 5, 100, 200}; // mean 3, sd √2.5
        const auto band = baselineBand(course, times);
        QVERIFY(band);
        QCOMPARE(band->samples, 5);
        QVERIFY(close(band->high, 3 + 2.5758293035489004 * std::sqrt(2.5)));
        QVERIFY(close(band->low, 3 - 2.5758293035489004 * std::sqrt(2.5)));
        QVERIFY(!baselineBand(std::vector<float>{missingScore, 2, 3, 4, 5, 6, 7}, times));
        QVERIFY_EXCEPTION_THROWN((void)baselineBand(std::vector<float>{1}, times), ShapeError);
    }

    void anOnsetNeedsARunAfterZero() {
        const std::vector<double> times{-0.2, -0.1, 0, 0.1, 0.2, 0.3};
        QCOMPARE(onsetOf({true, true, true, false, true, true}, times), std::optional(4));
        QCOMPARE(onsetOf({false, false, true, true, false, false}, times), std::optional(2));
        QCOMPARE(onsetOf({true, true, false, true, false, true}, times), std::optional<int>());
        QVERIFY_EXCEPTION_THROWN((void)onsetOf({true}, times), ShapeError);
    }

    void sharesCountTheChannelsThatWereTested() {
        RowMatrix<float> q(4, 2);
        q << 0.001F, missingScore, 0.5F, missingScore, 0.009F, missingScore, missingScore, missingScore;
        const auto all = significantShares(q, {}, 0.01);
        QVERIFY(close(all[0], 2.0 / 3));
        QVERIFY(std::isnan(all[1]));
        QVERIFY(close(significantShares(q, std::vector<int>{0, 1}, 0.01)[0], 0.5));
    }
};

QTEST_GUILESS_MAIN(CourseSignificanceTest)
#include "CourseSignificanceTest.moc"
