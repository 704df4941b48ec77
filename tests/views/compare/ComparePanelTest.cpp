#include "views/compare/ComparePanel.h"

#include "core/session/SelectionDefaults.h"
#include "core/tables/ScoreTables.h"
#include "tests/support/Expectations.h"
#include "tests/support/PanelFixture.h"
#include "tests/support/SmallScores.h"
#include "tests/support/TestFiles.h"
#include "views/compare/CompareTexts.h"
#include "views/plots/ScatterPlot.h"
#include "views/state/NumberText.h"

#include <QComboBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QtTest>

using namespace brainlike;
using namespace brainlike::test;

namespace {

/// The panel on two models, five checkpoints, three subjects with fMRI and two with MEG.
struct ShownComparison {
    ScratchFolder folder;
    std::shared_ptr<const ScoreFile> file = std::make_shared<ScoreFile>(SmallScores(folder.path()).file());
    JobRunner runner;
    ScoreData scores{runner};
    SelectionModel selection;
    ComparePanel panel{selection, scores};

    explicit ShownComparison(const Difference& difference = {DifferenceBase::Model, "second"}) {
        Selection first;
        first.model = "first";
        first.step = 10000;
        first.difference = difference;
        selection.apply(first);
        panel.resize(480, 620);
        panel.show();
        scores.setSource(file);
    }
    [[nodiscard]] bool isRead() const { return table().rowCount() > 0 && !text("compareText").isEmpty(); }
    [[nodiscard]] QTableWidget& table(const char* name = "compareTable") const {
        return *panel.findChild<QTableWidget*>(name);
    }
    [[nodiscard]] QString cell(int row, int column, const char* name = "compareTable") const {
        return table(name).item(row, column)->text();
    }
    [[nodiscard]] QString text(const char* name) const { return panel.findChild<QLabel*>(name)->text(); }
    /// As `brainlike scores --what compare` has it for a unit.
    [[nodiscard]] std::vector<TableCell> tableRow(CompareUnit unit) const {
        return scoreTable(*file, {.what = "compare", .compare = {.models = {"first", "second"}, .unit = unit}})
            .rows.at(0);
    }
};

} // namespace

class ComparePanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTableIsThatOfTheScores() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        QCOMPARE(shown.table().rowCount(), 5);
        const std::array units{CompareUnit::Subjects, CompareUnit::Rois, CompareUnit::Areas, CompareUnit::Vertices,
                               CompareUnit::Windows};
        for (int row = 0; row < 5; ++row) {
            const auto expected = shown.tableRow(units[static_cast<std::size_t>(row)]);
            QCOMPARE(shown.cell(row, 0), unitTitle(units[static_cast<std::size_t>(row)]));
            const auto n = std::get<std::int64_t>(expected[3]);
            QCOMPARE(shown.cell(row, 1), countText(n));
            if (n == 0)
                continue;
            QCOMPARE(shown.cell(row, 2), scoreText(std::get<double>(expected[7])));
            QCOMPARE(shown.cell(row, 3), cellText(std::get<double>(expected[4])));
            QCOMPARE(shown.cell(row, 4), probabilityText(std::get<double>(expected[5])));
            QCOMPARE(shown.cell(row, 5), probabilityText(std::get<double>(expected[6])));
        }
        QCOMPARE(shown.panel.title().section(QStringLiteral(" · "), 0, 1),
                 QStringLiteral("Comparison of encoding scores · A: first | B: second"));
    }

    void saysTheSmallestPInPlainWords() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        const QString words = shown.text("compareText");
        QVERIFY2(words.contains("The smallest p that 3 subjects can reach is 0.25."), qPrintable(words));
        QVERIFY2(words.contains("A is above B in 3 of 3 subjects"), qPrintable(words));
        shown.table().selectRow(2);
        QVERIFY2(shown.text("compareText").contains("Areas of one brain are not independent"),
                 qPrintable(shown.text("compareText")));
        auto& plot = *shown.panel.findChild<ScatterPlot*>("comparePlot");
        QVERIFY(plot.isVisible());
        QCOMPARE(plot.points().size(), shown.panel.sides()[2].ids.size());
    }

    void clickingAnAreaChoosesIt() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        shown.table().selectRow(2);
        auto& plot = *shown.panel.findChild<ScatterPlot*>("comparePlot");
        Q_EMIT plot.clicked(0);
        QCOMPARE(shown.selection.selection().regions.areas, std::vector<std::string>{"V1"});
    }

    void followsTheSelection() {
        ShownComparison shown({DifferenceBase::FirstStep});
        QTRY_VERIFY(shown.isRead());
        QVERIFY2(shown.panel.title().contains("A: step 10,000 | B: untrained"), qPrintable(shown.panel.title()));
        const auto steps = scoreTable(
            *shown.file, {.what = "compare", .model = "first", .compare = {.between = CompareBetween::Steps}});
        // The table has each checkpoint against the last: the sign is the other way round.
        QCOMPARE(shown.cell(0, 2), scoreText(-std::get<double>(steps.rows[0][7])));
        QCOMPARE(shown.cell(0, 4), probabilityText(std::get<double>(steps.rows[0][5])));
        shown.selection.edit([](Selection& next) { next.step = 1000; });
        QTRY_VERIFY(shown.panel.title().contains("A: step 1,000 | B: untrained"));
    }

    void saysWhyThereIsNothingToCompareWith() {
        ShownComparison shown({DifferenceBase::PreviousStep});
        shown.selection.edit([](Selection& next) { next.step = 0; });
        QTRY_COMPARE(shown.text("compareText"),
                     QStringLiteral("Nothing to compare with: no checkpoint before untrained."));
        QVERIFY(shown.table().isHidden());
        QVERIFY(!shown.panel.findChild<ScatterPlot*>("comparePlot")->isVisible());
        QCOMPARE(shown.table("modelTable").rowCount(), 2); // models need no other side
    }

    void saysWhatSubjectsCannotBe() {
        ShownComparison shown({DifferenceBase::Subject, "fmri-bea"});
        QTRY_VERIFY(shown.isRead());
        QVERIFY2(shown.text("compareText").contains("subjects cannot be the pairs"),
                 qPrintable(shown.text("compareText")));
        QCOMPARE(shown.cell(0, 1), QStringLiteral("–"));
        QVERIFY(shown.cell(2, 1) != QStringLiteral("–"));
    }

    void modelsHaveTheFitsOfTheTable() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        const auto fits = scoreTable(*shown.file, {.what = "log-fit"});
        QCOMPARE(shown.table("modelTable").rowCount(), 2);
        const auto& metric = *shown.panel.findChild<QComboBox*>("factorScore");
        QCOMPARE(metric.count(), 4);
        for (const auto& row : fits.rows) {
            const int model = std::get<std::string>(row[0]) == "first" ? 0 : 1;
            for (int place = 0; place < metric.count(); ++place) {
                if (std::get<std::string>(row[1]) != nameOf(curveMetrics[static_cast<std::size_t>(place)]))
                    continue;
                shown.panel.findChild<QComboBox*>("factorScore")->setCurrentIndex(place);
                QCOMPARE(shown.cell(model, 6, "modelTable"), scoreText(std::get<double>(row[4])));
                QCOMPARE(shown.cell(model, 7, "modelTable"), scoreText(std::get<double>(row[5])));
            }
        }
        const auto scores = scoreTable(*shown.file, {.what = "encoding", .onlyLastStep = true});
        QCOMPARE(shown.cell(0, 2, "modelTable"), scoreText(std::get<double>(scores.rows[0][scores.column("score")])));
        QVERIFY2(shown.text("modelText").contains("No fit against size"), qPrintable(shown.text("modelText")));
        shown.panel.findChild<QComboBox*>("factor")->setCurrentIndex(1);
        QVERIFY2(shown.text("modelText").contains("Ten times as many steps"), qPrintable(shown.text("modelText")));
    }

    void aRowSelectsItsModel() {
        ShownComparison shown;
        QTRY_VERIFY(shown.isRead());
        shown.panel.findChild<QTabWidget*>("compareTabs")->setCurrentIndex(1);
        auto& table = shown.table("modelTable");
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualItemRect(table.item(1, 0)).center());
        QCOMPARE(shown.selection.selection().model, std::string("second"));
    }

    void waitsForScores() {
        PanelFixture fixture;
        ComparePanel panel(fixture.selection, fixture.scores);
        panel.show();
        QTRY_COMPARE(panel.message(), QStringLiteral("Open scores of models to compare them."));
        fixture.open();
        QTRY_VERIFY(panel.message().isEmpty());
        QCOMPARE(panel.findChild<QLabel*>("compareText")->text(),
                 QStringLiteral("A is compared with B once the encoding has finished."));
    }
};

QTEST_MAIN(ComparePanelTest)
#include "ComparePanelTest.moc"
