#include "tests/app/cli/ProgramRun.h"
#include "tests/core/study/TinyStudy.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <QTest>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace brainlike;
using namespace brainlike::test;

namespace {

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

/// Fields of a line without quotes.
std::vector<std::string> fieldsOf(const std::string& line) {
    std::vector<std::string> fields(1);
    for (const char c : line)
        if (c == ',')
            fields.emplace_back();
        else
            fields.back() += c;
    return fields;
}

} // namespace

class ScoresCommandTest : public QObject {
    Q_OBJECT
    std::unique_ptr<ScratchFolder> m_scratch;
    std::string m_scores;

    [[nodiscard]] Outcome run(const QString& arguments) const {
        return runProgram(QStringList{"scores", QString::fromStdString(m_scores)} +
                          arguments.split(' ', Qt::SkipEmptyParts));
    }
    [[nodiscard]] nlohmann::json json(const QString& arguments) const {
        return nlohmann::json::parse(run(arguments + " --format json").out);
    }

private Q_SLOTS:
    void initTestCase() {
        m_scratch = std::make_unique<ScratchFolder>();
        const TinyStudy study(m_scratch->path());
        QCOMPARE(runProgram({"encode", QString::fromStdString(study.file().string())}).status, 0);
        m_scores = (m_scratch->path() / "scores.h5").string();
    }
    void cleanupTestCase() { m_scratch.reset(); }

    void everyTableAtEveryLevel_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("level");
        QTest::addColumn<int>("rows");
        QTest::addColumn<bool>("beginsWithStep");
        const auto add = [](const char* what, const char* level, int rows, bool beginsWithStep) {
            QTest::addRow("%s %s", what, level) << QString(what) << QString(level) << rows << beginsWithStep;
        };
        constexpr int steps = 3, areas = 8, rois = 12, vertices = 132, windows = 5, layers = 3;
        add("encoding", "model", steps * 2, true);
        add("encoding", "roi", steps * rois, true);
        add("encoding", "area", steps * areas, true);
        add("encoding", "vertex", steps * vertices, true);
        add("encoding", "window", steps * windows, true);
        add("best-layer", "area", steps * areas, true);
        add("best-layer", "roi", steps * rois, true);
        add("best-layer", "vertex", steps * vertices, true);
        add("spatial", "area", steps, true);
        add("spatial", "vertex", steps, true);
        add("spatial", "roi", steps, true);
        add("temporal", "model", steps, true);
        add("temporal", "layer", steps * layers, true);
        add("half-time", "model", 4, false);
        add("half-time", "roi", rois, false);
        add("half-time", "area", areas, false);
        add("half-time", "vertex", vertices, false);
        add("half-time", "window", windows, false);
        add("log-fit", "model", 4, false);
        add("log-fit", "roi", rois, false);
        add("log-fit", "area", areas, false);
        add("log-fit", "window", windows, false);
    }
    void everyTableAtEveryLevel() {
        QFETCH(QString, what);
        QFETCH(QString, level);
        QFETCH(int, rows);
        QFETCH(bool, beginsWithStep);
        const auto csv = run("--what " + what + " --level " + level);
        QVERIFY2(csv.status == 0, csv.err.c_str());
        const auto lines = linesOf(csv.out);
        QCOMPARE(static_cast<int>(lines.size()), rows + 1);
        QVERIFY(lines[0].starts_with(beginsWithStep ? "model,step," : "model,metric,id,"));
        const auto table = json("--what " + what + " --level " + level);
        QCOMPARE(table["format"].get<std::string>(), std::string("brainlike-table"));
        QCOMPARE(table["what"].get<std::string>(), what.toStdString());
        QCOMPARE(table["options"]["level"].get<std::string>(), level.toStdString());
        const auto names = fieldsOf(lines[0]);
        QCOMPARE(names.size(), table["columns"].size());
        for (std::size_t column = 0; column < names.size(); ++column)
            QCOMPARE(table["columns"][column]["name"].get<std::string>(), names[column]);
        for (std::size_t row = 0; row + 1 < lines.size(); ++row) {
            const auto fields = fieldsOf(lines[row + 1]);
            QCOMPARE(fields.size(), names.size());
            for (std::size_t column = 0; column < fields.size(); ++column) {
                const auto& cell = table["rows"][row][column];
                if (cell.is_null())
                    QCOMPARE(fields[column], std::string());
                else if (cell.is_string())
                    QCOMPARE(fields[column], cell.get<std::string>());
                else
                    QCOMPARE(std::stod(fields[column]), cell.get<double>());
            }
        }
    }

    void defaultsAreTheFirstLevelAndCsv() {
        QCOMPARE(run("--what encoding").out, run("--what encoding --level model --format csv").out);
        QCOMPARE(run("--what best-layer").out, run("--what best-layer --level area").out);
        QCOMPARE(run("--what half-time").out, run("--what half-time --seed 0 --resamples 1000").out);
    }

    void normalisedScoresAreOneMoreColumn() {
        const auto plain = linesOf(run("--what encoding --level window").out);
        for (const QString& axis : {QString("layers"), QString("times"), QString("checkpoints")}) {
            const auto lines = linesOf(run("--what encoding --level window --normalise " + axis).out);
            QCOMPARE(lines.size(), plain.size());
            QCOMPARE(lines.front(), plain.front() + ",normalised");
            for (std::size_t line = 1; line < lines.size(); ++line)
                QVERIFY(lines[line].starts_with(plain[line] + ","));
        }
    }

    void theLastStepIsTheHighest() {
        const auto last = run("--what encoding --step last");
        QCOMPARE(last.out, run("--what encoding --step 1000").out);
        QCOMPARE(linesOf(last.out).size(), std::size_t{3});
    }

    void aSubjectsOwnScoresGiveTheSem() {
        const auto table = json("--what encoding --level area --step last --subject all --layer layer1");
        const std::size_t areas = 8;
        QCOMPARE(table["rows"].size(), 3 * areas);
        for (std::size_t area = 0; area < areas; ++area) {
            const double one = table["rows"][areas + area][6];
            const double two = table["rows"][2 * areas + area][6];
            QVERIFY(std::abs(table["rows"][area][7].get<double>() - std::abs(one - two) / 2) < 1e-6);
        }
    }

    void defaultRoisThatTheParcellationLacksAreNamed() {
        const auto table = json("--what encoding --level roi --step last");
        QCOMPARE(table["options"]["rois_left_out"].size(), std::size_t{11});
        QCOMPARE(table["rows"][0][5].get<std::string>(), std::string("V1"));
        QCOMPARE(table["rows"][1][5].get<std::string>(), std::string("lh:V1"));
        QCOMPARE(table["rows"][2][5].get<std::string>(), std::string("rh:V1"));
    }

    void theOutputIsReplacedAsAWhole() {
        const auto out = m_scratch->file("table.csv", "an older table\n");
        const QString named = " --out " + QString::fromStdString(out.string());
        const auto failed = run("--what encoding --model none" + named);
        QCOMPARE(failed.status, 1);
        QCOMPARE(bytesOf(out), std::string("an older table\n"));
        const auto done = run("--what encoding" + named);
        QCOMPARE(done.status, 0);
        QCOMPARE(done.out, std::string());
        QCOMPARE(bytesOf(out), run("--what encoding").out);
        int tables = 0;
        for (const auto& entry : std::filesystem::directory_iterator(m_scratch->path()))
            tables += entry.path().filename().string().find("table") != std::string::npos ? 1 : 0;
        QCOMPARE(tables, 1);
    }

    void wrongUsageIsTwo_data() {
        QTest::addColumn<QString>("arguments");
        for (const char* arguments :
             {"", "--what", "--what everything", "--what encoding --level cortex", "--what spatial --level window",
              "--what encoding --step first", "--what encoding --step -1", "--what encoding --step 1.5",
              "--what half-time --step last", "--what spatial --layer layer1", "--what temporal --subject all",
              "--what encoding --format xml", "--what half-time --resamples -1", "--what half-time --seed one",
              "--what encoding --colour red", "--what encoding --normalise subjects",
              "--what encoding --level vertex --normalise times", "--what spatial --normalise layers"})
            QTest::newRow(arguments) << QString(arguments);
    }
    void wrongUsageIsTwo() {
        QFETCH(QString, arguments);
        const auto outcome = run(arguments);
        QCOMPARE(outcome.status, 2);
        QVERIFY(outcome.out.empty());
        QVERIFY(!outcome.err.empty());
    }

    void badDataIsOne_data() {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<std::string>("message");
        const auto add = [](const char* arguments, const char* message) {
            QTest::newRow(arguments) << QString(arguments) << std::string(message);
        };
        add("--what encoding --model other", "expected: one of vit");
        add("--what encoding --step 7", "expected: one of 0, 100, 1000");
        add("--what encoding --subject three", "expected: one of one, two");
        add("--what encoding --layer layer9", "layer0, layer1, layer2");
        add("--what temporal --subject two", "expected: MEG recordings of two");
        add("--what ceiling", "/recordings/s1/ceiling");
        add("--what encoding --out /nowhere/at/all.csv", "/nowhere/at");
    }
    void badDataIsOne() {
        QFETCH(QString, arguments);
        QFETCH(std::string, message);
        const auto outcome = run(arguments);
        QCOMPARE(outcome.status, 1);
        QVERIFY(outcome.out.empty());
        VERIFY_CONTAINS(outcome.err, message);
    }

    void theCeilingOfRepeatedImagesIsATable() {
        const ScratchFolder scratch;
        TinyStudy study(scratch.path());
        const auto responses = study.folder() / "responses";
        const auto once = readNpyMatrix<float>(responses / "s1.npy", 2);
        RowMatrix<float> twice(2 * once.rows(), once.cols()); // every image again, with another noise
        std::ofstream ids(responses / "twice.txt");
        for (Eigen::Index row = 0; row < twice.rows(); ++row) {
            const Eigen::Index image = row % once.rows();
            ids << "image" << image << '\n';
            for (Eigen::Index column = 0; column < once.cols(); ++column)
                twice(row, column) = once(image, column) + static_cast<float>(row < once.rows() ? 0.25 : -0.25) *
                                                               std::sin(static_cast<float>(7 * image + 3 * column));
        }
        ids.close();
        writeNpy<float>(responses / "twice.npy",
                        {static_cast<std::size_t>(twice.rows()), static_cast<std::size_t>(twice.cols())},
                        {twice.data(), static_cast<std::size_t>(twice.size())});
        study.json["recordings"][0]["responses"] = "responses/twice.npy";
        study.json["recordings"][0]["images"] = "responses/twice.txt";
        study.writeJson();
        QCOMPARE(runProgram({"encode", QString::fromStdString(study.file().string())}).status, 0);
        const auto csv = runProgram({"scores", QString::fromStdString((scratch.path() / "scores.h5").string()),
                                     "--what", "ceiling", "--level", "vertex"});
        QVERIFY2(csv.status == 0, csv.err.c_str());
        const auto lines = linesOf(csv.out);
        QCOMPARE(lines.front(), std::string("recording,id,ncsnr,ceiling,score,ratio"));
        QCOMPARE(lines.size(), static_cast<std::size_t>(once.cols()) + 1);
        int known = 0;
        for (std::size_t line = 1; line < lines.size(); ++line) {
            const auto fields = fieldsOf(lines[line]);
            QCOMPARE(fields[0], std::string("s1"));
            if (fields[5].empty())
                continue;
            ++known;
            QVERIFY(std::abs(std::stod(fields[5]) - std::stod(fields[4]) / std::stod(fields[3])) < 1e-6);
            QVERIFY(std::stod(fields[3]) > 0 && std::stod(fields[3]) <= 1);
        }
        QVERIFY(known > 100);
    }

    void aFileWithoutScoresIsNamed() {
        const auto noise = m_scratch->file("noise.h5", "nothing of the kind").string();
        for (const auto& file : {noise, m_scratch->file("missing.h5").string()}) {
            const auto outcome = runProgram({"scores", QString::fromStdString(file), "--what", "encoding"});
            QCOMPARE(outcome.status, 1);
            QVERIFY(outcome.out.empty());
            VERIFY_CONTAINS(outcome.err, file);
        }
    }
};

QTEST_GUILESS_MAIN(ScoresCommandTest)
#include "ScoresCommandTest.moc"
