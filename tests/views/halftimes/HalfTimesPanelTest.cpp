#include "views/halftimes/HalfTimesPanel.h"

#include "core/tables/ScoreTables.h"
#include "tests/support/Expectations.h"
#include "tests/support/PanelFixture.h"
#include "tests/support/PlantedScores.h"
#include "tests/support/SmallScores.h"
#include "views/halftimes/HalfTimeBars.h"
#include "views/halftimes/HalfTimeTexts.h"
#include "views/plots/ScatterPlot.h"
#include "views/state/NumberText.h"

#include <QComboBox>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace brainlike;
using namespace brainlike::test;

namespace {

/// The panel on planted scores (46 areas, none of them V1), or on small ones (V1 and others, MEG).
template <typename Scores = PlantedScores>
struct ShownHalfTimes {
    ScratchFolder folder;
    std::shared_ptr<const ScoreFile> file = std::make_shared<ScoreFile>(Scores(folder.path()).file());
    JobRunner runner;
    ScoreData scores{runner};
    SelectionModel selection;
    HalfTimesPanel panel{selection, scores};

    ShownHalfTimes() {
        Selection first;
        first.model = Scores::models.front();
        first.step = 1000;
        selection.apply(first);
        panel.resize(460, 400);
        panel.show();
        scores.setSource(file);
        choose(0, static_cast<int>(TableLevel::Area));
    }
    /// As a user does: the box's entry with this data.
    void choose(int box, int data) {
        auto* choices = panel.findChildren<QComboBox*>().at(box);
        const int index = choices->findData(data);
        choices->setCurrentIndex(index);
        Q_EMIT choices->activated(index);
    }
    bool isRead() const { return panel.units() && panel.units()->level == TableLevel::Area; }
    HalfTimeBars& bars() { return *panel.findChild<HalfTimeBars*>("halfTimeBars"); }
    ScatterPlot& plot() { return *panel.findChild<ScatterPlot*>("scatterPlot"); }
    int rowOf(const std::string& id) const {
        for (int row = 0; row < static_cast<int>(panel.units()->units.size()); ++row)
            if (panel.units()->units[static_cast<std::size_t>(panel.unitOfRow(row))].id == id)
                return row;
        return -1;
    }
    Table table() const {
        return scoreTable(*file, {.what = "half-time", .level = "area", .model = Scores::models.front()});
    }
    /// The table's row of a unit.
    std::vector<TableCell> tableRow(const Table& table, const std::string& id) const {
        const auto found = std::ranges::find_if(
            table.rows, [&](const auto& row) { return std::get<std::string>(row[table.column("id")]) == id; });
        return found == table.rows.end() ? std::vector<TableCell>() : *found;
    }
    void pointAt(int row) { hover(*bars().viewport(), bars().positionOf(row)); }
};

} // namespace

class HalfTimesPanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatTheTableSays() {
        ShownHalfTimes<> shown;
        QTRY_VERIFY(shown.isRead());
        const Table table = shown.table();
        QCOMPARE(shown.panel.units()->units.size(), table.rows.size());
        for (const char* id : {"lh:A03", "rh:A07"}) {
            const auto row = shown.tableRow(table, id);
            shown.bars().setPicked(shown.rowOf(id)); // scrolls there
            shown.pointAt(shown.rowOf(id));
            const QString expected =
                unitName(id) + ": half-time " + interpolatedStepText(std::get<double>(row[table.column("half_time")])) +
                " steps (95 % " + interpolatedStepText(std::get<double>(row[table.column("ci_low")])) + " to " +
                interpolatedStepText(std::get<double>(row[table.column("ci_high")])) + "), " +
                percentText(std::get<double>(row[table.column("share")])) + " of training";
            QVERIFY2(shown.panel.readout().startsWith(expected), qPrintable(shown.panel.readout() + " / " + expected));
        }
        QVERIFY(shown.panel.title().contains("mean of 3 subjects"));
    }

    void whatHasNoHalfTimeSaysSo() {
        ShownHalfTimes<> shown;
        QTRY_VERIFY(shown.isRead());
        const int none = shown.rowOf("rh:A22");
        QVERIFY2(shown.bars().noteOf(none).contains("not above 0"), qPrintable(shown.bars().noteOf(none)));
        QVERIFY(shown.bars().noteOf(shown.rowOf("lh:A03")).isEmpty());
        shown.bars().setPicked(none);
        shown.pointAt(none);
        QVERIFY2(shown.panel.readout().contains("no half-time"), qPrintable(shown.panel.readout()));
    }

    void censoredHalfTimesAreSaidAsSuch() {
        HalfTimeBars bars;
        HalfTime early{.status = HalfTimeStatus::AtOrBeforeFirst};
        early.firstStep = 100;
        HalfTime untrained{.status = HalfTimeStatus::AtOrBeforeFirst};
        bars.setBars({{"early", early, {}}, {"untrained", untrained, {}}}, {100, 1000});
        QCOMPARE(bars.noteOf(0), QStringLiteral("≤ step 100"));
        QVERIFY(bars.noteOf(1).contains("untrained"));
    }

    void barsEndAtTheirStepsInTheOrderChosen() {
        ShownHalfTimes<> shown;
        QTRY_VERIFY(shown.isRead());
        shown.choose(2, 1);
        double before = 0;
        int reached = 0;
        for (int row = 0; row < static_cast<int>(shown.panel.units()->units.size()); ++row) {
            const auto& unit = shown.panel.units()->units[static_cast<std::size_t>(shown.panel.unitOfRow(row))];
            if (unit.halfTime.status != HalfTimeStatus::Ok)
                continue;
            QVERIFY(shown.bars().positionOf(row).x() >= before);
            before = shown.bars().positionOf(row).x();
            ++reached;
        }
        QVERIFY(reached > 40);
    }

    void clickingAndKeysPickTheAreaAndAPickLightsIt() {
        ShownHalfTimes<> shown;
        QTRY_VERIFY(shown.isRead());
        QTest::mouseClick(shown.bars().viewport(), Qt::LeftButton, {}, shown.bars().positionOf(2).toPoint());
        const auto& unit = shown.panel.units()->units[static_cast<std::size_t>(shown.panel.unitOfRow(2))];
        QVERIFY(unit.centre && shown.selection.selection().vertex == unit.centre);
        QVERIFY(std::ranges::binary_search(unit.members, shown.file->index().vertexCounts.flatIndex(*unit.centre)));
        QCOMPARE(shown.bars().picked(), 2);
        QTest::keyClick(&shown.bars(), Qt::Key_Down);
        QCOMPARE(shown.bars().picked(), 3);
        const auto& other = shown.panel.units()->units[static_cast<std::size_t>(shown.panel.unitOfRow(5))];
        shown.selection.edit(
            [&](Selection& next) { next.vertex = shown.file->index().vertexCounts.vertexAt(other.members.back()); });
        QCOMPARE(shown.bars().picked(), 5);
    }

    void againstDistanceGivesTheCorrelation() {
        ShownHalfTimes<SmallScores> shown;
        QTRY_VERIFY(shown.isRead());
        shown.choose(1, 1);
        const Correlation& found = shown.panel.units()->againstPlace;
        QVERIFY(shown.panel.units()->noPlace.empty());
        std::vector<double> places, halves;
        for (const auto& unit : shown.panel.units()->units) {
            places.push_back(unit.place);
            halves.push_back(unit.halfTime.step);
        }
        QCOMPARE(found.r, correlate(places, halves).r);
        QVERIFY2(shown.panel.readout().startsWith("r of steps (not of their log) " + scoreText(found.r) + ", n " +
                                                  QString::number(found.n)),
                 qPrintable(shown.panel.readout()));
        QTest::mouseClick(&shown.plot(), Qt::LeftButton, {}, shown.plot().positionOf(0).toPoint());
        QVERIFY(shown.selection.selection().vertex.has_value());
        QVERIFY(shown.plot().picked() >= 0);
    }

    void theScatterSaysHowManyPointsItHas() {
        ShownHalfTimes<SmallScores> shown;
        QTRY_VERIFY(shown.isRead());
        shown.choose(0, static_cast<int>(TableLevel::Roi));
        QTRY_VERIFY(shown.panel.units() && shown.panel.units()->level == TableLevel::Roi);
        QVERIFY2(shown.panel.title().endsWith("2 ROIs"), qPrintable(shown.panel.title()));
        shown.choose(1, 1);
        const auto drawn = shown.plot().points().size();
        QVERIFY2(shown.panel.title().endsWith(QString::number(drawn) + " of 4 ROIs of a hemisphere drawn"),
                 qPrintable(shown.panel.title()));
        QVERIFY(shown.plot().isLogarithmic());
        auto& axis = *shown.panel.findChild<QComboBox*>("halfTimesAxis");
        axis.setCurrentIndex(1);
        Q_EMIT axis.activated(1);
        QVERIFY(!shown.plot().isLogarithmic());
        QVERIFY(!shown.plot().band().empty());
        // A lasso chooses the ROI's areas, and areas chosen elsewhere light it.
        lasso(shown.plot(), QRectF(shown.plot().positionOf(0), QSizeF(0, 0)));
        QVERIFY(!shown.selection.selection().regions.areas.empty());
        shown.selection.edit([](Selection& next) { next.regions.areas = {"V1", "V2"}; });
        QVERIFY(!shown.plot().brushed().empty());
        for (const int point : shown.plot().brushed())
            QVERIFY(shown.plot().points()[static_cast<std::size_t>(point)].name.startsWith("early"));
    }

    void endsOfIntervalsThatAreCensoredAreSaidAndDrawnAsSuch() {
        ShownHalfTimes<SmallScores> shown;
        QTRY_VERIFY(shown.isRead());
        shown.choose(0, static_cast<int>(TableLevel::Roi));
        shown.selection.edit([](Selection& next) { next.model = "second"; });
        QTRY_VERIFY(shown.panel.units() && shown.panel.units()->level == TableLevel::Roi &&
                    shown.panel.title().contains("second"));
        const auto& units = shown.panel.units()->units;
        const auto unit = std::ranges::find(units, "rh:early", &HalfTimeUnit::id);
        QVERIFY(unit != units.end());
        QCOMPARE(unit->interval.low, -std::numeric_limits<double>::infinity());
        QVERIFY(unit->interval.high > unit->halfTime.step);
        QVERIFY(unit->interval.below > 0 && unit->interval.below < unit->interval.defined);
        const QString text = halfTimeText(*unit);
        const QString share = percentText(static_cast<double>(unit->interval.below) / unit->interval.defined);
        QVERIFY2(text.contains("(95 % ≤ first step to " + interpolatedStepText(unit->interval.high) +
                               "; of resamples " + share + " ≤ first step)"),
                 qPrintable(text));
        const Table table = scoreTable(*shown.file, {.what = "half-time", .level = "roi", .model = "second"});
        const auto row = shown.tableRow(table, "rh:early");
        QVERIFY(!std::isfinite(std::get<double>(row[table.column("ci_low")])));
        const auto& censored = table.options.at("bootstrap").at("censored");
        const auto said = std::ranges::find_if(censored, [](const auto& one) { return one.at("id") == "rh:early"; });
        QVERIFY(said != censored.end());
        QVERIFY(said->at("low_censored").template get<bool>());
        QCOMPARE(said->at("share_at_or_before_first").template get<double>(),
                 static_cast<double>(unit->interval.below) / unit->interval.defined);
    }

    void theBreakOfTheAxisLeavesWordsAlone() {
        HalfTimeBars bars;
        bars.setTheme(Theme::of(bars.palette()));
        bars.resize(420, 160);
        bars.show();
        HalfTime censored{.status = HalfTimeStatus::AtOrBeforeFirst};
        bars.setBars({{"V1", censored, {}}}, {0, 100, 1000, 10000});
        const QImage with = bars.viewport()->grab().toImage();
        // The words run across the break: below it nothing of them is missing, so that its columns have their ink.
        const StepAxis axis(std::vector<std::int64_t>{0, 100, 1000, 10000});
        QVERIFY(axis.breakPosition().has_value());
        const QPointF end = bars.positionOf(0);
        const double decades = axis.high() - axis.low();
        const QRectF plot = bars.plotRect();
        const int x = static_cast<int>(plot.left() + (*axis.breakPosition() - axis.low()) / decades * plot.width());
        int inked = 0;
        for (int column = x - 2; column <= x + 2; ++column)
            for (int line = -6; line <= 6; ++line)
                inked += with.pixelColor(column, static_cast<int>(end.y()) + line) !=
                                 with.pixelColor(x, static_cast<int>(plot.bottom()) - 2)
                             ? 1
                             : 0;
        QVERIFY(inked > 0);
    }

    void windowsOfTheUsersAreFollowed() {
        ShownHalfTimes<SmallScores> shown;
        QTRY_VERIFY(shown.isRead());
        shown.choose(0, static_cast<int>(TableLevel::Window));
        QTRY_VERIFY(shown.panel.title().endsWith("3 windows of the study"));
        const std::vector<TimeWindow> mine{{"mid", 0.1, 0.3}, {"mine", 0.2, 0.5}};
        shown.selection.edit([&](Selection& next) { next.windows = mine; });
        QTRY_VERIFY2(shown.panel.title().endsWith("2 windows of yours"), qPrintable(shown.panel.title()));
        TableRequest request{.what = "half-time", .level = "window", .model = "first"};
        const Table ofStudy = scoreTable(*shown.file, request);
        request.sets.windows = mine;
        const Table table = scoreTable(*shown.file, request);
        QCOMPARE(table.rows.size(), std::size_t(2));
        QCOMPARE(shown.panel.units()->units[1].halfTime.step,
                 std::get<double>(table.rows[1][table.column("half_time")]));
        QCOMPARE(std::get<double>(table.rows[0][3]), std::get<double>(ofStudy.rows[0][3])); // the same stretch
    }

    void windowsAreUnitsOfMeg() {
        ShownHalfTimes<SmallScores> shown;
        QTRY_VERIFY(shown.isRead());
        shown.choose(0, static_cast<int>(TableLevel::Window));
        QTRY_VERIFY(shown.panel.units() && shown.panel.units()->level == TableLevel::Window);
        const Table table = scoreTable(*shown.file, {.what = "half-time", .level = "window", .model = "first"});
        QCOMPARE(shown.panel.units()->units.size(), table.rows.size());
        QVERIFY(shown.panel.title().contains("MEG"));
        QTest::mouseClick(shown.bars().viewport(), Qt::LeftButton, {}, shown.bars().positionOf(0).toPoint());
        const auto& times = shown.file->index().times;
        QVERIFY(shown.selection.selection().time.has_value());
        QVERIFY(std::ranges::find(times, *shown.selection.selection().time) != times.end());
        QVERIFY(shown.bars().picked() >= 0);
    }

    void windowsOfASubjectAreItsOwn() {
        ShownHalfTimes<SmallScores> shown;
        QTRY_VERIFY(shown.isRead());
        shown.choose(0, static_cast<int>(TableLevel::Window));
        shown.selection.edit([](Selection& next) { next.recording = "fmri-ann"; });
        QTRY_VERIFY(shown.panel.units() && shown.panel.units()->level == TableLevel::Window &&
                    shown.panel.title().contains("subject ann"));
        const auto of = [&](const char* subject) {
            return scoreTable(*shown.file,
                              {.what = "half-time", .level = "window", .model = "first", .subject = subject});
        };
        const Table own = of("ann"), mean = of("mean");
        const auto& units = shown.panel.units()->units;
        QCOMPARE(units.size(), own.rows.size());
        const auto column = own.column("half_time");
        for (std::size_t unit = 0; unit < units.size(); ++unit)
            if (const auto* step = std::get_if<double>(&own.rows[unit][column]))
                QCOMPARE(units[unit].halfTime.step, *step);
        QVERIFY(own.rows.front()[column] != mean.rows.front()[column]);
        shown.selection.edit([](Selection& next) { next.recording = "fmri-bea"; });
        QTRY_COMPARE(shown.panel.message(), QStringLiteral("subject bea has no MEG in this study"));
    }

    void comparedModelsHaveTheirBarsAndTheirRatio() {
        ShownHalfTimes<> shown;
        QTRY_VERIFY(shown.isRead());
        shown.selection.edit([](Selection& next) {
            next.isCompared = true;
            next.difference.base = DifferenceBase::Model;
        });
        QTRY_VERIFY(shown.isRead() && shown.panel.otherUnits());
        QVERIFY2(shown.panel.title().contains("A: one | B: two"), qPrintable(shown.panel.title()));
        const Table b = scoreTable(*shown.file, {.what = "half-time", .level = "area", .model = "two"});
        const int row = shown.rowOf("lh:A03");
        const auto ofA = shown.tableRow(shown.table(), "lh:A03"), ofB = shown.tableRow(b, "lh:A03");
        const auto halfOf = [&](const auto& cells) { return std::get<double>(cells[b.column("half_time")]); };
        const auto& bar = shown.bars().bars().at(static_cast<std::size_t>(row));
        QCOMPARE(bar.halfTime.step, halfOf(ofA));
        QCOMPARE(bar.other->step, halfOf(ofB));
        QVERIFY(bar.otherInterval.low <= bar.other->step && bar.other->step <= bar.otherInterval.high);
        QCOMPARE(bar.difference, earlierText(halfTimeDifference(bar.halfTime, *bar.other)));
        QVERIFY(shown.bars().otherPositionOf(row).y() > shown.bars().positionOf(row).y());
        shown.bars().setPicked(row);
        shown.pointAt(row);
        QVERIFY2(shown.panel.readout().startsWith("● A A03 (left): half-time " + interpolatedStepText(halfOf(ofA))),
                 qPrintable(shown.panel.readout()));
        const QStringList others = shown.panel.otherReadouts();
        QVERIFY2(others.value(0).startsWith("○ B half-time " + interpolatedStepText(halfOf(ofB))),
                 qPrintable(others.value(0)));
        QCOMPARE(others.value(1), "A − B: " + valueText(halfOf(ofA) - halfOf(ofB)) + " steps, " + bar.difference);
        QTest::mouseMove(&shown.panel, QPoint(1, 1));
        hover(*shown.bars().viewport(), QPointF(5, shown.bars().viewport()->height() - 1));
        QVERIFY2(shown.panel.otherReadouts().value(1).startsWith("A − B: A earlier in "),
                 qPrintable(shown.panel.otherReadouts().value(1)));
    }

    void comparedPointsAreHollow() {
        ShownHalfTimes<SmallScores> shown;
        QTRY_VERIFY(shown.isRead());
        shown.choose(1, 1);
        const auto alone = shown.plot().points().size();
        shown.selection.edit([](Selection& next) {
            next.isCompared = true;
            next.difference.base = DifferenceBase::Model;
        });
        QTRY_VERIFY(shown.isRead() && shown.panel.otherUnits());
        const auto hollow = std::ranges::count_if(shown.plot().points(), &ScatterPlot::Point::isOther);
        QVERIFY(hollow > 0);
        QCOMPARE(shown.plot().points().size(), alone + static_cast<std::size_t>(hollow));
        QVERIFY2(shown.panel.otherReadouts().value(0).contains("○ B: r of steps (not of their log) " +
                                                               scoreText(shown.panel.otherUnits()->againstPlace.r) +
                                                               ", n "),
                 qPrintable(shown.panel.otherReadouts().value(0)));
        const int last = static_cast<int>(shown.plot().points().size()) - 1; // of B
        shown.selection.edit([](Selection& next) { next.vertex.reset(); });
        QTest::mouseClick(&shown.plot(), Qt::LeftButton, {}, shown.plot().positionOf(last).toPoint());
        QVERIFY(shown.selection.selection().vertex.has_value());
    }

    void stepsAreNothingToCompareHalfTimesBy() {
        ShownHalfTimes<> shown;
        QTRY_VERIFY(shown.isRead());
        shown.selection.edit([](Selection& next) { next.isCompared = true; }); // with the first checkpoint
        QVERIFY2(shown.panel.otherReadouts().value(0).startsWith("No B here: half-times are taken over all"),
                 qPrintable(shown.panel.otherReadouts().value(0)));
        QVERIFY(!shown.panel.otherUnits());
        shown.selection.edit([](Selection& next) {
            next.difference.base = DifferenceBase::Layer;
            next.difference.name = "none";
        });
        QVERIFY(shown.panel.otherReadouts().value(0).contains("has no layer none"));
    }

    void theTitleFollowsEveryChange() {
        ShownHalfTimes<> shown;
        QTRY_VERIFY(shown.isRead());
        QVERIFY2(shown.panel.title().contains("one · best of 5 layers · mean of 3 subjects · 46 areas"),
                 qPrintable(shown.panel.title()));
        const std::string layer = shown.file->index().models[0].layerNames[1];
        const std::string recording = shown.file->index().fmri[1].id;
        shown.selection.edit([&](Selection& next) { next.layer = layer; });
        QTRY_VERIFY(shown.panel.title().contains(QString::fromStdString(layer) + " (layer 2 of 5)"));
        shown.selection.edit([&](Selection& next) { next.recording = recording; });
        QTRY_VERIFY(
            shown.panel.title().contains("subject " + QString::fromStdString(shown.file->index().fmri[1].subject)));
        shown.selection.edit([](Selection& next) { next.model = "two"; });
        QTRY_VERIFY(shown.panel.title().contains(" · two · "));
    }

    void ratiosSayWhichIsEarlier() {
        const auto at = [](double step) { return HalfTime{.status = HalfTimeStatus::Ok, .step = step}; };
        QCOMPARE(earlierText(halfTimeDifference(at(1000), at(2100))), QStringLiteral("A 2.1× earlier"));
        QCOMPARE(earlierText(halfTimeDifference(at(3000), at(1000))), QStringLiteral("A 3.0× later"));
        QCOMPARE(earlierText(halfTimeDifference(at(1000), at(1000))), QStringLiteral("the same"));
        QCOMPARE(earlierText(halfTimeDifference(at(1000), HalfTime{})), QStringLiteral("–"));
    }

    void withoutV1ThereIsNoDistance() {
        ShownHalfTimes<> shown;
        QTRY_VERIFY(shown.isRead());
        shown.choose(1, 1);
        QVERIFY2(shown.panel.readout().contains("V1"), qPrintable(shown.panel.readout()));
    }

    void studiesWithoutWhatIsAskedSaySo() {
        ShownHalfTimes<> shown;
        QTRY_VERIFY(shown.isRead());
        shown.choose(0, static_cast<int>(TableLevel::Window));
        QCOMPARE(shown.panel.message(), QStringLiteral("No MEG in this study"));
        PanelFixture fixture;
        HalfTimesPanel panel(fixture.selection, fixture.scores);
        panel.show();
        QCOMPARE(panel.message(), QStringLiteral("No study is open"));
        fixture.open();
        QCOMPARE(panel.message(), QStringLiteral("Shown once all scores are computed"));
    }
};

QTEST_MAIN(HalfTimesPanelTest)
#include "HalfTimesPanelTest.moc"
