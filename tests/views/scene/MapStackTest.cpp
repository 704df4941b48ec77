#include "views/scene/MapStack.h"

#include "core/base/Error.h"
#include "core/session/StackEdit.h"
#include "tests/support/FakeMaps.h"

#include <QTest>

#include <array>
#include <cmath>
#include <limits>
#include <random>

using namespace brainlike;

namespace {

const float none = std::numeric_limits<float>::quiet_NaN();
const MapBasis basis{.scores = {0, 0.5}, .own = {0, 0.5}, .userMap = {}};
constexpr Rgba8 ground{170, 172, 175, 255};

std::shared_ptr<const CortexMap> mapOf(MapKind kind, std::vector<float> values) {
    auto map = std::make_shared<CortexMap>();
    map->kind = kind;
    map->values = std::move(values);
    return map;
}

std::shared_ptr<const CortexMap> labels(std::vector<std::int16_t> labels) {
    auto map = std::make_shared<CortexMap>();
    map->kind = MapKind::Imported;
    map->title = "areas";
    map->layers = std::move(labels);
    map->layerNames = {"V1", "V2", "MT"};
    map->labelColors = {{200, 30, 40, 255}, {30, 200, 50, 255}, {20, 40, 220, 255}};
    return map;
}

StackedMap stacked(int id, MapKind kind) {
    StackedMap map;
    map.id = id;
    map.kind = kind;
    return map;
}

/// A stack in the making: readings of a selection whose first map is a score.
struct Stack {
    Selection selection;
    std::vector<StackReading> readings;

    explicit Stack(std::shared_ptr<const CortexMap> first) {
        selection.map = first->kind;
        readings.push_back({firstMapId, std::move(first), basis});
    }
    StackedMap& add(std::shared_ptr<const CortexMap> map) {
        const int id = addMap(selection, stacked(1, map->kind));
        readings.push_back({id, std::move(map), basis});
        return selection.stack.back();
    }
    [[nodiscard]] Overlay overlay() const { return stackOverlay(coloredMaps(selection, readings)); }
};

/// Colour of one layer over what is below, in real numbers.
std::array<double, 3> over(std::array<double, 3> below, Rgba8 color, double opacity) {
    const double share = color.a / 255.0 * opacity;
    const std::array<std::uint8_t, 3> channels{color.r, color.g, color.b};
    for (std::size_t i = 0; i < 3; ++i)
        below[i] += share * (channels[i] - below[i]);
    return below;
}

bool isNear(Rgba8 found, const std::array<double, 3>& expected) {
    return std::abs(found.r - expected[0]) <= 3 && std::abs(found.g - expected[1]) <= 3 &&
           std::abs(found.b - expected[2]) <= 3;
}

std::vector<float> noise(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> value(-0.2F, 0.6F);
    std::vector<float> values(count);
    for (float& each : values)
        each = value(random);
    return values;
}

} // namespace

class MapStackTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aMapAloneIsAsWithoutAStack() {
        const Stack stack(mapOf(MapKind::Score, noise(500, 1)));
        const auto maps = coloredMaps(stack.selection, stack.readings);
        const Overlay alone = overlayOf(*maps.front().map, maps.front().colors);
        QVERIFY(stack.overlay().colors == alone.colors && stack.overlay().classes == alone.classes);
    }

    void opacitiesAddUpAsByHand() {
        Stack stack(mapOf(MapKind::Score, noise(700, 1)));
        stack.selection.placement.opacity = 0.8;
        stack.add(mapOf(MapKind::Score, noise(700, 2))).placement.opacity = 0.5;
        StackedMap& top = stack.add(mapOf(MapKind::Difference, noise(700, 3)));
        top.placement.opacity = 0.3;
        top.threshold = 0.1;
        const auto maps = coloredMaps(stack.selection, stack.readings);
        QCOMPARE(maps.size(), std::size_t(3));
        const Overlay result = stackOverlay(maps);
        for (std::size_t vertex = 0; vertex < 700; ++vertex) {
            std::array<double, 3> expected{ground.r, ground.g, ground.b};
            for (const ColoredMap& map : maps)
                expected = over(expected, overlayOf(*map.map, map.colors).colors[vertex], map.placement.opacity);
            const Rgba8 found = blend(ground, result.colors[vertex]);
            QVERIFY2(isNear(found, expected), qPrintable(QString::number(vertex)));
        }
    }

    void titlesNameTheSubject() {
        Stack stack(mapOf(MapKind::Score, noise(5, 1)));
        stack.add(mapOf(MapKind::Score, noise(5, 2))).recording = "fmri-7";
        QCOMPARE(coloredMaps(stack.selection, stack.readings)[1].colors.detail, std::string("fmri-7"));
        stack.readings[1].subject = "subject07";
        QCOMPARE(coloredMaps(stack.selection, stack.readings)[1].colors.detail, std::string("subject07"));
        ScoreIndex index;
        index.fmri = {{.id = "fmri-7", .subject = "subject07"}};
        Selection selection;
        QCOMPARE(subjectShown(selection, index), std::string());
        selection.recording = "fmri-7";
        QCOMPARE(subjectShown(selection, index), std::string("subject07"));
    }

    void theUpperMapCovers() {
        Stack stack(labels({0, 0, 1, -1}));
        stack.add(labels({1, 2, -1, -1}));
        const Rgba8 red{200, 30, 40, 255}, green{30, 200, 50, 255}, blue{20, 40, 220, 255};
        QCOMPARE(stack.overlay().colors[0], green);
        QCOMPARE(stack.overlay().colors[1], blue);
        QCOMPARE(stack.overlay().colors[2], green);
        QCOMPARE(int(stack.overlay().colors[3].a), 0);
        StackedMap& third = stack.add(labels({0, 0, 0, 0}));
        QCOMPARE(stack.overlay().colors[1], red);
        moveMap(stack.selection, third.id, 0);
        QCOMPARE(stack.overlay().colors[1], blue);
        QCOMPARE(stack.overlay().colors[2], red);
    }

    void hiddenMapsAreNotDrawn() {
        Stack stack(labels({0, 1}));
        stack.add(labels({2, 2})).placement.isVisible = false;
        QCOMPARE(stack.overlay().colors[0], (Rgba8{200, 30, 40, 255}));
        stack.selection.placement.isVisible = false;
        QVERIFY(stack.overlay().colors.empty());
        stack.selection.stack[0].placement.isVisible = true;
        QCOMPARE(stack.overlay().colors[0], (Rgba8{20, 40, 220, 255}));
    }

    void thresholdsCutTheirOwnMap() {
        Stack stack(mapOf(MapKind::Score, {0.5F, 0.5F, 0.5F, 0.5F}));
        StackedMap& t = stack.add(mapOf(MapKind::TValue, {-3, -1, 1, 3}));
        stack.readings[1].basis->own = {-5, 5};
        t.threshold = 2;
        const auto cut = [&] {
            const Overlay overlay = stack.overlay();
            const Rgba8 score = overlay.colors[1];
            return std::array{overlay.colors[0] != score, overlay.colors[2] != score, overlay.colors[3] != score};
        };
        QCOMPARE(cut(), (std::array{true, false, true}));
        t.oneTailed = true;
        QCOMPARE(cut(), (std::array{false, false, true}));
    }

    void aMaskLetsThroughWhatItColours() {
        Stack stack(mapOf(MapKind::Score, {0.5F, 0.5F, 0.5F, 0.5F}));
        stack.readings[0].basis->own = {0, 0.5};
        StackedMap& t = stack.add(mapOf(MapKind::TValue, {4, 1, none, 5}));
        stack.readings[1].basis->own = {-5, 5};
        t.threshold = 3;
        t.placement.isVisible = false;
        stack.selection.placement.mask = t.id;
        const Overlay overlay = stack.overlay();
        QCOMPARE(int(overlay.colors[0].a), 255);
        QCOMPARE(int(overlay.colors[1].a), 0);
        QCOMPARE(int(overlay.colors[2].a), 0);
        QCOMPARE(int(overlay.colors[3].a), 255);
        QVERIFY(overlay.classes[0] != overlay.classes[1]);
        QCOMPARE(coloredMaps(stack.selection, stack.readings).front().colors.maskedBy, std::string("t"));
        // Two that mask each other: each asks for the other's threshold alone.
        stack.selection.stack[0].placement = {.isVisible = true, .mask = firstMapId};
        QVERIFY(stack.overlay().colors[0].a == 255 && stack.overlay().colors[1].a == 0);
        // What is not computed lets nothing through.
        stack.readings[1].map = nullptr;
        for (const Rgba8& color : stack.overlay().colors)
            QCOMPARE(int(color.a), 0);
    }

    void bordersOfEveryMapThatIsSeenStaySharp() {
        Stack stack(labels({0, 0, 1, 1, -1, -1}));
        StackedMap& top = stack.add(labels({0, 1, 1, 0, 0, -1}));
        top.placement.opacity = 0.5;
        const auto classes = stack.overlay().classes;
        const auto differ = [&](std::size_t a, std::size_t b) { return classes[a] != classes[b]; };
        for (std::size_t a = 0; a < classes.size(); ++a)
            for (std::size_t b = a + 1; b < classes.size(); ++b)
                QVERIFY2(differ(a, b), qPrintable(QStringLiteral("%1, %2").arg(a).arg(b)));
        QCOMPARE(classes[5], std::int16_t(-1));
    }

    void whatIsCoveredCutsNothing() {
        Stack stack(labels({0, 1, 2, -1}));
        stack.add(labels({1, 1, 1, 1}));
        const auto classes = stack.overlay().classes;
        for (const std::int16_t each : classes)
            QCOMPARE(each, classes.front());
        // A map without borders of its own leaves those of the upper one.
        Stack smooth(mapOf(MapKind::Score, {0.1F, 0.2F, 0.3F, 0.4F}));
        StackedMap& top = smooth.add(mapOf(MapKind::Score, {0.3F, 0.3F, 0.2F, 0.2F}));
        top.placement.opacity = 0.4;
        for (const std::int16_t each : smooth.overlay().classes)
            QCOMPARE(each, smooth.overlay().classes.front());
    }

    void mapsOfFilesTakeSignificanceFromOthers() {
        const test::FakeMaps source("fake", {2, 2},
                                    {{.name = "effect", .values = {1, 2, 3, 4}},
                                     {.name = "p", .values = {0.5F, 0.001F, std::nanf(""), 0.009F}},
                                     {.name = "sig", .values = {-0.5F, 3, std::nanf(""), -2.5F}},
                                     {.name = "areas", .labels = {0, 0, -1, 0}, .areas = {Area{.name = "V1"}}}});
        Selection selection;
        selection.map = MapKind::Imported;
        selection.importedMap = "effect";
        selection.significanceMap = "p";
        QVERIFY(readCortexMap(source, selection)->q.empty()); // nothing asks for it
        selection.significance = Significance::Hide;
        for (const char* name : {"p", "sig"}) { // −log10 p has the effect's sign, as FreeSurfer writes it
            selection.significanceMap = name;
            const auto map = readCortexMap(source, selection);
            QCOMPARE(map->significanceName, std::string(name));
            QCOMPARE(map->note.empty(), std::string(name) == "p");
            const MapColors colors = mapColors(*map, selection, {.own = {0, 5}});
            const Overlay overlay = overlayOf(*map, colors);
            for (std::size_t vertex = 0; vertex < 4; ++vertex)
                QCOMPARE(int(overlay.colors[vertex].a), vertex % 2 == 1 ? 255 : 0);
        }
        selection.significanceMap = "areas";
        QVERIFY_THROWS_EXCEPTION(FormatError, (void)readCortexMap(source, selection));
    }

    void mapsThatDoNotFitAreRefused() {
        Stack stack(labels({0, 1}));
        stack.add(labels({0, 1, 2}));
        QVERIFY_THROWS_EXCEPTION(ShapeError, (void)stack.overlay());
        Stack masked(labels({0, 1}));
        const int id = masked.add(labels({0, 1, 2})).id;
        masked.selection.stack[0].placement.isVisible = false;
        masked.selection.placement.mask = id;
        QVERIFY_THROWS_EXCEPTION(ShapeError, (void)masked.overlay());
    }

    void labelsThatOccurAreListed() {
        Stack stack(labels({2, -1, 0, 2}));
        const auto maps = coloredMaps(stack.selection, stack.readings);
        const std::vector<LabelColor> expected{{0, "V1", {200, 30, 40, 255}}, {2, "MT", {20, 40, 220, 255}}};
        QVERIFY(maps.front().colors.labels == expected);
        stack.selection.colorVision = "deuteranopia";
        const auto seen = coloredMaps(stack.selection, stack.readings);
        QCOMPARE(seen.front().colors.labels[0].color, seenWith(Rgba8{200, 30, 40, 255}, ColorVision::Deuteranopia));
        QCOMPARE(stack.overlay().colors[2], seen.front().colors.labels[0].color);
    }

    void mapsSayWhatTheyKeepTo() {
        Stack stack(mapOf(MapKind::Score, {0.1F}));
        StackedMap& own = stack.add(mapOf(MapKind::Score, {0.1F}));
        own.layer = "block.7";
        own.recording = "";
        const auto maps = coloredMaps(stack.selection, stack.readings);
        QCOMPARE(maps[0].colors.detail, std::string());
        QCOMPARE(maps[1].colors.detail, std::string("block.7, group"));
    }

    void staleReadingsAreLeftOut() {
        Stack stack(mapOf(MapKind::Score, {0.1F}));
        stack.add(mapOf(MapKind::TValue, {0.1F})).kind = MapKind::QValue;
        QCOMPARE(coloredMaps(stack.selection, stack.readings).size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(MapStackTest)
#include "MapStackTest.moc"
