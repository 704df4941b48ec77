#include "core/templates/SurfaceBlend.h"

#include "tests/support/Expectations.h"

#include <QTest>

using namespace brainlike;
using namespace brainlike::test;

class SurfaceBlendTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAndWritesNames_data();
    void readsAndWritesNames();
    void refusesOthers_data();
    void refusesOthers();
    void clampsPlaces();
    void knowsItsEnds();
    void knowsWhereDistancesAreReal();
};

void SurfaceBlendTest::readsAndWritesNames_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("place");
    QTest::newRow("white") << "white" << 0.0;
    QTest::newRow("pial") << "pial" << 1.0;
    QTest::newRow("inflated") << "inflated" << 2.0;
    QTest::newRow("sphere") << "sphere" << 3.0;
    QTest::newRow("flat") << "flat" << 4.0;
    QTest::newRow("unfolding") << "sphere+0.5" << 3.5;
    QTest::newRow("half") << "pial+0.5" << 1.5;
    QTest::newRow("small") << "white+0.005" << 0.005;
    QTest::newRow("most") << "inflated+0.999" << 2.999;
}

void SurfaceBlendTest::readsAndWritesNames() {
    QFETCH(QString, name);
    QFETCH(double, place);
    const SurfaceBlend surface = surfaceBlendFrom(name.toStdString());
    QCOMPARE(placeOf(surface).value(), place);
    QCOMPARE(QString::fromStdString(nameOf(surface)), name);
    QVERIFY(blendAt(place) == surface);
}

void SurfaceBlendTest::refusesOthers_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("unknown") << "jelly";
    QTest::newRow("unknown with a share") << "jelly+0.5";
    QTest::newRow("empty") << "";
    QTest::newRow("no number") << "pial+";
    QTest::newRow("no number at all") << "pial+half";
    QTest::newRow("more than a number") << "pial+0.5x";
    QTest::newRow("beyond the next") << "pial+1.5";
    QTest::newRow("backwards") << "pial+-0.5";
    QTest::newRow("not a number") << "pial+nan";
    QTest::newRow("after the last") << "flat+0.5";
    QTest::newRow("beside the way") << "midthickness+0.5";
}

void SurfaceBlendTest::refusesOthers() {
    QFETCH(QString, name);
    const std::string message = messageFrom<NotFoundError>([&] { (void)surfaceBlendFrom(name.toStdString()); });
    VERIFY_CONTAINS(message, "pial");
}

void SurfaceBlendTest::clampsPlaces() {
    QVERIFY(blendAt(-1) == SurfaceBlend{SurfaceKind::White});
    QVERIFY(blendAt(7) == SurfaceBlend{SurfaceKind::Flat});
    QVERIFY(blendAt(1.99996) == SurfaceBlend{SurfaceKind::Inflated});
    QVERIFY(!placeOf({SurfaceKind::Midthickness}));
}

void SurfaceBlendTest::knowsItsEnds() {
    QVERIFY(surfaceBlendFrom("white+0.2").to() == SurfaceKind::Pial);
    QVERIFY(surfaceBlendFrom("inflated+0.2").to() == SurfaceKind::Sphere);
    QVERIFY(surfaceBlendFrom("inflated").to() == SurfaceKind::Inflated);
    QVERIFY(surfaceBlendFrom("flat").to() == SurfaceKind::Flat);
    QVERIFY(surfaceBlendFrom("sphere").to() == SurfaceKind::Sphere);
    QVERIFY(surfaceBlendFrom("sphere+0.2").to() == SurfaceKind::Flat);
    QVERIFY(surfaceBlendFrom("sphere+0.2").isFlat() && surfaceBlendFrom("flat").isFlat());
    QVERIFY(!surfaceBlendFrom("sphere").isFlat());
}

void SurfaceBlendTest::knowsWhereDistancesAreReal() {
    for (const char* name : {"white", "white+0.5", "pial"})
        QVERIFY(surfaceBlendFrom(name).isAnatomical());
    for (const char* name : {"pial+0.1", "inflated", "sphere", "flat"})
        QVERIFY(!surfaceBlendFrom(name).isAnatomical());
}

QTEST_GUILESS_MAIN(SurfaceBlendTest)
#include "SurfaceBlendTest.moc"
