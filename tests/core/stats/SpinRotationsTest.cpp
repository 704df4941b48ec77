#include "core/stats/SpinRotations.h"

#include "core/base/Error.h"
#include "tests/core/stats/SpinSpheres.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <Eigen/LU>
#include <algorithm>
#include <functional>

using namespace brainlike;

namespace {

/// Largest distance between the distribution of a sample and the one expected (Kolmogorov–Smirnov).
double distanceTo(std::vector<double> sample, const std::function<double(double)>& cumulative) {
    std::sort(sample.begin(), sample.end());
    double largest = 0;
    const auto size = static_cast<double>(sample.size());
    for (std::size_t i = 0; i < sample.size(); ++i) {
        const double expected = cumulative(sample[i]);
        largest = std::max({largest, std::abs(static_cast<double>(i) / size - expected),
                            std::abs(static_cast<double>(i + 1) / size - expected)});
    }
    return largest;
}

} // namespace

class SpinRotationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areRotations() {
        const SpinRotations rotations(500, 3);
        QCOMPARE(rotations.count(), 500);
        QCOMPARE(rotations.seed().value(), 3U);
        for (int spin = 0; spin < rotations.count(); ++spin)
            for (const Eigen::Matrix3d& matrix : {rotations.left(spin), rotations.right(spin)}) {
                QVERIFY((matrix * matrix.transpose()).isIdentity(1e-13));
                QVERIFY(std::abs(matrix.determinant() - 1) < 1e-13);
            }
    }

    void rightMirrorsLeft() {
        const SpinRotations rotations(20, 5);
        const Eigen::RowVector3d point(0.3, -0.8, 0.5), mirrored(-0.3, -0.8, 0.5);
        for (int spin = 0; spin < rotations.count(); ++spin) {
            const Eigen::RowVector3d left = point * rotations.left(spin);
            const Eigen::RowVector3d right = mirrored * rotations.right(spin);
            QVERIFY((right - Eigen::RowVector3d(-left[0], left[1], left[2])).norm() < 1e-14);
        }
    }

    void agreesWithTheDescription() {
        const auto reference = test::dataJson("stats/spins.json").at("seeded");
        const SpinRotations rotations(400, reference.at("seed").get<std::uint64_t>());
        std::size_t row = 0;
        for (const int spin : {0, 1, 399}) {
            const Eigen::Matrix3d expected = test::matrixOf(reference.at("rotations").at(row++));
            QVERIFY((rotations.left(spin) - expected).cwiseAbs().maxCoeff() < 1e-14);
        }
    }

    void moreSpinsOnlyAdd() {
        const SpinRotations few(10, 11), many(40, 11), others(10, 12);
        for (int spin = 0; spin < few.count(); ++spin) {
            QVERIFY(few.left(spin) == many.left(spin));
            QVERIFY(few.left(spin) != others.left(spin));
        }
    }

    /// A fixed point lands anywhere on the sphere alike, and angles follow Haar's measure, (θ − sin θ) / π.
    void areUniform() {
        constexpr int count = 20000;
        constexpr double limit = 1.95 / 141.42; // exceeded once in a thousand draws of this size
        const SpinRotations rotations(count, 1);
        std::vector<double> angles;
        for (int spin = 0; spin < count; ++spin)
            angles.push_back(std::acos(std::clamp((rotations.left(spin).trace() - 1) / 2, -1.0, 1.0)));
        QVERIFY(distanceTo(angles, [](double angle) { return (angle - std::sin(angle)) / std::numbers::pi; }) < limit);
        for (int entry = 0; entry < 9; ++entry) {
            std::vector<double> heights;
            for (int spin = 0; spin < count; ++spin)
                heights.push_back(rotations.left(spin)(entry / 3, entry % 3));
            QVERIFY(distanceTo(heights, [](double height) { return (height + 1) / 2; }) < limit);
        }
    }

    void takesRotationsMadeElsewhere() {
        const Eigen::Matrix3d turn{{0, 1, 0}, {-1, 0, 0}, {0, 0, 1}};
        const SpinRotations rotations(std::vector<Eigen::Matrix3d>{turn});
        QCOMPARE(rotations.count(), 1);
        QVERIFY(!rotations.seed());
        QVERIFY(rotations.left(0) == turn);
        QVERIFY(rotations.right(0).isApprox(turn.transpose()));
    }

    void refusesWhatIsNoRotation() {
        using Matrices = std::vector<Eigen::Matrix3d>;
        QVERIFY_EXCEPTION_THROWN(SpinRotations(0, 1), ValueError);
        QVERIFY_EXCEPTION_THROWN(SpinRotations(-5, 1), ValueError);
        QVERIFY_EXCEPTION_THROWN(SpinRotations(Matrices{}), ValueError);
        const Eigen::Matrix3d identity = Eigen::Matrix3d::Identity();
        const Eigen::Matrix3d missing = Eigen::Matrix3d::Constant(std::nan(""));
        for (const Eigen::Matrix3d& matrix : {Eigen::Matrix3d(-identity), Eigen::Matrix3d(1.01 * identity), missing})
            try {
                const SpinRotations rotations(Matrices{identity, matrix});
                QFAIL("accepted");
            } catch (const ValueError& error) {
                QCOMPARE(error.details().place, "spin 1");
            }
    }
};

QTEST_GUILESS_MAIN(SpinRotationsTest)
#include "SpinRotationsTest.moc"
