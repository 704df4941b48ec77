#include "views/state/SelectionModel.h"

#include <QtTest>

using namespace brainlike;

class SelectionModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void emitsOnceWithBeforeAndAfter() {
        SelectionModel model;
        std::vector<std::pair<Selection, Selection>> changes;
        connect(&model, &SelectionModel::changed, this,
                [&](const Selection& before, const Selection& after) { changes.emplace_back(before, after); });
        model.edit([](Selection& selection) {
            selection.step = 200000;
            selection.layer = "block_07";
        });
        QCOMPARE(changes.size(), std::size_t(1));
        QCOMPARE(changes[0].first.step, std::int64_t(0));
        QCOMPARE(changes[0].second.step, std::int64_t(200000));
        QCOMPARE(model.selection().layer, std::optional<std::string>("block_07"));
    }

    void isSilentWhenNothingChanges() {
        SelectionModel model;
        Selection selection;
        selection.time = 0.12;
        model.apply(selection);
        int changes = 0;
        connect(&model, &SelectionModel::changed, this, [&] { ++changes; });
        model.apply(selection);
        model.edit([](Selection& same) { same.time = 0.12; });
        QCOMPARE(changes, 0);
        model.edit([](Selection& other) { other.time = 0.13; });
        QCOMPARE(changes, 1);
    }

    void listenersSeeTheNewSelectionAndMayEdit() {
        SelectionModel model;
        connect(&model, &SelectionModel::changed, this, [&](const Selection&, const Selection& after) {
            QCOMPARE(model.selection(), after);
            if (after.step == 1000)
                model.edit([](Selection& selection) { selection.layer.reset(); });
        });
        model.edit([](Selection& selection) {
            selection.step = 1000;
            selection.layer = "block_01";
        });
        QVERIFY(!model.selection().layer);
    }
};

QTEST_GUILESS_MAIN(SelectionModelTest)
#include "SelectionModelTest.moc"
