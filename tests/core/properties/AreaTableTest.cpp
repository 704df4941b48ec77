#include "core/properties/AreaTable.h"

#include "tests/support/Expectations.h"

#include <cmath>

using namespace brainlike;
using namespace brainlike::test;

class AreaTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void commasTabsQuotesAndBlanks() {
        for (const char* text : {"area,hemisphere,myelin,\"thick, mm\"\r\nV1,lh,1.5,2\r\n\"MT\", R ,+1e-3,NA\r\n",
                                 "region\themi\tmyelin\t\"thick, mm\"\nV1\tleft\t1.5\t2.0\n\nMT\trh\t0.001\t\n"}) {
            const auto table = parseAreaTable(text, "t.csv");
            QCOMPARE(table.properties, (std::vector<std::string>{"myelin", "thick, mm"}));
            QCOMPARE(table.areas, (std::vector<std::string>{"V1", "MT"}));
            QVERIFY(table.hemispheres[0] == Hemisphere::Left);
            QVERIFY(table.hemispheres[1] == Hemisphere::Right);
            QCOMPARE(table.values[0], (std::vector<double>{1.5, 2}));
            QCOMPARE(table.values[1][0], 1e-3);
            QVERIFY(std::isnan(table.values[1][1]));
        }
    }

    void namesTellTheHemisphere() {
        const auto table = parseAreaTable("\xEF\xBB\xBF"
                                          "Label,x\nL_V1_ROI,1\nrh:MT,2\nrh_44,3\n45,4\nL_Medial_wall,5\n???,6\n",
                                          "t.csv");
        QCOMPARE(table.areas, (std::vector<std::string>{"V1", "MT", "44", "45"}));
        QVERIFY(table.hemispheres[0] == Hemisphere::Left);
        QVERIFY(table.hemispheres[1] == Hemisphere::Right);
        QVERIFY(table.hemispheres[2] == Hemisphere::Right);
        QVERIFY(!table.hemispheres[3]);
    }

    void columnsOfTextOrWithoutNameAreLeftOut() {
        const auto table = parseAreaTable(",area,network,x,empty\n1,V1,visual,2,NA\n2,MT,visual,3,\n", "t.csv");
        QCOMPARE(table.properties, std::vector<std::string>{"x"});
        QCOMPARE(table.values[1][0], 3.0);
    }

    void messagesNameRowAndColumn() {
        const auto message = [](const char* text) {
            return messageFrom<FormatError>([&] { (void)parseAreaTable(text, "t.csv"); });
        };
        VERIFY_CONTAINS(message("area,x\nV1,1\nMT,two\n"), "row 1, column 1");
        VERIFY_CONTAINS(message("area,x\nV1,1\nMT,2,3\n"), "row 1");
        VERIFY_CONTAINS(message("areal,x\nV1,1\n"), "a column named area");
        VERIFY_CONTAINS(message("area,x\nV1,high\n"), "a column of numbers");
        VERIFY_CONTAINS(message("area,hemisphere,x\nV1,middle,1\n"), "lh or rh");
        VERIFY_CONTAINS(message("area,hemisphere,x\nL_V1_ROI,rh,1\n"), "lh or rh, as the area's name");
        VERIFY_CONTAINS(message("area,x\n"), "a line an area");
        VERIFY_CONTAINS(message(""), "a line an area");
        VERIFY_CONTAINS(message("area,x\n\"V1,1\n"), "closing quote");
    }

    void damagedAnywhere() {
        const std::string whole = "area,hemisphere,myelin,\"a \"\"b\"\"\"\nV1,lh,1.5,2\nL_MT_ROI,lh,-1e-3,NA\n";
        for (std::size_t position = 0; position < whole.size(); ++position)
            for (const char change : {'"', ',', '\n', '\0', '\xFF', 'e'}) {
                std::string damaged = whole;
                damaged[position] = change;
                QVERIFY(failsCleanly([&] { (void)parseAreaTable(damaged, "t.csv"); }));
                QVERIFY(failsCleanly([&] { (void)parseAreaTable(whole.substr(0, position), "t.csv"); }));
            }
    }
};

QTEST_GUILESS_MAIN(AreaTableTest)
#include "AreaTableTest.moc"
