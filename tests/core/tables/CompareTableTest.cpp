#include "core/tables/ScoreTables.h"
#include "tests/support/Expectations.h"
#include "tests/support/PlantedScores.h"
#include "tests/support/SmallScores.h"

#include <QTest>

#include <cmath>
#include <memory>

using namespace brainlike;
using namespace brainlike::test;

namespace {

TableRequest compareRequest(const nlohmann::json& reference) {
    TableRequest request{.what = "compare"};
    request.compare.unit = compareUnitNamed(reference["unit"].get<std::string>());
    if (reference.contains("metric"))
        request.compare.metric = curveMetricNamed(reference["metric"].get<std::string>());
    if (reference.contains("between"))
        request.compare.between = compareBetweenNamed(reference["between"].get<std::string>());
    if (reference.contains("step"))
        request.step = reference["step"].get<std::int64_t>();
    if (reference.contains("layer"))
        request.layer = reference["layer"].get<std::string>();
    return request;
}

bool isNear(const TableCell& cell, const nlohmann::json& expected) {
    if (const auto* text = std::get_if<std::string>(&cell))
        return expected == *text;
    if (const auto* whole = std::get_if<std::int64_t>(&cell))
        return expected == *whole;
    const double number = std::get<double>(cell);
    return expected.is_null()
               ? !std::isfinite(number)
               : std::abs(number - expected.get<double>()) <= std::max(1e-7, 1e-5 * std::abs(expected.get<double>()));
}

} // namespace

class CompareTableTest : public QObject {
    Q_OBJECT
    std::unique_ptr<ScratchFolder> m_folder, m_planted;
    std::unique_ptr<ScoreFile> m_scores;

private Q_SLOTS:
    void initTestCase() {
        m_folder = std::make_unique<ScratchFolder>();
        m_scores = std::make_unique<ScoreFile>(SmallScores(m_folder->path()).file());
    }
    void cleanupTestCase() {
        m_scores.reset();
        m_folder.reset();
    }

    void isScipys_data() {
        QTest::addColumn<int>("number");
        const auto references = dataJson("tables/compare.json");
        for (int number = 0; number < static_cast<int>(references.size()); ++number) {
            auto name = references[static_cast<std::size_t>(number)];
            name.erase("rows");
            QTest::newRow(name.dump().c_str()) << number;
        }
    }
    void isScipys() {
        QFETCH(int, number);
        const auto references = dataJson("tables/compare.json");
        const auto& reference = references[static_cast<std::size_t>(number)];
        const auto table = scoreTable(*m_scores, compareRequest(reference));
        QCOMPARE(table.rows.size(), reference["rows"].size());
        const auto smallest = table.column("smallest_p");
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            for (std::size_t column = 0; column < table.columns.size(); ++column) {
                const auto& expected = reference["rows"][row][column];
                QVERIFY2((column == smallest && expected.is_null()) || isNear(table.rows[row][column], expected),
                         (table.columns[column].name + " of " + reference["rows"][row].dump()).c_str());
            }
    }

    void columnsAndOptions() {
        const auto table = scoreTable(*m_scores, {.what = "compare"});
        QVERIFY(csvOf(table).starts_with("a,b,unit,n,statistic,p,smallest_p,mean_difference\n"));
        QCOMPARE(table.options["unit"].get<std::string>(), std::string("subjects"));
        QCOMPARE(table.options["metric"].get<std::string>(), std::string("encoding-fmri"));
        QCOMPARE(table.options["step"].get<std::string>(), std::string("last"));
        QVERIFY(!table.options.contains("note"));
        const auto areas = scoreTable(*m_scores, {.what = "compare", .compare = {.unit = CompareUnit::Areas}});
        VERIFY_CONTAINS(areas.options["note"].get<std::string>(), "not independent");
    }

    void threeSubjectsReachOneQuarterAtBest() {
        const auto table = scoreTable(*m_scores, {.what = "compare"});
        QCOMPARE(std::get<double>(table.rows[0][table.column("smallest_p")]), 0.25);
        QCOMPARE(std::get<double>(table.rows[0][table.column("p")]), 0.25); // the second model's scores are 0.8 times
    }

    void swappedModelsSwapTheSign() {
        const auto ofModels = [&](std::vector<std::string> models) {
            return scoreTable(*m_scores, {.what = "compare", .compare = {.models = std::move(models)}}).rows.at(0);
        };
        const auto alone = ofModels({"second"}); // with each other model
        QCOMPARE(std::get<std::string>(alone[0]), std::string("second"));
        QCOMPARE(std::get<std::string>(alone[1]), std::string("first"));
        QVERIFY(std::get<double>(alone[7]) < 0);
        QCOMPARE(std::get<double>(alone[7]), -std::get<double>(ofModels({"first", "second"})[7]));
    }

    void imageTypesAveragedAndEqualScores() {
        const ScratchFolder folder;
        const ScoreFile scores(PlantedScores(folder.path()).file());
        const auto table =
            scoreTable(scores, {.what = "compare",
                                .compare = {.unit = CompareUnit::Areas, .between = CompareBetween::ImageTypes}});
        QCOMPARE(table.rows.size(), std::size_t{1});
        QCOMPARE(std::get<std::string>(table.rows[0][0]), std::string("photographs"));
        // Both models have the same scores: no pair differs.
        QCOMPARE(std::get<std::int64_t>(table.rows[0][3]), std::int64_t{0});
        QVERIFY(std::isnan(std::get<double>(table.rows[0][5])));
        QCOMPARE(std::get<double>(table.rows[0][7]), 0.0);
        VERIFY_CONTAINS(messageFrom<NotFoundError>([&] {
                            (void)scoreTable(*m_scores,
                                             {.what = "compare", .compare = {.between = CompareBetween::ImageTypes}});
                        }),
                        "image-types");
        VERIFY_CONTAINS(messageFrom<NotFoundError>([&] {
                            (void)scoreTable(scores, {.what = "compare", .compare = {.unit = CompareUnit::Windows}});
                        }),
                        "meg recordings");
    }

    void choicesThatDoNotGoTogether() {
        const auto message = [&](CompareChoice choice, std::optional<std::string> layer = {},
                                 std::optional<std::string> subject = {}) {
            return messageFrom<UsageError>([&] {
                checkRequest({.what = "compare", .subject = subject, .layer = layer, .compare = std::move(choice)});
            });
        };
        VERIFY_CONTAINS(message({.unit = CompareUnit::Rois, .metric = CurveMetric::Spatial}), "one spatial score");
        VERIFY_CONTAINS(message({.unit = CompareUnit::Vertices, .metric = CurveMetric::EncodingMeg}), "for MEG");
        VERIFY_CONTAINS(message({.unit = CompareUnit::Windows, .metric = CurveMetric::EncodingFmri}), "for fMRI");
        VERIFY_CONTAINS(message({.metric = CurveMetric::Temporal}, "block1"), "over all layers");
        VERIFY_CONTAINS(message({}, {}, "ann"), "--subject");
        VERIFY_CONTAINS(messageFrom<NotFoundError>([&] {
                            (void)scoreTable(*m_scores, {.what = "compare", .compare = {.models = {"third"}}});
                        }),
                        "first, second");
        VERIFY_CONTAINS(messageFrom<UsageError>([] { (void)compareUnitNamed("fold"); }),
                        "subjects, rois, areas, vertices, windows");
    }
};

QTEST_GUILESS_MAIN(CompareTableTest)
#include "CompareTableTest.moc"
