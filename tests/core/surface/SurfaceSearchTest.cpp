#include "core/surface/Contours.h"
#include "core/surface/Geodesic.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/Expectations.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <utility>

using namespace brainlike;
using namespace brainlike::test;

namespace {

/// A plane of triangles with sides of 2 mm, `size` vertices a row and column.
Mesh plane(int size) {
    Mesh mesh{RowMatrix<float>(size * size, 3), RowMatrix<std::int32_t>(2 * (size - 1) * (size - 1), 3)};
    const float height = std::sqrt(3.0F);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x)
            mesh.points.row(y * size + x) << 2 * static_cast<float>(x) + static_cast<float>(y),
                height * static_cast<float>(y), 0;
    Eigen::Index face = 0;
    for (int y = 0; y + 1 < size; ++y)
        for (int x = 0; x + 1 < size; ++x) {
            const int corner = y * size + x;
            mesh.faces.row(face++) << corner, corner + 1, corner + size;
            mesh.faces.row(face++) << corner + 1, corner + size + 1, corner + size;
        }
    return mesh;
}

/// An icosahedron whose faces were split in four, on a sphere.
Mesh ball(int rounds, float radius) {
    Mesh mesh = icosahedron();
    mesh.points.rowwise().normalize();
    for (int round = 0; round < rounds; ++round) {
        std::map<std::pair<int, int>, int> middles;
        std::vector<Eigen::RowVector3f> points;
        for (Eigen::Index row = 0; row < mesh.points.rows(); ++row)
            points.emplace_back(mesh.points.row(row));
        const auto middle = [&](int a, int b) {
            const auto [found, isNew] = middles.try_emplace(std::minmax(a, b), static_cast<int>(points.size()));
            if (isNew)
                points.emplace_back(
                    (points[static_cast<std::size_t>(a)] + points[static_cast<std::size_t>(b)]).normalized());
            return found->second;
        };
        RowMatrix<std::int32_t> faces(4 * mesh.faces.rows(), 3);
        for (Eigen::Index face = 0; face < mesh.faces.rows(); ++face) {
            const int a = mesh.faces(face, 0), b = mesh.faces(face, 1), c = mesh.faces(face, 2);
            const int ab = middle(a, b), bc = middle(b, c), ca = middle(c, a);
            faces.middleRows(4 * face, 4) << a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca;
        }
        mesh.faces = faces;
        mesh.points.resize(static_cast<Eigen::Index>(points.size()), 3);
        for (std::size_t i = 0; i < points.size(); ++i)
            mesh.points.row(static_cast<Eigen::Index>(i)) = points[i];
    }
    mesh.points *= radius;
    return mesh;
}

Mesh meshFrom(const nlohmann::json& json) {
    const auto& points = json.at("points");
    const auto& faces = json.at("faces");
    Mesh mesh{RowMatrix<float>(static_cast<Eigen::Index>(points.size()), 3),
              RowMatrix<std::int32_t>(static_cast<Eigen::Index>(faces.size()), 3)};
    for (std::size_t row = 0; row < points.size(); ++row)
        for (std::size_t axis = 0; axis < 3; ++axis)
            mesh.points(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(axis)) = points[row][axis];
    for (std::size_t row = 0; row < faces.size(); ++row)
        for (std::size_t corner = 0; corner < 3; ++corner)
            mesh.faces(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(corner)) = faces[row][corner];
    return mesh;
}

Eigen::RowVector3d placeOf(const Mesh& mesh, const ContourPoint& point) {
    return (1 - point.share) * mesh.points.row(point.vertices[0]).cast<double>() +
           point.share * mesh.points.row(point.vertices[1]).cast<double>();
}

constexpr double infinite = std::numeric_limits<double>::infinity();

} // namespace

class SurfaceSearchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void distancesInAPlaneAreStraight();
    void distancesOnASphereAreNearlyThoseOfGreatCircles();
    void distancesAreNearlyTheExactOnes();
    void aLimitLeavesOutWhatIsFarther();
    void searchesFromNowhereFindNothing();
    void theContourOfALinearMapIsStraight();
    void contoursAreThoseOfMatplotlib();
    void neighbouringFacesShareEnds();
    void missingValuesLeaveAGap();
    void contoursOfOtherSizesAreRefused();
};

void SurfaceSearchTest::distancesInAPlaneAreStraight() {
    const Mesh mesh = plane(21);
    const int source = 10 * 21 + 10;
    const auto reached = GeodesicSearch(mesh.points, mesh.faces).within(source, 18);
    QVERIFY(reached.size() > 200);
    QCOMPARE(reached.front().vertex, source);
    for (const ReachedVertex& one : reached) {
        const double straight =
            (mesh.points.row(one.vertex).cast<double>() - mesh.points.row(source).cast<double>()).norm();
        QVERIFY2(std::abs(one.distance - straight) < 1e-4, qPrintable(QString::number(one.distance - straight)));
    }
    QVERIFY(std::ranges::is_sorted(reached, {}, &ReachedVertex::distance));
}

void SurfaceSearchTest::distancesOnASphereAreNearlyThoseOfGreatCircles() {
    const Mesh mesh = ball(4, 100);
    const auto reached = GeodesicSearch(mesh.points, mesh.faces).within(0, infinite);
    QCOMPARE(static_cast<int>(reached.size()), mesh.vertexCount());
    for (const ReachedVertex& one : reached) {
        if (one.vertex == 0)
            continue;
        const double cosine = mesh.points.row(0).cast<double>().dot(mesh.points.row(one.vertex).cast<double>()) / 1e4;
        const double circle = 100 * std::acos(std::clamp(cosine, -1.0, 1.0));
        QVERIFY2(std::abs(one.distance / circle - 1) < (circle < 100 ? 0.005 : 0.015),
                 qPrintable(QString("%1 instead of %2").arg(one.distance).arg(circle)));
    }
}

void SurfaceSearchTest::distancesAreNearlyTheExactOnes() {
    const auto reference = dataJson("surface/geodesic.json");
    const Mesh mesh = meshFrom(reference);
    const int source = reference.at("source");
    double worst = 0;
    int count = 0;
    for (const ReachedVertex& one : GeodesicSearch(mesh.points, mesh.faces).within(source, infinite)) {
        const double exact = reference.at("distances")[static_cast<std::size_t>(one.vertex)];
        worst = std::max(worst, exact > 0 ? std::abs(one.distance / exact - 1) : one.distance);
        ++count;
    }
    QCOMPARE(count, mesh.vertexCount());
    QVERIFY2(worst < 0.015, qPrintable(QString::number(worst)));
}

void SurfaceSearchTest::aLimitLeavesOutWhatIsFarther() {
    const Mesh mesh = plane(9);
    const GeodesicSearch search(mesh.points, mesh.faces);
    QCOMPARE(search.within(40, 0).size(), std::size_t(1));
    QCOMPARE(search.within(40, 2.001).size(), std::size_t(7)); // and its six neighbours
    for (const ReachedVertex& one : search.within(40, 5))
        QVERIFY(one.distance <= 5);
}

void SurfaceSearchTest::searchesFromNowhereFindNothing() {
    const Mesh mesh = plane(3);
    const GeodesicSearch search(mesh.points, mesh.faces);
    QVERIFY(search.within(-1, 5).empty());
    QVERIFY(search.within(9, 5).empty());
    QVERIFY(search.within(4, std::numeric_limits<double>::quiet_NaN()).empty());
}

void SurfaceSearchTest::theContourOfALinearMapIsStraight() {
    const Mesh mesh = plane(12);
    // 3 x − y + 2: where it is 25 lies a straight line.
    std::vector<float> values;
    for (Eigen::Index row = 0; row < mesh.points.rows(); ++row)
        values.push_back(3 * mesh.points(row, 0) - mesh.points(row, 1) + 2);
    const auto segments = contourSegments(mesh, values, 25);
    double length = 0;
    for (const auto& segment : segments) {
        for (const ContourPoint& end : segment) {
            const Eigen::RowVector3d at = placeOf(mesh, end);
            QVERIFY(std::abs(3 * at.x() - at.y() - 23) < 1e-4);
        }
        length += (placeOf(mesh, segment[0]) - placeOf(mesh, segment[1])).norm();
    }
    // From one edge of the sheet (y = 0) to the other (y = 11 √3), with a slope of 3.
    QVERIFY(std::abs(length - 11 * std::sqrt(3.0) * std::sqrt(10.0) / 3) < 1e-3);
}

void SurfaceSearchTest::contoursAreThoseOfMatplotlib() {
    const Mesh mesh = meshFrom(dataJson("surface/geodesic.json"));
    const auto reference = dataJson("surface/contour.json");
    const auto values = reference.at("values").get<std::vector<float>>();
    double length = 0;
    std::vector<std::pair<double, double>> crossings;
    for (const auto& segment : contourSegments(mesh, values, reference.at("level"))) {
        for (const ContourPoint& end : segment)
            crossings.emplace_back(placeOf(mesh, end).x(), placeOf(mesh, end).y());
        length += (placeOf(mesh, segment[0]) - placeOf(mesh, segment[1])).head<2>().norm();
    }
    QVERIFY(std::abs(length - reference.at("length").get<double>()) < 1e-3);
    const auto wanted = reference.at("crossings").get<std::vector<std::pair<double, double>>>();
    const auto isNear = [](const auto& a, const auto& b) {
        return std::hypot(a.first - b.first, a.second - b.second) < 1e-4;
    };
    for (const auto& one : wanted)
        QVERIFY(std::ranges::any_of(crossings, [&](const auto& other) { return isNear(one, other); }));
    for (const auto& one : crossings)
        QVERIFY(std::ranges::any_of(wanted, [&](const auto& other) { return isNear(one, other); }));
}

void SurfaceSearchTest::neighbouringFacesShareEnds() {
    const Mesh mesh = ball(2, 10);
    std::vector<float> values;
    for (Eigen::Index row = 0; row < mesh.points.rows(); ++row)
        values.push_back(mesh.points(row, 2) + 0.1F * mesh.points(row, 0));
    const auto segments = contourSegments(mesh, values, 1.5);
    QVERIFY(segments.size() > 20);
    std::map<std::array<int, 2>, std::vector<double>> ends;
    for (const auto& segment : segments)
        for (const ContourPoint& end : segment)
            ends[end.vertices].push_back(end.share);
    for (const auto& [edge, shares] : ends) {
        QCOMPARE(shares.size(), std::size_t(2)); // a closed line
        QCOMPARE(shares[0], shares[1]);
    }
}

void SurfaceSearchTest::missingValuesLeaveAGap() {
    const Mesh mesh = octahedron();
    std::vector<float> values{0, 0, 0, 0, 2, 0};
    QCOMPARE(contourSegments(mesh, values, 1).size(), std::size_t(4));
    values[0] = std::numeric_limits<float>::quiet_NaN();
    QCOMPARE(contourSegments(mesh, values, 1).size(), std::size_t(2));
    QVERIFY(contourSegments(mesh, values, 3).empty());
    // A vertex at the level counts as above: a point, not a line around it.
    QVERIFY(contourSegments(mesh, std::vector<float>{0, 0, 0, 0, 2, 0}, 2).empty());
}

void SurfaceSearchTest::contoursOfOtherSizesAreRefused() {
    const auto message = messageFrom<ShapeError>([] { (void)contourSegments(octahedron(), std::vector<float>(5), 0); });
    VERIFY_CONTAINS(message, "6 values");
    VERIFY_CONTAINS(message, "5");
}

QTEST_GUILESS_MAIN(SurfaceSearchTest)
#include "SurfaceSearchTest.moc"
