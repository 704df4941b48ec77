#include "views/timecourse/TimeCoursePanel.h"

#include "tests/support/PanelFixture.h"
#include "views/plots/DashedGraph.h"
#include "views/plots/DotGraph.h"
#include "views/state/NumberText.h"
#include "views/state/PanelTitle.h"
#include "views/timecourse/LayerStrip.h"
#include "views/timecourse/TimeCoursePlot.h"
#include "views/timecourse/TopographyStrip.h"

#include <QComboBox>
#include <QVBoxLayout>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace brainlike;
using test::PanelFixture;

namespace {

constexpr int step200k = 5;

const std::vector<TimeWindow> threeWindows{
    {"80–130 ms", 0.08, 0.13}, {"130–180 ms", 0.13, 0.18}, {"500–550 ms", 0.5, 0.55}};

struct Shown : PanelFixture {
    explicit Shown(test::FakeScoresOptions options = {.windows = threeWindows}) : PanelFixture(std::move(options)) {
        panel.resize(620, 420);
        panel.show();
        open();
    }
    TimeCoursePlot& plot() { return *panel.findChild<TimeCoursePlot*>("timeCoursePlot"); }
    LayerStrip& strip() { return *panel.findChild<LayerStrip*>("layerStrip"); }
    bool isReady() { return panel.message().isEmpty() && !panel.readout().isEmpty(); }
    void choose(LinesOf of) {
        auto* box = panel.findChild<QComboBox*>("linesOf");
        box->setCurrentIndex(static_cast<int>(of));
        Q_EMIT box->activated(static_cast<int>(of));
    }
    int bestLayerAt(int time) const {
        const TimeCourses courses = *source->megTimeCourses(0, step200k);
        Eigen::Index best = 0;
        courses.mean.col(time).maxCoeff(&best);
        return static_cast<int>(best);
    }
    QString layerOfPeak(int step) const {
        Eigen::Index layer = 0, time = 0;
        source->megTimeCourses(0, step)->mean.maxCoeff(&layer, &time);
        return QString::fromStdString(source->index().models[0].layerNames[static_cast<std::size_t>(layer)]);
    }
    QPoint pixel(int time, double value) {
        return QPointF(plot().xAxis->coordToPixel(1000 * source->index().times[static_cast<std::size_t>(time)]),
                       plot().yAxis->coordToPixel(value))
            .toPoint();
    }
    void goTo(std::int64_t step) {
        selection.edit([&](Selection& next) { next.step = step; });
    }
    /// Nothing is read any more, and all that came of it has been shown.
    bool hasRead() {
        for (int reads = -1; reads != source->reads();) {
            reads = source->reads();
            bool passed = false;
            const JobHandle barrier = scores.read<int>(
                &panel, [](const ScoreSource&) { return 0; }, [&](int) { passed = true; });
            if (!QTest::qWaitFor([&] { return passed; }))
                return false;
        }
        return true;
    }
    TimeCoursePanel panel{selection, scores};
};

} // namespace

class TimeCoursePanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTitleSaysWhatIsShown() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QCOMPARE(shown.panel.title(),
                 QStringLiteral("Simulated ViT · step 200,000 · 12 layers, in bold %1 (highest peak) · "
                                "mean of 2 subjects, 271 channels")
                     .arg(shown.layerOfPeak(step200k)));
        shown.selection.edit([](Selection& selection) { selection.step = 0; });
        QTRY_COMPARE(shown.panel.title(),
                     QStringLiteral("Simulated ViT · untrained · 12 layers, in bold %1 (highest peak) · "
                                    "mean of 2 subjects, 271 channels")
                         .arg(shown.layerOfPeak(0)));
    }

    void theTitleFollowsEveryChange() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QStringList titles{shown.panel.title()};
        const auto change = [&](const std::function<void(Selection&)>& edit, const QString& part) {
            shown.selection.edit(edit);
            QTRY_VERIFY2(shown.panel.title().contains(part), qPrintable(shown.panel.title() + " / " + part));
            QVERIFY(!titles.contains(shown.panel.title()));
            titles << shown.panel.title();
        };
        change([](Selection& next) { next.step = 5000; }, "step 5,000");
        change([](Selection& next) { next.layer = "block_03"; }, "block_03 (layer 3 of 12)");
        change([](Selection& next) { next.sensors = {"M1", "M2"}; }, "2 of 271 channels");
        change([](Selection& next) { next.model = "model-2"; }, "Simulated ViT, satellite");
        change([](Selection& next) { next.layer.reset(); }, "(highest peak)");
        change([](Selection& next) { next.time = 0.3; }, "(best at 300 ms)");
    }

    void oneSubjectIsNamed() {
        Shown shown({.subjects = 1});
        QTRY_VERIFY(shown.isReady());
        QVERIFY(shown.panel.title().endsWith(QStringLiteral("subject S1, 271 channels")));
        QVERIFY(!shown.panel.readout().contains(QStringLiteral("±")));
    }

    /// The chosen subject's MEG, found by its name; who has none is not taken for the others.
    void theChosenSubjectsMegIsShown() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.selection.edit([](Selection& next) {
            next.recording = "fmri-S2";
            next.time = 0.3;
        });
        QTRY_VERIFY2(shown.panel.title().endsWith(QStringLiteral("subject S2, 271 channels")),
                     qPrintable(shown.panel.title()));
        const TimeCourses own = *shown.source->megRecordingCourses(0, step200k, 1, {});
        QTRY_VERIFY(shown.plot().courses()->mean == own.mean);
        const int best = shown.bestLayerAt(24);
        QTRY_VERIFY2(
            shown.panel.readout().endsWith(QStringLiteral("R ") + scoreText(static_cast<double>(own.mean(best, 24)))),
            qPrintable(shown.panel.readout())); // one subject has no SEM
        QVERIFY(shown.panel.note().contains("1 subject") || !shown.panel.note().contains("mean at"));
        shown.selection.edit([](Selection& next) { next.recording = "fmri-S3"; });
        QTRY_COMPARE(shown.panel.message(), QStringLiteral("subject S3 has no MEG in this study"));
        QCOMPARE(shown.panel.title(), QStringLiteral("MEG · subject S3 has no MEG in this study"));
        shown.selection.edit([](Selection& next) { next.recording.reset(); });
        QTRY_VERIFY(shown.panel.message().isEmpty() &&
                    shown.panel.title().endsWith(QStringLiteral("mean of 2 subjects, 271 channels")));
    }

    void thePeakIsTheChosenLayers() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.selection.edit([](Selection& next) { next.layer = "block_01"; });
        QTRY_VERIFY(shown.panel.title().contains("in bold block_01"));
        const TimeCourses courses = *shown.source->megTimeCourses(0, step200k);
        Eigen::Index time = 0;
        courses.mean.row(0).maxCoeff(&time);
        const QString expected =
            QStringLiteral("Peak at %1 · block_01 · R %2")
                .arg(millisecondsText(shown.source->index().times[static_cast<std::size_t>(time)]),
                     scoreText(static_cast<double>(courses.mean(0, time)), static_cast<double>(courses.sem(0, time))));
        QTRY_VERIFY2(shown.panel.readout().startsWith(expected), qPrintable(shown.panel.readout()));
    }

    /// A second click on the same place meets the same button, whatever the title takes.
    void choicesStayWhereTheyAre() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.panel.resize(440, 420);
        QCoreApplication::processEvents();
        auto* button = shown.panel.findChild<QWidget*>("megMode2");
        const auto place = [&] { return button->mapTo(&shown.panel, QPoint(0, 0)); };
        const QPoint before = place();
        const int titleBefore = shown.panel.findChild<PanelTitle*>()->height();
        shown.panel.setMode(MegMode::Layers); // a shorter title
        QTRY_VERIFY(shown.panel.findChild<PanelTitle*>()->height() != titleBefore);
        QCOMPARE(place(), before);
    }

    void linesOfModels() {
        Shown shown;
        QTRY_VERIFY(shown.isReady() && shown.source->reads() >= 5);
        const int reads = shown.source->reads();
        shown.choose(LinesOf::Models);
        QTRY_VERIFY(shown.plot().courses()->mean.rows() == 2 && std::isfinite(shown.plot().courses()->mean(1, 30)));
        QVERIFY(shown.hasRead());
        QCOMPARE(shown.source->reads(), reads + 1); // the other model's checkpoint, and nothing else
        for (int model = 0; model < 2; ++model) {
            const TimeCourses courses = *shown.source->megTimeCourses(model, step200k);
            Eigen::Index layer = 0, time = 0;
            courses.mean.maxCoeff(&layer, &time);
            QVERIFY(shown.plot().courses()->mean.row(model) == courses.mean.row(layer));
            QVERIFY(shown.plot().courses()->sem.row(model) == courses.sem.row(layer));
        }
        QCOMPARE(shown.plot().emphasis(), 0);
        QVERIFY2(
            shown.panel.title().startsWith("2 models, in bold Simulated ViT · step 200,000 · each its layer of the "
                                           "highest peak · mean of 2 subjects"),
            qPrintable(shown.panel.title()));
        QCOMPARE(shown.strip().layers().size(), 2);
        // The exact layer's value of each, read off its line and chosen by it.
        shown.selection.edit([](Selection& next) { next.layer = "block_06"; });
        const TimeCourses other = *shown.source->megTimeCourses(1, step200k);
        QTRY_VERIFY(shown.plot().courses()->mean.row(1) == other.mean.row(5));
        const QPoint on = shown.pixel(26, static_cast<double>(other.mean(5, 26)));
        QTRY_COMPARE(shown.plot().layerAt(on), 1);
        test::hover(shown.plot(), on);
        QVERIFY2(shown.panel.readout().contains(
                     QStringLiteral("367 ms · block_06 · R ") +
                     scoreText(static_cast<double>(other.mean(5, 26)), static_cast<double>(other.sem(5, 26)))),
                 qPrintable(shown.panel.readout()));
        QVERIFY(shown.panel.readout().contains("satellite"));
        QTest::mouseClick(&shown.plot(), Qt::LeftButton, {}, on);
        QCOMPARE(shown.selection.selection().model, std::string("model-2"));
        QTRY_COMPARE(shown.plot().emphasis(), 1);
    }

    void linesOfSteps() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.selection.edit([](Selection& next) { next.layer = "block_06"; });
        shown.choose(LinesOf::Steps);
        QTRY_VERIFY(shown.plot().courses()->mean.rows() == 10 && shown.plot().courses()->mean.allFinite());
        for (int step = 0; step < 10; ++step)
            QVERIFY(shown.plot().courses()->mean.row(step) == shown.source->megTimeCourses(0, step)->mean.row(5));
        QCOMPARE(shown.plot().emphasis(), step200k);
        QCOMPARE(shown.strip().layers().first(), QStringLiteral("untrained"));
        QVERIFY2(shown.panel.title().startsWith("Simulated ViT · 10 checkpoints, in bold step 200,000 · block_06"),
                 qPrintable(shown.panel.title()));
        Q_EMIT shown.strip().layerClicked(8);
        QCOMPARE(shown.selection.selection().step, std::int64_t{3000000});
        QTRY_COMPARE(shown.plot().emphasis(), 8);
    }

    void linesOfSubjects() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.selection.edit([](Selection& next) { next.layer = "block_06"; });
        shown.choose(LinesOf::Subjects);
        QTRY_VERIFY(shown.plot().courses()->mean.rows() == 3 && shown.plot().courses()->mean.allFinite());
        QVERIFY(shown.plot().courses()->mean.row(0) == shown.source->megTimeCourses(0, step200k)->mean.row(5));
        for (int subject = 0; subject < 2; ++subject)
            QVERIFY(shown.plot().courses()->mean.row(subject + 1) ==
                    shown.source->megRecordingCourses(0, step200k, subject, {})->mean.row(5));
        QCOMPARE(shown.strip().layers(), (QStringList{"mean", "S1", "S2"}));
        QVERIFY(shown.panel.title().contains("2 subjects and their mean, in bold the mean · block_06"));
        Q_EMIT shown.strip().layerClicked(2);
        QCOMPARE(shown.selection.selection().recording, std::optional<std::string>("fmri-S2"));
        QTRY_COMPARE(shown.plot().emphasis(), 2);
        QVERIFY(shown.panel.title().contains("in bold subject S2"));
        Q_EMIT shown.strip().layerClicked(2); // again: the mean
        QVERIFY(!shown.selection.selection().recording);
    }

    void aClickSelectsASampledTime() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        const QPoint between = (shown.pixel(40, 0) + shown.pixel(41, 0)) / 2 + QPoint(-1, 0);
        QTest::mouseClick(&shown.plot(), Qt::LeftButton, {}, QPoint(between.x(), shown.pixel(0, 0.09).y()));
        QCOMPARE(shown.selection.selection().time, std::optional(shown.source->index().times[40]));
        QTRY_COMPARE(shown.plot().cursor(), std::optional(40));
    }

    void draggingMovesTheTimeAlong() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        const int y = shown.pixel(0, 0.09).y();
        QTest::mousePress(&shown.plot(), Qt::LeftButton, {}, QPoint(shown.pixel(60, 0).x(), y));
        test::drag(shown.plot(), QPointF(shown.pixel(80, 0).x(), y));
        QCOMPARE(shown.selection.selection().time, std::optional(shown.source->index().times[80]));
        QTest::mouseRelease(&shown.plot(), Qt::LeftButton, {}, QPoint(shown.pixel(80, 0).x(), y));
        test::hover(shown.plot(), QPointF(shown.pixel(20, 0).x(), y));
        QCOMPARE(shown.selection.selection().time, std::optional(shown.source->index().times[80]));
    }

    void theSelectedTimeMovesTheCursorAndTheReadout() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        const int time = 24; // 300 ms
        shown.selection.edit([&](Selection& selection) { selection.time = 0.301; });
        QTRY_COMPARE(shown.plot().cursor(), std::optional(time));
        const TimeCourses courses = *shown.source->megTimeCourses(0, step200k);
        const int best = shown.bestLayerAt(time);
        const QString expected =
            QStringLiteral("Best at 300 ms · %1 · R %2")
                .arg(QString::fromStdString(shown.source->index().models[0].layerNames[static_cast<std::size_t>(best)]),
                     scoreText(static_cast<double>(courses.mean(best, time)),
                               static_cast<double>(courses.sem(best, time))));
        QCOMPARE(shown.panel.readout(), expected);
        QCOMPARE(shown.plot().emphasis(), best);
    }

    void clickingALineSelectsItsLayerAndAgainTheBest() {
        Shown shown;
        QTRY_VERIFY(shown.isReady() && shown.source->reads() >= 5); // ranges are final
        const TimeCourses courses = *shown.source->megTimeCourses(0, step200k);
        const int time = 26, layer = 11; // the last layer lies well below the others here
        // The title of a chosen layer takes another line, which moves the plot.
        const auto onLine = [&] { return shown.pixel(time, static_cast<double>(courses.mean(layer, time))); };
        QTRY_COMPARE(shown.plot().layerAt(onLine()), layer);
        QTest::mouseClick(&shown.plot(), Qt::LeftButton, {}, onLine());
        QCOMPARE(shown.selection.selection().layer, std::optional<std::string>("block_12"));
        QTRY_COMPARE(shown.plot().emphasis(), layer);
        QTRY_COMPARE(shown.plot().layerAt(onLine()), layer);
        QTest::mouseClick(&shown.plot(), Qt::LeftButton, {}, onLine());
        QVERIFY(!shown.selection.selection().layer);
    }

    void clickingAColourSelectsItsLayer() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        LayerStrip& strip = shown.strip();
        int x = 0;
        while (x < strip.width() && strip.layerAt(QPointF(x, strip.height() / 2.0)) != 3)
            ++x;
        QTest::mouseClick(&strip, Qt::LeftButton, {}, QPoint(x + 2, strip.height() / 2));
        QCOMPARE(shown.selection.selection().layer, std::optional<std::string>("block_04"));
    }

    void hoveringReadsOutTheExactValue() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        const TimeCourses courses = *shown.source->megTimeCourses(0, step200k);
        const int time = 26, layer = 11;
        test::hover(shown.plot(), shown.pixel(time, static_cast<double>(courses.mean(layer, time))));
        QCOMPARE(shown.panel.readout(),
                 QStringLiteral("367 ms · block_12 · R ") + scoreText(static_cast<double>(courses.mean(layer, time)),
                                                                      static_cast<double>(courses.sem(layer, time))));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&shown.plot(), &leave);
        QVERIFY(shown.panel.readout().startsWith("Peak at "));
    }

    void stepTimeGoesFromSampleToSample() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        shown.selection.edit([&](Selection& selection) { selection.time = shown.source->index().times[104]; });
        shown.panel.stepTime(1);
        QCOMPARE(shown.selection.selection().time, std::optional(shown.source->index().times[105]));
        shown.panel.stepTime(5);
        QCOMPARE(shown.selection.selection().time, std::optional(shown.source->index().times[105]));
        shown.panel.stepTime(-200);
        QCOMPARE(shown.selection.selection().time, std::optional(shown.source->index().times[0]));
    }

    void theVerticalRangeIsTheSameAtEveryStep() {
        Shown shown;
        const TimeCourses last = *shown.source->megTimeCourses(0, 9);
        const double highest = static_cast<double>((last.mean + last.sem).maxCoeff());
        const auto upper = [&] { return shown.plot().yAxis->range().upper; };
        QTRY_VERIFY(upper() > highest && upper() < 1.2 * highest); // the last step is read
        const QCPRange range = shown.plot().yAxis->range();
        shown.selection.edit([](Selection& selection) { selection.step = 0; });
        QTRY_VERIFY(shown.panel.title().contains("untrained") && shown.isReady());
        QCOMPARE(shown.plot().yAxis->range(), range);
    }

    void theLatestOfManyStepsIsShown() {
        Shown shown;
        for (const std::int64_t step : shown.source->index().models[0].steps)
            shown.selection.edit([step](Selection& selection) { selection.step = step; });
        QTRY_VERIFY(shown.isReady());
        const auto value = static_cast<double>(shown.source->megTimeCourses(0, 9)->mean.maxCoeff());
        QTRY_VERIFY2(shown.panel.readout().contains(scoreText(value)), qPrintable(shown.panel.readout()));
        QVERIFY(shown.panel.title().contains("step 10,000,000"));
    }

    void otherChangesAreIgnored() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QTRY_VERIFY(shown.source->reads() >= 5); // this checkpoint, the last one, and the channels are there
        const int reads = shown.source->reads();
        shown.selection.edit([](Selection& selection) {
            selection.vertex = VertexId{Hemisphere::Left, 3};
            selection.outlines = false;
        });
        // A read of ours is queued behind whatever the panel would have started.
        bool passed = false;
        const JobHandle barrier = shown.scores.read<int>(
            this, [](const ScoreSource&) { return 0; }, [&](int) { passed = true; });
        QTRY_VERIFY(passed);
        QCOMPARE(shown.source->reads(), reads);
    }

    void onlyWhatIsShownIsRead() {
        Shown shown;
        QTRY_VERIFY(shown.isReady() && shown.source->reads() >= 5);
        // Courses of this checkpoint and of the last one, channels of this one and its neighbours.
        QCOMPARE(shown.source->reads(), 5);
        shown.panel.hide();
        shown.selection.edit([](Selection& next) { next.step = 1000; });
        bool passed = false;
        const JobHandle barrier = shown.scores.read<int>(
            this, [](const ScoreSource&) { return 0; }, [&](int) { passed = true; });
        QTRY_VERIFY(passed);
        QCOMPARE(shown.source->reads(), 5);
        shown.panel.show();
        QTRY_VERIFY(shown.panel.title().contains("step 1,000") && shown.source->reads() > 5);
        shown.panel.setMode(MegMode::Steps);
        QTRY_VERIFY(shown.source->reads() >= 5 + 8 + 3); // the other checkpoints, now that all are shown
    }

    void whatIsMissingIsSaid() {
        PanelFixture fixture({.meg = false});
        TimeCoursePanel panel(fixture.selection, fixture.scores);
        QCOMPARE(panel.message(), QStringLiteral("No study is open"));
        fixture.open();
        QCOMPARE(panel.message(), QStringLiteral("No MEG in this study"));
        QVERIFY(panel.title().isEmpty());
    }

    void aStepIsDrawnOnceAndWhileHiddenNotAtAll() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        auto& heads = *shown.panel.findChild<TopographyStrip*>("topographyStrip");
        QTRY_VERIFY(heads.isVisible() && !heads.heads().empty());
        const std::vector<HeadValues> before = heads.heads();
        // There and back, so that everything has been read.
        shown.goTo(500000);
        QTRY_VERIFY(!(heads.heads() == before));
        shown.goTo(200000);
        QTRY_VERIFY(heads.heads() == before);
        QTRY_VERIFY(shown.hasRead());
        int replots = 0;
        connect(&shown.plot(), &QCustomPlot::afterReplot, this, [&] { ++replots; });
        shown.goTo(500000);
        QTRY_VERIFY(!(heads.heads() == before));
        QTRY_VERIFY(shown.hasRead());
        QCOMPARE(replots, 1);
        shown.panel.hide();
        replots = 0;
        shown.goTo(200000);
        QTRY_VERIFY(shown.hasRead());
        QCOMPARE(replots, 0);
        QVERIFY(shown.panel.title().contains("step 500,000"));
        shown.panel.show();
        QTRY_VERIFY(shown.panel.title().contains("step 200,000"));
        QTRY_VERIFY(heads.heads() == before);
    }

    void titlesOfTheSameLinesNeedNoNewLayout() {
        struct Layouts : QWidget {
            int count = 0;
            bool event(QEvent* event) override {
                count += event->type() == QEvent::LayoutRequest ? 1 : 0;
                return QWidget::event(event);
            }
        } window;
        auto* title = new PanelTitle(&window);
        (new QVBoxLayout(&window))->addWidget(title);
        window.resize(300, 200);
        title->setParts({"First", "step 1,000"});
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QCoreApplication::processEvents();
        const int line = title->heightForWidth(2000);
        QVERIFY(line > 0);
        window.count = 0;
        title->setParts({"First", "step 2,000"});
        QCoreApplication::processEvents();
        QCOMPARE(window.count, 0);
        title->setParts({"First", "step 2,000", "a part of so many words that it takes a line of its own, and more"});
        QTRY_VERIFY(window.count > 0);
        QVERIFY(title->heightForWidth(300) >= 2 * line);
        QVERIFY(title->heightForWidth(100) > title->heightForWidth(300));
        title->setParts({});
        QCOMPARE(title->heightForWidth(300), 0);
    }

    void dashesFollowTheLine() {
        const QVector<QLineF> dashes =
            dashesAlong({{0, 0}, {5, 0}, {5, 5}, {std::nan(""), 0}, {0, 9}, {1, 9}}, {2, 1}, 2);
        // Four on and two off, around the corner; from the gap on anew.
        const QVector<QLineF> expected{{0, 0, 4, 0}, {5, 1, 5, 5}, {0, 9, 1, 9}};
        QCOMPARE(dashes, expected);
        QVERIFY(dashesAlong({{0, 0}, {5, 0}}, {}, 1).isEmpty());
        QVERIFY(dashesAlong({{0, 0}, {5, 0}}, {2, 1}, 0).isEmpty());
    }

    void dotsAreWhereAndWhatTheyWere() {
        const auto picture = [](bool isCopied) {
            QCustomPlot plot;
            plot.resize(220, 160);
            plot.setAntialiasedElements(QCP::aeAll);
            QCPGraph* graph = isCopied ? new DotGraph(plot) : plot.addGraph();
            graph->setLineStyle(QCPGraph::lsNone);
            graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(Qt::black, 1), Qt::red, 9));
            graph->setData({0.11, 2.5, 4.03}, {3.3, 0.77, 4.9});
            plot.xAxis->setRange(-1, 5);
            plot.yAxis->setRange(-1, 6);
            plot.replot();
            return plot.grab().toImage().convertToFormat(QImage::Format_RGB32);
        };
        const QImage copied = picture(true), drawn = picture(false);
        double difference = 0, ink = 0;
        for (int y = 0; y < drawn.height(); ++y)
            for (int x = 0; x < drawn.width(); ++x) {
                difference += std::abs(copied.pixelColor(x, y).green() - drawn.pixelColor(x, y).green());
                const QColor color = drawn.pixelColor(x, y);
                ink += color.red() - color.green() > 100 ? 255 : 0;
            }
        QVERIFY(ink > 100 * 255);                                                        // three red discs
        QVERIFY2(difference < 0.2 * ink, qPrintable(QString::number(difference / ink))); // an eighth of a pixel at most
    }

    void aStepAppearsOnceItIsComputed() {
        Shown shown({.missing = {1000}});
        shown.selection.edit([](Selection& selection) { selection.step = 1000; });
        QTRY_COMPARE(shown.panel.message(), QStringLiteral("Step 1,000 is not computed yet"));
        shown.source->setMissing({});
        shown.scores.noteArrival();
        QTRY_VERIFY(shown.isReady());
        QVERIFY(shown.panel.title().contains("step 1,000"));
    }

    void theUntrainedModelIsNamedWhenMissing() {
        Shown shown({.missing = {0}});
        shown.selection.edit([](Selection& selection) { selection.step = 0; });
        QTRY_COMPARE(shown.panel.message(), QStringLiteral("Untrained is not computed yet"));
    }

    void followsTheTheme() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        for (const QPalette& palette : {Theme::darkPalette(), Theme::lightPalette()}) {
            shown.panel.setPalette(palette);
            QCoreApplication::processEvents();
            QCOMPARE(shown.panel.grab().toImage().pixelColor(2, 2), Theme::of(palette).panel);
            QCOMPARE(shown.plot().grab().toImage().pixelColor(2, 2), Theme::of(palette).panel);
        }
    }

    void isNamedForScreenReaders() {
        Shown shown;
        QTRY_VERIFY(shown.isReady());
        QCOMPARE(shown.panel.accessibleName(), QStringLiteral("MEG time course"));
        QCOMPARE(shown.plot().accessibleDescription(), shown.panel.readout());
        QVERIFY(shown.strip().accessibleName().contains("block_12"));
    }
};

QTEST_MAIN(TimeCoursePanelTest)
#include "TimeCoursePanelTest.moc"
