#include "views/scene/MapBlend.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace brainlike;

namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();

ColoredMap mapOf(MapKind kind, std::vector<float> values, int id = firstMapId) {
    CortexMap map;
    map.kind = kind;
    map.values = std::move(values);
    if (kind == MapKind::BestLayer)
        map.layers.assign(map.values.size(), 1);
    return {.id = id,
            .map = std::make_shared<const CortexMap>(std::move(map)),
            .colors = {.scale = {.map = ColorMap::named("inferno")}},
            .placement = {}};
}

} // namespace

class MapBlendTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void valuesMixVertexByVertex() {
        const std::vector before{mapOf(MapKind::Score, {0.0F, 0.4F, none, 0.2F})};
        const std::vector after{mapOf(MapKind::Score, {0.4F, 0.0F, 0.3F, none})};
        const auto mixed = blendedMaps(before, after, 0.25).front().map;
        QCOMPARE(mixed->values[0], 0.1F);
        QCOMPARE(mixed->values[1], 0.3F);
        QCOMPARE(mixed->values[2], 0.3F); // it has no value before
        QVERIFY(std::isnan(mixed->values[3]));
        QCOMPARE(blendedMaps(before, after, 0).front().map->values[0], 0.0F);
        QCOMPARE(blendedMaps(before, after, 1).front().map->values[0], 0.4F);
        QCOMPARE(after.front().map->values[0], 0.4F); // what is read off stays
    }

    void classesAndOtherKindsNeverMix() {
        const std::vector scores{mapOf(MapKind::Score, {0.0F, 0.4F})};
        for (const ColoredMap& after :
             {mapOf(MapKind::BestLayer, {0.2F, 0.3F}), mapOf(MapKind::TValue, {2.0F, 3.0F}),
              mapOf(MapKind::Score, {0.1F, 0.2F, 0.3F}), mapOf(MapKind::Score, {0.1F, 0.2F}, firstMapId + 7)}) {
            const std::vector maps{after};
            QVERIFY(blendedMaps(scores, maps, 0.5).front().map == after.map);
        }
        const std::vector layersBefore{mapOf(MapKind::BestLayer, {0.0F})}, layers{mapOf(MapKind::BestLayer, {1.0F})};
        QVERIFY(blendedMaps(layersBefore, layers, 0.5).front().map == layers.front().map);
        const std::vector half{mapOf(MapKind::HalfTime, {1.0F})}, halfAfter{mapOf(MapKind::HalfTime, {2.0F})};
        QVERIFY(blendedMaps(half, halfAfter, 0.5).front().map == halfAfter.front().map);
        QVERIFY(blendedMaps({}, scores, 0.5).front().map == scores.front().map);
    }
};

QTEST_GUILESS_MAIN(MapBlendTest)
#include "MapBlendTest.moc"
