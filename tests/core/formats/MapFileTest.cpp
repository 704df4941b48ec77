#include "core/formats/MapFile.h"

#include "core/formats/HemisphereName.h"
#include "core/formats/NpyFile.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

using namespace brainlike;
using namespace brainlike::test;

namespace {

const std::string smallLabel = "#!ascii label  , from subject fsaverage vox2ras=TkReg\n"
                               "3\n"
                               "7  -1.5 2.0 3.25 0.0000000000\n"
                               "2  0 0 0 1.5\n"
                               "11 -0 1e1 2 -3\n";

struct Sample {
    const char* file;
    const char* format;
    std::size_t items;
    std::size_t content; ///< index in the variant: values, labels, surface, marked vertices
};

std::vector<Sample> samples() {
    return {{"surfaces/lh.octahedron", "FreeSurfer surface", 1, 2},
            {"surfaces/lh.curv", "FreeSurfer curv", 1, 0},
            {"surfaces/lh.areas.annot", "FreeSurfer annot", 1, 1},
            {"surfaces/lh.old.annot", "FreeSurfer annot", 1, 1},
            {"surfaces/text.surf.gii", "GIFTI", 1, 2},
            {"surfaces/gzipped.surf.gii.gz", "GIFTI", 1, 2},
            {"surfaces/areas.label.gii", "GIFTI", 1, 1},
            {"cifti/lh.two.mgh", "FreeSurfer MGH", 2, 0},
            {"cifti/lh.short.mgz", "FreeSurfer MGH", 0, 0},
            {"cifti/dense.dscalar.nii", "CIFTI", 0, 0},
            {"cifti/areas.dlabel.nii", "CIFTI", 0, 1},
            {"npy/float32.npy", "NPY", 1, 0}};
}

std::filesystem::path fileOf(const Sample& sample) {
    return dataFile(std::string("formats/") + sample.file);
}

} // namespace

class MapFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFormatByItsContent();
    void arraysOfMaps();
    void hemispheres();
    void label();
    void malformedLabels();
    void otherFiles();
    void truncatedAnywhere();
    void damagedAnywhere();
};

void MapFileTest::everyFormatByItsContent() {
    const ScratchFolder folder;
    for (const Sample& sample : samples()) {
        if (std::string(sample.file).starts_with("npy"))
            continue; // arraysOfMaps
        const std::string bytes = bytesOf(fileOf(sample));
        for (const auto& path : {fileOf(sample), folder.file("nothing_tells_me", bytes)}) {
            const MapFile read = readMapFile(path);
            QCOMPARE(read.format, std::string(sample.format));
            QVERIFY(sample.items == 0 ? !read.items.empty() : read.items.size() == sample.items);
            for (const MapItem& item : read.items)
                QCOMPARE(item.content.index(), sample.content);
        }
    }
}

void MapFileTest::arraysOfMaps() {
    const ScratchFolder folder;
    const std::vector<float> values{1, 2, 3, 4, 5, 6};
    const auto file = [&](const char* name, const Shape& shape) {
        writeNpy<float>(folder.path() / name, shape, values);
        return folder.path() / name;
    };
    const auto mapsIn = [](const std::filesystem::path& path) {
        std::vector<std::vector<float>> maps;
        for (const MapItem& item : readMapFile(path).items)
            maps.push_back(std::get<std::vector<float>>(item.content));
        return maps;
    };
    using Maps = std::vector<std::vector<float>>;
    QCOMPARE(mapsIn(file("rows.npy", {2, 3})), (Maps{{1, 2, 3}, {4, 5, 6}}));
    QCOMPARE(mapsIn(file("columns.npy", {3, 2})), (Maps{{1, 3, 5}, {2, 4, 6}}));
    QCOMPARE(mapsIn(file("one.npy", {1, 6})), (Maps{values}));
    QCOMPARE(readMapFile(file("lh.two.npy", {2, 3})).items[1].side, std::optional(Hemisphere::Left));
    const auto cube = file("cube.npy", {1, 2, 3});
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readMapFile(cube); }), "maps × vertices");
}

void MapFileTest::hemispheres() {
    const auto sideOf = [](const std::string& name) { return readMapFile(dataFile("formats/" + name)).items[0].side; };
    QCOMPARE(sideOf("surfaces/lh.curv"), std::optional(Hemisphere::Left));
    QCOMPARE(sideOf("cifti/lh.two.mgh"), std::optional(Hemisphere::Left));
    const ScratchFolder folder;
    const auto sideNamed = [&](const char* name) {
        return readMapFile(folder.file(name, bytesOf(dataFile("formats/surfaces/lh.curv")))).items[0].side;
    };
    QCOMPARE(sideNamed("sub-01_hemi-R_thickness"), std::optional(Hemisphere::Right));
    QCOMPARE(sideNamed("pial_right.x"), std::optional(Hemisphere::Right));
    QCOMPARE(sideNamed("thickness"), std::nullopt);
    QCOMPARE(sideNamed("lh.rh.thickness"), std::nullopt);
    // What the metadata says counts more than the name.
    std::string surface = bytesOf(dataFile("formats/surfaces/text.surf.gii"));
    surface.replace(surface.find("<MetaData />"), 12,
                    "<MetaData><MD><Name>AnatomicalStructurePrimary</Name><Value>CortexRight</Value></MD></MetaData>");
    QCOMPARE(readMapFile(folder.file("lh.surf.gii", surface)).items[0].side, std::optional(Hemisphere::Right));
    for (const char* both : {"cifti/dense.dscalar.nii", "cifti/areas.dlabel.nii"})
        for (const MapItem& item : readMapFile(dataFile(std::string("formats/") + both)).items)
            QVERIFY(item.side.has_value());
}

void MapFileTest::label() {
    const ScratchFolder folder;
    const MapFile read = readMapFile(folder.file("rh.V1.label", smallLabel));
    QCOMPARE(read.format, std::string("FreeSurfer label"));
    QCOMPARE(read.items[0].side, std::optional(Hemisphere::Right));
    const auto& label = std::get<FreeSurferLabel>(read.items[0].content);
    QCOMPARE(label.subject, std::string("fsaverage"));
    QCOMPARE(label.vertices, (std::vector<std::int32_t>{7, 2, 11}));
    QCOMPARE(label.values, (std::vector<float>{0, 1.5F, -3}));
    const auto nameless = folder.file("lh.x.label", "#!ascii label , from subject  vox2ras=TkReg\n1\n0 0 0 0 0\n");
    QCOMPARE(readFreeSurferLabel(nameless).subject, std::string());
}

void MapFileTest::malformedLabels() {
    const ScratchFolder folder;
    const auto message = [&](std::string bytes, const std::string& from, const std::string& to) {
        bytes.replace(bytes.find(from), from.size(), to);
        const auto path = folder.file("lh.V1.label", bytes);
        return messageFrom<FormatError>([&] { (void)readFreeSurferLabel(path); });
    };
    VERIFY_CONTAINS(message(smallLabel, "#!ascii label", "V1"), "line 0");
    VERIFY_CONTAINS(message(smallLabel, "\n3\n", "\nthree\n"), "number of vertices");
    VERIFY_CONTAINS(message(smallLabel, "\n3\n", "\n0\n"), "number of vertices");
    VERIFY_CONTAINS(message(smallLabel, "\n3\n", "\n4000000000\n"), "4000000000");
    VERIFY_CONTAINS(message(smallLabel, "\n3\n", "\n4\n"), "end of the file");
    VERIFY_CONTAINS(message(smallLabel, "\n3\n", "\n2\n"), "no more than 2");
    VERIFY_CONTAINS(message(smallLabel, "\n7 ", "\n-7 "), "line 2");
    VERIFY_CONTAINS(message(smallLabel, "3.25 0.0000000000", "3.25"), "a vertex from 0");
    VERIFY_CONTAINS(message(smallLabel, "\n2 ", "\n7 "), "vertex 7 twice");
}

void MapFileTest::otherFiles() {
    const ScratchFolder folder;
    VERIFY_CONTAINS(messageFrom<NotFoundError>([] { (void)readMapFile("/nowhere/lh.x"); }), "/nowhere/lh.x");
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readMapFile(folder.file("nothing", {})); }), "0 bytes");
    for (const std::string& bytes :
         {std::string("hello"), std::string("\x89PNG\r\n\x1a\n"), std::string(64, '\0'), std::string("1,2,3\n")}) {
        const auto path = folder.file("picture", bytes);
        VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readMapFile(path); }), "another kind of file");
    }
    VERIFY_CONTAINS(messageFrom<FormatError>([] { (void)readMapFile(dataFile("formats/cifti/parcels.pscalar.nii")); }),
                    "values of parcels");
}

void MapFileTest::truncatedAnywhere() {
    const ScratchFolder folder;
    for (const Sample& sample : samples()) {
        const std::string whole = bytesOf(fileOf(sample));
        for (std::size_t length = 0; length < whole.size(); length += 1 + whole.size() / 97) {
            const auto path = folder.file("cut", std::string_view(whole).substr(0, length));
            QVERIFY(failsCleanly([&] { (void)readMapFile(path); }));
        }
    }
    for (std::size_t length = 0; length + 2 < smallLabel.size(); ++length) {
        const auto path = folder.file("cut", std::string_view(smallLabel).substr(0, length));
        QVERIFY(failsCleanly([&] { (void)readMapFile(path); }));
    }
}

void MapFileTest::damagedAnywhere() {
    const ScratchFolder folder;
    for (const Sample& sample : samples()) {
        const std::string whole = bytesOf(fileOf(sample));
        for (std::size_t position = 0; position < whole.size(); position += 1 + whole.size() / 211)
            for (const char change : {'\x00', '\x7F', '\xFF'}) {
                std::string damaged = whole;
                damaged[position] = change;
                const auto path = folder.file("damaged", damaged);
                QVERIFY(failsCleanly([&] { (void)readMapFile(path); }));
            }
    }
}

QTEST_GUILESS_MAIN(MapFileTest)
#include "MapFileTest.moc"
