#include "core/formats/FreeSurferAnnotation.h"
#include "core/formats/FreeSurferMap.h"
#include "core/formats/FreeSurferSurface.h"
#include "core/formats/GiftiFile.h"
#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <cmath>
#include <functional>

using namespace brainlike;
using namespace brainlike::test;

namespace {

std::filesystem::path surfaceFile(const std::string& name) {
    return dataFile("formats/surfaces/" + name);
}

/// The bytes with a big-endian number put in.
std::string withNumber(std::string bytes, std::size_t position, std::int32_t value) {
    for (std::size_t index = 0; index < 4; ++index)
        bytes[position + index] = static_cast<char>(static_cast<std::uint32_t>(value) >> (24 - 8 * index));
    return bytes;
}

using Reader = std::function<void(const std::filesystem::path&)>;

const Reader readSurface = [](const auto& path) { (void)readFreeSurferSurface(path); };
const Reader readMap = [](const auto& path) { (void)readFreeSurferMap(path); };
const Reader readAnnotation = [](const auto& path) { (void)readFreeSurferAnnotation(path); };

struct Kind {
    const char* name;
    Reader read;
    std::size_t needed; ///< bytes without which it cannot be read; what follows is left alone
};

std::vector<Kind> kinds() {
    return {{"lh.octahedron", readSurface, 227},
            {"lh.curv", readMap, 39},
            {"lh.areas.annot", readAnnotation, 210},
            {"lh.old.annot", readAnnotation, 191}};
}

} // namespace

class FreeSurferTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void surface();
    void surfaceWithFooter();
    void map();
    void annotation();
    void oldAnnotation();
    void malformedSurfaces();
    void malformedMaps();
    void malformedAnnotations();
    void missingFiles();
    void truncatedAnywhere();
    void damagedAnywhere();
    void equalsGiftiOfRealTemplate();
};

void FreeSurferTest::surface() {
    const Mesh mesh = readFreeSurferSurface(surfaceFile("lh.octahedron"));
    const auto expected = dataJson("formats/surfaces/surfaces.json");
    QCOMPARE(mesh.vertexCount(), 6);
    QCOMPARE(mesh.faceCount(), 8);
    for (int vertex = 0; vertex < 6; ++vertex)
        for (int axis = 0; axis < 3; ++axis)
            QCOMPARE(mesh.points(vertex, axis), expected["points"][vertex][axis].get<float>());
    for (int face = 0; face < 8; ++face)
        for (int corner = 0; corner < 3; ++corner)
            QCOMPARE(mesh.faces(face, corner), expected["faces"][face][corner].get<int>());
}

void FreeSurferTest::surfaceWithFooter() {
    const ScratchFolder folder;
    const auto path =
        folder.file("lh.pial", bytesOf(surfaceFile("lh.octahedron")) + "valid = 1  # volume info valid\n");
    QCOMPARE(readFreeSurferSurface(path).faceCount(), 8);
}

void FreeSurferTest::map() {
    const auto values = readFreeSurferMap(surfaceFile("lh.curv"));
    const auto expected = dataJson("formats/surfaces/surfaces.json")["curv"];
    QCOMPARE(values.size(), expected.size());
    for (std::size_t vertex = 0; vertex < values.size(); ++vertex)
        QVERIFY(expected[vertex].is_null() ? std::isnan(values[vertex])
                                           : values[vertex] == expected[vertex].get<float>());
}

void FreeSurferTest::annotation() {
    const Annotation annotation = readFreeSurferAnnotation(surfaceFile("lh.areas.annot"));
    QCOMPARE(annotation.areas.size(), std::size_t(4));
    QCOMPARE(annotation.labels, dataJson("formats/surfaces/surfaces.json")["annot"].get<std::vector<std::int32_t>>());
    QCOMPARE(annotation.areas[1].name, std::string("V1"));
    QVERIFY((annotation.areas[1].color == std::array<std::uint8_t, 4>{255, 128, 0, 255}));
    QVERIFY((annotation.areas[2].color == std::array<std::uint8_t, 4>{0, 0, 255, 215}));
    QVERIFY(!annotation.areas[0].isCortex && annotation.areas[1].isCortex && annotation.areas[2].isCortex &&
            !annotation.areas[3].isCortex);
}

void FreeSurferTest::oldAnnotation() {
    const Annotation annotation = readFreeSurferAnnotation(surfaceFile("lh.old.annot"));
    QCOMPARE(annotation.labels, (std::vector<std::int32_t>{1, 2, 0, 2, -1, 1}));
    QCOMPARE(annotation.areas[3].name, std::string("corpuscallosum"));
}

void FreeSurferTest::malformedSurfaces() {
    const ScratchFolder folder;
    const std::string whole = bytesOf(surfaceFile("lh.octahedron"));
    const std::size_t counts = whole.find("\n\n") + 2;
    const auto message = [&](const std::string& bytes) {
        const auto path = folder.file("lh.pial", bytes);
        return messageFrom<FormatError>([&] { (void)readFreeSurferSurface(path); });
    };
    VERIFY_CONTAINS(message("\xFF\xFF\xFF" + whole.substr(3)), "byte 0");
    VERIFY_CONTAINS(message("GIF" + whole.substr(3)), "another beginning");
    VERIFY_CONTAINS(message("\xFF\xFF\xFE no end of line"), "byte 3");
    VERIFY_CONTAINS(message(withNumber(whole, counts, 2'000'000'000)), "2000000000 vertices");
    VERIFY_CONTAINS(message(withNumber(whole, counts, -6)), "-6");
    VERIFY_CONTAINS(message(withNumber(whole, counts, 0)), "no vertices");
    VERIFY_CONTAINS(message(withNumber(whole, counts + 4, 9)), "15 vertices and faces");
    VERIFY_CONTAINS(message(withNumber(whole, counts + 4, 2'147'483'647)), "faces");
    VERIFY_CONTAINS(message(withNumber(whole, counts + 8, 0x7FC00000)), "vertex 0, axis 0");
    const std::size_t faces = counts + 8 + 6 * 12;
    VERIFY_CONTAINS(message(withNumber(whole, faces + 12 * 7 + 8, 6)), "face 7, corner 2");
    VERIFY_CONTAINS(message(withNumber(whole, faces, -1)), "face 0, corner 0");
}

void FreeSurferTest::malformedMaps() {
    const ScratchFolder folder;
    const std::string whole = bytesOf(surfaceFile("lh.curv"));
    const auto message = [&](const std::string& bytes) {
        const auto path = folder.file("lh.sulc", bytes);
        return messageFrom<FormatError>([&] { (void)readFreeSurferMap(path); });
    };
    VERIFY_CONTAINS(message(std::string(3, '\0') + whole.substr(3)), "FF FF FF");
    VERIFY_CONTAINS(message(withNumber(whole, 3, 1'000'000'000)), "1000000000 values");
    VERIFY_CONTAINS(message(withNumber(whole, 3, -1)), "byte 3");
    VERIFY_CONTAINS(message(withNumber(whole, 11, 2)), "one value a vertex");
}

void FreeSurferTest::malformedAnnotations() {
    const ScratchFolder folder;
    const std::string whole = bytesOf(surfaceFile("lh.areas.annot"));
    const auto message = [&](const std::string& bytes) {
        const auto path = folder.file("lh.annot", bytes);
        return messageFrom<FormatError>([&] { (void)readFreeSurferAnnotation(path); });
    };
    constexpr std::size_t table = 4 + 6 * 8;
    VERIFY_CONTAINS(message(withNumber(whole, 0, 2'000'000'000)), "2000000000 vertices");
    VERIFY_CONTAINS(message(withNumber(whole, 4, 6)), "a vertex from 0 to 5");
    VERIFY_CONTAINS(message(withNumber(whole, 4, -1)), "byte 4");
    VERIFY_CONTAINS(message(withNumber(whole, table, 0)), "without one");
    VERIFY_CONTAINS(message(withNumber(whole, table + 4, -3)), "version 3");
    VERIFY_CONTAINS(message(withNumber(whole, table + 4, std::numeric_limits<std::int32_t>::min())), "2147483648");
    VERIFY_CONTAINS(message(withNumber(whole, table + 4, 2'000'000'000)), "2000000000 colours");
    VERIFY_CONTAINS(message(withNumber(whole, table + 8, 1)), "an entry from 0 to 0");
    VERIFY_CONTAINS(message(withNumber(whole, table + 12, 2'000'000'000)), "2000000000 characters");
}

void FreeSurferTest::missingFiles() {
    for (const Kind& kind : kinds()) {
        VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { kind.read("/nowhere/lh.x"); }), "/nowhere/lh.x");
        VERIFY_CONTAINS(messageFrom<FileError>([&] { kind.read("/tmp"); }), "/tmp");
    }
}

void FreeSurferTest::truncatedAnywhere() {
    const ScratchFolder folder;
    for (const Kind& kind : kinds()) {
        const std::string whole = bytesOf(surfaceFile(kind.name));
        QCOMPARE(whole.size(), kind.needed);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto path = folder.file("cut", std::string_view(whole).substr(0, length));
            VERIFY_CONTAINS(messageFrom<FormatError>([&] { kind.read(path); }), "byte ");
        }
    }
}

void FreeSurferTest::damagedAnywhere() {
    const ScratchFolder folder;
    for (const Kind& kind : kinds()) {
        const std::string whole = bytesOf(surfaceFile(kind.name));
        for (std::size_t position = 0; position < whole.size(); ++position)
            for (const char change : {'\x00', '\x01', '\x7F', '\x80', '\xFF'}) {
                std::string damaged = whole;
                damaged[position] = change;
                const auto path = folder.file("damaged", damaged);
                QVERIFY(failsCleanly([&] { kind.read(path); }));
            }
    }
}

void FreeSurferTest::equalsGiftiOfRealTemplate() {
    const auto freeSurfer = sharedFile("templates/fsaverage5-freesurfer");
    const auto gifti = sharedFile("templates/fsaverage5");
    if (!freeSurfer || !gifti)
        QSKIP("skipped: the real templates are not there");
    for (const auto& [ours, theirs] : {std::pair("white", "white"), std::pair("pial", "pial"),
                                       std::pair("infl", "inflated"), std::pair("sphere", "sphere")})
        for (const auto& [side, hemisphere] : {std::pair("left", "lh"), std::pair("right", "rh")}) {
            const Mesh one = readGiftiSurface(*gifti / (std::string(ours) + "_" + side + ".gii.gz"));
            const Mesh other = readFreeSurferSurface(*freeSurfer / (std::string(hemisphere) + "." + theirs));
            QCOMPARE(one.vertexCount(), 10242);
            QVERIFY(one.points == other.points);
            QVERIFY(one.faces == other.faces);
        }
}

QTEST_GUILESS_MAIN(FreeSurferTest)
#include "FreeSurferTest.moc"
