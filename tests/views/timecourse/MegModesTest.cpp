#include "core/study/StudyFromJson.h"
#include "tests/support/PanelFixture.h"
#include "views/state/NumberText.h"
#include "views/timecourse/ScoreGrid.h"
#include "views/timecourse/TimeCoursePanel.h"
#include "views/timecourse/TimeCoursePlot.h"
#include "views/timecourse/TopographyStrip.h"

#include <QAbstractButton>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace brainlike;
using test::PanelFixture;

namespace {

constexpr int shownStep = 5; // 200,000

const std::vector<TimeWindow> threeWindows{
    {"80–130 ms", 0.08, 0.13}, {"130–180 ms", 0.13, 0.18}, {"500–550 ms", 0.5, 0.55}};

struct Modes : PanelFixture {
    explicit Modes(test::FakeScoresOptions options = {.windows = threeWindows}) : PanelFixture(std::move(options)) {
        panel.resize(640, 620);
        panel.show();
        open();
    }
    TimeCoursePlot& plot() { return *panel.findChild<TimeCoursePlot*>("timeCoursePlot"); }
    ScoreGrid& grid() { return *panel.findChild<ScoreGrid*>("scoreGrid"); }
    TopographyStrip& heads() { return *panel.findChild<TopographyStrip*>("topographyStrip"); }
    void click(const char* button) { QTest::mouseClick(panel.findChild<QAbstractButton*>(button), Qt::LeftButton); }
    bool isReady() { return panel.message().isEmpty() && !panel.readout().isEmpty(); }
    /// This checkpoint, the last one and the channels were read, and the heads drawn.
    bool isWhole() {
        return isReady() && source->reads() >= 5 && !heads().heads().empty() &&
               heads().sensorAt(anySensor()).sensor >= 0;
    }
    QPointF anySensor() { return heads().placeOf({0, 0}).value_or(QPointF(-100, -100)); }
    double x(double seconds) { return plot().xAxis->coordToPixel(1000 * seconds); }
    TimeCoursePanel panel{selection, scores};
};

QString scoreOf(float mean, float sem) {
    return QStringLiteral("R ") + scoreText(static_cast<double>(mean), static_cast<double>(sem));
}

} // namespace

class MegModesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void layersInColoursReadOutAndSelect() {
        Modes shown;
        QTRY_VERIFY(shown.isReady());
        shown.click("megMode2");
        QTRY_VERIFY(shown.grid().isVisible() && shown.grid().content());
        QCOMPARE(shown.panel.title(),
                 QStringLiteral("Simulated ViT · step 200,000 · 12 layers × time · mean of 2 subjects, 271 channels"));
        const TimeCourses courses = *shown.source->megTimeCourses(0, shownStep);
        const int layer = 3, time = 30;
        const QPointF cell = shown.grid().cellRect(layer, time).center();
        test::hover(shown.grid(), cell);
        QCOMPARE(shown.panel.readout(),
                 QStringLiteral("500 ms · block_04 · ") + scoreOf(courses.mean(layer, time), courses.sem(layer, time)));
        QTest::mouseClick(&shown.grid(), Qt::LeftButton, {}, cell.toPoint());
        QCOMPARE(shown.selection.selection().layer, std::optional<std::string>("block_04"));
        QCOMPARE(shown.selection.selection().time, std::optional(shown.source->index().times[time]));
    }

    void stepsInColoursAreCheckpointsAlone() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        shown.click("megMode3");
        QTRY_VERIFY(shown.grid().isVisible() && shown.grid().content());
        QCOMPARE(shown.panel.title(),
                 QStringLiteral("Simulated ViT · 10 checkpoints × time · best layer of each time · "
                                "mean of 2 subjects, 271 channels"));
        QTRY_VERIFY(std::isfinite(shown.grid().content()->values(0, 0)) &&
                    std::isfinite(shown.grid().content()->values(8, 0)));
        const ScoreGridContent content = *shown.grid().content();
        QCOMPARE(content.rowNames.first(), QStringLiteral("untrained"));
        QVERIFY(content.isFirstApart);
        QVERIFY(shown.grid().cellRect(0, 0).top() > shown.grid().cellRect(1, 0).bottom() + 3);
        for (int step = 0; step < 10; ++step) {
            const TimeCourses courses = *shown.source->megTimeCourses(0, step);
            for (const int time : {0, 25, 80})
                QCOMPARE(content.values(step, time), courses.mean.col(time).maxCoeff());
        }
        const TimeCourses courses = *shown.source->megTimeCourses(0, 8);
        Eigen::Index best = 0;
        courses.mean.col(25).maxCoeff(&best);
        const QPointF cell = shown.grid().cellRect(8, 25).center();
        test::hover(shown.grid(), cell);
        QVERIFY2(shown.panel.readout().startsWith("step 3,000,000 · 333 ms · block_"),
                 qPrintable(shown.panel.readout()));
        QVERIFY(shown.panel.readout().endsWith(scoreOf(courses.mean(best, 25), courses.sem(best, 25))));
        QTest::mouseClick(&shown.grid(), Qt::LeftButton, {}, cell.toPoint());
        QCOMPARE(shown.selection.selection().step, std::int64_t{3000000});
    }

    void theSelectedLayerFillsTheSteps() {
        Modes shown({.missing = {0}});
        QTRY_VERIFY(shown.isReady());
        shown.selection.edit([](Selection& next) { next.layer = "block_02"; });
        shown.click("megMode3");
        QTRY_VERIFY(shown.grid().content() && std::isfinite(shown.grid().content()->values(9, 30)) &&
                    std::isfinite(shown.grid().content()->values(4, 30)));
        QVERIFY(shown.panel.title().contains("10 checkpoints × time · block_02"));
        QCOMPARE(shown.grid().content()->values(4, 30), shown.source->megTimeCourses(0, 4)->mean(1, 30));
        QVERIFY(std::isnan(shown.grid().content()->values(0, 30)));
        test::hover(shown.grid(), shown.grid().cellRect(0, 30).center());
        QCOMPARE(shown.panel.readout(), QStringLiteral("untrained · not computed"));
    }

    void colourScalesAreTheSameAtEveryStep() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        shown.panel.setMode(MegMode::Layers);
        QTRY_VERIFY(shown.grid().content());
        const double high = shown.grid().content()->scale.high;
        shown.selection.edit([](Selection& next) { next.step = 0; });
        QTRY_VERIFY(shown.panel.title().contains("untrained") && shown.grid().content()->values(3, 30) < 0.03F);
        QCOMPARE(shown.grid().content()->scale.high, high);
    }

    void aLassoChoosesSensorsThatTheCourseFollows() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        const std::vector<int> wanted{0, 1, 2, 3};
        QPolygonF around;
        QRectF box;
        for (const int sensor : wanted)
            box |= QRectF(*shown.heads().placeOf({0, sensor}) - QPointF(1, 1), QSizeF(2, 2));
        std::vector<int> expected;
        for (int sensor = 0; sensor < 271; ++sensor)
            if (box.contains(*shown.heads().placeOf({0, sensor})))
                expected.push_back(sensor);
        QTest::mousePress(&shown.heads(), Qt::LeftButton, {}, box.topLeft().toPoint() - QPoint(2, 2));
        for (const QPointF corner :
             {box.topRight() + QPointF(2, -2), box.bottomRight() + QPointF(2, 2), box.bottomLeft() + QPointF(-2, 2)})
            test::drag(shown.heads(), corner);
        QTest::mouseRelease(&shown.heads(), Qt::LeftButton, {}, box.bottomLeft().toPoint());
        const auto& names = shown.selection.selection().sensors;
        for (const int sensor : wanted)
            QVERIFY(std::ranges::find(names, "M" + std::to_string(sensor)) != names.end());
        QVERIFY(names.size() >= expected.size() && names.size() < 30);
        QTRY_VERIFY(shown.panel.title().endsWith(QStringLiteral(", %1 of 271 channels").arg(names.size())));
        std::vector<int> chosen;
        for (const auto& name : names)
            chosen.push_back(std::stoi(name.substr(1)));
        const TimeCourses courses = *shown.source->megCoursesOf(0, shownStep, chosen);
        QTRY_VERIFY2(shown.panel.readout().contains(scoreText(static_cast<double>(courses.mean.maxCoeff()))),
                     qPrintable(shown.panel.readout()));
        QTest::mouseClick(&shown.heads(), Qt::LeftButton, {}, QPoint(2, 2)); // beside the sensors
        QVERIFY(shown.selection.selection().sensors.empty());
        QTRY_VERIFY(shown.panel.title().endsWith(", 271 channels"));
    }

    void aSensorReadsOutItsExactScore() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        shown.selection.edit([](Selection& next) {
            next.time = 0.3;
            next.layer = "block_06";
        });
        const SensorScores scores = *shown.source->megSensors(0, shownStep, 5);
        QTRY_COMPARE(shown.heads().heads().front().caption, QStringLiteral("300 ms"));
        QTRY_COMPARE(shown.heads().heads().front().values[7], scores.mean(7, 24));
        test::hover(shown.heads(), QPointF(-50, -50));
        test::hover(shown.heads(), *shown.heads().placeOf({0, 7}));
        QCOMPARE(shown.panel.readout(), QStringLiteral("300 ms · M7 · block_06 · R %1 · q %2")
                                            .arg(scoreText(static_cast<double>(scores.mean(7, 24))),
                                                 scoreText(static_cast<double>(scores.q(7, 24)))));
        QTest::mouseClick(&shown.heads(), Qt::LeftButton, {}, shown.heads().placeOf({0, 7})->toPoint());
        QCOMPARE(shown.selection.selection().sensors, std::vector<std::string>{"M7"});
        QTest::mouseClick(&shown.heads(), Qt::LeftButton, Qt::ControlModifier,
                          shown.heads().placeOf({0, 200})->toPoint());
        QCOMPARE(shown.selection.selection().sensors.size(), std::size_t{2});
    }

    void windowsAreHeadsOfTheirMeans() {
        Modes shown({.windows = {{"rise", 0.09, 0.14}, {"nothing sampled", 0.101, 0.110}}});
        QTRY_VERIFY(shown.isWhole());
        QCOMPARE(shown.panel.windows().front().name, std::string("rise"));
        QCOMPARE(shown.heads().heads().size(), std::size_t{2}); // the selected time and the window with samples
        const HeadValues head = shown.heads().heads()[1];
        QCOMPARE(head.caption, QStringLiteral("rise"));
        const auto [layer, peakTime] = peakOf(*shown.source->megTimeCourses(0, shownStep));
        const SensorScores scores = *shown.source->megSensors(0, shownStep, layer);
        const float expected = (scores.mean(9, 18) + scores.mean(9, 19)) / 2; // 100 and 133 ms
        QVERIFY(std::abs(head.values[9] - expected) < 1e-6F);
    }

    void aStudyWithoutWindowsHasThoseOfTheMethods() {
        Modes shown({.windows = {}});
        QTRY_VERIFY(shown.isWhole());
        QVERIFY(shown.panel.windows() == defaultWindows());
        QCOMPARE(shown.heads().heads().size(), std::size_t{1} + defaultWindows().size());
    }

    void withoutPositionsItSaysSo() {
        Modes shown({.positions = false});
        QTRY_VERIFY(shown.isReady());
        QTRY_COMPARE(shown.heads().message(), QStringLiteral("No sensor positions in this study"));
        QCOMPARE(shown.heads().sensorAt(QPointF(50, 50)).sensor, -1);
    }

    void aLowPanelShowsTheCoursesAlone() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole() && shown.heads().isVisible());
        shown.panel.resize(640, 300);
        QTRY_VERIFY(!shown.heads().isVisible());
        QVERIFY(!shown.panel.findChild<QAbstractButton*>("showSensors")->isChecked());
        shown.panel.resize(640, 620);
        QTRY_VERIFY(shown.heads().isVisible());
    }

    void inALowPanelTheHeadsTakeTheCoursesPlace() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole() && shown.heads().isVisible());
        shown.panel.resize(640, 300);
        QTRY_VERIFY(!shown.heads().isVisible());
        auto* plot = shown.panel.findChild<TimeCoursePlot*>();
        QVERIFY(plot->isVisible());
        shown.click("showSensors");
        QTRY_VERIFY(shown.heads().isVisible() && !plot->isVisible());
        QVERIFY(shown.heads().height() > 100);
        shown.click("showSensors");
        QTRY_VERIFY(!shown.heads().isVisible() && plot->isVisible());
    }

    void theHeadsCanBeHidden() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole() && shown.heads().isVisible());
        shown.click("showSensors");
        QTRY_VERIFY(!shown.heads().isVisible());
    }

    void theNoteSaysOnsetAndSignificance() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        QTRY_VERIFY2(shown.panel.note().contains("q < 0.01"), qPrintable(shown.panel.note()));
        QVERIFY2(shown.panel.note().contains(QStringLiteral("onset")) || shown.panel.note().contains("baseline"),
                 qPrintable(shown.panel.note()));
        QVERIFY(shown.panel.note().contains(QStringLiteral("T_max")));
        Modes one({.subjects = 1});
        QTRY_VERIFY(one.isWhole());
        QVERIFY(!one.panel.note().contains(QStringLiteral("mean at")));
    }

    void aWindowsEdgeCanBeDragged() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        const int y = shown.plot().axisRect()->center().y();
        QTest::mousePress(&shown.plot(), Qt::LeftButton, {}, QPoint(qRound(shown.x(0.55)), y));
        test::drag(shown.plot(), QPointF(shown.x(0.8), y));
        QVERIFY(!shown.selection.selection().windows); // not before it is let go
        QTest::mouseRelease(&shown.plot(), Qt::LeftButton, {}, QPoint(qRound(shown.x(0.8)), y));
        QVERIFY(shown.selection.selection().windows);
        const TimeWindow dragged = shown.selection.selection().windows->at(2);
        QCOMPARE(dragged.start, 0.5);
        QVERIFY(std::abs(dragged.end - 0.8) < 0.01);
        QCOMPARE(QString::fromStdString(dragged.name), windowSpanText(dragged.start, dragged.end));
        QVERIFY(!shown.selection.selection().time); // dragging an edge selects no time
    }

    void shiftDrawsANewWindow() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        const int y = shown.plot().axisRect()->center().y();
        QTest::mousePress(&shown.plot(), Qt::LeftButton, Qt::ShiftModifier, QPoint(qRound(shown.x(1.2)), y));
        test::drag(shown.plot(), QPointF(shown.x(1.0), y));
        QTest::mouseRelease(&shown.plot(), Qt::LeftButton, Qt::ShiftModifier, QPoint(qRound(shown.x(1.0)), y));
        QVERIFY(shown.selection.selection().windows);
        QCOMPARE(shown.selection.selection().windows->size(), std::size_t{4});
        QVERIFY(std::abs(shown.selection.selection().windows->back().start - 1.0) < 0.01);
        QTest::mouseClick(&shown.plot(), Qt::LeftButton, Qt::ShiftModifier, QPoint(qRound(shown.x(2.0)), y));
        QCOMPARE(shown.selection.selection().windows->size(), std::size_t{4}); // a click makes none
    }

    void channelsAreLinesOfTheirOwn() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        shown.selection.edit([](Selection& next) { next.layer = "block_06"; });
        shown.click("megMode1");
        QTRY_COMPARE(shown.panel.title(),
                     QStringLiteral("Simulated ViT · step 200,000 · block_06 (layer 6 of 12) · mean of 2 subjects, "
                                    "each of 271 channels"));
        const SensorScores scores = *shown.source->megSensors(0, shownStep, 5);
        Eigen::Index top = 0;
        scores.mean.col(22).maxCoeff(&top);
        const auto point = [&] {
            return QPointF(shown.x(shown.source->index().times[22]),
                           shown.plot().yAxis->coordToPixel(static_cast<double>(scores.mean(top, 22))));
        };
        QTRY_COMPARE(shown.plot().channelAt(point()), static_cast<int>(top));
        QVERIFY(shown.plot().yAxis->range().contains(static_cast<double>(scores.mean(top, 22))));
        test::hover(shown.plot(), point());
        QVERIFY2(shown.panel.readout().startsWith(QStringLiteral("233 ms · M%1 · block_06 · R ").arg(top)),
                 qPrintable(shown.panel.readout()));
        QTest::mouseClick(&shown.plot(), Qt::LeftButton, {}, point().toPoint());
        QCOMPARE(shown.selection.selection().sensors, std::vector<std::string>{"M" + std::to_string(top)});
    }

    void comparedCoursesAreThoseOfBothAndTheirDifference() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        shown.selection.edit([](Selection& next) {
            next.isCompared = true; // with the untrained model
            next.layer = "block_06";
            next.time = 0.3;
        });
        auto* difference = shown.panel.findChild<TimeCoursePlot*>("differencePlot");
        QTRY_VERIFY(difference->isVisible() && difference->courses());
        const TimeCourses a = *shown.source->megTimeCourses(0, shownStep), b = *shown.source->megTimeCourses(0, 0);
        QVERIFY(shown.plot().other()->mean == b.mean);
        QCOMPARE(shown.plot().otherLayer(), 5);
        QVERIFY(difference->courses()->mean == a.mean.row(5) - b.mean.row(5));
        QVERIFY(difference->yAxis->range().contains(0));
        QCOMPARE(shown.panel.title(),
                 QStringLiteral("Simulated ViT · A: step 200,000 | B: untrained · block_06 (layer 6 of 12) · "
                                "mean of 2 subjects, 271 channels"));
        const int time = 24; // 300 ms
        const QString text =
            QStringLiteral("300 ms · A − B %3 · A block_06 %1 · B block_06 %2")
                .arg(scoreOf(a.mean(5, time), a.sem(5, time)), scoreOf(b.mean(5, time), b.sem(5, time)),
                     scoreText(static_cast<double>(a.mean(5, time)) - static_cast<double>(b.mean(5, time))));
        QTRY_COMPARE(shown.panel.readout(), text);
        QVERIFY(shown.panel.note().startsWith("A "));
        QVERIFY(shown.panel.otherNote().startsWith("B ") && shown.panel.otherNote().contains("T_max"));
        QTRY_COMPARE(shown.heads().heads().size(), std::size_t{3});
        const SensorScores ofA = *shown.source->megSensors(0, shownStep, 5), ofB = *shown.source->megSensors(0, 0, 5);
        QCOMPARE(shown.heads().heads()[1].caption, QStringLiteral("B 300 ms"));
        QCOMPARE(shown.heads().heads()[1].values[7], ofB.mean(7, time));
        QVERIFY(shown.heads().heads()[2].isDifference);
        QCOMPARE(shown.heads().heads()[2].values[7], ofA.mean(7, time) - ofB.mean(7, time));
        shown.selection.edit([](Selection& next) { next.isCompared = false; });
        QTRY_VERIFY(!difference->isVisible() && !shown.plot().other());
        QVERIFY(shown.panel.otherNote().isEmpty());
    }

    void comparedMapsAreThreeMaps() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        shown.selection.edit([](Selection& next) {
            next.isCompared = true;
            next.difference.base = DifferenceBase::Model;
        });
        shown.click("megMode2");
        auto* other = shown.panel.findChild<ScoreGrid*>("otherGrid");
        auto* difference = shown.panel.findChild<ScoreGrid*>("differenceGrid");
        QTRY_VERIFY(shown.grid().isVisible() && other->isVisible() && difference->isVisible());
        const TimeCourses a = *shown.source->megTimeCourses(0, shownStep);
        const TimeCourses b = *shown.source->megTimeCourses(1, shownStep);
        QVERIFY(other->content()->values == b.mean);
        QVERIFY(difference->content()->values == a.mean - b.mean);
        QCOMPARE(difference->content()->scale.low, -difference->content()->scale.high);
        QCOMPARE(other->content()->scale.high, shown.grid().content()->scale.high);
        QCOMPARE(other->content()->caption, QStringLiteral("B: Simulated ViT, satellite"));
        QVERIFY(shown.panel.title().startsWith("A: Simulated ViT | B: Simulated ViT, satellite · step 200,000"));
        test::hover(*difference, difference->cellRect(3, 30).center());
        QVERIFY2(shown.panel.readout().contains(
                     " · A − B " + scoreText(static_cast<double>(a.mean(3, 30)) - static_cast<double>(b.mean(3, 30)))),
                 qPrintable(shown.panel.readout()));
        shown.selection.edit([](Selection& next) { next.difference.base = DifferenceBase::FirstStep; });
        shown.click("megMode3"); // A and B are rows of the map of checkpoints
        QTRY_VERIFY(!other->isVisible() && !difference->isVisible());
    }

    void subjectsAreComparedByTheirMeg() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        shown.selection.edit([](Selection& next) {
            next.isCompared = true;
            next.recording = "fmri-S1";
            next.layer = "block_06";
            next.difference = {DifferenceBase::Subject, "fmri-S2", 0};
        });
        const TimeCourses a = *shown.source->megRecordingCourses(0, shownStep, 0, {}),
                          b = *shown.source->megRecordingCourses(0, shownStep, 1, {});
        QTRY_VERIFY(shown.plot().other() && shown.plot().other()->mean == b.mean);
        QVERIFY(shown.plot().courses()->mean == a.mean);
        QVERIFY(shown.panel.title().endsWith("A: subject S1, 271 channels | B: subject S2, 271 channels"));
        QTRY_COMPARE(shown.heads().heads().size(), std::size_t{3});
        const auto peak =
            static_cast<int>(std::max_element(a.mean.row(5).begin(), a.mean.row(5).end()) - a.mean.row(5).begin());
        QCOMPARE(shown.heads().heads()[1].values[7],
                 shown.source->megRecordingSensors(0, shownStep, 5, 1)->mean(7, peak));
    }

    /// Onsets that no test passed are hollow, of B as of A; marks that are near stand above each other.
    void marksSayWhetherOnsetsAreTestedAndNeverCoverEachOther() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        shown.selection.edit([](Selection& next) {
            next.isCompared = true;
            next.recording = "fmri-S1"; // one subject: the mean over channels is not tested
            next.layer = "block_06";
            next.difference = {DifferenceBase::Subject, "fmri-S2", 0};
        });
        using Mark = CourseMarks::Mark;
        const CourseMarks& marks = shown.plot().marks();
        QTRY_VERIFY(!marks.rectOf(Mark::OtherOnset).isEmpty() && !marks.rectOf(Mark::OtherMaximum).isEmpty());
        QCOMPARE(marks.textOf(Mark::Onset), QStringLiteral("△"));
        QCOMPARE(marks.textOf(Mark::OtherOnset), QStringLiteral("B△"));
        // Onset at 67 ms, T_max soon after: the narrower the plot, the nearer they come.
        const auto areApart = [&] {
            std::vector<QRectF> rects;
            for (const Mark mark : {Mark::Onset, Mark::Maximum, Mark::OtherOnset, Mark::OtherMaximum})
                rects.push_back(marks.rectOf(mark));
            for (std::size_t at = 0; at < rects.size(); ++at)
                for (std::size_t other = 0; other < at; ++other)
                    if (rects[at].adjusted(1, 4, -1, -4).intersects(rects[other]))
                        return false;
            return true;
        };
        for (const int width : {640, 420, 320}) {
            shown.panel.resize(width, 620);
            QCoreApplication::processEvents();
            QVERIFY2(areApart(), qPrintable(QString::number(width)));
        }
        shown.selection.edit([](Selection& next) {
            next.recording.reset();
            next.difference = {DifferenceBase::FirstStep, {}, 0};
        });
        QTRY_VERIFY(shown.panel.otherNote().startsWith("B "));
        for (const auto& [mark, note] :
             {std::pair{Mark::Onset, shown.panel.note()}, {Mark::OtherOnset, shown.panel.otherNote()}})
            if (!marks.rectOf(mark).isEmpty())
                QCOMPARE(marks.textOf(mark).endsWith(QStringLiteral("▲")), note.contains(QStringLiteral("▲ onset")));
    }

    /// Names of short windows that are near each other stand beside each other, with lines to their windows.
    void windowsAreNamedThoughTheyAreNarrow() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        for (const int width : {640, 440}) {
            shown.panel.resize(width, 620);
            QCoreApplication::processEvents();
            QCOMPARE(shown.plot().marks().labels(), (QStringList{"80–130", "130–180", "500–550"}));
        }
    }

    /// Heads fill the room there is, in as many rows as that takes; chosen sensors leave the field to be seen.
    void headsAreAsLargeAsTheRoomAllows() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        QTRY_COMPARE(shown.heads().heads().size(), std::size_t{4});
        shown.panel.setSensorsShown(true);
        TopographyStrip& heads = shown.heads();
        heads.resize(440, 330);
        QCOMPARE(heads.shownCount(), 4);
        QVERIFY2(heads.headRect(0).width() >= 120, qPrintable(QString::number(heads.headRect(0).width())));
        QVERIFY(heads.headRect(2).top() > heads.headRect(0).bottom()); // two rows
        for (int head = 0; head < 4; ++head)
            QVERIFY(QRectF(heads.rect()).contains(heads.headRect(head)));
        heads.resize(640, 120);
        QCOMPARE(heads.headRect(3).top(), heads.headRect(0).top()); // one row where it is low
        heads.resize(440, 330);
        std::vector<int> all(271);
        std::iota(all.begin(), all.end(), 0);
        const QImage before = heads.grab().toImage();
        heads.setChosen(all);
        const QImage after = heads.grab().toImage();
        const Theme theme = Theme::of(heads.palette());
        int filled = 0, changed = 0;
        for (int sensor = 0; sensor < 271; ++sensor)
            if (const auto place = heads.placeOf({0, sensor})) {
                const QPoint at = (*place * heads.devicePixelRatioF()).toPoint();
                filled += after.pixelColor(at) == theme.accent ? 1 : 0;
                changed += after.pixelColor(at) != before.pixelColor(at) ? 1 : 0;
            }
        QCOMPARE(filled, 0);
        QVERIFY(before != after);
    }

    void withoutABTheWordsSayWhy() {
        Modes shown;
        QTRY_VERIFY(shown.isWhole());
        shown.selection.edit([](Selection& next) {
            next.isCompared = true;
            next.difference = {DifferenceBase::Subject, "fmri-S3", 0};
        });
        QTRY_COMPARE(shown.panel.otherNote(), QStringLiteral("No B here: subject S3 has no MEG in this study"));
        QVERIFY(!shown.plot().other());
        shown.selection.edit([](Selection& next) {
            next.step = 0;
            next.difference.base = DifferenceBase::PreviousStep;
        });
        QTRY_COMPARE(shown.panel.otherNote(), QStringLiteral("No B: no checkpoint before untrained"));
    }

private:
    static std::pair<int, int> peakOf(const TimeCourses& courses) {
        Eigen::Index layer = 0, time = 0;
        courses.mean.maxCoeff(&layer, &time);
        return {static_cast<int>(layer), static_cast<int>(time)};
    }
};

QTEST_MAIN(MegModesTest)
#include "MegModesTest.moc"
