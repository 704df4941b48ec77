#include "core/properties/PropertyPlacement.h"

#include "core/base/Undefined.h"
#include "core/formats/HemisphereName.h"
#include "core/properties/SphereTransfer.h"
#include "tests/core/properties/SmallTarget.h"
#include "tests/support/Expectations.h"

#include <cmath>
#include <random>

using namespace brainlike;
using namespace brainlike::test;

namespace {

FoundMap leftMap(std::vector<float> values) {
    FoundMap map{.name = "m"};
    map.sides[0] = std::move(values);
    return map;
}

FoundMap areaMap(std::vector<std::string> areas, std::vector<double> values,
                 std::optional<Hemisphere> side = std::nullopt) {
    FoundMap map{.name = "m", .areas = std::move(areas), .areaValues = std::move(values)};
    map.areaSides.assign(map.areas.size(), side);
    return map;
}

Mesh randomSphere(int count, unsigned seed, float radius) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    Mesh sphere;
    sphere.points.resize(count, 3);
    for (auto& value : sphere.points.reshaped())
        value = normal(random);
    sphere.points.rowwise().normalize();
    sphere.points *= radius;
    return sphere;
}

} // namespace

class PropertyPlacementTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areasGoToTheirVertices() {
        const auto property =
            placedProperty(areaMap({"V1", "44"}, {2, 5}, Hemisphere::Right), "f.csv", targetWithoutSphere(), {});
        QVERIFY(!property.isPerVertex);
        QVERIFY(property.notes.empty());
        QCOMPARE(property.values[6], 2.0);
        QCOMPARE(property.values[10], 5.0);
        QVERIFY(std::isnan(property.values[0]) && std::isnan(property.values[8]) && std::isnan(property.values[11]));
    }

    void hemisphereOfATableThatDoesNotTell() {
        const auto map = areaMap({"V1"}, {2});
        const auto target = targetWithoutSphere();
        const auto assumed = placedProperty(map, "f.csv", target, {});
        QCOMPARE(assumed.notes.size(), 1U);
        QVERIFY(isKnownIn(assumed, target.counts, Hemisphere::Left));
        QVERIFY(!isKnownIn(assumed, target.counts, Hemisphere::Right));
        const auto both = placedProperty(map, "f.csv", target, {.untold = UntoldHemisphere::Both});
        QVERIFY(both.notes.empty());
        QVERIFY(isKnownIn(both, target.counts, Hemisphere::Left) && isKnownIn(both, target.counts, Hemisphere::Right));
        const auto right = placedProperty(map, "f.csv", target, {.untold = UntoldHemisphere::Right});
        QVERIFY(!isKnownIn(right, target.counts, Hemisphere::Left));
    }

    void areasThatAreNotThereOrTwice() {
        const auto target = targetWithoutSphere();
        VERIFY_CONTAINS(
            messageFrom<ValueError>([&] { (void)placedProperty(areaMap({"V9"}, {1}), "f.csv", target, {}); }), "lh:V9");
        VERIFY_CONTAINS(messageFrom<ValueError>([&] {
                            (void)placedProperty(areaMap({"V1", "V1"}, {1, 2}), "f.csv", target, {});
                        }),
                        "two values");
        VERIFY_CONTAINS(
            messageFrom<ValueError>([&] { (void)placedProperty(areaMap({"V1"}, {undefined}), "f.csv", target, {}); }),
            "no value on the cortex");
    }

    void verticesOfTheTemplateWithoutMedialWall() {
        const auto property = placedProperty(leftMap({1, 2, 3, undefinedFloat, 5, 6}), "f", targetWithoutSphere(), {});
        QVERIFY(property.isPerVertex);
        QCOMPARE(property.values[2], 3.0);
        QVERIFY(std::isnan(property.values[3])); // NaN there
        QVERIFY(std::isnan(property.values[5])); // medial wall
        QVERIFY(std::isnan(property.values[6])); // the other hemisphere
    }

    void bothHemispheresInOneVector() {
        FoundMap map;
        for (int value = 0; value < 12; ++value)
            map.untold.push_back(static_cast<float>(value));
        QCOMPARE(placedProperty(map, "f.npy", targetWithoutSphere(), {}).values[10], 10.0);
        FoundMap named; // by its name of one hemisphere, by its length of both
        named.sides[1] = map.untold;
        QCOMPARE(placedProperty(named, "right.npy", targetWithoutSphere(), {}).values[3], 3.0);
        map.untold.resize(6);
        VERIFY_CONTAINS(messageFrom<ValueError>([&] { (void)placedProperty(map, "f.npy", targetWithoutSphere(), {}); }),
                        "--hemisphere");
        QCOMPARE(placedProperty(map, "f.npy", targetWithoutSphere(), {.untold = UntoldHemisphere::Right}).values[6],
                 0.0);
    }

    void otherSurfacesAreRefusedWithAdvice() {
        const auto message = messageFrom<ShapeError>([&] {
            (void)placedProperty(leftMap(std::vector<float>(32492, 1)), "f.func.gii", targetWithoutSphere(), {});
        });
        VERIFY_CONTAINS(message, "fsLR 32k");
        VERIFY_CONTAINS(message, "--labels");
        VERIFY_CONTAINS(message, "--sphere");
        // As many vertices, but of another surface by its name.
        VERIFY_CONTAINS(messageFrom<ShapeError>([&] {
                            (void)placedProperty(leftMap({1, 2, 3, 4, 5, 6}), "map_space-fsLR_den-164k.func.gii",
                                                 targetWithoutSphere(), {});
                        }),
                        "fsLR by its name");
    }

    void denserFsaverageIsCut() {
        auto target = targetWithoutSphere();
        target.counts = {12, 12}; // an icosahedron; its first subdivision has 42 vertices
        for (auto& side : target.parcellation.sides)
            side.labels = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        std::vector<float> values(42);
        for (std::size_t vertex = 0; vertex < values.size(); ++vertex)
            values[vertex] = static_cast<float>(vertex) + 1;
        const auto property = placedProperty(leftMap(values), "f.mgh", target, {});
        QCOMPARE(property.values[11], 12.0);
        VERIFY_CONTAINS(property.placement, "the first 12 of 42");
        values.resize(43);
        QVERIFY_THROWS_EXCEPTION(ShapeError, (void)placedProperty(leftMap(values), "f.mgh", target, {}));
    }

    void labelsOfTheMapsOwnSurface() {
        PlacementOptions options;
        options.labels[0] =
            Annotation{{{"???", {}, false}, {"V1", {}, true}, {"MT", {}, true}}, {1, 1, 1, 2, 0, -1, 1}};
        const auto property = placedProperty(leftMap({1, 2, undefinedFloat, 7, 100, 200, 6}), "f_fsLR.gii",
                                             targetWithoutSphere(), options);
        QVERIFY(!property.isPerVertex);
        QCOMPARE(property.values[0], 3.0); // mean of 1, 2 and 6
        QCOMPARE(property.values[1], 3.0);
        QCOMPARE(property.values[2], 7.0);
        QVERIFY(std::isnan(property.values[4])); // 44: no vertex
    }

    void zerosCanBeMissing() {
        const auto map = leftMap({0, 4, 3, 3, 3, 3});
        const auto asValues = placedProperty(map, "f", targetWithoutSphere(), {});
        QCOMPARE(asValues.values[0], 0.0);
        QCOMPARE(asValues.notes.size(), 1U);
        VERIFY_CONTAINS(asValues.notes[0], "--zeros missing");
        const auto missing = placedProperty(map, "f", targetWithoutSphere(), {.zeros = ZeroMeaning::Missing});
        QVERIFY(std::isnan(missing.values[0]));
        QVERIFY(missing.notes.empty());
    }

    void registeredSphereTakesTheNearestVertex() {
        PlacementOptions options;
        Mesh sphere;
        sphere.points.resize(3, 3);
        sphere.points << 1, 0.1F, 0, -0.1F, 1, 0.1F, 0, 0, 1;
        options.spheres[0] = sphere;
        const auto property = placedProperty(leftMap({10, 20, 30}), "f_fsLR.gii", smallTarget(), options);
        QVERIFY(property.isPerVertex);
        QCOMPARE(property.values[0], 10.0); // +x
        QCOMPARE(property.values[2], 20.0); // +y
        QCOMPARE(property.values[4], 30.0); // +z
        VERIFY_CONTAINS(property.placement, "sphere");
    }

    void nearestOnSphereIsTheNearest() {
        const Mesh from = randomSphere(500, 1, 100);
        const Mesh to = randomSphere(700, 2, 1);
        const auto nearest = nearestOnSphere(from, to);
        for (Eigen::Index vertex = 0; vertex < 500; ++vertex) {
            const Eigen::VectorXf cosines = to.points * from.points.row(vertex).transpose();
            Eigen::Index best = 0;
            cosines.maxCoeff(&best);
            QCOMPARE(static_cast<Eigen::Index>(nearest[static_cast<std::size_t>(vertex)]), best);
        }
        Mesh twice;
        twice.points.resize(2, 3);
        twice.points << 1, 0, 0, 1, 0, 0;
        QCOMPARE(nearestOnSphere(twice, twice), (std::vector<std::int32_t>{0, 0})); // ties: the earlier
        Mesh broken = twice;
        broken.points(1, 0) = undefinedFloat;
        VERIFY_CONTAINS(messageFrom<ValueError>([&] { (void)nearestOnSphere(broken, twice); }), "vertex 1");
        QVERIFY_THROWS_EXCEPTION(ShapeError, (void)nearestOnSphere(Mesh(), twice));
    }

    void hemispheresInNames() {
        QVERIFY(hemisphereOfFile("a/lh.thickness") == Hemisphere::Left);
        QVERIFY(hemisphereOfFile("source-x_hemi-R_feature.func.gii") == Hemisphere::Right);
        QVERIFY(hemisphereOfFile("fs_LR-deformed_to-fsaverage.L.sphere.32k_fs_LR.surf.gii") == Hemisphere::Left);
        QVERIFY(!hemisphereOfFile("myelin.dscalar.nii"));
        QVERIFY(!hemisphereOfFile("lh.and.rh.npy"));
        QVERIFY(hemisphereNamed("CIFTI_STRUCTURE_CORTEX_RIGHT") == Hemisphere::Right);
    }
};

QTEST_GUILESS_MAIN(PropertyPlacementTest)
#include "PropertyPlacementTest.moc"
