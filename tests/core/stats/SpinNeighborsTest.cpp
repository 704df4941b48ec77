#include "core/stats/SpinNeighbors.h"

#include "core/stats/SpinRotations.h"
#include "tests/core/stats/SpinSpheres.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace brainlike;

namespace {

struct Answer {
    std::vector<std::int32_t> nearest;
    double sum = 0;
};

Answer everyDistance(const RowMatrix<float>& points, const Eigen::Matrix3d& rotation) {
    const RowMatrix<double> exact = points.cast<double>();
    const RowMatrix<double> queries = exact * rotation.transpose();
    const auto count = static_cast<std::size_t>(exact.rows());
    Answer answer;
    for (std::size_t i = 0; i < count; ++i) {
        const double* query = queries.data() + 3 * i;
        double least = std::numeric_limits<double>::infinity();
        std::size_t nearest = 0;
        // Plain numbers: tests are compiled without optimisation, in which expressions of matrices take a hundred times
        // as long.
        for (std::size_t other = 0; other < count; ++other) {
            const double* point = exact.data() + 3 * other;
            const double x = point[0] - query[0], y = point[1] - query[1], z = point[2] - query[2];
            const double squared = x * x + y * y + z * z;
            if (squared < least) {
                least = squared;
                nearest = other;
            }
        }
        answer.sum += std::sqrt(least);
        answer.nearest.push_back(static_cast<std::int32_t>(nearest));
    }
    return answer;
}

RowMatrix<float> stacked(const RowMatrix<float>& first, const RowMatrix<float>& second) {
    RowMatrix<float> both(first.rows() + second.rows(), 3);
    both << first, second;
    return both;
}

/// Only what lies above a height.
RowMatrix<float> cap(const RowMatrix<float>& points, float height) {
    RowMatrix<float> kept(0, 3);
    for (Eigen::Index i = 0; i < points.rows(); ++i)
        if (points(i, 2) > height) {
            kept.conservativeResize(kept.rows() + 1, 3);
            kept.row(kept.rows() - 1) = points.row(i);
        }
    return kept;
}

} // namespace

class SpinNeighborsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheNearest_data() {
        QTest::addColumn<RowMatrix<float>>("points");
        const RowMatrix<float> even = test::spiralSphere(1500), chance = test::randomSphere(800, 2);
        QTest::newRow("even") << even;
        QTest::newRow("by chance") << chance;
        QTest::newRow("one point") << test::spiralSphere(1);
        QTest::newRow("two points") << test::randomSphere(2, 1);
        QTest::newRow("few points") << test::randomSphere(13, 3);
        QTest::newRow("half a sphere") << cap(even, 0);
        QTest::newRow("a patch") << cap(test::randomSphere(60000, 4), 97);
        QTest::newRow("a patch in the rest") << stacked(cap(test::randomSphere(60000, 5), 97), chance);
        QTest::newRow("points on each other") << stacked(chance, chance);
        QTest::newRow("many at one place") << stacked(even.row(7).replicate(300, 1), even);
        RowMatrix<float> uneven = chance;
        for (Eigen::Index i = 0; i < uneven.rows(); ++i)
            uneven.row(i) *= 1.0F + 0.008F * static_cast<float>(i % 3 - 1);
        QTest::newRow("radii within 1 %") << uneven;
        QTest::newRow("a small sphere") << RowMatrix<float>(1e-3F * even);
    }

    void findsTheNearest() {
        QFETCH(RowMatrix<float>, points);
        const SpinNeighbors neighbors(points);
        const SpinRotations rotations(8, 1);
        std::vector<std::int32_t> nearest(static_cast<std::size_t>(points.rows()));
        for (int spin = 0; spin < rotations.count(); ++spin) {
            const double sum = neighbors.nearestToRotated(rotations.left(spin), nearest);
            const Answer expected = everyDistance(points, rotations.left(spin));
            QVERIFY(nearest == expected.nearest);
            QVERIFY(std::abs(sum - expected.sum) <= 1e-10 * expected.sum);
        }
    }

    void withoutRotationFindsEachPoint() {
        const RowMatrix<float> points = test::randomSphere(2000, 9);
        std::vector<std::int32_t> nearest(2000, -1);
        QCOMPARE(SpinNeighbors(points).nearestToRotated(Eigen::Matrix3d::Identity(), nearest), 0.0);
        for (std::size_t i = 0; i < nearest.size(); ++i)
            QCOMPARE(nearest[i], static_cast<std::int32_t>(i));
    }

    /// Along edges and through corners of the cube behind it.
    void quarterTurnsAreExact() {
        RowMatrix<float> points(26, 3);
        Eigen::Index row = 0;
        for (const float x : {-1.0F, 0.0F, 1.0F})
            for (const float y : {-1.0F, 0.0F, 1.0F})
                for (const float z : {-1.0F, 0.0F, 1.0F})
                    if (x != 0 || y != 0 || z != 0)
                        points.row(row++) << x, y, z;
        points.rowwise().normalize();
        const Eigen::Matrix3d turn{{0, -1, 0}, {1, 0, 0}, {0, 0, 1}};
        std::vector<std::int32_t> nearest(26);
        QVERIFY(SpinNeighbors(points).nearestToRotated(turn, nearest) < 1e-4);
        for (Eigen::Index i = 0; i < 26; ++i) {
            const Eigen::Vector3f turned = turn.cast<float>() * points.row(i).transpose();
            QVERIFY((points.row(nearest[static_cast<std::size_t>(i)]).transpose() - turned).norm() < 1e-4F);
        }
    }
};

QTEST_GUILESS_MAIN(SpinNeighborsTest)
#include "SpinNeighborsTest.moc"
