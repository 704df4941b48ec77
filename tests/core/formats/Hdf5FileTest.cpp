#include "core/formats/Hdf5File.h"

#include "tests/support/Expectations.h"
#include "tests/support/TestFiles.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

using namespace brainlike;
using namespace brainlike::test;

class Hdf5FileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersComeBack();
    void integersWidenButNeverLose();
    void blocksOfChunkedData();
    void unwrittenChunksAreNaN();
    void textsComeBack();
    void attributesComeBack();
    void whatH5pyWrites();
    void childrenAndKinds();
    void missingNamesListWhatIsThere();
    void wrongRankTypeAndBlock();
    void sizesBeyondMemoryAreRefused();
    void notHdf5();
    void truncatedAnywhere();
    void threadsTakeTurns();
};

namespace {
template <typename Scalar>
std::span<const Scalar> view(const std::vector<Scalar>& values) {
    return values;
}
} // namespace

void Hdf5FileTest::numbersComeBack() {
    const ScratchFolder folder;
    const std::vector<double> numbers{0.1, -2, std::numeric_limits<double>::quiet_NaN(), 1e300, 4, 5};
    {
        auto file = Hdf5File::create(folder.file("a.h5"));
        file.write("group/inner/numbers", {2, 3}, view(numbers));
        file.write("empty", {0, 4}, std::span<const float>());
        const std::vector<float> scalar{2.5F};
        file.write("scalar", {}, view(scalar));
        file.write("scalar", {}, view(scalar));
        file.close();
    }
    const auto file = Hdf5File::openRead(folder.file("a.h5"));
    const auto read = file.read<double>("/group/inner/numbers", 2);
    QCOMPARE(read.shape, (Shape{2, 3}));
    QCOMPARE(read.values[0], 0.1);
    QVERIFY(std::isnan(read.values[2]));
    QCOMPARE(read.values[3], 1e300);
    QCOMPARE(file.info("empty").shape, (Shape{0, 4}));
    QVERIFY(file.read<float>("empty").values.empty());
    QCOMPARE(file.read<float>("scalar", 0).values, std::vector<float>{2.5F});
    QCOMPARE(describe(file.info("group/inner/numbers")), std::string("float64 [2 × 3]"));
}

void Hdf5FileTest::integersWidenButNeverLose() {
    const ScratchFolder folder;
    auto file = Hdf5File::create(folder.file("a.h5"));
    const std::vector<std::int64_t> steps{0, 10'000'000'000, -5};
    const std::vector<std::int16_t> layers{-1, 7};
    file.write("steps", {3}, view(steps));
    file.write("layers", {2}, view(layers));
    QCOMPARE(file.read<std::int64_t>("steps").values, steps);
    QCOMPARE(file.read<std::int64_t>("layers").values, (std::vector<std::int64_t>{-1, 7}));
    QCOMPARE(file.read<double>("layers").values, (std::vector<double>{-1, 7}));
    const auto narrow = messageFrom<FormatError>([&] { (void)file.read<std::int16_t>("steps"); });
    VERIFY_CONTAINS(narrow, "int64");
    VERIFY_CONTAINS(narrow, "/steps");
    const std::vector<float> fractions{0.5F};
    file.write("fractions", {1}, view(fractions));
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)file.read<std::int64_t>("fractions"); }), "float32");
}

void Hdf5FileTest::blocksOfChunkedData() {
    const ScratchFolder folder;
    std::vector<float> block(2 * 5);
    std::iota(block.begin(), block.end(), 1.0F);
    {
        auto file = Hdf5File::create(folder.file("a.h5"));
        file.createChunked("score", {3, 4, 5}, {1, 4, 5}, std::numeric_limits<float>::quiet_NaN());
        file.writeBlock("score", {1, 2, 0}, {1, 2, 5}, view(block));
        file.close();
    }
    {
        auto file = Hdf5File::openReadWrite(folder.file("a.h5"));
        const std::vector<float> one{99};
        file.writeBlock("score", {1, 3, 4}, {1, 1, 1}, view(one));
    }
    const auto file = Hdf5File::openRead(folder.file("a.h5"));
    QCOMPARE(file.readBlock<float>("score", {1, 2, 1}, {1, 2, 2}), (std::vector<float>{2, 3, 7, 8}));
    QCOMPARE(file.readBlock<float>("score", {1, 3, 4}, {1, 1, 1}), std::vector<float>{99});
    QVERIFY(std::isnan(file.readBlock<float>("score", {1, 1, 4}, {1, 1, 1}).front()));
}

void Hdf5FileTest::unwrittenChunksAreNaN() {
    const ScratchFolder folder;
    auto file = Hdf5File::create(folder.file("a.h5"));
    file.createChunked("score", {2, 3}, {1, 3}, std::numeric_limits<double>::quiet_NaN());
    file.createChunked<std::int16_t>("best", {2, 3}, {1, 3}, -1);
    for (const double value : file.read<double>("score").values)
        QVERIFY(std::isnan(value));
    QCOMPARE(file.read<std::int16_t>("best").values, std::vector<std::int16_t>(6, -1));
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { file.createChunked<float>("more", {2, 3}, {3, 3}, 0); }), "[2 × 3]");
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { file.createChunked<float>("score", {2, 3}, {1, 3}, 0); }), "exists");
}

void Hdf5FileTest::textsComeBack() {
    const ScratchFolder folder;
    const std::vector<std::string> names{"blocks.0", "Größe λ", ""};
    {
        auto file = Hdf5File::create(folder.file("a.h5"));
        file.writeStrings("models/vit/layer_names", names);
        file.writeStrings("none", {});
        file.writeString("note", std::string(100'000, 'x'));
        VERIFY_CONTAINS(messageFrom<ValueError>([&] { file.writeString("bad", std::string_view("a\0b", 3)); }), "zero");
        file.close();
    }
    const auto file = Hdf5File::openRead(folder.file("a.h5"));
    QCOMPARE(file.readStrings("models/vit/layer_names"), names);
    QVERIFY(file.readStrings("none").empty());
    QCOMPARE(file.readString("note").size(), std::size_t(100'000));
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)file.readString("models/vit/layer_names"); }), "3 texts");
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)file.read<double>("note"); }), "string");
}

void Hdf5FileTest::attributesComeBack() {
    const ScratchFolder folder;
    const std::string study(200'000, 's');
    {
        auto file = Hdf5File::create(folder.file("a.h5"));
        file.createGroup("models/vit");
        file.createGroup("models/vit");
        file.writeStringAttribute("/", "format", "other");
        file.writeStringAttribute("/", "format", "brainlike-scores");
        file.writeStringAttribute("/", "study", study);
        file.writeAttribute<std::int64_t>("/", "version", 1);
        file.writeAttribute("models/vit", "parameters", 6.7e9);
        const std::vector<double> alphas{1, 10, 100};
        file.writeAttributeArray("models/vit", "alphas", view(alphas));
        file.writeStringsAttribute("models/vit", "recordings", std::vector<std::string>{"s1", "s2"});
    }
    const auto file = Hdf5File::openRead(folder.file("a.h5"));
    QCOMPARE(file.readStringAttribute("/", "format"), std::string("brainlike-scores"));
    QCOMPARE(file.readStringAttribute("/", "study"), study);
    QCOMPARE(file.readAttribute<std::int64_t>("/", "version"), std::int64_t(1));
    QCOMPARE(file.readAttribute<double>("/", "version"), 1.0);
    QCOMPARE(file.readAttribute<double>("models/vit", "parameters"), 6.7e9);
    QCOMPARE(file.readAttributeArray<double>("models/vit", "alphas"), (std::vector<double>{1, 10, 100}));
    QCOMPARE(file.readStringsAttribute("models/vit", "recordings"), (std::vector<std::string>{"s1", "s2"}));
    QCOMPARE(file.attributeNames("/"), (std::vector<std::string>{"format", "study", "version"}));
    QVERIFY(file.hasAttribute("/", "format") && !file.hasAttribute("/", "formats"));
    const auto missing = messageFrom<NotFoundError>([&] { (void)file.readAttribute<double>("models/vit", "depth"); });
    VERIFY_CONTAINS(missing, "/models/vit, attribute depth");
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)file.readAttribute<double>("/", "format"); }), "string");
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)file.readAttribute<double>("models/vit", "alphas"); }),
                    "3 values");
}

void Hdf5FileTest::whatH5pyWrites() {
    const auto file = Hdf5File::openRead(dataFile("formats/h5py.h5"));
    QCOMPARE(file.info("half").type, ElementType::Float16);
    QCOMPARE(file.read<float>("half").values, (std::vector<float>{0.5F, -2, 1024}));
    QCOMPARE(file.read<double>("big_endian").values, (std::vector<double>{1.5, -3}));
    QCOMPARE(file.read<std::int64_t>("unsigned").values, (std::vector<std::int64_t>{0, 65535}));
    QCOMPARE(file.readStrings("fixed"), (std::vector<std::string>{"ab", "cde"}));
    QCOMPARE(file.readStrings("variable"), (std::vector<std::string>{"λ", "layer"}));
    QCOMPARE(file.readStringAttribute("/", "text"), std::string("Größe"));
    QCOMPARE(file.readAttribute<std::int64_t>("/", "count"), std::int64_t(3));
    QCOMPARE(file.read<float>("compressed", 2).values, (std::vector<float>{0, 1, 2, 3, 4, 5}));
    QVERIFY(file.readStrings("nothing").empty());
    QVERIFY(!file.exists("dangling"));
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)file.read<double>("compound"); }), "another type");
}

void Hdf5FileTest::childrenAndKinds() {
    const ScratchFolder folder;
    auto file = Hdf5File::create(folder.file("a.h5"));
    file.createGroup("b");
    file.write("c/x", {}, std::span<const float>(std::vector<float>{1}));
    file.createGroup("a");
    QCOMPARE(file.children(), (std::vector<std::string>{"a", "b", "c"}));
    QCOMPARE(file.children("/c/"), std::vector<std::string>{"x"});
    QVERIFY(file.isGroup("c") && !file.isDataset("c") && file.isDataset("c/x") && file.isGroup("/"));
    QVERIFY(!file.exists("c/y") && !file.exists("c/x/y") && !file.isGroup("q"));
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)file.children("c/x"); }), "not a group");
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)file.info("c"); }), "not a dataset");
}

void Hdf5FileTest::missingNamesListWhatIsThere() {
    const ScratchFolder folder;
    auto file = Hdf5File::create(folder.file("a.h5"));
    file.createGroup("models/vit-base");
    const auto message = messageFrom<NotFoundError>([&] { (void)file.read<float>("models/vit/steps"); });
    VERIFY_CONTAINS(message, "a.h5");
    VERIFY_CONTAINS(message, "/models/vit/steps");
    VERIFY_CONTAINS(message, "/models holds vit-base");
}

void Hdf5FileTest::wrongRankTypeAndBlock() {
    const ScratchFolder folder;
    auto file = Hdf5File::create(folder.file("a.h5"));
    const std::vector<float> values{1, 2, 3, 4};
    file.write("x", {2, 2}, view(values));
    VERIFY_CONTAINS(messageFrom<FormatError>([&] { (void)file.read<float>("x", 3); }), "3 axes");
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { (void)file.readBlock<float>("x", {1, 0}, {2, 1}); }), "[2 × 1]");
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { (void)file.readBlock<float>("x", {3, 0}, {0, 1}); }), "[2 × 2]");
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { (void)file.readBlock<float>("x", {0}, {1}); }), "block");
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { file.writeBlock("x", {0, 0}, {1, 2}, view(values)); }), "4 values");
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { file.write("x", {4}, view(values)); }), "float32 [2 × 2]");
    VERIFY_CONTAINS(messageFrom<ShapeError>([&] { file.write("y", {3}, view(values)); }), "4 values");
    QVERIFY(!file.exists("y"));
}

void Hdf5FileTest::sizesBeyondMemoryAreRefused() {
    const ScratchFolder folder;
    auto file = Hdf5File::create(folder.file("a.h5"));
    const std::size_t length = std::size_t(1) << 40;
    file.createChunked<float>("x", {length, length >> 20}, {1024, 1}, 0);
    VERIFY_CONTAINS(messageFrom<FileError>([&] { (void)file.read<float>("x"); }), "memory");
}

void Hdf5FileTest::notHdf5() {
    const ScratchFolder folder;
    VERIFY_CONTAINS(messageFrom<FileError>([&] { (void)Hdf5File::openRead(folder.file("a.h5", "not HDF5")); }), "a.h5");
    VERIFY_CONTAINS(messageFrom<NotFoundError>([&] { (void)Hdf5File::openRead(folder.file("b.h5")); }), "b.h5");
    VERIFY_CONTAINS(messageFrom<FileError>([&] { (void)Hdf5File::openRead(folder.path()); }), "folder");
    VERIFY_CONTAINS(messageFrom<FileError>([&] { (void)Hdf5File::create(folder.file("none/a.h5")); }), "none/a.h5");
}

void Hdf5FileTest::truncatedAnywhere() {
    const ScratchFolder folder;
    {
        auto file = Hdf5File::create(folder.file("whole.h5"));
        const std::vector<float> values{1, 2, 3, 4};
        file.write("x", {4}, view(values));
        file.writeString("note", "text");
    }
    const std::string whole = bytesOf(folder.file("whole.h5"));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const auto path = folder.file("cut.h5", std::string_view(whole).substr(0, length));
        const auto message = messageFrom<FileError>([&] { (void)Hdf5File::openRead(path).read<float>("x"); });
        VERIFY_CONTAINS(message, "cut.h5");
    }
}

void Hdf5FileTest::threadsTakeTurns() {
    const ScratchFolder folder;
    auto file = Hdf5File::create(folder.file("a.h5"));
    file.createChunked<double>("x", {4, 100}, {1, 100}, 0);
    std::vector<std::jthread> threads;
    for (std::size_t row = 0; row < 4; ++row)
        threads.emplace_back([&file, row] {
            for (int round = 0; round < 20; ++round) {
                const std::vector<double> values(100, static_cast<double>(row));
                file.writeBlock("x", {row, 0}, {1, 100}, view(values));
                (void)file.readBlock<double>("x", {row, 0}, {1, 100});
                (void)file.exists("y");
            }
        });
    threads.clear();
    const auto read = file.read<double>("x");
    for (std::size_t row = 0; row < 4; ++row)
        QCOMPARE(read.values[row * 100 + 99], static_cast<double>(row));
}

QTEST_GUILESS_MAIN(Hdf5FileTest)
#include "Hdf5FileTest.moc"
