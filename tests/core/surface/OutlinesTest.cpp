#include "core/surface/Outlines.h"

#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/Expectations.h"

using namespace brainlike;
using namespace brainlike::test;

class OutlinesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRingBetweenTwoAreas();
    void noneWithinOneArea();
    void threeAreasMeetInTheFace();
    void offsetFollowsTheNormals();
    void wrongSizes();
};

void OutlinesTest::aRingBetweenTwoAreas() {
    // The top vertex against the others: its four faces are crossed, halfway up.
    const std::vector<std::int32_t> labels{0, 0, 0, 0, 7, 0};
    const auto outline = outlineSegments(octahedron(), labels);
    QCOMPARE(outline.segments.size(), std::size_t(4));
    const auto points = outline.evaluate(octahedron());
    QCOMPARE(points.rows(), Eigen::Index(8));
    for (Eigen::Index row = 0; row < points.rows(); ++row) {
        QCOMPARE(points(row, 2), 0.5F);
        QCOMPARE(points.row(row).leftCols(2).cwiseAbs().sum(), 0.5F);
    }
}

void OutlinesTest::noneWithinOneArea() {
    const std::vector<std::int32_t> labels(6, 3);
    const auto outline = outlineSegments(octahedron(), labels);
    QVERIFY(outline.segments.empty());
    QCOMPARE(outline.evaluate(octahedron(), 1).rows(), Eigen::Index(0));
}

void OutlinesTest::threeAreasMeetInTheFace() {
    Mesh mesh{RowMatrix<float>(3, 3), RowMatrix<std::int32_t>(1, 3)};
    mesh.points << 0, 0, 0, 3, 0, 0, 0, 3, 0;
    mesh.faces << 0, 1, 2;
    const std::vector<std::int32_t> labels{0, 1, -1};
    const auto outline = outlineSegments(mesh, labels);
    QCOMPARE(outline.segments.size(), std::size_t(3));
    const auto points = outline.evaluate(mesh);
    for (Eigen::Index segment = 0; segment < 3; ++segment)
        QVERIFY(points.row(2 * segment + 1).isApprox(Eigen::RowVector3f(1, 1, 0)));
    QVERIFY(points.row(0).isApprox(Eigen::RowVector3f(1.5F, 0, 0)));
    QVERIFY(points.row(2).isApprox(Eigen::RowVector3f(1.5F, 1.5F, 0)));
    QVERIFY(points.row(4).isApprox(Eigen::RowVector3f(0, 1.5F, 0)));
}

void OutlinesTest::offsetFollowsTheNormals() {
    const std::vector<std::int32_t> labels{0, 0, 0, 0, 7, 0};
    const auto points = outlineSegments(octahedron(), labels).evaluate(octahedron(), 1);
    for (Eigen::Index row = 0; row < points.rows(); ++row)
        QCOMPARE(points(row, 2), 1.0F);
}

void OutlinesTest::wrongSizes() {
    const std::vector<std::int32_t> labels{0, 1};
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { (void)outlineSegments(octahedron(), labels); }), "6 labels");
    const std::vector<std::int32_t> many{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    const auto outline = outlineSegments(icosahedron(), many);
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { (void)outline.evaluate(octahedron()); }), "another surface");
}

QTEST_GUILESS_MAIN(OutlinesTest)
#include "OutlinesTest.moc"
