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

    void innerFoldsFollowTheOuterOnesUnlessTold() {
        const Json outer{{"shuffle", 7}, {"groups", {1, 1, 2}}};
        const auto read = [&outer](Json own) {
            own.update(outer);
            return ridgeOptionsFromJson(own);
        };
        const std::vector<std::int64_t> groups{1, 1, 2};
        QCOMPARE(read(Json::object()).inner.shuffleSeed, std::optional<std::uint64_t>(7));
        QCOMPARE(read(Json::object()).inner.groups, groups);
        const auto apart = read({{"inner_shuffle", nullptr}, {"inner_groups", nullptr}});
        QVERIFY(!apart.inner.shuffleSeed && apart.inner.groups.empty());
        QCOMPARE(apart.outer.groups, groups);
        const auto own = read({{"inner_shuffle", 8}, {"inner_groups", {1, 2, 3}}});
        QCOMPARE(own.inner.shuffleSeed, std::optional<std::uint64_t>(8));
        QCOMPARE(own.inner.groups, (std::vector<std::int64_t>{1, 2, 3}));
        for (const auto& options : {read(Json::object()), apart, own}) {
            QCOMPARE(ridgeOptionsFromJson(toJson(options)).outer, options.outer);
            QCOMPARE(ridgeOptionsFromJson(toJson(options)).inner, options.inner);
        }
        QCOMPARE(toJson(apart).at("inner_groups"), Json()); // result files say so too
        QVERIFY(!toJson(ridgeOptionsFromJson(Json::object())).contains("inner_shuffle"));
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
