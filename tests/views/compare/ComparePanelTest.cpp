#include "views/compare/ComparePanel.h"

#include "core/session/Comparison.h"
#include "core/session/SelectionDefaults.h"
#include "core/tables/ScoreTables.h"
#include "tests/support/Expectations.h"
#include "tests/support/PairedAreas.h"
#include "tests/support/PanelFixture.h"
#include "tests/support/SmallScores.h"
#include "tests/support/TestFiles.h"
#include "views/compare/CompareTexts.h"
#include "views/plots/ScatterPlot.h"
#include "views/state/NumberText.h"

#include <QComboBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

using namespace brainlike;
using namespace brainlike::test;

namespace {

/// The panel on two models, five checkpoints, three subjects with fMRI and two with MEG.
struct ShownComparison {
    ScratchFolder folder;
    std::shared_ptr<const ScoreFile> file = std::make_shared<ScoreFile>(SmallScores(folder.path()).file());
    JobRunner runner;
    ScoreData scores{runner};
    SelectionModel selection;
    ComparePanel panel{selection, scores};

    explicit ShownComparison(const Difference& difference = {DifferenceBase::Model, "second"}) {
        writePairedAreas(folder.path() / "template/label");
        Selection first;
        first.model = "first";
        first.step = 10000;
        first.difference = difference;
        selection.apply(first);
        panel.resize(480, 620);
        panel.show();
        scores.setSource(file);
    }
    [[nodiscard]] bool isRead() const { return table().rowCount() > 0 && !text("compareText").isEmpty(); }
    [[nodiscard]] QTableWidget& table(const char* name = "compareTable") const {
        return *panel.findChild<QTableWidget*>(name);
    }
    [[nodiscard]] QString cell(int row, int column, const char* name = "compareTable") const {
        return table(name).item(row, column)->text();
    }
    [[nodiscard]] QString text(const char* name) const { return panel.findChild<QLabel*>(name)->text(); }
    /// As `brainlike scores --what compare` has it for a unit.
    [[nodiscard]] std::vector<TableCell> tableRow(CompareUnit unit) const {
        return scoreTable(*file, {.what = "compare", .compare = {.models = {"first", "second"}, .unit = unit}})
            .rows.at(0);
    }
};

} // namespace

class ComparePanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTableIsThatOfTheScores() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        QCOMPARE(shown.table().rowCount(), 5);
        const std::array units{CompareUnit::Subjects, CompareUnit::Rois, CompareUnit::Areas, CompareUnit::Vertices,
                               CompareUnit::Windows};
        for (int row = 0; row < 5; ++row) {
            const auto expected = shown.tableRow(units[static_cast<std::size_t>(row)]);
            QCOMPARE(shown.cell(row, 0), unitTitle(units[static_cast<std::size_t>(row)]));
            const auto n = std::get<std::int64_t>(expected[3]);
            QCOMPARE(shown.cell(row, 1), countText(n));
            if (n == 0)
                continue;
            QCOMPARE(shown.cell(row, 2), scoreText(std::get<double>(expected[7])));
            QCOMPARE(shown.cell(row, 3), cellText(std::get<double>(expected[4])));
            QCOMPARE(shown.cell(row, 4), probabilityText(std::get<double>(expected[5])));
            QCOMPARE(shown.cell(row, 5), probabilityText(std::get<double>(expected[6])));
        }
        QCOMPARE(shown.panel.title().section(QStringLiteral(" · "), 0, 1),
                 QStringLiteral("Comparison of encoding scores · A: first | B: second"));
    }

    void saysTheSmallestPInPlainWords() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        const QString words = shown.text("compareText");
        QVERIFY2(words.contains("The smallest p that 3 subjects can reach is 0.25."), qPrintable(words));
        QVERIFY2(words.contains("A is above B in 3 of 3 subjects"), qPrintable(words));
        shown.table().selectRow(2);
        QVERIFY2(shown.text("compareText").contains("Areas of one brain are not independent"),
                 qPrintable(shown.text("compareText")));
        auto& plot = *shown.panel.findChild<ScatterPlot*>("comparePlot");
        QVERIFY(plot.isVisible());
        QCOMPARE(plot.points().size(), shown.panel.sides()[2].ids.size());
    }

    void clickingAnAreaChoosesIt() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        shown.table().selectRow(2);
        auto& plot = *shown.panel.findChild<ScatterPlot*>("comparePlot");
        Q_EMIT plot.clicked(0);
        QCOMPARE(shown.selection.selection().regions.areas, std::vector<std::string>{"V1"});
    }

    void everyUnitSelectsWhatItStandsForAndIsMarked() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        auto& plot = *shown.panel.findChild<ScatterPlot*>("comparePlot");
        const auto pointOf = [&](int row, const char* id) {
            shown.table().selectRow(row);
            const auto& ids = shown.panel.sides()[static_cast<std::size_t>(row)].ids;
            return static_cast<int>(std::ranges::find(ids, id) - ids.begin());
        };
        const auto flat = [&] {
            return shown.file->index().vertexCounts.flatIndex(*shown.selection.selection().vertex);
        };
        // Subjects: their own scores; again: the mean.
        Q_EMIT plot.clicked(pointOf(0, "bea"));
        QCOMPARE(shown.selection.selection().recording, std::optional<std::string>("fmri-bea"));
        QCOMPARE(plot.picked(), 1);
        Q_EMIT plot.clicked(1);
        QVERIFY(!shown.selection.selection().recording);
        QTRY_COMPARE(plot.picked(), -1);
        // ROIs: their areas, and a vertex of theirs.
        QTRY_VERIFY(shown.isRead());
        Q_EMIT plot.clicked(pointOf(1, "early"));
        QCOMPARE(shown.selection.selection().regions.areas, (std::vector<std::string>{"V1", "V2"}));
        QCOMPARE(plot.brushed(), (std::vector<int>{0}));
        QCOMPARE(plot.picked(), 0);
        // An area of the right hemisphere: the area, and a vertex there.
        const int right = pointOf(2, "rh:MT");
        Q_EMIT plot.clicked(right);
        QCOMPARE(shown.selection.selection().regions.areas, std::vector<std::string>{"MT"});
        QCOMPARE(shown.selection.selection().vertex->hemisphere, Hemisphere::Right);
        QCOMPARE(plot.picked(), right);
        QCOMPARE(plot.brushed().size(), std::size_t(2)); // chosen in both
        // Vertices.
        Q_EMIT plot.clicked(pointOf(3, "rh:4"));
        QVERIFY((shown.selection.selection().vertex == VertexId{Hemisphere::Right, 4}));
        QCOMPARE(plot.picked(), flat());
        // Windows: a time within.
        Q_EMIT plot.clicked(pointOf(4, "mid"));
        QCOMPARE(shown.selection.selection().time, std::optional(0.2));
        QCOMPARE(plot.picked(), 0);
        // And the other way round.
        shown.selection.edit([](Selection& next) { next.time = 0.5; });
        QCOMPARE(plot.picked(), 1);
        shown.table().selectRow(2);
        shown.selection.edit([](Selection& next) { next.regions.areas = {"V1", "IFSp"}; });
        QCOMPARE(plot.brushed().size(), std::size_t(4));
        lasso(plot, QRectF(plot.positionOf(right), QSizeF(0, 0)));
        const auto& chosen = shown.selection.selection().regions.areas;
        QVERIFY(std::ranges::find(chosen, "MT") != chosen.end());
    }

    void otherScoresAreComparedOverSubjects() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        auto& metric = *shown.panel.findChild<QComboBox*>("compareMetric");
        for (const CurveMetric wanted : {CurveMetric::Spatial, CurveMetric::Temporal, CurveMetric::EncodingMeg}) {
            metric.setCurrentIndex(metric.findData(static_cast<int>(wanted)));
            const auto row = scoreTable(*shown.file, {.what = "compare",
                                                      .compare = {.models = {"first", "second"}, .metric = wanted}})
                                 .rows.at(0);
            QTRY_COMPARE(shown.cell(0, 2), scoreText(std::get<double>(row[7])));
            QCOMPARE(shown.cell(0, 4), probabilityText(std::get<double>(row[5])));
            QVERIFY(shown.panel.sides()[2].missing.size() > 10); // areas have none
            QVERIFY2(shown.panel.title().startsWith("Comparison · " + metricTitle(wanted)),
                     qPrintable(shown.panel.title()));
        }
    }

    void setsOfTheUsersAreUnits() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        shown.selection.edit([](Selection& next) {
            next.windows = std::vector<TimeWindow>{{"mine", 0.1, 0.3}};
            RoiSet set;
            set = withVertices(set, "V1 of mine", Hemisphere::Left, std::vector<std::int32_t>{0, 1, 2});
            next.regions.rois = SharedRois(set);
        });
        QTRY_VERIFY(shown.panel.sides()[4].ids == std::vector<std::string>{"mine"});
        auto& rois = *shown.panel.findChild<UnitBox*>("compareRois");
        rois.setCurrentIndex(rois.findText("Your regions"));
        Q_EMIT rois.activated(rois.currentIndex());
        QTRY_VERIFY(shown.panel.sides()[1].ids == std::vector<std::string>{"V1 of mine"});
        auto& areas = *shown.panel.findChild<UnitBox*>("compareAreas");
        const auto& byArea = shown.panel.sides()[2];
        const auto left = std::ranges::find(byArea.ids, "lh:V1") - byArea.ids.begin();
        QCOMPARE(shown.panel.sides()[1].a[0], byArea.a[static_cast<std::size_t>(left)]); // the same vertices
        QTRY_VERIFY(areas.findText("Areas of pairs") >= 0);
        areas.setCurrentIndex(areas.findText("Areas of pairs"));
        Q_EMIT areas.activated(areas.currentIndex());
        QTRY_VERIFY(shown.panel.sides()[2].ids.front() == "lh:P0");
    }

    void windowsOfASubjectAreItsOwn() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        shown.selection.edit([](Selection& next) { next.recording = "fmri-ann"; });
        QTRY_VERIFY2(shown.panel.title().contains("subject ann"), qPrintable(shown.panel.title()));
        const auto of = [&](const char* model) {
            return scoreTable(*shown.file,
                              {.what = "encoding", .level = "window", .model = model, .step = 10000, .subject = "ann"});
        };
        const auto a = of("first"), b = of("second");
        const auto& side = shown.panel.sides()[4];
        QCOMPARE(side.unit, CompareUnit::Windows);
        QVERIFY(side.ids.size() >= 2);
        for (std::size_t window = 0; window < 2; ++window) {
            QVERIFY(std::abs(side.a[window] - std::get<double>(a.rows[window][a.column("score")])) < 1e-6);
            QVERIFY(std::abs(side.b[window] - std::get<double>(b.rows[window][b.column("score")])) < 1e-6);
        }
        shown.selection.edit([](Selection& next) { next.recording = "fmri-bea"; });
        QTRY_VERIFY2(shown.panel.title().contains("subject bea"), qPrintable(shown.panel.title()));
        QVERIFY2(shown.panel.sides()[4].missing.find("bea") != std::string::npos,
                 shown.panel.sides()[4].missing.c_str());
        QVERIFY(shown.panel.sides()[2].missing.empty());
    }

    void theMeanCanBeB() {
        ShownComparison shown({DifferenceBase::Subject, meanOfSubjects});
        shown.selection.edit([](Selection& next) { next.recording = "fmri-bea"; });
        QTRY_VERIFY2(shown.panel.title().contains("A: subject bea | B: mean of 3 subjects"),
                     qPrintable(shown.panel.title()));
        const auto of = [&](const char* subject) {
            return scoreTable(
                *shown.file,
                {.what = "encoding", .level = "area", .model = "first", .step = 10000, .subject = subject});
        };
        const auto own = of("bea"), mean = of("mean");
        const auto& side = shown.panel.sides()[2];
        for (std::size_t area = 0; area < side.ids.size(); ++area) {
            QVERIFY(std::abs(side.a[area] - std::get<double>(own.rows[area][own.column("score")])) < 1e-6);
            QVERIFY(std::abs(side.b[area] - std::get<double>(mean.rows[area][mean.column("score")])) < 1e-6);
        }
        shown.selection.edit([](Selection& next) { next.recording.reset(); });
        QTRY_VERIFY(shown.text("compareText").contains("the mean of the subjects itself is selected"));
    }

    void plotsLieBesideTheTablesWhereThereIsRoom() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        auto& plot = *shown.panel.findChild<ScatterPlot*>("comparePlot");
        shown.table().selectRow(2);
        QTRY_VERIFY(plot.mapTo(&shown.panel, QPoint()).y() > shown.table().mapTo(&shown.panel, QPoint()).y());
        shown.panel.resize(1100, 420);
        QTRY_VERIFY(plot.mapTo(&shown.panel, QPoint()).x() >=
                    shown.table().mapTo(&shown.panel, QPoint(shown.table().width(), 0)).x());
        QVERIFY(plot.mapTo(&shown.panel, QPoint(0, plot.height())).y() <= shown.panel.height());
        QVERIFY2(shown.panel.title().contains("best of 4 layers"), qPrintable(shown.panel.title()));
    }

    void followsTheSelection() {
        ShownComparison shown({DifferenceBase::FirstStep});
        QTRY_VERIFY(shown.isRead());
        QVERIFY2(shown.panel.title().contains("A: step 10,000 | B: untrained"), qPrintable(shown.panel.title()));
        const auto steps = scoreTable(
            *shown.file, {.what = "compare", .model = "first", .compare = {.between = CompareBetween::Steps}});
        // The table has each checkpoint against the last: the sign is the other way round.
        QCOMPARE(shown.cell(0, 2), scoreText(-std::get<double>(steps.rows[0][7])));
        QCOMPARE(shown.cell(0, 4), probabilityText(std::get<double>(steps.rows[0][5])));
        shown.selection.edit([](Selection& next) { next.step = 1000; });
        QTRY_VERIFY(shown.panel.title().contains("A: step 1,000 | B: untrained"));
    }

    void saysWhyThereIsNothingToCompareWith() {
        ShownComparison shown({DifferenceBase::PreviousStep});
        shown.selection.edit([](Selection& next) { next.step = 0; });
        QTRY_COMPARE(shown.text("compareText"),
                     QStringLiteral("Nothing to compare with: no checkpoint before untrained."));
        QVERIFY(shown.table().isHidden());
        QVERIFY(!shown.panel.findChild<ScatterPlot*>("comparePlot")->isVisible());
        QCOMPARE(shown.table("modelTable").rowCount(), 2); // models need no other side
    }

    void saysWhatSubjectsCannotBe() {
        ShownComparison shown({DifferenceBase::Subject, "fmri-bea"});
        QTRY_VERIFY(shown.isRead());
        QVERIFY2(shown.text("compareText").contains("subjects cannot be the pairs"),
                 qPrintable(shown.text("compareText")));
        QCOMPARE(shown.cell(0, 1), QStringLiteral("–"));
        QVERIFY(shown.cell(2, 1) != QStringLiteral("–"));
    }

    void modelsHaveTheFitsOfTheTable() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        const auto fits = scoreTable(*shown.file, {.what = "log-fit"});
        QCOMPARE(shown.table("modelTable").rowCount(), 2);
        const auto& metric = *shown.panel.findChild<QComboBox*>("factorScore");
        QCOMPARE(metric.count(), 4);
        for (const auto& row : fits.rows) {
            const int model = std::get<std::string>(row[0]) == "first" ? 0 : 1;
            for (int place = 0; place < metric.count(); ++place) {
                if (std::get<std::string>(row[1]) != nameOf(curveMetrics[static_cast<std::size_t>(place)]))
                    continue;
                shown.panel.findChild<QComboBox*>("factorScore")->setCurrentIndex(place);
                QCOMPARE(shown.cell(model, 6, "modelTable"), scoreText(std::get<double>(row[4])));
                QCOMPARE(shown.cell(model, 7, "modelTable"), scoreText(std::get<double>(row[5])));
            }
        }
        const auto scores = scoreTable(*shown.file, {.what = "encoding", .onlyLastStep = true});
        QCOMPARE(shown.cell(0, 2, "modelTable"), scoreText(std::get<double>(scores.rows[0][scores.column("score")])));
        QVERIFY2(shown.text("modelText").contains("No fit: fewer than two models"),
                 qPrintable(shown.text("modelText")));
        shown.panel.findChild<QComboBox*>("factor")->setCurrentIndex(1);
        QVERIFY2(shown.text("modelText").contains("Ten times as many steps"), qPrintable(shown.text("modelText")));
    }

    void imageTypesAreComparedWithinASize() {
        const ModelFactors factors = [] {
            ModelFactors made;
            for (int model = 0; model < 4; ++model) {
                ModelFactor& factor = made.models.emplace_back();
                factor.model = model;
                factor.scores = {0.1 + 0.01 * model, 0, 0, 0};
            }
            return made;
        }();
        ScoreIndex index;
        for (const auto& [type, parameters] :
             {std::pair("human", 3e8), std::pair("satellite", 3e8), std::pair("human", 7e9), std::pair("human", 3e8)}) {
            ScoredModel& model = index.models.emplace_back();
            model.imageType = type;
            model.parameters = parameters;
        }
        // The one of 7 B has no counterpart, and takes no part.
        QCOMPARE(imageTypeSentence(factors, CurveMetric::EncodingFmri, index),
                 QStringLiteral("Image types at 300M parameters: human 0.115 (n = 2), satellite 0.110 (n = 1)."));
    }

    void namesStandBesideTheLineAndNoneIsLeftOut() {
        ScatterPlot plot;
        plot.resize(360, 220);
        plot.setTheme({});
        std::vector<ScatterPlot::Point> points;
        for (const auto& [name, x, y] : {std::tuple("Small", 7.3, 0.096), std::tuple("Base", 7.9, 0.101),
                                         std::tuple("Large", 8.5, 0.105), std::tuple("Giant", 9.04, 0.107)})
            points.push_back({.name = name, .x = x, .y = y});
        plot.show();
        plot.setPoints(points, {"log₁₀ parameters"}, {"Score"});
        QCOMPARE(plot.names(), (QStringList{"Small", "Base", "Large", "Giant"}));
    }

    void aRowSelectsItsModel() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        shown.panel.findChild<QTabWidget*>("compareTabs")->setCurrentIndex(1);
        auto& table = shown.table("modelTable");
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualItemRect(table.item(1, 0)).center());
        QCOMPARE(shown.selection.selection().model, std::string("second"));
    }

    void waitsForScores() {
        PanelFixture fixture;
        ComparePanel panel(fixture.selection, fixture.scores);
        panel.show();
        QTRY_COMPARE(panel.message(), QStringLiteral("Open scores of models to compare them."));
        fixture.open();
        QTRY_VERIFY(panel.message().isEmpty());
        QCOMPARE(panel.findChild<QLabel*>("compareText")->text(),
                 QStringLiteral("A is compared with B once the encoding has finished."));
    }
};

QTEST_MAIN(ComparePanelTest)
#include "ComparePanelTest.moc"
