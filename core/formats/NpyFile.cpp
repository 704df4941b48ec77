#include "core/formats/NpyFile.h"

#include "core/base/AtomicFile.h"
#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/formats/Conversion.h"
#include "core/formats/NpyHeader.h"
#include "core/formats/Utf8.h"

#include <algorithm>
#include <bit>
#include <fstream>
#include <functional>
#include <utility>

namespace brainlike {
namespace {

static_assert(std::endian::native == std::endian::little, "NPY files are read and written as little-endian memory");

constexpr std::size_t chunkBytes = std::size_t(1) << 22;

void checkRank(const NpyHeader& header, std::optional<std::size_t> rank, const std::filesystem::path& path) {
    if (rank && header.info.shape.size() != *rank)
        throw FormatError({.what = "The array has another number of axes",
                           .file = path,
                           .expected = counted(*rank, "axis", "axes"),
                           .found = describe(header.info)});
}

template <typename Scalar>
void checkType(const NpyHeader& header, const std::filesystem::path& path) {
    const ElementType type = header.info.type;
    if (!(isInteger(type) || (std::is_floating_point_v<Scalar> && isFloating(type))))
        throw FormatError({.what = "The array has values of another type",
                           .file = path,
                           .expected = std::is_floating_point_v<Scalar> ? "numbers" : "whole numbers",
                           .found = describe(header.info)});
    const std::size_t limit = physicalMemory() / sizeof(Scalar);
    if (header.itemCount > limit)
        throw FileError({.what = "The array is larger than this computer's memory",
                         .file = path,
                         .expected = "at most " + counted(limit, "value"),
                         .found = describe(header.info)});
}

/// Calls `use(bytes, first, count)` with the file's values, some at a time.
void forChunks(const NpyHeader& header, const std::filesystem::path& path,
               const std::function<void(const char*, std::size_t, std::size_t)>& use) {
    std::ifstream stream(path, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(header.dataOffset));
    const std::size_t perChunk = std::max<std::size_t>(chunkBytes / std::max<std::size_t>(header.itemSize, 1), 1);
    std::string buffer(std::min(perChunk, header.itemCount) * header.itemSize, '\0');
    for (std::size_t first = 0; first < header.itemCount; first += perChunk) {
        const std::size_t count = std::min(perChunk, header.itemCount - first);
        if (!stream.read(buffer.data(), static_cast<std::streamsize>(count * header.itemSize)))
            throw FileError({.what = "The file cannot be read",
                             .file = path,
                             .place = "byte " + std::to_string(header.dataOffset + first * header.itemSize)});
        use(buffer.data(), first, count);
    }
}

template <typename Scalar>
void readValues(const NpyHeader& header, const std::filesystem::path& path, Scalar* values) {
    forChunks(header, path, [&](const char* bytes, std::size_t first, std::size_t count) {
        const auto done = convertNumbers(header.info.type, bytes, count, header.isBigEndian, values + first);
        if (done < count)
            throw FormatError({.what = "A value of the array is too large for its use",
                               .file = path,
                               .place = "byte " + std::to_string(header.dataOffset + (first + done) * header.itemSize),
                               .expected = "a whole number that fits " + std::string(nameOf(elementTypeOf<Scalar>()))});
    });
    if (header.isFortranOrder && header.info.shape.size() > 1)
        reorderFromFortran(header.info.shape, header.itemCount, values);
}

} // namespace

ArrayInfo npyInfo(const std::filesystem::path& path) {
    return readNpyHeader(path).info;
}

template <typename Scalar>
NumericArray<Scalar> readNpy(const std::filesystem::path& path, std::optional<std::size_t> rank) {
    const NpyHeader header = readNpyHeader(path);
    checkRank(header, rank, path);
    checkType<Scalar>(header, path);
    NumericArray<Scalar> array{header.info.shape, std::vector<Scalar>(header.itemCount)};
    readValues(header, path, array.values.data());
    return array;
}

template <typename Scalar>
RowMatrix<Scalar> readNpyMatrix(const std::filesystem::path& path, std::size_t rank) {
    const NpyHeader header = readNpyHeader(path);
    checkRank(header, rank, path);
    checkType<Scalar>(header, path);
    const std::size_t rows = rank == 0 ? header.itemCount : header.info.shape.front();
    const std::size_t columns = header.itemCount == 0 ? 0 : header.itemCount / rows;
    RowMatrix<Scalar> matrix(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns));
    readValues(header, path, matrix.data());
    return matrix;
}

template <typename Scalar>
std::vector<Scalar> readNpyVector(const std::filesystem::path& path) {
    return readNpy<Scalar>(path, 1).values;
}

std::vector<std::string> readNpyStrings(const std::filesystem::path& path) {
    const NpyHeader header = readNpyHeader(path);
    checkRank(header, 1, path);
    if (header.info.type != ElementType::String)
        throw FormatError({.what = "The array has values of another type",
                           .file = path,
                           .expected = "texts",
                           .found = describe(header.info)});
    std::vector<std::string> texts(header.itemCount);
    forChunks(header, path, [&](const char* bytes, std::size_t first, std::size_t count) {
        for (std::size_t index = 0; index < count; ++index) {
            const std::string_view item(bytes + index * header.itemSize, header.itemSize);
            auto text = header.isUnicode ? utf8FromUtf32(item, header.isBigEndian) : std::string(item);
            if (!text)
                throw FormatError(
                    {.what = "The array holds a character that is none",
                     .file = path,
                     .place = "byte " + std::to_string(header.dataOffset + (first + index) * header.itemSize)});
            text->erase(text->find_last_not_of('\0') + 1);
            texts[first + index] = std::move(*text);
        }
    });
    return texts;
}

template <typename Scalar>
void writeNpy(const std::filesystem::path& path, const Shape& shape, std::span<const Scalar> values) {
    if (elementCount(shape) != values.size())
        throw ShapeError({.what = "The values do not fill the array",
                          .file = path,
                          .expected = describe(shape),
                          .found = counted(values.size(), "value")});
    const std::string header = npyHeaderBytes({elementTypeOf<Scalar>(), shape});
    replaceFile(path, [&](const std::filesystem::path& aside) {
        std::ofstream stream(aside, std::ios::binary);
        stream << header;
        stream.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size_bytes()));
        stream.close();
        if (!stream)
            throw FileError({.what = "The file cannot be written",
                             .file = path,
                             .advice = "check the disk's space and permissions"});
    });
}

#define BRAINLIKE_INSTANTIATE(Scalar)                                                                                  \
    template NumericArray<Scalar> readNpy(const std::filesystem::path&, std::optional<std::size_t>);                   \
    template RowMatrix<Scalar> readNpyMatrix(const std::filesystem::path&, std::size_t);                               \
    template std::vector<Scalar> readNpyVector(const std::filesystem::path&);                                          \
    template void writeNpy(const std::filesystem::path&, const Shape&, std::span<const Scalar>);
BRAINLIKE_INSTANTIATE(float)
BRAINLIKE_INSTANTIATE(double)
BRAINLIKE_INSTANTIATE(std::uint8_t)
BRAINLIKE_INSTANTIATE(std::int16_t)
BRAINLIKE_INSTANTIATE(std::int32_t)
BRAINLIKE_INSTANTIATE(std::int64_t)
#undef BRAINLIKE_INSTANTIATE

} // namespace brainlike
