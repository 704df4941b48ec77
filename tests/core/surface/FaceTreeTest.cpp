#include "core/surface/FaceTree.h"

#include "tests/views/scene/SyntheticCortex.h"

#include <QTest>

#include <Eigen/Geometry>
#include <random>

using namespace brainlike;
using namespace brainlike::test;

namespace {

Eigen::Matrix3d turned(double angle) {
    return Eigen::AngleAxisd(angle, Eigen::Vector3d(1, 2, 3).normalized()).toRotationMatrix();
}

/// The highest face over a place by looking at every one.
std::optional<SightHit> slowly(const Mesh& mesh, const Eigen::Matrix3d& axes, const Eigen::Vector2d& at) {
    std::optional<SightHit> best;
    for (int face = 0; face < mesh.faceCount(); ++face) {
        std::array<Eigen::Vector3d, 3> corners;
        for (std::size_t i = 0; i < 3; ++i)
            corners[i] =
                axes * mesh.points.row(mesh.faces(face, static_cast<Eigen::Index>(i))).transpose().cast<double>();
        Eigen::Matrix3d weights;
        weights << corners[0].x(), corners[1].x(), corners[2].x(), //
            corners[0].y(), corners[1].y(), corners[2].y(),        //
            1, 1, 1;
        if (std::abs(weights.determinant()) < 1e-12)
            continue;
        const Eigen::Vector3d share = weights.inverse() * Eigen::Vector3d(at.x(), at.y(), 1);
        const double height = share.dot(Eigen::Vector3d(corners[0].z(), corners[1].z(), corners[2].z()));
        if (share.minCoeff() >= 0 && (!best || height > best->height))
            best = SightHit{face, height};
    }
    return best;
}

} // namespace

class FaceTreeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsWhatLookingAtEveryFaceFinds();
    void fitsAnotherSurface();
    void findsNothingBeside();
    void anEmptyMeshHasNothing();
};

void FaceTreeTest::findsWhatLookingAtEveryFaceFinds() {
    const Mesh mesh = foldedHemisphere(Hemisphere::Left, 3);
    const FaceTree tree(mesh);
    std::mt19937 random(7);
    std::uniform_real_distribution<double> place(-90, 90);
    int hits = 0;
    for (int i = 0; i < 300; ++i) {
        const Eigen::Matrix3d axes = turned(0.02 * i);
        const Eigen::Vector2d at(place(random), place(random));
        const auto expected = slowly(mesh, axes, at);
        const auto found = tree.frontmost(mesh, axes, at);
        QCOMPARE(found.has_value(), expected.has_value());
        if (!expected)
            continue;
        ++hits;
        QCOMPARE(found->face, expected->face);
        QVERIFY(std::abs(found->height - expected->height) < 1e-6);
    }
    QVERIFY(hits > 60);
}

void FaceTreeTest::fitsAnotherSurface() {
    const Mesh folded = foldedHemisphere(Hemisphere::Right, 3);
    Mesh round = sphere(3);
    round.points *= 100;
    const FaceTree refitted = FaceTree(folded).refitted(round);
    for (int i = 0; i < 100; ++i) {
        const Eigen::Vector2d at(0.9 * i - 45, 40 - 0.7 * i);
        const auto expected = slowly(round, turned(0.3), at);
        const auto found = refitted.frontmost(round, turned(0.3), at);
        QVERIFY(expected && found);
        QVERIFY(std::abs(found->height - expected->height) < 1e-6);
    }
}

void FaceTreeTest::findsNothingBeside() {
    const Mesh mesh = sphere(2);
    QVERIFY(!FaceTree(mesh).frontmost(mesh, Eigen::Matrix3d::Identity(), {1.01, 0}));
    QVERIFY(FaceTree(mesh).frontmost(mesh, Eigen::Matrix3d::Identity(), {0.01, 0.02}));
}

void FaceTreeTest::anEmptyMeshHasNothing() {
    const Mesh none{RowMatrix<float>(0, 3), RowMatrix<std::int32_t>(0, 3)};
    QVERIFY(!FaceTree(none).frontmost(none, Eigen::Matrix3d::Identity(), {0, 0}));
    QVERIFY(!FaceTree().frontmost(none, Eigen::Matrix3d::Identity(), {0, 0}));
}

QTEST_GUILESS_MAIN(FaceTreeTest)
#include "FaceTreeTest.moc"
