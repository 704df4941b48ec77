#include "app/window/MainWindow.h"

#include "app/window/MessageBanner.h"
#include "app/window/StatusReadout.h"
#include "app/window/ViewToolBar.h"
#include "app/window/WelcomePage.h"
#include "core/base/Error.h"
#include "core/formats/NpyFile.h"
#include "core/simulate/Simulate.h"
#include "core/study/ScoreFile.h"
#include "core/templates/TemplateFinder.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/FakeMaps.h"
#include "tests/support/FakeScores.h"
#include "tests/support/SmallScores.h"
#include "tests/support/TestFiles.h"
#include "views/areas/AreasPanel.h"
#include "views/cortex/CortexWidget.h"
#include "views/layers/LayersPanel.h"
#include "views/state/NumberText.h"
#include "views/timecourse/TimeCoursePanel.h"
#include "views/training/TrainingBar.h"
#include "views/training/TrainingTrack.h"

#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QTabBar>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeView>
#include <QtTest>

#include <algorithm>
#include <fstream>
#include <memory>
#include <vector>

using namespace brainlike;

namespace {

constexpr int patience = 60000;         ///< milliseconds until a condition that must come counts as never coming
constexpr double thicknessOfV1 = 1.969; ///< mm, as published

bool haveTemplate() {
    try {
        (void)TemplateFinder().find("fsaverage5");
        return true;
    } catch (const Error&) {
        return false;
    }
}

std::shared_ptr<test::FakeScores> fakeScores() {
    test::FakeScoresOptions options;
    options.vertices = {10242, 10242};
    options.templateName = "fsaverage5";
    return std::make_shared<test::FakeScores>(options);
}

template <typename Widget>
Widget* find(MainWindow& window) {
    return window.findChild<Widget*>();
}

/// Gives a window the keyboard, which no window manager does here.
void activate(MainWindow& window) {
    QApplication::setActiveWindow(&window);
    window.activateWindow();
}

/// What dropping files from a file manager sends.
void drop(MainWindow& window, const std::vector<std::filesystem::path>& files) {
    QMimeData data;
    QList<QUrl> urls;
    for (const auto& file : files)
        urls << QUrl::fromLocalFile(QString::fromStdString(file.string()));
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    if (!enter.isAccepted())
        return;
    QDropEvent event(QPointF(200, 200), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &event);
}

/// A map of the left hemisphere as GIFTI, the same value everywhere.
void writeGiftiMap(const std::filesystem::path& file, int vertices, double value) {
    std::ofstream stream(file);
    stream << "<?xml version=\"1.0\"?><GIFTI Version=\"1.0\" NumberOfDataArrays=\"1\"><MetaData><MD>"
              "<Name>AnatomicalStructurePrimary</Name><Value>CortexLeft</Value></MD></MetaData>"
              "<DataArray Intent=\"NIFTI_INTENT_SHAPE\" DataType=\"NIFTI_TYPE_FLOAT32\" "
              "ArrayIndexingOrder=\"RowMajorOrder\" Dimensionality=\"1\" Dim0=\""
           << vertices << "\" Encoding=\"ASCII\" Endian=\"LittleEndian\"><Data>";
    for (int vertex = 0; vertex < vertices; ++vertex)
        stream << value << ' ';
    stream << "</Data></DataArray></GIFTI>";
}

QString readoutOf(MainWindow& window) {
    return find<StatusReadout>(window)->text();
}

} // namespace

class MainWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsOnTheWelcomePage() {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QVERIFY(find<WelcomePage>(window)->isVisible());
        QVERIFY(!find<CortexWidget>(window)->isVisible());
        for (auto* dock : window.findChildren<QDockWidget*>())
            QVERIFY(!dock->isVisible());
    }

    void unreadableFilesAreReportedInTheWindow() {
        QTemporaryDir folder;
        const auto foreign = std::filesystem::path(folder.path().toStdString()) / "picture.png";
        std::ofstream(foreign) << "no scores";
        MainWindow window;
        window.show();
        auto* banner = find<MessageBanner>(window);
        window.open(foreign);
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
        QVERIFY2(banner->text().contains("no kind that can be shown"), qPrintable(banner->text()));
        QVERIFY(banner->text().contains("What to do"));
        QVERIFY2(banner->text().contains("picture.png"), qPrintable(banner->text()));
        banner->dismiss();
        window.open(std::filesystem::path(folder.path().toStdString()) / "missing.h5");
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
        QVERIFY2(banner->text().contains("cannot be opened"), qPrintable(banner->text()));
        QVERIFY(find<WelcomePage>(window)->isVisible());
    }

    void missingTemplateIsSaidInTheCortexPanel() {
        MainWindow window;
        window.show();
        auto scores = std::make_shared<test::FakeScores>();
        window.data().setSource(scores);
        auto* cortex = find<CortexWidget>(window);
        QTRY_VERIFY_WITH_TIMEOUT(cortex->message().contains("fake"), patience);
        QVERIFY(find<TimeCoursePanel>(window)->isVisible());
    }

    void showsPropertiesOfTheCortex() {
        if (!haveTemplate())
            QSKIP("skipped: the fsaverage5 template is not installed");
        MainWindow window;
        window.show();
        window.data().setSource(fakeScores());
        auto* cortex = find<CortexWidget>(window);
        QTRY_VERIFY_WITH_TIMEOUT(cortex->geometry() != nullptr, patience);
        window.findChild<QAction*>("showProperty")->trigger();
        auto* properties = window.findChild<QMenu*>("properties");
        Q_EMIT properties->aboutToShow();
        QStringList names;
        for (QAction* action : properties->actions()) {
            names << action->text();
            if (action->text() == "thickness")
                action->trigger();
        }
        QCOMPARE(names, (QStringList{"expansion", "thickness", "timescale", "myelin"}));
        QVERIFY(window.findChild<QAction*>("showProperty")->isChecked());
        QTRY_VERIFY_WITH_TIMEOUT(cortex->colorBar() && cortex->colorBar()->title == "Thickness (mm)", patience);
        QVERIFY(cortex->colorBar()->note.contains("Published for the left hemisphere"));
        // The published mean of V1, on all its vertices of the left hemisphere.
        const auto& areas = *cortex->geometry()->parcellation;
        const int left = areas.verticesOf(Hemisphere::Left, "V1").front();
        const int right = areas.verticesOf(Hemisphere::Right, "V1").front();
        for (const int vertex : areas.verticesOf(Hemisphere::Left, "V1"))
            QCOMPARE(cortex->shownValue({Hemisphere::Left, vertex}), cortex->shownValue({Hemisphere::Left, left}));
        QVERIFY(std::abs(*cortex->shownValue({Hemisphere::Left, left}) - thicknessOfV1) < 1e-5);
        window.selection().edit([&](Selection& next) { next.vertex = VertexId{Hemisphere::Left, left}; });
        QTRY_VERIFY2_WITH_TIMEOUT(readoutOf(window).contains(cortex->describeValue({Hemisphere::Left, left})),
                                  qPrintable(readoutOf(window)), patience);
        QVERIFY(readoutOf(window).contains(" mm"));
        window.selection().edit([&](Selection& next) { next.vertex = VertexId{Hemisphere::Right, right}; });
        QTRY_VERIFY2_WITH_TIMEOUT(readoutOf(window).contains("published for the left hemisphere"),
                                  qPrintable(readoutOf(window)), patience);
        // Means of areas.
        window.selection().edit([](Selection& next) { showMap(next, MapKind::Score); });
        auto* means = window.findChild<QAction*>("areaMeans");
        means->trigger();
        QTRY_VERIFY2_WITH_TIMEOUT(readoutOf(window).contains("area mean R"), qPrintable(readoutOf(window)), patience);
        QVERIFY(means->isChecked());
    }

    void offersOnlyWhatThereIs() {
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        test::writeFreeSurferTemplate(root / "small/surf", test::octahedron(), {"pial", "inflated"});
        const QByteArray before = qgetenv("BRAINLIKE_TEMPLATES");
        qputenv("BRAINLIKE_TEMPLATES", folder.path().toUtf8());
        MainWindow window;
        window.show();
        activate(window);
        const auto entry = [&](const QString& text) {
            for (const QMenu* menu : window.menuBar()->findChildren<QMenu*>())
                for (QAction* action : menu->actions())
                    if (action->text().startsWith(text))
                        return action;
            return static_cast<QAction*>(nullptr);
        };
        QVERIFY(!entry("Half-time")->isEnabled()); // nothing is open
        window.data().setSource(std::make_shared<test::FakeMaps>(
            "small", VertexCounts{6, 6},
            std::vector<ImportedMap>{
                {.name = "thickness", .values = std::vector<float>(12, 2.5F), .labels = {}, .areas = {}}}));
        auto* cortex = find<CortexWidget>(window);
        QTRY_VERIFY_WITH_TIMEOUT(cortex->colorBar(), patience);
        for (const char* text : {"Encoding score", "Best layer", "Half-time", "Difference", "Threshold to significance",
                                 "Next layer", "Later in the MEG"}) {
            QVERIFY2(!entry(text)->isEnabled(), text);
            QVERIFY2(entry(text)->toolTip().contains("Open scores"), text);
        }
        QTest::keyClick(&window, Qt::Key_E);
        QCOMPARE(window.selection().selection().map, MapKind::Imported);
        QVERIFY(entry("Pial")->isEnabled());
        QCOMPARE(entry("Flat")->text(), QStringLiteral("Flat (small has none)"));
        QVERIFY(!entry("Flat")->isEnabled());
        auto* surfaces = window.findChild<QComboBox*>("surfaceChoice");
        const auto isOffered = [surfaces](const QString& surface) {
            return surfaces->model()
                ->flags(surfaces->model()->index(surfaces->findData(surface), 0))
                .testFlag(Qt::ItemIsEnabled);
        };
        QVERIFY(isOffered("pial") && !isOffered("flat"));
        QTest::keyClick(&window, Qt::Key_F);
        QCOMPARE(window.selection().selection().surface, std::string("inflated"));
        test::FakeScoresOptions options;
        options.vertices = {6, 6};
        options.templateName = "small";
        window.data().setSource(std::make_shared<test::FakeScores>(options));
        QVERIFY(entry("Half-time")->isEnabled() &&
                entry("Half-time")->toolTip() != "Open scores of models to see this");
        qputenv("BRAINLIKE_TEMPLATES", before);
    }

    void comparesThroughItsActions() {
        if (!haveTemplate())
            QSKIP("skipped: the fsaverage5 template is not installed");
        MainWindow window;
        window.show();
        auto* compare = window.findChild<QAction*>("compare");
        QVERIFY(!compare->isEnabled()); // nothing is open
        window.data().setSource(fakeScores());
        QVERIFY(compare->isEnabled());
        QCOMPARE(compare->shortcut(), QKeySequence(Qt::Key_C));
        auto* cortex = find<CortexWidget>(window);
        QTRY_VERIFY_WITH_TIMEOUT(cortex->geometry() != nullptr, patience);
        compare->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(cortex->headings(), (QStringList{"A · step 10,000,000", "B · untrained", "A − B"}),
                                  patience);
        auto* others = window.findChild<QMenu*>("compareBases");
        Q_EMIT others->aboutToShow();
        QAction* keep = nullptr;
        QAction* satellite = nullptr;
        for (QAction* action : others->findChildren<QAction*>()) {
            if (action->text().startsWith("Keep this checkpoint"))
                keep = action;
            if (action->text().startsWith("Simulated ViT, satellite"))
                satellite = action;
        }
        QVERIFY(keep != nullptr && satellite != nullptr);
        keep->trigger();
        QCOMPARE(window.selection().selection().difference, (Difference{DifferenceBase::Step, {}, 10000000}));
        window.selection().edit([](Selection& next) { next.step = 5000; });
        QTRY_COMPARE_WITH_TIMEOUT(cortex->headings().value(1), QStringLiteral("B · step 10,000,000"), patience);
        satellite->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(cortex->headings().value(1), QStringLiteral("B · Simulated ViT, satellite"),
                                  patience);
        const VertexId vertex{Hemisphere::Left, 4321};
        window.selection().edit([&](Selection& next) { next.vertex = vertex; });
        QTRY_VERIFY2_WITH_TIMEOUT(readoutOf(window).contains(cortex->describeComparison(vertex)),
                                  qPrintable(readoutOf(window)), patience);
        window.selection().edit([](Selection& next) { next.step = 0; });
        Q_EMIT others->aboutToShow();
        for (QAction* action : others->actions())
            if (action->text() == "With the previous checkpoint") {
                QVERIFY(!action->isEnabled());
                QCOMPARE(action->toolTip(), QStringLiteral("There is no checkpoint before untrained"));
            }
        compare->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(cortex->headings().isEmpty(), patience);
        auto* undo = window.findChild<QAction*>("undo");
        QCOMPARE(undo->text(), QStringLiteral("Undo: comparison"));
        undo->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(cortex->headings().size(), 3, patience);
    }

    void pickingAVertexShowsItsExactNumbersEverywhere() {
        if (!haveTemplate())
            QSKIP("skipped: the fsaverage5 template is not installed");
        MainWindow window;
        window.show();
        const auto scores = fakeScores();
        window.data().setSource(scores);
        auto* cortex = find<CortexWidget>(window);
        QTRY_VERIFY_WITH_TIMEOUT(cortex->geometry() != nullptr, patience);
        const VertexId vertex{Hemisphere::Left, 4321};
        QTRY_VERIFY_WITH_TIMEOUT(cortex->positionOfVertex(vertex).has_value(), patience);
        QTest::mouseClick(cortex, Qt::LeftButton, {}, cortex->positionOfVertex(vertex)->toPoint());
        QTRY_VERIFY_WITH_TIMEOUT(window.selection().selection().vertex.has_value(), patience);
        const VertexId picked = *window.selection().selection().vertex;
        QCOMPARE(picked, vertex);

        const int last = static_cast<int>(scores->index().models[0].steps.size()) - 1;
        const auto all = scores->fmriVertex(0, picked.index);
        int best = 0;
        all.mean.row(last).maxCoeff(&best);
        const QString expected = "R " + scoreText(all.mean(last, best), all.sem(last, best));
        QTRY_VERIFY2_WITH_TIMEOUT(readoutOf(window).contains(expected),
                                  qPrintable(readoutOf(window) + " / " + expected), patience);
        QVERIFY2(readoutOf(window).contains("lh 4,321"), qPrintable(readoutOf(window)));
        QVERIFY2(readoutOf(window).contains("MNI152") && readoutOf(window).contains("MNI305"),
                 qPrintable(readoutOf(window)));
        QVERIFY2(readoutOf(window).contains(QString("best layer %1 of 12").arg(best + 1)),
                 qPrintable(readoutOf(window)));

        QTRY_VERIFY_WITH_TIMEOUT(cortex->shownValue(picked).has_value(), patience);
        QCOMPARE(static_cast<float>(*cortex->shownValue(picked)), all.mean(last, best));

        window.selection().edit([&](Selection& next) { next.layer = "block_02"; });
        const QString ofLayer = "R " + scoreText(all.mean(last, 1), all.sem(last, 1));
        QTRY_VERIFY2_WITH_TIMEOUT(readoutOf(window).contains(ofLayer), qPrintable(readoutOf(window)), patience);
        QTRY_VERIFY_WITH_TIMEOUT(cortex->shownValue(picked) &&
                                     static_cast<float>(*cortex->shownValue(picked)) == all.mean(last, 1),
                                 patience);
        activate(window);
        QTest::keyClick(&window, Qt::Key_Escape);
        QTRY_VERIFY(!window.selection().selection().vertex);
        QTRY_VERIFY_WITH_TIMEOUT(readoutOf(window).contains("Click the cortex"), patience);
    }

    void keysMoveTheSharedSelection() {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto scores = fakeScores();
        window.data().setSource(scores);
        activate(window);
        const auto& selection = window.selection().selection();
        QCOMPARE(selection.step, std::int64_t(10000000));
        QTest::keyClick(&window, Qt::Key_Left);
        QTRY_COMPARE(selection.step, std::int64_t(3000000));
        QTest::keyClick(&window, Qt::Key_B);
        QTRY_COMPARE(selection.map, MapKind::BestLayer);
        QTest::keyClick(&window, Qt::Key_H);
        QTRY_COMPARE(selection.map, MapKind::HalfTime);
        QTest::keyClick(&window, Qt::Key_D);
        QTRY_COMPARE(selection.map, MapKind::Difference);
        QVERIFY(window.findChild<QAction*>("showDifference")->isChecked());
        QTest::keyClick(&window, Qt::Key_T);
        QTRY_COMPARE(selection.significance, Significance::Hide);
        QTest::keyClick(&window, Qt::Key_T);
        QTRY_COMPARE(selection.significance, Significance::Ignore);
        QTest::keyClick(&window, Qt::Key_E);
        QTRY_COMPARE(selection.map, MapKind::Score);
        QTest::keyClick(&window, Qt::Key_Up);
        QTRY_COMPARE(selection.layer.value_or(""), std::string("block_01"));
        QTest::keyClick(&window, Qt::Key_Down);
        QTRY_VERIFY(!selection.layer);
        QTest::keyClick(&window, Qt::Key_P);
        QTRY_COMPARE(selection.surface, std::string("pial"));
        QCOMPARE(window.findChild<QComboBox*>("surfaceChoice")->currentData().toString(), QString("pial"));
        QTest::keyClick(&window, Qt::Key_2);
        QTRY_COMPARE(selection.cameraPreset, std::string("left"));
        QTest::keyClick(&window, Qt::Key_O);
        QTRY_VERIFY(!selection.outlines);
        QTest::keyClick(&window, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(selection.step != 3000000, patience);
        QTest::keyClick(&window, Qt::Key_Space);
    }

    void fieldsKeepTheKeysTheyMoveBy() {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.data().setSource(fakeScores());
        activate(window);
        const auto& selection = window.selection().selection();
        window.selection().edit([](Selection& next) {
            next.isCompared = true;
            next.difference = {DifferenceBase::Step, {}, 5000};
        });
        auto* track = window.findChild<TrainingTrack*>("trainingTrack");
        track->setFocus();
        QTRY_COMPARE(track->other(), 2);
        QTest::keyClick(track, Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(selection.difference.step, std::int64_t(1000));
        QVERIFY(selection.cameras.empty()); // the same keys turn the brain elsewhere
        QTest::keyClick(track, Qt::Key_Up);
        QTRY_COMPARE(selection.layer.value_or(""), std::string("block_01"));
        auto* models = window.findChild<QComboBox*>("modelChoice");
        models->setFocus(Qt::MouseFocusReason);
        QTest::keyClick(models, Qt::Key_Up);
        QTRY_COMPARE(selection.layer.value_or(""), std::string("block_02"));
        QCOMPARE(models->currentIndex(), 0);
        models->setFocus(Qt::OtherFocusReason);
        window.setFocus();
        models->setFocus(Qt::TabFocusReason);
        QTest::keyClick(models, Qt::Key_Down);
        QTRY_COMPARE(models->currentIndex(), 1);
        QCOMPARE(selection.layer.value_or(""), std::string("block_02"));
    }

    void keysAndThePanelOfAreasWorkOnTheCortex() {
        if (!haveTemplate())
            QSKIP("skipped: the fsaverage5 template is not installed");
        MainWindow window;
        window.show();
        activate(window);
        window.data().setSource(fakeScores());
        auto* cortex = find<CortexWidget>(window);
        QTRY_VERIFY_WITH_TIMEOUT(cortex->geometry() != nullptr, patience);
        const auto shown = [&]() -> const Selection& { return window.selection().selection(); };
        window.selection().edit([](Selection& next) { next.vertex = VertexId{Hemisphere::Left, 4321}; });
        const QPointF before = cortex->positionOfVertex(*shown().vertex).value();
        QTest::keyClick(&window, Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(shown().vertex->index != 4321);
        QVERIFY(cortex->positionOfVertex(*shown().vertex)->x() > before.x());

        auto* panel = find<AreasPanel>(window);
        auto* dock = window.findChild<QDockWidget*>("areasDock");
        dock->raise();
        auto* table = panel->findChild<QTreeView*>("areaTable");
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 100, patience);
        auto* search = panel->findChild<QLineEdit*>("areaSearch");
        search->setText("FFC");
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(shown().regions.areas, std::vector<std::string>{"FFC"});
        const auto& parcellation = *cortex->geometry()->parcellation;
        QCOMPARE(parcellation.areaOf(*shown().vertex)->name, std::string("FFC"));
        QVERIFY(cortex->positionOfVertex(*shown().vertex).has_value());
        QTRY_VERIFY_WITH_TIMEOUT(!cortex->lines().empty(), patience);

        cortex->setFocus();
        QTest::keyClick(&window, Qt::Key_X);
        QVERIFY(shown().regions.isolated);
        QCOMPARE(window.findChild<QAction*>("undo")->text(), QStringLiteral("Undo: isolated areas"));
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(!shown().regions.isolated && shown().vertex);
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(shown().regions.areas.empty() && !shown().vertex);
        QTest::keyClick(&window, Qt::Key_N);
        QTRY_VERIFY_WITH_TIMEOUT(cortex->areaNames().contains("V1"), patience);
        panel->findChild<QToolButton*>("pickBrush")->click();
        QVERIFY(cortex->pickTool().mode == PickTool::Mode::Brush);
    }

    void viewsAreUndoneByKey() {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        auto* undo = window.findChild<QAction*>("undo");
        auto* redo = window.findChild<QAction*>("redo");
        QVERIFY(!undo->isEnabled() && !redo->isEnabled());
        window.data().setSource(fakeScores());
        activate(window);
        QVERIFY(!undo->isEnabled());
        const auto& selection = window.selection().selection();
        QTest::keyClick(&window, Qt::Key_B);
        QTRY_COMPARE(selection.map, MapKind::BestLayer);
        QTest::keyClick(&window, Qt::Key_2);
        QTRY_COMPARE(selection.cameraPreset, std::string("left"));
        QVERIFY(undo->isEnabled());
        QCOMPARE(undo->text(), QString("Undo: view"));
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(selection.cameraPreset, std::string("four-view"));
        QCOMPARE(selection.map, MapKind::BestLayer);
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(selection.map, MapKind::Score);
        QVERIFY(!undo->isEnabled());
        QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(selection.map, MapKind::BestLayer);
        // Another study forgets the way back.
        window.data().setSource(fakeScores());
        QVERIFY(!undo->isEnabled() && !redo->isEnabled());
    }

    void toolBarIsAViewOfTheSelection() {
        MainWindow window;
        window.show();
        window.data().setSource(fakeScores());
        auto* model = window.findChild<QComboBox*>("modelChoice");
        auto* subject = window.findChild<QComboBox*>("subjectChoice");
        QCOMPARE(model->count(), 2);
        QCOMPARE(subject->count(), 4);
        window.selection().edit([](Selection& next) { next.step = 5000; });
        model->setCurrentIndex(1);
        Q_EMIT model->activated(1);
        QCOMPARE(window.selection().selection().model, std::string("model-2"));
        QCOMPARE(window.selection().selection().step, std::int64_t(5000));
        window.selection().edit([](Selection& next) { next.recording = "fmri-S2"; });
        QCOMPARE(subject->currentText(), QString("S2"));
    }

    void aNarrowWindowKeepsTheComparisonAndWholeNames() {
        MainWindow window;
        window.resize(1000, 760);
        window.show();
        window.data().setSource(fakeScores());
        auto* bar = find<ViewToolBar>(window);
        QWidget* compare = bar->widgetForAction(window.findChild<QAction*>("showComparison"));
        QTRY_VERIFY(compare->isVisible());
        QCOMPARE(window.width(), 1000);
        const auto hasCaption = [bar] {
            const auto labels = bar->findChildren<QLabel*>();
            return std::ranges::any_of(
                labels, [](const QLabel* label) { return label->isVisible() && label->text().contains("Model"); });
        };
        QVERIFY(!hasCaption());
        window.resize(1900, 760);
        QTRY_VERIFY(hasCaption());
        QVERIFY(compare->isVisible());
        const auto tabs = window.findChildren<QTabBar*>(Qt::FindDirectChildrenOnly);
        QVERIFY(!tabs.isEmpty());
        for (const QTabBar* each : tabs)
            QTRY_COMPARE(each->elideMode(), Qt::ElideNone);
    }

    void whatTheToolBarHasNoRoomForCanBeReached() {
        MainWindow window;
        window.resize(900, 760);
        window.show();
        window.data().setSource(fakeScores());
        auto* bar = find<ViewToolBar>(window);
        auto* more = bar->findChild<QToolButton*>("qt_toolbar_ext_button");
        QTRY_VERIFY(more->isVisible());
        // Its sign differs from the ground.
        const QImage image = more->grab().toImage();
        const int ground = qGray(image.pixel(0, 0));
        int signs = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                signs += std::abs(qGray(image.pixel(x, y)) - ground) > 80 ? 1 : 0;
        QVERIFY2(signs >= 12, qPrintable(QString::number(signs)));
    }

    void panelsBehindOthersRest() {
        MainWindow window;
        window.show();
        window.data().setSource(fakeScores());
        auto* layers = find<LayersPanel>(window);
        auto* areas = find<AreasPanel>(window);
        QTRY_VERIFY(layers->isVisible());
        QVERIFY(!areas->isVisible());
        const QSize dock = window.findChild<QDockWidget*>("layersPanelDock")->size();
        window.findChild<QDockWidget*>("areasDock")->raise();
        QTRY_VERIFY(areas->isVisible() && !layers->isVisible());
        QCOMPARE(window.findChild<QDockWidget*>("areasDock")->size(), dock);
    }

    void aStudyIsEncodedWhileItIsShown() {
        if (!haveTemplate())
            QSKIP("skipped: the fsaverage5 template is not installed");
        QTemporaryDir temporary;
        const auto folder = std::filesystem::path(temporary.path().toStdString()) / "study";
        JobContext job;
        SimulationOptions options;
        options.subjects = 2;
        options.megSubjects = 1;
        options.images = 60;
        options.models = 1;
        options.layers = 3;
        options.steps = 3;
        options.features = 6;
        (void)simulateStudy(folder, options, job, 2);

        MainWindow window;
        window.show();
        window.open(folder / "study.json");
        QTRY_VERIFY_WITH_TIMEOUT(find<CortexWidget>(window)->isVisible(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.data().source()->isComplete(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(folder / "scores.h5"), patience);
        const auto isFinal = [&] { return dynamic_cast<const ScoreFile*>(window.data().source().get()) != nullptr; };
        QTRY_VERIFY_WITH_TIMEOUT(isFinal(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!window.findChild<QToolButton*>("cancelEncoding")->isVisible(), patience);

        const ScoreFile file(folder / "scores.h5");
        const VertexId vertex{Hemisphere::Right, 100};
        window.selection().edit([&](Selection& next) { next.vertex = vertex; });
        const auto values = file.fmriVertex(0, 10242 + 100);
        int best = 0;
        values.mean.row(2).maxCoeff(&best);
        const QString expected = scoreText(values.mean(2, best), values.sem(2, best));
        QTRY_VERIFY2_WITH_TIMEOUT(readoutOf(window).contains(expected),
                                  qPrintable(readoutOf(window) + " / " + expected), patience);
    }

    void mapsAreShownWithoutAStudy() {
        if (!haveTemplate())
            QSKIP("skipped: the fsaverage5 template is not installed");
        QTemporaryDir temporary;
        const auto file = std::filesystem::path(temporary.path().toStdString()) / "depth.npy";
        std::vector<float> values(20484);
        for (std::size_t vertex = 0; vertex < values.size(); ++vertex)
            values[vertex] = static_cast<float>(vertex % 1000);
        writeNpy<float>(file, {20484}, values);
        MainWindow window;
        window.show();
        window.open({file});
        const VertexId vertex{Hemisphere::Right, 345};
        QTRY_VERIFY_WITH_TIMEOUT(find<CortexWidget>(window)->shownValue(vertex).has_value(), patience);
        QCOMPARE(*find<CortexWidget>(window)->shownValue(vertex), double((10242 + 345) % 1000));
        QVERIFY(!find<TrainingBar>(window)->isVisible());
        QVERIFY(!find<LayersPanel>(window)->isVisible());
        const auto menus = window.menuBar()->actions();
        const auto training = std::find_if(menus.begin(), menus.end(),
                                           [](const QAction* menu) { return menu->text().contains("Training"); });
        QVERIFY(training != menus.end() && !(*training)->isVisible());
        window.data().setSource(fakeScores());
        QVERIFY((*training)->isVisible());
    }

    void droppedFilesJoinTheOpenStudy() {
        if (!haveTemplate())
            QSKIP("skipped: the fsaverage5 template is not installed");
        QTemporaryDir temporary;
        const std::filesystem::path folder = temporary.path().toStdString();
        writeGiftiMap(folder / "lh.depth.shape.gii", 10242, 2.5);
        test::writeAnnotations(folder, "networks", 10242);
        std::ofstream(folder / "lh.patch.label") << "#!ascii label\n2\n345 0 0 0 1\n346 0 0 0 1\n";
        MainWindow window;
        window.show();
        window.data().setSource(fakeScores());
        auto* cortex = find<CortexWidget>(window);
        const VertexId vertex{Hemisphere::Left, 345};
        QTRY_VERIFY_WITH_TIMEOUT(cortex->shownValue(vertex).has_value(), patience);
        const double score = *cortex->shownValue(vertex);
        window.selection().edit([&](Selection& next) { next.vertex = vertex; });
        drop(window, {folder / "lh.depth.shape.gii"});
        QTRY_VERIFY2_WITH_TIMEOUT(readoutOf(window).contains("2.5"), qPrintable(readoutOf(window)), patience);
        QCOMPARE(window.data().index()->importedMaps.size(), std::size_t{1});
        QVERIFY2(readoutOf(window).contains("depth"), qPrintable(readoutOf(window)));
        drop(window, {folder / "lh.networks.annot", folder / "rh.networks.annot", folder / "lh.patch.label"});
        // Vertex 345 has the first area of the written annotation, which stands for no area.
        window.selection().edit([&](Selection& next) { next.vertex = VertexId{Hemisphere::Left, 346}; });
        QTRY_VERIFY2_WITH_TIMEOUT(readoutOf(window).contains("V1"), qPrintable(readoutOf(window)), patience);
        QCOMPARE(window.data().index()->importedMaps.size(), std::size_t{2});
        const auto& regions = window.selection().selection().regions;
        QCOMPARE(regions.rois->rois.size(), std::size_t{1});
        QTRY_VERIFY_WITH_TIMEOUT(!cortex->lines().empty(), patience);
        // The study is as it was.
        QTRY_VERIFY_WITH_TIMEOUT(cortex->shownValue(vertex).has_value(), patience);
        QCOMPARE(*cortex->shownValue(vertex), score);
        QVERIFY(find<TrainingBar>(window)->isVisible());
        QVERIFY(!find<MessageBanner>(window)->isVisible());
    }

    void droppedFilesThatDoNotFitNameTheTemplateThatDoes() {
        if (!haveTemplate())
            QSKIP("skipped: the fsaverage5 template is not installed");
        QTemporaryDir temporary;
        const std::filesystem::path folder = temporary.path().toStdString();
        writeGiftiMap(folder / "lh.depth.shape.gii", 32492, 2.5);
        MainWindow window;
        window.show();
        const auto scores = fakeScores();
        window.data().setSource(scores);
        const Selection before = window.selection().selection();
        drop(window, {folder / "lh.depth.shape.gii"});
        auto* banner = find<MessageBanner>(window);
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), patience);
        for (const char* word : {"lh.depth.shape.gii", "fsaverage5", "32492", "fsLR", "What to do"})
            QVERIFY2(banner->text().contains(word), qPrintable(banner->text()));
        QVERIFY(window.data().source() == scores);
        QVERIFY(window.selection().selection() == before);
        QVERIFY(find<CortexWidget>(window)->isVisible());
    }

    void mapsThatJoinARunningEncodingStay() {
        if (!haveTemplate())
            QSKIP("skipped: the fsaverage5 template is not installed");
        QTemporaryDir temporary;
        const auto folder = std::filesystem::path(temporary.path().toStdString()) / "study";
        JobContext job;
        SimulationOptions options;
        options.subjects = 2;
        options.megSubjects = 1;
        options.images = 100;
        options.models = 1;
        options.layers = 6;
        options.steps = 6;
        (void)simulateStudy(folder, options, job, 2);
        writeGiftiMap(folder / "lh.depth.shape.gii", 10242, 2.5);
        MainWindow window;
        window.show();
        window.open(folder / "study.json");
        QTRY_VERIFY_WITH_TIMEOUT(window.data().source() != nullptr, patience);
        window.open(folder / "lh.depth.shape.gii");
        QTRY_VERIFY_WITH_TIMEOUT(!window.data().index()->importedMaps.empty(), patience);
        const bool hasJoinedWhileRunning = window.data().scoreFile() == nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(window.data().scoreFile() != nullptr, patience);
        QVERIFY(hasJoinedWhileRunning);
        QCOMPARE(window.data().index()->importedMaps.size(), std::size_t{1});
        QCOMPARE(window.selection().selection().stack.size(), std::size_t{1});
        auto* cortex = find<CortexWidget>(window);
        const VertexId vertex{Hemisphere::Left, 345};
        QTRY_VERIFY2_WITH_TIMEOUT(cortex->describeStack(vertex).contains("2.5"),
                                  qPrintable(cortex->describeStack(vertex)), patience);
    }

    void openingAndClosingAHundredStudiesLeaksNothing() {
        QTemporaryDir temporary;
        const test::SmallScores scores(temporary.path().toStdString());
        MainWindow window;
        window.show();
        window.selection().edit([](Selection& next) { next.surface = "pial"; });
        std::vector<std::weak_ptr<const ScoreSource>> closed;
        const auto openAndClose = [&] {
            window.open({scores.file()});
            if (!QTest::qWaitFor(
                    [&] {
                        return find<CortexWidget>(window)->shownValue({Hemisphere::Left, 0}).has_value();
                    },
                    patience))
                return false;
            closed.push_back(window.data().source());
            window.data().setSource(nullptr);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            return true;
        };
        for (int time = 0; time < 5; ++time)
            QVERIFY(openAndClose());
        const auto objects = window.findChildren<QObject*>().size();
        for (int time = 0; time < 95; ++time)
            QVERIFY(openAndClose());
        const auto isGone = [](const auto& source) { return source.expired(); };
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::all_of(closed, isGone), patience);
        QTRY_COMPARE_WITH_TIMEOUT(window.findChildren<QObject*>().size(), objects, patience);
        std::size_t open = 0;
        for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
            std::error_code ignored;
            open += std::filesystem::read_symlink(entry, ignored) == scores.file() ? 1 : 0;
        }
        QCOMPARE(open, std::size_t{0});
    }

    void cancellingKeepsWhatIsDone() {
        if (!haveTemplate())
            QSKIP("skipped: the fsaverage5 template is not installed");
        QTemporaryDir temporary;
        const auto folder = std::filesystem::path(temporary.path().toStdString()) / "study";
        JobContext job;
        SimulationOptions options;
        options.subjects = 2;
        options.megSubjects = 1;
        options.images = 100;
        options.models = 2;
        options.layers = 8;
        options.steps = 8;
        (void)simulateStudy(folder, options, job, 2);
        MainWindow window;
        window.show();
        window.open(folder / "study.json");
        auto* cancel = window.findChild<QToolButton*>("cancelEncoding");
        QTRY_VERIFY_WITH_TIMEOUT(cancel->isVisible(), patience);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(find<MessageBanner>(window)->text().contains("Cancelled"), patience);
        QVERIFY(!std::filesystem::exists(folder / "scores.h5"));
    }
};

int main(int argc, char** argv) {
    prepareGraphics();
    QApplication application(argc, argv);
    MainWindowTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "MainWindowTest.moc"
