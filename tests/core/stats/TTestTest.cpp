#include "core/stats/TTest.h"

#include "core/base/Error.h"
#include "core/stats/StudentT.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace brainlike;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

std::vector<std::span<const float>> spansOf(const std::vector<std::vector<float>>& maps) {
    return {maps.begin(), maps.end()};
}

bool agrees(double value, const nlohmann::json& expected, double tolerance) {
    if (expected.is_null())
        return std::isnan(value);
    const double reference = expected;
    return std::abs(value - reference) <= tolerance * std::max(std::abs(reference), 1e-300);
}

} // namespace

class TTestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithSciPy() {
        const auto cases = test::dataJson("stats/stats.json").at("t_test");
        QVERIFY(cases.size() > 3);
        for (const auto& item : cases) {
            const int subjects = item.at("subjects");
            const std::size_t size = item.at("mean").size();
            std::vector<std::vector<float>> maps(static_cast<std::size_t>(subjects), std::vector<float>(size));
            for (std::size_t s = 0; s < maps.size(); ++s)
                for (std::size_t d = 0; d < size; ++d)
                    if (const auto& value = item.at("values").at(s * size + d); value.is_null())
                        maps[s][d] = notANumber;
                    else
                        maps[s][d] = value.get<float>();
            const auto spans = spansOf(maps);
            const auto result = oneSampleTTest(spans);
            for (std::size_t d = 0; d < size; ++d) {
                QVERIFY(agrees(result.mean[d], item.at("mean").at(d), 1e-12));
                QVERIFY(agrees(result.sem[d], item.at("sem").at(d), 1e-12));
                QVERIFY(agrees(result.t[d], item.at("t").at(d), 1e-10));
                QVERIFY(agrees(result.p[d], item.at("p").at(d), 1e-9));
            }
        }
    }

    void oneSubjectHasOnlyAMean() {
        const std::vector<std::vector<float>> maps{{0.5f, notANumber}};
        const auto spans = spansOf(maps);
        const auto result = oneSampleTTest(spans);
        QCOMPARE(result.mean[0], 0.5);
        QVERIFY(std::isnan(result.sem[0]) && std::isnan(result.t[0]) && std::isnan(result.p[0]));
        QVERIFY(std::isnan(result.mean[1]));
    }

    void oneSubjectIsTestedByItsCorrelation() {
        const std::vector<std::vector<float>> maps{{0.25f, notANumber, -0.1f}};
        const auto spans = spansOf(maps);
        const auto result = groupStatistics(spans, 100);
        QCOMPARE(result.p[0], correlationP(0.25, 100));
        QVERIFY(std::abs(studentTwoSidedP(result.t[0], 98) / result.p[0] - 1) < 1e-12);
        QVERIFY(std::isnan(result.p[1]) && std::isnan(result.t[1]));
        QVERIFY(result.t[2] < 0);
    }

    void severalSubjectsAreTestedAcrossSubjects() {
        const std::vector<std::vector<float>> maps{{0.1f}, {0.2f}, {0.4f}};
        const auto spans = spansOf(maps);
        QCOMPARE(groupStatistics(spans, 100).p[0], oneSampleTTest(spans).p[0]);
    }

    void withoutVarianceAsSciPy() {
        const std::vector<std::vector<float>> maps{{0.5f, 0.f}, {0.5f, 0.f}, {0.5f, 0.f}};
        const auto spans = spansOf(maps);
        const auto result = oneSampleTTest(spans);
        QVERIFY(std::isinf(result.t[0]));
        QCOMPARE(result.p[0], 0.0);
        QVERIFY(std::isnan(result.t[1]) && std::isnan(result.p[1]));
    }

    void refusesMapsThatDiffer() {
        const std::vector<std::vector<float>> maps{{1, 2}, {1, 2, 3}};
        const auto spans = spansOf(maps);
        QVERIFY_EXCEPTION_THROWN((void)oneSampleTTest(spans), ShapeError);
        QVERIFY_EXCEPTION_THROWN((void)oneSampleTTest(std::span<const std::span<const float>>()), ShapeError);
    }
};

QTEST_GUILESS_MAIN(TTestTest)
#include "TTestTest.moc"
