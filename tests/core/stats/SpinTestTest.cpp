#include "core/stats/SpinTest.h"

#include "core/base/Error.h"
#include "tests/core/stats/SpinSpheres.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <algorithm>

using namespace brainlike;

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

using Map = std::vector<double>;

Map mapOf(const nlohmann::json& values) {
    Map map;
    for (const auto& value : values)
        map.push_back(value.is_null() ? missing : value.get<double>());
    return map;
}

bool close(const Map& values, const nlohmann::json& expected, double tolerance) {
    const Map reference = mapOf(expected);
    return std::equal(values.begin(), values.end(), reference.begin(), reference.end(),
                      [tolerance](double a, double b) { return std::abs(a - b) <= tolerance; });
}

/// A smooth map whose distribution no rotation changes: bumps at random places, other ones in each hemisphere.
Map smoothMap(const SpinPoints& points, unsigned seed) {
    std::mt19937 generator(seed);
    std::normal_distribution<double> normal;
    Map map;
    for (const RowMatrix<float>* side : {&points.left, &points.right}) {
        if (side->rows() == 0)
            continue;
        Eigen::VectorXd values = Eigen::VectorXd::Zero(side->rows());
        for (int bump = 0; bump < 15; ++bump) {
            const Eigen::Vector3d centre(normal(generator), normal(generator), normal(generator));
            const Eigen::ArrayXd nearness = (side->cast<double>() * (centre.normalized() / 100)).array();
            values.array() += normal(generator) * (4 * (nearness - 1)).exp();
        }
        map.insert(map.end(), values.begin(), values.end());
    }
    return map;
}

SpinTest run(const Map& x, const Map& y, const SpinAssignments& assignments, const SpinTestOptions& options = {}) {
    JobContext job;
    return spinTest(x, y, assignments, options, job);
}

SpinAssignments assign(const SpinPoints& points, int spins, SpinMethod method = SpinMethod::AlexanderBloch) {
    JobContext job;
    return assignSpins(points, SpinRotations(spins, 17), method, 1, job);
}

} // namespace

class SpinTestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithNeuromaps() {
        const auto reference = test::dataJson("stats/spins.json");
        const auto& sources = reference.at("vertices").at("neuromaps").at("sources");
        SpinAssignments assignments;
        assignments.sources.resize(static_cast<Eigen::Index>(sources.size()), 200);
        for (int spin = 0; spin < assignments.spins(); ++spin)
            for (int point = 0; point < 200; ++point)
                assignments.sources(spin, point) =
                    sources.at(static_cast<std::size_t>(spin)).at(static_cast<std::size_t>(point));
        const auto& expected = reference.at("test");
        const Map x = mapOf(expected.at("x")), y = mapOf(expected.at("y"));
        const SpinTest first = run(x, y, assignments);
        QVERIFY(std::abs(first.observed.r - expected.at("r").get<double>()) < 1e-12);
        QVERIFY(close(first.null, expected.at("null"), 1e-12));
        QCOMPARE(first.p, expected.at("p").get<double>());
        const SpinTest second = run(x, y, assignments, {.spun = SpunMap::Second});
        QVERIFY(close(second.null, expected.at("null_second"), 1e-12));
        QCOMPARE(second.p, expected.at("p_second").get<double>());
    }

    void findsAPlantedCorrelation() {
        const SpinPoints points = test::twoSpheres(300);
        const auto assignments = assign(points, 500);
        Map x = smoothMap(points, 1);
        const Map noise = smoothMap(points, 2);
        Map y = x;
        for (std::size_t i = 0; i < y.size(); ++i)
            y[i] += 0.1 * noise[i];
        const SpinTest test = run(x, y, assignments);
        QVERIFY(test.observed.r > 0.9);
        QVERIFY(test.p < 0.02);
        QCOMPARE(test.p, (1.0 + test.asExtreme) / 501);
        QCOMPARE(test.defined, 500);
        QCOMPARE(test.spins(), 500);
        QCOMPARE(test.seed.value(), 17U);
    }

    /// Smooth maps that have nothing to do with each other correlate "significantly" by the parametric p far too often;
    /// the spin test keeps its level.
    void keepsItsLevelWithSmoothMaps() {
        const SpinPoints points = test::twoSpheres(150);
        const auto assignments = assign(points, 200);
        int bySpins = 0, byT = 0;
        constexpr int pairs = 200;
        for (unsigned pair = 0; pair < pairs; ++pair) {
            const SpinTest test = run(smoothMap(points, 100 + pair), smoothMap(points, 900 + pair), assignments);
            bySpins += test.p <= 0.05 ? 1 : 0;
            byT += test.observed.p <= 0.05 ? 1 : 0;
        }
        QVERIFY2(bySpins <= 24, qPrintable(QString::number(bySpins))); // 10 expected, 3 of spread
        QVERIFY2(byT >= 100, qPrintable(QString::number(byT)));
    }

    void everyNullEqualToRCounts() {
        const SpinRotations still(std::vector<Eigen::Matrix3d>(3, Eigen::Matrix3d::Identity()));
        const SpinPoints points = test::twoSpheres(40);
        JobContext job;
        const Map x = smoothMap(points, 3), y = smoothMap(points, 4);
        const SpinTest test = spinTest(x, y, points, still, SpinMethod::Hungarian, {}, job);
        QCOMPARE(test.asExtreme, 3);
        QCOMPARE(test.p, 1.0);
        QVERIFY(!test.seed);
        QCOMPARE(test.method, SpinMethod::Hungarian);
        for (const double r : test.null)
            QVERIFY(std::abs(r - test.observed.r) < 1e-12);
    }

    void turnsTheMapAskedFor() {
        const SpinPoints points = test::twoSpheres(60);
        const auto assignments = assign(points, 30, SpinMethod::Vasa);
        const Map x = smoothMap(points, 5), y = smoothMap(points, 6);
        const SpinTest second = run(x, y, assignments, {.spun = SpunMap::Second});
        const SpinTest swapped = run(y, x, assignments);
        QVERIFY(second.null == swapped.null);
        QCOMPARE(second.p, swapped.p);
        QCOMPARE(second.spun, SpunMap::Second);
        QVERIFY(second.null != run(x, y, assignments).null);
    }

    void pairsWithMissingValuesAreLeftOut() {
        const SpinPoints points = test::twoSpheres(100);
        const auto assignments = assign(points, 25);
        Map x = smoothMap(points, 7), y = smoothMap(points, 8);
        x[3] = missing;
        y[150] = std::numeric_limits<double>::infinity();
        const SpinTest test = run(x, y, assignments);
        QCOMPARE(test.observed.n, points.count() - 2);
        for (int spin = 0; spin < 25; ++spin) {
            Map turned, other;
            for (int point = 0; point < points.count(); ++point) {
                const double value = x[static_cast<std::size_t>(assignments.sources(spin, point))];
                if (point == 3 || point == 150 || std::isnan(value))
                    continue;
                turned.push_back(value);
                other.push_back(y[static_cast<std::size_t>(point)]);
            }
            QVERIFY(std::abs(test.null[static_cast<std::size_t>(spin)] - correlate(turned, other).r) < 1e-12);
        }
    }

    void withoutVarianceThereIsNoP() {
        const SpinPoints points = test::twoSpheres(40);
        const auto assignments = assign(points, 10);
        const SpinTest test =
            run(Map(static_cast<std::size_t>(points.count()), 2.0), smoothMap(points, 1), assignments);
        QCOMPARE(test.observed.status, CorrelationStatus::NoVariance);
        QVERIFY(std::isnan(test.observed.r));
        QVERIFY(std::isnan(test.p));
        QCOMPARE(test.defined, 0);
    }

    /// One value that stands out, turned to where the other map has none: the rest is constant.
    void spinsWithoutRCountOnNeitherSide() {
        const SpinPoints points{.left = test::spiralSphere(30)};
        const auto assignments = assign(points, 100, SpinMethod::Hungarian);
        Map x(30, 1.0), y = smoothMap(points, 2);
        x[0] = 5;
        for (std::size_t i = 15; i < 30; ++i)
            y[i] = missing;
        const SpinTest test = run(x, y, assignments);
        const auto defined = std::count_if(test.null.begin(), test.null.end(), [](double r) { return !std::isnan(r); });
        QVERIFY(defined > 0 && defined < 100);
        QCOMPARE(test.defined, static_cast<int>(defined));
        QCOMPARE(test.p, (1.0 + test.asExtreme) / (1.0 + test.defined));
    }

    void threadsAndStorageChangeNothing() {
        const SpinPoints points = test::twoSpheres(70);
        const Map x = smoothMap(points, 9), y = smoothMap(points, 10);
        for (const SpinMethod method : {SpinMethod::AlexanderBloch, SpinMethod::Vasa, SpinMethod::Hungarian}) {
            const auto assignments = assign(points, 60, method);
            const SpinTest one = run(x, y, assignments, {.threads = 1});
            const SpinTest three = run(x, y, assignments, {.threads = 3});
            JobContext job;
            const SpinTest unstored = spinTest(x, y, points, SpinRotations(60, 17), method, {.threads = 2}, job);
            QVERIFY(one.null == three.null);
            QVERIFY(one.null == unstored.null);
            QCOMPARE(unstored.p, one.p);
            QCOMPARE(unstored.seed.value(), 17U);
            QCOMPARE(unstored.method, method);
        }
    }

    void theNullCanBeWatched() {
        const SpinPoints points = test::twoSpheres(30);
        std::vector<Map> seen;
        const auto watch = [&](std::span<const double> null) { seen.emplace_back(null.begin(), null.end()); };
        const SpinTest test =
            run(smoothMap(points, 1), smoothMap(points, 2), assign(points, 100), {.threads = 2, .onNull = watch});
        QVERIFY(seen.size() > 3);
        QVERIFY(seen.back() == test.null);
        for (const Map& part : seen)
            QVERIFY(std::equal(part.begin(), part.end(), test.null.begin()));
        for (std::size_t i = 1; i < seen.size(); ++i)
            QVERIFY(seen[i].size() > seen[i - 1].size());
    }

    void stopsWhenCancelled() {
        const SpinPoints points = test::twoSpheres(30);
        std::stop_source source;
        JobContext job(source.get_token());
        std::size_t reached = 0;
        const SpinTestOptions options{.threads = 2, .onNull = [&](std::span<const double> null) {
                                          reached = null.size();
                                          source.request_stop();
                                      }};
        QVERIFY_EXCEPTION_THROWN((void)spinTest(smoothMap(points, 1), smoothMap(points, 2), points,
                                                SpinRotations(500, 1), SpinMethod::Vasa, options, job),
                                 CancelledError);
        QVERIFY(reached > 0 && reached < 500);
    }

    void refusesMapsOfAnotherSize() {
        const SpinPoints points = test::twoSpheres(30);
        const auto assignments = assign(points, 2);
        const Map map = smoothMap(points, 1);
        Map shorter = map;
        shorter.pop_back();
        try {
            (void)run(map, shorter, assignments);
            QFAIL("accepted");
        } catch (const ShapeError& error) {
            QCOMPARE(error.details().place, "second map");
            QCOMPARE(error.details().expected, "57");
            QCOMPARE(error.details().found, "56");
        }
        JobContext job;
        QVERIFY_EXCEPTION_THROWN(
            (void)spinTest(shorter, shorter, points, SpinRotations(2, 1), SpinMethod::Vasa, {}, job), ShapeError);
    }
};

QTEST_GUILESS_MAIN(SpinTestTest)
#include "SpinTestTest.moc"
