#include "core/scores/BestLayer.h"
#include "core/scores/DimensionGroups.h"
#include "core/scores/EncodingScore.h"
#include "core/scores/HalfTime.h"
#include "core/scores/SpatialScore.h"
#include "core/scores/TemporalScore.h"
#include "tests/support/TestFiles.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace brainlike;

namespace {

using Json = nlohmann::json;

double numberOf(const Json& value) {
    return value.is_null() ? std::nan("") : value.get<double>();
}

std::vector<double> numbersOf(const Json& values) {
    std::vector<double> numbers;
    for (const auto& value : values)
        numbers.push_back(numberOf(value));
    return numbers;
}

RowMatrix<float> scoresOf(const Json& values, Eigen::Index rows) {
    RowMatrix<float> matrix(rows, static_cast<Eigen::Index>(values.size()) / rows);
    for (Eigen::Index i = 0; i < matrix.size(); ++i)
        matrix.data()[i] = static_cast<float>(numberOf(values.at(static_cast<std::size_t>(i))));
    return matrix;
}

DimensionGroups groupsOf(const Json& members) {
    DimensionGroups groups;
    for (const auto& set : members) {
        groups.ids.push_back("set " + std::to_string(groups.ids.size()));
        groups.members.push_back(set.get<std::vector<int>>());
    }
    return groups;
}

bool agrees(double found, const Json& expected, double tolerance = 1e-12) {
    return expected.is_null() ? std::isnan(found)
                              : std::abs(found - expected.get<double>()) <=
                                    tolerance * std::max(1.0, std::abs(expected.get<double>()));
}

template <typename Values>
bool allAgree(const Values& found, const Json& expected) {
    for (std::size_t i = 0; i < expected.size(); ++i)
        if (!agrees(found[i], expected.at(i)))
            return false;
    return found.size() == expected.size();
}

SetScoreOptions optionsFor(const std::string& choice) {
    if (choice == "layer")
        return {.choice = LayerChoice::Layer, .layer = 2};
    return {.choice = choice == "mean" ? LayerChoice::Mean : LayerChoice::Best};
}

void verifyCorrelation(const Correlation& found, const Json& expected) {
    QCOMPARE(found.n, expected.at("n").get<int>());
    QVERIFY(agrees(found.r, expected.at("r")));
    QVERIFY(std::abs(found.p / expected.at("p").get<double>() - 1) < 1e-8);
    QVERIFY(agrees(found.ciLow, expected.at("low"), 1e-10) && agrees(found.ciHigh, expected.at("high"), 1e-10));
}

} // namespace

/// Scores against NumPy's and SciPy's (tests/data/scores/make_scores.py).
class ScoreReferencesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void encodingScoresOfSets_data() {
        QTest::addColumn<QString>("choice");
        for (const char* choice : {"best", "layer", "mean"})
            QTest::newRow(choice) << choice;
    }
    void encodingScoresOfSets() {
        QFETCH(QString, choice);
        const auto data = test::dataJson("scores/scores.json").at("encoding");
        const auto expected = data.at(choice.toStdString());
        const auto options = optionsFor(choice.toStdString());
        const auto scores = scoresOf(data.at("scores"), data.at("layers"));
        const auto dimensions = dimensionScores(scores, options);
        QVERIFY(allAgree(dimensions, expected.at("dimensions")));
        QVERIFY(agrees(encodingScore(scores, {}, options), expected.at("all")));
        QVERIFY(agrees(finiteMean(dimensions), expected.at("all")));
        const auto sets = groupsOf(data.at("sets"));
        QVERIFY(allAgree(encodingScores(dimensions, sets), expected.at("sets")));
        for (std::size_t set = 0; set < sets.size(); ++set)
            QVERIFY(agrees(encodingScore(scores, sets.members[set], options), expected.at("sets").at(set)));
        std::vector<double> shares;
        for (const double score : dimensions)
            shares.push_back(normalised(score, largestFinite(dimensions)));
        QVERIFY(allAgree(shares, expected.at("normalised")));
        const auto means = groupMeans(scores, sets);
        QVERIFY(allAgree(std::span<const double>(means.data(), static_cast<std::size_t>(means.size())),
                         data.at("group_means")));
    }

    void spatialScoresOfAllLevels() {
        const auto data = test::dataJson("scores/scores.json").at("spatial");
        const auto scores = scoresOf(data.at("scores"), data.at("layers"));
        const auto depths = numbersOf(data.at("depths"));
        verifyCorrelation(spatialScore(scores, groupsOf(data.at("members")), depths, numbersOf(data.at("distances"))),
                          data.at("areas"));
        const auto best = bestLayers(scores, {});
        QCOMPARE(best.layer, data.at("best").get<std::vector<std::int16_t>>());
        const auto distances = numbersOf(data.at("vertex_distances"));
        verifyCorrelation(spatialScore(best.layer, depths, distances), data.at("units"));
        const auto mask = significantAtBestLayer(best.layer, scoresOf(data.at("q"), data.at("layers")));
        QCOMPARE(mask, data.at("passing").get<std::vector<std::uint8_t>>());
        verifyCorrelation(spatialScore(best.layer, depths, distances, mask), data.at("vertices"));
    }

    void halfTimes() {
        const auto cases = test::dataJson("scores/scores.json").at("half_times");
        QCOMPARE(cases.size(), std::size_t(12));
        for (const auto& item : cases) {
            const auto steps = item.at("steps").get<std::vector<std::int64_t>>();
            auto values = numbersOf(item.at("values"));
            for (const double scale : {1.0, 3e-7}) { // the unit of the score changes nothing
                for (double& value : values)
                    value *= scale;
                const auto result = halfTime(steps, values);
                QCOMPARE(nameOf(result.status), std::string_view(item.at("status").get_ref<const std::string&>()));
                QVERIFY(agrees(result.step, item.at("step"), 1e-9));
                QVERIFY(agrees(result.share, item.at("share"), 1e-9));
            }
        }
    }

    void channelMeansOfAllTimes() {
        const auto data = test::dataJson("scores/scores.json").at("channels");
        const auto means = channelMeans(scoresOf(data.at("scores"), 3), data.at("times"));
        QVERIFY(
            allAgree(std::span<const double>(means.data(), static_cast<std::size_t>(means.size())), data.at("means")));
    }
};

QTEST_GUILESS_MAIN(ScoreReferencesTest)
#include "ScoreReferencesTest.moc"
