#include "core/sensors/SensorLayout.h"

#include "tests/support/TestFiles.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

using namespace brainlike;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

/// A sensor at an angle from the top (rad) of a helmet of 0.11 m, in a direction (rad from right to front).
std::array<double, 3> onHelmet(double fromTop, double direction, double height = 0.03) {
    return {0.11 * std::sin(fromTop) * std::cos(direction), 0.11 * std::sin(fromTop) * std::sin(direction),
            height + 0.11 * std::cos(fromTop)};
}

std::vector<std::array<double, 3>> helmet() {
    std::vector<std::array<double, 3>> positions{onHelmet(0, 0)};
    for (const double ring : {0.5, 1.0, 1.8})
        for (int i = 0; i < 12; ++i)
            positions.push_back(onHelmet(ring, i * 3.14159265358979323846 / 6));
    return positions;
}

double radius(const SensorPlace& place) {
    return std::hypot(place[0], place[1]);
}

} // namespace

class SensorLayoutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anglesFromTheTopBecomeDistances() {
        const auto layout = sensorLayout(helmet());
        QVERIFY(layout);
        const auto at = [&](std::size_t sensor) { return *layout->places[sensor]; };
        QVERIFY(radius(at(0)) < 1e-9);
        for (std::size_t i = 0; i < 12; ++i) {
            QVERIFY(std::abs(radius(at(1 + i)) - 0.95 * 0.5 / 1.8) < 1e-9);
            QVERIFY(std::abs(radius(at(13 + i)) - 0.95 * 1.0 / 1.8) < 1e-9);
            QVERIFY(std::abs(radius(at(25 + i)) - 0.95) < 1e-9);
        }
        QVERIFY(at(25)[0] > 0.94 && at(28)[1] > 0.94); // right ear to the right, front to the top
        QCOMPARE(layout->hull.size(), std::size_t{12});
    }

    void sensorsWithoutAPositionHaveNoPlace() {
        auto positions = helmet();
        positions[5] = {notANumber, 0, 0};
        const auto layout = sensorLayout(positions);
        QVERIFY(layout && !layout->places[5] && layout->places[6]);
        QCOMPARE(layout->places.size(), positions.size());
    }

    void aFlatArrayKeepsItsShape() {
        const std::vector<std::array<double, 3>> flat{{0, 0, 0}, {0.2, 0, 0}, {0.2, 0.1, 0}, {0, 0.1, 0}};
        const auto layout = sensorLayout(flat);
        QVERIFY(layout);
        QVERIFY(std::abs((*layout->places[1])[0] - 2 * (*layout->places[2])[1]) < 1e-9);
        QVERIFY(std::abs(radius(*layout->places[0]) - 0.95) < 1e-9);
    }

    void noLayoutWithoutAnArea_data() {
        QTest::addColumn<int>("which");
        QTest::newRow("none") << 0;
        QTest::newRow("two") << 1;
        QTest::newRow("not finite") << 2;
        QTest::newRow("one place") << 3;
        QTest::newRow("a line") << 4;
    }
    void noLayoutWithoutAnArea() {
        QFETCH(int, which);
        const std::vector<std::vector<std::array<double, 3>>> cases{
            {},
            {{0, 0, 0}, {0.1, 0, 0}},
            {{notANumber, notANumber, notANumber}, {notANumber, notANumber, notANumber}, {notANumber, notANumber, notANumber}, {notANumber, notANumber, notANumber}},
            {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
            {{0, 0, 0}, {0.1, 0.1, 0}, {0.2, 0.2, 0}, {0.3, 0.3, 0}}};
        QVERIFY(!sensorLayout(cases[static_cast<std::size_t>(which)]));
    }

    void theHullIsSciPys() {
        const auto reference = test::dataJson("sensors/topography.json");
        const auto places = reference.at("places").get<std::vector<SensorPlace>>();
        const std::vector<SensorPlace> hull = convexHull(places);
        std::set<SensorPlace> expected;
        for (const auto& index : reference.at("hull"))
            expected.insert(places.at(index.get<std::size_t>()));
        QVERIFY(std::set<SensorPlace>(hull.begin(), hull.end()) == expected);
        QCOMPARE(hull.size(), expected.size());
        for (const SensorPlace& place : places) {
            const SensorPlace inward{place[0] * 0.999, place[1] * 0.999};
            QVERIFY(isInside(hull, inward));
        }
        QVERIFY(!isInside(hull, {0.95, 0.95}) && !isInside(hull, {-2, 0}));
    }
};

QTEST_GUILESS_MAIN(SensorLayoutTest)
#include "SensorLayoutTest.moc"
