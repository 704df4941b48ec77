#include "views/scene/SurfaceColors.h"

#include "core/base/Error.h"
#include "tests/support/FakeScores.h"
#include "tests/views/scene/SyntheticCortex.h"
#include "views/scene/ClassSurface.h"
#include "views/scene/CortexMap.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace brainlike;
using namespace brainlike::test;

namespace {

double areaOf(const RowMatrix<float>& points, const RowMatrix<std::int32_t>& faces) {
    double area = 0;
    for (Eigen::Index face = 0; face < faces.rows(); ++face) {
        const Eigen::RowVector3d a = points.row(faces(face, 0)).cast<double>();
        const Eigen::RowVector3d b = points.row(faces(face, 1)).cast<double>();
        const Eigen::RowVector3d c = points.row(faces(face, 2)).cast<double>();
        area += 0.5 * (b - a).cross(c - a).norm();
    }
    return area;
}

Selection selectionAt(const ScoreIndex& index, std::size_t step) {
    Selection selection;
    selection.model = index.models.front().id;
    selection.step = index.models.front().steps.at(step);
    return selection;
}

} // namespace

class SurfaceColorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cutsSoThatNoTriangleMixesClasses();
    void keepsOneClassWhole();
    void bordersOfLabelsRunWhereTheOutlinesDo();
    void refusesClassesThatDoNotFit();
    void medialWallAndMissingKeepTheGrey();
    void foldsAreDarkerInSulci();
    void layersKeepTheirOwnColours();
    void lowScoresFadeLayers();
    void readsWhatIsSelected();
    void bestOfASubjectTakesTheEarlierLayer();
    void saysWhatIsNotComputed();
    void oneRangeForTheWholeStudy();
    void thresholdCutsSharply();
};

void SurfaceColorsTest::cutsSoThatNoTriangleMixesClasses() {
    const Mesh mesh = sphere(3);
    std::vector<std::int16_t> classes;
    for (Eigen::Index i = 0; i < mesh.points.rows(); ++i)
        classes.push_back(static_cast<std::int16_t>((i * 7919) % 5)); // every kind of triangle occurs
    const ClassSurface cut = cutByClass(mesh, classes);
    const auto classOf = [&](int point) {
        const int vertex =
            point < mesh.vertexCount() ? point : cut.added[static_cast<std::size_t>(point - mesh.vertexCount())].owner;
        return classes[static_cast<std::size_t>(vertex)];
    };
    for (Eigen::Index face = 0; face < cut.faces.rows(); ++face) {
        QCOMPARE(classOf(cut.faces(face, 0)), classOf(cut.faces(face, 1)));
        QCOMPARE(classOf(cut.faces(face, 1)), classOf(cut.faces(face, 2)));
    }
    // The cut covers the same surface, once.
    const RowMatrix<float> points = extended(mesh.points, cut);
    QVERIFY(std::abs(areaOf(points, cut.faces) - areaOf(mesh.points, mesh.faces)) < 1e-4);
    for (Eigen::Index row = 0; row < cut.faces.rows(); ++row) {
        const Eigen::RowVector3d a = points.row(cut.faces(row, 0)).cast<double>();
        const Eigen::RowVector3d b = points.row(cut.faces(row, 1)).cast<double>();
        const Eigen::RowVector3d c = points.row(cut.faces(row, 2)).cast<double>();
        QVERIFY2((b - a).cross(c - a).dot(a) > 0, "a triangle was turned inside out");
    }
}

void SurfaceColorsTest::keepsOneClassWhole() {
    const Mesh mesh = sphere(2);
    const ClassSurface cut =
        cutByClass(mesh, std::vector<std::int16_t>(static_cast<std::size_t>(mesh.vertexCount()), 3));
    QVERIFY(cut.added.empty());
    QVERIFY(cut.faces == mesh.faces);
}

void SurfaceColorsTest::bordersOfLabelsRunWhereTheOutlinesDo() {
    const Mesh mesh = sphere(3);
    std::vector<std::int16_t> labels, others;
    for (Eigen::Index i = 0; i < mesh.points.rows(); ++i) {
        const Eigen::RowVector3f at = mesh.points.row(i);
        labels.push_back(static_cast<std::int16_t>((at.x() > 0 ? 1 : 0) + (at.y() > 0 ? 2 : 0) + (at.z() > 0 ? 4 : 0)));
        others.push_back(static_cast<std::int16_t>((i * 7919) % 5));
    }
    EdgePlaces places;
    for (Eigen::Index face = 0; face < mesh.faces.rows(); ++face)
        for (int corner = 0; corner < 3; ++corner) {
            const int a = mesh.faces(face, corner), b = mesh.faces(face, (corner + 1) % 3);
            if (labels[std::size_t(a)] != labels[std::size_t(b)])
                places[{std::min(a, b), std::max(a, b)}] = 0.25F;
        }
    QVERIFY(followPlaces(mesh, labels, places));
    QVERIFY(!followPlaces(mesh, others, places));
    QVERIFY(!followPlaces(mesh, labels, {}));
    const ClassSurface cut = cutByClass(mesh, labels, {medialWallClass, places, true});
    for (const ClassSurface::Point& point : cut.added) {
        QCOMPARE(point.place, point.count == 2 ? 0.25F : 0.5F);
        QVERIFY(std::abs(point.weights[0] + point.weights[1] + point.weights[2] - 1) < 1e-5F);
    }
    // The same surface, without a gap.
    const double area = areaOf(extended(mesh.points, cut), cut.faces);
    QVERIFY(std::abs(area - areaOf(mesh.points, mesh.faces)) < 1e-4);
    for (const ClassSurface::Point& point : cutByClass(mesh, labels, {medialWallClass, places}).added)
        QCOMPARE(point.place, 0.5F);
}

void SurfaceColorsTest::refusesClassesThatDoNotFit() {
    QVERIFY_THROWS_EXCEPTION(ShapeError, (void)cutByClass(sphere(1), std::vector<std::int16_t>(3)));
    const auto geometry = syntheticCortex(2);
    const std::vector<Rgba8> tooFew(4);
    QVERIFY_THROWS_EXCEPTION(ShapeError, (void)surfaceColors(geometry->sides[0], {}, tooFew));
}

void SurfaceColorsTest::medialWallAndMissingKeepTheGrey() {
    const auto geometry = syntheticCortex();
    const auto values = syntheticScores(*geometry);
    const Overlay overlay = scoreOverlay(values, scoreScale({0, 0.45}, 0));
    const CortexSide& side = geometry->sides[0];
    const auto greys = underlayColors(side, {});
    const auto colors = surfaceColors(side, {}, std::span(overlay.colors).first(greys.size()));
    int walls = 0, missing = 0, colored = 0;
    for (std::size_t vertex = 0; vertex < greys.size(); ++vertex) {
        const bool isWall = side.isCortex[vertex] == 0;
        if (isWall || std::isnan(values[vertex])) {
            QCOMPARE(colors[vertex], greys[vertex]);
            (isWall ? walls : missing) += 1;
        } else if (values[vertex] > 0.2F) {
            QVERIFY(colors[vertex] != greys[vertex]);
            ++colored;
        }
    }
    QVERIFY(walls > 10 && missing > 5 && colored > 100);
}

void SurfaceColorsTest::foldsAreDarkerInSulci() {
    const auto geometry = syntheticCortex(3);
    const CortexSide& side = geometry->sides[1];
    const auto greys = underlayColors(side, {});
    for (std::size_t i = 1; i < greys.size(); ++i)
        if (side.folding[i] > side.folding[i - 1])
            QVERIFY(greys[i].r <= greys[i - 1].r);
    CortexSide plain = side;
    plain.folding.clear();
    QCOMPARE(underlayColors(plain, {}).front(), UnderlayStyle{}.gyrus);
    plain.folding = {1, 2};
    QVERIFY_THROWS_EXCEPTION(ShapeError, (void)underlayColors(plain, {}));
}

void SurfaceColorsTest::layersKeepTheirOwnColours() {
    const auto geometry = syntheticCortex();
    const CortexMap map = syntheticBestLayers(*geometry, 6);
    const Overlay overlay = bestLayerOverlay(map, scoreScale({0, 0.4}, 0.1));
    std::set<int> seen;
    for (std::size_t vertex = 0; vertex < map.layers.size(); ++vertex) {
        QCOMPARE(overlay.colors[vertex], LayerScale{6}.colorOf(map.layers[vertex]));
        QCOMPARE(overlay.classes[vertex], map.layers[vertex]);
        seen.insert(map.layers[vertex]);
    }
    QCOMPARE(seen.size(), std::size_t(6));
}

void SurfaceColorsTest::lowScoresFadeLayers() {
    const std::vector<std::int16_t> layers{2, 2, 2, -1, 2};
    const std::vector<float> scores{0.3F, 0.05F, -0.1F, 0.3F, std::numeric_limits<float>::quiet_NaN()};
    const Overlay overlay = layerOverlay(layers, scores, LayerScale{4}, scoreScale({0, 0.4}, 0));
    QCOMPARE(int(overlay.colors[0].a), 255);
    QCOMPARE(int(overlay.colors[1].a), 44); // (0.05 / 0.12)²
    QCOMPARE(overlay.classes[1], std::int16_t(2));
    for (const std::size_t hidden : {2, 3, 4}) {
        QCOMPARE(int(overlay.colors[hidden].a), 0);
        QCOMPARE(overlay.classes[hidden], std::int16_t(-1));
    }
    QVERIFY_THROWS_EXCEPTION(ShapeError,
                             (void)layerOverlay(layers, std::vector<float>(2), LayerScale{4}, scoreScale({0, 1}, 0)));
}

void SurfaceColorsTest::readsWhatIsSelected() {
    const FakeScores source({.layers = 4, .vertices = {30, 30}});
    Selection selection = selectionAt(source.index(), 9);
    const auto best = source.fmriBestLayer(0, 9);
    QCOMPARE(readCortexMap(source, selection)->values, best->score);
    QVERIFY(readCortexMap(source, selection)->layers.empty());
    selection.layer = source.index().models[0].layerNames[2];
    QCOMPARE(readCortexMap(source, selection)->values, *source.fmriMean(0, 9, 2));
    selection.recording = source.index().fmri[1].id;
    QCOMPARE(readCortexMap(source, selection)->values, *source.fmriScore(0, 9, 2, 1));
    selection.recording.reset();
    selection.map = MapKind::BestLayer;
    const auto layers = readCortexMap(source, selection);
    QCOMPARE(layers->layers, best->layer);
    QCOMPARE(layers->values, best->score);
    QCOMPARE(layers->layerNames.size(), std::size_t(4));
}

void SurfaceColorsTest::bestOfASubjectTakesTheEarlierLayer() {
    const FakeScores source({.layers = 4, .vertices = {30, 30}});
    Selection selection = selectionAt(source.index(), 9);
    selection.map = MapKind::BestLayer;
    selection.recording = source.index().fmri[2].id;
    const auto map = readCortexMap(source, selection);
    QVERIFY(map.has_value());
    for (std::size_t vertex = 0; vertex < map->values.size(); ++vertex) {
        int best = 0;
        for (int layer = 1; layer < 4; ++layer)
            if ((*source.fmriScore(0, 9, layer, 2))[vertex] > (*source.fmriScore(0, 9, best, 2))[vertex])
                best = layer;
        QCOMPARE(int(map->layers[vertex]), best);
        QCOMPARE(map->values[vertex], (*source.fmriScore(0, 9, best, 2))[vertex]);
    }
}

void SurfaceColorsTest::saysWhatIsNotComputed() {
    FakeScores source({.models = 1, .layers = 4, .vertices = {30, 30}, .missing = {1000}});
    QVERIFY(!readCortexMap(source, selectionAt(source.index(), 1)));
    QVERIFY(readCortexMap(source, selectionAt(source.index(), 2)));
    Selection unknown = selectionAt(source.index(), 2);
    unknown.model = "another";
    QVERIFY(!readCortexMap(source, unknown));
    const auto& steps = source.index().models[0].steps;
    source.setMissing({steps.begin(), steps.end()});
    QVERIFY(!studyRange(source));
}

void SurfaceColorsTest::oneRangeForTheWholeStudy() {
    const FakeScores source({.layers = 4, .vertices = {300, 300}});
    const auto range = studyRange(source);
    QVERIFY(range.has_value());
    QCOMPARE(range->low, 0.0);
    QCOMPARE(range->high, roundUp(range->high));
    const auto best = source.fmriBestLayer(0, 9)->score;
    const auto above = std::count_if(best.begin(), best.end(), [&](float value) { return value > range->high; });
    QVERIFY(static_cast<double>(above) <= 0.005 * static_cast<double>(best.size()) + 1);
    QVERIFY(range->high < 2.0 * static_cast<double>(*std::max_element(best.begin(), best.end())));
}

void SurfaceColorsTest::thresholdCutsSharply() {
    const ColorScale soft = scoreScale({0, 0.4}, 0);
    QCOMPARE(soft.opacityOf(0.06), 0.25);
    QCOMPARE(soft.opacityOf(0.12), 1.0);
    const ColorScale sharp = scoreScale({0, 0.4}, 0.1);
    QCOMPARE(sharp.opacityOf(0.0999), 0.0);
    QCOMPARE(sharp.opacityOf(0.1001), 1.0);
    QVERIFY_THROWS_EXCEPTION(NotFoundError, (void)scoreScale({0, 1}, 0, "jet"));
}

QTEST_GUILESS_MAIN(SurfaceColorsTest)
#include "SurfaceColorsTest.moc"
