#include "views/scene/CortexView.h"

#include "core/base/Error.h"
#include "tests/views/scene/SyntheticCortex.h"
#include "views/scene/ViewMarks.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr double width = 640;
constexpr double height = 480;

CortexView viewOf(std::string_view preset, double ratio = 1) {
    CortexView view;
    view.setGeometry(syntheticCortex());
    view.setPreset(preset);
    ViewSpacing spacing;
    for (double* value : {&spacing.left, &spacing.top, &spacing.right, &spacing.bottom, &spacing.label, &spacing.gap})
        *value *= ratio;
    view.setSize(width * ratio, height * ratio, spacing);
    return view;
}

/// The vertex of a hemisphere that lies furthest along a direction.
VertexId furthest(const CortexView& view, Hemisphere hemisphere, const Eigen::Vector3f& direction) {
    Eigen::Index index = 0;
    (view.geometry()->side(hemisphere).mesh.points * direction).maxCoeff(&index);
    return {hemisphere, static_cast<int>(index)};
}

PixelPoint projected(const CortexView& view, const PanelView& panel, VertexId vertex) {
    return panel.project(view.geometry()->side(vertex.hemisphere).mesh.points.row(vertex.index).cast<double>(),
                         vertex.hemisphere);
}

/// No other vertex of the hemisphere is seen within `distance` pixels.
bool standsAlone(const CortexView& view, const PanelView& panel, VertexId vertex, double distance) {
    const PixelPoint at = projected(view, panel, vertex);
    for (int flat = 0; flat < view.geometry()->counts.total(); ++flat) {
        const VertexId other = view.geometry()->counts.vertexAt(flat);
        const PixelPoint place = projected(view, panel, other);
        if (panel.spec.shows(other.hemisphere) && !(other == vertex) &&
            std::hypot(place.x - at.x, place.y - at.y) < distance && view.positionIn(panel, other))
            return false;
    }
    return true;
}

/// Triangle of the vertex is seen from the front, well away from the silhouette.
bool facesViewer(const CortexView& view, const PanelView& panel, VertexId vertex) {
    const auto& normals = view.geometry()->side(vertex.hemisphere).normals;
    return panel.axes.row(2).dot(normals.row(vertex.index).cast<double>()) > 0.5;
}

} // namespace

class CortexViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void partsStandBesideEachOther_data();
    void partsStandBesideEachOther();
    void partsShareTheirCameras();
    void refusesUnknownPreset();
    void orientsPanels_data();
    void orientsPanels();
    void sharesOneScaleAndFillsThePicture();
    void tilesThePictureWithPanels_data();
    void tilesThePictureWithPanels();
    void pickingFindsProjectedVertices_data();
    void pickingFindsProjectedVertices();
    void findsNothingBesideTheBrain();
    void hidesVerticesBehind();
    void rotatesMirrored();
    void zoomKeepsThePlaceUnderThePointer();
    void resets();
    void choosesHeightThatFills();
    void drawsNothingWithoutGeometry();
    void picksBetweenTwoSurfaces();
    void bothHemispheresStandApart();
    void theNearerHemisphereHidesTheOther();
    void freeCamerasMoveAlone();
    void camerasComeBack();
    void oneCameraIsOfAllPanels();
    void movesWithTheDrag();
    void lettersFollowTheRotation();
    void looksAtAVertex();
    void crossesLieBesideTheBrain();
    void lettersNeverCollide();
    void leavesOutAHemisphereThatIsNotThere_data();
    void leavesOutAHemisphereThatIsNotThere();
    void showsFewerSidesInLittleRoom();
};

void CortexViewTest::refusesUnknownPreset() {
    CortexView view;
    try {
        view.setPreset("inside-out");
        QFAIL("an unknown view was accepted");
    } catch (const NotFoundError& error) {
        QVERIFY(std::string(error.what()).find("four-view") != std::string::npos);
        QVERIFY(std::string(error.what()).find("inside-out") != std::string::npos);
    }
}

void CortexViewTest::partsStandBesideEachOther_data() {
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("height");
    QTest::addColumn<int>("columns");
    QTest::newRow("high") << 600.0 << 800.0 << 1;
    QTest::newRow("wide") << 2400.0 << 300.0 << 2;
}

void CortexViewTest::partsStandBesideEachOther() {
    QFETCH(double, width);
    QFETCH(double, height);
    CortexView view = viewOf("four-view");
    const std::size_t single = view.panels().size();
    view.setParts(3);
    view.setSize(width, height, {});
    QCOMPARE(view.panels().size(), 3 * single);
    QCOMPARE(view.headings().size(), std::size_t{3});
    std::set<int> columns;
    for (const PanelView& panel : view.panels()) {
        const auto part = static_cast<std::size_t>(panel.spec.part);
        if (part == 0)
            columns.insert(panel.spec.column);
        // Below its heading, and beside the other parts.
        QVERIFY(panel.label.top >= view.headings()[part].bottom() - 1e-6);
        QVERIFY(panel.brain.left >= view.headings()[part].left && panel.brain.right() <= view.headings()[part].right());
        QVERIFY(panel.brain.left >= 0 && panel.brain.right() <= width && panel.brain.bottom() <= height);
        QCOMPARE(panel.pixelsPerMm, view.panels().front().pixelsPerMm);
    }
    QTEST(static_cast<int>(columns.size()), "columns");
    for (std::size_t part = 1; part < 3; ++part)
        QVERIFY(view.headings()[part].left >= view.headings()[part - 1].right());
    view.setParts(1);
    QCOMPARE(view.panels().size(), single);
    QVERIFY(view.headings().empty());
}

void CortexViewTest::partsShareTheirCameras() {
    CortexView view = viewOf("lateral");
    view.setParts(2);
    view.setLinked(false);
    const auto count = view.panels().size() / 2;
    const PixelBox box = view.panels()[count].brain; // the second part's first panel
    view.rotate({box.left + 0.5 * box.width, box.top + 0.5 * box.height}, 40, 10);
    view.zoom({box.left + 0.4 * box.width, box.top + 0.5 * box.height}, 1.5);
    QVERIFY(view.panels()[0].axes == view.panels()[count].axes);
    QCOMPARE(view.panels()[0].pixelsPerMm, view.panels()[count].pixelsPerMm);
    QVERIFY(std::abs(view.panels()[0].pixelsPerMm - view.panels()[1].pixelsPerMm) > 1e-6); // free of the other panel
    const auto at = view.positionIn(view.panels()[count], furthest(view, Hemisphere::Left, {-1, 0, 0}));
    QVERIFY(!at || view.pick(*at));
}

void CortexViewTest::orientsPanels_data() {
    QTest::addColumn<QString>("preset");
    QTest::addColumn<int>("panel");
    QTest::addColumn<QString>("label");
    QTest::addColumn<int>("frontRight");   // +1: the front is at the right, −1: at the left, 0: at the top
    QTest::addColumn<int>("lateralRight"); // of views from above and below
    QTest::newRow("left lateral") << "four-view" << 0 << "Left · lateral" << -1 << 0;
    QTest::newRow("right lateral") << "four-view" << 1 << "Right · lateral" << 1 << 0;
    QTest::newRow("left medial") << "four-view" << 2 << "Left · medial" << 1 << 0;
    QTest::newRow("right medial") << "four-view" << 3 << "Right · medial" << -1 << 0;
    QTest::newRow("left") << "left" << 0 << "Left · lateral" << -1 << 0;
    QTest::newRow("right") << "right" << 0 << "Right · lateral" << 1 << 0;
    QTest::newRow("from above") << "dorsal" << 0 << "Dorsal" << 0 << -1;
    QTest::newRow("from below") << "ventral" << 0 << "Ventral" << 0 << 1;
    QTest::newRow("medial, left") << "medial" << 0 << "Left · medial" << 1 << 0;
    QTest::newRow("all, right medial") << "all" << 5 << "Right · medial" << -1 << 0;
    QTest::newRow("all, from above") << "all" << 1 << "Dorsal" << 0 << -1;
}

void CortexViewTest::orientsPanels() {
    QFETCH(QString, preset);
    QFETCH(int, panel);
    QFETCH(QString, label);
    QFETCH(int, frontRight);
    QFETCH(int, lateralRight);
    const CortexView view = viewOf(preset.toStdString());
    const PanelView& shown = view.panels().at(static_cast<std::size_t>(panel));
    QCOMPARE(QString::fromStdString(labelOf(shown.spec)), label);
    const Hemisphere hemisphere = shown.spec.hemisphere;
    const PixelPoint front = projected(view, shown, furthest(view, hemisphere, {0, 1, 0}));
    const PixelPoint back = projected(view, shown, furthest(view, hemisphere, {0, -1, 0}));
    if (frontRight != 0) {
        QVERIFY((front.x - back.x) * frontRight > 100);
        const PixelPoint top = projected(view, shown, furthest(view, hemisphere, {0, 0, 1}));
        const PixelPoint bottom = projected(view, shown, furthest(view, hemisphere, {0, 0, -1}));
        QVERIFY(top.y < bottom.y - 50);
    } else {
        QVERIFY(front.y < back.y - 100);
        const float outward = hemisphere == Hemisphere::Left ? -1.0F : 1.0F;
        const PixelPoint lateral = projected(view, shown, furthest(view, hemisphere, {outward, 0, 0}));
        const PixelPoint medial = projected(view, shown, furthest(view, hemisphere, {-outward, 0, 0}));
        QVERIFY((lateral.x - medial.x) * lateralRight > 20);
    }
}

void CortexViewTest::sharesOneScaleAndFillsThePicture() {
    const CortexView view = viewOf("four-view");
    QCOMPARE(view.panels().size(), std::size_t(4));
    double left = width, right = 0, top = height, bottom = 0;
    for (const PanelView& panel : view.panels()) {
        QCOMPARE(panel.pixelsPerMm, view.panels().front().pixelsPerMm);
        const int count = view.geometry()->counts.of(panel.spec.hemisphere);
        for (int vertex = 0; vertex < count; ++vertex) {
            const PixelPoint at = projected(view, panel, {panel.spec.hemisphere, vertex});
            QVERIFY(panel.viewport.contains(at));
            left = std::min(left, at.x);
            right = std::max(right, at.x);
            top = std::min(top, at.y);
            bottom = std::max(bottom, at.y);
        }
    }
    const double usedWidth = (right - left) / width;
    const double usedHeight = (bottom - top) / height;
    QVERIFY2(std::max(usedWidth, usedHeight) > 0.9, "the brains leave the picture empty");
    QVERIFY(std::abs((left + right) / 2 - width / 2) < 3);
}

void CortexViewTest::tilesThePictureWithPanels_data() {
    QTest::addColumn<QString>("preset");
    for (const std::string_view preset : presetNames())
        QTest::newRow(std::string(preset).c_str()) << QString::fromUtf8(preset.data(), qsizetype(preset.size()));
}

void CortexViewTest::tilesThePictureWithPanels() {
    QFETCH(QString, preset);
    const CortexView view = viewOf(preset.toStdString());
    double area = 0;
    for (const PanelView& panel : view.panels()) {
        area += panel.viewport.width * panel.viewport.height;
        QVERIFY(panel.label.left >= 0 && panel.label.right() <= width && panel.label.top >= 0);
    }
    QCOMPARE(area, width * height);
}

void CortexViewTest::pickingFindsProjectedVertices_data() {
    QTest::addColumn<QString>("preset");
    QTest::addColumn<double>("ratio");
    for (const char* preset : {"four-view", "left", "right", "dorsal", "ventral", "anterior", "posterior", "all"})
        for (const double ratio : {1.0, 1.5, 2.0})
            QTest::newRow(qPrintable(QStringLiteral("%1 at %2").arg(preset).arg(ratio))) << QString(preset) << ratio;
}

void CortexViewTest::pickingFindsProjectedVertices() {
    QFETCH(QString, preset);
    QFETCH(double, ratio);
    const CortexView view = viewOf(preset.toStdString(), ratio);
    int checked = 0;
    for (const PanelView& panel : view.panels())
        for (int flat = 0; flat < view.geometry()->counts.total(); flat += 7) {
            const VertexId id = view.geometry()->counts.vertexAt(flat);
            const auto at = view.positionIn(panel, id);
            if (!at || !facesViewer(view, panel, id))
                continue;
            QCOMPARE(view.pick(*at).value(), id);
            // The middle of the device pixel the vertex lies in, as a mouse reports it.
            if (standsAlone(view, panel, id, 3)) {
                QCOMPARE(view.pick({std::floor(at->x) + 0.5, std::floor(at->y) + 0.5}).value(), id);
                ++checked;
            }
        }
    QVERIFY2(checked > 15, "hardly any vertex was seen");
}

void CortexViewTest::findsNothingBesideTheBrain() {
    const CortexView view = viewOf("four-view");
    QVERIFY(!view.pick({1, 1}));
    QVERIFY(!view.pick({-5, 20}));
    QVERIFY(!view.pick({width + 1, height + 1}));
    QVERIFY(!view.positionOf({Hemisphere::Left, -1}));
    QVERIFY(!view.positionOf({Hemisphere::Left, 1 << 30}));
}

void CortexViewTest::hidesVerticesBehind() {
    const CortexView view = viewOf("left");
    QVERIFY(view.positionOf(furthest(view, Hemisphere::Left, {-1, 0, 0})));
    QVERIFY(!view.positionOf(furthest(view, Hemisphere::Left, {1, 0, 0})));
    QVERIFY(!view.positionOf({Hemisphere::Right, 0}));
}

void CortexViewTest::rotatesMirrored() {
    CortexView view = viewOf("four-view");
    const PanelView& leftBefore = view.panels()[0];
    const PixelPoint start{leftBefore.anchor.x, leftBefore.anchor.y};
    const VertexId leftMost = furthest(view, Hemisphere::Left, {-1, 0, 0});
    const VertexId rightMost = furthest(view, Hemisphere::Right, {1, 0, 0});
    const double leftFrom = projected(view, view.panels()[0], leftMost).x;
    const double rightFrom = projected(view, view.panels()[1], rightMost).x;
    view.rotate(start, 40, 0);
    const double leftMoved = projected(view, view.panels()[0], leftMost).x - leftFrom;
    const double rightMoved = projected(view, view.panels()[1], rightMost).x - rightFrom;
    QVERIFY(leftMoved > 5);
    QVERIFY(std::abs(leftMoved + rightMoved) < 0.5);
    for (const PanelView& panel : view.panels())
        QVERIFY((panel.axes * panel.axes.transpose() - Eigen::Matrix3d::Identity()).norm() < 1e-9);
}

void CortexViewTest::zoomKeepsThePlaceUnderThePointer() {
    CortexView view = viewOf("four-view");
    const PixelPoint at{view.panels()[3].anchor.x + 40, view.panels()[3].anchor.y - 20};
    const auto before = view.pick(at);
    QVERIFY(before.has_value());
    const double scale = view.panels()[0].pixelsPerMm;
    view.zoom(at, 2);
    QCOMPARE(view.panels()[0].pixelsPerMm, 2 * scale);
    QCOMPARE(view.panels()[3].pixelsPerMm, 2 * scale);
    const auto where = view.positionIn(view.panels()[3], *before);
    QVERIFY(where.has_value());
    QVERIFY(std::hypot(where->x - at.x, where->y - at.y) < 20);
    for (int i = 0; i < 100; ++i)
        view.zoom(at, 2);
    QVERIFY(view.panels()[0].pixelsPerMm <= 20 * scale * 1.000001);
}

void CortexViewTest::resets() {
    CortexView view = viewOf("four-view");
    const PixelPoint at{view.panels()[0].anchor.x, view.panels()[0].anchor.y};
    const Eigen::Matrix3d axes = view.panels()[0].axes;
    view.rotate(at, 30, 30);
    view.zoom(at, 3);
    QVERIFY(!view.panels()[0].axes.isApprox(axes));
    view.resetCamera();
    QVERIFY(view.panels()[0].axes.isApprox(axes));
    QCOMPARE(view.panels()[0].anchor.x, at.x);
}

void CortexViewTest::choosesHeightThatFills() {
    CortexView view = viewOf("four-view");
    const ViewSpacing spacing;
    const double wanted = view.heightFor(1000, spacing);
    view.setSize(1000, wanted, spacing);
    QVERIFY(std::abs(view.content().left - spacing.left) < 1);
    QVERIFY(std::abs(view.content().right() - (1000 - spacing.right)) < 1);
    QVERIFY(std::abs(view.content().bottom() - (wanted - spacing.bottom)) < 1);
}

void CortexViewTest::drawsNothingWithoutGeometry() {
    CortexView view;
    view.setSize(300, 300, {});
    QVERIFY(view.panels().empty());
    QVERIFY(!view.pick({150, 150}));
    QVERIFY(!view.positionOf({Hemisphere::Left, 0}));
}

void CortexViewTest::picksBetweenTwoSurfaces() {
    const auto folded = syntheticCortex(3);
    const auto round = roundCortex(*folded);
    for (const double share : {0.0, 0.25, 0.5, 1.0}) {
        const auto between = blendedGeometry(*folded, *round, share);
        CortexView view;
        view.setGeometry(between);
        view.setSize(width, height, {});
        int checked = 0;
        for (const PanelView& panel : view.panels())
            for (int vertex = 0; vertex < between->counts.of(panel.spec.hemisphere); ++vertex) {
                const VertexId id{panel.spec.hemisphere, vertex};
                const auto at = view.positionIn(panel, id);
                if (!at || !facesViewer(view, panel, id))
                    continue;
                QCOMPARE(view.pick(*at).value(), id);
                ++checked;
            }
        QVERIFY(checked > 50);
    }
}

void CortexViewTest::bothHemispheresStandApart() {
    CortexView view = viewOf("dorsal");
    QCOMPARE(view.panels().size(), std::size_t(1));
    const auto roomBetween = [&view] {
        const PanelView& panel = view.panels()[0];
        const double left = projected(view, panel, furthest(view, Hemisphere::Left, {1, 0, 0})).x;
        const double right = projected(view, panel, furthest(view, Hemisphere::Right, {-1, 0, 0})).x;
        return (right - left) / panel.pixelsPerMm;
    };
    view.setGap(0);
    const double inTheHead = roomBetween();
    QVERIFY(inTheHead >= 0);
    view.setGap(30);
    QVERIFY(std::abs(roomBetween() - inTheHead - 30) < 1e-3);
    view.setGap(-5);
    QVERIFY(std::abs(roomBetween() - inTheHead) < 1e-3);
}

void CortexViewTest::theNearerHemisphereHidesTheOther() {
    CortexView view = viewOf("anterior");
    const PanelView& panel = view.panels()[0];
    const VertexId medial = furthest(view, Hemisphere::Right, {-1, 0, 0});
    const VertexId lateral = furthest(view, Hemisphere::Left, {-1, 0, 0});
    view.rotate(panel.anchor, 200, 0); // a quarter turn
    const bool seesLeft = view.panels()[0].axes.row(2).x() < 0;
    QVERIFY(std::abs(view.panels()[0].axes.row(2).x()) > 0.99);
    if (seesLeft) {
        QVERIFY(view.positionOf(lateral));
        QVERIFY(!view.positionOf(medial));
    } else {
        QVERIFY(!view.positionOf(lateral));
    }
    const auto picked = view.pick(view.panels()[0].anchor);
    QVERIFY(picked.has_value());
    QVERIFY(picked->hemisphere == (seesLeft ? Hemisphere::Left : Hemisphere::Right));
}

void CortexViewTest::freeCamerasMoveAlone() {
    CortexView view = viewOf("four-view");
    view.setLinked(false);
    const auto before = view.panels();
    view.rotate(before[1].anchor, 50, 0);
    view.zoom(before[1].anchor, 2);
    QVERIFY(!view.panels()[1].axes.isApprox(before[1].axes));
    QCOMPARE(view.panels()[1].pixelsPerMm, 2 * before[1].pixelsPerMm);
    for (const std::size_t other : {0, 2, 3}) {
        QVERIFY(view.panels()[other].axes.isApprox(before[other].axes));
        QCOMPARE(view.panels()[other].pixelsPerMm, before[other].pixelsPerMm);
    }
    QVERIFY(view.isTurned());
    view.setLinked(true);
    for (std::size_t panel = 0; panel < 4; ++panel)
        QVERIFY(view.panels()[panel].axes.isApprox(before[panel].axes));
}

void CortexViewTest::camerasComeBack() {
    for (const bool isLinked : {true, false}) {
        CortexView view = viewOf("four-view");
        view.setLinked(isLinked);
        QVERIFY(view.cameras().empty());
        const PixelPoint at = *view.middle();
        view.rotate(at, 57, -23);
        view.zoom({at.x + 20, at.y - 10}, 1.7);
        view.move(at, -13, 8);
        const auto cameras = view.cameras();
        QCOMPARE(cameras.size(), std::size_t(isLinked ? 1 : 4));
        CortexView other = viewOf("four-view");
        other.setLinked(isLinked);
        other.setCameras(cameras);
        QVERIFY(other.cameras() == cameras);
        for (std::size_t panel = 0; panel < 4; ++panel) {
            QVERIFY(other.panels()[panel].axes.isApprox(view.panels()[panel].axes, 1e-5));
            QVERIFY(std::abs(other.panels()[panel].pixelsPerMm / view.panels()[panel].pixelsPerMm - 1) < 1e-3);
            QVERIFY(std::abs(other.panels()[panel].anchor.x - view.panels()[panel].anchor.x) < 0.1);
            QVERIFY(std::abs(other.panels()[panel].anchor.y - view.panels()[panel].anchor.y) < 0.1);
        }
        other.setCameras({});
        QVERIFY(!other.isTurned() && other.cameras().empty());
    }
}

void CortexViewTest::oneCameraIsOfAllPanels() {
    CortexView view;
    view.setPreset("four-view");
    view.setLinked(false);
    view.setCameras({{.zoom = 2}}); // before there is anything to see
    view.setGeometry(viewOf("four-view").geometry());
    view.setSize(800, 600, {});
    for (const PanelView& panel : view.panels())
        QCOMPARE(panel.pixelsPerMm, view.panels().front().pixelsPerMm);
    QCOMPARE(view.cameras(), std::vector{CameraChoice{.zoom = 2}});
    view.setCameras({{.zoom = 2}, {.zoom = 3}});
    QCOMPARE(view.panels()[1].pixelsPerMm, 1.5 * view.panels()[0].pixelsPerMm);
    QCOMPARE(view.panels()[2].pixelsPerMm, 0.5 * view.panels()[0].pixelsPerMm); // as the preset
}

void CortexViewTest::movesWithTheDrag() {
    CortexView view = viewOf("four-view");
    const VertexId vertex = furthest(view, Hemisphere::Left, {-1, 0, 0});
    const PixelPoint from = projected(view, view.panels()[0], vertex);
    view.zoom(view.panels()[0].anchor, 2);
    const PixelPoint enlarged = projected(view, view.panels()[0], vertex);
    view.move(from, 12, -7);
    const PixelPoint moved = projected(view, view.panels()[0], vertex);
    QVERIFY(std::abs(moved.x - enlarged.x - 12) < 1e-6);
    QVERIFY(std::abs(moved.y - enlarged.y + 7) < 1e-6);
}

void CortexViewTest::lettersFollowTheRotation() {
    CortexView view = viewOf("left");
    const auto directionOf = [&view](char wanted) -> std::optional<Eigen::Vector2d> {
        for (const OrientationLetter& letter : orientationLetters(view.panels()[0].axes))
            if (letter.letter == wanted)
                return letter.direction;
        return std::nullopt;
    };
    QVERIFY(directionOf('A')->isApprox(Eigen::Vector2d(-1, 0)));
    QVERIFY(directionOf('P')->isApprox(Eigen::Vector2d(1, 0)));
    QVERIFY(directionOf('S')->isApprox(Eigen::Vector2d(0, 1)));
    QVERIFY(directionOf('I')->isApprox(Eigen::Vector2d(0, -1)));
    QVERIFY(!directionOf('L') && !directionOf('R'));
    view.rotate(view.panels()[0].anchor, 200, 0); // a quarter turn
    QVERIFY(!directionOf('A') && directionOf('L') && directionOf('R'));
    QVERIFY(directionOf('S')->isApprox(Eigen::Vector2d(0, 1)));
}

void CortexViewTest::looksAtAVertex() {
    CortexView view = viewOf("four-view");
    const VertexId vertex = furthest(view, Hemisphere::Right, {0, 1, 0});
    const double scale = view.panels()[0].pixelsPerMm;
    const auto before = view.positionOf(vertex);
    QVERIFY(before.has_value());
    view.lookAt(vertex);
    QCOMPARE(view.panels()[0].pixelsPerMm, 4 * scale);
    const auto after = view.positionOf(vertex);
    QVERIFY(after.has_value());
    const PixelBox& box = view.panels()[1].viewport;
    QVERIFY(std::hypot(after->x - box.left - 0.5 * box.width, after->y - box.top - 0.5 * box.height) < 1e-6);
    view.lookAt({Hemisphere::Left, -1});
    QCOMPARE(view.panels()[0].pixelsPerMm, 4 * scale);
}

void CortexViewTest::crossesLieBesideTheBrain() {
    // A brain that fills two opposite corners of each panel.
    auto tilted = std::make_shared<CortexGeometry>(*syntheticCortex());
    for (CortexSide& side : tilted->sides)
        side.mesh.points.col(1) -= 1.5F * side.mesh.points.col(2);
    completeCortexGeometry(*tilted);
    CortexView view = viewOf("four-view");
    view.setGeometry(tilted);
    const auto isUsual = [&](std::size_t panel, PixelPoint centre) {
        const PixelBox& box = view.panels()[panel].brain;
        return centre.x < box.left + 0.5 * box.width && centre.y > box.top + 0.5 * box.height;
    };
    const ViewMarks marks = marksOf(view, 1);
    QCOMPARE(marks.crosses.size(), view.panels().size());
    int usual = 0;
    for (std::size_t panel = 0; panel < marks.crosses.size(); ++panel) {
        const auto& [centre, letters] = marks.crosses[panel];
        QVERIFY(view.panels()[panel].brain.contains(centre));
        usual += isUsual(panel, centre) ? 1 : 0;
        for (const OrientationLetter& letter : letters)
            for (const double reach : {0.0, 9.0, 20.0})
                QVERIFY2(!view.pick({centre.x + reach * letter.direction.x(), centre.y - reach * letter.direction.y()}),
                         "a letter lies on the brain");
    }
    QCOMPARE(usual, 2);
    // Larger ones find no corner, and would hide most of brains as small as these.
    QVERIFY(marksOf(view, 4).crosses.empty());
    // It stays where it is while the brain turns.
    view.rotate(view.panels().front().anchor, 20, 10);
    const ViewMarks turned = marksOf(view, 1);
    for (std::size_t panel = 0; panel < turned.crosses.size(); ++panel)
        QVERIFY(isUsual(panel, turned.crosses[panel].centre));
}

void CortexViewTest::lettersNeverCollide() {
    CortexView view = viewOf("left");
    for (int turn = 0; turn < 60; ++turn) {
        view.rotate(view.panels()[0].anchor, 23, 17);
        const auto letters = orientationLetters(view.panels()[0].axes);
        QVERIFY(letters.size() >= 2);
        for (std::size_t a = 0; a < letters.size(); ++a)
            for (std::size_t b = 0; b < a; ++b)
                QVERIFY((letters[a].direction - letters[b].direction).norm() > 0.69);
    }
}

void CortexViewTest::leavesOutAHemisphereThatIsNotThere_data() {
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QStringList>("labels");
    QTest::newRow("four-view") << "four-view" << QStringList{"Left · lateral", "Left · medial"};
    QTest::newRow("all") << "all" << QStringList{"Left · lateral", "Left · dorsal", "Left · medial", "Left · ventral"};
    QTest::newRow("dorsal") << "dorsal" << QStringList{"Left · dorsal"};
    QTest::newRow("right") << "right" << QStringList{"Left · lateral"};
    QTest::newRow("lateral-medial") << "lateral-medial" << QStringList{"Left · lateral", "Left · medial"};
}

void CortexViewTest::leavesOutAHemisphereThatIsNotThere() {
    QFETCH(QString, preset);
    QFETCH(QStringList, labels);
    auto half = std::make_shared<CortexGeometry>(*syntheticCortex());
    half->parcellation.reset();
    half->sides[1] = {};
    half->sides[1].mesh = {RowMatrix<float>(0, 3), RowMatrix<std::int32_t>(0, 3)};
    completeCortexGeometry(*half);
    CortexView view = viewOf(preset.toStdString());
    view.setGeometry(half);
    QStringList shown;
    for (const PanelView& panel : view.panels()) {
        shown << QString::fromStdString(view.labelOf(panel));
        QVERIFY(view.pick(panel.anchor).has_value());
        // The brain fills what the empty panel would have taken.
        QVERIFY(panel.label.left >= 0 && panel.label.right() <= width);
    }
    QCOMPARE(shown, labels);
    const PixelBox& content = view.content();
    QVERIFY(content.width > 0.85 * width || content.height > 0.85 * height);
}

void CortexViewTest::showsFewerSidesInLittleRoom() {
    CortexView view;
    view.setGeometry(syntheticCortex());
    view.setPreset("all");
    view.setParts(3);
    const ViewSpacing spacing{.left = 12, .top = 12, .right = 12, .bottom = 12, .label = 20, .gap = 18, .heading = 24};
    view.setSize(1600, 900, spacing);
    QCOMPARE(view.panels().size(), std::size_t(18));
    view.setSize(360, 240, spacing);
    QVERIFY(view.panels().size() < 18 && view.panels().size() % 3 == 0);
    for (const PanelView& panel : view.panels())
        QVERIFY2(panel.brain.width >= 4 * spacing.label || view.panels().size() == 3,
                 qPrintable(QString::number(panel.brain.width)));
    view.setSize(1600, 900, spacing);
    QCOMPARE(view.panels().size(), std::size_t(18));
}

QTEST_GUILESS_MAIN(CortexViewTest)
#include "CortexViewTest.moc"
