#include "core/formats/GiftiFile.h"

#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <cmath>
#include <utility>

using namespace brainlike;
using namespace brainlike::test;

namespace {

std::filesystem::path surfaceFile(const std::string& name) {
    return dataFile("formats/surfaces/" + name);
}

RowMatrix<float> expectedPoints() {
    RowMatrix<float> points(6, 3);
    points << 30, 0.5F, 1, -31, 2, 3, 4, 32, 5, 6, -33, 7, 8, 9, 34, 10, 11, -35.25F;
    return points;
}

std::string replaced(std::string text, const std::string& before, const std::string& after) {
    const auto found = text.find(before);
    return found == std::string::npos ? std::string() : text.replace(found, before.size(), after);
}

/// A GIFTI file of one array.
std::string fileOf(const std::string& attributes, const std::string& data) {
    return "<?xml version=\"1.0\"?><GIFTI Version=\"1.0\" NumberOfDataArrays=\"1\"><DataArray "
           "Intent=\"NIFTI_INTENT_SHAPE\" " +
           attributes + "><Data>" + data + "</Data></DataArray></GIFTI>";
}

} // namespace

class GiftiFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void surfaces_data();
    void surfaces();
    void maps();
    void columnsAreMaps();
    void labels();
    void wrongKinds();
    void malformed_data();
    void malformed();
    void malformedArrays_data();
    void malformedArrays();
    void packedDataLargerThanSaid();
    void damagedGzip();
    void entitiesAreRefused();
    void truncatedAnywhere();
    void damagedAnywhere();
};

void GiftiFileTest::surfaces_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"text.surf.gii", "base64.surf.gii", "packed.surf.gii", "big_endian.surf.gii",
                             "column_major.surf.gii", "gzipped.surf.gii.gz"})
        QTest::newRow(name) << name;
}

void GiftiFileTest::surfaces() {
    QFETCH(QString, name);
    const Mesh mesh = readGiftiSurface(surfaceFile(name.toStdString()));
    QVERIFY(mesh.points == expectedPoints());
    const auto faces = dataJson("formats/surfaces/surfaces.json").at("faces");
    QCOMPARE(mesh.faceCount(), static_cast<int>(faces.size()));
    for (int face = 0; face < mesh.faceCount(); ++face)
        for (int corner = 0; corner < 3; ++corner)
            QCOMPARE(mesh.faces(face, corner), faces[face][corner].get<int>());
}

void GiftiFileTest::maps() {
    const auto maps = readGiftiMaps(surfaceFile("maps.shape.gii"));
    QCOMPARE(maps.size(), std::size_t(2));
    QCOMPARE(maps[0].name, std::string("curvature"));
    QCOMPARE(maps[0].intent, std::string("NIFTI_INTENT_SHAPE"));
    QCOMPARE(maps[0].values[0], 0.5F);
    QVERIFY(std::isnan(maps[0].values[2]));
    QCOMPARE(maps[0].values[5], 5e-3F);
    QCOMPARE(maps[1].values, (std::vector<float>{0, 1, 2, 3, 4, 5}));
}

void GiftiFileTest::columnsAreMaps() {
    const auto maps = readGiftiMaps(surfaceFile("matrix.func.gii"));
    QCOMPARE(maps.size(), std::size_t(2));
    QCOMPARE(maps[0].values, (std::vector<float>{0, 2, 4, 6, 8, 10}));
    QCOMPARE(maps[1].values, (std::vector<float>{1, 3, 5, 7, 9, 11}));
}

void GiftiFileTest::labels() {
    const Annotation annotation = readGiftiLabels(surfaceFile("areas.label.gii"));
    QCOMPARE(annotation.areas.size(), std::size_t(3));
    QCOMPARE(annotation.labels, (std::vector<std::int32_t>{1, 2, 0, 2, -1, 1}));
    QVERIFY(!annotation.areas[0].isCortex && annotation.areas[1].isCortex);
    QCOMPARE(annotation.areas[1].name, std::string("V1"));
    QVERIFY((annotation.areas[1].color == std::array<std::uint8_t, 4>{255, 128, 0, 255}));
    QCOMPARE(annotation.areas[2].name, std::string("MT"));
}

void GiftiFileTest::wrongKinds() {
    VERIFY_CONTAINS(messageFrom<FormatError>([] { (void)readGiftiSurface(surfaceFile("maps.shape.gii")); }),
                    "NIFTI_INTENT_SHAPE float32 [6]");
    VERIFY_CONTAINS(messageFrom<FormatError>([] { (void)readGiftiMaps(surfaceFile("text.surf.gii")); }),
                    "NIFTI_INTENT_POINTSET float32 [6 × 3]");
    VERIFY_CONTAINS(messageFrom<FormatError>([] { (void)readGiftiLabels(surfaceFile("maps.shape.gii")); }), "labels");
    VERIFY_CONTAINS(messageFrom<NotFoundError>([] { (void)readGifti("/nowhere/x.gii"); }), "/nowhere/x.gii");
    VERIFY_CONTAINS(messageFrom<FileError>([] { (void)readGifti("/tmp"); }), "/tmp");
}

void GiftiFileTest::malformed_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("part");
    const auto add = [](const char* name, const char* before, const char* after, const char* part) {
        QTest::newRow(name) << before << after << part;
    };
    add("face beyond the vertices", "<Data>0 2 4", "<Data>0 2 6", "face 0, corner 2");
    add("negative face", "<Data>0 2 4", "<Data>0 -1 4", "face 0, corner 1");
    add("no number", "30.0", "nan", "vertex 0, axis 0");
    add("infinite", "30.0", "-inf", "vertex 0, axis 0");
    add("a word", "30.0", "thirty", "thirty");
    add("fraction as face", "<Data>0 2 4", "<Data>0.5 2 4", "0.5");
    add("too few values", "30.0", "", "17");
    add("too many values", "30.0", "30.0 31.0", "more");
    add("number of arrays", "NumberOfDataArrays=\"2\"", "NumberOfDataArrays=\"3\"", "3 arrays");
    add("huge dimension", "Dim0=\"6\"", "Dim0=\"99999999999\"", "99999999999");
    add("negative dimension", "Dim0=\"6\"", "Dim0=\"-6\"", "-6");
    add("dimensionality", "Dimensionality=\"2\"", "Dimensionality=\"7\"", "1 to 6 dimensions");
    add("unknown type", "NIFTI_TYPE_FLOAT32", "NIFTI_TYPE_COMPLEX64", "NIFTI_TYPE_COMPLEX64");
    add("unknown encoding", "Encoding=\"ASCII\"", "Encoding=\"ROT13\"", "ROT13");
    add("external data", "Encoding=\"ASCII\"", "Encoding=\"ExternalFileBinary\"", "data within the file");
    add("other XML", "<GIFTI ", "<SVG ", "GIFTI");
    add("not XML", "<?xml", "hello", "line 1");
    add("no data", "<Data>", "<Nothing>", "mismatched tag");
}

void GiftiFileTest::malformed() {
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, part);
    const ScratchFolder folder;
    std::string text = bytesOf(surfaceFile("text.surf.gii"));
    for (const char* data : {"30.000000", "30.0"}) // as nibabel writes it
        if (before == "30.0" && text.find(data) != std::string::npos) {
            before = data;
            break;
        }
    const std::string damaged = replaced(text, before.toStdString(), after.toStdString());
    QVERIFY2(!damaged.empty(), "the test's file lacks what is to be replaced");
    const auto path = folder.file("damaged.gii", damaged);
    const auto message = messageFrom<FormatError>([&] { (void)readGiftiSurface(path); });
    VERIFY_CONTAINS(message, part.toStdString());
    VERIFY_CONTAINS(message, "damaged.gii");
}

void GiftiFileTest::malformedArrays_data() {
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("data");
    QTest::addColumn<QString>("part");
    QTest::newRow("base64 letters") << "Base64Binary"
                                    << "AAAA!AAA"
                                    << "base64";
    QTest::newRow("base64 after padding") << "Base64Binary"
                                          << "AA==AAAA"
                                          << "base64";
    QTest::newRow("base64 cut") << "Base64Binary"
                                << "AAAAAAAAA"
                                << "cut";
    QTest::newRow("base64 too short") << "Base64Binary"
                                      << "AAAA"
                                      << "8 bytes";
    QTest::newRow("base64 too long") << "Base64Binary"
                                     << "AAAAAAAAAAAAAAAA"
                                     << "8 bytes";
    QTest::newRow("no zlib data") << "GZipBase64Binary"
                                  << "AAAAAAAA"
                                  << "damaged";
    QTest::newRow("zlib data cut") << "GZipBase64Binary"
                                   << "eJxjYGBg"
                                   << "cut";
    QTest::newRow("empty") << "GZipBase64Binary"
                           << ""
                           << "cut";
}

void GiftiFileTest::malformedArrays() {
    QFETCH(QString, encoding);
    QFETCH(QString, data);
    QFETCH(QString, part);
    const ScratchFolder folder;
    const std::string attributes = "DataType=\"NIFTI_TYPE_FLOAT32\" Dimensionality=\"1\" Dim0=\"2\" Encoding=\"" +
                                   encoding.toStdString() + "\" Endian=\"LittleEndian\"";
    const auto path = folder.file("a.gii", fileOf(attributes, data.toStdString()));
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readGiftiMaps(path); }), part.toStdString());
}

void GiftiFileTest::packedDataLargerThanSaid() {
    const ScratchFolder folder;
    // Eight zero bytes, packed.
    const std::string eight = "eJxjYIAAAAAIAAE=";
    const auto attributes = [](const std::string& length) {
        return "DataType=\"NIFTI_TYPE_FLOAT32\" Dimensionality=\"1\" Dim0=\"" + length +
               "\" Encoding=\"GZipBase64Binary\" Endian=\"LittleEndian\"";
    };
    const auto right = folder.file("right.gii", fileOf(attributes("2"), eight));
    QCOMPARE(readGiftiMaps(right).front().values, (std::vector<float>{0, 0}));
    const auto more = folder.file("more.gii", fileOf(attributes("1"), eight));
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readGiftiMaps(more); }), "at most 4 bytes");
    const auto fewer = folder.file("fewer.gii", fileOf(attributes("3"), eight));
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readGiftiMaps(fewer); }), "12 bytes");
    const auto bomb = folder.file("bomb.gii", fileOf(attributes("500000000"), eight));
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readGiftiMaps(bomb); }), "too short for its size");
}

void GiftiFileTest::damagedGzip() {
    const ScratchFolder folder;
    const std::string whole = bytesOf(surfaceFile("gzipped.surf.gii.gz"));
    const auto cut = folder.file("cut.gii.gz", std::string_view(whole).substr(0, whole.size() / 2));
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readGifti(cut); }), "cut");
    std::string damaged = whole;
    damaged[whole.size() / 2] = static_cast<char>(damaged[whole.size() / 2] ^ 0x55);
    const auto path = folder.file("damaged.gii.gz", damaged);
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readGifti(path); }), "damaged.gii.gz");
}

void GiftiFileTest::entitiesAreRefused() {
    const ScratchFolder folder;
    const auto path = folder.file("a.gii", "<?xml version=\"1.0\"?><!DOCTYPE GIFTI [<!ENTITY a \"0 0 0 0\"><!ENTITY b "
                                           "\"&a;&a;&a;\">]><GIFTI NumberOfDataArrays=\"0\">&b;</GIFTI>");
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readGifti(path); }), "entities");
}

void GiftiFileTest::truncatedAnywhere() {
    const ScratchFolder folder;
    for (const char* name : {"text.surf.gii", "packed.surf.gii", "gzipped.surf.gii.gz"}) {
        const std::string whole = bytesOf(surfaceFile(name));
        const std::size_t end = whole.find_last_not_of(" \r\n");
        for (std::size_t length = 0; length < end; ++length) {
            const auto path = folder.file("cut.gii", std::string_view(whole).substr(0, length));
            VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readGiftiSurface(path); }), "cut.gii");
        }
    }
}

void GiftiFileTest::damagedAnywhere() {
    using Reader = void (*)(const std::filesystem::path&);
    const Reader readSurface = [](const std::filesystem::path& path) { (void)readGiftiSurface(path); };
    const Reader readMaps = [](const std::filesystem::path& path) { (void)readGiftiMaps(path); };
    const Reader readLabels = [](const std::filesystem::path& path) { (void)readGiftiLabels(path); };
    const ScratchFolder folder;
    for (const auto& [name, read] : {std::pair("text.surf.gii", readSurface), std::pair("packed.surf.gii", readSurface),
                                     std::pair("areas.label.gii", readLabels), std::pair("maps.shape.gii", readMaps)}) {
        const std::string whole = bytesOf(surfaceFile(name));
        for (std::size_t position = 0; position < whole.size(); ++position)
            for (const char change : {'9', '<', '-', '\0'}) {
                std::string damaged = whole;
                damaged[position] = change;
                const auto path = folder.file("damaged.gii", damaged);
                QVERIFY(failsCleanly([&] { read(path); }));
            }
    }
}

QTEST_GUILESS_MAIN(GiftiFileTest)
#include "GiftiFileTest.moc"
