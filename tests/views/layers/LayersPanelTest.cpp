#include "views/layers/LayersPanel.h"

#include "core/scores/HalfTime.h"
#include "tests/support/PanelFixture.h"
#include "views/layers/DepthPlot.h"
#include "views/layers/TrajectoryPlot.h"
#include "views/state/NumberText.h"

#include <QComboBox>
#include <QtTest>

#include <cmath>
#include <numeric>

using namespace brainlike;
using test::PanelFixture;

namespace {

constexpr int step200k = 5;

struct Shown : PanelFixture {
    explicit Shown(test::FakeScoresOptions options = {}) : PanelFixture(std::move(options)) {
        panel.resize(460, 460);
        panel.show();
        open();
    }
    DepthPlot& depth() { return *panel.findChild<DepthPlot*>("depthPlot"); }
    TrajectoryPlot& trajectory() { return *panel.findChild<TrajectoryPlot*>("trajectoryPlot"); }
    bool isReady() { return panel.message().isEmpty() && !panel.readout().isEmpty(); }
    void pick(VertexId vertex) {
        selection.edit([&](Selection& next) { next.vertex = vertex; });
    }
    int depthPixel(int layer) {
        return qRound(
            depth().xAxis->coordToPixel(source->index().models[0].layerDepths[static_cast<std::size_t>(layer)]));
    }
    LayersPanel panel{selection, scores};
};

} // namespace

class LayersPanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aVertexWithItsWinnerAndMargin() {
        Shown shown;
        shown.pick({Hemisphere::Right, 20});
        QTRY_VERIFY(shown.panel.title().startsWith("rh 20"));
        QCOMPARE(shown.panel.title(),
                 QStringLiteral("rh 20 · Simulated ViT · step 200,000 · mean ± SEM of 3 subjects"));
        const DimensionScores scores = shown.source->fmriVertex(0, 220);
        Eigen::Index best = 0, second = 0;
        auto row = scores.mean.row(step200k).eval();
        const auto first = static_cast<double>(row.maxCoeff(&best));
        row(best) = -1;
        const auto runnerUp = static_cast<double>(row.maxCoeff(&second));
        const auto& names = shown.source->index().models[0].layerNames;
        QCOMPARE(shown.panel.readout(), QStringLiteral("Best: %1 · R %2, %3 above %4")
                                            .arg(QString::fromStdString(names[static_cast<std::size_t>(best)]),
                                                 scoreText(first, static_cast<double>(scores.sem(step200k, best))),
                                                 scoreText(first - runnerUp),
                                                 QString::fromStdString(names[static_cast<std::size_t>(second)])));
    }

    void aRegionIsShownWhereNothingElseIsPicked() {
        Shown shown;
        shown.selection.edit([](Selection& next) {
            next.regions.rois = SharedRois(withVertices({}, "mine", Hemisphere::Left, std::vector{3, 4}));
            next.regions.roi = "mine";
        });
        QTRY_VERIFY(shown.panel.title().startsWith("Mean of mine · Simulated ViT"));
        QTRY_VERIFY(shown.isReady());
        shown.pick({Hemisphere::Right, 20});
        QTRY_VERIFY(shown.panel.title().startsWith("rh 20"));
        shown.selection.edit([](Selection& next) {
            next.vertex.reset();
            next.regions.roi.clear();
        });
        QTRY_VERIFY(shown.panel.title().startsWith("Mean over 400 vertices"));
    }

    void theLabelOfThePickedVertexIsInTheTitle() {
        Shown shown;
        shown.pick({Hemisphere::Left, 60});
        shown.panel.setVertexLabel(QStringLiteral("lh 60 · V1"));
        QTRY_VERIFY(shown.panel.title().startsWith(QStringLiteral("lh 60 · V1 · Simulated ViT")));
        shown.pick({Hemisphere::Left, 61});
        QTRY_VERIFY(shown.panel.title().startsWith(QStringLiteral("lh 61 · Simulated ViT")));
    }

    void withoutAVertexTheMeanOverAll() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QCOMPARE(shown.panel.title(),
                 QStringLiteral("Mean over 400 vertices · Simulated ViT · step 200,000 · mean ± SEM of 3 subjects"));
        std::vector<double> subjects;
        for (int subject = 0; subject < 3; ++subject) {
            const auto map = *shown.source->fmriScore(0, step200k, 6, subject);
            subjects.push_back(std::accumulate(map.begin(), map.end(), 0.0) / 400);
        }
        const double mean = (subjects[0] + subjects[1] + subjects[2]) / 3;
        double squares = 0;
        for (const double subject : subjects)
            squares += (subject - mean) * (subject - mean);
        test::hover(shown.depth(), QPointF(shown.depthPixel(6), 40));
        QCOMPARE(shown.panel.readout(), QStringLiteral("block_07 · R ") + scoreText(mean, std::sqrt(squares / 2 / 3)));
    }

    void oneSubject() {
        Shown shown;
        shown.pick({Hemisphere::Left, 10});
        shown.selection.edit([](Selection& selection) { selection.recording = "fmri-S2"; });
        QTRY_VERIFY(shown.panel.title().endsWith("subject S2"));
        const double value = static_cast<double>((*shown.source->fmriScore(0, step200k, 2, 1))[10]);
        test::hover(shown.depth(), QPointF(shown.depthPixel(2), 40));
        QCOMPARE(shown.panel.readout(), QStringLiteral("block_03 · R ") + scoreText(value));
    }

    void clickingAPointSelectsItsLayerAndAgainTheBest() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QTest::mouseClick(&shown.depth(), Qt::LeftButton, {}, QPoint(shown.depthPixel(8), 60));
        QCOMPARE(shown.selection.selection().layer, std::optional<std::string>("block_09"));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&shown.depth(), &leave);
        QTRY_VERIFY(shown.panel.readout().startsWith(QStringLiteral("Selected: block_09 · R ")));
        QTest::mouseClick(&shown.depth(), Qt::LeftButton, {}, QPoint(shown.depthPixel(8), 60));
        QVERIFY(!shown.selection.selection().layer);
    }

    void clickingTheTrajectorySelectsACheckpoint() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        const int x = qRound(shown.trajectory().xAxis->coordToPixel(shown.trajectory().positionOf(3)));
        QTest::mouseClick(&shown.trajectory(), Qt::LeftButton, {}, QPoint(x + 2, 30));
        QCOMPARE(shown.selection.selection().step, std::int64_t(20000));
        const int untrained = qRound(shown.trajectory().xAxis->coordToPixel(shown.trajectory().positionOf(0)));
        QTest::mouseClick(&shown.trajectory(), Qt::LeftButton, {}, QPoint(untrained, 30));
        QCOMPARE(shown.selection.selection().step, std::int64_t(0));
    }

    void theTrajectorysHalfTimeIsTheScoresModules() {
        Shown shown;
        shown.pick({Hemisphere::Left, 30});
        const DimensionScores scores = shown.source->fmriVertex(0, 30);
        std::vector<double> best;
        for (int step = 0; step < scores.mean.rows(); ++step)
            best.push_back(static_cast<double>(scores.mean.row(step).maxCoeff()));
        const HalfTime half = halfTime(shown.source->index().models[0].steps, best);
        QCOMPARE(half.status, HalfTimeStatus::Ok);
        QTRY_COMPARE(shown.panel.caption(), QStringLiteral("Over training: half-time %1 steps (%2)")
                                                .arg(interpolatedStepText(half.step), percentText(half.share)));
    }

    void theVerticalRangeIsTheSameAtEveryStep() {
        Shown shown;
        shown.pick({Hemisphere::Left, 5});
        QTRY_VERIFY(shown.panel.title().startsWith("lh 5"));
        const QCPRange range = shown.depth().yAxis->range();
        shown.selection.edit([](Selection& selection) { selection.step = 10000000; });
        QTRY_VERIFY(shown.panel.title().contains("step 10,000,000"));
        QCOMPARE(shown.depth().yAxis->range(), range);
    }

    void whatIsMissingIsSaid() {
        PanelFixture fixture({.fmri = false});
        LayersPanel panel(fixture.selection, fixture.scores);
        panel.show();
        QTRY_COMPARE(panel.message(), QStringLiteral("No study is open"));
        fixture.open();
        QTRY_COMPARE(panel.message(), QStringLiteral("No fMRI in this study"));
    }

    void choicesThatHaveNoRoomBesideEachOtherAreBelow() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        const auto* mode = shown.panel.findChild<QComboBox*>("layersMode");
        const auto* what = shown.panel.findChild<QComboBox*>("layersWhat");
        const auto top = [&](const QWidget* box) { return box->mapTo(&shown.panel, QPoint()).y(); };
        QTRY_COMPARE(top(mode), top(what));
        shown.panel.resize(250, 460);
        QTRY_VERIFY(top(what) >= top(mode) + mode->height());
        QVERIFY(mode->width() > mode->fontMetrics().horizontalAdvance(mode->currentText()) + 20);
        shown.panel.resize(460, 460);
        QTRY_COMPARE(top(mode), top(what));
    }

    void theHiddenPlotIsNotDrawn() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.selection.edit([](Selection& next) { next.isCompared = true; });
        QTRY_VERIFY(!shown.trajectory().isVisible());
        int replots = 0, shownReplots = 0;
        connect(&shown.trajectory(), &QCustomPlot::afterReplot, this, [&] { ++replots; });
        connect(&shown.depth(), &QCustomPlot::afterReplot, this, [&] { ++shownReplots; });
        shown.selection.edit([](Selection& next) { next.step = 500000; });
        QTRY_VERIFY(shown.panel.title().contains("step 500,000"));
        QTRY_VERIFY(shownReplots > 0);
        QCOMPARE(replots, 0);
        shown.selection.edit([](Selection& next) { next.isCompared = false; });
        QTRY_VERIFY(shown.trajectory().isVisible());
        QTRY_VERIFY(replots > 0);
    }

    void aVertexThatTheStudyDoesNotHave() {
        Shown shown;
        shown.pick({Hemisphere::Left, 20000});
        QTRY_COMPARE(shown.panel.message(), QStringLiteral("This study has no vertex lh 20,000"));
    }

    void aStepAppearsOnceItIsComputed() {
        Shown shown({.missing = {1000}});
        shown.selection.edit([](Selection& selection) { selection.step = 1000; });
        QTRY_COMPARE(shown.panel.message(), QStringLiteral("Step 1,000 is not computed yet"));
        shown.source->setMissing({});
        shown.scores.noteArrival();
        QTRY_VERIFY(shown.isReady());
    }

    void anUnfinishedTrajectorySaysSo() {
        Shown shown({.missing = {10000000}});
        QTRY_COMPARE(shown.panel.caption(),
                     QStringLiteral("Over training: no half-time: the last checkpoint is not computed"));
    }
};

QTEST_MAIN(LayersPanelTest)
#include "LayersPanelTest.moc"
