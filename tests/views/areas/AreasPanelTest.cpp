#include "views/areas/AreasPanel.h"

#include "core/templates/TemplateFinder.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/Expectations.h"
#include "tests/support/FakeScores.h"
#include "views/areas/RoiList.h"
#include "views/scene/CortexMap.h"
#include "views/state/NumberText.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

using namespace brainlike;
using namespace brainlike::test;

namespace {

struct Bench {
    std::shared_ptr<FakeScores> source;
    JobRunner runner;
    ScoreData data{runner};
    SelectionModel selection;
    AreasPanel panel{selection, data};

    Bench() {
        FakeScoresOptions options;
        options.vertices = {12, 12};
        source = std::make_shared<FakeScores>(options);
        selection.setMergeTime(std::chrono::milliseconds(0));
        Selection first;
        first.model = source->index().models.front().id;
        first.step = options.steps.back();
        selection.apply(first);
        panel.resize(420, 640);
        panel.show();
        data.setSource(source);
        showMap();
    }
    /// What the cortex does once it has read a map.
    void showMap() {
        panel.setMap(std::make_shared<const CortexMap>(readCortexMap(*source, selection.selection()).value()));
    }
    [[nodiscard]] QTreeView& table() { return *panel.findChild<QTreeView*>("areaTable"); }
    [[nodiscard]] QLineEdit& search() { return *panel.findChild<QLineEdit*>("areaSearch"); }
    [[nodiscard]] QStringList names() {
        QStringList all;
        for (int row = 0; row < table().model()->rowCount(); ++row)
            all << text(row, 0);
        return all;
    }
    [[nodiscard]] QString text(int row, int column) { return table().model()->index(row, column).data().toString(); }
    void clickRow(int row, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        const QRect box = table().visualRect(table().model()->index(row, 0));
        QTest::mouseClick(table().viewport(), Qt::LeftButton, modifiers, box.center());
    }
    void press(const char* button) { panel.findChild<QToolButton*>(button)->click(); }
    [[nodiscard]] const RegionChoice& regions() const { return selection.selection().regions; }
    [[nodiscard]] QStringList selectedRows() {
        QStringList rows;
        for (const QModelIndex& index : table().selectionModel()->selectedRows())
            rows << index.data().toString();
        rows.sort();
        return rows;
    }
};

} // namespace

class AreasPanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void listsAreasWithMeans();
    void followsTheMap();
    void choosesOnClicksAndFollowsTheChoice();
    void searchHidesOthersAndKeepsTheChoice();
    void goesToPlaces();
    void anotherParcellationStartsAfresh();
    void choosesOutlines();
    void tellsTheTool();
    void makesRenamesAndDeletesRegions();
    void savesAndOpensRegions();
    void saysWhatIsWrongWithAFile();
    void saysWhenThereIsNothingToShow();

private:
    QTemporaryDir m_folder;
};

void AreasPanelTest::initTestCase() {
    const std::filesystem::path root = m_folder.path().toStdString();
    Mesh mesh = icosahedron();
    mesh.points *= 30;
    writeFreeSurferTemplate(root / "fake/surf", mesh, {"pial", "inflated"});
    writeAnnotations(root / "fake/label", "HCP-MMP1", 12);
    writeAnnotations(root / "fake/label", "aparc", 12);
    qputenv("BRAINLIKE_TEMPLATES", m_folder.path().toUtf8());
}

void AreasPanelTest::listsAreasWithMeans() {
    Bench bench;
    QTRY_VERIFY(bench.table().model()->rowCount() > 0);
    const QStringList names = bench.names();
    QVERIFY(std::is_sorted(names.begin(), names.end()));
    QVERIFY(!names.contains("???"));
    const auto best = bench.source->fmriBestLayer(0, 9)->score;
    QTRY_VERIFY(bench.text(0, 2) != QStringLiteral("–"));
    // The written annotation goes through its table vertex by vertex.
    const auto parcellation = TemplateFinder().find("fake").readParcellation().value();
    double sum = 0;
    const auto vertices = parcellation.verticesOf(Hemisphere::Right, names.front().toStdString());
    for (const int vertex : vertices)
        sum += static_cast<double>(best[static_cast<std::size_t>(12 + vertex)]);
    QCOMPARE(bench.text(0, 3), scoreText(sum / static_cast<double>(vertices.size())));
    QCOMPARE(bench.text(0, 1), countText(static_cast<std::int64_t>(2 * vertices.size())));
    QVERIFY(bench.panel.title().contains("HCP-MMP1"));
}

void AreasPanelTest::followsTheMap() {
    Bench bench;
    QTRY_VERIFY(bench.table().model()->rowCount() > 0 && bench.text(0, 2) != QStringLiteral("–"));
    const QString before = bench.text(0, 2);
    bench.selection.edit([](Selection& next) { next.step = 0; });
    bench.showMap();
    QTRY_VERIFY(bench.text(0, 2) != before && bench.text(0, 2) != QStringLiteral("–"));
    bench.panel.setMap(nullptr);
    QTRY_COMPARE(bench.text(0, 2), QStringLiteral("–"));
}

void AreasPanelTest::choosesOnClicksAndFollowsTheChoice() {
    Bench bench;
    QTRY_VERIFY(bench.table().model()->rowCount() > 1);
    const QStringList names = bench.names();
    bench.clickRow(0);
    QCOMPARE(bench.regions().areas, std::vector{names[0].toStdString()});
    bench.clickRow(1, Qt::ControlModifier);
    QCOMPARE(bench.regions().areas.size(), std::size_t(2));
    bench.selection.edit([&](Selection& next) { next.regions.areas = {names[1].toStdString()}; });
    QCOMPARE(bench.selectedRows(), QStringList{names[1]});
    QVERIFY(bench.panel.title().contains("1 chosen"));
    bench.selection.undo();
    QCOMPARE(bench.selectedRows().size(), 2);
    // Choosing with outlines off shows those of the chosen areas.
    bench.selection.edit([](Selection& next) { next.outlines = false; });
    bench.clickRow(0);
    QVERIFY(bench.selection.selection().outlines);
    QVERIFY(bench.regions().outlined == OutlineSet::ChosenAreas);
}

void AreasPanelTest::searchHidesOthersAndKeepsTheChoice() {
    Bench bench;
    QTRY_VERIFY(bench.table().model()->rowCount() > 1);
    const QStringList names = bench.names();
    bench.clickRow(1);
    QTest::keyClicks(&bench.search(), names[0].toLower());
    QCOMPARE(bench.names().front(), names[0]);
    QVERIFY(!bench.names().contains(names[1]));
    QCOMPARE(bench.regions().areas, std::vector{names[1].toStdString()});
    bench.clickRow(0, Qt::ControlModifier);
    QCOMPARE(bench.regions().areas, (std::vector{names[1].toStdString(), names[0].toStdString()}));
    bench.search().clear();
    QCOMPARE(bench.names(), names);
    QCOMPARE(bench.selectedRows().size(), 2);
}

void AreasPanelTest::goesToPlaces() {
    Bench bench;
    QTRY_VERIFY(bench.table().model()->rowCount() > 1);
    QSignalSpy asked(&bench.panel, &AreasPanel::goToRequested);
    const auto goTo = [&](const QString& text) {
        bench.search().setText(text);
        QTest::keyClick(&bench.search(), Qt::Key_Return);
    };
    goTo("rh 5");
    QCOMPARE(asked.count(), 1);
    QVERIFY(asked.back().front().value<VertexId>() == (VertexId{Hemisphere::Right, 5}));
    const Eigen::Vector3f there = 30 * icosahedron().points.row(7);
    // A template of its own has coordinates of its own.
    const QString own = QString("%1 %2 %3").arg(there.x()).arg(there.y()).arg(there.z());
    goTo("MNI305 " + own);
    QCOMPARE(asked.count(), 1);
    QVERIFY2(bench.panel.hint().contains("coordinates of fake"), qPrintable(bench.panel.hint()));
    QVERIFY(!bench.search().placeholderText().contains("MNI"));
    goTo(own);
    QCOMPARE(asked.count(), 2);
    QCOMPARE(asked.back().front().value<VertexId>().index, 7);
    QVERIFY(bench.panel.hint().contains("mm away"));
    const QString area = bench.names().front();
    goTo(area);
    QCOMPARE(asked.count(), 3);
    QCOMPARE(bench.regions().areas, std::vector{area.toStdString()});
    goTo("nowhere at all");
    QCOMPARE(asked.count(), 3);
    QVERIFY(bench.panel.hint().contains("No area"));
    goTo("lh 99");
    QCOMPARE(asked.count(), 3);
    QVERIFY(bench.panel.hint().contains("lh 0 to 11"));
}

void AreasPanelTest::anotherParcellationStartsAfresh() {
    Bench bench;
    QTRY_VERIFY(bench.table().model()->rowCount() > 1);
    bench.clickRow(0);
    auto* box = bench.panel.findChild<QComboBox*>("parcellation");
    QCOMPARE(box->count(), 2);
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(bench.regions().parcellation, std::string("aparc"));
    QVERIFY(bench.regions().areas.empty());
    QTRY_VERIFY(bench.panel.title().contains("aparc"));
    bench.selection.edit([](Selection& next) { next.regions.parcellation = "missing"; });
    QTRY_VERIFY(bench.panel.hint().contains("no such parcellation"));
}

void AreasPanelTest::choosesOutlines() {
    Bench bench;
    auto* box = bench.panel.findChild<QComboBox*>("outlineChoice");
    QTest::keyClick(box, Qt::Key_End);
    QVERIFY(!bench.selection.selection().outlines);
    QTest::keyClick(box, Qt::Key_Up);
    QVERIFY(bench.selection.selection().outlines);
    QVERIFY(bench.regions().outlined == OutlineSet::Rois);
    bench.selection.edit([](Selection& next) { next.regions.outlined = OutlineSet::ChosenAreas; });
    QCOMPARE(box->currentIndex(), 1);
}

void AreasPanelTest::tellsTheTool() {
    Bench bench;
    QSignalSpy chosen(&bench.panel, &AreasPanel::toolChosen);
    bench.press("pickBrush");
    QVERIFY(chosen.back().front().value<PickTool>().mode == PickTool::Mode::Brush);
    bench.press("pickVertex");
    QVERIFY(chosen.back().front().value<PickTool>().mode == PickTool::Mode::Vertex);
    QSignalSpy discs(&bench.panel, &AreasPanel::discRequested);
    bench.press("addDisc");
    QCOMPARE(discs.count(), 0);
    QVERIFY(bench.panel.hint().contains("Pick a vertex"));
    bench.selection.edit([](Selection& next) { next.vertex = VertexId{Hemisphere::Left, 3}; });
    bench.press("addDisc");
    QCOMPARE(discs.count(), 1);
}

void AreasPanelTest::makesRenamesAndDeletesRegions() {
    Bench bench;
    QTRY_VERIFY(bench.table().model()->rowCount() > 1);
    bench.press("roiOfAreas");
    QVERIFY(bench.panel.hint().contains("Choose areas first"));
    bench.clickRow(0);
    const QString area = bench.names().front();
    bench.press("roiOfAreas");
    auto* list = bench.panel.findChild<RoiList*>("roiList");
    QCOMPARE(list->topLevelItemCount(), 1);
    QCOMPARE(list->topLevelItem(0)->text(0), area);
    QCOMPARE(list->topLevelItem(0)->text(1), bench.text(0, 1));
    QCOMPARE(bench.regions().roi, area.toStdString());
    list->topLevelItem(0)->setText(0, "mine");
    QTRY_VERIFY(bench.regions().rois->find("mine") != nullptr);
    QCOMPARE(bench.regions().roi, std::string("mine"));
    list->topLevelItem(0)->setText(0, "  "); // no name
    QTRY_COMPARE(list->topLevelItem(0)->text(0), QStringLiteral("mine"));
    bench.selection.undo();
    QCOMPARE(list->topLevelItem(0)->text(0), area);
    list->setCurrentItem(list->topLevelItem(0));
    bench.press("removeRoi");
    QVERIFY(bench.regions().rois.empty());
    QVERIFY(bench.regions().roi.empty());
    QCOMPARE(list->topLevelItemCount(), 0);
}

void AreasPanelTest::savesAndOpensRegions() {
    Bench bench;
    QTRY_VERIFY(bench.table().model()->rowCount() > 1);
    bench.clickRow(0);
    bench.press("roiOfAreas");
    bench.clickRow(1);
    bench.press("roiOfAreas");
    const SharedRois saved = bench.regions().rois;
    QCOMPARE(saved->rois.size(), std::size_t(2));
    const ScratchFolder folder;
    for (const char* name : {"set.json", "set.annot", "set.label"}) {
        bench.panel.saveRois(folder.file(name));
        QTRY_VERIFY(bench.panel.hint().contains("Saved") && bench.panel.hint().contains(QString(name).section('.', 1)));
    }
    bench.selection.edit([](Selection& next) { next.regions.rois = {}; });
    bench.panel.openRois({folder.file("set.json")});
    QTRY_VERIFY(bench.regions().rois == saved);
    bench.selection.edit([](Selection& next) { next.regions.rois = {}; });
    bench.panel.openRois({folder.file("lh.set.annot"), folder.file("rh.set.annot")});
    QTRY_COMPARE(bench.regions().rois->rois.size(), std::size_t(2));
    for (const Roi& roi : saved->rois)
        QCOMPARE(bench.regions().rois->find(roi.name)->vertices, roi.vertices);
    QVERIFY(bench.selection.selection().outlines);
}

void AreasPanelTest::saysWhatIsWrongWithAFile() {
    Bench bench;
    QTRY_VERIFY(bench.table().model()->rowCount() > 1);
    const ScratchFolder folder;
    bench.panel.openRois({folder.file("bad.json", "{\"format\": \"brainlike-rois\", \"rois\": 3}")});
    QTRY_VERIFY(bench.panel.hint().contains("a list of regions"));
    bench.panel.saveRois(folder.file("rois.txt"));
    QTRY_VERIFY(bench.panel.hint().contains(".json, .annot or .label"));
    QVERIFY(bench.regions().rois.empty());
}

void AreasPanelTest::saysWhenThereIsNothingToShow() {
    JobRunner runner;
    ScoreData data(runner);
    SelectionModel selection;
    AreasPanel panel(selection, data);
    QVERIFY(panel.message().contains("Open a study"));
    FakeScoresOptions options;
    options.fmri = false;
    data.setSource(std::make_shared<FakeScores>(options));
    QVERIFY(panel.message().contains("no fMRI"));
}

QTEST_MAIN(AreasPanelTest)
#include "AreasPanelTest.moc"
