#include "core/formats/NpyFile.h"
#include "core/stats/SpinTest.h"
#include "core/tables/PropertyScatter.h"
#include "core/tables/ScoreTables.h"
#include "tests/support/Expectations.h"
#include "tests/support/PlantedScores.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>

using namespace brainlike;
using namespace brainlike::test;

namespace {

const std::vector<std::string> propertyNames{"depth", "size", "half", "right", "chance"};

/// All properties as a table of areas.
std::filesystem::path writeAreaTable(const std::filesystem::path& file) {
    std::ofstream stream(file);
    stream.precision(17);
    stream << "area,hemisphere";
    for (const auto& name : propertyNames)
        stream << ',' << name;
    for (int hemisphere = 0; hemisphere < 2; ++hemisphere)
        for (int area = 0; area < PlantedScores::areas; ++area) {
            stream << '\n' << PlantedScores::areaName(area) << (hemisphere == 0 ? ",lh" : ",rh");
            for (const auto& name : propertyNames)
                if (const double value = PlantedScores::property(name, area, hemisphere); std::isnan(value))
                    stream << ',';
                else
                    stream << ',' << value;
        }
    stream << '\n';
    return file;
}

/// One property as a map of vertices with a little noise.
std::string writeVertexMap(const std::filesystem::path& folder, const std::string& name) {
    std::vector<double> values;
    for (int vertex = 0; vertex < 2 * PlantedScores::side; ++vertex) {
        const int area = vertex % PlantedScores::side / 7;
        values.push_back(area == PlantedScores::areas
                             ? 1e6 // medial wall: must not count
                             : PlantedScores::property(name, area, vertex / PlantedScores::side) +
                                   0.01 * PlantedScores::noise({vertex}));
    }
    const auto file = folder / (name + ".npy");
    writeNpy<double>(file, {values.size()}, values);
    return file.string();
}

double numberIn(const Table& table, std::size_t row, const char* column) {
    const auto& cell = table.rows.at(row).at(table.column(column));
    if (const auto* whole = std::get_if<std::int64_t>(&cell))
        return static_cast<double>(*whole);
    const auto* number = std::get_if<double>(&cell);
    return number == nullptr ? std::numeric_limits<double>::quiet_NaN() : *number;
}

} // namespace

class PropertyTableTest : public QObject {
    Q_OBJECT
    std::unique_ptr<ScratchFolder> m_folder;
    std::unique_ptr<ScoreFile> m_scores;
    std::string m_table;

    [[nodiscard]] TableRequest request(const std::string& level, int spins) const {
        TableRequest wanted{.what = "property", .level = level, .model = "one"};
        wanted.property.spins = spins;
        wanted.property.request.sources = {m_table};
        if (level == "vertex") {
            wanted.property.request.sources.clear();
            for (const auto& name : propertyNames)
                wanted.property.request.sources.push_back(writeVertexMap(m_folder->path(), name));
        }
        return wanted;
    }

private Q_SLOTS:
    void initTestCase() {
        m_folder = std::make_unique<ScratchFolder>();
        m_scores = std::make_unique<ScoreFile>(PlantedScores(m_folder->path()).file());
        m_table = writeAreaTable(m_folder->file("areas.csv")).string();
    }
    void cleanupTestCase() {
        m_scores.reset();
        m_folder.reset();
    }

    void theScatterIsTheTables_data() {
        QTest::addColumn<std::string>("level");
        QTest::newRow("area") << std::string("area");
        QTest::newRow("roi") << std::string("roi");
    }
    void theScatterIsTheTables() {
        QFETCH(std::string, level);
        auto wanted = request(level, 100);
        const auto table = scoreTable(*m_scores, wanted);
        JobContext job;
        const auto scatter = propertyScatter(*m_scores, wanted, job);
        const auto found = numberIn(table, 0, "r");
        QCOMPARE(scatter.property.name, std::get<std::string>(table.rows[0][table.column("property")]));
        QCOMPARE(scatter.correlation.r, found);
        QCOMPARE(static_cast<double>(scatter.points.size()), numberIn(table, 0, "n"));
        for (const auto& point : scatter.points)
            QVERIFY(std::ranges::binary_search(point.vertices, m_scores->index().vertexCounts.flatIndex(point.centre)));
        std::size_t most = 0;
        const auto spins = propertySpins(
            *m_scores, wanted, [&](std::span<const double> null) { most = std::max(most, null.size()); }, job);
        QCOMPARE(spins.p, numberIn(table, 0, "spin_p"));
        QCOMPARE(most, std::size_t{100});
    }

    void isTheReferences_data() {
        QTest::addColumn<std::string>("level");
        for (const char* level : {"area", "roi", "vertex"})
            QTest::newRow(level) << std::string(level);
    }
    void isTheReferences() {
        QFETCH(std::string, level);
        auto wanted = request(level, 0);
        wanted.onlyLastStep = true;
        wanted.property.maps = {PropertyMapKind::HalfTime, PropertyMapKind::Score, PropertyMapKind::BestLayer};
        const auto table = scoreTable(*m_scores, wanted);
        const auto references = dataJson("tables/property.json");
        std::size_t row = 0;
        for (const auto& reference : references) {
            if (reference[0] != level)
                continue;
            const auto text = reference.dump();
            QCOMPARE(std::get<std::string>(table.rows.at(row)[table.column("property")]),
                     reference[1].get<std::string>());
            QCOMPARE(std::get<std::string>(table.rows[row][table.column("map")]), reference[2].get<std::string>());
            for (const auto& [column, place] : {std::pair("r", 3U),
                                                {"n", 4U},
                                                {"p", 5U},
                                                {"ci_low", 6U},
                                                {"ci_high", 7U},
                                                {"boot_low", 8U},
                                                {"boot_high", 9U}}) {
                const double expected = reference[place].get<double>();
                const double found = numberIn(table, row, column);
                QVERIFY2(std::abs(found - expected) <= 1e-5 * std::max(std::abs(expected), 1e-3),
                         (text + " " + column + " " + std::to_string(found)).c_str());
            }
            ++row;
        }
        QCOMPARE(table.rows.size(), row);
        QCOMPARE(row, std::size_t{15});
    }

    void columnsAreTheContracts() {
        const auto table = scoreTable(*m_scores, request("", 10));
        QVERIFY(csvOf(table).starts_with("model,step,property,map,r,n,p,ci_low,ci_high,spin_p,spins,seed,method,"
                                         "boot_low,boot_high\none,,depth,half-time,"));
        QCOMPARE(table.options["properties"].size(), propertyNames.size());
        QCOMPARE(table.options["properties"][3]["hemisphere"].get<std::string>(), std::string("rh"));
        QCOMPARE(table.options["spin"]["method"].get<std::string>(), std::string("vasa"));
        QVERIFY(table.options["warnings"].empty());
    }

    void spinPIsAShareOfSpins_data() {
        QTest::addColumn<std::string>("level");
        QTest::addColumn<std::string>("method");
        QTest::newRow("area") << std::string("area") << std::string("vasa");
        QTest::newRow("area hungarian") << std::string("area") << std::string("hungarian");
        QTest::newRow("roi") << std::string("roi") << std::string("vasa");
        QTest::newRow("vertex") << std::string("vertex") << std::string("alexander-bloch");
    }
    void spinPIsAShareOfSpins() {
        QFETCH(std::string, level);
        QFETCH(std::string, method);
        auto wanted = request(level, 199);
        if (method == "hungarian")
            wanted.property.method = SpinMethod::Hungarian;
        wanted.bootstrap.seed = 3;
        const auto table = scoreTable(*m_scores, wanted);
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            const double count = numberIn(table, row, "spin_p") * 200;
            QVERIFY(std::abs(count - std::round(count)) < 1e-9 && count >= 1 && count <= 200);
            QCOMPARE(numberIn(table, row, "spins"), 199.0);
            QCOMPARE(numberIn(table, row, "seed"), 3.0);
            QCOMPARE(std::get<std::string>(table.rows[row][table.column("method")]), method);
        }
        // The planted half-times: no spin comes near, but a small one may leave every area where it is.
        QVERIFY(numberIn(table, 2, "spin_p") <= 3.0 / 200);
        QVERIFY(numberIn(table, 4, "spin_p") > 0.05); // chance
        wanted.property.threads = 3;
        QCOMPARE(csvOf(scoreTable(*m_scores, wanted)), csvOf(table));
        wanted.bootstrap.seed = 4;
        QVERIFY(csvOf(scoreTable(*m_scores, wanted)) != csvOf(table));
    }

    /// The property is turned, on the vertices nearest to the means of the areas.
    void spinsAreThoseOfTheAreasCentroids() {
        auto wanted = request("area", 100);
        wanted.onlyLastStep = true;
        wanted.property.maps = {PropertyMapKind::Score};
        const auto table = scoreTable(*m_scores, wanted);
        const auto areas =
            scoreTable(*m_scores, {.what = "encoding", .level = "area", .model = "one", .onlyLastStep = true});
        std::vector<double> score, property;
        for (std::size_t row = 0; row < areas.rows.size(); ++row) {
            score.push_back(numberIn(areas, row, "score"));
            property.push_back(PlantedScores::property("chance", static_cast<int>(row) % PlantedScores::areas,
                                                       static_cast<int>(row) / PlantedScores::areas));
        }
        std::vector<int> labels;
        for (int vertex = 0; vertex < PlantedScores::side; ++vertex)
            labels.push_back(vertex / 7);
        const auto centroids = sphereCentroids(PlantedScores::sphere().points, labels, PlantedScores::areas);
        JobContext job;
        const auto test = spinTest(property, score, {centroids, centroids}, SpinRotations(100, 0), SpinMethod::Vasa,
                                   {.spun = SpunMap::First}, job);
        QCOMPARE(numberIn(table, 4, "r"), test.observed.r);
        QCOMPARE(numberIn(table, 4, "spin_p"), test.p);
    }

    /// A property of one hemisphere is turned within it: the other one neither adds values nor points.
    void aPropertyOfOneHemisphere() {
        auto wanted = request("area", 50);
        const auto table = scoreTable(*m_scores, wanted);
        QCOMPARE(numberIn(table, 3, "n"), 21.0); // 23 right areas, one without the property, one without a half-time
        QCOMPARE(numberIn(table, 3, "spins"), 50.0);
        const auto rois = scoreTable(*m_scores, request("roi", 50));
        QCOMPARE(numberIn(rois, 3, "n"), 10.0);
    }

    void stepsSubjectsAndModels() {
        auto wanted = request("area", 0);
        wanted.model.reset();
        wanted.property.maps = {PropertyMapKind::BestLayer, PropertyMapKind::HalfTime};
        const auto table = scoreTable(*m_scores, wanted);
        QCOMPARE(table.rows.size(), 2 * (PlantedScores::steps.size() + 1) * propertyNames.size());
        QCOMPARE(std::get<std::int64_t>(table.rows[5][1]), std::int64_t{100});
        QVERIFY(std::holds_alternative<std::monostate>(table.rows[5 * 5][1])); // the half-time
        QVERIFY(std::holds_alternative<std::monostate>(table.rows[0][table.column("spin_p")]));
        QCOMPARE(numberIn(table, 0, "spins"), 0.0);
        wanted.subject = "s1";
        wanted.model = "two";
        const auto own = scoreTable(*m_scores, wanted);
        QVERIFY(numberIn(own, 4 * 5, "r") < -0.9); // depth with best layer at the last step
        wanted.level = "vertex";
        wanted.property.request.sources = request("vertex", 0).property.request.sources;
        const auto vertices = scoreTable(*m_scores, wanted);
        QVERIFY(numberIn(vertices, 4 * 5, "n") > 250);
        QVERIFY(numberIn(vertices, 4 * 5, "r") < -0.9);
    }

    void choicesThatDoNotGoTogether() {
        const auto usage = [](TableRequest wanted) { return messageFrom<UsageError>([&] { checkRequest(wanted); }); };
        auto step = request("area", 0);
        step.step = 100;
        VERIFY_CONTAINS(usage(step), "--step");
        TableRequest published{.what = "property", .level = "vertex"};
        VERIFY_CONTAINS(usage(published), "published");
        published.property.request.sources = {"myelin"};
        VERIFY_CONTAINS(usage(published), "myelin");
        auto vasa = request("vertex", 0);
        vasa.property.method = SpinMethod::Vasa;
        VERIFY_CONTAINS(usage(vasa), "alexander-bloch");
        auto areas = request("area", 0);
        areas.level = "vertex";
        VERIFY_CONTAINS(messageFrom<ValueError>([&] { (void)scoreTable(*m_scores, areas); }), "--level area");
    }

    void publishedPropertiesNeedTheirParcellation() {
        VERIFY_CONTAINS(messageFrom<ValueError>([&] { (void)scoreTable(*m_scores, {.what = "property"}); }), "lh:V1");
    }
};

QTEST_GUILESS_MAIN(PropertyTableTest)
#include "PropertyTableTest.moc"
