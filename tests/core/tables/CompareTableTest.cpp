#include "core/tables/CompareUnits.h"
#include "core/tables/ModelFactors.h"
#include "core/tables/ScoreTables.h"
#include "tests/support/Expectations.h"
#include "tests/support/PlantedScores.h"
#include "tests/support/SmallScores.h"

#include <QTest>

#include <array>
#include <cmath>
#include <memory>
#include <utility>

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

/// Models of given sizes whose score at two checkpoints is 0 and a given one.
class SizedModels : public ScoreSource {
public:
    explicit SizedModels(const nlohmann::json& reference) {
        for (std::size_t i = 0; i < reference["scores"].size(); ++i) {
            ScoredModel model;
            model.id = "model" + std::to_string(i);
            model.imageType = reference["types"][i].get<std::string>();
            model.parameters = reference["parameters"][i].get<double>();
            model.steps = {0, 1000};
            m_index.models.push_back(model);
            m_scores.push_back(reference["scores"][i].get<double>());
        }
    }
    [[nodiscard]] const ScoreIndex& index() const override { return m_index; }
    [[nodiscard]] ScoreIndex& index() { return m_index; }
    [[nodiscard]] bool isComplete() const override { return true; }
    [[nodiscard]] std::optional<std::vector<float>> fmriMean(int, int, int) const override { return {}; }
    [[nodiscard]] std::optional<std::vector<float>> fmriScore(int, int, int, int) const override { return {}; }
    [[nodiscard]] std::optional<std::vector<float>> fmriQ(int, int, int) const override { return {}; }
    [[nodiscard]] std::optional<BestLayerMap> fmriBestLayer(int, int) const override { return {}; }
    [[nodiscard]] DimensionScores fmriVertex(int, int) const override { return {}; }
    [[nodiscard]] std::optional<TimeCourses> megTimeCourses(int, int) const override { return {}; }
    [[nodiscard]] SummaryCurves summary(int model) const override {
        return {.encodingFmri = {0, m_scores.at(static_cast<std::size_t>(model))},
                .encodingMeg = {},
                .spatial = {},
                .temporal = {}};
    }

private:
    ScoreIndex m_index;
    std::vector<double> m_scores;
};

void compareFits(const SizeFit& fit, const nlohmann::json& expected) {
    QCOMPARE(fit.slope, expected["slope"].get<double>());
    QCOMPARE(fit.intercept, expected["intercept"].get<double>());
    QCOMPARE(fit.correlation.r, expected["r"].get<double>());
    QCOMPARE(fit.correlation.p, expected["p"].get<double>());
    QCOMPARE(fit.correlation.n, expected["n"].get<int>());
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

    void imageTypesAndSizesAreComparedWithAllElseEqual() {
        const ScratchFolder folder;
        const auto path = SmallScores(folder.path()).file();
        const auto describe = [&](const char* model, const char* type, double parameters) {
            auto file = Hdf5File::openReadWrite(path);
            file.writeStringAttribute(modelGroup(model), "image_type", type);
            file.writeAttribute<double>(modelGroup(model), "parameters", parameters);
        };
        describe("first", "human", 3e8);
        describe("second", "satellite", 3e8);
        const auto between = [](const ScoreFile& scores, CompareBetween what) {
            return scoreTable(scores, {.what = "compare", .compare = {.unit = CompareUnit::Areas, .between = what}});
        };
        const std::array areas{CompareUnit::Areas};
        {
            const ScoreFile scores(path);
            const auto table = between(scores, CompareBetween::ImageTypes);
            QCOMPARE(table.rows.size(), std::size_t{1});
            QCOMPARE(std::get<std::string>(table.rows[0][0]), std::string("human"));
            const auto side =
                compareSides(scores, areas, {.model = 0, .step = 4}, {.model = 1, .step = 4}, {}, {}, JobContext());
            QCOMPARE(std::get<double>(table.rows[0][5]), side[0].test.p);
            QCOMPARE(std::get<double>(table.rows[0][7]), side[0].test.meanDifference);
            VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)between(scores, CompareBetween::Sizes); }),
                            "differ in nothing else");
        }
        const auto other = SmallScores(folder.path() / "other").file();
        for (const auto& [model, parameters] : {std::pair("first", 8.6e7), std::pair("second", 3e8)}) {
            auto file = Hdf5File::openReadWrite(other);
            file.writeStringAttribute(modelGroup(model), "image_type", "human");
            file.writeAttribute<double>(modelGroup(model), "parameters", parameters);
        }
        const ScoreFile sizes(other);
        const auto table = between(sizes, CompareBetween::Sizes);
        QCOMPARE(table.rows.size(), std::size_t{1});
        QCOMPARE(std::get<std::string>(table.rows[0][0]), std::string("86000000"));
        QCOMPARE(std::get<std::string>(table.rows[0][1]), std::string("300000000"));
    }

    void otherScoresOfSidesAreThoseOfTheTable() {
        const std::array units{CompareUnit::Subjects, CompareUnit::Areas};
        for (const CurveMetric metric : {CurveMetric::Spatial, CurveMetric::Temporal, CurveMetric::EncodingMeg}) {
            const auto table = scoreTable(
                *m_scores, {.what = "compare", .compare = {.models = {"first", "second"}, .metric = metric}});
            const auto sides = compareSides(*m_scores, units, {.model = 0, .step = 4}, {.model = 1, .step = 4}, {},
                                            metric, JobContext());
            QCOMPARE(sides[0].test.meanDifference, std::get<double>(table.rows[0][7]));
            QVERIFY(!sides[1].missing.empty());
        }
        const auto layers =
            compareSides(*m_scores, units, {.model = 0, .step = 4, .layer = "block0"},
                         {.model = 0, .step = 4, .layer = "block3"}, {}, CurveMetric::Spatial, JobContext());
        VERIFY_CONTAINS(layers[0].missing, "over all layers");
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

    void sidesHaveTheNumbersOfTheTable_data() {
        QTest::addColumn<int>("unit");
        for (const auto unit : {CompareUnit::Subjects, CompareUnit::Areas, CompareUnit::Vertices, CompareUnit::Windows})
            QTest::newRow(std::string(nameOf(unit)).c_str()) << static_cast<int>(unit);
    }
    void sidesHaveTheNumbersOfTheTable() {
        QFETCH(int, unit);
        const std::array units{static_cast<CompareUnit>(unit)};
        const auto table =
            scoreTable(*m_scores, {.what = "compare", .compare = {.models = {"first", "second"}, .unit = units[0]}});
        const auto side =
            compareSides(*m_scores, units, {.model = 0, .step = 4}, {.model = 1, .step = 4}, {}, {}, JobContext())
                .at(0);
        QVERIFY2(side.missing.empty(), side.missing.c_str());
        QCOMPARE(std::int64_t{side.test.n}, std::get<std::int64_t>(table.rows[0][3]));
        QCOMPARE(side.test.statistic, std::get<double>(table.rows[0][4]));
        QCOMPARE(side.test.p, std::get<double>(table.rows[0][5]));
        QCOMPARE(side.test.smallestP, std::get<double>(table.rows[0][6]));
        QCOMPARE(side.test.meanDifference, std::get<double>(table.rows[0][7]));
        QCOMPARE(side.ids.size(), side.a.size());
    }

    void layersAndSubjectsAreComparedWhereTheyCanBe() {
        const std::array units{CompareUnit::Subjects, CompareUnit::Areas, CompareUnit::Windows};
        const auto layers = compareSides(*m_scores, units, {.model = 0, .step = 4, .layer = "block0"},
                                         {.model = 0, .step = 4, .layer = "block3"}, {}, {}, JobContext());
        for (const auto& side : layers)
            QVERIFY2(side.missing.empty() && side.a != side.b, side.missing.c_str());
        const auto subjects = compareSides(*m_scores, units, {.model = 0, .step = 4},
                                           {.model = 0, .step = 4, .subject = "bea"}, {}, {}, JobContext());
        VERIFY_CONTAINS(subjects[0].missing, "subjects cannot be the pairs");
        QVERIFY(subjects[1].missing.empty() && subjects[1].a != subjects[1].b);
        VERIFY_CONTAINS(subjects[2].missing, "MEG recordings of bea");
        // Who was recorded with MEG has windows of their own.
        const auto windows = compareSides(*m_scores, units, {.model = 0, .step = 4, .subject = "ann"},
                                          {.model = 0, .step = 4, .subject = "dan"}, {}, {}, JobContext());
        QVERIFY2(windows[2].missing.empty() && windows[2].a != windows[2].b, windows[2].missing.c_str());
    }

    void fitsAgainstSizeAreScipys() {
        const auto reference = dataJson("tables/model_factors.json");
        SizedModels models(reference);
        const auto factors = modelFactors(models);
        QCOMPARE(factors.models.size(), std::size_t{5});
        QCOMPARE(factors.models[3].scores[0], 0.107);
        QCOMPARE(factors.models[3].step, std::int64_t{1000});
        QCOMPARE(factors.models[0].overSteps[0].n, 1); // only the step after 0: too few for a slope
        QVERIFY(std::isnan(factors.models[0].overSteps[0].slope));
        QVERIFY(std::isnan(factors.models[0].scores[2]));
        compareFits(factors.sizeFit(CurveMetric::EncodingFmri), reference["all"]);
        QCOMPARE(factors.sizeFits[1].imageType, std::string("photographs"));
        compareFits(factors.sizeFits[1], reference["photographs"]);
        QVERIFY(modelFactors(models, 123).models.empty());
        for (auto& model : models.index().models)
            model.parameters.reset();
        const auto unsized = modelFactors(models).sizeFit(CurveMetric::EncodingFmri);
        QVERIFY(std::isnan(unsized.slope));
        QCOMPARE(unsized.correlation.n, 0);
    }

    void modelFactorsAreATable() {
        const auto table = scoreTable(*m_scores, {.what = "model-factors"});
        const auto fits = scoreTable(*m_scores, {.what = "log-fit"});
        const auto scores = scoreTable(*m_scores, {.what = "encoding", .onlyLastStep = true});
        QCOMPARE(table.rows.size(), std::size_t{8});
        for (const auto& row : table.rows) {
            const auto& metric = std::get<std::string>(row[table.column("metric")]);
            for (const auto& fit : fits.rows)
                if (std::get<std::string>(fit[0]) == std::get<std::string>(row[0]) &&
                    std::get<std::string>(fit[1]) == metric) {
                    QVERIFY(std::abs(std::get<double>(row[table.column("step_slope")]) - std::get<double>(fit[4])) <
                            1e-6);
                    QCOMPARE(std::get<std::int64_t>(row[table.column("step_n")]), std::get<std::int64_t>(fit[6]));
                }
        }
        QVERIFY(std::abs(std::get<double>(table.rows[0][table.column("score")]) -
                         std::get<double>(scores.rows[0][scores.column("score")])) < 1e-6);
        QVERIFY(std::holds_alternative<std::monostate>(table.rows[0][table.column("parameters")]));
    }
};

QTEST_GUILESS_MAIN(CompareTableTest)
#include "CompareTableTest.moc"
