#include "core/session/SelectionDefaults.h"
#include "core/tables/ScoreTables.h"
#include "tests/support/Expectations.h"
#include "tests/support/PairedAreas.h"
#include "tests/support/PanelFixture.h"
#include "tests/support/SmallScores.h"
#include "views/layers/DepthPlot.h"
#include "views/layers/DifferencePlot.h"
#include "views/layers/LayerMatrix.h"
#include "views/layers/LayersPanel.h"
#include "views/plots/ScatterPlot.h"
#include "views/plots/UnitBox.h"
#include "views/state/NumberText.h"

#include <QComboBox>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace brainlike;
using namespace brainlike::test;

namespace {

/// The panel on small scores with planted best layers: V1 block0, V2 block1, MT block2, left IFSp block3.
struct Shown {
    ScratchFolder folder;
    std::shared_ptr<const ScoreFile> file = std::make_shared<ScoreFile>(SmallScores(folder.path()).file());
    JobRunner runner;
    ScoreData scores{runner};
    SelectionModel selection;
    LayersPanel panel{selection, scores};

    Shown() {
        writePairedAreas(folder.path() / "template/label");
        Selection first;
        first.model = "first";
        first.step = 10000;
        selection.apply(first);
        panel.resize(420, 320);
        panel.show();
        scores.setSource(file);
    }
    /// As a user does: an entry of a box of choices.
    void choose(const char* box, int index) {
        auto* choices = panel.findChild<QComboBox*>(box);
        choices->setCurrentIndex(index);
        Q_EMIT choices->activated(index);
    }
    void chooseMode(LayersMode mode) { choose("layersMode", static_cast<int>(mode)); }
    void compareWith(std::int64_t step) {
        selection.edit([step](Selection& next) {
            next.isCompared = true;
            next.difference = {.base = DifferenceBase::Step, .name = {}, .step = step};
        });
    }
    LayerMatrix& matrix() { return *panel.findChild<LayerMatrix*>("layerMatrix"); }
    ScatterPlot& plot() {
        for (auto* plot : panel.findChildren<ScatterPlot*>())
            if (plot->isVisible())
                return *plot;
        qFatal("no scatter is shown");
    }
    int columnOf(const QString& name) {
        const auto& columns = matrix().content().columns;
        for (int column = 0; column < static_cast<int>(columns.size()); ++column)
            if (columns[static_cast<std::size_t>(column)].name == name)
                return column;
        return -1;
    }
    QPoint placeOf(const LayerMatrix::Cell& cell) { return matrix().cellRect(cell).center().toPoint(); }
    void showAreas() {
        chooseMode(LayersMode::Matrix);
        choose("matrixLevel", 1);
    }
    bool hasAreas() { return panel.message().isEmpty() && columnOf("IFSp") >= 0; }

    /// Number in the row of a table whose columns have these texts.
    double number(TableRequest request, const std::map<std::string, std::string>& where, const std::string& column,
                  std::int64_t step = 10000) {
        request.model = "first";
        request.step = step;
        const Table table = scoreTable(*file, request);
        for (const auto& row : table.rows) {
            bool fits = true;
            for (const auto& [name, text] : where)
                fits = fits && std::get<std::string>(row[table.column(name)]) == text;
            if (!fits)
                continue;
            const TableCell& cell = row[table.column(column)];
            if (const auto* whole = std::get_if<std::int64_t>(&cell))
                return static_cast<double>(*whole);
            if (const auto* rounded = std::get_if<float>(&cell))
                return static_cast<double>(*rounded);
            return std::holds_alternative<double>(cell) ? std::get<double>(cell) : std::nan("");
        }
        return std::nan("");
    }
    double areaScore(const std::string& id, const QString& layer, std::int64_t step = 10000) {
        return number({.what = "encoding", .level = "area", .layer = "all"},
                      {{"id", id}, {"layer", layer.toStdString()}}, "score", step);
    }
};

/// "r 0.912, n 8", as the readouts begin.
QString correlationStart(double r, double n) {
    return QStringLiteral("r %1, n %2 ").arg(scoreText(r)).arg(static_cast<int>(n));
}

bool isNear(double a, double b) {
    return std::abs(a - b) < 1e-6 || (std::isnan(a) && std::isnan(b));
}

} // namespace

class LayersModesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theMatrixIsTheTableOfScoresInTheOrderOfTheHierarchy() {
        Shown shown;
        shown.showAreas();
        QTRY_VERIFY(shown.hasAreas());
        const LayerMatrixContent& content = shown.matrix().content();
        QCOMPARE(content.columns.front().name, QStringLiteral("V1"));
        QVERIFY(std::ranges::is_sorted(content.columns, {}, &LayerMatrixContent::Column::distance));
        int compared = 0;
        for (const auto& column : content.columns)
            for (int side = 0; side < 2; ++side)
                for (int layer = 0; layer < content.layers.size(); ++layer) {
                    const int unit = column.units[static_cast<std::size_t>(side)];
                    const std::string id = (side == 0 ? "lh:" : "rh:") + column.name.toStdString();
                    const double expected = shown.areaScore(id, content.layers[layer]);
                    QVERIFY2(isNear(content.values(layer, unit), expected), id.c_str());
                    compared += std::isfinite(expected) ? 1 : 0;
                }
        QVERIFY(compared >= 28);
        QCOMPARE(shown.panel.title(), QStringLiteral("R of layers × areas · first · step 10,000 · mean of 3 subjects"));
    }

    void theBestLayersArePlanted() {
        Shown shown;
        shown.showAreas();
        QTRY_VERIFY(shown.hasAreas());
        const std::map<QString, int> planted{{"V1", 0}, {"V2", 1}, {"MT", 2}, {"IFSp", 3}};
        for (const auto& [name, layer] : planted) {
            const auto& content = shown.matrix().content();
            const int unit = content.columns[static_cast<std::size_t>(shown.columnOf(name))].units[0];
            QCOMPARE(content.best[static_cast<std::size_t>(unit)], layer);
        }
    }

    void pointingAtACellNamesItsExactNumber() {
        Shown shown;
        shown.showAreas();
        QTRY_VERIFY(shown.hasAreas());
        hover(shown.matrix(), shown.placeOf({shown.columnOf("MT"), 0, 1}));
        QVERIFY2(shown.panel.readout().startsWith(
                     QStringLiteral("MT (left) · block1 · R %1 · ").arg(scoreText(shown.areaScore("lh:MT", "block1")))),
                 qPrintable(shown.panel.readout()));
        QVERIFY(shown.panel.readout().contains(QStringLiteral("best block2, margin ")));
    }

    void clickingACellSelectsItsLayerAndAreaAndAgainNeither() {
        Shown shown;
        shown.showAreas();
        QTRY_VERIFY(shown.hasAreas());
        const LayerMatrix::Cell cell{shown.columnOf("V2"), 1, 2};
        QTest::mouseClick(&shown.matrix(), Qt::LeftButton, {}, shown.placeOf(cell));
        const Selection& selection = shown.selection.selection();
        QCOMPARE(selection.layer, std::optional<std::string>("block2"));
        QCOMPARE(selection.regions.areas, std::vector<std::string>{"V2"});
        QVERIFY(selection.vertex && selection.vertex->hemisphere == Hemisphere::Right);
        QTRY_COMPARE(shown.matrix().markedColumns(), std::vector<int>{cell.column});
        QCOMPARE(shown.matrix().markedLayer(), 2);
        QTest::mouseClick(&shown.matrix(), Qt::LeftButton, {}, shown.placeOf(cell));
        QVERIFY(!selection.layer && selection.regions.areas.empty() && !selection.vertex);
        QTRY_VERIFY(shown.matrix().markedColumns().empty());
    }

    void brushingGoesBothWays() {
        Shown shown;
        shown.showAreas();
        QTRY_VERIFY(shown.hasAreas());
        const QPoint from = shown.placeOf({1, 0, 1}), to = shown.placeOf({2, 0, 1});
        QTest::mousePress(&shown.matrix(), Qt::LeftButton, {}, from);
        drag(shown.matrix(), to);
        QTest::mouseRelease(&shown.matrix(), Qt::LeftButton, {}, to);
        const auto name = [&](int column) {
            return shown.matrix().content().columns[static_cast<std::size_t>(column)].name.toStdString();
        };
        QCOMPARE(shown.selection.selection().regions.areas, (std::vector<std::string>{name(1), name(2)}));
        shown.selection.edit([&](Selection& next) { next.regions.areas = {name(3), name(0)}; });
        QTRY_COMPARE(shown.matrix().markedColumns(), (std::vector<int>{0, 3}));
    }

    void otherParcellationsAndRegionsAreColumns() {
        Shown shown;
        shown.chooseMode(LayersMode::Matrix);
        auto& units = *shown.panel.findChild<UnitBox*>("matrixLevel");
        QTRY_VERIFY(units.findText("Areas of pairs") >= 0);
        shown.choose("matrixLevel", units.findText("Areas of pairs"));
        QTRY_VERIFY(shown.panel.message().isEmpty() && shown.columnOf("P1") >= 0);
        QVERIFY2(shown.panel.title().startsWith("R of layers × areas of pairs"), qPrintable(shown.panel.title()));
        // P0 is V1 and V2, as the study's ROI "early".
        const int column = shown.columnOf("P0");
        const auto& content = shown.matrix().content();
        const int unit = content.columns[static_cast<std::size_t>(column)].units[0];
        const double expected = shown.number({.what = "encoding", .level = "roi", .layer = "all"},
                                             {{"id", "lh:early"}, {"layer", content.layers[1].toStdString()}}, "score");
        QVERIFY(std::abs(content.values(1, unit) - expected) < 1e-6);
        QTest::mouseClick(&shown.matrix(), Qt::LeftButton, {}, shown.placeOf({column, 0, 1}));
        QCOMPARE(shown.selection.selection().regions.parcellation, std::string("pairs"));
        QCOMPARE(shown.selection.selection().regions.areas, std::vector<std::string>{"P0"});
        QTRY_COMPARE(shown.matrix().markedColumns(), std::vector<int>{column});
        // The same vertices as a region of the user's.
        RoiSet set = withVertices({}, "mine", Hemisphere::Left, std::vector<std::int32_t>{0, 1, 2, 3, 4, 5});
        shown.selection.edit([&](Selection& next) { next.regions.rois = SharedRois(set); });
        shown.choose("matrixLevel", units.findText("Your regions"));
        QTRY_VERIFY(shown.panel.message().isEmpty() && shown.columnOf("mine") >= 0);
        QVERIFY(std::abs(shown.matrix().content().values(1, 0) - expected) < 1e-6);
        // And in the scatter against the distance from V1.
        shown.chooseMode(LayersMode::Hierarchy);
        auto& dots = *shown.panel.findChild<UnitBox*>("hierarchyLevel");
        shown.choose("hierarchyLevel", dots.findText("Areas of pairs"));
        QTRY_VERIFY(shown.panel.title().contains("areas of pairs") && !shown.plot().points().empty());
        lasso(shown.plot(), QRectF(shown.plot().positionOf(0), QSizeF(0, 0)));
        QCOMPARE(shown.selection.selection().regions.parcellation, std::string("pairs"));
        QVERIFY(!shown.plot().brushed().empty());
    }

    void roisAreColumnsOfTheirAreas() {
        Shown shown;
        shown.chooseMode(LayersMode::Matrix);
        QTRY_VERIFY(shown.panel.message().isEmpty() && shown.columnOf("early") >= 0);
        QTest::mouseClick(&shown.matrix(), Qt::LeftButton, {}, shown.placeOf({shown.columnOf("early"), 0, 0}));
        QCOMPARE(shown.selection.selection().regions.areas, (std::vector<std::string>{"V1", "V2"}));
    }

    void theMatrixShowsTheDifferenceOfAAndB() {
        Shown shown;
        shown.compareWith(100);
        shown.showAreas();
        QTRY_VERIFY(shown.hasAreas() && shown.panel.title().contains("B: step 100"));
        const LayerMatrixContent& content = shown.matrix().content();
        for (int layer = 0; layer < 4; ++layer) {
            const int unit = content.columns[static_cast<std::size_t>(shown.columnOf("V1"))].units[0];
            QVERIFY(isNear(content.values(layer, unit), shown.areaScore("lh:V1", content.layers[layer]) -
                                                            shown.areaScore("lh:V1", content.layers[layer], 100)));
        }
        QCOMPARE(content.scale.low, -content.scale.high);
        shown.choose("matrixSide", 2);
        QTRY_COMPARE(shown.panel.title(),
                     QStringLiteral("R of layers × areas · first · step 100 · mean of 3 subjects · "
                                    "B alone"));
    }

    void timesOfTheMaximumAreTheTables() {
        Shown shown;
        shown.chooseMode(LayersMode::Times);
        QTRY_VERIFY(shown.panel.readout().startsWith("temporal score r "));
        const TableRequest models{.what = "temporal"}, layers{.what = "temporal", .level = "layer"};
        QVERIFY(shown.panel.readout().contains(
            correlationStart(shown.number(models, {}, "r"), shown.number(models, {}, "n"))));
        QCOMPARE(shown.plot().points().size(), std::size_t(4));
        for (const auto& point : shown.plot().points())
            QVERIFY(isNear(point.y, 1000 * shown.number(layers, {{"layer", point.name.toStdString()}}, "t_max")));
        QTest::mouseClick(&shown.plot(), Qt::LeftButton, {}, shown.plot().positionOf(1).toPoint());
        QCOMPARE(shown.selection.selection().layer, std::optional<std::string>("block1"));
        QTRY_COMPARE(shown.plot().picked(), 1);
    }

    /// Of the chosen subject's MEG, found by its name; who has none is not taken for the group.
    void timesAreTheChosenSubjects() {
        Shown shown;
        shown.chooseMode(LayersMode::Times);
        const auto choose = [&](const char* subject) {
            const auto subjects = subjectsOf(shown.file->index());
            const auto found = std::ranges::find(subjects, subject, &ScoredRecording::subject);
            shown.selection.edit([&](Selection& next) { next.recording = found->id; });
        };
        for (const char* subject : {"ann", "dan"}) { // dan has no fMRI
            choose(subject);
            QTRY_VERIFY2(shown.panel.title().endsWith(QStringLiteral("subject %1").arg(subject)),
                         qPrintable(shown.panel.title()));
            const TableRequest layers{.what = "temporal", .level = "layer", .subject = subject};
            for (const auto& point : shown.plot().points())
                QVERIFY(isNear(point.y, 1000 * shown.number(layers, {{"layer", point.name.toStdString()}}, "t_max")));
        }
        choose("bea");
        QTRY_COMPARE(shown.panel.message(), QStringLiteral("subject bea has no MEG in this study"));
    }

    void timesOfBAreHollowWithACorrelationOfTheirOwn() {
        Shown shown;
        shown.chooseMode(LayersMode::Times);
        shown.compareWith(1000);
        QTRY_VERIFY(shown.panel.readout().startsWith("A: temporal score r "));
        const auto& points = shown.plot().points();
        QVERIFY(std::ranges::any_of(points, &ScatterPlot::Point::isOther));
        const TableRequest layers{.what = "temporal", .level = "layer"};
        for (const auto& point : points)
            QVERIFY(isNear(point.y, 1000 * shown.number(layers, {{"layer", point.name.toStdString()}}, "t_max",
                                                        point.isOther ? 1000 : 10000)));
        QCOMPARE(shown.panel.title(),
                 QStringLiteral("T_max over depth · first · A: step 10,000 | B: step 1,000 · mean of 2 subjects"));
    }

    void theSpatialScoreIsTheTablesOnEveryLevel_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("level");
        QTest::newRow("areas") << 0 << "area";
        QTest::newRow("ROIs") << 1 << "roi";
        QTest::newRow("vertices") << 2 << "vertex";
    }
    void theSpatialScoreIsTheTablesOnEveryLevel() {
        QFETCH(int, index);
        QFETCH(QString, level);
        Shown shown;
        shown.chooseMode(LayersMode::Hierarchy);
        shown.choose("hierarchyLevel", index);
        const TableRequest request{.what = "spatial", .level = level.toStdString()};
        const double n = shown.number(request, {}, "n"), r = shown.number(request, {}, "r");
        const QString expected = std::isfinite(r) ? correlationStart(r, n) : QStringLiteral("no correlation");
        QTRY_VERIFY2(shown.panel.readout().contains(expected), qPrintable(shown.panel.readout() + " | " + expected));
        double counted = 0;
        for (const auto& point : shown.plot().points())
            counted += point.weight;
        QCOMPARE(counted, n);
    }

    void clickingADotPicksItsAreaAndThePickedVertexItsDot() {
        Shown shown;
        shown.chooseMode(LayersMode::Hierarchy);
        QTRY_VERIFY(shown.panel.readout().startsWith("spatial score r "));
        const auto& points = shown.plot().points();
        const auto found = std::ranges::find(points, QStringLiteral("MT (left)"), &ScatterPlot::Point::name);
        QVERIFY(found != points.end());
        const int at = static_cast<int>(found - points.begin());
        QCOMPARE(found->y, SmallScores::depths[2]);
        QTest::mouseClick(&shown.plot(), Qt::LeftButton, {}, shown.plot().positionOf(at).toPoint());
        QCOMPARE(shown.selection.selection().vertex.value_or(VertexId{}).hemisphere, Hemisphere::Left);
        QVERIFY(shown.selection.selection().vertex &&
                shown.selection.selection().vertex->index / 2 == 3); // MT's are 6, 7
        QTRY_COMPARE(shown.plot().picked(), at);
        shown.selection.edit([](Selection& next) { next.vertex = VertexId{Hemisphere::Left, 0}; }); // V1
        QTRY_COMPARE(shown.plot().points()[static_cast<std::size_t>(std::max(0, shown.plot().picked()))].name,
                     QStringLiteral("V1 (left)"));
    }

    void aWindowOfMegHasTheTablesScores() {
        Shown shown;
        QTRY_VERIFY(shown.panel.findChild<QComboBox*>("layersWhat")->count() > 1);
        shown.choose("layersWhat", 1);
        QTRY_VERIFY(shown.panel.title().startsWith("MEG window mid · first · step 10,000"));
        const TableRequest request{.what = "encoding", .level = "window", .layer = "all"};
        auto& depth = *shown.panel.findChild<DepthPlot*>("depthPlot");
        for (int layer = 0; layer < 4; ++layer) {
            const std::string name = "block" + std::to_string(layer);
            const std::map<std::string, std::string> where{{"id", "mid"}, {"layer", name}};
            hover(depth, QPointF(depth.xAxis->coordToPixel(SmallScores::depths[static_cast<std::size_t>(layer)]), 40));
            QCOMPARE(shown.panel.readout(),
                     QString::fromStdString(name) + QStringLiteral(" · R ") +
                         scoreText(shown.number(request, where, "score"), shown.number(request, where, "sem")));
        }
    }

    void overDepthBAndTheDifferenceAreShown() {
        Shown shown;
        shown.selection.edit([](Selection& next) { next.vertex = VertexId{Hemisphere::Left, 4}; });
        shown.compareWith(1000);
        auto& difference = *shown.panel.findChild<DifferencePlot*>("differencePlot");
        QTRY_COMPARE(difference.values().size(), std::size_t(4));
        QVERIFY(difference.isVisible());
        const DimensionScores scores = shown.file->fmriVertex(0, 4);
        for (int layer = 0; layer < 4; ++layer)
            QVERIFY(isNear(difference.values()[static_cast<std::size_t>(layer)],
                           static_cast<double>(scores.mean(4, layer)) - static_cast<double>(scores.mean(2, layer))));
        QCOMPARE(shown.panel.title(),
                 QStringLiteral("lh 4 · first · A: step 10,000 | B: step 1,000 · mean ± SEM of 3 subjects"));
        QVERIFY(shown.panel.caption().startsWith(QStringLiteral("A − B: most at ")));
        shown.selection.edit([](Selection& next) { next.isCompared = false; });
        QTRY_VERIFY(!difference.isVisible());
    }

    void theStepMovesEveryPicture() {
        Shown shown;
        for (const LayersMode mode :
             {LayersMode::Depth, LayersMode::Matrix, LayersMode::Times, LayersMode::Hierarchy}) {
            shown.chooseMode(mode);
            shown.selection.edit([](Selection& next) { next.step = 1000; });
            QTRY_VERIFY(shown.panel.title().contains("step 1,000"));
            shown.selection.edit([](Selection& next) { next.step = 10000; });
            QTRY_VERIFY(shown.panel.title().contains("step 10,000"));
        }
    }

    void whatIsMissingIsSaidAndTheChoicesStay() {
        PanelFixture fixture({.meg = false});
        LayersPanel panel(fixture.selection, fixture.scores);
        panel.show();
        fixture.open();
        panel.setMode(LayersMode::Times);
        QTRY_COMPARE(panel.message(), QStringLiteral("No MEG in this study"));
        QVERIFY(panel.findChild<QComboBox*>("layersMode")->isVisible());
        panel.setMode(LayersMode::Matrix);
        QTRY_COMPARE(panel.message(), QStringLiteral("Shown once all scores are computed"));
        panel.setMode(LayersMode::Depth);
        QTRY_VERIFY(panel.message().isEmpty());
    }
};

QTEST_MAIN(LayersModesTest)
#include "LayersModesTest.moc"
