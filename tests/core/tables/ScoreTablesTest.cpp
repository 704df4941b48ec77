#include "core/tables/ScoreTables.h"

#include "core/base/Error.h"
#include "tests/support/Expectations.h"
#include "tests/support/SmallScores.h"
#include "tests/support/TestFiles.h"

#include <QTest>

#include <array>
#include <cmath>
#include <memory>
#include <sstream>

using namespace brainlike;
using namespace brainlike::test;

namespace {

constexpr std::array ownTables{"encoding", "best-layer", "spatial", "temporal", "half-time", "log-fit", "ceiling"};

TableRequest requestFrom(const nlohmann::json& reference) {
    TableRequest request{.what = reference["what"], .level = reference["level"]};
    const auto& options = reference["options"];
    request.onlyLastStep = options.contains("step");
    if (options.contains("subject"))
        request.subject = options["subject"];
    if (options.contains("layer"))
        request.layer = options["layer"];
    if (options.contains("normalise"))
        request.normalise = normalisedAxisNamed(options["normalise"].get<std::string>());
    return request;
}

std::string shown(const TableCell& cell) {
    Table table{.what = "cell", .columns = {{"cell", "", ""}}};
    table.add({cell});
    return csvOf(table);
}

/// Whether a cell is what the reference says: the same text, or a number within 1e-5 of itself or 1e-7.
bool isSame(const TableCell& cell, const nlohmann::json& expected) {
    if (const auto* text = std::get_if<std::string>(&cell))
        return expected == *text;
    double number = std::numeric_limits<double>::quiet_NaN();
    if (const auto* whole = std::get_if<std::int64_t>(&cell))
        number = static_cast<double>(*whole);
    else if (const auto* exact = std::get_if<double>(&cell))
        number = *exact;
    else if (const auto* rounded = std::get_if<float>(&cell))
        number = static_cast<double>(*rounded);
    if (expected.is_null())
        return !std::isfinite(number);
    return expected.is_number() &&
           std::abs(number - expected.get<double>()) <= std::max(1e-7, 1e-5 * std::abs(expected.get<double>()));
}

} // namespace

class ScoreTablesTest : public QObject {
    Q_OBJECT
    std::unique_ptr<ScratchFolder> m_folder;
    std::unique_ptr<ScoreFile> m_scores;

    [[nodiscard]] Table table(TableRequest request) const { return scoreTable(*m_scores, request); }

private Q_SLOTS:
    void initTestCase() {
        m_folder = std::make_unique<ScratchFolder>();
        const SmallScores small(m_folder->path());
        m_scores = std::make_unique<ScoreFile>(small.file());
    }
    void cleanupTestCase() {
        m_scores.reset();
        m_folder.reset();
    }

    /// Every table at every level, row by row, against NumPy and SciPy.
    void isTheReferences_data() {
        QTest::addColumn<int>("number");
        const auto references = dataJson("tables/small_tables.json");
        for (int number = 0; number < static_cast<int>(references.size()); ++number) {
            const auto& reference = references[static_cast<std::size_t>(number)];
            QTest::newRow((reference["what"].get<std::string>() + " " + reference["level"].get<std::string>() + " " +
                           reference["options"].dump())
                              .c_str())
                << number;
        }
    }
    void isTheReferences() {
        QFETCH(int, number);
        static const auto references = dataJson("tables/small_tables.json");
        const auto& reference = references[static_cast<std::size_t>(number)];
        const auto made = table(requestFrom(reference));
        const auto& rows = reference["rows"];
        QCOMPARE(made.rows.size(), rows.size());
        for (std::size_t row = 0; row < rows.size(); ++row) {
            QCOMPARE(made.columns.size(), rows[row].size());
            for (std::size_t column = 0; column < made.columns.size(); ++column)
                QVERIFY2(isSame(made.rows[row][column], rows[row][column]),
                         ("row " + std::to_string(row) + " " + rows[row].dump() + ", column " +
                          made.columns[column].name + ": " + shown(made.rows[row][column]))
                             .c_str());
        }
    }

    void columnsAreTheContracts_data() {
        QTest::addColumn<std::string>("what");
        QTest::addColumn<std::string>("level");
        QTest::addColumn<std::string>("columns");
        const auto add = [](const char* what, const char* level, const char* columns) {
            QTest::addRow("%s %s", what, level) << std::string(what) << std::string(level) << std::string(columns);
        };
        add("encoding", "", "model,step,kind,layer,subject,id,score,sem,q");
        add("encoding", "vertex", "model,step,kind,layer,subject,id,score,sem,q");
        add("best-layer", "", "model,step,subject,id,best_layer,depth,score,margin,agreement");
        add("spatial", "", "model,step,level,r,n,p,ci_low,ci_high,boot_low,boot_high");
        add("temporal", "", "model,step,r,n,p,ci_low,ci_high,boot_low,boot_high");
        add("temporal", "layer", "model,step,layer,depth,t_max");
        add("half-time", "", "model,metric,id,half_time,status,share,images,ci_low,ci_high");
        add("log-fit", "", "model,metric,id,intercept,slope,r2,n");
        add("ceiling", "", "recording,id,ncsnr,ceiling,score,ratio");
    }
    void columnsAreTheContracts() {
        QFETCH(std::string, what);
        QFETCH(std::string, level);
        QFETCH(std::string, columns);
        const auto made = table({.what = what, .level = level});
        QCOMPARE(csvOf(made).substr(0, columns.size() + 1), columns + "\n");
        for (const auto& column : made.columns)
            QVERIFY(!column.description.empty());
    }

    void theModelLevelIsTheFilesSummary() {
        const auto made = table({.what = "encoding", .model = "second"});
        const auto summary = m_scores->summary(1);
        for (std::size_t step = 0; step < SmallScores::steps.size(); ++step) {
            QCOMPARE(std::get<double>(made.rows[2 * step][6]), summary.encodingFmri[step]);
            QCOMPARE(std::get<double>(made.rows[2 * step + 1][6]), summary.encodingMeg[step]);
        }
        const auto spatial = table({.what = "spatial", .model = "second"});
        const auto temporal = table({.what = "temporal", .model = "second"});
        for (std::size_t step = 0; step < SmallScores::steps.size(); ++step) {
            QCOMPARE(std::get<double>(spatial.rows[step][3]), summary.spatial[step]);
            QCOMPARE(std::get<double>(temporal.rows[step][2]), summary.temporal[step]);
        }
    }

    /// Half-times were planted in the order V1, V2, MT, IFSp; the right V2 is trained from the start, the right IFSp
    /// ends below 0 but for noise.
    void plantedHalfTimesAreFound() {
        for (const char* model : {"first", "second"}) {
            const auto made = table({.what = "half-time", .level = "area", .model = model, .layer = "mean"});
            const auto half = made.column("half_time");
            for (std::size_t area = 0; area < 3; ++area)
                QVERIFY(std::get<double>(made.rows[area][half]) < std::get<double>(made.rows[area + 1][half]));
            QCOMPARE(std::get<std::string>(made.rows[5][made.column("status")]), std::string("at-or-before-first"));
            QCOMPARE(std::get<std::string>(made.rows[7][made.column("status")]), std::string("final-not-positive"));
            VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)made.column("halftime"); }), "half_time");
        }
    }

    void partsOfTheScoresAreTheWhole() {
        for (const auto kind : {RecordingKind::Fmri, RecordingKind::Meg}) {
            const auto whole = m_scores->layers(kind, 1, 2, 1);
            QCOMPARE(static_cast<int>(whole.cols()), m_scores->dimensionCount(kind));
            const int size = kind == RecordingKind::Fmri ? 1 : static_cast<int>(SmallScores::times.size());
            const auto part = m_scores->layers(kind, 1, 2, 1, {1, 2});
            QCOMPARE(static_cast<int>(part.cols()), 2 * size);
            const RowMatrix<float> expected = whole.middleCols(size, 2 * size);
            QVERIFY((part.array() == expected.array()).all());
        }
    }

    void optionsSayWhatTheNumbersDependOn() {
        const auto half =
            table({.what = "half-time", .level = "roi", .bootstrap = {.resamples = 50, .seed = 7}}).options;
        QCOMPARE(half["bootstrap"]["resamples"].get<int>(), 50);
        QCOMPARE(half["bootstrap"]["seed"].get<int>(), 7);
        QCOMPARE(half["bootstrap"]["level"].get<double>(), 0.95);
        QCOMPARE(half["rois"][0]["name"].get<std::string>(), std::string("early"));
        QCOMPARE(half["subjects"]["fmri"].get<int>(), 3);
        QCOMPARE(half["encoding"]["outer_folds"].get<int>(), 5);
        QCOMPARE(half["layer"].get<std::string>(), std::string("best"));
        QCOMPARE(half["level"].get<std::string>(), std::string("roi"));
        const auto windows = table({.what = "encoding", .level = "window", .step = 100}).options;
        QCOMPARE(windows["windows"][0]["start"].get<double>(), 0.1);
        QCOMPARE(windows["step"].get<int>(), 100);
        QCOMPARE(table({.what = "spatial", .level = "vertex"}).options["q_threshold"].get<double>(), 0.01);
        const auto ceiling = table({.what = "ceiling"}).options;
        QCOMPARE(ceiling["model"].get<std::string>(), std::string("first"));
        QCOMPARE(ceiling["step"].get<int>(), 10000);
        QCOMPARE(ceiling["recordings_without"].size(), std::size_t{2});
    }

    void normalisedScoresAreNotClipped() {
        const auto made = table({.what = "encoding", .level = "area", .normalise = NormalisedAxis::Layers});
        QCOMPARE(made.columns.back().name, std::string("normalised"));
        QCOMPARE(made.options["normalise"].get<std::string>(), std::string("layers"));
        double largest = 0;
        for (const auto& row : made.rows)
            largest = std::max(largest, std::get<double>(row.back()));
        QVERIFY(largest > 1); // vertices at their own best layers are above any one layer
        const auto course = table({.what = "encoding", .level = "area", .normalise = NormalisedAxis::Checkpoints});
        for (std::size_t area = 0; area < 8; ++area) {
            double highest = -1;
            for (std::size_t step = 0; step < SmallScores::steps.size(); ++step)
                highest = std::max(highest, std::get<double>(course.rows[8 * step + area].back()));
            QCOMPARE(highest, 1.0);
        }
        VERIFY_CONTAINS(messageFrom<UsageError>([&] {
                            checkRequest({.what = "encoding", .level = "area", .normalise = NormalisedAxis::Times});
                        }),
                        "which has no times");
    }

    void aModelAStepASubject() {
        const auto one = table({.what = "encoding", .model = "second", .step = 1000, .subject = "dan"});
        QCOMPARE(one.rows.size(), std::size_t{1});
        QCOMPARE(std::get<std::string>(one.rows[0][2]), std::string("meg"));
        QCOMPARE(std::get<std::string>(one.rows[0][4]), std::string("dan"));
        const auto byRecording = table({.what = "encoding", .model = "second", .step = 1000, .subject = "meg-dan"});
        QCOMPARE(byRecording.rows, one.rows);
        QCOMPARE(table({.what = "half-time", .model = "first", .subject = "bea"}).rows.size(), std::size_t{2});
    }

    void intervalsNeedSubjectsAndResamples() {
        const auto none = table({.what = "half-time", .bootstrap = {.resamples = 0}});
        const auto one = table({.what = "half-time", .subject = "ann"});
        for (const auto* made : {&none, &one})
            for (const auto& row : made->rows)
                QVERIFY(std::holds_alternative<std::monostate>(row[7]));
        QVERIFY(none.options["bootstrap"]["no_interval"].contains("spatial"));
        const auto some = table({.what = "half-time"});
        QVERIFY(!some.options["bootstrap"].contains("no_interval"));
        QCOMPARE(csvOf(table({.what = "half-time"})), csvOf(some));
    }

    void correlationsHaveIntervalsOverSubjects() {
        for (const char* what : {"spatial", "temporal"}) {
            const auto some = table({.what = what});
            QVERIFY(!some.options["bootstrap"].contains("no_interval"));
            QCOMPARE(some.options["bootstrap"]["unit"].get<std::string>(), std::string("subjects"));
            const auto none = table({.what = what, .bootstrap = {.resamples = 0}});
            const auto one = table({.what = what, .subject = "ann"});
            for (const auto* made : {&none, &one}) {
                QVERIFY(made->options["bootstrap"]["no_interval"].contains(what));
                for (const auto& row : made->rows)
                    QVERIFY(!std::isfinite(std::get<double>(row[made->column("boot_low")])));
            }
            QCOMPARE(csvOf(none).substr(0, csvOf(none).find('\n')), csvOf(some).substr(0, csvOf(some).find('\n')));
        }
    }

    void namesThatAreNotThere_data() {
        QTest::addColumn<std::string>("option");
        QTest::addColumn<std::string>("value");
        QTest::addColumn<std::string>("there");
        QTest::newRow("model") << std::string("model") << std::string("third") << std::string("first, second");
        QTest::newRow("step") << std::string("step") << std::string("5") << std::string("0, 100, 1000, 4000, 10000");
        QTest::newRow("subject") << std::string("subject") << std::string("eve") << std::string("ann, bea, cyd, dan");
        QTest::newRow("layer") << std::string("layer") << std::string("block9")
                               << std::string("best, mean, block0, block1");
    }
    void namesThatAreNotThere() {
        QFETCH(std::string, option);
        QFETCH(std::string, value);
        QFETCH(std::string, there);
        TableRequest request{.what = "encoding"};
        if (option == "model")
            request.model = value;
        if (option == "subject")
            request.subject = value;
        if (option == "layer")
            request.layer = value;
        if (option == "step")
            request.step = 5;
        const auto message = messageFrom<NotFoundError>([&] { (void)table(request); });
        VERIFY_CONTAINS(message, "no such " + option);
        VERIFY_CONTAINS(message, there);
        VERIFY_CONTAINS(message, value);
    }

    void whatDoesNotGoTogether_data() {
        QTest::addColumn<std::string>("what");
        QTest::addColumn<std::string>("option");
        QTest::addColumn<std::string>("message");
        const auto add = [](const char* what, const char* option, const char* message) {
            QTest::addRow("%s %s", what, option) << std::string(what) << std::string(option) << std::string(message);
        };
        add("scores", "", "one of encoding, best-layer, spatial");
        add("", "", "one of encoding");
        add("spatial", "level=window", "one of area, vertex, roi");
        add("temporal", "level=vertex", "one of model, layer");
        add("half-time", "step=100", "--step");
        add("spatial", "layer=block1", "--layer");
        add("spatial", "subject=all", "--subject");
        add("half-time", "layer=all", "--layer");
        add("log-fit", "level=vertex", "one of model, roi, area, window");
    }
    void whatDoesNotGoTogether() {
        QFETCH(std::string, what);
        QFETCH(std::string, option);
        QFETCH(std::string, message);
        TableRequest request{.what = what};
        const std::string value = option.substr(option.find('=') + 1);
        if (option.starts_with("level"))
            request.level = value;
        if (option.starts_with("layer"))
            request.layer = value;
        if (option.starts_with("subject"))
            request.subject = value;
        if (option.starts_with("step"))
            request.step = 100;
        VERIFY_CONTAINS(messageFrom<UsageError>([&] { checkRequest(request); }), message);
        VERIFY_CONTAINS(messageFrom<UsageError>([&] { (void)table(request); }), message);
    }

    void aSubjectWithoutThatKind() {
        const auto message = messageFrom<NotFoundError>([&] { (void)table({.what = "spatial", .subject = "dan"}); });
        VERIFY_CONTAINS(message, "fMRI recordings of dan");
        VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)table({.what = "temporal", .subject = "bea"}); }),
                        "MEG recordings of bea");
        VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)table({.what = "ceiling", .subject = "cyd"}); }),
                        "/recordings/fmri-cyd/ceiling");
    }

    void withoutTheTemplateTheRestWorks() {
        const ScratchFolder folder;
        const SmallScores small(folder.path());
        std::filesystem::remove_all(folder.path() / "template");
        const ScoreFile scores(small.file());
        QCOMPARE(scoreTable(scores, {.what = "encoding"}).rows, table({.what = "encoding"}).rows);
        const auto half = scoreTable(scores, {.what = "half-time"});
        QCOMPARE(half.rows.size(), std::size_t{8});
        QVERIFY(half.options["bootstrap"]["no_interval"].contains("spatial"));
        QVERIFY(!half.options["bootstrap"]["no_interval"].contains("temporal"));
        for (const char* level : {"roi", "area"})
            QVERIFY_THROWS_EXCEPTION(NotFoundError, (void)scoreTable(scores, {.what = "encoding", .level = level}));
        QVERIFY_THROWS_EXCEPTION(NotFoundError, (void)scoreTable(scores, {.what = "spatial", .level = "vertex"}));
        QCOMPARE(scoreTable(scores, {.what = "encoding", .level = "vertex", .onlyLastStep = true}).rows.size(),
                 std::size_t{48});
    }

    void aTemplateOfAnotherSizeIsRefused() {
        const ScratchFolder folder;
        const SmallScores small(folder.path());
        std::filesystem::remove_all(folder.path() / "template");
        writeFreeSurferTemplate(folder.path() / "template/surf", octahedron(), {"pial", "white"});
        const ScoreFile scores(small.file());
        const auto message =
            messageFrom<ShapeError>([&] { (void)scoreTable(scores, {.what = "encoding", .level = "area"}); });
        VERIFY_CONTAINS(message, "12 + 12 vertices");
        VERIFY_CONTAINS(message, "6 + 6");
    }

    void anRoiOfUnknownAreasIsNamed() {
        const ScratchFolder folder;
        const SmallScores small(folder.path());
        auto study = m_scores->study();
        study["rois"].push_back({{"name", "motor"}, {"areas", {"M9"}}});
        auto file = Hdf5File::openReadWrite(small.file());
        file.writeStringAttribute("/", "study", study.dump());
        file.writeStringAttribute("/", "options", "{no JSON");
        file.close();
        const ScoreFile scores(small.file());
        const auto message =
            messageFrom<NotFoundError>([&] { (void)scoreTable(scores, {.what = "encoding", .level = "roi"}); });
        VERIFY_CONTAINS(message, "motor");
        VERIFY_CONTAINS(message, "M9");
        QCOMPARE(scoreTable(scores, {.what = "encoding", .level = "area"}).options["encoding"].dump(),
                 std::string("{}"));
    }

    void aDamagedCeilingIsNamed() {
        const ScratchFolder folder;
        const SmallScores small(folder.path());
        auto file = Hdf5File::openReadWrite(small.file());
        file.write<float>("/recordings/fmri-bea/ceiling", {3}, std::vector<float>(3));
        file.close();
        const ScoreFile scores(small.file());
        const auto message = messageFrom<FormatError>([&] { (void)scoreTable(scores, {.what = "ceiling"}); });
        VERIFY_CONTAINS(message, "/recordings/fmri-bea/ceiling");
        VERIFY_CONTAINS(message, "24 values");
    }

    void csvAndJsonAgree() {
        for (const char* what : ownTables) {
            const auto made = table({.what = what});
            const auto json = nlohmann::json::parse(jsonOf(made));
            std::istringstream csv(csvOf(made));
            std::string line;
            std::getline(csv, line);
            for (const auto& row : json["rows"]) {
                QVERIFY(static_cast<bool>(std::getline(csv, line)));
                std::istringstream fields(line + ',');
                for (const auto& cell : row) {
                    std::string field;
                    QVERIFY(static_cast<bool>(std::getline(fields, field, ',')));
                    if (cell.is_null())
                        QCOMPARE(field, std::string());
                    else if (cell.is_string())
                        QCOMPARE(field, cell.get<std::string>());
                    else
                        QCOMPARE(std::stod(field), cell.get<double>());
                }
            }
            QVERIFY(!std::getline(csv, line));
        }
    }

    void aCancelledTableStops() {
        std::stop_source stop;
        stop.request_stop();
        JobContext job(stop.get_token());
        for (const char* what : ownTables) {
            TableCollector collector;
            QVERIFY_THROWS_EXCEPTION(CancelledError, sendScoreTable(*m_scores, {.what = what}, collector, job));
        }
    }
};

QTEST_GUILESS_MAIN(ScoreTablesTest)
#include "ScoreTablesTest.moc"
