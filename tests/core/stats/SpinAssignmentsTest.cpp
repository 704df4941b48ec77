#include "core/stats/SpinAssignments.h"

#include "core/base/Error.h"
#include "tests/core/stats/SpinSpheres.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <algorithm>

using namespace brainlike;

namespace {

constexpr auto methods = {SpinMethod::AlexanderBloch, SpinMethod::Vasa, SpinMethod::Hungarian};

SpinAssignments assign(const SpinPoints& points, const SpinRotations& rotations, SpinMethod method, int threads = 1) {
    JobContext job;
    return assignSpins(points, rotations, method, threads, job);
}

SpinPoints pointsOf(const nlohmann::json& reference) {
    return {.left = test::pointsOf(reference.at("left")), .right = test::pointsOf(reference.at("right"))};
}

SpinRotations rotationsOf(const nlohmann::json& reference, bool inverse) {
    std::vector<Eigen::Matrix3d> rotations;
    for (const auto& values : reference) {
        const Eigen::Matrix3d matrix = test::matrixOf(values);
        rotations.push_back(inverse ? Eigen::Matrix3d(matrix.transpose()) : matrix);
    }
    return SpinRotations(std::move(rotations));
}

bool agrees(const SpinAssignments& assignments, const nlohmann::json& sources) {
    if (sources.size() != static_cast<std::size_t>(assignments.spins()))
        return false;
    for (int spin = 0; spin < assignments.spins(); ++spin)
        for (int point = 0; point < assignments.points(); ++point)
            if (sources.at(static_cast<std::size_t>(spin)).at(static_cast<std::size_t>(point)) !=
                assignments.sources(spin, point))
                return false;
    return true;
}

bool agreesWithNeuromaps(const SpinAssignments& assignments, const nlohmann::json& reference) {
    for (std::size_t spin = 0; spin < assignments.distances.size(); ++spin) // from float32 to 1e-6
        if (std::abs(assignments.distances[spin] - reference.at("distances").at(spin).get<double>()) > 1e-9)
            return false;
    return agrees(assignments, reference.at("sources"));
}

} // namespace

class SpinAssignmentsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithBrainSpace() {
        const auto reference = test::dataJson("stats/spins.json");
        const auto rotations = rotationsOf(reference.at("rotations"), true);
        QVERIFY(agrees(assign(pointsOf(reference.at("vertices")), rotations, SpinMethod::AlexanderBloch),
                       reference.at("vertices").at("brainspace")));
    }

    void agreesWithNeuromapsOnVerticesAndParcels() {
        const auto reference = test::dataJson("stats/spins.json");
        const auto rotations = rotationsOf(reference.at("rotations"), false);
        const auto &vertices = reference.at("vertices"), &parcels = reference.at("parcels");
        QVERIFY(agreesWithNeuromaps(assign(pointsOf(vertices), rotations, SpinMethod::AlexanderBloch),
                                    vertices.at("neuromaps")));
        QVERIFY(agreesWithNeuromaps(assign(pointsOf(parcels), rotations, SpinMethod::Vasa), parcels.at("vasa")));
        QVERIFY(
            agreesWithNeuromaps(assign(pointsOf(parcels), rotations, SpinMethod::Hungarian), parcels.at("hungarian")));
    }

    void withoutRotationEachPointKeepsItsValue() {
        const SpinRotations still(std::vector<Eigen::Matrix3d>{Eigen::Matrix3d::Identity()});
        const SpinPoints points = test::twoSpheres(80);
        for (const SpinMethod method : methods) {
            const SpinAssignments assignments = assign(points, still, method);
            QCOMPARE(assignments.method, method);
            QVERIFY(!assignments.seed);
            QCOMPARE(assignments.distances.front(), 0.0);
            for (int point = 0; point < points.count(); ++point)
                QCOMPARE(assignments.sources(0, point), point);
        }
    }

    void parcelsArePermutedWithinTheirHemisphere() {
        const SpinPoints points = test::twoSpheres(60);
        for (const SpinMethod method : {SpinMethod::Vasa, SpinMethod::Hungarian}) {
            const SpinAssignments assignments = assign(points, SpinRotations(30, 2), method);
            for (int spin = 0; spin < assignments.spins(); ++spin) {
                std::vector<std::int32_t> sources(assignments.sources.row(spin).begin(),
                                                  assignments.sources.row(spin).end());
                std::sort(sources.begin(), sources.begin() + 60);
                std::sort(sources.begin() + 60, sources.end());
                for (int point = 0; point < points.count(); ++point)
                    QCOMPARE(sources[static_cast<std::size_t>(point)], point);
            }
        }
    }

    /// Nearest is the least that any assignment can cost, the optimal permutation the least of permutations.
    void distancesAreOrdered() {
        const SpinPoints points = test::twoSpheres(70);
        const SpinRotations rotations(40, 6);
        const auto nearest = assign(points, rotations, SpinMethod::AlexanderBloch);
        const auto vasa = assign(points, rotations, SpinMethod::Vasa);
        const auto hungarian = assign(points, rotations, SpinMethod::Hungarian);
        bool differ = false;
        for (std::size_t spin = 0; spin < 40; ++spin) {
            QVERIFY(nearest.distances[spin] <= hungarian.distances[spin]);
            QVERIFY(hungarian.distances[spin] <= vasa.distances[spin] + 1e-12);
            differ = differ || hungarian.distances[spin] < vasa.distances[spin] - 1e-6;
        }
        QVERIFY(differ);
    }

    void mirroredHemispheresSpinAlike() {
        SpinPoints points{.left = test::randomSphere(200, 3)};
        points.right = points.left;
        points.right.col(0) *= -1;
        for (const SpinMethod method : methods) {
            const auto assignments = assign(points, SpinRotations(10, 4), method);
            QVERIFY(
                (assignments.sources.leftCols(200).array() + 200 == assignments.sources.rightCols(200).array()).all());
        }
    }

    void oneHemisphereIsEnough() {
        const SpinPoints both = test::twoSpheres(50);
        const SpinRotations rotations(5, 4);
        for (const SpinMethod method : methods) {
            const auto all = assign(both, rotations, method);
            QVERIFY(assign({.left = both.left}, rotations, method).sources == all.sources.leftCols(50));
            QVERIFY((assign({.right = both.right}, rotations, method).sources.array() + 50 ==
                     all.sources.rightCols(47).array())
                        .all());
        }
    }

    void threadsAndRepetitionChangeNothing() {
        const SpinPoints points = test::twoSpheres(90);
        for (const SpinMethod method : methods) {
            const auto one = assign(points, SpinRotations(50, 8), method, 1);
            const auto three = assign(points, SpinRotations(50, 8), method, 3);
            const auto fewer = assign(points, SpinRotations(20, 8), method, 0);
            QCOMPARE(one.seed.value(), 8U);
            QVERIFY(one.sources == three.sources);
            QVERIFY(one.distances == three.distances);
            QVERIFY(one.sources.topRows(20) == fewer.sources);
            QVERIFY(one.sources != assign(points, SpinRotations(50, 9), method).sources);
        }
    }

    void reportsProgress() {
        std::vector<double> fractions;
        JobContext job({}, [&](const Progress& progress) { fractions.push_back(progress.fraction); });
        (void)assignSpins(test::twoSpheres(20), SpinRotations(100, 1), SpinMethod::Vasa, 2, job);
        QVERIFY(fractions.size() > 3);
        QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
        QCOMPARE(fractions.back(), 1.0);
    }

    void stopsWhenCancelled() {
        std::stop_source source;
        JobContext job(source.get_token(), [&](const Progress& progress) {
            if (progress.fraction > 0.3)
                source.request_stop();
        });
        QVERIFY_EXCEPTION_THROWN(
            (void)assignSpins(test::twoSpheres(20), SpinRotations(100, 1), SpinMethod::Vasa, 2, job), CancelledError);
    }

    void refusesWhatItCannotDo() {
        const SpinPoints large{.left = test::spiralSphere(4097)};
        for (const SpinMethod method : {SpinMethod::Vasa, SpinMethod::Hungarian})
            try {
                (void)assign(large, SpinRotations(1, 1), method);
                QFAIL("accepted");
            } catch (const ValueError& error) {
                QCOMPARE(error.details().place, "left hemisphere");
                QVERIFY(error.details().advice.find("alexander-bloch") != std::string::npos);
            }
        QVERIFY_EXCEPTION_THROWN((void)assign({}, SpinRotations(1, 1), SpinMethod::Vasa), ShapeError);
        QVERIFY_EXCEPTION_THROWN((void)assign(test::twoSpheres(9), SpinRotations(1, 1), SpinMethod::Vasa, -1),
                                 ValueError);
        SpinPoints inflated = test::twoSpheres(9);
        inflated.left.col(2) *= 2;
        for (const SpinMethod method : methods)
            QVERIFY_EXCEPTION_THROWN((void)assign(inflated, SpinRotations(1, 1), method), ValueError);
    }

    void methodsHaveNames() {
        for (const SpinMethod method : methods)
            QCOMPARE(spinMethodNamed(nameOf(method)), method);
        QCOMPARE(nameOf(SpinMethod::AlexanderBloch), "alexander-bloch");
        try {
            (void)spinMethodNamed("moran");
            QFAIL("accepted");
        } catch (const ValueError& error) {
            QCOMPARE(error.details().found, "moran");
            QVERIFY(error.details().expected.find("hungarian") != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(SpinAssignmentsTest)
#include "SpinAssignmentsTest.moc"
