#include "tests/app/cli/ProgramRun.h"
#include "tests/support/Expectations.h"
#include "tests/support/PlantedScores.h"

#include <QTest>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

using namespace brainlike;
using namespace brainlike::test;

class ScoresExtrasTest : public QObject {
    Q_OBJECT
    std::unique_ptr<ScratchFolder> m_folder;
    QString m_scores, m_table;

    [[nodiscard]] Outcome run(const QString& arguments) const {
        return runProgram(QStringList{"scores", m_scores} + arguments.split(' ', Qt::SkipEmptyParts));
    }

private Q_SLOTS:
    void initTestCase() {
        m_folder = std::make_unique<ScratchFolder>();
        m_scores = QString::fromStdString(PlantedScores(m_folder->path()).file().string());
        std::string table = "area,size\n";
        for (int area = 0; area < PlantedScores::areas; ++area)
            table += PlantedScores::areaName(area) + "," + std::to_string(PlantedScores::amplitude(area, 0)) + "\n";
        m_table = QString::fromStdString(m_folder->file("areas.csv", table).string());
    }
    void cleanupTestCase() { m_folder.reset(); }

    void compareTakesItsOptions() {
        const auto ended = run("--what compare --unit areas --between steps --model one --step 1000");
        QCOMPARE(ended.status, 0);
        QCOMPARE(std::count(ended.out.begin(), ended.out.end(), '\n'), 5); // a head, four checkpoints with the one
        VERIFY_CONTAINS(ended.out, "one@0,one@1000,areas,");
        const auto both = run("--what compare --model two --model one --unit vertices --metric encoding-fmri");
        QCOMPARE(both.status, 0);
        VERIFY_CONTAINS(both.out, "one,two,vertices,0,");
    }

    void propertyTakesItsOptions() {
        const auto ended = run("--what property --property x=" + m_table +
                               " --map score --map best-layer --step last --spins 20 --seed 9 --method hungarian "
                               "--threads 2 --hemisphere lh --format json");
        QCOMPARE(ended.status, 0);
        QVERIFY2(ended.err.empty(), ended.err.c_str());
        const auto json = nlohmann::json::parse(ended.out);
        QCOMPARE(json["rows"].size(), std::size_t{4});
        QCOMPARE(json["rows"][0][2].get<std::string>(), std::string("x"));
        QVERIFY(json["rows"][0][4].get<double>() > 0.9); // size and score were planted alike
        QCOMPARE(json["rows"][0][5].get<int>(), 22);     // left areas, one without scores
        QCOMPARE(json["rows"][0][12].get<std::string>(), std::string("hungarian"));
        QCOMPARE(json["options"]["spin"]["seed"].get<int>(), 9);
    }

    void whatIsAssumedIsSaidOnStandardError() {
        const auto ended = run("--what property --property " + m_table + " --spins 0");
        QCOMPARE(ended.status, 0);
        VERIFY_CONTAINS(ended.err, "warning: size: the table does not tell the hemisphere");
        QVERIFY(ended.out.find("warning") == std::string::npos);
    }

    void wrongUse_data() {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<std::string>("message");
        const auto add = [](const char* arguments, int status, const char* message) {
            QTest::newRow(arguments) << QString(arguments) << status << std::string(message);
        };
        add("--what encoding --spins 3", 2, "--what property");
        add("--what property --unit areas", 2, "--what compare");
        add("--what encoding --model one --model two", 2, "one model");
        add("--what compare --unit folds", 2, "subjects, rois, areas, vertices, windows");
        add("--what compare --metric speed", 2, "encoding-fmri");
        add("--what compare --metric spatial --unit areas", 2, "one spatial score");
        add("--what compare --unit windows", 1, "meg recordings");
        add("--what compare --model three", 1, "one, two");
        add("--what property --map speed", 2, "half-time, score, best-layer");
        add("--what property --method best", 2, "vasa");
        add("--what property --level vertex", 2, "published");
        add("--what property --step last", 2, "--step");
        add("--what property --hemisphere left", 2, "lh");
        add("--what property --property no-such", 1, "expansion, thickness, timescale, myelin");
        add("--what property", 1, "no such area"); // the template has other areas than the published table
    }
    void wrongUse() {
        QFETCH(QString, arguments);
        QFETCH(int, status);
        QFETCH(std::string, message);
        const auto ended = run(arguments);
        QCOMPARE(ended.status, status);
        VERIFY_CONTAINS(ended.err, message);
        QVERIFY(ended.out.empty());
    }
};

QTEST_GUILESS_MAIN(ScoresExtrasTest)
#include "ScoresExtrasTest.moc"
