#include "core/formats/NpyFile.h"

#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <cmath>
#include <limits>

using namespace brainlike;
using namespace brainlike::test;

namespace {

std::filesystem::path numpyFile(const std::string& name) {
    return dataFile("formats/npy/" + name + ".npy");
}

std::string header(const std::string& dictionary) {
    const std::size_t length = dictionary.size() + 1;
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += {static_cast<char>(length & 0xFF), static_cast<char>(length >> 8)};
    return bytes + dictionary + "\n";
}

} // namespace

class NpyFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void floatsOfEveryKind_data();
    void floatsOfEveryKind();
    void halfExtremes();
    void integersOfEveryKind();
    void integersThatDoNotFit();
    void higherRanks();
    void texts();
    void unsupportedTypes();
    void infoReadsTheHeaderAlone();
    void writesWhatNumpyWrites();
    void roundTrip();
    void writingReplacesOnlyWhenComplete();
    void malformedHeaders_data();
    void malformedHeaders();
    void hugeShapes();
    void truncatedAnywhere();
    void damagedAnywhere();
};

void NpyFileTest::floatsOfEveryKind_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"float32", "float64_big_endian_v2", "float16_fortran_v3"})
        QTest::newRow(name) << name;
}

void NpyFileTest::floatsOfEveryKind() {
    QFETCH(QString, name);
    const auto path = numpyFile(name.toStdString());
    RowMatrix<float> expected(2, 3);
    expected << 0, 0.25F, 0.5F, 0.75F, 1, 1.25F;
    QCOMPARE(npyInfo(path).shape, (Shape{2, 3}));
    QVERIFY(readNpyMatrix<float>(path) == expected);
    QVERIFY(readNpyMatrix<double>(path) == expected.cast<double>());
}

void NpyFileTest::halfExtremes() {
    const auto values = readNpyVector<float>(numpyFile("half_extremes"));
    QCOMPARE(values[0], 0.0F);
    QVERIFY(values[1] == 0.0F && std::signbit(values[1]));
    QCOMPARE(values[2], std::ldexp(1.0F, -24));
    QCOMPARE(values[3], 65504.0F);
    QVERIFY(std::isinf(values[4]) && values[4] > 0 && std::isinf(values[5]) && values[5] < 0);
    QVERIFY(std::isnan(values[6]));
}

void NpyFileTest::integersOfEveryKind() {
    for (const char* type : {"i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"})
        for (const char* order : {"_little", "_big"}) {
            const auto path = numpyFile(std::string(type) + order);
            QCOMPARE(readNpyVector<std::int64_t>(path), (std::vector<std::int64_t>{0, 1, 100}));
            QCOMPARE(readNpyVector<std::uint8_t>(path), (std::vector<std::uint8_t>{0, 1, 100}));
            QCOMPARE(readNpyVector<double>(path), (std::vector<double>{0, 1, 100}));
        }
    QCOMPARE(readNpyVector<std::uint8_t>(numpyFile("bool")), (std::vector<std::uint8_t>{1, 0}));
}

void NpyFileTest::integersThatDoNotFit() {
    const auto large = messageFrom<FormatError>([] { (void)readNpyVector<std::int64_t>(numpyFile("uint64_large")); });
    VERIFY_CONTAINS(large, "byte 136");
    VERIFY_CONTAINS(large, "int64");
    VERIFY_CONTAINS(messageFrom<FormatError>([] { (void)readNpyVector<std::int32_t>(numpyFile("int64_negative")); }),
                    "byte 136");
    VERIFY_CONTAINS(messageFrom<FormatError>([] { (void)readNpyVector<std::uint8_t>(numpyFile("int64_negative")); }),
                    "byte 128");
    VERIFY_CONTAINS(messageFrom<FormatError>([] { (void)readNpyVector<std::int64_t>(numpyFile("half_extremes")); }),
                    "float16 [7]");
}

void NpyFileTest::higherRanks() {
    const auto cube = readNpy<double>(numpyFile("cube_fortran"), 3);
    QCOMPARE(cube.shape, (Shape{2, 3, 4}));
    for (std::size_t index = 0; index < 24; ++index)
        QCOMPARE(cube.values[index], static_cast<double>(index));
    const auto matrix = readNpyMatrix<double>(numpyFile("cube_fortran"), 3);
    QVERIFY(matrix.rows() == 2 && matrix.cols() == 12 && matrix(1, 11) == 23);
    QCOMPARE(readNpy<double>(numpyFile("scalar")).values, std::vector<double>{1.5});
    QVERIFY(readNpy<double>(numpyFile("scalar")).shape.empty());
    QVERIFY(readNpyMatrix<float>(numpyFile("empty")).rows() == 0);
    QVERIFY(readNpyMatrix<float>(numpyFile("half_extremes"), 1).cols() == 1);
    const auto message = messageFrom<FormatError>([] { (void)readNpyMatrix<float>(numpyFile("cube_fortran")); });
    VERIFY_CONTAINS(message, "2 axes");
    VERIFY_CONTAINS(message, "float64 [2 × 3 × 4]");
}

void NpyFileTest::texts() {
    QCOMPARE(readNpyStrings(numpyFile("texts")), (std::vector<std::string>{"lh:V1", "Größe", "", "🧠λ"}));
    QCOMPARE(readNpyStrings(numpyFile("texts_big_endian")), (std::vector<std::string>{"a", "λ"}));
    QCOMPARE(readNpyStrings(numpyFile("bytes")), (std::vector<std::string>{"ab", "c"}));
    VERIFY_CONTAINS(messageFrom<FormatError>([] { (void)readNpyStrings(numpyFile("bool")); }), "bool [2]");
    VERIFY_CONTAINS(messageFrom<FormatError>([] { (void)readNpyVector<float>(numpyFile("texts")); }), "string [4]");
    const ScratchFolder folder;
    const auto bad = header("{'descr': '<U1', 'fortran_order': False, 'shape': (1,), }") + std::string(4, '\xFF');
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readNpyStrings(folder.file("a.npy", bad)); }), "character");
}

void NpyFileTest::unsupportedTypes() {
    VERIFY_CONTAINS(messageFrom<FormatError>([] { (void)npyInfo(numpyFile("complex")); }), "<c16");
    VERIFY_CONTAINS(messageFrom<FormatError>([] { (void)npyInfo(numpyFile("records")); }), "records");
}

void NpyFileTest::infoReadsTheHeaderAlone() {
    const auto info = npyInfo(numpyFile("texts"));
    QCOMPARE(info.type, ElementType::String);
    QCOMPARE(describe(npyInfo(numpyFile("u2_big"))), std::string("uint16 [3]"));
    VERIFY_CONTAINS(messageFrom<NotFoundError>([] { (void)npyInfo("/nowhere/x.npy"); }), "/nowhere/x.npy");
    VERIFY_CONTAINS(messageFrom<FileError>([] { (void)npyInfo("/tmp"); }), "/tmp");
}

void NpyFileTest::writesWhatNumpyWrites() {
    const ScratchFolder folder;
    const std::vector<float> values{0, 0.25F, 0.5F, 0.75F, 1, 1.25F};
    writeNpy<float>(folder.file("a.npy"), {2, 3}, values);
    QVERIFY(bytesOf(folder.file("a.npy")) == bytesOf(numpyFile("float32")));
    const std::vector<std::int64_t> numbers{-1, std::int64_t(1) << 62};
    writeNpy<std::int64_t>(folder.file("b.npy"), {2}, numbers);
    QVERIFY(bytesOf(folder.file("b.npy")) == bytesOf(numpyFile("int64_negative")));
    const std::vector<double> scalar{1.5};
    writeNpy<double>(folder.file("c.npy"), {}, scalar);
    QVERIFY(bytesOf(folder.file("c.npy")) == bytesOf(numpyFile("scalar")));
}

void NpyFileTest::roundTrip() {
    const ScratchFolder folder;
    const std::vector<double> values{0.1, -1e-300, std::numeric_limits<double>::infinity(), 4, 5, 6, 7, 8};
    writeNpy<double>(folder.file("a.npy"), {2, 2, 2}, values);
    QCOMPARE(readNpy<double>(folder.file("a.npy")).values, values);
    writeNpy<double>(folder.file("b.npy"), {0, 3}, {});
    QCOMPARE(npyInfo(folder.file("b.npy")).shape, (Shape{0, 3}));
}

void NpyFileTest::writingReplacesOnlyWhenComplete() {
    const ScratchFolder folder;
    const auto path = folder.file("a.npy", "old");
    const std::vector<float> values{1, 2};
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { writeNpy<float>(path, {3}, values); }), "2 values");
    QCOMPARE(bytesOf(path), std::string("old"));
    VERIFY_CONTAINS(messageFrom<FileError>([&] { writeNpy<float>(folder.file("none/a.npy"), {2}, values); }), "none");
}

void NpyFileTest::malformedHeaders_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("part");
    const auto add = [](const char* name, const std::string& bytes, const char* part) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(part);
    };
    add("nothing", "", "truncated");
    add("another format", "PK\x03\x04 something else", "byte 0");
    add("version", std::string("\x93NUMPY\x04\x00", 8) + "xxxx", "byte 6");
    add("length beyond the file", std::string("\x93NUMPY\x01\x00\xff\xff", 10) + "{}", "truncated");
    add("length beyond sense", std::string("\x93NUMPY\x02\x00\xff\xff\xff\xff", 12) + "{}", "byte 8");
    add("no dictionary", header("hello"), "byte 10");
    add("no shape", header("{'descr': '<f4', 'fortran_order': False}"), "descr, fortran_order and shape");
    add("unknown key", header("{'descr': '<f4', 'order': False}"), "descr, fortran_order or shape");
    add("truth value", header("{'fortran_order': Maybe}"), "True or False");
    add("negative length", header("{'shape': (-1,)}"), "lengths");
    add("length too large", header("{'shape': (99999999999999999999,)}"), "lengths");
    add("open shape", header("{'shape': (1, 2"), "comma or )");
    add("type without size", header("{'descr': '<f'}"), "descr <f");
    add("type of odd size", header("{'descr': '<f3'}"), "descr <f3");
    add("empty type", header("{'descr': ''}"), "descr");
    add("words behind", header("{'descr': '<f4', 'fortran_order': False, 'shape': ()} x"), "blanks");
}

void NpyFileTest::malformedHeaders() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, part);
    const ScratchFolder folder;
    const auto path = folder.file("a.npy", bytes.toStdString());
    const auto message = messageFrom<FormatError>([&] { (void)readNpy<float>(path); });
    VERIFY_CONTAINS(message, part.toStdString());
    VERIFY_CONTAINS(message, "a.npy");
}

void NpyFileTest::hugeShapes() {
    const ScratchFolder folder;
    for (const char* shape : {"(1099511627776, 1099511627776)", "(18446744073709551615,)",
                              "(4294967296, 4294967297, 4)", "(0, 5, 18446744073709551615)", "(3,)"}) {
        const auto bytes = header(std::string("{'descr': '<f4', 'fortran_order': False, 'shape': ") + shape + "}");
        const auto path = folder.file("a.npy", bytes + "1234");
        VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readNpy<float>(path); }), "4 bytes of values");
    }
}

void NpyFileTest::truncatedAnywhere() {
    const ScratchFolder folder;
    for (const char* name : {"float32", "float64_big_endian_v2", "texts", "cube_fortran"}) {
        const std::string whole = bytesOf(numpyFile(name));
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto path = folder.file("cut.npy", std::string_view(whole).substr(0, length));
            VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)readNpy<double>(path); }), "cut.npy");
        }
    }
}

void NpyFileTest::damagedAnywhere() {
    const ScratchFolder folder;
    const std::string whole = bytesOf(numpyFile("float32"));
    for (std::size_t position = 0; position < whole.size(); ++position)
        for (const char change : {'\x00', '\xFF', '9', '(', '\''}) {
            std::string damaged = whole;
            damaged[position] = change;
            const auto path = folder.file("damaged.npy", damaged);
            QVERIFY(failsCleanly([&] { (void)readNpy<float>(path); }));
        }
}

QTEST_GUILESS_MAIN(NpyFileTest)
#include "NpyFileTest.moc"
