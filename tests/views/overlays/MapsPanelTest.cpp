#include "views/overlays/MapsPanel.h"

#include "core/session/StackEdit.h"
#include "tests/support/FakeMaps.h"
#include "tests/support/PanelFixture.h"
#include "views/overlays/MapList.h"
#include "views/overlays/MapNames.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QSlider>
#include <QToolButton>
#include <QtTest>

using namespace brainlike;
using test::PanelFixture;

namespace {

struct Shown : PanelFixture {
    Shown() {
        panel.resize(360, 700);
        panel.show();
        open();
    }
    MapList& list() { return *panel.findChild<MapList*>("mapList"); }
    MapRow& row(int id) { return *list().row(id); }
    template <typename Widget>
    Widget& find(const char* name) {
        return *panel.findChild<Widget*>(name);
    }
    [[nodiscard]] const std::vector<StackedMap>& stack() const { return selection.selection().stack; }
    [[nodiscard]] std::vector<int> order() const {
        std::vector<int> ids;
        for (const StackedMap& map : stack())
            ids.push_back(map.id);
        return ids;
    }
    /// Chooses an entry of the menu that adds maps; "Encoding score/block_03".
    void add(const QString& path) {
        QMenu* menu = find<QToolButton>("addMap").menu();
        Q_EMIT menu->aboutToShow();
        const QStringList parts = path.split('/');
        for (const QString& part : parts)
            for (QAction* action : menu->actions()) {
                if (action->text() != part)
                    continue;
                if (action->menu() == nullptr)
                    return action->trigger();
                menu = action->menu();
                break;
            }
        throw std::logic_error("no such entry: " + path.toStdString());
    }
    void choose(const char* combo, const QString& text) {
        auto& box = find<QComboBox>(combo);
        const int index = box.findText(text);
        if (index < 0)
            throw std::logic_error("no such choice: " + text.toStdString());
        box.setCurrentIndex(index);
        Q_EMIT box.activated(index);
    }
    void type(const char* field, const QString& text) {
        auto& edit = find<QLineEdit>(field);
        edit.setFocus();
        edit.selectAll();
        QTest::keyClicks(&edit, text);
        QTest::keyClick(&edit, Qt::Key_Return);
    }
    void settle() { QCoreApplication::processEvents(); }
    MapsPanel panel{selection, scores};
};

QString titleOfRow(MapRow& row) {
    return row.entry().name;
}

} // namespace

class MapsPanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginsWithTheFirstMap() {
        Shown shown;
        QTRY_VERIFY(shown.list().row(firstMapId) != nullptr);
        QCOMPARE(titleOfRow(shown.row(firstMapId)), QString("Encoding score"));
        QCOMPARE(shown.panel.chosen(), firstMapId);
        QVERIFY(!shown.find<QToolButton>("removeMap").isEnabled());
        QCOMPARE(shown.panel.title(), QString("One map · Encoding score"));
    }

    void addsWhatTheStudyOffers() {
        Shown shown;
        shown.add("t of the score");
        shown.add("Encoding score/block_03");
        QCOMPARE(shown.stack().size(), std::size_t(2));
        QVERIFY(shown.stack()[0].kind == MapKind::TValue);
        QCOMPARE(shown.stack()[1].layer.value(), std::string("block_03"));
        // The new one is on top, and chosen.
        QCOMPARE(shown.panel.chosen(), shown.stack()[1].id);
        QCOMPARE(titleOfRow(shown.row(2)), QString("Encoding score · block_03"));
        QTRY_VERIFY(shown.row(2).y() < shown.row(1).y() && shown.row(1).y() < shown.row(firstMapId).y());
        shown.add("Difference/Less Simulated ViT, satellite");
        QCOMPARE(shown.stack()[2].difference.name, std::string("model-2"));
    }

    void eyeAndOpacityBelongToTheirMap() {
        Shown shown;
        shown.add("q of the score");
        shown.settle();
        QTest::mouseClick(shown.row(1).findChild<QToolButton*>("eye"), Qt::LeftButton);
        QVERIFY(!shown.stack()[0].placement.isVisible);
        QVERIFY(shown.selection.selection().placement.isVisible);
        shown.settle();
        shown.row(1).setFocus();
        QTest::keyClick(&shown.row(1), Qt::Key_Space);
        QVERIFY(shown.stack()[0].placement.isVisible);
        shown.row(firstMapId).findChild<QSlider*>("opacity")->setValue(40);
        QCOMPARE(shown.selection.selection().placement.opacity, 0.4);
        QCOMPARE(shown.stack()[0].placement.opacity, 1.0);
    }

    void aDragOfTheSliderIsUndoneAtOnce() {
        Shown shown;
        shown.selection.setMergeTime(std::chrono::milliseconds(0));
        shown.add("t of the score");
        shown.settle();
        auto* slider = shown.row(1).findChild<QSlider*>("opacity");
        slider->setSliderDown(true);
        for (const int value : {80, 60, 30})
            slider->setValue(value);
        slider->setSliderDown(false);
        QCOMPARE(shown.stack()[0].placement.opacity, 0.3);
        QCOMPARE(shown.selection.undoable(), std::set<std::string>{"stack/1/opacity"});
        shown.selection.undo();
        QCOMPARE(shown.stack()[0].placement.opacity, 1.0);
        shown.selection.undo();
        QVERIFY(shown.stack().empty());
    }

    void rowsAreDragged() {
        Shown shown;
        for (const char* map : {"t of the score", "q of the score", "Half-time"})
            shown.add(map);
        shown.settle();
        QCOMPARE(shown.order(), (std::vector{1, 2, 3}));
        // The uppermost, 3, to between 2 and 1.
        MapRow& row = shown.row(3);
        const int height = row.height();
        QTest::mousePress(&row, Qt::LeftButton, Qt::NoModifier, QPoint(150, 4));
        for (const double share : {0.4, 0.8, 1.2})
            test::drag(row, QPointF(150, 4 + share * 1.5 * height));
        QTest::mouseRelease(&row, Qt::LeftButton, Qt::NoModifier, QPoint(150, static_cast<int>(1.8 * height)));
        QCOMPARE(shown.order(), (std::vector{1, 3, 2}));
        shown.settle();
        QCOMPARE(shown.panel.chosen(), 3);
        // The first map cannot be dragged, nothing can be dropped below it.
        MapRow& first = shown.row(firstMapId);
        QTest::mousePress(&first, Qt::LeftButton, Qt::NoModifier, QPoint(150, 4));
        test::drag(first, QPointF(150, -60));
        QTest::mouseRelease(&first, Qt::LeftButton, Qt::NoModifier, QPoint(150, -60));
        QCOMPARE(shown.order(), (std::vector{1, 3, 2}));
        shown.settle();
        MapRow& top = shown.row(2);
        QTest::mousePress(&top, Qt::LeftButton, Qt::NoModifier, QPoint(150, 4));
        test::drag(top, QPointF(150, 500));
        QTest::mouseRelease(&top, Qt::LeftButton, Qt::NoModifier, QPoint(150, 500));
        QCOMPARE(shown.order(), (std::vector{2, 1, 3}));
    }

    void keysChooseMoveAndRemove() {
        Shown shown;
        for (const char* map : {"t of the score", "q of the score"})
            shown.add(map);
        shown.settle();
        shown.row(2).setFocus();
        QTest::keyClick(&shown.row(2), Qt::Key_Down);
        QCOMPARE(shown.panel.chosen(), 1);
        QTest::keyClick(&shown.row(1), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(shown.order(), (std::vector{2, 1}));
        shown.settle();
        QTest::keyClick(&shown.row(1), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(shown.order(), (std::vector{1, 2}));
        shown.settle();
        QCOMPARE(shown.panel.chosen(), 1);
        QTest::keyClick(&shown.row(1), Qt::Key_Delete);
        QCOMPARE(shown.order(), std::vector{2});
        shown.settle();
        QCOMPARE(shown.panel.chosen(), firstMapId);
        QTest::keyClick(&shown.row(firstMapId), Qt::Key_Delete);
        QCOMPARE(shown.order(), std::vector{2});
        shown.selection.undo();
        QCOMPARE(shown.order(), (std::vector{1, 2}));
    }

    void settingsChangeTheChosenMap() {
        Shown shown;
        shown.add("t of the score");
        MapColors drawn{.kind = MapKind::TValue, .scale = {.map = ColorMap::named("vik"), .low = -5, .high = 5}};
        shown.panel.setShown({{1, drawn}});
        shown.settle();
        QCOMPARE(shown.find<QLineEdit>("rangeLow").text(), QString("−5"));
        QVERIFY(shown.find<QCheckBox>("twoTailed").isVisible());
        shown.type("rangeHigh", "8.5");
        QVERIFY((shown.stack()[0].range == ColorRange{-5, 8.5}));
        shown.type("threshold", "2.5");
        QCOMPARE(shown.stack()[0].threshold, 2.5);
        QTest::mouseClick(&shown.find<QCheckBox>("twoTailed"), Qt::LeftButton, Qt::NoModifier, QPoint(8, 8));
        QVERIFY(shown.stack()[0].oneTailed);
        shown.choose("rangeRule", "Percentiles 2 to 98");
        QVERIFY(!shown.stack()[0].range && shown.stack()[0].rangeRule == RangeRule::Percentile2);
        shown.choose("colorMap", "roma");
        QCOMPARE(shown.stack()[0].colorMap, std::string("roma"));
        shown.choose("significance", "Opacity by q");
        QVERIFY(shown.stack()[0].significance == Significance::Fade);
        shown.choose("mapSubject", "S2");
        QCOMPARE(shown.stack()[0].recording.value(), std::string("fmri-S2"));
        shown.choose("mapLayer", "Best of each vertex");
        QCOMPARE(shown.stack()[0].layer.value(), std::string());
        shown.find<QCheckBox>("contour").click();
        QVERIFY(shown.stack()[0].placement.contour);
        shown.choose("mask", "Where Encoding score is coloured");
        QCOMPARE(shown.stack()[0].placement.mask.value(), firstMapId);
        QVERIFY(shown.selection.selection().threshold == 0 && shown.selection.selection().colorMap.empty());
        // Another quantity has another unit.
        shown.choose("mapKind", "q");
        QVERIFY(shown.stack()[0].kind == MapKind::QValue && shown.stack()[0].threshold == 0);
    }

    void whatIsNoNumberIsTakenBack() {
        Shown shown;
        shown.panel.setShown({{firstMapId, {.scale = {.map = ColorMap::named("inferno"), .low = 0, .high = 0.4}}}});
        shown.settle();
        shown.type("rangeHigh", "tall");
        QVERIFY(!shown.selection.selection().range);
        QCOMPARE(shown.find<QLineEdit>("rangeHigh").text(), QString("0.4"));
        shown.type("rangeHigh", "-1");
        QVERIFY(!shown.selection.selection().range);
        shown.settle();
        QCOMPARE(shown.find<QLineEdit>("rangeHigh").text(), QString("0.4"));
        shown.type("rangeHigh", "0,3");
        QVERIFY((shown.selection.selection().range == ColorRange{0, 0.3}));
    }

    void mapsOfFilesAreOffered() {
        PanelFixture fixture;
        MapsPanel panel(fixture.selection, fixture.scores);
        panel.show();
        QVERIFY(!panel.message().isEmpty());
        const auto maps = std::make_shared<test::FakeMaps>(
            "fake", VertexCounts{2, 2},
            std::vector<ImportedMap>{{.name = "thickness", .values = {1, 2, 3, 4}},
                                     {.name = "areas", .labels = {0, 0, -1, 0}, .areas = {Area{.name = "V1"}}}});
        fixture.selection.edit([](Selection& next) {
            next.map = MapKind::Imported;
            next.importedMap = "thickness";
        });
        fixture.scores.setSource(maps);
        QVERIFY(panel.message().isEmpty());
        auto* menu = panel.findChild<QToolButton*>("addMap")->menu();
        Q_EMIT menu->aboutToShow();
        QCOMPARE(menu->actions().size(), 2);
        menu->actions().back()->trigger();
        const auto& stack = fixture.selection.selection().stack;
        QCOMPARE(stack.size(), std::size_t(1));
        QCOMPARE(stack[0].importedMap, std::string("areas"));
        QCOMPARE(mapTitle(fixture.selection.selection(), 1, fixture.scores.index()), QString("areas"));
    }
};

QTEST_MAIN(MapsPanelTest)
#include "MapsPanelTest.moc"
