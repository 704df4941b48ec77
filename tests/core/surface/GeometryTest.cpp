#include "core/surface/Geometry.h"

#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/Expectations.h"

#include <cmath>

using namespace brainlike;
using namespace brainlike::test;

namespace {

/// The octahedron's vertices in areas: V1 at +x and +y, MT at −x and −y, the rest without label; FFC has none.
Annotation areas() {
    return {{{"V1"}, {"MT"}, {"FFC"}}, {0, 1, 0, 1, -1, -1}};
}

} // namespace

class GeometryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void centroids();
    void distancesFromV1();
    void distancesWithoutOrigin();
    void labelsOfAnotherSurface();
    void mni152();
    void nearest();
    void neighbors();
    void neighborsOfRepeatedCorners();
    void normals();
};

void GeometryTest::centroids() {
    const auto centroid = areaCentroid(octahedron(), areas(), "V1");
    QVERIFY(centroid && centroid->isApprox(Eigen::Vector3d(0.5, 0.5, 0)));
    QVERIFY(!areaCentroid(octahedron(), areas(), "FFC") && !areaCentroid(octahedron(), areas(), "44"));
    const auto all = areaCentroids(octahedron(), areas());
    QVERIFY(all.row(1).isApprox(Eigen::RowVector3d(-0.5, -0.5, 0)));
    QVERIFY(std::isnan(all(2, 0)) && std::isnan(all(2, 2)));
}

void GeometryTest::distancesFromV1() {
    const auto distances = areaDistances(octahedron(), areas());
    QCOMPARE(distances[0], 0.0);
    QCOMPARE(distances[1], std::sqrt(2.0));
    QVERIFY(std::isnan(distances[2]));
    const auto ofVertices = vertexDistances(octahedron(), areas());
    QCOMPARE(ofVertices.size(), std::size_t(6));
    QCOMPARE(ofVertices[0], std::sqrt(0.5));
    QCOMPARE(ofVertices[5], std::sqrt(1.5));
    QCOMPARE(areaDistances(octahedron(), areas(), "MT")[0], std::sqrt(2.0));
}

void GeometryTest::distancesWithoutOrigin() {
    for (const double distance : areaDistances(octahedron(), areas(), "44"))
        QVERIFY(std::isnan(distance));
    for (const double distance : vertexDistances(octahedron(), areas(), "FFC"))
        QVERIFY(std::isnan(distance));
}

void GeometryTest::labelsOfAnotherSurface() {
    Annotation annotation = areas();
    annotation.labels.pop_back();
    const auto message = messageFrom<ShapeError>([&] { (void)areaDistances(octahedron(), annotation); });
    VERIFY_CONTAINS(message, "6 labels");
    VERIFY_CONTAINS(message, "5");
}

void GeometryTest::mni152() {
    const Eigen::Vector3d point = mni152FromMni305({10, -20, 35});
    QVERIFY((point - Eigen::Vector3d(10.6941, -18.4064, 36.1385)).cwiseAbs().maxCoeff() < 1e-12);
    // The example in FreeSurfer's documentation, from the affine with more digits.
    QVERIFY((point - Eigen::Vector3d(10.695, -18.409, 36.137)).cwiseAbs().maxCoeff() < 3e-3);
}

void GeometryTest::nearest() {
    QCOMPARE(nearestVertex(octahedron(), {0.1, -3, 0.2}), 3);
    QCOMPARE(nearestVertex(octahedron(), {0, 0, 0}), 0);
    QCOMPARE(nearestVertex(Mesh{RowMatrix<float>(0, 3), {}}, {0, 0, 0}), -1);
}

void GeometryTest::neighbors() {
    const auto neighbors = vertexNeighbors(octahedron());
    const auto top = neighbors.of(4);
    QCOMPARE(std::vector<int>(top.begin(), top.end()), (std::vector<int>{0, 1, 2, 3}));
    const auto all = vertexNeighbors(icosahedron());
    for (int vertex = 0; vertex < 12; ++vertex)
        QCOMPARE(all.of(vertex).size(), std::size_t(5));
}

void GeometryTest::neighborsOfRepeatedCorners() {
    Mesh mesh{RowMatrix<float>::Zero(4, 3), RowMatrix<std::int32_t>(2, 3)};
    mesh.faces << 0, 1, 1, 1, 0, 2;
    const auto neighbors = vertexNeighbors(mesh);
    QCOMPARE(neighbors.neighbors, (std::vector<int>{1, 2, 0, 2, 0, 1}));
    QVERIFY(neighbors.of(3).empty());
}

void GeometryTest::normals() {
    const auto normals = normalsOf(octahedron());
    QVERIFY(normals.isApprox(octahedron().points));
    Mesh lonely = octahedron();
    lonely.points.conservativeResize(7, 3);
    lonely.points.row(6).setOnes();
    QVERIFY(normalsOf(lonely).row(6).isZero());
}

QTEST_GUILESS_MAIN(GeometryTest)
#include "GeometryTest.moc"
