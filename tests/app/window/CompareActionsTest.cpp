#include "app/window/CompareActions.h"

#include "core/session/Comparison.h"
#include "tests/support/FakeScores.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <QMenu>
#include <QtTest>

#include <memory>

using namespace brainlike;
using namespace brainlike::test;

namespace {

/// Models that differ in their images and in their size.
class DescribedScores : public FakeScores {
public:
    DescribedScores() : FakeScores({.models = 4}), m_described(FakeScores::index()) {
        const auto describe = [&](std::size_t model, const char* type, double parameters) {
            m_described.models[model].imageType = type;
            m_described.models[model].parameters = parameters;
        };
        describe(0, "human", 3e8);
        describe(1, "satellite", 3e8);
        describe(2, "human", 2.1e7);
        describe(3, "human", 1.1e9);
    }
    [[nodiscard]] const ScoreIndex& index() const override { return m_described; }

private:
    ScoreIndex m_described;
};

struct ShownMenu {
    JobRunner runner;
    ScoreData scores{runner};
    SelectionModel selection;
    QMenu menu;

    ShownMenu() {
        scores.setSource(std::make_shared<DescribedScores>());
        Selection first;
        first.model = "model-1";
        first.step = 200000;
        selection.apply(first);
    }
    QMenu& others(const QString& title) {
        menu.clear();
        fillCompareMenu(menu, selection, scores);
        for (QAction* action : menu.actions())
            if (action->text() == title && action->menu())
                return *action->menu();
        qFatal("no such menu");
    }
    static QStringList textsOf(const QMenu& entries) {
        QStringList texts;
        for (const QAction* action : entries.actions())
            texts << action->text();
        return texts;
    }
};

} // namespace

class CompareActionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void modelsStandByTheirImagesTheLargestFirst() {
        ShownMenu shown;
        const QStringList texts = ShownMenu::textsOf(shown.others("With another model"));
        QCOMPARE(texts.size(), 5);
        QCOMPARE(texts[0], QStringLiteral("Images: human"));
        QVERIFY2(texts[1].startsWith("Model 4") && texts[2].startsWith("Simulated ViT, cellular"),
                 qPrintable(texts.join('|')));
        QCOMPARE(texts[3], QStringLiteral("Images: satellite"));
        QVERIFY(texts[4].startsWith("Simulated ViT, satellite"));
    }

    void otherImagesAndOtherSizesCanBeB() {
        ShownMenu shown;
        QMenu& images = shown.others("With other images, the same size");
        QCOMPARE(ShownMenu::textsOf(images), QStringList{"satellite"});
        images.actions().front()->trigger();
        const auto b = [&] { return comparedSide(shown.selection.selection(), *shown.scores.index()); };
        QCOMPARE(shown.selection.selection().difference, (Difference{DifferenceBase::ImageType, "satellite"}));
        QCOMPARE(b()->model, std::string("model-2"));
        QMenu& sizes = shown.others("With another size, the same images");
        QCOMPARE(ShownMenu::textsOf(sizes), (QStringList{"21M parameters", "1.1B parameters"}));
        sizes.actions().back()->trigger();
        QCOMPARE(b()->model, std::string("model-4"));
        // What no model has is there, disabled, with the reason.
        shown.selection.edit([](Selection& next) { next.model = "model-2"; });
        const QAction& none = *shown.others("With another size, the same images").actions().front();
        QVERIFY(!none.isEnabled());
        QVERIFY2(none.toolTip().contains("no model of the same images with 21M parameters"),
                 qPrintable(none.toolTip()));
    }

    void theMeanStandsBesideOneSubject() {
        ShownMenu shown;
        QVERIFY(!ShownMenu::textsOf(shown.others("With another subject")).contains("Mean of 3 subjects"));
        const std::string recording = shown.scores.index()->fmri.front().id;
        shown.selection.edit([&](Selection& next) { next.recording = recording; });
        for (QAction* action : shown.others("With another subject").actions())
            if (action->text() == "Mean of 3 subjects")
                action->trigger();
        const auto b = comparedSide(shown.selection.selection(), *shown.scores.index());
        QVERIFY(b && !b->recording && shown.selection.selection().recording == recording);
    }
};

QTEST_MAIN(CompareActionsTest)
#include "CompareActionsTest.moc"
