#include "views/scene/CortexLines.h"

#include "tests/views/scene/ImageCheck.h"
#include "tests/views/scene/SyntheticCortex.h"
#include "views/scene/AreaNames.h"
#include "views/scene/SoftwareRenderer.h"
#include "views/scene/VisibleLines.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr int edge = 400;
constexpr ViewSpacing spacing{.left = 6, .top = 6, .right = 6, .bottom = 6, .label = 0, .gap = 6};

/// A region at the back of both hemispheres, in pure green.
RoiSet greenRegion(const CortexGeometry& geometry) {
    Roi roi{.name = "back", .color = {0, 255, 0}, .vertices = {}};
    for (const Hemisphere hemisphere : hemispheres)
        for (int vertex = 0; vertex < geometry.counts.of(hemisphere); ++vertex)
            if (geometry.side(hemisphere).mesh.points(vertex, 1) < -35)
                roi.vertices[indexOf(hemisphere)].push_back(vertex);
    return {.rois = {roi}};
}

int greenPixels(const QImage& image) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            count += color.green() > 150 && color.red() < 100 && color.blue() < 100 ? 1 : 0;
        }
    return count;
}

struct LineSketch {
    std::shared_ptr<const CortexGeometry> geometry = syntheticCortex();
    CortexScene scene;

    LineSketch() {
        scene.setStyle(SceneStyle::on({255, 255, 255, 255}));
        scene.setGeometry(geometry);
        scene.view().setSize(edge, edge, spacing);
    }
    void apply(const Selection& selection) {
        const CortexLines lines = cortexLines(*geometry, nullptr, selection, {});
        scene.setOutlinesVisible(lines.areOutlinesVisible);
        scene.setOutlines(lines.outlines);
        scene.setLines(lines.lines);
    }
    [[nodiscard]] QImage inSoftware() { return toImage(SoftwareRenderer().draw(scene, edge, edge, 1)); }
    [[nodiscard]] QImage inHardware() { return toImage(OffscreenRenderer().render(scene, edge, edge)); }
};

Selection withRegion(const CortexGeometry& geometry) {
    Selection selection;
    selection.regions.rois = SharedRois(greenRegion(geometry));
    return selection;
}

} // namespace

class CortexLinesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothRenderersDrawRegions();
    void linesFollowABlend();
    void anotherSurfaceDropsLines();
    void outlineSets();
    void anotherParcellationIsOutlined();
    void contoursHaveExactPlaces();
    void mapsOfAStackHaveTheirLines();
    void contoursKeepToWhatIsIsolated();
    void isolatingKeepsTheChosenAreas();
    void visibleLinesLeaveOutWhatIsHidden();
    void namesLieOnTheirAreas();
    void neighboursTowardsADirection();
};

void CortexLinesTest::bothRenderersDrawRegions() {
    LineSketch sketch;
    QCOMPARE(greenPixels(sketch.inSoftware()), 0);
    sketch.apply(withRegion(*sketch.geometry));
    const int software = greenPixels(sketch.inSoftware());
    const int hardware = greenPixels(sketch.inHardware());
    QVERIFY2(software > 150, qPrintable(QString::number(software)));
    QVERIFY2(hardware > 0.6 * software && hardware < 1.7 * software, qPrintable(QString::number(hardware)));
    // Enlarged lines are as thin as before, and longer.
    sketch.scene.view().zoom({edge / 4.0, edge / 4.0}, 1.5);
    const int enlarged = greenPixels(sketch.inSoftware());
    QVERIFY2(enlarged > 0.4 * software && enlarged < 2 * software, qPrintable(QString::number(enlarged)));
}

void CortexLinesTest::linesFollowABlend() {
    LineSketch sketch;
    sketch.apply(withRegion(*sketch.geometry));
    const auto halfway = blendedGeometry(*sketch.geometry, *roundCortex(*sketch.geometry), 0.5);
    sketch.scene.setGeometry(halfway);
    QCOMPARE(sketch.scene.lines().size(), std::size_t(1));
    const SideDrawing drawing = sketch.scene.drawing(Hemisphere::Left);
    const SurfaceLines& lines = sketch.scene.lines().front();
    const CortexSide& side = halfway->side(Hemisphere::Left);
    const auto places = placesOf(lines.points[0], side.mesh, side.normals, outlineLift);
    QCOMPARE(drawing.extraLines.size(), std::size_t(2)); // casing and line
    QVERIFY(drawing.extraLines[0].isCasing && !drawing.extraLines[1].isCasing);
    QCOMPARE(drawing.extraLines[1].lines.size(), static_cast<std::size_t>(places.size()));
    for (std::size_t i = 0; i < drawing.extraLines[1].lines.size(); ++i)
        QVERIFY(std::abs(drawing.extraLines[1].lines[i] - places.data()[i]) < 1e-4F);
    QVERIFY(greenPixels(sketch.inSoftware()) > 100);
}

void CortexLinesTest::anotherSurfaceDropsLines() {
    LineSketch sketch;
    sketch.apply(withRegion(*sketch.geometry));
    sketch.scene.setGeometry(syntheticCortex(3));
    QVERIFY(sketch.scene.lines().empty());
    QCOMPARE(greenPixels(sketch.inSoftware()), 0);
}

void CortexLinesTest::outlineSets() {
    const auto geometry = syntheticCortex();
    Selection selection = withRegion(*geometry);
    selection.regions.areas = {"V1"};
    const auto made = [&] { return cortexLines(*geometry, nullptr, selection, {}); };
    QVERIFY(made().areOutlinesVisible && made().outlines == nullptr);
    QCOMPARE(made().lines.size(), std::size_t(2));
    selection.regions.outlined = OutlineSet::ChosenAreas;
    QVERIFY(made().outlines != nullptr && made().outlines->empty());
    QCOMPARE(made().lines.size(), std::size_t(1));
    QVERIFY(!(made().lines[0].color == Rgba8{0, 255, 0, 255}));
    selection.regions.outlined = OutlineSet::Rois;
    QCOMPARE(made().lines.size(), std::size_t(1));
    QVERIFY((made().lines[0].color == Rgba8{0, 255, 0, 255}));
    selection.regions.areas = {"no such area"};
    selection.regions.outlined = OutlineSet::ChosenAreas;
    QVERIFY(made().lines.empty());
    selection.outlines = false;
    QVERIFY(!made().areOutlinesVisible && made().lines.empty());
    // Vertices of another surface are left out rather than read beyond the end.
    selection.outlines = true;
    selection.regions.outlined = OutlineSet::Rois;
    selection.regions.rois = SharedRois(withVertices({}, "far", Hemisphere::Left, std::vector{1000000}));
    QVERIFY(made().lines.empty());
}

void CortexLinesTest::anotherParcellationIsOutlined() {
    const auto geometry = syntheticCortex();
    Parcellation halves = *geometry->parcellation;
    halves.name = "halves";
    for (Annotation& side : halves.sides)
        for (std::int32_t& label : side.labels)
            label = label > 0 ? 1 + (label - 1) % 2 : label;
    const CortexLines lines = cortexLines(*geometry, &halves, Selection{}, {});
    QVERIFY(lines.outlines != nullptr);
    const std::size_t own = geometry->side(Hemisphere::Left).outlines.points.size();
    QVERIFY(!lines.outlines->points[0].empty() && lines.outlines->points[0].size() < own);
    LineSketch sketch;
    const auto before = sketch.scene.drawing(Hemisphere::Left).lines.size();
    sketch.scene.setOutlines(lines.outlines);
    QCOMPARE(sketch.scene.drawing(Hemisphere::Left).lines.size(), 3 * lines.outlines->points[0].size());
    sketch.scene.setOutlines(nullptr);
    QCOMPARE(sketch.scene.drawing(Hemisphere::Left).lines.size(), before);
    halves.sides[0].labels.resize(3); // of another surface
    QVERIFY(cortexLines(*geometry, &halves, Selection{}, {}).outlines == nullptr);
}

void CortexLinesTest::contoursKeepToWhatIsIsolated() {
    const LineSketch sketch;
    Selection selection;
    selection.outlines = false;
    CortexMap map;
    for (const Hemisphere hemisphere : hemispheres)
        for (Eigen::Index vertex = 0; vertex < sketch.geometry->counts.of(hemisphere); ++vertex)
            map.values.push_back(sketch.geometry->side(hemisphere).mesh.points(vertex, 1));
    selection.regions.thresholdContour = true;
    selection.threshold = 12;
    const auto contours = contoursOf(map, selection, true); // at 12 and −12
    const auto pointsOf = [&](const std::vector<std::string>& areas) {
        selection.regions.areas = areas;
        selection.regions.isolated = !areas.empty();
        std::size_t count = 0;
        for (const SurfaceLines& lines : cortexLines(*sketch.geometry, nullptr, selection, contours).lines)
            for (const Hemisphere hemisphere : hemispheres)
                for (const FacePoint& point : lines.points[indexOf(hemisphere)]) {
                    ++count;
                    for (const std::int32_t vertex : point.vertices)
                        if (!areas.empty() &&
                            sketch.geometry->parcellation->areaOf({hemisphere, vertex})->name != areas.front())
                            throw std::logic_error("a line outside of what is shown");
                }
        return count;
    };
    const std::size_t all = pointsOf({});
    const std::size_t inside = pointsOf({"MT"});
    QVERIFY(inside > 10 && 2 * inside < all);
}

void CortexLinesTest::contoursHaveExactPlaces() {
    const auto geometry = syntheticCortex();
    CortexMap map{.kind = MapKind::TValue};
    for (const Hemisphere hemisphere : hemispheres)
        for (int vertex = 0; vertex < geometry->counts.of(hemisphere); ++vertex) {
            map.values.push_back(geometry->side(hemisphere).mesh.points(vertex, 1));
            map.q.push_back(vertex % 7 == 0 ? 0.0F : std::pow(10.0F, -map.values.back() / 10));
        }
    Selection selection;
    selection.threshold = 12;
    QVERIFY(contoursOf(map, selection, false).empty());
    selection.regions.thresholdContour = true;
    QCOMPARE(contoursOf(map, selection, false).front().levels, std::vector{12.0});
    const auto both = contoursOf(map, selection, true);
    QCOMPARE(both.front().levels, (std::vector{12.0, -12.0}));
    const CortexLines lines = cortexLines(*geometry, nullptr, selection, both);
    QCOMPARE(lines.lines.size(), std::size_t(2));
    const auto places = placesOf(lines.lines[0].points[0], geometry->sides[0].mesh, geometry->sides[0].normals, 0);
    QVERIFY(places.rows() > 20);
    for (const FacePoint& point : lines.lines[0].points[0])
        for (const std::int32_t vertex : point.vertices)
            QVERIFY(geometry->sides[0].isCortex[static_cast<std::size_t>(vertex)] != 0);
    for (Eigen::Index row = 0; row < places.rows(); ++row)
        QVERIFY(std::abs(places(row, 1) - 12) < 1e-3F);
    selection.regions.significanceContour = true;
    const auto q = contoursOf(map, selection, false).front();
    QCOMPARE(q.levels, std::vector{2.0});
    QVERIFY(std::ranges::all_of(q.values, [](float value) { return std::isfinite(value); }));
    map.q.clear(); // one subject alone has none
    QCOMPARE(contoursOf(map, selection, false).size(), std::size_t(1));
}

void CortexLinesTest::mapsOfAStackHaveTheirLines() {
    const auto geometry = syntheticCortex();
    auto map = std::make_shared<CortexMap>(CortexMap{.kind = MapKind::TValue});
    auto labels = std::make_shared<CortexMap>(CortexMap{.kind = MapKind::Imported});
    labels->labelColors.resize(2);
    for (const Hemisphere hemisphere : hemispheres)
        for (int vertex = 0; vertex < geometry->counts.of(hemisphere); ++vertex) {
            const auto& points = geometry->side(hemisphere).mesh.points;
            map->values.push_back(points(vertex, 1));
            map->q.push_back(std::pow(10.0F, -points(vertex, 2) / 10)); // significant above z = 20
            labels->layers.push_back(points(vertex, 2) > 0 ? 1 : 0);
        }
    const auto linesOf = [&](const ColoredMap& colored) {
        return cortexLines(*geometry, nullptr, {}, stackContours({&colored, 1})).lines;
    };
    const auto& side = geometry->sides[0];
    const auto places = [&](const SurfaceLines& lines) {
        return placesOf(lines.points[0], side.mesh, side.normals, 0);
    };
    ColoredMap colored{.id = 1, .map = map, .colors = {.kind = MapKind::TValue, .scale = importedScale({-50, 50}, 12)}};
    QVERIFY(linesOf(colored).empty()); // nothing was asked for
    const Rgba8 color{86, 180, 233, 255};
    colored.colors.contour = color;
    auto lines = linesOf(colored);
    QCOMPARE(lines.size(), std::size_t(2)); // on both sides of zero
    QVERIFY(lines[0].color == color && places(lines[0]).rows() > 20);
    for (Eigen::Index row = 0; row < places(lines[0]).rows(); ++row)
        QVERIFY(std::abs(places(lines[0])(row, 1) - 12) < 1e-3F);
    // Threshold and significance together: around what both let be seen.
    colored.colors.significance = Significance::Hide;
    lines = linesOf(colored);
    QCOMPARE(lines.size(), std::size_t(3));
    for (std::size_t line = 0; line < lines.size(); ++line) {
        const auto both = places(lines[line]);
        QVERIFY(both.rows() > 5);
        float nearest = 100;
        for (Eigen::Index row = 0; row < both.rows(); ++row) {
            const float beyondThreshold = std::abs(both(row, 1)) - 12, beyondQ = both(row, 2) - 20;
            QVERIFY(std::abs(line == 0 ? beyondQ : beyondThreshold) < 1e-3F);
            QVERIFY((line == 0 ? beyondThreshold : beyondQ) > -1e-3F);
            nearest = std::min(nearest, line == 0 ? beyondThreshold : beyondQ);
        }
        QVERIFY(nearest < 1e-3F); // up to where the other line begins
    }
    // Without a threshold around q alone, of labels around each.
    colored.colors.scale.threshold = 0;
    lines = linesOf(colored);
    QCOMPARE(lines.size(), std::size_t(1));
    for (Eigen::Index row = 0; row < places(lines[0]).rows(); ++row)
        QVERIFY(std::abs(places(lines[0])(row, 2) - 20) < 1e-3F);
    ColoredMap areas{.id = 2, .map = labels, .colors = {.kind = MapKind::Imported, .scale = importedScale({0, 1}, 0)}};
    areas.colors.contour = color;
    lines = linesOf(areas);
    QCOMPARE(lines.size(), std::size_t(1));
    QVERIFY(places(lines[0]).rows() > 20);
}

void CortexLinesTest::isolatingKeepsTheChosenAreas() {
    const auto geometry = syntheticCortex();
    const Parcellation& parcellation = *geometry->parcellation;
    Selection selection = withRegion(*geometry);
    selection.regions.areas = {"MT"};
    QVERIFY(isolatedVertices(&parcellation, selection, geometry->counts).empty());
    selection.regions.isolated = true;
    const auto keep = isolatedVertices(&parcellation, selection, geometry->counts);
    Overlay overlay = scoreOverlay(syntheticScores(*geometry), scoreScale({0, 0.45}, 0.001));
    const Overlay before = overlay;
    isolate(overlay, keep);
    for (int vertex = 0; vertex < geometry->counts.total(); ++vertex) {
        const auto at = static_cast<std::size_t>(vertex);
        const Area* area = parcellation.areaOf(geometry->counts.vertexAt(vertex));
        const bool isKept = area != nullptr && area->name == "MT";
        QCOMPARE(overlay.colors[at].a, isKept ? before.colors[at].a : std::uint8_t(0));
        QCOMPARE(overlay.classes[at] == before.classes[at], isKept);
    }
    // Without chosen areas the regions stay.
    selection.regions.areas.clear();
    const auto kept = isolatedVertices(&parcellation, selection, geometry->counts);
    QCOMPARE(static_cast<std::size_t>(std::ranges::count(kept, 1)), selection.regions.rois->rois[0].vertexCount());
    selection.regions.rois = {};
    QVERIFY(isolatedVertices(&parcellation, selection, geometry->counts).empty());
}

void CortexLinesTest::visibleLinesLeaveOutWhatIsHidden() {
    LineSketch sketch;
    sketch.scene.view().setPreset("left");
    const SurfaceLines lines =
        areaBorders(*sketch.geometry, *sketch.geometry->parcellation, std::array{std::string("V1")});
    const CortexSide& side = sketch.geometry->side(Hemisphere::Left);
    const auto places = placesOf(lines.points[0], side.mesh, side.normals, outlineLift);
    const auto seen = visibleLines(sketch.scene.view(), Hemisphere::Left, places);
    std::size_t segments = 0;
    for (const auto& chain : seen)
        segments += chain.size() - 1;
    QVERIFY(segments > 0);
    // Each line is on the lateral or on the medial side: about as many as there are, of twice as many in both panels.
    QVERIFY(segments < static_cast<std::size_t>(places.rows() / 2) * 13 / 10);
    QVERIFY(visibleLines(sketch.scene.view(), Hemisphere::Right, places).empty()); // no panel shows it
}

void CortexLinesTest::namesLieOnTheirAreas() {
    LineSketch sketch;
    const Parcellation& parcellation = *sketch.geometry->parcellation;
    const auto small = [](const std::string&) { return TextSize{10, 6}; };
    const auto names = placeAreaNames(sketch.scene.view(), parcellation, small);
    QVERIFY(names.size() >= 8);
    for (const AreaName& name : names)
        for (const double corner : {-1.0, 1.0}) {
            const auto vertex = sketch.scene.view().pick({name.centre.x + 5 * corner, name.centre.y + 3 * corner});
            QVERIFY(vertex.has_value());
            QCOMPARE(parcellation.areaOf(*vertex)->name, name.name);
        }
    QVERIFY(placeAreaNames(sketch.scene.view(), parcellation, [](const std::string&) {
                return TextSize{400, 20};
            }).empty());
}

void CortexLinesTest::neighboursTowardsADirection() {
    LineSketch sketch;
    const CortexView& view = sketch.scene.view();
    const PixelBox& box = view.panels().front().brain;
    const auto start = view.pick({box.left + box.width / 2, box.top + box.height / 2});
    QVERIFY(start.has_value());
    for (const Eigen::Vector2d& direction : {Eigen::Vector2d(1, 0), Eigen::Vector2d(0, -1)}) {
        VertexId at = *start;
        for (int step = 0; step < 3; ++step)
            at = view.neighborTowards(at, direction).value();
        const PixelPoint from = view.positionIn(view.panels().front(), *start).value();
        const PixelPoint to = view.positionIn(view.panels().front(), at).value();
        QVERIFY((to.x - from.x) * direction.x() - (to.y - from.y) * direction.y() > 3);
    }
}

QTEST_GUILESS_MAIN(CortexLinesTest)
#include "CortexLinesTest.moc"
