#include "core/formats/ArrayRows.h"

#include "core/base/Error.h"
#include "core/formats/Hdf5File.h"
#include "core/formats/NpyFile.h"

#include <QTemporaryDir>
#include <QTest>

#include <bit>
#include <cstdint>
#include <fstream>
#include <numeric>

using namespace brainlike;

namespace {

/// An NPY file as numpy would write it with another order of axes or bytes.
void writeForeignNpy(const std::filesystem::path& file, const std::string& type, bool isFortran,
                     const std::string& shape, const std::string& values) {
    std::string header = "{'descr': '" + type + "', 'fortran_order': " + (isFortran ? "True" : "False") +
                         ", 'shape': (" + shape + "), }";
    header.resize((header.size() + 11 + 63) / 64 * 64 - 11, ' ');
    header += '\n';
    std::ofstream stream(file, std::ios::binary);
    stream << "\x93NUMPY" << '\x01' << '\0' << static_cast<char>(header.size() & 255U)
           << static_cast<char>(header.size() >> 8U) << header << values;
}

template <typename Value>
std::string bytesOf(const std::vector<Value>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)};
}

/// The block, without what lies between its rows in the target.
template <typename Scalar>
std::vector<Scalar> read(const ArrayRows& array, const ArrayBlock& block) {
    const std::size_t stride = block.columns + 3;
    std::vector<Scalar> wide(block.rows * stride, -7);
    array.read(block, wide.data(), stride);
    std::vector<Scalar> values;
    for (std::size_t row = 0; row < block.rows; ++row) {
        const auto line = wide.begin() + static_cast<std::ptrdiff_t>(row * stride);
        values.insert(values.end(), line, line + static_cast<std::ptrdiff_t>(block.columns));
        for (std::size_t beyond = block.columns; beyond < stride; ++beyond)
            if (line[static_cast<std::ptrdiff_t>(beyond)] != -7)
                throw std::runtime_error("written beyond the block");
    }
    return values;
}

} // namespace

class ArrayRowsTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_scratch;
    std::filesystem::path file(const char* name) const { return m_scratch.filePath(name).toStdString(); }

    /// 6 × 4 × 5 values 0 … 119 in C order.
    static std::vector<float> counting() {
        std::vector<float> values(120);
        std::iota(values.begin(), values.end(), 0.0F);
        return values;
    }
    static void checkBlocks(const ArrayRows& array) {
        QCOMPARE(array.rows(), std::size_t{6});
        QCOMPARE(array.columns(), std::size_t{20});
        for (const ArrayBlock block : {ArrayBlock{0, 6, 0, 20}, ArrayBlock{2, 3, 0, 20}, ArrayBlock{1, 4, 7, 9},
                                       ArrayBlock{5, 1, 19, 1}, ArrayBlock{0, 6, 4, 2}, ArrayBlock{3, 0, 2, 2}}) {
            std::vector<float> expected;
            for (std::size_t row = 0; row < block.rows; ++row)
                for (std::size_t column = 0; column < block.columns; ++column)
                    expected.push_back(static_cast<float>(20 * (block.firstRow + row) + block.firstColumn + column));
            QCOMPARE(read<float>(array, block), expected);
            QCOMPARE(read<double>(array, block), std::vector<double>(expected.begin(), expected.end()));
        }
        for (const ArrayBlock block : {ArrayBlock{0, 7, 0, 1}, ArrayBlock{6, 1, 0, 1}, ArrayBlock{0, 1, 20, 1},
                                       ArrayBlock{0, 1, 1, 20}, ArrayBlock{~std::size_t{0}, 1, 0, 1}}) {
            float value = 0;
            QVERIFY_EXCEPTION_THROWN(array.read(block, &value, 1), ShapeError);
        }
    }

private Q_SLOTS:
    void npyInEitherOrder() {
        writeNpy<float>(file("c.npy"), Shape{6, 4, 5}, counting());
        checkBlocks(*openNpyRows(file("c.npy")));
        std::vector<double> fortran(120);
        for (std::size_t i = 0; i < 6; ++i)
            for (std::size_t j = 0; j < 4; ++j)
                for (std::size_t k = 0; k < 5; ++k)
                    fortran[i + 6 * (j + 4 * k)] = static_cast<double>(20 * i + 5 * j + k);
        writeForeignNpy(file("f.npy"), "<f8", true, "6, 4, 5", bytesOf(fortran));
        checkBlocks(*openNpyRows(file("f.npy")));
    }

    void npyOfOtherNumbers() {
        std::string big;
        for (int value = 0; value < 120; ++value)
            big += std::string{'\0', static_cast<char>(value)};
        writeForeignNpy(file("b.npy"), ">i2", false, "6, 20", big);
        checkBlocks(*openNpyRows(file("b.npy")));
        writeNpy<std::uint8_t>(file("v.npy"), Shape{3}, std::vector<std::uint8_t>{4, 5, 6});
        const auto vector = openNpyRows(file("v.npy"));
        QCOMPARE(vector->columns(), std::size_t{1});
        QCOMPARE(read<float>(*vector, {1, 2, 0, 1}), (std::vector<float>{5, 6}));
    }

    void linesLongerThanTheBuffer() {
        const std::size_t width = 300000;
        std::vector<float> values(2 * width);
        std::iota(values.begin(), values.end(), 0.0F);
        writeNpy<float>(file("long.npy"), Shape{2, width}, values);
        const auto array = openNpyRows(file("long.npy"));
        QCOMPARE(read<float>(*array, {0, 2, 0, width}), values);
        QCOMPARE(read<float>(*array, {1, 1, 5, width - 5}),
                 std::vector<float>(values.begin() + static_cast<std::ptrdiff_t>(width + 5), values.end()));
    }

    void hdf5InOnePieceAndInChunks() {
        auto writer = Hdf5File::create(file("a.h5"));
        writer.write<float>("/group/whole", {6, 4, 5}, counting());
        writer.createChunked<float>("/chunked", {6, 4, 5}, {4, 3, 2}, 0);
        writer.writeBlock<float>("/chunked", {0, 0, 0}, {6, 4, 5}, counting());
        writer.writeString("/text", "words");
        writer.close();
        const auto whole = openHdf5Rows(file("a.h5"), "/group/whole");
        QCOMPARE(whole->rowsTogether(), std::size_t{1});
        checkBlocks(*whole);
        const auto chunked = openHdf5Rows(file("a.h5"), "/chunked");
        QCOMPARE(chunked->rowsTogether(), std::size_t{4});
        checkBlocks(*chunked);
        QVERIFY_EXCEPTION_THROWN((void)openHdf5Rows(file("a.h5"), "/text"), FormatError);
        QVERIFY_EXCEPTION_THROWN((void)openHdf5Rows(file("a.h5"), "/none"), NotFoundError);
        QVERIFY_EXCEPTION_THROWN((void)openHdf5Rows(file("a.h5"), "/group"), FormatError);
    }

    void whatCannotBeReadIsNamed() {
        QVERIFY_EXCEPTION_THROWN((void)openNpyRows(file("none.npy")), NotFoundError);
        writeForeignNpy(file("text.npy"), "<U1", false, "2", std::string(8, 'a'));
        QVERIFY_EXCEPTION_THROWN((void)openNpyRows(file("text.npy")), FormatError);
        writeNpy<float>(file("cut.npy"), Shape{6, 20}, counting());
        const auto array = openNpyRows(file("cut.npy"));
        std::filesystem::resize_file(file("cut.npy"), 300); // cut while it is open
        try {
            (void)read<float>(*array, {5, 1, 0, 20});
            QFAIL("read");
        } catch (const FileError& error) {
            QCOMPARE(error.details().file, file("cut.npy").string());
            QCOMPARE(error.details().found, std::string("the end of the file"));
        }
    }
};

QTEST_GUILESS_MAIN(ArrayRowsTest)
#include "ArrayRowsTest.moc"
