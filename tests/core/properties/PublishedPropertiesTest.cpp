#include "core/properties/PublishedProperties.h"

#include "core/templates/TemplateFinder.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>

using namespace brainlike;
using namespace brainlike::test;

namespace {

nlohmann::json publishedFile() {
    return nlohmann::json::parse(bytesOf(sourceFolder() / "resources/properties/published.json"));
}

/// A target whose left hemisphere has one vertex of each of the table's areas.
PropertyTarget targetOfAreas() {
    Annotation side;
    const auto table = publishedFile();
    for (const auto& row : table["areas"]) {
        side.labels.push_back(static_cast<std::int32_t>(side.areas.size()));
        side.areas.push_back({row[0].get<std::string>(), {}, true});
    }
    const int count = static_cast<int>(side.labels.size());
    return {.templateName = "areas", .counts = {count, count}, .parcellation = {"HCP-MMP1", {side, side}}};
}

std::map<std::string, double> leftValues(const std::string& name) {
    const auto target = targetOfAreas();
    const auto property = publishedProperty(name, target);
    std::map<std::string, double> values;
    for (std::size_t area = 0; area < target.parcellation.sides[0].areas.size(); ++area)
        values[target.parcellation.sides[0].areas[area].name] = property.values[area];
    return values;
}

std::vector<std::vector<std::string>> csvRows(const std::filesystem::path& file) {
    std::vector<std::vector<std::string>> rows;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) {
        rows.emplace_back();
        for (std::size_t start = 0; start <= line.size();) {
            const auto end = std::min(line.find(',', start), line.size());
            rows.back().push_back(line.substr(start, end - start));
            start = end + 1;
        }
    }
    return rows;
}

} // namespace

class PublishedPropertiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAreThoseOfThePaper() {
        QCOMPARE(publishedPropertyNames(), (std::vector<std::string>{"expansion", "thickness", "timescale", "myelin"}));
    }

    void everyAreaOnceWithFourValues() {
        const auto table = publishedFile();
        std::set<std::string> names;
        for (const auto& row : table["areas"]) {
            QCOMPARE(row.size(), 5U);
            names.insert(row[0].get<std::string>());
            for (std::size_t column = 1; column < 5; ++column)
                QVERIFY(std::isfinite(row[column].get<double>()));
        }
        QCOMPARE(table["areas"].size(), 180U);
        QCOMPARE(names.size(), 180U);
        for (const auto& property : table["properties"]) {
            QVERIFY(!property["citations"].empty());
            QVERIFY(!property["source"].get<std::string>().empty());
        }
    }

    void anchors() {
        const auto myelin = leftValues("myelin");
        QVERIFY(myelin.at("V1") > myelin.at("44") && myelin.at("V1") > myelin.at("10pp"));
        QVERIFY(myelin.at("V1") > 1.4 && myelin.at("V1") < 1.7);
        const auto thickness = leftValues("thickness");
        QVERIFY(thickness.at("V1") < thickness.at("44") && thickness.at("3b") < thickness.at("4"));
        for (const auto& [area, value] : thickness)
            QVERIFY2(value > 1.5 && value < 4, area.c_str()); // mm
        const auto timescale = leftValues("timescale");
        QVERIFY(timescale.at("V1") < timescale.at("46") && timescale.at("46") < timescale.at("10pp"));
        const auto expansion = leftValues("expansion");
        QVERIFY(expansion.at("V1") < expansion.at("MT") && expansion.at("MT") < expansion.at("44"));
    }

    void onlyTheHemisphereOfTheSourceIsKnown() {
        const auto target = targetOfAreas();
        const auto property = publishedProperty("thickness", target);
        QVERIFY(isKnownIn(property, target.counts, Hemisphere::Left));
        QVERIFY(!isKnownIn(property, target.counts, Hemisphere::Right));
        QVERIFY(!property.isPerVertex);
        const auto json = jsonOf(property, target.counts);
        QCOMPARE(json["hemisphere"].get<std::string>(), std::string("lh"));
        QCOMPARE(json["unit"].get<std::string>(), std::string("mm"));
        QVERIFY(!json["citations"].empty());
    }

    void unknownNameAndParcellation() {
        const auto target = targetOfAreas();
        VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)publishedProperty("myeline", target); }),
                        "expansion, thickness, timescale, myelin");
        auto other = target;
        other.parcellation.sides[0].areas[0].name = "precuneus";
        VERIFY_CONTAINS(messageFrom<ValueError>([&] { (void)publishedProperty("myelin", other); }), "lh:V1");
    }

    void theTemplatesAreasAreTheTables() {
        const TemplateFinder finder;
        std::optional<Template> brain;
        try {
            brain = finder.find("fsaverage5");
        } catch (const NotFoundError&) {
            QSKIP("fsaverage5 is not here");
        }
        const auto parcellation = brain->readParcellation();
        if (!parcellation)
            QSKIP("fsaverage5 has no labels here");
        const PropertyTarget target{"fsaverage5", brain->vertexCounts(), *parcellation, {}};
        const auto values = publishedProperty("myelin", target).values;
        int known = 0;
        for (int vertex = 0; vertex < target.counts.left; ++vertex) {
            const bool isArea = parcellation->areaOf({Hemisphere::Left, vertex}) != nullptr;
            QCOMPARE(std::isfinite(values[static_cast<std::size_t>(vertex)]), isArea);
            known += isArea ? 1 : 0;
        }
        QVERIFY(known > 9000);
    }

    void equalsTheSourcesWithinRounding() {
        const auto hcp = sharedFile("maps/derived_glasser180_lh_maps.csv");
        if (!hcp)
            QSKIP("the shared data is not here");
        const auto rows = csvRows(*hcp);
        for (const auto& [name, column, digit] :
             {std::tuple("myelin", 1U, 1e-3), std::tuple("thickness", 2U, 1e-3), std::tuple("timescale", 3U, 1e-2),
              std::tuple("expansion", 4U, 1e-3)}) {
            const auto values = leftValues(name);
            for (std::size_t row = 1; row < rows.size(); ++row)
                QVERIFY(std::abs(values.at(rows[row][0]) - std::stod(rows[row][column])) <= 0.501 * digit);
        }
    }
};

QTEST_GUILESS_MAIN(PublishedPropertiesTest)
#include "PublishedPropertiesTest.moc"
