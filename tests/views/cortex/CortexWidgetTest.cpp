#include "views/cortex/CortexWidget.h"

#include "core/session/StackEdit.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/FakeMaps.h"
#include "tests/support/FakeScores.h"
#include "tests/views/scene/SyntheticCortex.h"
#include "views/cortex/CortexCanvas.h"
#include "views/cortex/CortexTexts.h"
#include "views/state/NumberText.h"
#include "views/state/Theme.h"

#include <QApplication>
#include <QMenu>
#include <QOpenGLWidget>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <cmath>
#include <set>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr int rounds = 4;

/// A cortex on a template that the test wrote, over scores from formulas.
struct Bench {
    std::shared_ptr<FakeScores> source;
    JobRunner runner;
    ScoreData data{runner};
    SelectionModel selection;
    CortexWidget widget{selection, data};

    explicit Bench(FakeScoresOptions options = {}) {
        const int count = sphere(rounds).vertexCount();
        options.vertices = {count, count};
        options.layers = 6;
        source = std::make_shared<FakeScores>(options);
        Selection first;
        first.model = source->index().models.front().id;
        first.step = options.steps.back();
        selection.apply(first);
        widget.resize(900, 640);
        widget.show();
        data.setSource(source);
    }
    void setStep(std::int64_t step) {
        selection.edit([&](Selection& edited) { edited.step = step; });
    }
    [[nodiscard]] bool isReady() const { return widget.geometry() && widget.colorBar(); }
    /// A vertex of the cortex whose pixel picks that very vertex. The written parcellation has the medial wall at every
    /// third vertex.
    [[nodiscard]] VertexId clickable(Hemisphere hemisphere) const {
        for (int index = 1; index < source->index().vertexCounts.of(hemisphere); index += 3) {
            const auto at = widget.positionOfVertex({hemisphere, index});
            if (at && widget.vertexAt(at->toPoint()) == VertexId{hemisphere, index})
                return {hemisphere, index};
        }
        throw std::logic_error("no vertex is seen");
    }
    void dragBar(QPointF from, QPointF to) {
        QTest::mousePress(&widget, Qt::LeftButton, Qt::NoModifier, from.toPoint());
        for (const double share : {0.3, 0.7, 1.0})
            QTest::mouseMove(&widget, (from + share * (to - from)).toPoint());
        QTest::mouseRelease(&widget, Qt::LeftButton, Qt::NoModifier, to.toPoint());
    }
    /// Triggers an entry of the colour menu, or of one of its menus.
    void choose(const QString& text) {
        QMenu menu;
        widget.fillColorMenu(menu);
        for (QAction* action : menu.findChildren<QAction*>())
            if (action->text() == text)
                return action->trigger();
        throw std::logic_error("no such entry: " + text.toStdString());
    }
    [[nodiscard]] QColor pixelAt(VertexId vertex) {
        auto* canvas = widget.findChild<QOpenGLWidget*>("cortexCanvas");
        const QImage image = canvas->grabFramebuffer();
        const QPointF at = canvas->mapFrom(&widget, widget.positionOfVertex(vertex).value());
        return image.pixelColor((at * image.devicePixelRatio()).toPoint());
    }
};

int distance(const QColor& a, const QColor& b) {
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
}

} // namespace

class CortexWidgetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void showsTheBestScores();
    void clickPicksTheVertexUnderThePointer();
    void worksAtPixelRatios_data();
    void worksAtPixelRatios();
    void drawsWhatItShows();
    void followsTheStep();
    void blendsColoursAndNothingElse();
    void keepsOneRangeOverSteps();
    void showsBestLayersWithTheirNames();
    void followsLayerAndSubject();
    void readsOnceForManyChanges();
    void saysWhatIsNotComputedAndFillsIn();
    void saysThatATemplateIsMissing();
    void saysThatATemplateDoesNotFit();
    void saysThatThereIsNoFmri();
    void dragTurnsAndResetBringsBack();
    void camerasAreUndone();
    void keysTurnAndEnlarge();
    void showsAPropertyByArea();
    void showsMeansOfAreas();
    void wheelEnlarges();
    void pointingReadsOff();
    void followsTheSurface();
    void slidesBetweenSurfaces();
    void saysThatASurfaceIsUnknown();
    void keepsTheMapWhereASurfaceIsMissing();
    void saysThatFilesHaveNoScores();
    void drawsOnceForManyChanges();
    void camerasFollowTheSelection();
    void middleDragMoves();
    void looksAtThePick();
    void describesVertices();
    void namesTheSpaceOfCoordinates();
    void thresholdHidesLowScores();
    void followsTheTheme();
    void dragsTheThreshold();
    void dragsTheEndsOfTheRange();
    void doubleClickOnTheBarResets();
    void menuChoosesRangesAndColours();
    void showsOtherKindsOfMaps_data();
    void showsOtherKindsOfMaps();
    void hidesWhatIsNotSignificant();
    void usesTheUsersColourMap();
    void saysWhyThereIsNoDifference();
    void laysMapsOverEachOther();
    void dragsTheBarOfItsMap();
    void labelsHaveALegendAndEveryMapItsValue();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void CortexWidgetTest::initTestCase() {
    m_folder = std::make_unique<QTemporaryDir>();
    const std::filesystem::path root = m_folder->path().toStdString();
    const Mesh mesh = foldedHemisphere(Hemisphere::Left, rounds);
    writeFreeSurferTemplate(root / "fake/surf", mesh, {"pial", "inflated"});
    writeFreeSurferTemplate(root / "small/surf", octahedron(), {"pial", "inflated"});
    for (const char* side : {"lh", "rh"})
        writeFreeSurferMap(root / "fake/surf" / (std::string(side) + ".sulc"),
                           std::vector<float>(static_cast<std::size_t>(mesh.vertexCount()), 0.5F));
    writeAnnotations(root / "fake/label", "HCP-MMP1", mesh.vertexCount());
}

void CortexWidgetTest::init() {
    qputenv("BRAINLIKE_TEMPLATES", m_folder->path().toUtf8());
    QApplication::setPalette(Theme::lightPalette());
}

void CortexWidgetTest::showsTheBestScores() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    QCOMPARE(bench.widget.objectName(), QStringLiteral("cortex"));
    QVERIFY(bench.widget.message().isEmpty());
    QVERIFY(bench.widget.note().isEmpty());
    const auto best = bench.source->fmriBestLayer(0, 9)->score;
    const int left = bench.source->index().vertexCounts.left;
    for (const int vertex : {0, 17, left - 1}) {
        QCOMPARE(bench.widget.shownValue({Hemisphere::Left, vertex}).value(), double(best[std::size_t(vertex)]));
        QCOMPARE(bench.widget.shownValue({Hemisphere::Right, vertex}).value(),
                 double(best[std::size_t(left + vertex)]));
    }
    QCOMPARE(bench.widget.colorBar()->title, QStringLiteral("R (Pearson)"));
    QVERIFY(bench.widget.title().contains("step 10,000,000"));
}

void CortexWidgetTest::clickPicksTheVertexUnderThePointer() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    for (const Hemisphere hemisphere : hemispheres) {
        const VertexId vertex = bench.clickable(hemisphere);
        const QPoint at = bench.widget.positionOfVertex(vertex)->toPoint();
        QTest::mouseClick(&bench.widget, Qt::LeftButton, Qt::NoModifier, at);
        QCOMPARE(bench.selection.selection().vertex, std::optional(vertex));
    }
    const auto picked = bench.selection.selection().vertex;
    QTest::mouseClick(&bench.widget, Qt::LeftButton, Qt::NoModifier, QPoint(2, bench.widget.height() - 2));
    QCOMPARE(bench.selection.selection().vertex, picked);
}

void CortexWidgetTest::worksAtPixelRatios_data() {
    QTest::addColumn<QString>("ratio");
    QTest::newRow("1.5") << "1.5";
    QTest::newRow("2") << "2";
}

void CortexWidgetTest::worksAtPixelRatios() {
    QFETCH(QString, ratio);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_SCALE_FACTOR", ratio);
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(), {"clickPicksTheVertexUnderThePointer", "drawsWhatItShows"});
    QVERIFY(process.waitForFinished(120000));
    QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0,
             process.readAllStandardOutput().constData());
}

void CortexWidgetTest::drawsWhatItShows() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    QVERIFY(QTest::qWaitForWindowExposed(&bench.widget));
    bench.selection.edit([](Selection& edited) {
        edited.outlines = false;
        edited.threshold = 0.01;
    });
    const VertexId vertex = bench.clickable(Hemisphere::Left);
    const auto isDrawn = [&] {
        const Rgba8 wanted = bench.widget.shownColor(vertex);
        // Light and blending between vertices change the colour somewhat.
        return wanted.a == 255 && distance(bench.pixelAt(vertex), QColor(wanted.r, wanted.g, wanted.b)) < 150;
    };
    QTRY_VERIFY(isDrawn());
    const QColor score = bench.pixelAt(vertex);
    bench.selection.edit([](Selection& edited) { edited.map = MapKind::BestLayer; });
    QTRY_VERIFY(!bench.widget.colorBar()->layers.isEmpty());
    QTRY_VERIFY(isDrawn());
    QVERIFY(distance(bench.pixelAt(vertex), score) > 60);
}

void CortexWidgetTest::followsTheStep() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const VertexId vertex{Hemisphere::Left, 4};
    const double last = bench.widget.shownValue(vertex).value();
    const Rgba8 color = bench.widget.shownColor(vertex);
    QSignalSpy changed(&bench.widget, &CortexWidget::mapChanged);
    bench.setStep(0);
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(bench.widget.shownValue(vertex).value(), double(bench.source->fmriBestLayer(0, 0)->score[4]));
    QVERIFY(bench.widget.shownValue(vertex).value() < last);
    QVERIFY(bench.widget.shownColor(vertex) != color);
    QVERIFY(bench.widget.title().contains("untrained"));
}

/// While the training plays, if it is wanted: colours are between two checkpoints, whatever is read off is exact.
void CortexWidgetTest::blendsColoursAndNothingElse() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const auto& steps = bench.source->index().models.front().steps;
    const VertexId vertex = bench.clickable(Hemisphere::Left);
    const int flat = bench.widget.geometry()->counts.flatIndex(vertex);
    const auto exactAt = [&](std::size_t step) {
        return static_cast<double>(
            bench.source->fmriBestLayer(0, static_cast<int>(step))->score[static_cast<std::size_t>(flat)]);
    };
    const auto colorAt = [&] { return bench.widget.shownColor(vertex); };
    const Rgba8 last = colorAt();
    bench.setStep(steps[0]);
    QTRY_COMPARE(bench.widget.shownValue(vertex), std::optional(exactAt(0)));
    QVERIFY(!bench.widget.isBlending());
    const Rgba8 first = colorAt();
    QVERIFY(first != last);

    bench.widget.setBlendTime(100'000'000); // longer than this test takes
    bench.setStep(steps.back());
    QTRY_COMPARE(bench.widget.shownValue(vertex), std::optional(exactAt(steps.size() - 1)));
    QVERIFY(bench.widget.isBlending());
    QVERIFY(bench.widget.title().contains(stepText(steps.back())));
    QCOMPARE(colorAt(), first);   // it has hardly begun
    bench.widget.setBlendTime(0); // it pauses
    QVERIFY(!bench.widget.isBlending());
    QCOMPARE(colorAt(), last);

    // Time passes: the exact colours are there in the end, without anybody asking.
    bench.widget.setBlendTime(60);
    bench.setStep(steps[0]);
    QTRY_COMPARE(bench.widget.shownValue(vertex), std::optional(exactAt(0)));
    QTRY_VERIFY(!bench.widget.isBlending());
    QCOMPARE(colorAt(), first);

    // Another layer is no step of training.
    bench.widget.setBlendTime(100'000'000);
    bench.selection.edit(
        [&](Selection& next) { next.layer = bench.source->index().models.front().layerNames.front(); });
    QTRY_VERIFY(bench.widget.shownValue(vertex) != std::optional(exactAt(0)));
    QVERIFY(!bench.widget.isBlending());
}

void CortexWidgetTest::keepsOneRangeOverSteps() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const double high = bench.widget.colorBar()->scale->high;
    QSignalSpy changed(&bench.widget, &CortexWidget::mapChanged);
    bench.setStep(0);
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(bench.widget.colorBar()->scale->high, high);
    bench.selection.edit([](Selection& edited) { edited.range = ColorRange{0.1, 0.2}; });
    QTRY_COMPARE(bench.widget.colorBar()->scale->high, 0.2);
    QCOMPARE(bench.widget.colorBar()->scale->low, 0.1);
}

void CortexWidgetTest::showsBestLayersWithTheirNames() {
    Bench bench;
    bench.selection.edit([](Selection& edited) { edited.map = MapKind::BestLayer; });
    QTRY_VERIFY(bench.isReady() && !bench.widget.colorBar()->scale);
    const auto& names = bench.source->index().models[0].layerNames;
    QCOMPARE(bench.widget.colorBar()->layers.size(), qsizetype(names.size()));
    QCOMPARE(bench.widget.colorBar()->layers.front().toStdString(), names.front());
    const auto layers = bench.source->fmriBestLayer(0, 9)->layer;
    std::set<double> seen;
    for (int vertex = 0; vertex < bench.source->index().vertexCounts.left; ++vertex) {
        const double layer = bench.widget.shownValue({Hemisphere::Left, vertex}).value();
        QCOMPARE(layer, double(layers[std::size_t(vertex)]));
        const Rgba8 color = bench.widget.shownColor({Hemisphere::Left, vertex});
        const Rgba8 own = LayerScale{6}.colorOf(int(layer));
        const bool isOwn = color.r == own.r && color.g == own.g && color.b == own.b;
        QVERIFY(isOwn || (vertex % 3 == 0 && color.a == 0));
        seen.insert(layer);
    }
    QVERIFY(seen.size() > 1);
}

void CortexWidgetTest::followsLayerAndSubject() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const std::size_t vertex = 5;
    const auto shown = [&] { return bench.widget.shownValue({Hemisphere::Left, int(vertex)}).value_or(-9); };
    bench.selection.edit([&](Selection& edited) { edited.layer = bench.source->index().models[0].layerNames[4]; });
    QTRY_COMPARE(shown(), double((*bench.source->fmriMean(0, 9, 4))[vertex]));
    QVERIFY(bench.widget.title().contains("block_05 (layer 5 of 6)"));
    bench.selection.edit([&](Selection& edited) { edited.recording = bench.source->index().fmri[1].id; });
    QTRY_COMPARE(shown(), double((*bench.source->fmriScore(0, 9, 4, 1))[vertex]));
    QVERIFY(bench.widget.title().contains("S2"));
}

void CortexWidgetTest::readsOnceForManyChanges() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    QSignalSpy changed(&bench.widget, &CortexWidget::mapChanged);
    const auto& steps = bench.source->index().models[0].steps;
    for (int round = 0; round < 20; ++round)
        for (const std::int64_t step : steps)
            bench.setStep(step);
    bench.setStep(1000);
    const double wanted = double(bench.source->fmriBestLayer(0, 1)->score[3]);
    QTRY_COMPARE(bench.widget.shownValue({Hemisphere::Left, 3}).value_or(-9), wanted);
    // The one being read when the others came, and the last.
    QVERIFY(changed.count() <= 2);
}

void CortexWidgetTest::saysWhatIsNotComputedAndFillsIn() {
    FakeScoresOptions options;
    options.missing = {1000};
    Bench bench(options);
    QTRY_VERIFY(bench.isReady());
    bench.setStep(1000);
    QTRY_COMPARE(bench.widget.note(), QStringLiteral("Not computed yet"));
    QVERIFY(!bench.widget.shownValue({Hemisphere::Left, 3}));
    QVERIFY(!bench.widget.colorBar());
    QCOMPARE(int(bench.widget.shownColor({Hemisphere::Left, 3}).a), 0);
    bench.source->setMissing({});
    bench.data.noteArrival();
    QTRY_VERIFY(bench.widget.shownValue({Hemisphere::Left, 3}).has_value());
    QVERIFY(bench.widget.note().isEmpty());
}

void CortexWidgetTest::saysThatATemplateIsMissing() {
    const QTemporaryDir empty;
    qputenv("BRAINLIKE_TEMPLATES", empty.path().toUtf8());
    Bench bench;
    QTRY_VERIFY(bench.widget.message().contains("template fake was not found"));
    QVERIFY(bench.widget.message().contains(empty.path()));
    QVERIFY(!bench.widget.geometry());
    QVERIFY(bench.widget.describeVertex({Hemisphere::Left, 0}).isEmpty());
}

void CortexWidgetTest::saysThatATemplateDoesNotFit() {
    const QTemporaryDir other;
    const std::filesystem::path root = other.path().toStdString();
    writeFreeSurferTemplate(root / "fake/surf", octahedron(), {"pial", "inflated"});
    qputenv("BRAINLIKE_TEMPLATES", other.path().toUtf8());
    Bench bench;
    QTRY_VERIFY(bench.widget.message().contains("do not lie on the template fake"));
    QVERIFY(bench.widget.message().contains("1026"));
}

void CortexWidgetTest::saysThatThereIsNoFmri() {
    FakeScoresOptions options;
    options.fmri = false;
    Bench bench(options);
    QVERIFY(bench.widget.message().contains("no fMRI"));
    bench.data.setSource(nullptr);
    QVERIFY(bench.widget.message().contains("Open a study"));
}

void CortexWidgetTest::dragTurnsAndResetBringsBack() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const VertexId vertex = bench.clickable(Hemisphere::Left);
    const QPoint at = bench.widget.positionOfVertex(vertex)->toPoint();
    QTest::mousePress(&bench.widget, Qt::LeftButton, Qt::NoModifier, at);
    QTest::mouseMove(&bench.widget, at + QPoint(20, 0));
    QTest::mouseMove(&bench.widget, at + QPoint(40, 4));
    QTest::mouseRelease(&bench.widget, Qt::LeftButton, Qt::NoModifier, at + QPoint(40, 4));
    QVERIFY(!bench.selection.selection().vertex);
    const auto turned = bench.widget.positionOfVertex(vertex);
    QVERIFY(!turned || (*turned - at).manhattanLength() > 5);
    bench.widget.resetCamera();
    QCOMPARE(bench.widget.positionOfVertex(vertex)->toPoint(), at);
}

void CortexWidgetTest::camerasAreUndone() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const auto drag = [&](QPoint from, QPoint by) {
        QTest::mousePress(&bench.widget, Qt::LeftButton, Qt::NoModifier, from);
        QTest::mouseMove(&bench.widget, from + by / 2);
        QTest::mouseMove(&bench.widget, from + by);
        QTest::mouseRelease(&bench.widget, Qt::LeftButton, Qt::NoModifier, from + by);
    };
    const auto& view = bench.widget.findChild<CortexCanvas*>()->scene().view();
    const VertexId vertex = bench.clickable(Hemisphere::Left);
    const QPoint at = bench.widget.positionOfVertex(vertex)->toPoint();
    QTest::mouseClick(&bench.widget, Qt::LeftButton, Qt::NoModifier, at);
    QCOMPARE(bench.selection.selection().vertex, vertex);
    drag(at, {40, 4});
    const auto once = bench.selection.selection().cameras;
    QCOMPARE(once.size(), std::size_t(1));
    QCOMPARE(bench.selection.undoable(), std::set<std::string>{"cameras"});
    drag(at, {0, 60});
    const Eigen::Matrix3d twice = view.panels().front().axes;
    // Each drag is a step, however soon it follows; the pick stays.
    bench.selection.undo();
    QCOMPARE(bench.selection.selection().cameras, once);
    QCOMPARE(view.cameras(), once);
    QVERIFY(!view.panels().front().axes.isApprox(twice));
    bench.selection.undo();
    QVERIFY(bench.selection.selection().cameras.empty() && !view.isTurned());
    QCOMPARE(bench.selection.selection().vertex, vertex);
    QCOMPARE(bench.widget.positionOfVertex(vertex)->toPoint(), at);
    bench.selection.redo();
    QCOMPARE(view.cameras(), once);
    // Another preset begins as it is made.
    bench.selection.edit([](Selection& next) { showPreset(next, "left"); });
    QVERIFY(!view.isTurned());
    bench.selection.undo();
    QCOMPARE(view.cameras(), once);
}

void CortexWidgetTest::keysTurnAndEnlarge() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const auto& view = bench.widget.findChild<CortexCanvas*>()->scene().view();
    const PanelView before = view.panels().front();
    bench.selection.setMergeTime(std::chrono::hours(1));
    for (int press = 0; press < 9; ++press)
        bench.widget.turnCamera(10, 0);
    // A quarter turn to the right: what pointed to the viewer points right.
    QVERIFY(view.panels().front().axes.row(0).isApprox(before.axes.row(2), 1e-4));
    bench.widget.zoomCamera(1.25);
    QVERIFY(std::abs(view.panels().front().pixelsPerMm / before.pixelsPerMm - 1.25) < 1e-6);
    const double left = view.panels().front().anchor.x;
    bench.widget.moveCamera(0.1, 0);
    QVERIFY(std::abs(view.panels().front().anchor.x - left - 0.1 * before.viewport.width) < 0.5);
    QCOMPARE(bench.selection.selection().cameras, view.cameras());
    // Presses that follow each other are one step.
    bench.selection.undo();
    QVERIFY(bench.selection.selection().cameras.empty());
}

void CortexWidgetTest::showsAPropertyByArea() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const QString table = m_folder->filePath("thickness.csv");
    QFile file(table);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("area,thickness\nlh:V1,2\nlh:MT,3\n");
    file.close();
    bench.selection.edit([&](Selection& next) { showProperty(next, table.toStdString()); });
    // Areas come in turn: unknown, V1, MT.
    QTRY_COMPARE(bench.widget.shownValue({Hemisphere::Left, 1}), std::optional(2.0));
    QCOMPARE(bench.widget.shownValue({Hemisphere::Left, 5}), std::optional(3.0));
    QVERIFY(!bench.widget.shownValue({Hemisphere::Left, 3}));
    QVERIFY(!bench.widget.shownValue({Hemisphere::Right, 1}));
    QCOMPARE(bench.widget.shownColor({Hemisphere::Right, 1}).a, 0);
    QCOMPARE(bench.widget.describeValue({Hemisphere::Left, 5}), QStringLiteral("thickness 3"));
    QCOMPARE(bench.widget.describeValue({Hemisphere::Right, 5}),
             QStringLiteral("thickness not known (of the left hemisphere alone)"));
    QCOMPARE(bench.widget.colorBar()->title, QStringLiteral("Thickness"));
    QCOMPARE(bench.widget.colorBar()->note, QStringLiteral("Mean of each area\nOf the left hemisphere alone"));
    QVERIFY2(bench.widget.title().startsWith("Property of the cortex"), qPrintable(bench.widget.title()));
    // Nothing blends across a border: neighbours of different areas differ in class.
    QCOMPARE(bench.widget.firstMap()->areas.at(1), std::int16_t(1));
    QCOMPARE(bench.widget.firstMap()->areas.at(5), std::int16_t(2));
    bench.selection.edit([](Selection& next) { showProperty(next, "no such property"); });
    QTRY_VERIFY(!bench.widget.message().isEmpty() || !bench.widget.note().isEmpty());
}

void CortexWidgetTest::showsMeansOfAreas() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const auto best = bench.source->fmriBestLayer(0, 9)->score;
    const int left = bench.source->index().vertexCounts.left;
    double sum = 0;
    int count = 0;
    for (int vertex = 1; vertex < left; vertex += 3, ++count)
        sum += static_cast<double>(best[std::size_t(left + vertex)]);
    bench.selection.edit([](Selection& next) { next.areaMeans = true; });
    QTRY_VERIFY(bench.widget.firstMap() && !bench.widget.firstMap()->areas.empty());
    for (const int vertex : {1, 4, 7})
        QVERIFY(std::abs(bench.widget.shownValue({Hemisphere::Right, vertex}).value() - sum / count) < 1e-6);
    QVERIFY(!bench.widget.shownValue({Hemisphere::Right, 0}));
    QVERIFY(bench.widget.title().startsWith("Encoding score, mean of areas"));
    QVERIFY(bench.widget.describeValue({Hemisphere::Right, 1}).startsWith("area mean R "));
    QCOMPARE(bench.widget.colorBar()->note, QStringLiteral("Mean of each area"));
    const Rgba8 color = bench.widget.shownColor({Hemisphere::Right, 1});
    QCOMPARE(bench.widget.shownColor({Hemisphere::Right, 4}), color);
    bench.selection.undo();
    QTRY_VERIFY(bench.widget.firstMap()->areas.empty());
}

void CortexWidgetTest::wheelEnlarges() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const VertexId vertex = bench.clickable(Hemisphere::Left);
    const QPointF at = bench.widget.positionOfVertex(vertex).value();
    const auto widest = [&] {
        double left = 1e9, right = -1e9;
        for (int index = 0; index < bench.source->index().vertexCounts.left; ++index)
            if (const auto place = bench.widget.positionOfVertex({Hemisphere::Left, index})) {
                left = std::min(left, place->x());
                right = std::max(right, place->x());
            }
        return right - left;
    };
    const double before = widest();
    QWheelEvent event(at, bench.widget.mapToGlobal(at), {}, QPoint(0, -240), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&bench.widget, &event);
    QVERIFY(widest() < before);
    QVERIFY((*bench.widget.positionOfVertex(vertex) - at).manhattanLength() < 1);
}

void CortexWidgetTest::pointingReadsOff() {
    qRegisterMetaType<std::optional<VertexId>>();
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const VertexId vertex = bench.clickable(Hemisphere::Right);
    std::optional<VertexId> hovered;
    int count = 0;
    QObject::connect(&bench.widget, &CortexWidget::hovered, &bench.widget, [&](std::optional<VertexId> id) {
        hovered = id;
        ++count;
    });
    QTest::mouseMove(&bench.widget, bench.widget.positionOfVertex(vertex)->toPoint());
    QTRY_COMPARE(hovered, std::optional(vertex));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&bench.widget, &leave);
    QTRY_VERIFY(!hovered);
    QVERIFY(count >= 2);
    QVERIFY(!bench.selection.selection().vertex);
}

void CortexWidgetTest::followsTheSurface() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    QSignalSpy changed(&bench.widget, &CortexWidget::geometryChanged);
    bench.selection.edit([](Selection& edited) { edited.surface = "pial"; });
    QTRY_COMPARE(changed.count(), 1);
    QVERIFY(bench.widget.geometry()->surface == SurfaceBlend{SurfaceKind::Pial});
    QVERIFY(bench.widget.colorBar());
    bench.selection.edit([](Selection& edited) { edited.surface = "flat"; });
    QTRY_VERIFY(bench.widget.note().contains("flat"));
    bench.selection.edit([](Selection& edited) { edited.surface = "inflated"; });
    QTRY_VERIFY(bench.widget.geometry()->surface == SurfaceBlend{SurfaceKind::Inflated});
}

void CortexWidgetTest::slidesBetweenSurfaces() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const auto inflated = bench.widget.geometry();
    for (int place = 100; place <= 150; ++place)
        bench.selection.edit([&](Selection& edited) { edited.surface = nameOf(blendAt(0.01 * place)); });
    QTRY_VERIFY(bench.widget.geometry()->surface == surfaceBlendFrom("pial+0.5"));
    QVERIFY(bench.widget.colorBar().has_value());
    const VertexId vertex = bench.clickable(Hemisphere::Left);
    QVERIFY(bench.widget.shownColor(vertex).a > 0);
    bench.selection.edit([](Selection& edited) { edited.surface = "inflated"; });
    QTRY_VERIFY(bench.widget.geometry()->surface.isPure());
    QVERIFY(bench.widget.geometry()->side(Hemisphere::Left).mesh.points ==
            inflated->side(Hemisphere::Left).mesh.points);
}

void CortexWidgetTest::saysThatASurfaceIsUnknown() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    bench.selection.edit([](Selection& edited) { edited.surface = "jelly"; });
    QTRY_VERIFY(bench.widget.note().contains("jelly"));
    bench.selection.edit([](Selection& edited) { edited.surface = "sphere"; });
    QTRY_VERIFY(bench.widget.note().contains("no sphere surface"));
}

void CortexWidgetTest::keepsTheMapWhereASurfaceIsMissing() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    QCOMPARE(bench.widget.geometry()->surfaces, (std::vector{SurfaceKind::Pial, SurfaceKind::Inflated}));
    const VertexId vertex = bench.clickable(Hemisphere::Left);
    const Rgba8 color = bench.widget.shownColor(vertex);
    const auto drawn = bench.widget.geometry();
    bench.selection.edit([](Selection& edited) { edited.surface = "flat"; });
    QTRY_VERIFY(bench.widget.note().contains("no flat surface"));
    QVERIFY(bench.widget.colorBar());
    QCOMPARE(bench.widget.shownColor(vertex), color);
    QCOMPARE(bench.widget.geometry(), drawn);
    // The map goes on, and the reason stays as long as it holds.
    bench.setStep(0);
    QTRY_VERIFY(bench.widget.shownColor(vertex) != color);
    QVERIFY(bench.widget.note().contains("no flat surface"));
    bench.setStep(10000000);
    QTRY_COMPARE(bench.widget.shownColor(vertex), color);
    bench.selection.edit([](Selection& edited) { edited.surface = "inflated"; });
    QTRY_VERIFY(bench.widget.note().isEmpty());
    QVERIFY(bench.widget.colorBar());
    QCOMPARE(bench.widget.shownColor(vertex), color);
}

void CortexWidgetTest::saysThatFilesHaveNoScores() {
    Bench bench;
    const int count = sphere(rounds).vertexCount();
    bench.data.setSource(std::make_shared<FakeMaps>(
        "fake", VertexCounts{count, count},
        std::vector<ImportedMap>{
            {.name = "thickness", .values = std::vector<float>(static_cast<std::size_t>(2 * count), 2.5F)}}));
    bench.selection.edit([](Selection& next) {
        next.map = MapKind::Imported;
        next.importedMap = "thickness";
    });
    QTRY_VERIFY(bench.isReady());
    bench.selection.edit([](Selection& next) { next.map = MapKind::HalfTime; });
    QTRY_VERIFY2(bench.widget.note().contains("no scores"), qPrintable(bench.widget.note()));
    bench.selection.edit([](Selection& next) { next.map = MapKind::Imported; });
    QTRY_VERIFY(bench.widget.note().isEmpty() && bench.widget.colorBar());
}

void CortexWidgetTest::drawsOnceForManyChanges() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    auto* canvas = bench.widget.findChild<CortexCanvas*>();
    QTRY_VERIFY(canvas->isSettled());
    QCoreApplication::processEvents();
    const int before = canvas->drawnPictures();
    for (int i = 0; i < 20; ++i) {
        bench.selection.edit([&](Selection& edited) {
            edited.outlines = i % 2 == 0;
            edited.cameraPreset = i % 2 == 0 ? "left" : "dorsal";
            edited.gap = i;
            edited.threshold = 0.01 * i;
        });
    }
    QTRY_VERIFY(canvas->drawnPictures() > before);
    QCoreApplication::processEvents();
    QVERIFY(canvas->drawnPictures() == before + 1);
}

void CortexWidgetTest::camerasFollowTheSelection() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    auto& view = bench.widget.findChild<CortexCanvas*>()->scene().view();
    bench.selection.edit([](Selection& edited) {
        edited.linkedCameras = false;
        edited.gap = 42;
        edited.underlay = "binary";
    });
    QVERIFY(!view.isLinked());
    QVERIFY(view.panels().front().apart >= 21);
    QVERIFY(bench.widget.findChild<CortexCanvas*>()->scene().style().underlay.folding == FoldingStyle::Binary);
    bench.selection.edit([](Selection& edited) { edited.underlay = "stripes"; });
    QTRY_VERIFY(bench.widget.note().contains("stripes"));
}

void CortexWidgetTest::middleDragMoves() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const VertexId vertex = bench.clickable(Hemisphere::Left);
    const QPointF from = bench.widget.positionOfVertex(vertex).value();
    QTest::mousePress(&bench.widget, Qt::MiddleButton, {}, from.toPoint());
    const QPoint to = from.toPoint() + QPoint(0, 30);
    QMouseEvent moved(QEvent::MouseMove, QPointF(to), bench.widget.mapToGlobal(QPointF(to)), Qt::NoButton,
                      Qt::MiddleButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&bench.widget, &moved);
    QTest::mouseRelease(&bench.widget, Qt::MiddleButton, {}, to);
    QVERIFY(!bench.selection.selection().vertex);
    const QPointF after = bench.widget.positionOfVertex(vertex).value();
    QVERIFY(std::abs(after.y() - from.y() - 30) < 1);
    QVERIFY(std::abs(after.x() - from.x()) < 1);
}

void CortexWidgetTest::looksAtThePick() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    auto& view = bench.widget.findChild<CortexCanvas*>()->scene().view();
    const double scale = view.panels().front().pixelsPerMm;
    bench.widget.lookAtPick();
    QCOMPARE(view.panels().front().pixelsPerMm, scale);
    const VertexId vertex = bench.clickable(Hemisphere::Left);
    bench.selection.edit([&](Selection& edited) { edited.vertex = vertex; });
    bench.widget.lookAtPick();
    QCOMPARE(view.panels().front().pixelsPerMm, 4 * scale);
    bench.widget.resetCamera();
    QCOMPARE(view.panels().front().pixelsPerMm, scale);
}

void CortexWidgetTest::describesVertices() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    // Label 1 of the written parcellation is V1; it comes second in turn.
    const QString text = bench.widget.describeVertex({Hemisphere::Left, 1});
    QVERIFY2(text.startsWith("lh 1 · V1 · x y z ") && text.endsWith(" in fake"), qPrintable(text));
    QVERIFY(bench.widget.describeVertex({Hemisphere::Right, 1000}).startsWith("rh 1,000"));
}

void CortexWidgetTest::namesTheSpaceOfCoordinates() {
    CortexGeometry geometry;
    geometry.counts = {1, 0};
    geometry.sides[0].head.resize(1, 3);
    geometry.sides[0].head << 10, -20, 35; // the example of FreeSurfer's documentation
    geometry.space = {.name = "MNI305", .isMni305 = true};
    QCOMPARE(placeText(geometry, {}), QStringLiteral("lh 0 · MNI152 11 −18 36 · MNI305 10 −20 35"));
    geometry.space = {.name = "fsLR"};
    QCOMPARE(placeText(geometry, {}), QStringLiteral("lh 0 · x y z 10 −20 35 in fsLR"));
    geometry.sides[0].head.resize(0, 3);
    QCOMPARE(placeText(geometry, {}), QStringLiteral("lh 0"));
}

void CortexWidgetTest::thresholdHidesLowScores() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    bench.selection.edit([](Selection& edited) { edited.threshold = 0.2; });
    const auto best = bench.source->fmriBestLayer(0, 9)->score;
    const auto hidesAsItShould = [&] {
        for (int vertex = 1; vertex < bench.source->index().vertexCounts.left; vertex += 3)
            if ((bench.widget.shownColor({Hemisphere::Left, vertex}).a == 255) != (best[std::size_t(vertex)] >= 0.2F))
                return false;
        return true;
    };
    QTRY_VERIFY(hidesAsItShould());
}

void CortexWidgetTest::followsTheTheme() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    auto* canvas = bench.widget.findChild<QOpenGLWidget*>("cortexCanvas");
    QTRY_VERIFY(canvas->grabFramebuffer().pixelColor(3, 3).lightness() > 200);
    QApplication::setPalette(Theme::darkPalette());
    QTRY_VERIFY(canvas->grabFramebuffer().pixelColor(3, 3).lightness() < 60);
}

void CortexWidgetTest::dragsTheThreshold() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const QRectF band = bench.widget.colorBarBand();
    const double high = bench.widget.colorBar()->scale->high;
    bench.dragBar({band.left() - 5, band.bottom()}, {band.left() - 5, band.center().y()});
    const double threshold = bench.selection.selection().threshold;
    QVERIFY(std::abs(threshold - high / 2) < 0.05 * high);
    QTRY_COMPARE(bench.widget.colorBar()->scale->threshold, threshold);
    QCOMPARE(thresholdMarks(*bench.widget.colorBar()->scale), std::vector{threshold});
    QVERIFY(!bench.selection.selection().vertex);
    // The whole drag is undone at once.
    bench.selection.undo();
    QCOMPARE(bench.selection.selection().threshold, 0.0);
    QVERIFY(bench.selection.undoable() != std::set<std::string>{"threshold"});
}

void CortexWidgetTest::dragsTheEndsOfTheRange() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const QRectF band = bench.widget.colorBarBand();
    const double high = bench.widget.colorBar()->scale->high;
    bench.dragBar({band.center().x(), band.top()}, {band.center().x(), band.top() + band.height() / 4});
    QVERIFY(bench.selection.selection().range.has_value());
    QVERIFY(std::abs(bench.selection.selection().range->high - 0.75 * high) < 0.05 * high);
    QCOMPARE(bench.selection.selection().range->low, 0.0);
    QTRY_COMPARE(bench.widget.colorBar()->scale->high, bench.selection.selection().range->high);
    // Once let go, the band spans the new range.
    QTRY_VERIFY(!bench.widget.colorBar()->axis);
    QVERIFY(bench.widget.colorBar()->isCutHigh);
}

void CortexWidgetTest::doubleClickOnTheBarResets() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    bench.selection.edit([](Selection& edited) {
        edited.range = ColorRange{0.1, 0.2};
        edited.threshold = 0.15;
    });
    QTRY_COMPARE(bench.widget.colorBar()->scale->high, 0.2);
    QTest::mouseDClick(&bench.widget, Qt::LeftButton, Qt::NoModifier, bench.widget.colorBarBand().center().toPoint());
    QVERIFY(!bench.selection.selection().range);
    QCOMPARE(bench.selection.selection().threshold, 0.0);
    QTRY_VERIFY(bench.widget.colorBar()->scale->high > 0.2);
}

void CortexWidgetTest::menuChoosesRangesAndColours() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const Selection& now = bench.selection.selection();
    bench.choose("Percentiles 2 to 98 of this map");
    QCOMPARE(now.rangeRule, RangeRule::Percentile2);
    QTRY_VERIFY(bench.widget.colorBar()->scale->low > 0 || bench.widget.colorBar()->scale->high < 0.4);
    bench.choose("This range everywhere");
    QCOMPARE(now.range->high, bench.widget.colorBar()->scale->high);
    bench.choose("Symmetric about zero");
    QTRY_COMPARE(bench.widget.colorBar()->scale->low, -bench.widget.colorBar()->scale->high);
    bench.choose("Reset range and threshold");
    QVERIFY(!now.range && !now.symmetric);
    bench.choose("lajolla");
    QTRY_COMPARE(bench.widget.colorBar()->scale->map.name(), std::string("lajolla"));
    const Rgba8 seen = bench.widget.colorBar()->scale->map.at(0.5);
    bench.choose("Deuteranopia (no green cones)");
    QTRY_COMPARE(bench.widget.colorBar()->scale->map.at(0.5), seenWith(seen, ColorVision::Deuteranopia));
}

void CortexWidgetTest::showsOtherKindsOfMaps_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("bar");
    QTest::addColumn<QString>("value");
    QTest::newRow("half-time") << "half-time"
                               << "Half-time of the encoding score"
                               << "Half-time (steps)"
                               << "half";
    QTest::newRow("difference") << "difference"
                                << "less untrained"
                                << "ΔR (Pearson)"
                                << "ΔR ";
    QTest::newRow("t") << "t"
                       << "t of the encoding score"
                       << "t"
                       << "t ";
    QTest::newRow("q") << "q"
                       << "q of the encoding score"
                       << "−log₁₀ q"
                       << "q ";
}

void CortexWidgetTest::showsOtherKindsOfMaps() {
    QFETCH(QString, kind);
    QFETCH(QString, title);
    QFETCH(QString, bar);
    QFETCH(QString, value);
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    bench.selection.edit([&](Selection& edited) { showMap(edited, mapKindFrom(kind.toStdString())); });
    QTRY_VERIFY2(bench.widget.title().contains(title), qPrintable(bench.widget.title()));
    QCOMPARE(bench.widget.colorBar()->title, bar);
    const auto map = readCortexMap(*bench.source, bench.selection.selection());
    for (const int vertex : {4, 61, 700}) {
        const auto shown = bench.widget.shownValue({Hemisphere::Left, vertex});
        const double wanted = double(map->values[std::size_t(vertex)]);
        QVERIFY(shown ? *shown == wanted : std::isnan(wanted));
        const QString text = bench.widget.describeValue({Hemisphere::Left, vertex});
        QVERIFY2(text.contains(value), qPrintable(text));
    }
}

void CortexWidgetTest::hidesWhatIsNotSignificant() {
    Bench bench;
    bench.selection.edit([&](Selection& edited) { edited.layer = bench.source->index().models[0].layerNames[1]; });
    QTRY_VERIFY(bench.isReady());
    bench.selection.edit([](Selection& edited) { edited.significance = Significance::Hide; });
    const auto q = *bench.source->fmriQ(0, 9, 1);
    const auto hidesAsItShould = [&] {
        for (int vertex = 1; vertex < bench.source->index().vertexCounts.left; vertex += 3)
            if ((bench.widget.shownColor({Hemisphere::Left, vertex}).a > 0) != (q[std::size_t(vertex)] < 0.01F))
                return false;
        return true;
    };
    QTRY_VERIFY(hidesAsItShould());
    QVERIFY(std::any_of(q.begin(), q.end(), [](float value) { return value >= 0.01F; }));
    QTRY_VERIFY2(bench.widget.colorBar()->note.contains("q < 0.01"), qPrintable(bench.widget.colorBar()->note));
}

void CortexWidgetTest::usesTheUsersColourMap() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    QTemporaryDir folder;
    QFile file(folder.filePath("own.xml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("<ColorMaps><ColorMap><Point x='0' r='0' g='0' b='0'/><Point x='1' r='0' g='1' b='0'/>"
               "</ColorMap></ColorMaps>");
    file.close();
    bench.widget.useColorMapFile(file.fileName());
    QTRY_COMPARE(bench.widget.colorBar()->scale->map.name(), std::string("own"));
    QCOMPARE(bench.widget.colorBar()->scale->map.at(1), (Rgba8{0, 255, 0, 255}));
    bench.widget.useColorMapFile(folder.filePath("none.xml"));
    QTRY_VERIFY(bench.widget.note().contains("colour map cannot be read"));
    QCOMPARE(bench.widget.colorBar()->scale->map.name(), std::string("own"));
}

void CortexWidgetTest::saysWhyThereIsNoDifference() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    bench.setStep(0);
    bench.selection.edit([](Selection& edited) {
        edited.difference = {DifferenceBase::PreviousStep, {}};
        showMap(edited, MapKind::Difference);
    });
    QTRY_VERIFY2(bench.widget.note().contains("nothing to take away"), qPrintable(bench.widget.note()));
    QVERIFY(!bench.widget.colorBar());
}

void CortexWidgetTest::laysMapsOverEachOther() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    const VertexId vertex = bench.clickable(Hemisphere::Left);
    const Rgba8 below = bench.widget.shownColor(vertex);
    StackedMap t;
    t.kind = MapKind::TValue;
    t.recording = "fmri-S1";
    bench.selection.edit([&](Selection& next) { addMap(next, t); });
    QTRY_VERIFY(bench.widget.colorBar(1));
    QCOMPARE(bench.widget.colorBar(1)->title, QStringLiteral("t · S1"));
    QCOMPARE(bench.widget.colorBars().bars.front().map, 1);
    QCOMPARE(bench.widget.colorBars().bars.size(), std::size_t(2));
    const Rgba8 above = bench.widget.shownColor(vertex);
    QVERIFY(above != below);
    QVERIFY2(bench.widget.describeStack(vertex).startsWith("t "), qPrintable(bench.widget.describeStack(vertex)));
    QVERIFY(bench.widget.describeStack(vertex).endsWith("(S1)"));
    // Between the two, by its opacity.
    bench.selection.edit([](Selection& next) { next.stack[0].placement.opacity = 0.5; });
    QTRY_VERIFY(bench.widget.shownColor(vertex) != above);
    const Rgba8 half = bench.widget.shownColor(vertex);
    QVERIFY(std::abs(2 * half.r - above.r - below.r) <= 6 && std::abs(2 * half.g - above.g - below.g) <= 6);
    QSignalSpy changes(&bench.widget, &CortexWidget::mapChanged);
    bench.selection.edit([](Selection& next) { next.stack[0].placement.isVisible = false; });
    QTRY_VERIFY(!bench.widget.colorBar(1));
    QCOMPARE(bench.widget.shownColor(vertex), below);
    QVERIFY(bench.widget.describeStack(vertex).isEmpty());
    QVERIFY(!changes.isEmpty());
    bench.selection.undo();
    QTRY_VERIFY(bench.widget.colorBar(1));
}

void CortexWidgetTest::dragsTheBarOfItsMap() {
    Bench bench;
    QTRY_VERIFY(bench.isReady());
    StackedMap q;
    q.kind = MapKind::QValue;
    bench.selection.edit([&](Selection& next) { addMap(next, q); });
    QTRY_VERIFY(bench.widget.colorBar(1));
    const QRectF band = bench.widget.colorBarBand(1);
    bench.dragBar(QPointF(band.left() - 5, band.bottom()), QPointF(band.left() - 5, band.center().y()));
    const Selection& now = bench.selection.selection();
    QVERIFY(now.stack[0].threshold > 0);
    QCOMPARE(now.threshold, 0.0);
    QCOMPARE(bench.selection.undoable(), std::set<std::string>{"stack/1/threshold"});
    QMenu menu;
    bench.widget.fillColorMenu(menu, 1);
    for (QAction* action : menu.actions())
        if (action->text() == "Reset range and threshold")
            action->trigger();
    QCOMPARE(now.stack[0].threshold, 0.0);
}

void CortexWidgetTest::labelsHaveALegendAndEveryMapItsValue() {
    Bench bench;
    const int count = sphere(rounds).vertexCount();
    const auto total = static_cast<std::size_t>(2 * count);
    std::vector<std::int16_t> labels(total, 0);
    std::fill(labels.begin() + count, labels.end(), std::int16_t(1));
    bench.data.setSource(std::make_shared<FakeMaps>(
        "fake", VertexCounts{count, count},
        std::vector<ImportedMap>{{.name = "thickness", .values = std::vector<float>(total, 2.5F)},
                                 {.name = "areas",
                                  .labels = labels,
                                  .areas = {Area{.name = "here", .color = {200, 0, 0, 255}},
                                            Area{.name = "there", .color = {0, 0, 200, 255}}}}}));
    bench.selection.edit([](Selection& next) {
        next.map = MapKind::Imported;
        next.importedMap = "thickness";
        StackedMap areas;
        areas.kind = MapKind::Imported;
        areas.importedMap = "areas";
        addMap(next, areas);
    });
    QTRY_VERIFY(bench.widget.colorBar(1) && bench.widget.colorBar());
    const ColorBar legend = bench.widget.colorBar(1).value();
    QVERIFY(legend.isLegend());
    QCOMPARE(legend.swatches.size(), std::size_t(2));
    QCOMPARE(legend.swatches[1].second, QStringLiteral("there"));
    const VertexId right = bench.clickable(Hemisphere::Right);
    QCOMPARE(bench.widget.shownColor(right), (Rgba8{0, 0, 200, 255}));
    QCOMPARE(bench.widget.describeStack(right), QStringLiteral("areas there"));
    QCOMPARE(bench.widget.describeValue(right), QStringLiteral("thickness 2.5"));
}

int main(int argc, char** argv) {
    prepareGraphics();
    QApplication application(argc, argv);
    CortexWidgetTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "CortexWidgetTest.moc"
