#include "views/scene/CortexGeometry.h"

#include "core/base/Error.h"
#include "core/surface/Geometry.h"
#include "tests/support/Expectations.h"
#include "tests/views/scene/SyntheticCortex.h"
#include "views/scene/ClassSurface.h"

#include <QTest>

using namespace brainlike;
using namespace brainlike::test;

class CortexGeometryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void verticesGoStraight();
    void endsAreTheSurfacesThemselves();
    void normalsAreOfThePlaceBetween();
    void unfoldsToTheFlatSurface();
    void outlinesStayInTheirFaces();
    void keepsWhatDoesNotDependOnThePlace();
    void bordersMoveWithTheSurface();
    void refusesOtherFaces();

private:
    std::shared_ptr<CortexGeometry> m_folded, m_round;
};

void CortexGeometryTest::initTestCase() {
    m_folded = syntheticCortex(3);
    m_round = roundCortex(*m_folded);
}

void CortexGeometryTest::verticesGoStraight() {
    const auto between = blendedGeometry(*m_folded, *m_round, 0.25);
    for (const Hemisphere hemisphere : hemispheres) {
        const auto& from = m_folded->side(hemisphere).mesh.points;
        const auto& to = m_round->side(hemisphere).mesh.points;
        const RowMatrix<float> expected = 0.75F * from + 0.25F * to;
        QVERIFY((between->side(hemisphere).mesh.points - expected).cwiseAbs().maxCoeff() < 1e-4F);
        const Extent& extent = between->side(hemisphere).extent;
        QCOMPARE(extent.low.x(), double(between->side(hemisphere).mesh.points.col(0).minCoeff()));
        QCOMPARE(extent.high.z(), double(between->side(hemisphere).mesh.points.col(2).maxCoeff()));
    }
    QVERIFY(!between->surface.isPure());
}

void CortexGeometryTest::endsAreTheSurfacesThemselves() {
    for (const auto& [share, end] : {std::pair(0.0, m_folded), std::pair(1.0, m_round)}) {
        const auto between = blendedGeometry(*m_folded, *m_round, share);
        for (const Hemisphere hemisphere : hemispheres) {
            const CortexSide& side = between->side(hemisphere);
            QVERIFY(side.mesh.points == end->side(hemisphere).mesh.points);
            QVERIFY(side.normals == end->side(hemisphere).normals);
            QVERIFY(side.outlines.places == end->side(hemisphere).outlines.places);
            QVERIFY((side.outlines.lines - end->side(hemisphere).outlines.lines).cwiseAbs().maxCoeff() < 1e-4F);
        }
    }
}

void CortexGeometryTest::unfoldsToTheFlatSurface() {
    // Flat: a turned picture of the closed surface, squeezed and cut open.
    CortexGeometry made = *m_round;
    made.surface = {SurfaceKind::Flat};
    const Eigen::Matrix3f turn = Eigen::AngleAxisf(0.7F, Eigen::Vector3f(1, 2, 0.5F).normalized()).toRotationMatrix();
    for (CortexSide& side : made.sides) {
        side.mesh.points = side.mesh.points * turn.transpose();
        side.mesh.points.col(2) *= 0.01F;
        side.mesh.points.rowwise() += Eigen::RowVector3f(30, -10, 0);
        side.mesh.faces.conservativeResize(side.mesh.faces.rows() / 2, 3);
    }
    completeCortexGeometry(made);
    const auto start = blendedGeometry(*m_round, made, 0), half = blendedGeometry(*m_round, made, 0.5);
    QVERIFY(half->surface.isFlat());
    for (const Hemisphere hemisphere : hemispheres) {
        const CortexSide& closed = m_round->side(hemisphere);
        const CortexSide& flat = made.side(hemisphere);
        // It begins as it is, turned and moved without a mirror to where it lies over the flat one, ...
        const RowMatrix<float>& first = start->side(hemisphere).mesh.points;
        const Eigen::Matrix3f edges = first.middleRows(1, 3).rowwise() - first.row(0);
        const Eigen::Matrix3f before = closed.mesh.points.middleRows(1, 3).rowwise() - closed.mesh.points.row(0);
        QVERIFY((edges * edges.transpose() - before * before.transpose()).cwiseAbs().maxCoeff() < 0.01F);
        QVERIFY(std::abs(edges.determinant() - before.determinant()) < 1e-3F * std::abs(before.determinant()));
        // ... goes straight there, ...
        const RowMatrix<float> middle = 0.5F * (first + flat.mesh.points);
        QVERIFY((half->side(hemisphere).mesh.points - middle).cwiseAbs().maxCoeff() < 1e-3F);
        // ... and is cut as the flat one.
        QVERIFY(half->side(hemisphere).mesh.faces == flat.mesh.faces);
        QVERIFY(half->side(hemisphere).normals == normalsOf(half->side(hemisphere).mesh));
        QVERIFY(half->side(hemisphere).head == closed.head);
    }
    CortexGeometry other = made;
    other.sides[0].mesh.points.conservativeResize(7, 3);
    QVERIFY_EXCEPTION_THROWN((void)blendedGeometry(*m_round, other, 0.5), ShapeError);
}

void CortexGeometryTest::normalsAreOfThePlaceBetween() {
    const auto between = blendedGeometry(*m_folded, *m_round, 0.6);
    for (const Hemisphere hemisphere : hemispheres)
        QVERIFY(between->side(hemisphere).normals == normalsOf(between->side(hemisphere).mesh));
}

void CortexGeometryTest::outlinesStayInTheirFaces() {
    const auto between = blendedGeometry(*m_folded, *m_round, 0.5);
    const CortexSide& side = between->side(Hemisphere::Left);
    QVERIFY(side.outlines.lines.rows() > 100);
    QCOMPARE(side.outlines.points.size(), std::size_t(side.outlines.lines.rows()));
    for (std::size_t i = 0; i < side.outlines.points.size(); ++i) {
        const FacePoint& point = side.outlines.points[i];
        float sum = 0;
        Eigen::RowVector3f place = Eigen::RowVector3f::Zero();
        for (std::size_t corner = 0; corner < 3; ++corner) {
            QVERIFY(point.weights[corner] >= 0);
            sum += point.weights[corner];
            place += point.weights[corner] * side.mesh.points.row(point.vertices[corner]);
        }
        QVERIFY(std::abs(sum - 1) < 1e-5F);
        // Lifted by no more than a little above the surface.
        QVERIFY((side.outlines.lines.row(static_cast<Eigen::Index>(i)) - place).norm() < 0.06F);
    }
}

void CortexGeometryTest::keepsWhatDoesNotDependOnThePlace() {
    const auto between = blendedGeometry(*m_folded, *m_round, 0.5);
    QCOMPARE(between->templateName, m_folded->templateName);
    QVERIFY(between->counts == m_folded->counts);
    QVERIFY(between->parcellation.has_value());
    for (const Hemisphere hemisphere : hemispheres) {
        QVERIFY(between->side(hemisphere).folding == m_folded->side(hemisphere).folding);
        QVERIFY(between->side(hemisphere).isCortex == m_folded->side(hemisphere).isCortex);
        QVERIFY(between->side(hemisphere).head == m_folded->side(hemisphere).head);
    }
}

void CortexGeometryTest::bordersMoveWithTheSurface() {
    const CortexSide& from = m_folded->side(Hemisphere::Left);
    const CortexSide& to = m_round->side(Hemisphere::Left);
    std::vector<std::int16_t> classes;
    for (const std::uint8_t isCortex : from.isCortex)
        classes.push_back(isCortex != 0 ? std::int16_t(0) : medialWallClass);
    ClassSurface moved = cutByClass(from.mesh, classes, {medialWallClass, from.outlines.places});
    moveBorder(moved, classes, {medialWallClass, to.outlines.places});
    const ClassSurface expected = cutByClass(to.mesh, classes, {medialWallClass, to.outlines.places});
    QVERIFY(moved.faces == expected.faces);
    QVERIFY(!moved.added.empty());
    QVERIFY(extended(to.mesh.points, moved) == extended(to.mesh.points, expected));
}

void CortexGeometryTest::refusesOtherFaces() {
    const auto finer = syntheticCortex(4);
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { (void)blendedGeometry(*m_folded, *finer, 0.5); }), "faces differ");
}

QTEST_GUILESS_MAIN(CortexGeometryTest)
#include "CortexGeometryTest.moc"
