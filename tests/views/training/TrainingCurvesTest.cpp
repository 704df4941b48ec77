#include "views/training/TrainingCurves.h"

#include "tests/support/FakeScores.h"
#include "views/state/NumberText.h"
#include "views/training/CheckpointTip.h"

#include <QtTest>

#include <cmath>

using namespace brainlike;

namespace {

TrainingCurves curvesOf(const test::FakeScores& source, int model = 0) {
    return TrainingCurves::of(source.index().models[static_cast<std::size_t>(model)], source.summary(model),
                              !source.index().fmri.empty());
}

} // namespace

class TrainingCurvesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sharesAreOfTheFinalValue() {
        const test::FakeScores source;
        const TrainingCurves curves = curvesOf(source);
        const SummaryCurves summary = source.summary(0);
        for (std::size_t at = 0; at < curves.size(); ++at)
            QCOMPARE(curves.curves[1].share(at), summary.spatial[at] / summary.spatial.back());
        QCOMPARE(curves.curves[0].share(9), 1.0);
        QVERIFY(curves.curves[2].share(0) < 0); // untrained: below zero, and said so
    }

    void halfTimesAreTheScoresModules() {
        const test::FakeScores source;
        const TrainingCurves curves = curvesOf(source);
        const HalfTime temporal = halfTime(curves.steps, source.summary(0).temporal);
        QCOMPARE(temporal.status, HalfTimeStatus::Ok);
        QCOMPARE(curves.curves[2].half.step, temporal.step);
        QCOMPARE(curves.curves[2].halfTimeText(), QStringLiteral("T½ ") + percentText(temporal.share));
        QVERIFY(curves.curves[2].half.step < curves.curves[0].half.step);
        QVERIFY(curves.curves[0].half.step < curves.curves[1].half.step);
    }

    void censoredAndMissingHalfTimesAreSaid() {
        ScoredModel model;
        model.steps = {0, 1000, 10000};
        const double gap = std::nan("");
        const SummaryCurves summary{{0.8, 0.9, 1.0}, {}, {-0.2, -0.2, -0.1}, {gap, 0.9, 1.0}};
        const TrainingCurves curves = TrainingCurves::of(model, summary, true);
        QCOMPARE(curves.curves[0].halfTimeText(), QStringLiteral("T½ ≤ untrained"));
        QCOMPARE(curves.curves[1].halfTimeText(), QStringLiteral("no T½"));
        QCOMPARE(curves.curves[2].halfTimeText(), QStringLiteral("T½ ≤ 1,000 so far"));
        QVERIFY(!curves.curves[1].finalValue());
        QVERIFY(std::isnan(curves.curves[1].share(0)));
    }

    void theCheckpointInWords() {
        const test::FakeScores source;
        const TrainingCurves curves = curvesOf(source);
        QCOMPARE(curves.checkpointLine(5), QStringLiteral("step 200,000 of 10,000,000 · 2.0 % · 819 M images"));
        QCOMPARE(curves.checkpointLine(0), QStringLiteral("untrained, 0 of 10,000,000 steps"));
        TrainingCurves unknownBatch = curves;
        unknownBatch.batchSize.reset();
        QCOMPARE(unknownBatch.checkpointLine(5), QStringLiteral("step 200,000 of 10,000,000 · 2.0 %"));
    }

    void theTipHasTheSourcesNumbers() {
        const test::FakeScores source;
        const TrainingCurves curves = curvesOf(source);
        const SummaryCurves summary = source.summary(0);
        const QString tip = checkpointTip(curves, {}, 4, -1, Theme::of(Theme::lightPalette()));
        for (const double value : {summary.encodingFmri[4], summary.spatial[4], summary.temporal[4]})
            QVERIFY2(tip.contains('>' + scoreText(value) + '<'), qPrintable(tip));
        QVERIFY(tip.contains('>' + percentText(summary.spatial[4] / summary.spatial.back()) + "&nbsp;"));
        QVERIFY(tip.contains(">of final&nbsp;"));
        QCOMPARE(
            curves.description(4),
            QStringLiteral("step 70,000 of 10,000,000 · 0.70 % · 287 M images, encoding %1, spatial %2, temporal %3")
                .arg(scoreText(summary.encodingFmri[4]), scoreText(summary.spatial[4]),
                     scoreText(summary.temporal[4])));
    }

    void missingCheckpointsAreSaid() {
        const test::FakeScores source({.missing = {1000}});
        const TrainingCurves curves = curvesOf(source);
        QVERIFY(curves.computed[0] && !curves.computed[1] && curves.computed[2]);
        QVERIFY(checkpointTip(curves, {}, 1, -1, Theme::of(Theme::lightPalette())).contains("not computed yet"));
        QVERIFY(curves.description(1).endsWith("not computed yet"));
    }

    void megEncodesWithoutFmri() {
        const test::FakeScores source({.fmri = false});
        const TrainingCurves curves = curvesOf(source);
        QCOMPARE(curves.curves[0].name, QStringLiteral("encoding (MEG)"));
        QCOMPARE(curves.curves[0].values, source.summary(0).encodingMeg);
    }

    void nothingReadYet() {
        const test::FakeScores source;
        const TrainingCurves curves = TrainingCurves::of(source.index().models[0], {}, true);
        QCOMPARE(curves.size(), std::size_t(10));
        QVERIFY(std::ranges::find(curves.computed, true) == curves.computed.end());
        QCOMPARE(curves.curves[0].halfTimeText(), QStringLiteral("no T½"));
    }
};

QTEST_GUILESS_MAIN(TrainingCurvesTest)
#include "TrainingCurvesTest.moc"
