#include "app/window/MainWindow.h"
#include "app/window/StatusReadout.h"
#include "core/study/ScoreFile.h"
#include "core/tables/ScoreTables.h"
#include "tests/support/SmallScores.h"
#include "views/cortex/CortexWidget.h"
#include "views/halftimes/HalfTimesPanel.h"
#include "views/layers/LayersPanel.h"
#include "views/plots/ScatterPlot.h"
#include "views/property/PropertyPanel.h"
#include "views/state/NumberText.h"
#include "views/timecourse/TimeCoursePanel.h"
#include "views/timecourse/TimeCoursePlot.h"
#include "views/timecourse/TopographyStrip.h"
#include "views/training/TrainingBar.h"
#include "views/training/TrainingLegend.h"
#include "views/training/TrainingTrack.h"

#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

using namespace brainlike;
using test::SmallScores;

namespace {

constexpr int patience = 20000; ///< milliseconds until a condition that must come counts as never coming

/// The whole window on a finished score file, with what it must show read from that file.
struct OpenWindow {
    OpenWindow() : scores(folder.path().toStdString()), file(scores.file()) {
        window.selection().edit([](Selection& next) { next.surface = "pial"; });
        window.resize(1500, 1000);
        window.show();
        window.open({scores.file()});
    }
    template <typename Widget>
    Widget& get() {
        return *window.findChild<Widget*>();
    }
    /// Brings a panel to the front of its tabs.
    template <typename Widget>
    Widget& raise() {
        auto& panel = get<Widget>();
        window.findChild<QDockWidget*>(panel.objectName() + "Dock")->raise();
        return panel;
    }
    const Selection& selection() { return window.selection().selection(); }
    bool isReady() { return get<CortexWidget>().shownValue({Hemisphere::Left, 0}).has_value(); }
    /// The cell of a table's only row.
    double value(TableRequest request, std::string_view column) {
        const Table table = scoreTable(file, request);
        return std::get<double>(table.rows.front()[table.column(column)]);
    }

    QTemporaryDir folder;
    SmallScores scores;
    ScoreFile file;
    MainWindow window;
};

} // namespace

/// The links between the panels of one window, in both directions, and that what they show are the tables' numbers.
class LinkedViewsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTrainingBarMovesCortexMegAndLayers() {
        OpenWindow open;
        QTRY_VERIFY_WITH_TIMEOUT(open.isReady(), patience);
        auto& track = open.get<TrainingTrack>();
        auto& cortex = open.get<CortexWidget>();
        auto& layers = open.raise<LayersPanel>();
        const VertexId vertex{Hemisphere::Left, 4};
        open.window.selection().edit([&](Selection& next) { next.vertex = vertex; });
        QTRY_VERIFY_WITH_TIMEOUT(track.positionOf(2).x() > track.positionOf(1).x(), patience);
        for (const int step : {2, 0, 3}) {
            QTest::mouseClick(&track, Qt::LeftButton, {}, track.positionOf(step).toPoint());
            const auto trained = SmallScores::steps[static_cast<std::size_t>(step)];
            QCOMPARE(open.selection().step, trained);
            const QString words = checkpointText(trained);
            const float score = open.file.fmriBestLayer(0, step)->score[4];
            QTRY_VERIFY_WITH_TIMEOUT(cortex.shownValue(vertex) && float(*cortex.shownValue(vertex)) == score, patience);
            for (Panel* panel : {static_cast<Panel*>(&cortex), static_cast<Panel*>(&layers),
                                 static_cast<Panel*>(&open.get<TimeCoursePanel>())})
                QTRY_VERIFY2_WITH_TIMEOUT(panel->title().contains(words), qPrintable(panel->title()), patience);
            const auto all = open.file.fmriVertex(0, 4);
            Eigen::Index best = 0;
            all.mean.row(step).maxCoeff(&best);
            const QString expected = scoreText(all.mean(step, best), all.sem(step, best));
            QTRY_VERIFY2_WITH_TIMEOUT(open.get<StatusReadout>().text().contains(expected),
                                      qPrintable(open.get<StatusReadout>().text()), patience);
            QTRY_VERIFY2_WITH_TIMEOUT(layers.readout().contains(scoreText(all.mean(step, best))),
                                      qPrintable(layers.readout()), patience);
        }
    }

    void aPickOnTheCortexReachesLayersAndScatter() {
        OpenWindow open;
        QTRY_VERIFY_WITH_TIMEOUT(open.isReady(), patience);
        auto& cortex = open.get<CortexWidget>();
        auto& layers = open.raise<LayersPanel>();
        // Panels still find their room: what is clicked is looked for anew each time.
        std::optional<VertexId> seen;
        const auto clickAVertex = [&] {
            for (int index = 0; index < SmallScores::side; ++index) {
                const VertexId vertex{Hemisphere::Left, index};
                const auto place = cortex.positionOfVertex(vertex);
                if (!place || cortex.vertexAt(place->toPoint()) != vertex)
                    continue;
                QTest::mouseClick(&cortex, Qt::LeftButton, {}, place->toPoint());
                seen = open.selection().vertex;
                return seen == vertex;
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(clickAVertex(), patience);
        QTRY_VERIFY2_WITH_TIMEOUT(layers.title().contains("lh " + QString::number(seen->index)),
                                  qPrintable(layers.title()), patience);
    }

    void pointsOfPropertiesAndTheCortexLightEachOther() {
        OpenWindow open;
        QTRY_VERIFY_WITH_TIMEOUT(open.isReady(), patience);
        auto& panel = open.raise<PropertyPanel>();
        panel.setSpins(0); // this template has no sphere to spin
        for (auto* box : panel.findChildren<QComboBox*>())
            for (const char* wanted : {"Encoding score", "Areas"})
                if (const int index = box->findText(wanted); index >= 0) {
                    box->setCurrentIndex(index);
                    Q_EMIT box->activated(index);
                }
        const auto table = std::filesystem::path(open.folder.path().toStdString()) / "size.csv";
        std::ofstream(table)
            << "area,hemisphere,size\nV1,lh,1\nV2,lh,3\nMT,lh,2\nIFSp,lh,5\nV1,rh,1\nV2,rh,4\nMT,rh,2\n";
        panel.addPropertyFile(table);
        auto& plot = *panel.findChild<ScatterPlot*>("scatterPlot");
        QTRY_VERIFY2_WITH_TIMEOUT(plot.points().size() >= 3 && plot.isVisible(), qPrintable(panel.message()), patience);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.positionOf(1).toPoint());
        QTRY_VERIFY_WITH_TIMEOUT(open.selection().vertex.has_value(), patience);
        QTRY_COMPARE(plot.picked(), 1);
        const VertexId centre = *open.selection().vertex;
        const QString label = open.get<CortexWidget>().describeVertex(centre);
        QTRY_VERIFY2_WITH_TIMEOUT(open.get<StatusReadout>().text().startsWith(label), qPrintable(label), patience);
        QVERIFY2(label.contains(plot.points()[1].name.section(':', -1).section(' ', 0, 0)), qPrintable(label));
        // And back: another area's vertex rings its point.
        const auto& parcellation = *open.get<CortexWidget>().geometry()->parcellation;
        for (int index = 0; index < SmallScores::side; ++index) {
            const VertexId other{centre.hemisphere, index};
            if (parcellation.areaOf(other)->name == parcellation.areaOf(centre)->name ||
                parcellation.areaOf(other)->name == "???")
                continue;
            open.window.selection().edit([&](Selection& next) { next.vertex = other; });
            QTRY_VERIFY(plot.picked() >= 0 && plot.picked() != 1);
            QVERIFY(plot.points()[static_cast<std::size_t>(plot.picked())].name.contains(
                QString::fromStdString(parcellation.areaOf(other)->name)));
            return;
        }
        QFAIL("no other area on this hemisphere");
    }

    void megTimeMovesTheHeadsAndChosenSensorsTheCourses() {
        OpenWindow open;
        QTRY_VERIFY_WITH_TIMEOUT(open.isReady(), patience);
        auto& panel = open.get<TimeCoursePanel>();
        auto& plot = *panel.findChild<TimeCoursePlot*>("timeCoursePlot");
        QTRY_VERIFY_WITH_TIMEOUT(panel.message().isEmpty() && !panel.readout().isEmpty(), patience);
        const double y = plot.axisRect()->top() + 3; // above the lines there
        QTest::mouseClick(&plot, Qt::LeftButton, {}, QPointF(plot.xAxis->coordToPixel(200), y).toPoint());
        QTRY_COMPARE_WITH_TIMEOUT(open.selection().time, std::optional(0.2), patience);
        QTRY_VERIFY2_WITH_TIMEOUT(panel.readout().contains("200 ms"), qPrintable(panel.readout()), patience);
        panel.setSensorsShown(true);
        auto& heads = *panel.findChild<TopographyStrip*>("topographyStrip");
        const auto captions = [&] {
            QStringList all;
            for (const auto& head : heads.heads())
                all << head.caption;
            return all.join(" | ");
        };
        QTRY_VERIFY2_WITH_TIMEOUT(captions().contains("200 ms"), qPrintable(captions()), patience);
        open.window.selection().edit([](Selection& next) {
            next.time = 0.4;
            next.layer.reset(); // the click may have met a line
        });
        QTRY_VERIFY2_WITH_TIMEOUT(captions().contains("400 ms"), qPrintable(captions()), patience);
        Q_EMIT heads.sensorsChosen({0, 2});
        QCOMPARE(open.selection().sensors, (std::vector<std::string>{"A", "C"}));
        QTRY_VERIFY2_WITH_TIMEOUT(panel.title().contains("2 of 3 channels"), qPrintable(panel.title()), patience);
        const auto courses = open.file.megCoursesOf(0, 4, std::vector<int>{0, 2});
        Eigen::Index best = 0;
        courses->mean.col(5).maxCoeff(&best); // 400 ms
        QTRY_VERIFY2_WITH_TIMEOUT(panel.readout().contains(scoreText(courses->mean(best, 5))),
                                  qPrintable(panel.readout()), patience);
    }

    void aComparisonReachesEveryPanel() {
        OpenWindow open;
        QTRY_VERIFY_WITH_TIMEOUT(open.isReady(), patience);
        auto& cortex = open.get<CortexWidget>();
        auto& layers = open.raise<LayersPanel>();
        open.window.selection().edit([](Selection& next) {
            next.difference = {DifferenceBase::Model, "second", {}};
            next.vertex = VertexId{Hemisphere::Left, 4};
        });
        open.window.findChild<QAction*>("compare")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(cortex.headings(), (QStringList{"A · first", "B · second", "A − B"}), patience);
        const double a = open.file.fmriBestLayer(0, 4)->score[4], b = open.file.fmriBestLayer(1, 4)->score[4];
        const VertexId vertex{Hemisphere::Left, 4};
        QTRY_VERIFY_WITH_TIMEOUT(
            cortex.shownValue(vertex, 0) && cortex.shownValue(vertex, 1) && cortex.shownValue(vertex, 2), patience);
        QCOMPARE(float(*cortex.shownValue(vertex, 0)), float(a));
        QCOMPARE(float(*cortex.shownValue(vertex, 1)), float(b));
        QVERIFY(std::abs(*cortex.shownValue(vertex, 2) - (a - b)) < 1e-6);
        auto& meg = open.get<TimeCoursePanel>();
        auto& halfTimes = open.get<HalfTimesPanel>();
        for (Panel* panel : {static_cast<Panel*>(&meg), static_cast<Panel*>(&layers)})
            QTRY_VERIFY2_WITH_TIMEOUT(panel->title().contains("second"), qPrintable(panel->title()), patience);
        QTRY_VERIFY2_WITH_TIMEOUT(!meg.otherNote().isEmpty(), qPrintable(meg.note()), patience);
        open.raise<HalfTimesPanel>();
        QTRY_VERIFY2_WITH_TIMEOUT(halfTimes.title().contains("second"), qPrintable(halfTimes.title()), patience);
        open.window.findChild<QAction*>("compare")->trigger();
        QTRY_VERIFY2_WITH_TIMEOUT(!halfTimes.title().contains("second"), qPrintable(halfTimes.title()), patience);
        QTRY_VERIFY_WITH_TIMEOUT(cortex.headings().isEmpty() && meg.otherNote().isEmpty(), patience);
    }

    void shownNumbersAreThoseOfTheTables() {
        OpenWindow open;
        QTRY_VERIFY_WITH_TIMEOUT(open.isReady(), patience);
        auto& layers = open.raise<LayersPanel>();
        layers.setMode(LayersMode::Times);
        const double temporal = open.value({.what = "temporal", .model = "first", .step = 10000}, "r");
        QTRY_VERIFY2_WITH_TIMEOUT((layers.readout() + layers.title()).contains(scoreText(temporal)),
                                  qPrintable(layers.title() + " / " + layers.readout()), patience);
        layers.setMode(LayersMode::Hierarchy);
        const double spatial = open.value({.what = "spatial", .model = "first", .step = 10000}, "r");
        QTRY_VERIFY2_WITH_TIMEOUT((layers.readout() + layers.title()).contains(scoreText(spatial)),
                                  qPrintable(layers.title() + " / " + layers.readout()), patience);
        auto& legend = open.get<TrainingLegend>();
        const double encoding = open.value({.what = "encoding", .model = "first", .step = 10000}, "score");
        for (const double number : {encoding, spatial, temporal})
            QTRY_VERIFY2_WITH_TIMEOUT(legend.scoresText().contains(scoreText(number)),
                                      qPrintable(legend.scoresText() + " / " + scoreText(number)), patience);
    }
};

int main(int argc, char** argv) {
    prepareGraphics();
    QApplication application(argc, argv);
    LinkedViewsTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "LinkedViewsTest.moc"
