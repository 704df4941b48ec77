#include "core/tables/Table.h"

#include "core/base/Error.h"

#include <QtTest>

#include <limits>

using namespace brainlike;

namespace {

Table example() {
    Table table{.what = "half-time",
                .options = {{"level", "roi"}},
                .columns = {{"id", "", "ROI"}, {"half_time", "steps", "training step"}, {"n", "", "units"}},
                .rows = {}};
    table.add({std::string("lh:V1, \"early\""), 0.1, std::int64_t{3}});
    table.add({std::string("V2"), std::numeric_limits<double>::quiet_NaN(), std::monostate()});
    return table;
}

} // namespace

class TableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonNamesUnitsAndKeepsMissingAsNull() {
        const auto json = nlohmann::json::parse(jsonOf(example()));
        QCOMPARE(json["format"].get<std::string>(), std::string("brainlike-table"));
        QCOMPARE(json["version"].get<int>(), 1);
        QCOMPARE(json["options"]["level"].get<std::string>(), std::string("roi"));
        QCOMPARE(json["columns"][1]["unit"].get<std::string>(), std::string("steps"));
        QCOMPARE(json["rows"][0][1].get<double>(), 0.1);
        QVERIFY(json["rows"][1][1].is_null());
        QVERIFY(json["rows"][1][2].is_null());
    }

    void csvQuotesAndLeavesMissingEmpty() {
        QCOMPARE(csvOf(example()), std::string("id,half_time,n\n\"lh:V1, \"\"early\"\"\",0.1,3\nV2,,\n"));
    }

    void aRowOfAnotherLengthIsRefused() {
        auto table = example();
        QVERIFY_THROWS_EXCEPTION(ShapeError, table.add({1.0}));
    }
};

QTEST_GUILESS_MAIN(TableTest)
#include "TableTest.moc"
