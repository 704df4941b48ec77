#include "core/color/ColorVision.h"

#include "core/base/Error.h"
#include "tests/support/TestFiles.h"

#include <QTest>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace brainlike;

class ColorVisionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// tests/data/color/make_color_vision.py
    void agreesWithColorspacious() {
        std::ifstream stream(test::sourceFolder() / "tests/data/color/color_vision.json");
        const auto cases = nlohmann::json::parse(stream);
        QCOMPARE(cases.size(), std::size_t(42));
        for (const auto& entry : cases) {
            const auto& color = entry.at("color");
            const auto& wanted = entry.at("seen");
            const Rgba8 seen = seenWith(Rgba8{color[0], color[1], color[2], 77},
                                        colorVisionFrom(entry.at("vision").get<std::string>()));
            const bool isClose = std::abs(seen.r - wanted[0].get<int>()) <= 1 &&
                                 std::abs(seen.g - wanted[1].get<int>()) <= 1 &&
                                 std::abs(seen.b - wanted[2].get<int>()) <= 1;
            QVERIFY2(isClose, entry.dump().c_str());
            QCOMPARE(int(seen.a), 77);
        }
    }

    void commonVisionChangesNothing() {
        QCOMPARE(seenWith(Rgba8{1, 99, 200, 3}, ColorVision::Common), (Rgba8{1, 99, 200, 3}));
        QCOMPARE(colorVisionFrom(""), ColorVision::Common);
    }

    void redAndGreenLookAlikeWithoutOneOfTheirCones() {
        const auto distance = [](Rgba8 a, Rgba8 b) {
            return std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b);
        };
        const Rgba8 red{200, 80, 40, 255}, green{120, 120, 40, 255};
        const auto seen = [&](ColorVision vision) { return distance(seenWith(red, vision), seenWith(green, vision)); };
        QVERIFY(seen(ColorVision::Deuteranopia) < seen(ColorVision::Common) / 2);
        QVERIFY(seen(ColorVision::Tritanopia) > seen(ColorVision::Common) / 2);
    }

    void changesWholeMaps() {
        const ColorMap map = ColorMap::named("vik");
        const ColorMap seen = seenWith(map, ColorVision::Protanopia);
        QCOMPARE(seen.colors().size(), map.colors().size());
        QCOMPARE(seen.at(0.2), seenWith(map.at(0.2), ColorVision::Protanopia));
        QVERIFY(seen.at(0.2) != map.at(0.2));
        QCOMPARE(seen.name(), map.name());
    }

    void refusesUnknownNames() { QVERIFY_THROWS_EXCEPTION(NotFoundError, (void)colorVisionFrom("x-ray")); }
};

QTEST_GUILESS_MAIN(ColorVisionTest)
#include "ColorVisionTest.moc"
