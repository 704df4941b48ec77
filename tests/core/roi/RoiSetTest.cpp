#include "core/roi/RoiSet.h"

#include "core/roi/AreaMeans.h"
#include "core/roi/Parcellations.h"
#include "core/roi/Place.h"
#include "core/surface/Geometry.h"
#include "tests/core/templates/SmallTemplates.h"
#include "tests/support/Expectations.h"
#include "tests/support/FakeMaps.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

using namespace brainlike;
using namespace brainlike::test;

namespace {

using Vertices = std::vector<std::int32_t>;

/// Twelve vertices a hemisphere: V1, V2, medial wall, one unlabelled.
Parcellation smallAreas() {
    Annotation side;
    for (const char* name : {"V1", "V2", "???"})
        side.areas.push_back(areaFromTable(name, {10, 20, 30, 255}));
    side.labels = {0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, -1};
    return {.name = "small", .sides = {side, side}};
}

struct PlaceBench {
    Parcellation parcellation = smallAreas();
    std::array<RowMatrix<float>, 2> positions{RowMatrix<float>(12, 3), RowMatrix<float>(12, 3)};

    PlaceBench() {
        for (int row = 0; row < 12; ++row) {
            positions[0].row(row) << -20, static_cast<float>(10 * row), 5;
            positions[1].row(row) << 20, static_cast<float>(10 * row), 5;
        }
    }
    [[nodiscard]] std::optional<Place> find(const char* text,
                                            const CoordinateSpace& space = {.name = "MNI305", .isMni305 = true}) const {
        return placeFrom(text, {.counts = {12, 12},
                                .parcellation = &parcellation,
                                .positions = {&positions[0], &positions[1]},
                                .space = space});
    }
};

} // namespace

class RoiSetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsComeBack_data();
    void runsComeBack();
    void addsAndTakesAway();
    void sharedSetsCompareByWhatTheyHold();
    void freshNamesAndColours();
    void findsPlaces_data();
    void findsPlaces();
    void saysThatAVertexDoesNotExist();
    void goesToACoordinateAndBack();
    void coordinatesOfOtherSurfacesAreTakenAsTheyAre();
    void means();
    void namesParcellations();
};

void RoiSetTest::runsComeBack_data() {
    QTest::addColumn<Vertices>("vertices");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << Vertices{} << "";
    QTest::newRow("one") << Vertices{7} << "7";
    QTest::newRow("pair") << Vertices{7, 8} << "7-8";
    QTest::newRow("mixed") << Vertices{0, 1, 2, 5, 9, 10} << "0-2,5,9-10";
}

void RoiSetTest::runsComeBack() {
    QFETCH(Vertices, vertices);
    QFETCH(QString, text);
    QCOMPARE(runsOf(vertices), text.toStdString());
    QCOMPARE(verticesFromRuns(text.toStdString(), "/lh"), vertices);
}

void RoiSetTest::addsAndTakesAway() {
    RoiSet set = withVertices({}, "a", Hemisphere::Left, Vertices{5, 3, 5});
    QCOMPARE(set.find("a")->of(Hemisphere::Left), (Vertices{3, 5}));
    set = withVertices(set, "a", Hemisphere::Right, Vertices{1});
    set = withVertices(set, "a", Hemisphere::Left, Vertices{4, 5, 9});
    QCOMPARE(set.find("a")->of(Hemisphere::Left), (Vertices{3, 4, 5, 9}));
    QCOMPARE(set.find("a")->vertexCount(), std::size_t(5));
    set = withoutVertices(set, "a", Hemisphere::Left, Vertices{9, 3, 77});
    QCOMPARE(set.find("a")->of(Hemisphere::Left), (Vertices{4, 5}));
    QVERIFY(withoutVertices(set, "b", Hemisphere::Left, Vertices{4}) == set);
    set = withoutVertices(set, "a", Hemisphere::Right, Vertices{1});
    QVERIFY(withoutVertices(set, "a", Hemisphere::Left, Vertices{4, 5}).rois.empty());
    QVERIFY(withoutRoi(set, "a").rois.empty());
    QVERIFY(withVertices({}, "a", Hemisphere::Left, {}).rois.empty());
}

void RoiSetTest::sharedSetsCompareByWhatTheyHold() {
    const RoiSet set = withVertices({}, "a", Hemisphere::Left, Vertices{1, 2});
    const SharedRois one(set), other(set), copy = one;
    QVERIFY(one == other);
    QVERIFY(&*copy == &*one); // nothing was copied
    QVERIFY(one != SharedRois());
    QVERIFY(SharedRois(RoiSet{}) == SharedRois());
    QVERIFY(SharedRois().empty());
}

void RoiSetTest::freshNamesAndColours() {
    RoiSet set = withVertices({}, "ROI 1", Hemisphere::Left, Vertices{1});
    QCOMPARE(freshRoiName({}), std::string("ROI 1"));
    QCOMPARE(freshRoiName(set), std::string("ROI 2"));
    set = withVertices(set, "ROI 2", Hemisphere::Left, Vertices{1});
    QVERIFY(set.rois[0].color != set.rois[1].color);
    QVERIFY(roiSetFromJson(toJson(set), "") == set);
}

void RoiSetTest::findsPlaces_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found");
    QTest::newRow("vertex") << "lh 7"
                            << "lh 7";
    QTest::newRow("joined") << "rh11"
                            << "rh 11";
    QTest::newRow("thousands") << "LH 0,007"
                               << "lh 7";
    QTest::newRow("area") << " v2 "
                          << "lh 4 V2";
    QTest::newRow("side") << "rh V1"
                          << "rh 1 V1";
    QTest::newRow("wall") << "???"
                          << "nothing";
    QTest::newRow("unknown") << "V9"
                             << "nothing";
    QTest::newRow("MNI305") << "MNI305 -19 31 5"
                            << "lh 3";
    QTest::newRow("commas") << "mni305: 20, 110.2, 4"
                            << "rh 11";
    QTest::newRow("minus") << "MNI305 \u221219 31 5"
                           << "lh 3";
    QTest::newRow("two numbers") << "1 2"
                                 << "nothing";
    QTest::newRow("no numbers") << "1 2 x"
                                << "nothing";
    QTest::newRow("not finite") << "1 2 nan"
                                << "nothing";
    QTest::newRow("another space") << "MNI999 1 2 3"
                                   << "nothing";
    QTest::newRow("empty") << ""
                           << "nothing";
}

void RoiSetTest::findsPlaces() {
    QFETCH(QString, text);
    QFETCH(QString, found);
    const auto place = PlaceBench().find(text.toUtf8());
    QString seen = "nothing";
    if (place)
        seen = (QString::fromUtf8(shortName(place->vertex.hemisphere).data(), 2) + " " +
                QString::number(place->vertex.index) + " " + QString::fromStdString(place->area))
                   .trimmed();
    QCOMPARE(seen, found);
}

void RoiSetTest::saysThatAVertexDoesNotExist() {
    const auto message = messageFrom<ValueError>([] { (void)PlaceBench().find("lh 12"); });
    VERIFY_CONTAINS(message, "lh 0 to 11");
    VERIFY_CONTAINS(message, "12");
}

void RoiSetTest::goesToACoordinateAndBack() {
    const PlaceBench bench;
    const Eigen::Vector3d there = mni152FromMni305(bench.positions[1].row(4).transpose().cast<double>());
    const QString text = QString("%1 %2 %3").arg(there.x()).arg(there.y()).arg(there.z());
    const auto place = bench.find(text.toUtf8());
    QVERIFY(place.has_value());
    QVERIFY(place->vertex == (VertexId{Hemisphere::Right, 4}));
    QVERIFY(*place->distance < 0.01);
    QVERIFY(std::abs(*bench.find("MNI305 20 43 5")->distance - 3) < 1e-6);
}

void RoiSetTest::coordinatesOfOtherSurfacesAreTakenAsTheyAre() {
    const PlaceBench bench;
    const CoordinateSpace own{.name = "bert"};
    const auto place = bench.find("20 40 5", own);
    QVERIFY(place && place->vertex == (VertexId{Hemisphere::Right, 4}));
    QCOMPARE(*place->distance, 0.0);
    for (const char* text : {"MNI305 20 40 5", "MNI152 20 40 5", "mni 20 40 5"}) {
        const auto message = messageFrom<ValueError>([&] { (void)bench.find(text, own); });
        VERIFY_CONTAINS(message, "coordinates of bert");
    }
}

void RoiSetTest::means() {
    std::vector<float> values(24, 1);
    values[0] = 4;
    values[1] = std::numeric_limits<float>::quiet_NaN();
    for (std::size_t vertex = 15; vertex < 19; ++vertex)
        values[vertex] = std::numeric_limits<float>::quiet_NaN();
    const auto areas = summarizeAreas(smallAreas(), values);
    QCOMPARE(areas.size(), std::size_t(2)); // without the medial wall
    QCOMPARE(areas[0].name, std::string("V1"));
    QVERIFY(areas[0].vertices == (std::array{3, 3}));
    QCOMPARE(areas[0].means[0], 2.5);
    QCOMPARE(areas[0].means[1], 1.0);
    QVERIFY(std::isnan(areas[1].means[1]));
    QVERIFY(std::isnan(summarizeAreas(smallAreas(), {})[0].means[0]));
    (void)messageFrom<ShapeError>([] { (void)summarizeAreas(smallAreas(), std::vector<float>(5)); });
}

void RoiSetTest::namesParcellations() {
    const ScratchFolder folder;
    Mesh mesh = icosahedron();
    writeFreeSurferTemplate(folder.path() / "tiny/surf", mesh, {"pial"});
    writeAnnotations(folder.path() / "tiny/label", "HCP-MMP1", 12);
    writeAnnotations(folder.path() / "tiny/label", "aparc", 12);
    writeAnnotations(folder.path() / "tiny/label", "wrong", 11);
    ImportedMap labels{.name = "mine", .values = {}, .labels = std::vector<std::int16_t>(24, 0), .areas = {}};
    labels.areas = smallAreas().sides[0].areas;
    const FakeMaps source((folder.path() / "tiny").string(), {12, 12},
                          {{.name = "values", .values = std::vector<float>(24), .labels = {}, .areas = {}}, labels});
    QCOMPARE(parcellationNames(source), (std::vector<std::string>{"HCP-MMP1", "aparc", "wrong", "mine"}));
    QCOMPARE(readParcellation(source, "")->name, std::string("HCP-MMP1"));
    QCOMPARE(readParcellation(source, "aparc")->sides[1].labels.size(), std::size_t(12));
    QCOMPARE(readParcellation(source, "mine")->verticesOf(Hemisphere::Right, "V1").size(), std::size_t(12));
    VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)readParcellation(source, "other"); }),
                    "HCP-MMP1, aparc, wrong, mine");
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readParcellation(source, "wrong"); }), "12 vertices");
    const FakeMaps nothing((folder.path() / "missing").string(), {12, 12}, {});
    QVERIFY(parcellationNames(nothing).empty());
    QVERIFY(readParcellation(nothing, "") == nullptr);
}

QTEST_GUILESS_MAIN(RoiSetTest)
#include "RoiSetTest.moc"
