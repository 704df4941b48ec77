#include "core/base/Error.h"
#include "views/scene/CortexMap.h"

#include <QTest>

#include <limits>

using namespace brainlike;

namespace {

const float none = std::numeric_limits<float>::quiet_NaN();

/// −1, −0.98 … 1.
CortexMap ramp(MapKind kind) {
    CortexMap map{.kind = kind};
    for (int i = -50; i <= 50; ++i)
        map.values.push_back(0.02F * static_cast<float>(i));
    return map;
}

Selection showing(MapKind kind) {
    Selection selection;
    selection.map = kind;
    return selection;
}

const MapBasis basis{.scores = {0, 0.5}, .own = {0, 0.5}, .userMap = {}};
const MapBasis signedBasis{.scores = {0, 0.5}, .own = {-0.8, 0.8}, .userMap = {}};

ColorRange rangeOf(const CortexMap& map, const Selection& selection, const MapBasis& from = basis) {
    const MapColors colors = mapColors(map, selection, from);
    return {colors.scale.low, colors.scale.high};
}

bool isNear(const ColorRange& range, double low, double high) {
    return std::abs(range.low - low) < 1e-6 && std::abs(range.high - high) < 1e-6;
}

} // namespace

class MapColoringTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mapsOfFilesAreCutOnBothSides();
    void aConstantMapLiesInTheMiddle();
    void rangesFollowTheirRule() {
        const CortexMap map = ramp(MapKind::Score);
        Selection selection = showing(MapKind::Score);
        QVERIFY(isNear(rangeOf(map, selection), 0, 0.5));
        selection.rangeRule = RangeRule::Map;
        QVERIFY(isNear(rangeOf(map, selection), -1, 1));
        selection.rangeRule = RangeRule::Percentile2;
        QVERIFY(isNear(rangeOf(map, selection), -0.96, 0.96));
        selection.rangeRule = RangeRule::Percentile5;
        QVERIFY(isNear(rangeOf(map, selection), -0.9, 0.9));
        selection.range = ColorRange{-0.1, 0.3};
        QVERIFY(isNear(rangeOf(map, selection), -0.1, 0.3));
        selection.symmetric = true;
        QVERIFY(isNear(rangeOf(map, selection), -0.3, 0.3));
        // A map without values falls back to the common range.
        selection = showing(MapKind::Score);
        selection.rangeRule = RangeRule::Map;
        QVERIFY(isNear(rangeOf({.kind = MapKind::Score, .values = {none, none}}, selection), 0, 0.5));
    }

    void differencesAreCentredOnZero() {
        CortexMap map = ramp(MapKind::Difference);
        map.values.resize(60);
        Selection selection = showing(MapKind::Difference);
        selection.rangeRule = RangeRule::Map;
        QVERIFY(isNear(rangeOf(map, selection, signedBasis), -1, 1));
        selection.rangeRule = RangeRule::Study;
        const MapColors colors = mapColors(map, selection, signedBasis);
        QVERIFY(isNear({colors.scale.low, colors.scale.high}, -0.8, 0.8));
        QCOMPARE(colors.scale.map.name(), std::string("vik"));
        QCOMPARE(colors.scale.positionOf(0), 0.5);
        QVERIFY(colors.isCutLow && !colors.isCutHigh);
        for (const Rgba8& color : overlayOf(map, colors).colors)
            QCOMPARE(int(color.a), 255);
    }

    void signedMapsAreCutOnBothSides() {
        const CortexMap map = ramp(MapKind::Difference);
        Selection selection = showing(MapKind::Difference);
        selection.threshold = 0.39;
        const auto shown = [&](std::size_t vertex) {
            const Overlay overlay = overlayOf(map, mapColors(map, selection, signedBasis));
            return overlay.colors[vertex].a == 255 && overlay.classes[vertex] >= 0;
        };
        QVERIFY(shown(0) && shown(30) && !shown(31) && !shown(50) && !shown(69) && shown(70) && shown(100));
        selection.oneTailed = true;
        QVERIFY(!shown(0) && !shown(30) && shown(70));
        selection.threshold = 0;
        QVERIFY(shown(0) && shown(50));
    }

    void saysWhatLiesBeyondTheRange() {
        CortexMap map{.kind = MapKind::Score, .values = {0.1F, 0.4F, -0.2F, none}};
        Selection selection = showing(MapKind::Score);
        // What is not coloured is not beyond.
        QVERIFY(!mapColors(map, selection, basis).isCutLow);
        QVERIFY(!mapColors(map, selection, basis).isCutHigh);
        map.values[1] = 0.51F;
        QVERIFY(mapColors(map, selection, basis).isCutHigh);
        selection.range = ColorRange{0.05, 0.6};
        selection.threshold = 0.01;
        map.values[0] = 0.02F;
        const MapColors colors = mapColors(map, selection, basis);
        QVERIFY(colors.isCutLow && !colors.isCutHigh);
    }

    void significanceHidesOrFades() {
        CortexMap map{.kind = MapKind::Score, .values = {0.4F, 0.4F, 0.4F, 0.4F}, .q = {0.001F, 0.1F, 0.5F, none}};
        Selection selection = showing(MapKind::Score);
        selection.significance = Significance::Hide;
        MapColors colors = mapColors(map, selection, basis);
        Overlay overlay = overlayOf(map, colors);
        QCOMPARE(colors.significance, Significance::Hide);
        QCOMPARE(int(overlay.colors[0].a), 255);
        for (const std::size_t hidden : {1, 2, 3}) {
            QCOMPARE(int(overlay.colors[hidden].a), 0);
            QCOMPARE(overlay.classes[hidden], std::int16_t(-1));
        }
        selection.significance = Significance::Fade;
        overlay = overlayOf(map, mapColors(map, selection, basis));
        QCOMPARE(int(overlay.colors[0].a), 255);
        QVERIFY(overlay.colors[1].a == 127 || overlay.colors[1].a == 128);
        QVERIFY(overlay.colors[2].a > 0 && overlay.colors[2].a < 128);
        QCOMPARE(int(overlay.colors[3].a), 0);
        // Without q nothing is hidden, and nobody says so.
        map.q.clear();
        colors = mapColors(map, selection, basis);
        QCOMPARE(colors.significance, Significance::Ignore);
        for (const Rgba8& color : overlayOf(map, colors).colors)
            QCOMPARE(int(color.a), 255);
        map.q = {0.1F};
        QVERIFY_THROWS_EXCEPTION(ShapeError, (void)overlayOf(map, mapColors(map, selection, basis)));
    }

    void manyVerticesFadeAsOneDoes() {
        CortexMap map{.kind = MapKind::Score};
        for (int i = 0; i < 2003; ++i) {
            map.values.push_back(0.5F);
            map.q.push_back(std::pow(10.0F, -0.002F * static_cast<float>(i)));
        }
        map.q.insert(map.q.end(), {0.01F, 0.0F, 1.0F, none});
        map.values.resize(map.q.size(), 0.5F);
        for (const Significance significance : {Significance::Hide, Significance::Fade}) {
            Selection selection = showing(MapKind::Score);
            selection.significance = significance;
            const Overlay overlay = overlayOf(map, mapColors(map, selection, basis));
            for (std::size_t i = 0; i < map.q.size(); ++i) {
                const double wanted = 255 * opacityOfQ(static_cast<double>(map.q[i]), significance);
                QVERIFY(std::abs(overlay.colors[i].a - wanted) < (significance == Significance::Hide ? 0.5 : 1.1));
                QCOMPARE(overlay.classes[i] < 0, overlay.colors[i].a == 0);
            }
        }
    }

    void halfTimesHaveClassesOfTheirOwn() {
        using enum HalfTimeState;
        const CortexMap map{.kind = MapKind::HalfTime,
                            .values = {1e4F, none, none, none, 1e6F},
                            .states = {Reached, AtOrBeforeFirst, None, NotComputed, Reached},
                            .finalScores = {0.4F, 0.4F, -0.1F, none, 0.01F},
                            .firstStep = 1000,
                            .lastStep = 1000000};
        const MapColors colors =
            mapColors(map, showing(MapKind::HalfTime), {.scores = {0, 0.5}, .own = {1e3, 1e6}, .userMap = {}});
        QVERIFY(colors.scale.isLogarithmic);
        QCOMPARE(colors.scale.positionOf(1e4), 1 / 3.0);
        const Overlay overlay = overlayOf(map, colors);
        QCOMPARE(overlay.colors[0], colors.scale.colorOf(1e4));
        QCOMPARE(overlay.colors[1], colors.censoredColor());
        QCOMPARE(overlay.colors[2], colors.noneColor());
        QCOMPARE(int(overlay.colors[3].a), 0);
        // Little of a final score: little of its colour.
        QVERIFY(overlay.colors[4].a < 10);
        QVERIFY(overlay.classes[0] != overlay.classes[1] && overlay.classes[1] != overlay.classes[2] &&
                overlay.classes[2] != overlay.classes[3] && overlay.classes[0] != overlay.classes[3]);
    }

    void winnersWithinTheNoiseArePale() {
        const CortexMap map{.kind = MapKind::BestLayer,
                            .values = {0.4F, 0.4F, 0.4F},
                            .layers = {0, 1, 1},
                            .layerNames = {"a", "b"},
                            .margins = {0.02F, 0.02F, none},
                            .marginNoise = {0.01F, 0.03F, none}};
        const MapColors colors = mapColors(map, showing(MapKind::BestLayer), basis);
        QVERIFY(colors.hasMargins);
        const Overlay overlay = overlayOf(map, colors);
        QCOMPARE(int(overlay.colors[0].a), 255);
        QCOMPARE(int(overlay.colors[1].a), 77);
        QCOMPARE(int(overlay.colors[2].a), 255);
        QCOMPARE(overlay.classes[1], std::int16_t(1));
    }

    void everythingIsSeenWithTheSameEyes() {
        const CortexMap scores = ramp(MapKind::Score);
        Selection selection = showing(MapKind::Score);
        const MapColors common = mapColors(scores, selection, basis);
        selection.colorVision = "deuteranopia";
        const MapColors seen = mapColors(scores, selection, basis);
        for (const double value : {0.1, 0.3, 0.5})
            QCOMPARE(seen.scale.colorOf(value), seenWith(common.scale.colorOf(value), ColorVision::Deuteranopia));
        const CortexMap layers{.kind = MapKind::BestLayer, .values = {0.4F}, .layers = {1}, .layerNames = {"a", "b"}};
        selection.map = MapKind::BestLayer;
        QCOMPARE(overlayOf(layers, mapColors(layers, selection, basis)).colors[0],
                 seenWith(LayerScale{2}.colorOf(1), ColorVision::Deuteranopia));
        selection.colorVision = "x-ray";
        QVERIFY_THROWS_EXCEPTION(NotFoundError, (void)mapColors(layers, selection, basis));
    }

    void theUsersColourMapIsUsed() {
        const CortexMap map = ramp(MapKind::Score);
        Selection selection = showing(MapKind::Score);
        selection.colorMap = "lajolla";
        QCOMPARE(mapColors(map, selection, basis).scale.map.name(), std::string("lajolla"));
        selection.colorMap = "own.json";
        MapBasis own = basis;
        own.userMap = ColorMap("own", {{1, 2, 3, 255}, {4, 5, 6, 255}});
        QCOMPARE(mapColors(map, selection, own).scale.colorOf(0.5), (Rgba8{4, 5, 6, 255}));
        selection.colorMap = "jet";
        QVERIFY_THROWS_EXCEPTION(NotFoundError, (void)mapColors(map, selection, basis));
    }
};

void MapColoringTest::mapsOfFilesAreCutOnBothSides() {
    const CortexMap map{
        .kind = MapKind::Imported, .values = {-3, -1, 0, 1, 3}, .title = "t", .range = ColorRange{-3, 3}};
    Selection selection;
    selection.map = MapKind::Imported;
    selection.threshold = 2;
    const auto shown = [&] {
        std::vector<bool> opaque;
        for (const Rgba8 color : overlayOf(map, mapColors(map, selection, {})).colors)
            opaque.push_back(color.a > 0);
        return opaque;
    };
    QCOMPARE(shown(), (std::vector{true, false, false, false, true}));
    selection.oneTailed = true;
    QCOMPARE(shown(), (std::vector{false, false, false, false, true}));
    selection.threshold = -2;
    QCOMPARE(shown(), (std::vector{false, true, true, true, true}));
    // A negative threshold cuts nothing of |value|, and zero is none.
    for (const bool oneTailed : {false, true}) {
        selection.oneTailed = oneTailed;
        selection.threshold = oneTailed ? 0 : -2;
        QCOMPARE(shown(), std::vector(5, true));
    }
}

void MapColoringTest::aConstantMapLiesInTheMiddle() {
    for (const float value : {3.0F, 0.02F, 4e9F}) {
        const ColorRange range = ownRange(std::vector(50, value)).value();
        QVERIFY(std::abs(0.5 * (range.low + range.high) - static_cast<double>(value)) <
                1e-6 * static_cast<double>(value));
        QVERIFY(range.low > 0 && range.high > range.low);
    }
}

QTEST_GUILESS_MAIN(MapColoringTest)
#include "MapColoringTest.moc"
