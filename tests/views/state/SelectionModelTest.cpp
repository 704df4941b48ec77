#include "views/state/SelectionModel.h"

#include <QtTest>

using namespace brainlike;

namespace {

using Fields = std::set<std::string>;

constexpr std::chrono::milliseconds never{0};
constexpr std::chrono::hours always{24};

void goTo(SelectionModel& model, std::int64_t step) {
    model.edit([&](Selection& next) { next.step = step; });
}

void choose(SelectionModel& model, const std::string& layer) {
    model.edit([&](Selection& next) { next.layer = layer; });
}

} // namespace

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
        // Both are one change.
        model.undo();
        QCOMPARE(model.selection(), Selection{});
        QVERIFY(model.undoable().empty());
    }

    void undoesAndRedoesOneChangeAtATime() {
        SelectionModel model;
        model.setMergeTime(never);
        QVERIFY(model.undoable().empty() && model.redoable().empty());
        goTo(model, 1000);
        goTo(model, 5000);
        choose(model, "block_02");
        QCOMPARE(model.undoable(), Fields{"layer"});
        model.undo();
        QVERIFY(!model.selection().layer);
        QCOMPARE(model.redoable(), Fields{"layer"});
        QCOMPARE(model.undoable(), Fields{"step"});
        model.undo();
        QCOMPARE(model.selection().step, std::int64_t(1000));
        model.redo();
        model.redo();
        QCOMPARE(model.selection().step, std::int64_t(5000));
        QCOMPARE(model.selection().layer, std::optional<std::string>("block_02"));
        QVERIFY(model.redoable().empty());
        model.redo();
        QCOMPARE(model.selection().step, std::int64_t(5000));
    }

    void aChangeAfterUndoLeavesNothingToRedo() {
        SelectionModel model;
        model.setMergeTime(never);
        goTo(model, 1000);
        goTo(model, 5000);
        model.undo();
        choose(model, "block_02");
        QVERIFY(model.redoable().empty());
        model.undo();
        QCOMPARE(model.selection().step, std::int64_t(1000));
        QVERIFY(!model.selection().layer);
    }

    void quickChangesOfOneFieldAreOne() {
        SelectionModel model;
        model.setMergeTime(always);
        choose(model, "block_02");
        for (const std::int64_t step : {1000, 5000, 20000, 70000})
            goTo(model, step);
        choose(model, "block_03");
        model.undo();
        QCOMPARE(model.selection().layer, std::optional<std::string>("block_02"));
        QCOMPARE(model.selection().step, std::int64_t(70000));
        model.undo();
        QCOMPARE(model.selection().step, std::int64_t(0));
        // After an undo a new change stands for itself.
        goTo(model, 200000);
        model.undo();
        QCOMPARE(model.selection().step, std::int64_t(0));
        QCOMPARE(model.selection().layer, std::optional<std::string>("block_02"));
    }

    void aGestureIsOneChange() {
        SelectionModel model;
        model.setMergeTime(never);
        goTo(model, 1000);
        model.beginGesture();
        for (const double threshold : {0.1, 0.2, 0.3})
            model.edit([&](Selection& next) { next.threshold = threshold; });
        choose(model, "block_02");
        model.endGesture();
        goTo(model, 5000);
        model.undo();
        QCOMPARE(model.selection().threshold, 0.3);
        model.undo();
        QCOMPARE(model.selection().threshold, 0.0);
        QVERIFY(!model.selection().layer);
        QCOMPARE(model.selection().step, std::int64_t(1000));
        // One that ends where it began leaves nothing.
        const Fields before = model.undoable();
        model.beginGesture();
        model.edit([&](Selection& next) { next.threshold = 0.2; });
        model.edit([&](Selection& next) { next.threshold = 0; });
        model.endGesture();
        QCOMPARE(model.undoable(), before);
    }

    void anotherStudyForgets() {
        SelectionModel model;
        int told = 0;
        connect(&model, &SelectionModel::historyChanged, this, [&] { ++told; });
        goTo(model, 1000);
        QCOMPARE(told, 1);
        Selection other;
        other.model = "other";
        model.restart(other);
        QCOMPARE(model.selection(), other);
        QCOMPARE(told, 2);
        QVERIFY(model.undoable().empty() && model.redoable().empty());
        model.undo();
        QCOMPARE(model.selection(), other);
        model.restart(other);
        QCOMPARE(told, 3);
    }

    void remembersNoMoreThanItShould() {
        SelectionModel model;
        model.setMergeTime(never);
        for (int step = 1; step <= 250; ++step)
            goTo(model, step);
        int undone = 0;
        while (!model.undoable().empty()) {
            model.undo();
            ++undone;
        }
        QCOMPARE(undone, 200);
        QCOMPARE(model.selection().step, std::int64_t(50));
    }
};

QTEST_GUILESS_MAIN(SelectionModelTest)
#include "SelectionModelTest.moc"
