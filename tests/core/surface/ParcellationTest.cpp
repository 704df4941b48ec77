#include "core/surface/Parcellation.h"

#include <QTest>

using namespace brainlike;

class ParcellationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tableNames_data();
    void tableNames();
    void areaOfVertex();
    void verticesOfArea();
};

void ParcellationTest::tableNames_data() {
    QTest::addColumn<QString>("table");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isCortex");
    QTest::newRow("plain") << "V1"
                           << "V1" << true;
    QTest::newRow("left") << "L_V1_ROI"
                          << "V1" << true;
    QTest::newRow("right") << "R_p9-46v_ROI"
                           << "p9-46v" << true;
    QTest::newRow("only numbers") << "44"
                                  << "44" << true;
    QTest::newRow("unlabelled") << "???"
                                << "???" << false;
    QTest::newRow("empty") << ""
                           << "" << false;
    QTest::newRow("unknown") << "Unknown"
                             << "Unknown" << false;
    QTest::newRow("medial wall") << "Medial_Wall"
                                 << "Medial_Wall" << false;
    QTest::newRow("medialwall") << "medialwall"
                                << "medialwall" << false;
    QTest::newRow("defined medial wall") << "Background+FreeSurfer_Defined_Medial_Wall"
                                         << "Background+FreeSurfer_Defined_Medial_Wall" << false;
    QTest::newRow("callosum") << "corpuscallosum"
                              << "corpuscallosum" << false;
}

void ParcellationTest::tableNames() {
    QFETCH(QString, table);
    QFETCH(QString, name);
    QFETCH(bool, isCortex);
    const Area area = areaFromTable(table.toStdString(), {1, 2, 3, 4});
    QCOMPARE(QString::fromStdString(area.name), name);
    QCOMPARE(area.isCortex, isCortex);
    QVERIFY((area.color == std::array<std::uint8_t, 4>{1, 2, 3, 4}));
}

void ParcellationTest::areaOfVertex() {
    const Annotation side{{{"V1"}, {"???", {}, false}}, {0, 1, -1}};
    const Parcellation parcellation{"test", {side, side}};
    QCOMPARE(parcellation.areaOf({Hemisphere::Right, 0})->name, std::string("V1"));
    for (const int vertex : {1, 2, 3, -1})
        QVERIFY(parcellation.areaOf({Hemisphere::Left, vertex}) == nullptr);
}

void ParcellationTest::verticesOfArea() {
    const Parcellation parcellation{"test", {Annotation{{{"V1"}, {"MT"}}, {1, 0, -1, 1}}, Annotation{}}};
    QCOMPARE(parcellation.verticesOf(Hemisphere::Left, "MT"), (std::vector<int>{0, 3}));
    QVERIFY(parcellation.verticesOf(Hemisphere::Right, "MT").empty());
}

QTEST_GUILESS_MAIN(ParcellationTest)
#include "ParcellationTest.moc"
