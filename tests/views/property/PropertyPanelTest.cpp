#include "views/property/PropertyPanel.h"

#include "core/stats/LinearFit.h"
#include "core/tables/ScoreTables.h"
#include "tests/support/Expectations.h"
#include "tests/support/PairedAreas.h"
#include "tests/support/PanelFixture.h"
#include "tests/support/PlantedScores.h"
#include "views/plots/ScatterPlot.h"
#include "views/property/NullPlot.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"

#include <QComboBox>
#include <QtTest>

#include <algorithm>
#include <fstream>
#include <numeric>

using namespace brainlike;
using namespace brainlike::test;

namespace {

/// The panel on planted scores with a table of planted properties.
struct ShownProperties {
    ScratchFolder folder;
    std::shared_ptr<const ScoreFile> file = std::make_shared<ScoreFile>(PlantedScores(folder.path()).file());
    JobRunner runner;
    ScoreData scores{runner};
    SelectionModel selection;
    PropertyPanel panel{selection, scores};

    ShownProperties() {
        writePairedAreas(folder.path() / "template/label");
        Selection first;
        first.model = "one";
        first.step = 10000;
        selection.apply(first);
        panel.resize(460, 560);
        panel.setSpins(200);
        panel.show();
        scores.setSource(file);
        choose(2, static_cast<int>(TableLevel::Area));
        panel.addPropertyFile(table());
    }
    std::filesystem::path table() {
        const auto path = folder.file("half.csv");
        std::ofstream stream(path);
        stream.precision(17);
        stream << "area,hemisphere,half\n";
        for (int hemisphere = 0; hemisphere < 2; ++hemisphere)
            for (int area = 0; area < PlantedScores::areas; ++area)
                stream << PlantedScores::areaName(area) << (hemisphere == 0 ? ",lh," : ",rh,")
                       << PlantedScores::property("half", area, hemisphere) << '\n';
        return path;
    }
    /// Planted half-times of areas of "pairs".
    std::filesystem::path pairTable() {
        const auto path = folder.file("pairs.csv");
        std::ofstream stream(path);
        stream.precision(17);
        stream << "area,hemisphere,half\n";
        for (int hemisphere = 0; hemisphere < 2; ++hemisphere)
            for (int pair = 0; pair < PlantedScores::areas / 2; ++pair)
                stream << 'P' << pair << (hemisphere == 0 ? ",lh," : ",rh,")
                       << PlantedScores::property("half", 2 * pair, hemisphere) << '\n';
        return path;
    }
    /// As a user does: the box's entry with this data.
    void choose(int box, const QVariant& data) {
        auto* choices = panel.findChildren<QComboBox*>().at(box);
        const int index = choices->findData(data);
        choices->setCurrentIndex(index);
        Q_EMIT choices->activated(index);
    }
    bool isSpun() const { return panel.readout().contains("spin p"); }
    ScatterPlot& plot() { return *panel.findChild<ScatterPlot*>("scatterPlot"); }

    TableRequest request() {
        TableRequest wanted{.what = "property", .level = "area", .model = "one"};
        wanted.property.spins = 200;
        wanted.property.request.sources = {folder.file("half.csv").string()};
        return wanted;
    }
};

} // namespace

class PropertyPanelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatTheTableSays() {
        ShownProperties shown;
        QTRY_VERIFY(shown.isSpun());
        const auto table = scoreTable(*shown.file, shown.request());
        const auto& row = table.rows.front();
        const double r = std::get<double>(row[table.column("r")]);
        QVERIFY(r > 0.9); // the property is the planted half-time
        const QString readout = shown.panel.readout();
        QVERIFY2(readout.startsWith("r of steps (not of their log) " + scoreText(r) + ", n " +
                                    QString::number(std::get<std::int64_t>(row[table.column("n")])) + " of 46"),
                 qPrintable(readout));
        QVERIFY2(readout.contains("95 % " + scoreText(std::get<double>(row[table.column("ci_low")]))),
                 qPrintable(readout));
        QVERIFY2(readout.endsWith("spin p " + QString::number(std::get<double>(row[table.column("spin_p")]), 'g', 2) +
                                  " (200 spins)"),
                 qPrintable(readout));
        const auto& counts = shown.panel.findChild<NullPlot*>("nullPlot")->counts();
        QCOMPARE(std::accumulate(counts.begin(), counts.end(), 0), 200);
        QCOMPARE(shown.panel.title().section(QStringLiteral(" · "), 0, 0), QStringLiteral("Half-time against half"));
    }

    void aClickPicksTheAreaAndAPickLightsItsPoint() {
        ShownProperties shown;
        QTRY_VERIFY(shown.isSpun());
        const auto& points = shown.panel.scatter()->points;
        const int wanted = 17;
        QTest::mouseClick(&shown.plot(), Qt::LeftButton, {}, shown.plot().positionOf(wanted).toPoint());
        const auto vertex = shown.selection.selection().vertex;
        QVERIFY(vertex.has_value());
        const int clicked = shown.plot().picked();
        QVERIFY(clicked >= 0);
        QVERIFY(*vertex == points[static_cast<std::size_t>(clicked)].centre);
        const int other = clicked == 3 ? 4 : 3;
        const int flat = points[static_cast<std::size_t>(other)].vertices.back();
        shown.selection.edit([&](Selection& next) { next.vertex = shown.file->index().vertexCounts.vertexAt(flat); });
        QCOMPARE(shown.plot().picked(), other);
    }

    void keysGoFromPointToPoint() {
        ShownProperties shown;
        QTRY_VERIFY(shown.isSpun());
        ScatterPlot& plot = shown.plot();
        const auto x = [&] { return plot.points()[static_cast<std::size_t>(plot.picked())].x; };
        QVERIFY((plot.focusPolicy() & Qt::ClickFocus) == 0); // arrows stay the window's after a click
        QTest::keyClick(&plot, Qt::Key_Home);
        QVERIFY(shown.selection.selection().vertex.has_value());
        QCOMPARE(x(), std::ranges::min(plot.points(), {}, &ScatterPlot::Point::x).x);
        const double lowest = x();
        QTest::keyClick(&plot, Qt::Key_Left);
        QCOMPARE(x(), lowest);
        for (int step = 0; step < 5; ++step) {
            const double before = x();
            QTest::keyClick(&plot, Qt::Key_Right);
            QVERIFY(x() >= before);
        }
        QVERIFY(x() > lowest);
        QTest::keyClick(&plot, Qt::Key_End);
        QCOMPARE(x(), std::ranges::max(plot.points(), {}, &ScatterPlot::Point::x).x);
    }

    void aLassoChoosesAreasAndChosenAreasAreMarked() {
        ShownProperties shown;
        QTRY_VERIFY(shown.isSpun());
        const auto& points = shown.panel.scatter()->points;
        const QPointF place = shown.plot().positionOf(20);
        lasso(shown.plot(), QRectF(place, QSizeF(0, 0)));
        std::vector<std::string> caught;
        for (const int index : shown.plot().brushed()) {
            const std::string area = points[static_cast<std::size_t>(index)].id.substr(3);
            if (std::ranges::find(caught, area) == caught.end())
                caught.push_back(area);
        }
        std::vector<std::string> chosen = shown.selection.selection().regions.areas;
        QVERIFY(std::ranges::find(chosen, points[20].id.substr(3)) != chosen.end());
        std::ranges::sort(chosen);
        std::ranges::sort(caught);
        QCOMPARE(caught, chosen); // of both hemispheres, as on the cortex
        QVERIFY(shown.selection.selection().outlines);
        // Areas chosen elsewhere light their points.
        shown.selection.edit([](Selection& next) { next.regions.areas = {"A07"}; });
        QCOMPARE(shown.plot().brushed().size(), std::size_t(2));
        for (const int index : shown.plot().brushed())
            QVERIFY(points[static_cast<std::size_t>(index)].id.ends_with(":A07"));
        // Of another parcellation they are others.
        shown.selection.edit([](Selection& next) { next.regions.parcellation = "pairs"; });
        QVERIFY(shown.plot().brushed().empty());
        lasso(shown.plot(), QRectF(12, 12, 1, 1));
        QVERIFY(shown.selection.selection().regions.areas.empty());
    }

    void otherParcellationsAreUnits() {
        ShownProperties shown;
        QTRY_VERIFY(shown.isSpun());
        auto& units = *shown.panel.findChild<UnitBox*>();
        QTRY_VERIFY(units.findText("Areas of pairs") >= 0);
        units.setCurrentIndex(units.findText("Areas of pairs"));
        Q_EMIT units.activated(units.currentIndex());
        shown.panel.addPropertyFile(shown.pairTable());
        QTRY_VERIFY(shown.panel.scatter() && shown.panel.title().contains("24 areas of pairs"));
        TableRequest request = shown.request();
        request.sets.parcellation = "pairs";
        request.property.request.sources = {shown.pairTable().string()};
        const auto table = scoreTable(*shown.file, request);
        QCOMPARE(shown.panel.scatter()->correlation.r, std::get<double>(table.rows.front()[table.column("r")]));
        QCOMPARE(table.options.at("parcellation").get<std::string>(), std::string("pairs"));
        const QPointF place = shown.plot().positionOf(0);
        lasso(shown.plot(), QRectF(place, QSizeF(0, 0)));
        QCOMPARE(shown.selection.selection().regions.parcellation, std::string("pairs"));
        QVERIFY(!shown.plot().brushed().empty());
    }

    void regionsOfTheUsersAreUnits() {
        ShownProperties shown;
        QTRY_VERIFY(shown.isSpun());
        auto& units = *shown.panel.findChild<UnitBox*>();
        units.setCurrentIndex(units.findText("Your regions"));
        Q_EMIT units.activated(units.currentIndex());
        QTRY_VERIFY2(shown.panel.message().startsWith("There are no regions of yours"),
                     qPrintable(shown.panel.message()));
        RoiSet set;
        for (int roi = 0; roi < 4; ++roi) // two areas each
            for (const Hemisphere hemisphere : hemispheres) {
                std::vector<std::int32_t> vertices(14);
                std::iota(vertices.begin(), vertices.end(), 14 * roi);
                set = withVertices(set, "mine " + std::to_string(roi), hemisphere, vertices);
            }
        shown.selection.edit([&](Selection& next) { next.regions.rois = SharedRois(set); });
        QTRY_VERIFY(shown.panel.scatter() && shown.panel.title().contains("8 regions of yours"));
        // A region's half-time is that of the area that the second parcellation makes of the same vertices.
        TableRequest request{.what = "half-time", .level = "area", .model = "one"};
        request.sets.parcellation = "pairs";
        request.bootstrap.resamples = 0;
        const auto table = scoreTable(*shown.file, request);
        for (const ScatterPoint& point : shown.panel.scatter()->points) {
            const std::string pair = point.id.substr(0, 3) + "P" + point.id.substr(point.id.size() - 1);
            const auto row = std::ranges::find_if(table.rows, [&](const auto& cells) {
                return std::get<std::string>(cells[table.column("id")]) == pair;
            });
            QVERIFY(row != table.rows.end());
            QCOMPARE(point.map, std::get<double>((*row)[table.column("half_time")]));
        }
        lasso(shown.plot(), QRectF(shown.plot().positionOf(0), QSizeF(0, 0)));
        QVERIFY(shown.selection.selection().regions.roi.starts_with("mine "));
        QVERIFY(!shown.plot().brushed().empty());
        shown.selection.edit([](Selection& next) { next.regions.roi = "mine 2"; });
        QCOMPARE(shown.plot().brushed().size(), std::size_t(2));
    }

    void halfTimesAreOnALogAxisAndTheLineHasItsInterval() {
        ShownProperties shown;
        QTRY_VERIFY(shown.isSpun());
        QVERIFY(shown.plot().isLogarithmic());
        auto& axis = *shown.panel.findChild<QComboBox*>("propertyAxis");
        QVERIFY(axis.isVisible());
        axis.setCurrentIndex(1);
        Q_EMIT axis.activated(1);
        QVERIFY(!shown.plot().isLogarithmic());
        std::vector<double> x, y;
        for (const ScatterPoint& point : shown.panel.scatter()->points) {
            x.push_back(point.property);
            y.push_back(point.map);
        }
        const LinearFit fit = linearFit(x, y); // whose interval is tested against closed forms
        QVERIFY(shown.plot().band().size() > 10);
        for (const auto& [low, high] : shown.plot().band()) {
            QCOMPARE(low.x(), high.x());
            QVERIFY(std::abs(low.y() - (fit.at(low.x()) - fit.halfWidth(low.x()))) < 1e-9 * std::abs(high.y()));
            QVERIFY(std::abs(high.y() - (fit.at(low.x()) + fit.halfWidth(low.x()))) < 1e-9 * std::abs(high.y()));
        }
        shown.choose(0, static_cast<int>(PropertyMapKind::Score));
        QTRY_VERIFY(shown.panel.scatter() && shown.panel.scatter()->map == PropertyMapKind::Score);
        QVERIFY(!axis.isVisible());
        QVERIFY(shown.panel.readout().startsWith("r 0") || shown.panel.readout().startsWith("r −"));
    }

    void pointingReadsTheExactValues() {
        ShownProperties shown;
        QTRY_VERIFY(shown.isSpun());
        hover(shown.plot(), shown.plot().positionOf(0));
        const QString readout = shown.panel.readout();
        const int index = shown.plot().pointAt(shown.plot().positionOf(0));
        const auto& point = shown.panel.scatter()->points[static_cast<std::size_t>(index)];
        QVERIFY2(readout.contains("half " + valueText(point.property)), qPrintable(readout));
        QVERIFY2(readout.contains("half-time " + interpolatedStepText(point.map) + " steps"), qPrintable(readout));
    }

    void otherQuantitiesFollowTheStep() {
        ShownProperties shown;
        QTRY_VERIFY(shown.isSpun());
        shown.choose(0, static_cast<int>(PropertyMapKind::Score));
        QTRY_VERIFY(shown.panel.scatter() && shown.panel.scatter()->step == 10000);
        shown.selection.edit([](Selection& next) { next.step = 1000; });
        QTRY_VERIFY(shown.panel.scatter() && shown.panel.scatter()->step == 1000);
        QVERIFY(shown.panel.title().contains("step 1,000"));
    }

    void bothSidesOfAComparisonHaveTheirNumbers() {
        ShownProperties shown;
        QTRY_VERIFY(shown.isSpun());
        shown.selection.edit([](Selection& next) {
            next.isCompared = true;
            next.difference.base = DifferenceBase::Model;
        });
        QTRY_VERIFY(shown.panel.otherScatter() && shown.panel.otherReadouts().value(0).contains("spin p"));
        QVERIFY2(shown.panel.title().contains("A: one | B: two"), qPrintable(shown.panel.title()));
        JobContext job;
        TableRequest request = shown.request();
        request.model = "two";
        const PropertyScatter b = propertyScatter(*shown.file, request, job);
        const QString expected = "○ B: r of steps (not of their log) " + scoreText(b.correlation.r) + ", n " +
                                 QString::number(b.correlation.n) + " of " + QString::number(b.unitCount) + ", p " +
                                 probabilityText(b.correlation.p);
        QVERIFY2(shown.panel.otherReadouts().value(0).startsWith(expected),
                 qPrintable(shown.panel.otherReadouts().value(0) + " / " + expected));
        QVERIFY(shown.panel.readout().startsWith("● A: r of steps (not of their log) " +
                                                 scoreText(shown.panel.scatter()->correlation.r)));
        QCOMPARE(shown.panel.otherReadouts().value(1),
                 "A − B: r differs by " + scoreText(shown.panel.scatter()->correlation.r - b.correlation.r));
        const auto hollow = std::ranges::count_if(shown.plot().points(), &ScatterPlot::Point::isOther);
        QCOMPARE(static_cast<std::size_t>(hollow), b.points.size());
        const int point = static_cast<int>(shown.panel.scatter()->points.size()); // the first of B
        QTest::mouseClick(&shown.plot(), Qt::LeftButton, {}, shown.plot().positionOf(point).toPoint());
        QVERIFY(shown.selection.selection().vertex.has_value());
    }

    void theTitleSaysWhatIsShown() {
        ShownProperties shown;
        QTRY_VERIFY(shown.panel.scatter().has_value());
        const ScoreIndex& index = shown.file->index();
        const QString model = QString::fromStdString(index.models[0].label);
        const auto title = [&](const QStringList& parts) { return parts.join(QStringLiteral(" · ")); };
        const QString group = subjectsText(index.fmri, std::nullopt);
        // A half-time is of all checkpoints: no step in the title.
        QTRY_COMPARE(shown.panel.title(), title({"Half-time against half", model, group, "46 areas"}));
        shown.choose(0, static_cast<int>(PropertyMapKind::Score));
        QTRY_COMPARE(shown.panel.title(),
                     title({"Encoding score against half", model, "step 10,000", group, "46 areas"}));
        shown.choose(0, static_cast<int>(PropertyMapKind::BestLayer));
        QTRY_COMPARE(shown.panel.title(), title({"Best layer against half", model, "step 10,000", group, "46 areas"}));
        shown.selection.edit([&](Selection& next) { next.recording = index.fmri.front().id; });
        QTRY_COMPARE(shown.panel.title(),
                     title({"Best layer against half", model, "step 10,000", subjectsText(index.fmri, 0), "46 areas"}));
    }

    void choicesStayBesideAMessage() {
        ShownProperties shown;
        QTRY_VERIFY(shown.isSpun());
        const auto path = shown.folder.file("broken.csv");
        std::ofstream(path) << "area,value\nnowhere,1\n";
        shown.panel.addPropertyFile(path);
        QTRY_VERIFY(!shown.panel.message().isEmpty());
        for (const QComboBox* choices : shown.panel.findChildren<QComboBox*>())
            QVERIFY(choices->isVisible());
        shown.choose(1, QString::fromStdString(shown.folder.file("half.csv").string()));
        QTRY_VERIFY(shown.panel.message().isEmpty());
    }

    void comparisonsThatChangeNothingHereSaySo() {
        ShownProperties shown;
        QTRY_VERIFY(shown.panel.scatter().has_value());
        shown.selection.edit([](Selection& next) { next.isCompared = true; });
        QVERIFY(shown.panel.otherReadouts().value(0).startsWith("No B here: half-times are taken over all"));
        QVERIFY(!shown.panel.otherScatter());
    }

    void aFileThatIsNoMapSaysSo() {
        ShownProperties shown;
        QTRY_VERIFY(shown.isSpun());
        const auto path = shown.folder.file("broken.csv");
        std::ofstream(path) << "area,value\nnowhere,1\n";
        shown.panel.addPropertyFile(path);
        QTRY_VERIFY2(shown.panel.message().contains("nowhere"), qPrintable(shown.panel.message()));
    }

    void scoresThatAreStillComputedAreWaitedFor() {
        PanelFixture fixture;
        PropertyPanel panel(fixture.selection, fixture.scores);
        panel.show();
        QCOMPARE(panel.message(), QStringLiteral("No study is open"));
        fixture.open();
        QCOMPARE(panel.message(), QStringLiteral("Shown once all scores are computed"));
    }
};

QTEST_MAIN(PropertyPanelTest)
#include "PropertyPanelTest.moc"
