#include "views/responses/ResponsesPanel.h"

#include "core/session/RegionVertices.h"
#include "core/study/Encode.h"
#include "core/study/StudyLocation.h"
#include "tests/core/study/TinyStudy.h"
#include "tests/support/PanelFixture.h"
#include "views/plots/ScatterPlot.h"
#include "views/responses/ImageStrip.h"
#include "views/scene/CortexMap.h"
#include "views/state/LayerText.h"
#include "views/state/NumberText.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace brainlike;
using brainlike::test::TinyStudy;

namespace {

/// A tiny encoded study with pictures of some of its images, open in the panel.
struct ShownResponses {
    QTemporaryDir scratch;
    TinyStudy tiny{scratch.path().toStdString()};
    std::shared_ptr<const ScoreFile> file;
    JobRunner runner;
    ScoreData scores{runner};
    SelectionModel selection;
    ResponsesPanel panel{selection, scores};

    ShownResponses() {
        tiny.json["images"]["folder"] = "pictures";
        tiny.writeJson();
        std::filesystem::create_directory(tiny.folder() / "pictures");
        for (int image = 0; image < TinyStudy::imageCount; image += 2) {
            QImage picture(200, 100, QImage::Format_RGB32);
            picture.fill(QColor::fromHsv(9 * image, 200, 200));
            QVERIFY(picture.save(scratch.path() + QString("/pictures/image%1.png").arg(image)));
        }
        std::ofstream(tiny.folder() / "pictures/image1.png") << "no picture";
        JobContext job;
        file = std::make_shared<ScoreFile>(
            encodeStudy(readStudy(tiny.file()), {.out = tiny.folder() / "scores.h5", .onUnit = {}}, job).scores);
        Selection first;
        first.model = "vit";
        first.step = 1000;
        first.vertex = VertexId{Hemisphere::Right, 12};
        selection.apply(first);
        panel.resize(460, 640);
        panel.show();
    }
    void open() {
        scores.setSource(file);
        QTRY_VERIFY(panel.shown().has_value());
    }
    ScatterPlot& plot() { return *panel.findChild<ScatterPlot*>(); }
    ImageStrip& strip() { return *panel.findChild<ImageStrip*>(); }
    QToolButton& errors() { return *panel.findChild<QToolButton*>("errorsOnCortex"); }

    /// Draws a lasso around the plot's points from `left` to the right end.
    void lassoFrom(double left) {
        const QRect rect = plot().axisRect()->rect().adjusted(2, 2, -2, -2);
        const double x = plot().xAxis->coordToPixel(left);
        QTest::mousePress(&plot(), Qt::LeftButton, {}, QPoint(int(x), rect.top()));
        for (const QPointF corner :
             {QPointF(rect.right(), rect.top()), QPointF(rect.right(), rect.bottom()), QPointF(x, rect.bottom())})
            test::drag(plot(), corner);
        QTest::mouseRelease(&plot(), Qt::LeftButton, {}, QPoint(int(x), rect.bottom()));
    }
};

} // namespace

class ResponsesPanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theScoreIsTheMaps() {
        ShownResponses shown;
        shown.open();
        const auto& target = *shown.panel.shown();
        QCOMPARE(target.prediction.images.size(), std::size_t{40});
        const auto best = static_cast<std::size_t>(shown.file->fmriBestLayer(0, 2)->layer[78]);
        const double score = static_cast<double>(shown.file->fmriScore(0, 2, static_cast<int>(best), 0)->at(78));
        QVERIFY(std::abs(target.prediction.score - score) < 1e-6);
        QVERIFY(shown.panel.readout().startsWith("R " + scoreText(score) + ", folds "));
        const ScoredModel& model = shown.file->index().models[0];
        const QString layer = layerPlaceText(model, model.layerNames[best]);
        QVERIFY(shown.panel.title().startsWith("Responses at rh 12 ("));
        QVERIFY2(shown.panel.title().contains(" · A model · " + layer +
                                              ", the best layer here · step 1,000 · one of 2 subjects · "
                                              "40 images, 4 folds · λ "),
                 qPrintable(shown.panel.title()));
    }

    void everythingFollowsTheSelection() {
        ShownResponses shown;
        shown.open();
        shown.selection.edit([](Selection& next) {
            next.layer = "layer0";
            next.step = 100;
            next.recording = "s2";
            next.vertex = VertexId{Hemisphere::Left, 7};
        });
        QTRY_COMPARE(shown.panel.shown()->unit.step, std::int64_t{100});
        QCOMPARE(shown.panel.shown()->unit.recording, std::string("s2"));
        QVERIFY(std::abs(shown.panel.shown()->prediction.score -
                         static_cast<double>(shown.file->fmriScore(0, 1, 0, 1)->at(7))) < 1e-6);
        QVERIFY(shown.panel.title().contains(layerPlaceText(shown.file->index().models[0], "layer0") +
                                             " · step 100 · two · 40 images"));
        QVERIFY(!shown.panel.findChild<QComboBox*>("responseRecording")->isVisibleTo(&shown.panel));
        shown.selection.edit([](Selection& next) { next.vertex.reset(); });
        QTRY_COMPARE(shown.panel.message(), QString("Click the cortex to pick a vertex"));
        QVERIFY(shown.panel.title().isEmpty());
    }

    void linesKeepTheirPlaceWhileAnotherStepIsRead() {
        ShownResponses shown;
        shown.open();
        shown.selection.edit([](Selection& next) {
            next.layer = "layer0";
            next.isCompared = true;
        });
        QTRY_VERIFY(shown.panel.otherShown().has_value());
        QTRY_COMPARE(shown.panel.otherReadouts().size(), 2);
        struct Hidden : QObject {
            int count = 0;
            bool eventFilter(QObject*, QEvent* event) override {
                count += event->type() == QEvent::Hide ? 1 : 0;
                return false;
            }
        } hidden;
        for (QLabel* label : shown.panel.findChildren<QLabel*>())
            label->installEventFilter(&hidden);
        shown.selection.edit([](Selection& next) { next.step = 100; });
        QTRY_VERIFY(shown.panel.shown()->unit.step == 100 && shown.panel.otherShown().has_value());
        QTRY_COMPARE(shown.panel.otherReadouts().size(), 2);
        QCOMPARE(hidden.count, 0);
    }

    void bothSidesOfAComparisonPredictTheSameTarget() {
        ShownResponses shown;
        shown.open();
        shown.selection.edit([](Selection& next) {
            next.layer = "layer0";
            next.isCompared = true; // with the first checkpoint
        });
        QTRY_VERIFY(shown.panel.otherShown().has_value());
        const auto& a = shown.panel.shown()->prediction;
        const auto& b = shown.panel.otherShown()->prediction;
        const std::int64_t first = shown.file->index().models[0].steps.front();
        QCOMPARE(shown.panel.otherShown()->unit.step, first);
        QVERIFY(std::abs(b.score - static_cast<double>(shown.file->fmriScore(0, 0, 0, 0)->at(78))) < 1e-6);
        QVERIFY2(shown.panel.readout().startsWith("● A: R " + scoreText(a.score)), qPrintable(shown.panel.readout()));
        QVERIFY2(shown.panel.otherReadouts().value(0).startsWith("○ B: R " + scoreText(b.score)),
                 qPrintable(shown.panel.otherReadouts().value(0)));
        QVERIFY(shown.panel.otherReadouts().value(1).startsWith("A − B: R " + scoreText(a.score - b.score)));
        QVERIFY(shown.panel.title().contains("A: step 1,000 | B: " + checkpointText(first)));
        QCOMPARE(shown.plot().points().size(), std::size_t{80});
        const auto errors = errorDifferences(a, b);
        const auto worst = static_cast<std::size_t>(std::ranges::max_element(errors) - errors.begin());
        shown.panel.setOrder(ImageOrder::WorseInB);
        QCOMPARE(shown.strip().item(0)->toolTip(), QString::fromStdString(a.images[worst]));
        shown.lassoFrom(shown.plot().xAxis->range().lower);
        QCOMPARE(shown.selection.selection().images.size(), std::size_t{40});
        QCOMPARE(shown.plot().brushed().size(), std::size_t{80}); // of both sides
        shown.selection.edit([](Selection& next) { next.isCompared = false; });
        QTRY_VERIFY(!shown.panel.otherShown() && shown.plot().points().size() == 40);
        QVERIFY(shown.panel.otherReadouts().isEmpty());
    }

    void withoutABItSaysWhy() {
        ShownResponses shown;
        shown.open();
        shown.selection.edit([&](Selection& next) {
            next.step = shown.file->index().models[0].steps.front();
            next.difference.base = DifferenceBase::PreviousStep;
            next.isCompared = true;
        });
        QTRY_VERIFY2(shown.panel.otherReadouts().value(0).startsWith("No B: no checkpoint before "),
                     qPrintable(shown.panel.otherReadouts().value(0)));
        QVERIFY(!shown.panel.otherShown());
    }

    void anAreaIsTheMeanOfItsVertices() {
        ShownResponses shown;
        shown.open();
        shown.panel.setKind(TargetKind::Area);
        QTRY_VERIFY(shown.panel.title().startsWith("Responses in rh"));
        const auto& target = *shown.panel.shown();
        QVERIFY(target.prediction.targets > 1);
        QVERIFY(std::abs(target.prediction.score - target.stored) < 1e-6);
        QVERIFY(shown.panel.readout().contains("of their mean response " + scoreText(target.prediction.joint)));
    }

    void chosenAreasAndRegionsAreTargetsToo() {
        ShownResponses shown;
        shown.open();
        shown.panel.setKind(TargetKind::Area);
        QTRY_VERIFY(shown.panel.title().startsWith("Responses in rh"));
        // Chosen areas go before that of the picked vertex, and need none.
        shown.selection.edit([](Selection& next) {
            next.vertex.reset();
            next.regions.areas = {"V2", "MT"};
        });
        QTRY_VERIFY2(shown.panel.title().startsWith("Responses in V2, MT (chosen), mean of "),
                     qPrintable(shown.panel.title() + shown.panel.message()));
        const auto ofAreas = *shown.panel.shown();
        // A vertex may be left out by the mask.
        const auto all = static_cast<int>(chosenVertices(*shown.file, shown.selection.selection().regions).size());
        QVERIFY(ofAreas.prediction.targets <= all && ofAreas.prediction.targets >= all - 1);
        QVERIFY(std::abs(ofAreas.prediction.score - ofAreas.stored) < 1e-6);
        // The same vertices as a region of the user's are the same target.
        RoiSet set;
        const auto vertices = chosenVertices(*shown.file, shown.selection.selection().regions);
        for (const Hemisphere hemisphere : hemispheres) {
            std::vector<std::int32_t> side;
            for (const int flat : vertices)
                if (const VertexId vertex = shown.file->index().vertexCounts.vertexAt(flat);
                    vertex.hemisphere == hemisphere)
                    side.push_back(vertex.index);
            set = withVertices(set, "mine", hemisphere, side);
        }
        shown.selection.edit([&](Selection& next) {
            next.regions.areas.clear();
            next.regions.rois = SharedRois(set);
            next.regions.roi = "mine";
        });
        QTRY_VERIFY2(shown.panel.title().startsWith("Responses in mine (chosen)"),
                     qPrintable(shown.panel.title() + shown.panel.message()));
        QCOMPARE(shown.panel.shown()->prediction.score, ofAreas.prediction.score);
        QCOMPARE(shown.panel.shown()->unit.layer, ofAreas.unit.layer);
        shown.selection.edit([](Selection& next) { next.regions.roi.clear(); });
        QTRY_VERIFY2(shown.panel.message().startsWith("Choose areas or a region"), qPrintable(shown.panel.message()));
    }

    void anOrderWithoutAStripSaysWhyItDoesNothing() {
        ShownResponses shown;
        shown.open();
        auto& order = *shown.panel.findChild<QComboBox*>("imageOrder");
        QVERIFY(order.isEnabled() && shown.strip().isVisible());
        shown.panel.resize(460, 300);
        QTRY_VERIFY(!shown.strip().isVisible());
        QVERIFY(!order.isEnabled());
        QVERIFY2(order.toolTip().contains("make the panel higher"), qPrintable(order.toolTip()));
        shown.panel.resize(460, 640);
        QTRY_VERIFY(shown.strip().isVisible());
        QVERIFY(order.isEnabled());
    }

    void theBestSensorAtATime() {
        ShownResponses shown;
        shown.open();
        shown.panel.setKind(TargetKind::Sensor);
        QTRY_COMPARE(shown.panel.message(), QString("Choose a time in the MEG panel"));
        QVERIFY(shown.panel.findChild<QComboBox*>("responseTarget")->isVisible()); // to choose another target
        QVERIFY(shown.panel.readout().isEmpty());
        shown.selection.edit([](Selection& next) { next.time = 0.2; });
        QTRY_VERIFY(shown.panel.title().contains(" at 200 ms (highest R of 4 sensors)"));
        const auto& target = *shown.panel.shown();
        QVERIFY(std::abs(target.prediction.score - target.stored) < 1e-6);
        const auto best = shown.file->bestLayer(RecordingKind::Meg, 0, 2);
        float highest = -1;
        for (std::size_t channel = 0; channel < 4; ++channel)
            highest = std::max(highest, best.score[channel * 6 + 3]);
        QVERIFY(std::abs(target.stored - static_cast<double>(highest)) < 1e-6); // one MEG recording is its own mean
        shown.selection.edit([](Selection& next) { next.sensors = {"C"}; });
        QTRY_VERIFY(shown.panel.title().startsWith("Responses of C at 200 ms · "));
        // Nobody else's sensors stand in for a chosen subject's.
        shown.selection.edit([](Selection& next) { next.recording = "s1"; });
        QTRY_VERIFY2(shown.panel.title().contains(" · one · "), qPrintable(shown.panel.title()));
        QCOMPARE(shown.panel.shown()->unit.recording, std::string("m1"));
        shown.selection.edit([](Selection& next) { next.recording = "s2"; });
        QTRY_COMPARE(shown.panel.message(), QString("The chosen subject, two, has no MEG in this study"));
    }

    void brushedImagesAreTheSelections() {
        ShownResponses shown;
        shown.open();
        const auto& prediction = shown.panel.shown()->prediction;
        std::vector<double> sorted = prediction.predicted;
        std::ranges::sort(sorted);
        const double left = (sorted[30] + sorted[29]) / 2;
        shown.lassoFrom(left);
        std::vector<std::string> expected;
        for (std::size_t image = 0; image < 40; ++image)
            if (prediction.predicted[image] > left)
                expected.push_back(prediction.images[image]);
        QCOMPARE(shown.selection.selection().images, expected);
        QCOMPARE(shown.plot().brushed().size(), std::size_t{10});
        // Another panel, or undo, brushes as well; the strip says so.
        shown.selection.edit([](Selection& next) { next.images = {"image3", "elsewhere"}; });
        QCOMPARE(shown.plot().brushed(), std::vector<int>{3});
        // The row of images chooses, too.
        shown.strip().item(0)->setSelected(true);
        const auto chosen = shown.selection.selection().images;
        QVERIFY(std::ranges::find(chosen, shown.strip().item(0)->toolTip().toStdString()) != chosen.end());
    }

    void imagesAreInTheOrderAskedFor() {
        ShownResponses shown;
        shown.open();
        const auto& prediction = shown.panel.shown()->prediction;
        const auto largest = [&](const auto& value) {
            std::size_t best = 0;
            for (std::size_t image = 1; image < 40; ++image)
                best = value(image) > value(best) ? image : best;
            return QString::fromStdString(prediction.images[best]);
        };
        QCOMPARE(shown.strip().count(), 24);
        QCOMPARE(shown.strip().item(0)->toolTip(), largest([&](std::size_t at) { return prediction.measured[at]; }));
        shown.panel.setOrder(ImageOrder::Prediction);
        QCOMPARE(shown.strip().item(0)->toolTip(), largest([&](std::size_t at) { return prediction.predicted[at]; }));
        shown.panel.setOrder(ImageOrder::Error);
        QCOMPARE(shown.strip().item(0)->toolTip(),
                 largest([&](std::size_t at) { return std::abs(prediction.predicted[at] - prediction.measured[at]); }));
    }

    void picturesAreShownWhereThereAreAny() {
        ShownResponses shown;
        shown.open();
        QVERIFY(shown.strip().hasPictures());
        const auto areAsExpected = [&] {
            for (int row = 0; row < shown.strip().count(); ++row) {
                const int image = shown.strip().item(row)->toolTip().mid(5).toInt();
                if (shown.strip().item(row)->icon().isNull() != (image % 2 == 1))
                    return false;
            }
            return true;
        };
        QTRY_VERIFY(areAsExpected());
        // Whole pictures with their value below, though they came after the layout.
        for (int row = 0; row < shown.strip().count(); ++row) {
            const QRect place = shown.strip().visualItemRect(shown.strip().item(row));
            QVERIFY2(place.height() >= shown.strip().iconSize().height() + shown.strip().fontMetrics().height(),
                     qPrintable(QString::number(place.height())));
            QVERIFY(place.bottom() <= shown.strip().viewport()->height());
        }
        const int kept = shown.strip().keptCount();
        shown.panel.setOrder(ImageOrder::Error);
        QTRY_VERIFY(areAsExpected());
        QVERIFY(shown.strip().keptCount() >= kept);
    }

    void errorsComeToTheCortexAndGo() {
        ShownResponses shown;
        shown.open();
        shown.selection.edit([](Selection& next) { next.map = MapKind::BestLayer; });
        shown.selection.edit([](Selection& next) { next.images = {"image3", "image8"}; });
        shown.errors().click();
        QTRY_COMPARE(shown.selection.selection().map, MapKind::Imported);
        const auto map = readCortexMap(*shown.file, shown.selection.selection());
        QVERIFY(map && map->values.size() == 132);
        const TargetPredictor predictor(readStudy(shown.tiny.file()), shown.file->path(), 1);
        JobContext job;
        const std::vector<std::string> images{"image3", "image8"};
        const auto expected = predictor.errors(shown.panel.shown()->cortexUnit, images, ErrorKind::Absolute, job);
        for (std::size_t vertex = 0; vertex < 132; ++vertex)
            QVERIFY(map->values[vertex] == expected[vertex] ||
                    (std::isnan(map->values[vertex]) && std::isnan(expected[vertex])));
        QVERIFY(map->title.starts_with("Mean |error| (SD) of 2 images, brush 1 · "));

        // Others are brushed: the map follows.
        const auto first = shown.selection.selection().importedMap;
        shown.selection.edit([](Selection& next) { next.images = {"image1"}; });
        QTRY_VERIFY(shown.selection.selection().importedMap != first);
        shown.errors().click();
        QCOMPARE(shown.selection.selection().map, MapKind::BestLayer);

        // Another map takes its place: the button knows.
        shown.errors().click();
        QTRY_COMPARE(shown.selection.selection().map, MapKind::Imported);
        shown.selection.edit([](Selection& next) { next.map = MapKind::Score; });
        QVERIFY(!shown.errors().isChecked());
        QCOMPARE(shown.selection.selection().map, MapKind::Score);
    }

    void aStudyThatIsElsewhereCanBePointedAt() {
        ShownResponses shown;
        const auto other = shown.tiny.folder() / "other";
        std::filesystem::create_directory(other);
        std::filesystem::copy_file(shown.tiny.folder() / "scores.h5", other / "scores.h5");
        shown.scores.setSource(std::make_shared<ScoreFile>(other / "scores.h5"));
        QTRY_VERIFY(shown.panel.message().startsWith("The responses are not here: open the study"));
        auto* find = shown.panel.findChild<QPushButton*>("findStudy");
        QVERIFY(find->isVisible());
        QVERIFY(!shown.panel.shown());
        shown.panel.openStudy(shown.tiny.file());
        QTRY_VERIFY(shown.panel.shown().has_value());
        QVERIFY(!find->isVisible());
        QVERIFY(shown.panel.message().isEmpty());
    }

    void scoresThatAreStillComputedHaveNoResponses() {
        test::PanelFixture fixture;
        ResponsesPanel panel(fixture.selection, fixture.scores);
        panel.show();
        QCOMPARE(panel.message(), QString("No study is open"));
        fixture.open();
        QCOMPARE(panel.message(), QString("The responses are shown once all scores are computed"));
    }
};

QTEST_MAIN(ResponsesPanelTest)
#include "ResponsesPanelTest.moc"
