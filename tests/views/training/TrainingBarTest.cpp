#include "views/training/TrainingBar.h"

#include "core/base/Error.h"
#include "core/session/SelectionDefaults.h"
#include "core/tables/ScoreTables.h"
#include "tests/support/Expectations.h"
#include "tests/support/PanelFixture.h"
#include "tests/support/SmallScores.h"
#include "views/state/NumberText.h"
#include "views/training/ModelLegend.h"
#include "views/training/TrainingLegend.h"
#include "views/training/TrainingTrack.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>
#include <QToolTip>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace brainlike;
using test::drag;
using test::PanelFixture;

namespace {

struct Shown : PanelFixture {
    explicit Shown(test::FakeScoresOptions options = {}) : PanelFixture(std::move(options)) {
        bar.resize(1200, 260);
        bar.show();
        open();
    }
    TrainingTrack& track() { return *bar.findChild<TrainingTrack*>("trainingTrack"); }
    TrainingLegend& legend() { return *bar.findChild<TrainingLegend*>("trainingLegend"); }
    QAbstractButton& button(const char* name) { return *bar.findChild<QAbstractButton*>(name); }
    std::int64_t step() const { return selection.selection().step; }
    void select(std::int64_t step) {
        selection.edit([step](Selection& next) { next.step = step; });
    }
    /// Until the summaries have been read and drawn.
    bool isReady() { return legend().scoresText().contains(QStringLiteral("T½")); }
    TrainingBar bar{selection, scores};
};

} // namespace

class TrainingBarTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aClickSelectsTheNearestCheckpoint() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        const auto& steps = shown.source->index().models[0].steps;
        for (int at = 0; at < 10; ++at) {
            QTest::mouseClick(&shown.track(), Qt::LeftButton, {},
                              (shown.track().positionOf(at) + QPointF(7, -20)).toPoint());
            QCOMPARE(shown.step(), steps[static_cast<std::size_t>(at)]);
        }
    }

    void draggingSnapsFromCheckpointToCheckpoint() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QList<qint64> seen;
        connect(&shown.selection, &SelectionModel::changed, this,
                [&](const Selection&, const Selection& after) { seen << after.step; });
        const QPointF from = shown.track().positionOf(5), to = shown.track().positionOf(8);
        QTest::mousePress(&shown.track(), Qt::LeftButton, {}, from.toPoint());
        for (double share = 0; share <= 1; share += 0.05)
            test::drag(shown.track(), from + share * (to - from));
        QTest::mouseRelease(&shown.track(), Qt::LeftButton, {}, to.toPoint());
        QCOMPARE(seen, (QList<qint64>{500000, 1000000, 3000000}));
    }

    void arrowsGoFromCheckpointToCheckpoint() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.track().setFocus();
        QTest::keyClick(&shown.track(), Qt::Key_Right);
        QCOMPARE(shown.step(), std::int64_t(500000));
        QTest::keyClick(&shown.track(), Qt::Key_Left);
        QTest::keyClick(&shown.track(), Qt::Key_Left);
        QCOMPARE(shown.step(), std::int64_t(70000));
        QTest::keyClick(&shown.track(), Qt::Key_End);
        QCOMPARE(shown.step(), std::int64_t(10000000));
        QTest::keyClick(&shown.track(), Qt::Key_Home);
        QCOMPARE(shown.step(), std::int64_t(0));
        QTest::keyClick(&shown.track(), Qt::Key_Up); // the layer's key
        QCOMPARE(shown.step(), std::int64_t(0));
    }

    void stepByStaysWithinTheCheckpoints() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.bar.stepBy(2);
        QCOMPARE(shown.step(), std::int64_t(1000000));
        shown.bar.stepBy(100);
        QCOMPARE(shown.step(), std::int64_t(10000000));
        shown.bar.stepBy(-100);
        QCOMPARE(shown.step(), std::int64_t(0));
    }

    void theSelectionMovesTheHandle() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QSignalSpy moved(&shown.track(), &QAbstractSlider::valueChanged);
        shown.select(3000000);
        QTRY_COMPARE(shown.track().value(), 8);
        QCOMPARE(moved.count(), 0); // a change from elsewhere is no intent
        QCOMPARE(shown.legend().checkpointText(),
                 QStringLiteral("step 3,000,000 of 10,000,000 · 30 % · 12.3 B images"));
    }

    void playingAdvancesAndStopsAtTheEnd() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QSignalSpy playing(&shown.bar, &TrainingBar::playingChanged);
        shown.select(1000000);
        shown.bar.cycleSpeed();
        QCOMPARE(shown.bar.speed(), 2.0);
        QTest::mouseClick(&shown.button("playButton"), Qt::LeftButton);
        QVERIFY(shown.bar.isPlaying());
        QTRY_COMPARE(shown.step(), std::int64_t(3000000));
        QTRY_COMPARE(shown.step(), std::int64_t(10000000));
        QTRY_VERIFY(!shown.bar.isPlaying());
        QCOMPARE(shown.step(), std::int64_t(10000000));
        QCOMPARE(playing.count(), 2);
        shown.bar.play(); // at the end: starts over
        QCOMPARE(shown.step(), std::int64_t(0));
    }

    void loopingStartsOver() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QTest::mouseClick(&shown.button("loopButton"), Qt::LeftButton);
        QVERIFY(shown.bar.isLooping());
        shown.select(3000000);
        shown.bar.play();
        shown.bar.advance();
        QCOMPARE(shown.step(), std::int64_t(10000000));
        shown.bar.advance();
        QCOMPARE(shown.step(), std::int64_t(0));
        QVERIFY(shown.bar.isPlaying());
    }

    void bouncingGoesBackAndForth() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.bar.setLooping(true);
        QTest::mouseClick(&shown.button("bounceButton"), Qt::LeftButton);
        QVERIFY(shown.bar.isBouncing());
        QVERIFY(!shown.bar.isLooping()); // one of both
        shown.select(3000000);
        shown.bar.play();
        QList<qint64> seen;
        for (int at = 0; at < 3; ++at) {
            shown.bar.advance();
            seen << shown.step();
        }
        QCOMPARE(seen, (QList<qint64>{10000000, 3000000, 1000000}));
        shown.select(1000);
        shown.bar.advance();
        shown.bar.advance();
        QCOMPARE(shown.step(), std::int64_t(1000)); // turned at the untrained model
        QVERIFY(shown.bar.isPlaying());
    }

    void theMenuDoesWhatTheButtonsDo() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QMenu menu;
        shown.bar.fillMenu(menu);
        const auto actions = menu.actions();
        actions.at(1)->trigger();
        QVERIFY(shown.bar.isBouncing() && actions.at(1)->isChecked());
        QTest::mouseClick(&shown.button("loopButton"), Qt::LeftButton);
        QVERIFY(actions.at(0)->isChecked() && !actions.at(1)->isChecked());
        actions.at(3)->trigger();
        QCOMPARE(shown.bar.unit(), TrainingUnit::Images);
    }

    void theMarkOfBCanBeDragged() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QCOMPARE(shown.track().other(), -1);
        shown.selection.edit([](Selection& next) { next.isCompared = true; });
        QTRY_COMPARE(shown.track().other(), 0); // the first checkpoint
        const QPointF grip = shown.track().otherPosition();
        QTest::mousePress(&shown.track(), Qt::LeftButton, {}, grip.toPoint());
        drag(shown.track(), QPointF(shown.track().positionOf(2).x() + 3, grip.y()));
        drag(shown.track(), QPointF(shown.track().positionOf(3).x() - 2, grip.y()));
        QTest::mouseRelease(&shown.track(), Qt::LeftButton, {}, grip.toPoint());
        const Difference& difference = shown.selection.selection().difference;
        QCOMPARE(difference.base, DifferenceBase::Step);
        QCOMPARE(difference.step, std::int64_t(20000));
        QCOMPARE(shown.step(), std::int64_t(200000)); // A stays
        QTRY_COMPARE(shown.track().other(), 3);
        QVERIFY(shown.track().accessibleDescription().contains("; B: step 20,000"));
        shown.selection.undo(); // the whole drag
        QCOMPARE(shown.selection.selection().difference.base, DifferenceBase::FirstStep);
        shown.selection.edit([](Selection& next) { next.difference = {.base = DifferenceBase::Model, .name = {}}; });
        QTRY_COMPARE(shown.track().other(), -1);
    }

    void keysMoveTheMarkOfB() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QTest::keyClick(&shown.track(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(shown.selection.selection().difference.base, DifferenceBase::FirstStep); // there is no B
        shown.selection.edit([](Selection& next) { next.isCompared = true; });
        QTRY_COMPARE(shown.track().other(), 0);
        QTest::keyClick(&shown.track(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(shown.selection.selection().difference.base, DifferenceBase::FirstStep); // there is none before
        QTest::keyClick(&shown.track(), Qt::Key_Right, Qt::AltModifier);
        QTRY_COMPARE(shown.track().other(), 1);
        QTest::keyClick(&shown.track(), Qt::Key_Right, Qt::AltModifier);
        QTRY_COMPARE(shown.track().other(), 2);
        QCOMPARE(shown.selection.selection().difference.step, std::int64_t(5000));
        QCOMPARE(shown.step(), std::int64_t(200000)); // A stays
        QVERIFY(shown.track().accessibleDescription().contains("Alt+"));
        QTest::keyClick(&shown.track(), Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(shown.track().other(), 1);
        shown.selection.undo();
        QCOMPARE(shown.selection.selection().difference.step, std::int64_t(5000));
    }

    void theLegendOfModelsHidesAndShows() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        const auto grab = [&] { return shown.track().grab().toImage(); };
        const auto chip = [&](const char* name) {
            // Those that were replaced go later.
            auto* legend = shown.bar.findChild<QWidget*>("modelLegend");
            QAbstractButton* found = nullptr;
            for (auto* button : legend->findChildren<QAbstractButton*>(name))
                found = button->isHidden() ? found : button;
            return found;
        };
        const auto is = [&](const char* name, bool checked) {
            const auto* found = chip(name); // none until those that are new are laid out
            return found != nullptr && found->isChecked() == checked;
        };
        QTRY_VERIFY(is("model:model-2", true));
        const QImage both = grab();
        QTest::mouseClick(chip("model:model-2"), Qt::LeftButton);
        QTRY_VERIFY(grab() != both);
        QTRY_VERIFY(is("model:model-2", false) && is("model:model-1", true));
        QTest::mouseClick(chip("model:model-1"), Qt::LeftButton); // the selected one stays
        QTRY_VERIFY(is("model:model-1", true) && is("model:model-2", false));
        QTest::mouseClick(chip("model:model-2"), Qt::LeftButton);
        QTRY_COMPARE(grab(), both);
    }

    /// Six models with long names: all are told apart where there is room, and cut, not clipped, where there is none.
    void theLegendNamesWhatTellsModelsApart() {
        const QStringList kinds{"Large · human-centric", "Large · satellite",    "Large · cellular",
                                "Small · human-centric", "Base · human-centric", "Giant · human-centric"};
        std::vector<LegendModel> models;
        for (const QString& kind : kinds)
            models.push_back({kind.toStdString(), "Simulated " + kind, models.empty(), false});
        ModelLegend legend;
        legend.setTheme(Theme::of(Theme::lightPalette()));
        legend.setModels(models, {});
        legend.resize(1500, legend.sizeHint().height());
        legend.show();
        const auto chips = [&] {
            QList<QToolButton*> shown;
            for (auto* chip : legend.findChildren<QToolButton*>())
                if (!chip->isHidden())
                    shown << chip;
            return shown;
        };
        QCOMPARE(chips().size(), kinds.size());
        for (qsizetype at = 0; at < kinds.size(); ++at) {
            QCOMPARE(chips()[at]->text(), kinds[at]);
            QVERIFY(chips()[at]->accessibleName().startsWith("Simulated "));
        }
        for (const int width : {1000, 760, 500}) {
            legend.resize(width, legend.height());
            QCoreApplication::processEvents();
            QSet<QString> different;
            for (const QToolButton* chip : chips()) {
                different.insert(chip->text());
                QVERIFY2(legend.rect().contains(chip->geometry()), qPrintable(chip->text()));
                QVERIFY(chip->width() >= chip->sizeHint().width()); // nothing is clipped
                QVERIFY2(chip->objectName() == "moreModels" || chip->text().size() >= 7,
                         qPrintable(chip->text())); // nor cut to a few letters
            }
            QCOMPARE(different.size(), chips().size());
            // What has no room is in the menu.
            QStringList rest;
            const QToolButton* more = chips().last();
            const bool hasMore = more->objectName() == "moreModels";
            if (hasMore) {
                Q_EMIT more->menu()->aboutToShow();
                for (const QAction* action : more->menu()->actions())
                    rest << action->text();
                QCOMPARE(more->text(), QStringLiteral("%1 more").arg(rest.size()));
            }
            QCOMPARE(chips().size() - (hasMore ? 1 : 0) + rest.size(), kinds.size());
            QCOMPARE(rest.isEmpty(), width == 1000);
        }

        std::set<QVector<qreal>> patterns;
        for (std::size_t place = 0; place + 1 < models.size(); ++place)
            patterns.insert(modelPen(place, 1).dashPattern());
        QCOMPARE(patterns.size(), models.size() - 1);
    }

    void theAxisCountsStepsImagesOrShares() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QVERIFY(shown.track().tickLabels().contains("10k"));
        QTest::mouseClick(&shown.button("unitButton"), Qt::LeftButton);
        QVERIFY2(shown.track().tickLabels().contains("1 B"), qPrintable(shown.track().tickLabels().join(',')));
        QTest::mouseClick(&shown.button("unitButton"), Qt::LeftButton);
        QVERIFY2(shown.track().tickLabels().contains("10 %"), qPrintable(shown.track().tickLabels().join(',')));
        QTest::mouseClick(&shown.button("unitButton"), Qt::LeftButton);
        QVERIFY(shown.track().tickLabels().contains("10k"));
    }

    void theTitleSaysWhoseCurvesTheseAre() {
        Shown shown;
        QTRY_COMPARE(shown.bar.title(),
                     QStringLiteral("Simulated ViT · encoding and spatial score (of areas): fMRI, mean of 3 subjects · "
                                    "temporal score: MEG, mean of 2 subjects"));
        shown.selection.edit([](Selection& next) { next.model = "model-2"; });
        QTRY_VERIFY(shown.bar.title().startsWith(QStringLiteral("Simulated ViT, satellite · ")));
        Shown withoutMeg({.meg = false});
        QTRY_VERIFY(withoutMeg.bar.title().endsWith(QStringLiteral("temporal score: no MEG in this study")));
        Shown withoutFmri({.fmri = false});
        QTRY_COMPARE(withoutFmri.bar.title(),
                     QStringLiteral("Simulated ViT · spatial score: no fMRI in this study · encoding and temporal "
                                    "score: MEG, mean of 2 subjects"));
    }

    /// The chosen subject's own scores, as `brainlike scores --subject` has them; what it has none of is said.
    void theCurvesAreTheChosenSubjects() {
        const test::ScratchFolder folder;
        const auto file = std::make_shared<ScoreFile>(test::SmallScores(folder.path()).file());
        JobRunner runner;
        ScoreData scores(runner);
        SelectionModel selection;
        const std::int64_t step = 10000;
        selection.edit([&](Selection& next) {
            next.model = "first";
            next.step = step;
        });
        TrainingBar bar(selection, scores);
        bar.resize(1400, 260);
        bar.show();
        scores.setSource(file);
        auto& legend = *bar.findChild<TrainingLegend*>();
        QTRY_VERIFY(legend.scoresText().contains("encoding"));
        for (const ScoredRecording& recording : subjectsOf(file->index())) {
            selection.edit([&](Selection& next) { next.recording = recording.id; });
            const auto valueOf = [&](const char* what, const char* column, const char* kind) {
                Table table;
                try {
                    table = scoreTable(*file, {.what = what,
                                               .level = *kind == 0 ? "" : "model",
                                               .model = "first",
                                               .step = step,
                                               .subject = recording.subject});
                } catch (const Error&) {
                    return QStringLiteral("–"); // no recording of that kind
                }
                for (const auto& row : table.rows)
                    if (*kind == 0 || std::get<std::string>(row[table.column("kind")]) == kind)
                        return scoreText(std::get<double>(row[table.column(column)]));
                return QStringLiteral("–");
            };
            const bool hasFmri = recordingOf(selection.selection(), file->index(), RecordingKind::Fmri).has_value();
            const QStringList expected{hasFmri ? "encoding " + valueOf("encoding", "score", "fmri")
                                               : "encoding (MEG) " + valueOf("encoding", "score", "meg"),
                                       "spatial " + valueOf("spatial", "r", ""),
                                       "temporal " + valueOf("temporal", "r", "")};
            for (const QString& text : expected)
                QTRY_VERIFY2(legend.scoresText().contains(text),
                             qPrintable(text + " in " + legend.scoresText() + " of " + bar.title()));
            QVERIFY2(bar.title().contains(QString::fromStdString(recording.subject)), qPrintable(bar.title()));
            const bool hasMeg = std::ranges::find(file->index().meg, recording.subject, &ScoredRecording::subject) !=
                                file->index().meg.end();
            QCOMPARE(bar.title().contains("has no MEG in this study"), !hasMeg);
        }
        selection.edit([](Selection& next) { next.recording.reset(); });
        QTRY_VERIFY(bar.title().contains("mean of"));
        QTRY_VERIFY(legend.scoresText().contains(
            "encoding " +
            scoreText(file->summary(0).encodingFmri[static_cast<std::size_t>(
                std::ranges::find(file->index().models[0].steps, step) - file->index().models[0].steps.begin())])));
    }

    /// Both negative before training, far below zero: seen, not marks at the edge.
    void theTrackHasRoomForAllThatIsThere() {
        test::FakeScores source;
        SummaryCurves summary = source.summary(0);
        summary.spatial.front() = -0.7 * summary.spatial.back();
        summary.temporal.front() = -0.97 * summary.temporal.back();
        const TrainingCurves curves = TrainingCurves::of(source.index().models[0], summary, true);
        TrainingTrack track;
        track.setCurves(curves, {});
        const QRectF rect(QPointF(), track.sizeHint());
        QVERIFY(rect.height() >= 160);
        const TrackGeometry geometry = TrackGeometry::of(rect, track.font(), {&curves});
        for (const double share : {-0.97, -0.7, 0.0, 0.5, 1.0})
            QVERIFY(geometry.plot.contains(QPointF(geometry.plot.center().x(), geometry.y(share))));
        // The axis' name has room.
        QVERIFY(geometry.y(0.5) - geometry.y(1) >= QFontMetricsF(track.font()).height() + 2);
        // What lies beyond all measure does not flatten the rest.
        summary.spatial.front() = -40;
        const TrainingCurves wild = TrainingCurves::of(source.index().models[0], summary, true);
        QVERIFY(TrackGeometry::of(rect, track.font(), {&wild}).low > -2.5);
    }

    /// In images and shares, models of other batches lie where they had seen as many, or come as far.
    void modelsLieByTheUnitOfTheAxis() {
        test::FakeScores source;
        const TrainingCurves a = TrainingCurves::of(source.index().models[0], source.summary(0), true);
        TrainingCurves b = a;
        b.batchSize = 2 * *a.batchSize;
        for (std::int64_t& step : b.steps)
            step *= 4;
        const QRectF rect(0, 0, 900, 190);
        const auto geometryOf = [&](TrainingUnit unit) { return TrackGeometry::of(rect, {}, {&a, &b}, unit); };
        const TrackGeometry steps = geometryOf(TrainingUnit::Steps), images = geometryOf(TrainingUnit::Images),
                            shares = geometryOf(TrainingUnit::Share);
        QCOMPARE(steps.x(b, 20000), steps.x(20000));
        QCOMPARE(images.x(b, 20000), images.x(40000));
        QCOMPARE(shares.x(b, 40e6), shares.x(10e6));
        QCOMPARE(shares.axis.high(), TrackGeometry::of(rect, {}, {&a}, TrainingUnit::Share).axis.high());
        b.batchSize.reset();
        QVERIFY(std::isnan(geometryOf(TrainingUnit::Images).x(b, 20000))); // not known, not guessed
    }

    /// Half-times of models that lie beside the selected one are marked, too.
    void otherModelsHaveHalfTimes() {
        test::FakeScores source;
        const TrainingCurves a = TrainingCurves::of(source.index().models[0], source.summary(0), true);
        TrainingCurves b = TrainingCurves::of(source.index().models[1], source.summary(1), true);
        TrainingTrack track;
        track.resize(900, 190);
        const auto picture = [&] {
            track.setCurves(a, {{b, QPen(Qt::black, 1.2), false}});
            return track.grab().toImage();
        };
        const QImage with = picture();
        for (TrainingCurve& curve : b.curves)
            curve.half = {};
        const QImage without = picture();
        QVERIFY(with != without);
    }

    void theIntervalsOfHalfTimesAreTheTables() {
        const test::ScratchFolder folder;
        const auto file = std::make_shared<ScoreFile>(test::SmallScores(folder.path()).file());
        JobRunner runner;
        ScoreData scores(runner);
        SelectionModel selection;
        selection.edit([](Selection& next) {
            next.model = "first";
            next.step = 10000;
        });
        TrainingBar bar(selection, scores);
        bar.resize(1000, 160);
        bar.show();
        scores.setSource(file);
        const Table table = scoreTable(*file, {.what = "half-time", .level = "model", .model = "first"});
        const auto& row = table.rows.front(); // encoding-fmri
        const auto value = [&](const char* column) {
            return interpolatedStepText(std::get<double>(row[table.column(column)]));
        };
        QTRY_VERIFY(bar.findChild<TrainingLegend*>()->toolTip().startsWith(
            QStringLiteral("encoding: half-time %1 steps (over subjects 95 % %2 to %3)")
                .arg(value("half_time"), value("ci_low"), value("ci_high"))));
    }

    void aThousandCheckpointsCanEachBeChosen() {
        test::FakeScoresOptions options;
        options.steps = {0};
        for (int at = 1; at < 1000; ++at)
            options.steps.push_back(1000 * at);
        Shown shown(options);
        QTRY_VERIFY(shown.isReady());
        shown.select(0);
        QTRY_COMPARE(shown.track().value(), 0);
        for (int at = 1; at < 1000; ++at) {
            QTest::keyClick(&shown.track(), Qt::Key_Right);
            QCOMPARE(shown.step(), std::int64_t(1000) * at);
        }
        QTest::keyClick(&shown.track(), Qt::Key_PageDown);
        QVERIFY(shown.step() < 999000 - 10000);
        // A click takes the nearest one.
        for (const int at : {1, 2, 5, 40, 500, 999}) {
            const QPointF place = shown.track().positionOf(at);
            QTest::mouseClick(&shown.track(), Qt::LeftButton, {}, place.toPoint());
            const int chosen = static_cast<int>(shown.step() / 1000);
            const double away = std::abs(shown.track().positionOf(chosen).x() - std::round(place.x()));
            QVERIFY(away <= std::abs(place.x() - std::round(place.x())) + 1e-9);
        }
    }

    void playingLeavesOutWhatIsNotComputed() {
        Shown shown({.missing = {500000, 1000000}});
        QTRY_VERIFY(shown.isReady());
        shown.bar.advance();
        QCOMPARE(shown.step(), std::int64_t(3000000));
    }

    void theUsersHandStopsPlaying() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.bar.play();
        QTest::mouseClick(&shown.track(), Qt::LeftButton, {}, shown.track().positionOf(2).toPoint());
        QVERIFY(!shown.bar.isPlaying());
        QCOMPARE(shown.step(), std::int64_t(5000));
    }

    void spaceTogglesPlaying() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QTest::keyClick(&shown.bar, Qt::Key_Space);
        QVERIFY(shown.bar.isPlaying());
        QCOMPARE(shown.button("playButton").accessibleName(), QStringLiteral("Pause"));
        QTest::keyClick(&shown.bar, Qt::Key_Space);
        QVERIFY(!shown.bar.isPlaying());
    }

    void theSpeedGoesRound() {
        Shown shown;
        QCOMPARE(shown.bar.speed(), 1.0);
        QTest::mouseClick(&shown.button("speedButton"), Qt::LeftButton);
        QCOMPARE(shown.bar.speed(), 2.0);
        shown.bar.cycleSpeed();
        QCOMPARE(shown.bar.speed(), 0.5);
        QCOMPARE(shown.button("speedButton").text(), QStringLiteral("0.5×"));
        QCOMPARE(shown.button("speedButton").accessibleName(), QStringLiteral("Speed 0.5×"));
    }

    void hoveringComparesWithTheExactNumbers() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.bar.move(100, 700); // above it there is room for the tip
        QCoreApplication::processEvents();
        test::hover(shown.track(), shown.track().positionOf(3) + QPointF(3, -30));
        // step 20,000 beside step 200,000 and the difference, of both models
        for (int model = 0; model < 2; ++model) {
            const SummaryCurves curves = shown.source->summary(model);
            for (const auto* values : {&curves.encodingFmri, &curves.spatial, &curves.temporal}) {
                const double difference = (*values)[3] - (*values)[5];
                for (const QString& text : {scoreText((*values)[3]), scoreText((*values)[5]),
                                            (difference > 0 ? QStringLiteral("+") : QString()) + scoreText(difference)})
                    QVERIFY2(QToolTip::text().contains('>' + text + '<') ||
                                 QToolTip::text().contains('>' + text + QStringLiteral("&nbsp;")),
                             qPrintable(text + " in " + QToolTip::text()));
            }
        }
        QVERIFY(QToolTip::text().contains("satellite"));
        // Above the track, however large it is.
        const auto widgets = QApplication::topLevelWidgets();
        const auto tip =
            std::ranges::find_if(widgets, [](const QWidget* widget) { return widget->inherits("QTipLabel"); });
        QVERIFY(tip != widgets.end());
        QVERIFY2((*tip)->geometry().bottom() < shown.track().mapToGlobal(QPoint(0, 0)).y(),
                 qPrintable(QString::number((*tip)->geometry().bottom())));
        // Models that are hidden are not in it.
        shown.bar.setModelShown("model-2", false);
        QTRY_VERIFY((test::hover(shown.track(), shown.track().positionOf(4) + QPointF(3, -30)),
                     test::hover(shown.track(), shown.track().positionOf(3) + QPointF(3, -30)),
                     !QToolTip::text().contains("satellite")));
        QCOMPARE(shown.step(), std::int64_t(200000)); // a look is no choice
        QToolTip::hideText();
    }

    void detailsGiveWayWhereThereIsNoRoom() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QVERIFY(shown.legend().scoresText().contains(QStringLiteral("encoding 0.054 T½ ")));
        QCOMPARE(shown.legend().checkpointText(), QStringLiteral("step 200,000 of 10,000,000 · 2.0 % · 819 M images"));
        shown.bar.resize(560, 160);
        QTRY_VERIFY(!shown.legend().scoresText().contains(QStringLiteral("T½")));
        QVERIFY(shown.legend().checkpointText().startsWith(QStringLiteral("step 200,000")));
    }

    void theTrackIsASliderForScreenReaders() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QAccessibleInterface* track = QAccessible::queryAccessibleInterface(&shown.track());
        QVERIFY(track);
        QCOMPARE(track->role(), QAccessible::Slider);
        QCOMPARE(track->text(QAccessible::Name), QStringLiteral("Training step"));
        QVERIFY(track->text(QAccessible::Description).startsWith(QStringLiteral("step 200,000 of 10,000,000")));
        QVERIFY(track->valueInterface());
        track->valueInterface()->setCurrentValue(1);
        QCOMPARE(shown.step(), std::int64_t(1000));
    }

    void modelsWithOtherCheckpoints() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.selection.edit([](Selection& selection) { selection.model = "model-2"; });
        QTRY_VERIFY(shown.legend().scoresText().contains(QStringLiteral("encoding 0.043")));
    }

    void whatIsMissingIsSaidAndComes() {
        Shown shown({.missing = {0, 1000, 5000, 20000, 70000, 200000, 500000, 1000000, 3000000, 10000000}});
        QTRY_VERIFY(shown.legend().checkpointText().endsWith("not computed yet"));
        shown.source->setMissing({});
        shown.scores.noteArrival();
        QTRY_VERIFY(shown.isReady());
        QVERIFY(!shown.legend().checkpointText().contains("not computed"));
    }

    void withoutAStudyNothingCanBePlayed() {
        PanelFixture fixture;
        TrainingBar bar(fixture.selection, fixture.scores);
        bar.play();
        bar.stepBy(1);
        bar.advance();
        QVERIFY(!bar.isPlaying());
        QVERIFY(!bar.findChild<TrainingTrack*>()->isEnabled());
        QVERIFY(!bar.findChild<QAbstractButton*>("playButton")->isEnabled());
        fixture.open();
        QTRY_VERIFY(bar.findChild<TrainingTrack*>()->isEnabled());
    }

    void everythingIsNamed() {
        Shown shown;
        for (const QWidget* widget : shown.bar.findChildren<QWidget*>()) {
            QVERIFY(!widget->objectName().isEmpty());
            QVERIFY2(widget == &shown.legend() || !widget->accessibleName().isEmpty(),
                     qPrintable(widget->objectName()));
        }
    }
};

QTEST_MAIN(TrainingBarTest)
#include "TrainingBarTest.moc"
