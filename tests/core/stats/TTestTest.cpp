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
            if (item.contains("double")) {
                const auto values = item.at("values").get<std::vector<double>>();
                std::vector<std::span<const double>> rows;
                for (std::size_t s = 0; s < static_cast<std::size_t>(subjects); ++s)
                    rows.emplace_back(values.data() + s * size, size);
                compare(oneSampleTTest(rows), item, 1e-7); // variance of 1 on a mean of 1e6
                continue;
            }
            std::vector<std::vector<float>> maps(static_cast<std::size_t>(subjects), std::vector<float>(size));
            for (std::size_t s = 0; s < maps.size(); ++s)
                for (std::size_t d = 0; d < size; ++d)
                    if (const auto& value = item.at("values").at(s * size + d); value.is_null())
                        maps[s][d] = notANumber;
                    else
                        maps[s][d] = value.get<float>();
            const auto spans = spansOf(maps);
            compare(oneSampleTTest(spans), item, 1e-10);
        }
    }

    void permutedSubjectsAndScaledValuesChangeNothing() {
        const std::vector<std::vector<double>> maps{{0.3, -0.1}, {0.1, 0.25}, {0.45, 0.2}, {0.2, 0.05}};
        std::vector<std::vector<double>> scaled;
        for (const auto& map : {maps[2], maps[0], maps[3], maps[1]})
            scaled.push_back({map[0] * 1e-12, map[1] * 1e-12});
        const std::vector<std::span<const double>> one(maps.begin(), maps.end());
        const std::vector<std::span<const double>> other(scaled.begin(), scaled.end());
        const auto first = oneSampleTTest(one);
        const auto second = oneSampleTTest(other);
        for (std::size_t d = 0; d < 2; ++d) {
            QVERIFY(std::abs(first.t[d] / second.t[d] - 1) < 1e-12);
            QVERIFY(std::abs(first.p[d] / second.p[d] - 1) < 1e-12);
            QVERIFY(std::abs(first.sem[d] * 1e-12 / second.sem[d] - 1) < 1e-12);
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

private:
    static void compare(const GroupStatistics& result, const nlohmann::json& item, double tolerance) {
        QCOMPARE(result.mean.size(), item.at("mean").size());
        for (std::size_t d = 0; d < result.mean.size(); ++d) {
            QVERIFY(agrees(result.mean[d], item.at("mean").at(d), 1e-12));
            QVERIFY(agrees(result.sem[d], item.at("sem").at(d), 0.1 * tolerance));
            QVERIFY(agrees(result.t[d], item.at("t").at(d), tolerance));
            QVERIFY(agrees(result.p[d], item.at("p").at(d), 10 * tolerance));
        }
    }
};

QTEST_GUILESS_MAIN(TTestTest)
#include "TTestTest.moc"
