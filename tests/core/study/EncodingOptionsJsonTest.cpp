#include "core/study/EncodingOptionsJson.h"

#include "core/base/Error.h"

#include <QtTest>

using namespace brainlike;
using Json = nlohmann::json;

class EncodingOptionsJsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void optionsSurviveTheirJson() {
        RidgeOptions options;
        options.alphas = {0.5, 20, 1e7};
        options.outer = {.count = 4, .shuffleSeed = 18446744073709551615u, .groups = {1, 1, 2}};
        options.inner = {.count = 3, .shuffleSeed = 0};
        options.lambdaMode = LambdaMode::PerTarget;
        options.selection = SelectionScore::Correlation;
        options.standardize = false;
        options.doublePrecision = true;
        options.notFinite = NotFinite::DropTargets;
        QCOMPARE(ridgeOptionsFromJson(Json::parse(toJson(options).dump())), options);
        const Json defaults = toJson(RidgeOptions());
        QCOMPARE(defaults.at("score"), Json("r2"));
        QCOMPARE(defaults.at("shuffle"), Json());
        QCOMPARE(defaults.at("alphas").size(), std::size_t(10));
        QVERIFY(!defaults.contains("groups") && !defaults.contains("threads"));
        RidgeOptions more;
        more.threads = 9;
        more.keepInner = true;
        QCOMPARE(toJson(more), defaults);
    }

    void wrongOptionsNameTheirPlace_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("place");
        QTest::newRow("unknown") << R"({"fold": 3})"
                                 << "/fold";
        QTest::newRow("count") << R"({"inner_folds": 2.5})"
                               << "/inner_folds";
        QTest::newRow("seed") << R"({"shuffle": -1})"
                              << "/shuffle";
        QTest::newRow("truth") << R"({"double": 1})"
                               << "/double";
        QTest::newRow("name") << R"({"score": "r"})"
                              << "/score";
        QTest::newRow("drop") << R"({"drop": "columns"})"
                              << "/drop";
        QTest::newRow("type") << R"({"lambda_mode": 3})"
                              << "/lambda_mode";
        QTest::newRow("group") << R"({"groups": [1, "x"]})"
                               << "/groups/1";
        QTest::newRow("alpha") << R"({"alphas": [1, null]})"
                               << "/alphas/1";
    }

    void wrongOptionsNameTheirPlace() {
        QFETCH(QString, json);
        QFETCH(QString, place);
        try {
            (void)ridgeOptionsFromJson(Json::parse(json.toStdString()));
            QFAIL("wrong options accepted");
        } catch (const FormatError& error) {
            QCOMPARE(error.details().place, place.toStdString());
        }
    }

    void alphasMustBePositive() {
        QVERIFY_EXCEPTION_THROWN((void)ridgeOptionsFromJson({{"alphas", {1, -1}}}), ValueError);
        QVERIFY_EXCEPTION_THROWN((void)ridgeOptionsFromJson({{"alphas", "0:x:3"}}), ValueError);
        QVERIFY_EXCEPTION_THROWN((void)ridgeOptionsFromJson(Json::array()), FormatError);
        QCOMPARE(ridgeOptionsFromJson({{"alphas", {10, 1, 10}}}).alphas, (std::vector<double>{1, 10}));
    }
};

QTEST_GUILESS_MAIN(EncodingOptionsJsonTest)
#include "EncodingOptionsJsonTest.moc"
