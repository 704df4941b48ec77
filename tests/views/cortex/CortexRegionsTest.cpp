#include "core/formats/FreeSurferAnnotation.h"
#include "core/surface/Geodesic.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/PanelFixture.h"
#include "tests/views/scene/SyntheticCortex.h"
#include "views/cortex/CortexCanvas.h"
#include "views/cortex/CortexOverlay.h"
#include "views/cortex/CortexWidget.h"

#include <QApplication>
#include <QMenu>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <set>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr int rounds = 4;

/// A cortex with four areas on a template that the test wrote.
struct RegionBench {
    std::shared_ptr<FakeScores> source;
    JobRunner runner;
    ScoreData data{runner};
    SelectionModel selection;
    CortexWidget widget{selection, data};

    RegionBench() {
        const int count = sphere(rounds).vertexCount();
        FakeScoresOptions options;
        options.vertices = {count, count};
        options.layers = 4;
        source = std::make_shared<FakeScores>(options);
        Selection first;
        first.model = source->index().models.front().id;
        first.step = options.steps.back();
        first.surface = "pial";
        first.threshold = 0.001;
        selection.apply(first);
        widget.resize(900, 640);
        widget.show();
        data.setSource(source);
    }
    [[nodiscard]] bool isReady() const { return widget.geometry() && widget.colorBar(); }
    [[nodiscard]] const RegionChoice& regions() const { return selection.selection().regions; }
    void edit(const std::function<void(RegionChoice&)>& change) {
        selection.edit([&](Selection& next) { change(next.regions); });
    }
    [[nodiscard]] std::string areaAt(QPoint at) const {
        const auto vertex = widget.vertexAt(at);
        const Area* area = vertex ? widget.geometry()->parcellation->areaOf(*vertex) : nullptr;
        return area != nullptr ? area->name : std::string();
    }
    /// A place on an area, with the same area all around, in the left hemisphere.
    [[nodiscard]] QPoint placeOn(const std::string& area) const {
        constexpr int margin = 12;
        for (int y = margin; y < widget.height() - margin; y += 8)
            for (int x = margin; x < widget.width() / 2; x += 8) {
                const auto isOn = [&](int right, int down) { return areaAt({x + right, y + down}) == area; };
                if (isOn(0, 0) && isOn(-margin, 0) && isOn(margin, 0) && isOn(0, -margin) && isOn(0, margin))
                    return {x, y};
            }
        throw std::logic_error("the area is not seen: " + area);
    }
    void click(QPoint at, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::mouseClick(&widget, Qt::LeftButton, modifiers, at);
        QTest::qWait(0);
    }
    void doubleClick(QPoint at) {
        // As the window system sends it: the first click, then the double click.
        QTest::mouseClick(&widget, Qt::LeftButton, Qt::NoModifier, at);
        QTest::mouseDClick(&widget, Qt::LeftButton, Qt::NoModifier, at);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::mousePress(&widget, Qt::LeftButton, modifiers, from);
        for (const double share : {0.25, 0.5, 0.75, 1.0})
            QTest::mouseMove(&widget, from + share * (to - from));
        QTest::mouseRelease(&widget, Qt::LeftButton, modifiers, to);
    }
    /// A checkpoint and layer with q below 0.01 in some part of the left hemisphere, and above in another.
    [[nodiscard]] std::pair<int, int> partlySignificant() const {
        const int count = source->index().vertexCounts.left;
        for (int step = 0; step < 10; ++step)
            for (int layer = 0; layer < 4; ++layer) {
                const auto q = source->fmriQ(0, step, layer).value();
                const auto below =
                    std::count_if(q.begin(), q.begin() + count, [](float value) { return value < 0.01F; });
                if (below > count / 10 && below < count * 9 / 10)
                    return {step, layer};
            }
        throw std::logic_error("everything or nothing is significant");
    }
    /// Some vertex of an area that is coloured as long as nothing is isolated.
    [[nodiscard]] VertexId vertexOf(const std::string& area) const {
        for (const int vertex : widget.geometry()->parcellation->verticesOf(Hemisphere::Left, area))
            if (widget.shownColor({Hemisphere::Left, vertex}).a != 0)
                return {Hemisphere::Left, vertex};
        throw std::logic_error("nothing is coloured in " + area);
    }
};

std::size_t pointCount(const CortexWidget& widget) {
    std::size_t count = 0;
    for (const SurfaceLines& lines : widget.lines())
        count += lines.points[0].size() + lines.points[1].size();
    return count;
}

} // namespace

class CortexRegionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void clicksChooseAreas();
    void chosenAreasAreOutlined();
    void outlinesFollowAnotherParcellation();
    void contoursOfSignificanceAndThreshold();
    void aDoubleClickIsolates();
    void theMenuOffersWhatCanBeDone();
    void theBrushPaintsWithinItsRadius();
    void theBrushErases();
    void aDiscGrowsAroundThePick();
    void arrowsPickNeighbours();
    void goesToHiddenVertices();
    void areaNamesAppearWhereTheyFit();
    void pointingHighlightsTheArea();
    void textsStayOnThePicture();
    void numbersAreNamedAsAreas();
    void linesComeWithAnotherSurface();
    void worksAtPixelRatios_data();
    void worksAtPixelRatios();

private:
    QTemporaryDir m_folder;
};

void CortexRegionsTest::initTestCase() {
    const std::filesystem::path root = m_folder.path().toStdString();
    writeFreeSurferTemplate(root / "fake/surf", foldedHemisphere(Hemisphere::Left, rounds), {"white"});
    for (const Hemisphere hemisphere : hemispheres) {
        const Mesh mesh = foldedHemisphere(hemisphere, rounds);
        const std::string side(shortName(hemisphere));
        const auto folder = root / ("one-" + side);
        writeFreeSurferTemplate(folder, mesh, {"pial"});
        std::filesystem::rename(folder / (side + ".pial"), root / "fake/surf" / (side + ".pial"));
        std::filesystem::create_directories(root / "fake/label");
        Annotation annotation = quarters(mesh, hemisphere);
        for (std::size_t area = 0; area < annotation.areas.size(); ++area)
            annotation.areas[area].color = {static_cast<std::uint8_t>(20 * area + 10), 90, 90, 255};
        writeFreeSurferAnnotation(root / "fake/label" / (side + ".HCP-MMP1.annot"), annotation);
        // All of the front, all of the back.
        for (std::int32_t& label : annotation.labels)
            label = label == 0 ? 0 : 1 + (label - 1) % 2;
        writeFreeSurferAnnotation(root / "fake/label" / (side + ".halves.annot"), annotation);
    }
    qputenv("BRAINLIKE_TEMPLATES", m_folder.path().toUtf8());
}

void CortexRegionsTest::clicksChooseAreas() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    const QPoint v1 = bench.placeOn("V1");
    bench.click(v1);
    QVERIFY(bench.selection.selection().vertex.has_value());
    QVERIFY(bench.regions().areas.empty());
    bench.click(v1, Qt::ControlModifier);
    QCOMPARE(bench.regions().areas, std::vector<std::string>{"V1"});
    bench.click(bench.placeOn("MT"), Qt::ShiftModifier);
    QCOMPARE(bench.regions().areas, (std::vector<std::string>{"V1", "MT"}));
    bench.click(v1, Qt::ControlModifier);
    QCOMPARE(bench.regions().areas, std::vector<std::string>{"MT"});
    bench.widget.setPickTool({.mode = PickTool::Mode::Area, .radius = 5});
    bench.click(bench.placeOn("44"));
    QCOMPARE(bench.regions().areas, std::vector<std::string>{"44"});
    bench.click({3, bench.widget.height() - 3});
    QCOMPARE(bench.regions().areas, std::vector<std::string>{"44"});
}

void CortexRegionsTest::chosenAreasAreOutlined() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    QVERIFY(bench.widget.lines().empty());
    bench.edit([](RegionChoice& regions) { regions.areas = {"V1"}; });
    QTRY_COMPARE(bench.widget.lines().size(), std::size_t(1));
    // Every point lies between a vertex of the area and one that is not of it.
    const Annotation& annotation = bench.widget.geometry()->parcellation->side(Hemisphere::Left);
    for (const FacePoint& point : bench.widget.lines()[0].points[0]) {
        std::set<bool> sides;
        for (std::size_t corner = 0; corner < 3; ++corner)
            if (point.weights[corner] > 0)
                sides.insert(annotation.labels[static_cast<std::size_t>(point.vertices[corner])] == 1);
        QCOMPARE(sides.size(), std::size_t(2));
    }
    bench.edit([](RegionChoice& regions) {
        regions.rois = SharedRois(withVertices({}, "a", Hemisphere::Left, std::vector{7}));
    });
    QTRY_COMPARE(bench.widget.lines().size(), std::size_t(2));
    bench.edit([](RegionChoice& regions) { regions.outlined = OutlineSet::ChosenAreas; });
    QTRY_COMPARE(bench.widget.lines().size(), std::size_t(1));
    bench.selection.edit([](Selection& next) { next.outlines = false; });
    QTRY_VERIFY(bench.widget.lines().empty());
}

void CortexRegionsTest::outlinesFollowAnotherParcellation() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    bench.edit([](RegionChoice& regions) { regions.areas = {"V1"}; });
    QTRY_VERIFY(pointCount(bench.widget) > 0);
    const std::size_t before = pointCount(bench.widget);
    bench.edit([](RegionChoice& regions) { regions.parcellation = "halves"; });
    QTRY_VERIFY(pointCount(bench.widget) != before);
    bench.edit([](RegionChoice& regions) { regions.parcellation = "missing"; });
    QTRY_VERIFY(bench.widget.note().contains("no such parcellation"));
}

void CortexRegionsTest::contoursOfSignificanceAndThreshold() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    const auto best = bench.source->fmriBestLayer(0, 9)->score;
    const auto [low, high] = std::minmax_element(best.begin(), best.end());
    const double middle = 0.5 * static_cast<double>(*low + *high);
    bench.selection.edit([&](Selection& next) {
        next.threshold = middle;
        next.regions.thresholdContour = true;
    });
    QTRY_VERIFY(!bench.widget.lines().empty());
    for (const FacePoint& point : bench.widget.lines()[0].points[0]) {
        double value = 0;
        for (std::size_t corner = 0; corner < 3; ++corner)
            value +=
                static_cast<double>(point.weights[corner] * best[static_cast<std::size_t>(point.vertices[corner])]);
        QVERIFY(std::abs(value - middle) < 1e-4);
    }
    // It follows the map.
    const std::size_t before = pointCount(bench.widget);
    bench.selection.edit([](Selection& next) { next.step = 5000; });
    QTRY_VERIFY(pointCount(bench.widget) != before);
    const auto [step, layer] = bench.partlySignificant();
    bench.selection.edit([&](Selection& next) {
        next.step = bench.source->index().models[0].steps[static_cast<std::size_t>(step)];
        next.layer = bench.source->index().models[0].layerNames[static_cast<std::size_t>(layer)];
        next.regions.thresholdContour = false;
    });
    QTRY_VERIFY(bench.widget.lines().empty());
    // Nothing else changes: q has to be read for it alone.
    bench.edit([](RegionChoice& regions) { regions.significanceContour = true; });
    const auto q = bench.source->fmriQ(0, step, layer).value();
    const auto isAtLevel = [&](const FacePoint& point) {
        double level = 0;
        for (std::size_t corner = 0; corner < 3; ++corner)
            level -= static_cast<double>(point.weights[corner]) *
                     std::log10(static_cast<double>(q[static_cast<std::size_t>(point.vertices[corner])]));
        return std::abs(level - 2) < 1e-3;
    };
    QTRY_VERIFY(bench.widget.lines().size() == 1 && !bench.widget.lines()[0].points[0].empty() &&
                std::ranges::all_of(bench.widget.lines()[0].points[0], isAtLevel));
}

void CortexRegionsTest::aDoubleClickIsolates() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    const VertexId inside = bench.vertexOf("V1");
    const VertexId outside = bench.vertexOf("44");
    const QPoint at = bench.placeOn("V1");
    QWheelEvent wheel(at, bench.widget.mapToGlobal(at), {}, QPoint(0, 240), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&bench.widget, &wheel);
    QCOMPARE(bench.areaAt(at), std::string("V1"));
    const auto seenBefore = bench.widget.positionOfVertex(inside);
    bench.doubleClick(at);
    QVERIFY(bench.regions().isolated);
    QCOMPARE(bench.regions().areas, std::vector<std::string>{"V1"});
    QTRY_COMPARE(int(bench.widget.shownColor(outside).a), 0);
    QVERIFY(bench.widget.shownColor(inside).a != 0);
    QCOMPARE(bench.widget.positionOfVertex(inside), seenBefore); // the camera stays
    bench.doubleClick(at);
    QVERIFY(!bench.regions().isolated);
    QTRY_VERIFY(bench.widget.shownColor(outside).a != 0);
    bench.selection.undo();
    QVERIFY(bench.regions().isolated);
}

void CortexRegionsTest::theMenuOffersWhatCanBeDone() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    const VertexId vertex = bench.widget.vertexAt(bench.placeOn("V1")).value();
    const auto choose = [&](const QString& text) {
        QMenu menu;
        bench.widget.fillPlaceMenu(menu, vertex);
        for (QAction* action : menu.actions())
            if (action->text() == text)
                return action->trigger();
        throw std::logic_error("no such entry: " + text.toStdString());
    };
    choose("Choose V1");
    QCOMPARE(bench.regions().areas, std::vector<std::string>{"V1"});
    choose("Choose V1");
    QVERIFY(bench.regions().areas.empty());
    choose("Show V1 alone");
    QVERIFY(bench.regions().isolated);
    choose("Show everything");
    QVERIFY(!bench.regions().isolated);
    choose("Make V1 a region of interest");
    QCOMPARE(bench.regions().rois->find("V1")->of(Hemisphere::Right).size(),
             bench.widget.geometry()->parcellation->verticesOf(Hemisphere::Right, "V1").size());
    choose("Look at this place");
    QCOMPARE(bench.selection.selection().vertex, std::optional(vertex));
}

void CortexRegionsTest::theBrushPaintsWithinItsRadius() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    bench.widget.setPickTool({.mode = PickTool::Mode::Brush, .radius = 12});
    const QPoint at = bench.placeOn("V1");
    bench.click(at);
    const Roi* roi = bench.regions().rois->find("ROI 1");
    QVERIFY(roi != nullptr);
    const CortexSide& side = bench.widget.geometry()->side(Hemisphere::Left);
    const VertexId middle = bench.widget.vertexAt(at).value();
    std::vector<std::int32_t> wanted;
    for (const ReachedVertex& reached : GeodesicSearch(side.head, side.mesh.faces).within(middle.index, 12))
        wanted.push_back(reached.vertex);
    std::ranges::sort(wanted);
    QVERIFY(wanted.size() > 5);
    QCOMPARE(roi->of(middle.hemisphere), wanted);
    QTRY_COMPARE(bench.widget.lines().size(), std::size_t(1));
    // A drag goes on with the same region and is undone at once; the brain does not turn.
    const auto seenBefore = bench.widget.positionOfVertex(middle);
    bench.drag(at, at + QPoint(30, 10));
    QCOMPARE(bench.widget.positionOfVertex(middle), seenBefore);
    QCOMPARE(bench.regions().rois->rois.size(), std::size_t(1));
    QVERIFY(bench.regions().rois->rois[0].vertexCount() > wanted.size());
    bench.selection.undo();
    QCOMPARE(bench.regions().rois->rois[0].of(middle.hemisphere), wanted);
    bench.selection.undo();
    QVERIFY(bench.regions().rois.empty());
}

void CortexRegionsTest::theBrushErases() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    bench.widget.setPickTool({.mode = PickTool::Mode::Brush, .radius = 15});
    const QPoint at = bench.placeOn("V1");
    bench.click(at);
    const std::size_t painted = bench.regions().rois->rois[0].vertexCount();
    bench.widget.setPickTool({.mode = PickTool::Mode::Brush, .radius = 8});
    bench.click(at, Qt::ControlModifier);
    QVERIFY(bench.regions().rois->rois[0].vertexCount() < painted);
    bench.widget.setPickTool({.mode = PickTool::Mode::Brush, .radius = 30});
    bench.click(at, Qt::ControlModifier);
    QVERIFY(bench.regions().rois.empty());
    QVERIFY(bench.regions().roi.empty());
}

void CortexRegionsTest::aDiscGrowsAroundThePick() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    bench.widget.addDisc(10);
    QVERIFY(bench.regions().rois.empty()); // nothing is picked
    bench.click(bench.placeOn("V1"));
    bench.widget.addDisc(10);
    const std::size_t small = bench.regions().rois->rois[0].vertexCount();
    bench.widget.addDisc(20);
    QCOMPARE(bench.regions().rois->rois.size(), std::size_t(1));
    QVERIFY(bench.regions().rois->rois[0].vertexCount() > small);
}

void CortexRegionsTest::arrowsPickNeighbours() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    bench.widget.pickNeighbor(1, 0);
    QVERIFY(bench.selection.selection().vertex.has_value()); // the one in the middle
    for (const auto& [right, up] : {std::pair(1, 0), {-1, 0}, {0, 1}, {0, -1}}) {
        bench.click(bench.placeOn("V1"));
        const VertexId from = bench.selection.selection().vertex.value();
        const QPointF before = bench.widget.positionOfVertex(from).value();
        bench.widget.pickNeighbor(right, up);
        const VertexId to = bench.selection.selection().vertex.value();
        QVERIFY(to != from);
        const auto& faces = bench.widget.geometry()->side(from.hemisphere).mesh.faces;
        bool areNeighbors = false;
        for (Eigen::Index face = 0; face < faces.rows(); ++face)
            areNeighbors |=
                (faces.row(face).array() == from.index).any() && (faces.row(face).array() == to.index).any();
        QVERIFY(areNeighbors);
        const QPointF step = bench.widget.positionOfVertex(to).value() - before;
        QVERIFY(step.x() * right - step.y() * up > 0);
    }
}

void CortexRegionsTest::goesToHiddenVertices() {
    RegionBench bench;
    bench.selection.edit([](Selection& next) { next.cameraPreset = "left"; });
    QTRY_VERIFY(bench.isReady());
    const CortexSide& side = bench.widget.geometry()->side(Hemisphere::Left);
    // On top: neither the lateral nor the medial view shows it from the front.
    Eigen::Index top = 0;
    side.mesh.points.col(2).maxCoeff(&top);
    for (const VertexId vertex : {VertexId{Hemisphere::Left, static_cast<int>(top)}, bench.vertexOf("44")}) {
        bench.widget.goTo(vertex);
        QCOMPARE(bench.selection.selection().vertex, std::optional(vertex));
        const auto at = bench.widget.positionOfVertex(vertex);
        QVERIFY(at.has_value());
        QVERIFY(bench.widget.rect().adjusted(60, 60, -60, -60).contains(at->toPoint()));
    }
}

void CortexRegionsTest::areaNamesAppearWhereTheyFit() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    QVERIFY(bench.widget.areaNames().isEmpty());
    bench.edit([](RegionChoice& regions) { regions.areaNames = true; });
    const QStringList names = bench.widget.areaNames();
    QVERIFY(names.contains("V1") && names.contains("44"));
    QVERIFY(!names.contains("???"));
    // Each area once a view.
    QVERIFY(names.count("V1") <= 4);
    bench.widget.resize(430, 300);
    QTRY_VERIFY(bench.widget.areaNames().size() <= names.size());
}

void CortexRegionsTest::pointingHighlightsTheArea() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    auto* overlay = static_cast<CortexOverlay*>(bench.widget.findChild<QWidget*>("cortexOverlay"));
    const QPoint at = bench.placeOn("V1");
    hover(bench.widget, at);
    QTRY_VERIFY(!overlay->highlight().isEmpty());
    const QRectF first = overlay->highlight().boundingRect();
    hover(bench.widget, bench.placeOn("44"));
    QTRY_VERIFY(overlay->highlight().boundingRect() != first);
    hover(bench.widget, QPoint(3, bench.widget.height() - 3));
    QTRY_VERIFY(overlay->highlight().isEmpty());
}

void CortexRegionsTest::textsStayOnThePicture() {
    CortexOverlay overlay(nullptr);
    overlay.resize(260, 180);
    const QString text = QStringLiteral("V1 · best layer block_07 of 12, margin 0.021 · R 0.412 · thickness 2.145");
    for (const QPointF at : {QPointF(5, 5), QPointF(250, 170), QPointF(130, 90)}) {
        overlay.setHover(text, at);
        const QRectF box = overlay.hoverBox();
        QVERIFY(QRectF(overlay.rect()).contains(box));
        QVERIFY(box.height() > 2 * QFontMetricsF(overlay.font()).height());
    }
    overlay.setHover(QStringLiteral("V1"), QPointF(5, 5));
    QVERIFY(overlay.hoverBox().width() < 60);
}

void CortexRegionsTest::numbersAreNamedAsAreas() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    QMenu menu;
    bench.widget.fillPlaceMenu(menu, bench.vertexOf("44"));
    QStringList texts;
    for (const QAction* action : menu.actions())
        texts << action->text();
    QVERIFY2(texts.contains("Show area 44 alone"), qPrintable(texts.join('|')));
}

void CortexRegionsTest::linesComeWithAnotherSurface() {
    RegionBench bench;
    QTRY_VERIFY(bench.isReady());
    bench.edit([](RegionChoice& regions) { regions.areas = {"MT"}; });
    QTRY_COMPARE(bench.widget.lines().size(), std::size_t(1));
    bench.selection.edit([](Selection& next) { next.surface = "white"; });
    QTRY_VERIFY(bench.widget.geometry()->surface.from == SurfaceKind::White);
    QTRY_COMPARE(bench.widget.lines().size(), std::size_t(1));
}

void CortexRegionsTest::worksAtPixelRatios_data() {
    QTest::addColumn<QString>("ratio");
    QTest::newRow("1.5") << "1.5";
    QTest::newRow("2") << "2";
}

void CortexRegionsTest::worksAtPixelRatios() {
    QFETCH(QString, ratio);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_SCALE_FACTOR", ratio);
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(),
                  {"clicksChooseAreas", "theBrushPaintsWithinItsRadius", "arrowsPickNeighbours"});
    QVERIFY(process.waitForFinished(120000));
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
             process.readAllStandardOutput().constData());
}

int main(int count, char** arguments) {
    prepareGraphics();
    QApplication application(count, arguments);
    CortexRegionsTest test;
    return QTest::qExec(&test, count, arguments);
}

#include "CortexRegionsTest.moc"
