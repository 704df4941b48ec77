#include "core/maps/MapSource.h"

#include "core/maps/MapParts.h"
#include "core/maps/MapsBeside.h"
#include "core/study/ScoresWithMaps.h"
#include "tests/support/Expectations.h"
#include "tests/support/FakeScores.h"
#include "tests/support/TestFiles.h"

#include <bit>
#include <cmath>

using namespace brainlike;
using namespace brainlike::test;

namespace {

std::string bigEndian(std::uint32_t value) {
    std::string bytes;
    for (const int shift : {24, 16, 8, 0})
        bytes += static_cast<char>(value >> shift);
    return bytes;
}

std::string bigEndian(float value) {
    return bigEndian(std::bit_cast<std::uint32_t>(value));
}

/// A FreeSurfer map whose values are `first`, `first` + 1, …
std::string curvBytes(int vertices, float first) {
    std::string bytes = "\xFF\xFF\xFF" + bigEndian(std::uint32_t(vertices)) + bigEndian(0U) + bigEndian(1U);
    for (int vertex = 0; vertex < vertices; ++vertex)
        bytes += bigEndian(first + static_cast<float>(vertex));
    return bytes;
}

/// An annotation whose first vertices are "V1", the others of the medial wall, which has another colour.
std::string annotBytes(int vertices, int marked) {
    std::string bytes = bigEndian(std::uint32_t(vertices));
    for (int vertex = 0; vertex < vertices; ++vertex)
        bytes += bigEndian(std::uint32_t(vertex)) + bigEndian(vertex < marked ? 255U : 1U);
    bytes += bigEndian(1U) + bigEndian(std::uint32_t(-2)) + bigEndian(2U) + bigEndian(2U) + std::string("x\0", 2);
    const auto entry = [](std::uint32_t number, const std::string& name, std::uint32_t red) {
        return bigEndian(number) + bigEndian(std::uint32_t(name.size() + 1)) + name + std::string(1, '\0') +
               bigEndian(red) + bigEndian(0U) + bigEndian(0U) + bigEndian(0U);
    };
    return bytes + bigEndian(2U) + entry(0, "unknown", 1) + entry(1, "V1", 255);
}

const std::string octahedron = bytesOf(dataFile("formats/surfaces/lh.octahedron"));

/// A folder that templates are searched in, with an "fsaverage3" whose surfaces are of no use but for their number.
class Brains {
public:
    Brains() { std::filesystem::create_directories(m_folder.path() / "elsewhere"); }
    [[nodiscard]] std::filesystem::path file(const std::string& name, const std::string& bytes) const {
        return m_folder.file(name, bytes);
    }
    [[nodiscard]] TemplateFinder finder() const { return TemplateFinder({m_folder.path() / "elsewhere"}); }
    /// Both surfaces of a brain of 6 vertices a hemisphere, that no template has.
    [[nodiscard]] std::vector<std::filesystem::path> surfaces() const {
        return {file("lh.sphere.surf", octahedron), file("rh.sphere.surf", octahedron)};
    }
    [[nodiscard]] MapSource open(std::vector<std::filesystem::path> files) const {
        auto all = surfaces();
        all.insert(all.end(), files.begin(), files.end());
        return MapSource(all, {}, finder());
    }

private:
    ScratchFolder m_folder;
};

} // namespace

class MapSourceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names();
    void namesInFiles();
    void hemispheresTogether();
    void oneHemisphere();
    void severalMaps();
    void labels();
    void marks();
    void untoldHemispheres();
    void surfacesAlone();
    void oneSurface();
    void templateFolderOfSurface();
    void wrongSizes();
    void missingTemplate();
    void mapsJoinAStudy();
    void mapsMoveToTheStudyThatReplacesTheirs();
    void whatDoesNotFitAStudyIsRefused();

private:
    /// A study of 6 vertices a hemisphere, with its template.
    std::shared_ptr<const ScoreSource> study(const Brains& brains) const {
        const auto folder = brains.file("known", "").parent_path() / "six";
        std::filesystem::create_directories(folder / "surf");
        for (const char* name : {"six/surf/lh.pial", "six/surf/rh.pial"})
            (void)brains.file(name, octahedron);
        FakeScoresOptions options;
        options.vertices = {6, 6};
        options.templateName = folder.string();
        return std::make_shared<FakeScores>(options);
    }
};

void MapSourceTest::names() {
    QCOMPARE(baseName("/x/lh.aparc.a2009s.annot"), std::string("aparc.a2009s"));
    QCOMPARE(baseName("map_hemi-L.func.gii"), std::string("map"));
    QCOMPARE(baseName("lh.curv"), std::string("curv"));
    QCOMPARE(baseName("left.npy"), baseName("right.npy"));
}

void MapSourceTest::namesInFiles() {
    const ScratchFolder folder;
    const auto nameOf = [&](const std::string& written) {
        const auto file = folder.file(
            "map.func.gii", "<GIFTI Version=\"1.0\" NumberOfDataArrays=\"1\"><DataArray Intent=\"NIFTI_INTENT_SHAPE\" "
                            "DataType=\"NIFTI_TYPE_FLOAT32\" ArrayIndexingOrder=\"RowMajorOrder\" "
                            "Dimensionality=\"1\" Dim0=\"2\" Encoding=\"ASCII\" Endian=\"LittleEndian\">"
                            "<MetaData><MD><Name>Name</Name><Value>" +
                                written + "</Value></MD></MetaData><Data>1 2</Data></DataArray></GIFTI>");
        return readParts({file}).at(0).name;
    };
    QCOMPARE(nameOf("T1w/T2w ratio"), std::string("T1w/T2w ratio"));
    QCOMPARE(nameOf("/data/subjects/fsaverage5/surf/lh.thickness"), std::string("thickness"));
    QCOMPARE(nameOf(""), std::string("map"));
    // Workbench numbers maps that have no name.
    QCOMPARE(nameOf("#1"), std::string("map"));
    QCOMPARE(nameOf("#1 of two"), std::string("#1 of two"));
    QCOMPARE(nameOf("#"), std::string("#"));
}

void MapSourceTest::hemispheresTogether() {
    const Brains brains;
    // In any order: their names tell.
    const MapSource source =
        brains.open({brains.file("rh.thickness", curvBytes(6, 10)), brains.file("lh.thickness", curvBytes(6, 1))});
    QCOMPARE(source.index().importedMaps, std::vector<std::string>{"thickness"});
    QCOMPARE(source.importedMap(0)->values, (std::vector<float>{1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15}));
    QVERIFY(source.notes().empty());
    QCOMPARE(source.index().vertexCounts, (VertexCounts{6, 6}));
    QCOMPARE(source.index().surfaces, std::vector<std::string>{"sphere"});
    QVERIFY(source.index().models.empty());
    QVERIFY(!source.importedMap(1));
    QCOMPARE(source.findTemplate().readSurface(Hemisphere::Right, SurfaceKind::Sphere).vertexCount(), 6);
}

void MapSourceTest::oneHemisphere() {
    const Brains brains;
    const auto values = brains.open({brains.file("rh.sulc", curvBytes(6, 1))}).importedMap(0)->values;
    for (std::size_t vertex = 0; vertex < 6; ++vertex) {
        QVERIFY(std::isnan(values[vertex]));
        QCOMPARE(values[6 + vertex], static_cast<float>(1 + vertex));
    }
}

void MapSourceTest::severalMaps() {
    const Brains brains;
    const MapSource source = brains.open({brains.file("lh.a", curvBytes(6, 0)), brains.file("lh.b", curvBytes(6, 0)),
                                          brains.file("rh.a", curvBytes(6, 0)),
                                          brains.file("lh.a.mgh", bytesOf(dataFile("formats/surfaces/lh.curv")))});
    // The same name again is another map, not the same hemisphere twice.
    QCOMPARE(source.index().importedMaps, (std::vector<std::string>{"a", "b", "a (a)"}));
}

void MapSourceTest::labels() {
    const Brains brains;
    const MapSource source =
        brains.open({brains.file("lh.areas.annot", annotBytes(6, 2)), brains.file("rh.areas.annot", annotBytes(6, 1))});
    const auto map = source.importedMap(0);
    QVERIFY(map->values.empty());
    QCOMPARE(map->labels, (std::vector<std::int16_t>{0, 0, -1, -1, -1, -1, 0, -1, -1, -1, -1, -1}));
    QCOMPARE(map->areas.size(), std::size_t(1));
    QCOMPARE(map->areas[0].name, std::string("V1"));
}

void MapSourceTest::marks() {
    const Brains brains;
    const std::string label = "#!ascii label , from subject fsaverage\n2\n4 0 0 0 0\n1 0 0 0 0\n";
    const auto map = brains.open({brains.file("rh.MT.label", label)}).importedMap(0);
    QCOMPARE(map->name, std::string("MT"));
    QCOMPARE(map->labels, (std::vector<std::int16_t>{-1, -1, -1, -1, -1, -1, -1, 0, -1, -1, 0, -1}));
    const std::string beyond = "#!ascii label , from subject fsaverage\n1\n6 0 0 0 0\n";
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { (void)brains.open({brains.file("rh.MT.label", beyond)}); }),
                    "below 6");
}

void MapSourceTest::untoldHemispheres() {
    const Brains brains;
    const auto one = brains.file("one", curvBytes(6, 1)), two = brains.file("two", curvBytes(6, 10));
    const MapSource single = brains.open({one});
    QCOMPARE(single.notes().size(), std::size_t(1));
    VERIFY_CONTAINS(single.notes()[0], "one is taken as the left hemisphere");
    QVERIFY(std::isnan(single.importedMap(0)->values[6]));
    const MapSource pair = brains.open({one, two});
    VERIFY_CONTAINS(pair.notes()[0], "two as the right one");
    QCOMPARE(pair.index().importedMaps.size(), std::size_t(1));
    QCOMPARE(pair.importedMap(0)->values[6], 10.0F);
    const MapSource both = brains.open({brains.file("both", curvBytes(12, 1))});
    QVERIFY(both.notes().empty());
    QCOMPARE(both.importedMap(0)->values[11], 12.0F);
}

void MapSourceTest::surfacesAlone() {
    const Brains brains;
    const MapSource source = brains.open({});
    QVERIFY(source.index().importedMaps.empty());
    QCOMPARE(source.index().vertexCounts.total(), 12);
    VERIFY_CONTAINS(source.index().studyName, "lh.sphere.surf");
}

void MapSourceTest::oneSurface() {
    const Brains brains;
    const MapSource source({brains.file("lh.white.surf", octahedron)}, {}, brains.finder());
    QCOMPARE(source.index().vertexCounts, (VertexCounts{6, 0}));
    QCOMPARE(source.findTemplate().readSurface(Hemisphere::Right, SurfaceKind::White).vertexCount(), 0);
}

void MapSourceTest::templateFolderOfSurface() {
    const Brains brains;
    for (const char* name : {"lh.pial", "rh.pial", "lh.inflated", "rh.inflated"})
        (void)brains.file(name, octahedron);
    const MapSource source({brains.file("lh.inflated", octahedron)}, {}, brains.finder());
    QCOMPARE(source.index().surfaces, (std::vector<std::string>{"inflated", "pial"}));
    QCOMPARE(source.index().vertexCounts, (VertexCounts{6, 6}));
}

void MapSourceTest::wrongSizes() {
    const Brains brains;
    const auto message = messageFrom<ShapeError>([&] { (void)brains.open({brains.file("lh.sulc", curvBytes(7, 0))}); });
    VERIFY_CONTAINS(message, "6 vertices");
    VERIFY_CONTAINS(message, "found: 7");
    VERIFY_CONTAINS(messageFrom<UsageError>([] { (void)MapSource({}); }), "no file");
}

void MapSourceTest::missingTemplate() {
    const Brains brains;
    const auto fails = [&](int vertices) {
        return messageFrom<NotFoundError>(
            [&] { (void)MapSource({brains.file("lh.map", curvBytes(vertices, 0))}, {}, brains.finder()); });
    };
    VERIFY_CONTAINS(fails(7), "brainlike lh.surf.gii rh.surf.gii MAP");
    VERIFY_CONTAINS(fails(7), "163842 (fsaverage");
    for (const auto& [vertices, name] : {std::pair(642, "fsaverage3"), std::pair(32492, "fsLR")}) {
        VERIFY_CONTAINS(fails(vertices), std::string("surfaces of ") + name);
        VERIFY_CONTAINS(fails(vertices), "/elsewhere/" + std::string(name));
    }
}

void MapSourceTest::mapsJoinAStudy() {
    const Brains brains;
    const auto scores = study(brains);
    const MapsBeside first =
        mapsBeside(scores, {brains.file("lh.sulc", curvBytes(6, 10)), brains.file("rh.sulc", curvBytes(6, 20)),
                            brains.file("lh.areas.annot", annotBytes(6, 2))});
    QCOMPARE(first.names, (std::vector<std::string>{"sulc", "areas"}));
    const ScoreIndex& index = first.scores->index();
    QCOMPARE(index.importedMaps, first.names);
    QCOMPARE(index.models.size(), scores->index().models.size());
    // What the study says of itself comes through.
    QVERIFY(first.scores->fmriMean(1, 9, 3) == scores->fmriMean(1, 9, 3));
    QVERIFY(first.scores->summary(0).spatial == scores->summary(0).spatial);
    const auto sulc = first.scores->importedMap(0);
    QVERIFY(sulc.has_value());
    QCOMPARE(sulc->values.front(), 10.0F);
    QCOMPARE(sulc->values.back(), 25.0F);
    QVERIFY(!first.scores->importedMap(2).has_value());
    // More join those that are there; a taken name gets a number, and the study behind stays the same.
    const MapsBeside second = mapsBeside(first.scores, {brains.file("lh.sulc", curvBytes(6, 30))});
    QCOMPARE(second.names, std::vector<std::string>{"sulc (2)"});
    QCOMPARE(second.scores->index().importedMaps, (std::vector<std::string>{"sulc", "areas", "sulc (2)"}));
    QCOMPARE(second.scores->importedMap(2)->values.front(), 30.0F);
    QCOMPARE(second.scores->importedMap(0)->values.front(), 10.0F);
    QCOMPARE(dynamic_cast<const ScoresWithMaps&>(*second.scores).study(), scores);
}

void MapSourceTest::mapsMoveToTheStudyThatReplacesTheirs() {
    const Brains brains;
    const auto live = study(brains);
    const auto final = study(brains);
    QCOMPARE(withMapsBeside(final, live.get()), std::shared_ptr<const ScoreSource>(final));
    QCOMPARE(withMapsBeside(final, nullptr), std::shared_ptr<const ScoreSource>(final));
    const auto first = mapsBeside(live, {brains.file("lh.sulc", curvBytes(6, 10))}).scores;
    const auto second = mapsBeside(first, {brains.file("lh.depth", curvBytes(6, 30))}).scores;
    const auto moved = withMapsBeside(final, first.get());
    QCOMPARE(moved->index().importedMaps, std::vector<std::string>{"sulc"});
    QCOMPARE(moved->importedMap(0)->values.front(), 10.0F);
    QCOMPARE(dynamic_cast<const ScoresWithMaps&>(*moved).study(), final);
    // What is there already does not come twice.
    const auto both = withMapsBeside(moved, second.get());
    QCOMPARE(both->index().importedMaps, (std::vector<std::string>{"sulc", "depth"}));
    QCOMPARE(both->importedMap(1)->values.front(), 30.0F);
    FakeScoresOptions other;
    other.vertices = {7, 7};
    const auto larger = std::make_shared<FakeScores>(other);
    QCOMPARE(withMapsBeside(larger, second.get()), std::shared_ptr<const ScoreSource>(larger));
}

void MapSourceTest::whatDoesNotFitAStudyIsRefused() {
    const Brains brains;
    const auto scores = study(brains);
    const auto message =
        messageFrom<ShapeError>([&] { (void)mapsBeside(scores, {brains.file("lh.thickness", curvBytes(32492, 0))}); });
    VERIFY_CONTAINS(message, "lh.thickness does not fit the open study, which lies on six: it has 32492 vertices");
    VERIFY_CONTAINS(message, "six");
    VERIFY_CONTAINS(message, "32492 vertices, as a hemisphere of fsLR has");
    VERIFY_CONTAINS(message, "6 vertices");
    VERIFY_CONTAINS(message, "lh.thickness");
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)mapsBeside(scores, brains.surfaces()); }), "surfaces alone");
    FakeScoresOptions options;
    options.fmri = false;
    options.vertices = {};
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] {
                        (void)mapsBeside(std::make_shared<FakeScores>(options),
                                         {brains.file("lh.sulc", curvBytes(6, 0))});
                    }),
                    "no fMRI");
}

QTEST_GUILESS_MAIN(MapSourceTest)
#include "MapSourceTest.moc"
