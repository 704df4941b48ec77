#include "views/state/ComparisonText.h"

#include "core/session/Comparison.h"
#include "core/session/SelectionDefaults.h"
#include "tests/support/FakeScores.h"

#include <QtTest>

using namespace brainlike;
using namespace brainlike::test;

namespace {

Selection shownIn(const ScoreIndex& index) {
    Selection selection = fittedTo({}, index);
    selection.step = 20000;
    selection.isCompared = true;
    return selection;
}

} // namespace

class ComparisonTextTest : public QObject {
    Q_OBJECT

    FakeScores m_scores;

private Q_SLOTS:
    void saysOnlyWhatDiffers_data() {
        QTest::addColumn<int>("base");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        const auto row = [](const char* tag, DifferenceBase base, const char* name, const char* a, const char* b) {
            QTest::newRow(tag) << static_cast<int>(base) << QString(name) << QString(a) << QString(b);
        };
        row("first step", DifferenceBase::FirstStep, "", "step 20,000", "untrained");
        row("step before", DifferenceBase::PreviousStep, "", "step 20,000", "step 5,000");
        row("chosen step", DifferenceBase::Step, "", "step 20,000", "step 200,000");
        row("model", DifferenceBase::Model, "", "Simulated ViT", "Simulated ViT, satellite");
        row("first layer", DifferenceBase::Layer, "", "best of 12 layers", "block_01 (layer 1 of 12)");
        row("layer", DifferenceBase::Layer, "block_07", "best of 12 layers", "block_07 (layer 7 of 12)");
        row("subject", DifferenceBase::Subject, "fmri-S2", "mean of 3 subjects", "subject S2");
    }
    void saysOnlyWhatDiffers() {
        QFETCH(int, base);
        QFETCH(QString, name);
        Selection selection = shownIn(m_scores.index());
        selection.difference = {static_cast<DifferenceBase>(base), name.toStdString(), 200000};
        const ComparisonText text = comparisonText(selection, m_scores.index());
        QTEST(text.a, "a");
        QTEST(text.b, "b");
        QCOMPARE(text.noOther, QString());
        const auto other = otherSide(selection, m_scores.index());
        QVERIFY(other);
        QCOMPARE(text.differs.model, selection.model != other->model);
        QCOMPARE(text.differs.step, selection.step != other->step);
        QCOMPARE(text.differs.layer, selection.layer != other->layer);
        QCOMPARE(text.differs.recording, selection.recording != other->recording);
    }

    void theSelectedCheckpointIsNamedTwice() {
        Selection selection = shownIn(m_scores.index());
        selection.difference = {DifferenceBase::Step, {}, 20000};
        const ComparisonText text = comparisonText(selection, m_scores.index());
        QCOMPARE(text.a, "step 20,000");
        QCOMPARE(text.b, "step 20,000");
        QVERIFY(text.differs == ComparedFields{});
    }

    void saysWhyThereIsNoOther_data() {
        QTest::addColumn<int>("base");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* tag, DifferenceBase base, const char* name, const char* reason) {
            QTest::newRow(tag) << static_cast<int>(base) << QString(name) << QString(reason);
        };
        row("nothing before", DifferenceBase::PreviousStep, "", "no checkpoint before untrained");
        row("no such step", DifferenceBase::Step, "", "Simulated ViT has no step 123");
        row("no such model", DifferenceBase::Model, "none", "no model none in these scores");
        row("same layer", DifferenceBase::Layer, "block_03", "block_03 itself is selected");
        row("no such layer", DifferenceBase::Layer, "head", "Simulated ViT has no layer head");
        row("no such subject", DifferenceBase::Subject, "fmri-S9", "no other subject");
    }
    void saysWhyThereIsNoOther() {
        QFETCH(int, base);
        QFETCH(QString, name);
        Selection selection = shownIn(m_scores.index());
        selection.step = 0;
        selection.layer = "block_03";
        selection.difference = {static_cast<DifferenceBase>(base), name.toStdString(), 123};
        const ComparisonText text = comparisonText(selection, m_scores.index());
        QTEST(text.noOther, "reason");
        QCOMPARE(text.b, QString());
        QVERIFY(!otherSide(selection, m_scores.index()));
    }

    void oneModelHasNoOther() {
        const FakeScores alone({.models = 1});
        Selection selection = shownIn(alone.index());
        selection.difference.base = DifferenceBase::Model;
        QCOMPARE(comparisonText(selection, alone.index()).noOther, "no other model than Simulated ViT");
    }

    void aTitleSaysSharedPartsOnce() {
        QCOMPARE(comparedTitle({"ViT", "step 20,000", "3 subjects"}, {"ViT", "untrained", "3 subjects"}),
                 (QStringList{"ViT", "A: step 20,000 | B: untrained", "3 subjects"}));
    }
};

QTEST_APPLESS_MAIN(ComparisonTextTest)
#include "ComparisonTextTest.moc"
