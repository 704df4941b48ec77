#include "core/formats/NpyFile.h"

#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/formats/NpyHeader.h"
#include "core/formats/Utf8.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <fstream>
#include <functional>
#include <utility>

namespace brainlike {
namespace {

static_assert(std::endian::native == std::endian::little, "NPY files are read and written as little-endian memory");

constexpr std::size_t chunkBytes = std::size_t(1) << 22;

/// A float of 2 bytes: never exposed, converted when read.
struct Half {
    std::uint16_t bits;
};

float widen(Half half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half.bits & 0x8000U) << 16;
    const std::uint32_t exponent = (half.bits >> 10) & 0x1FU;
    const std::uint32_t fraction = half.bits & 0x3FFU;
    if (exponent == 0) {
        const float value = static_cast<float>(fraction) * 0x1p-24F;
        return sign != 0 ? -value : value;
    }
    const std::uint32_t wide = exponent == 0x1F ? 0xFFU : exponent + 112;
    return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

template <typename Stored>
Stored loaded(const char* bytes, bool isBigEndian) {
    std::array<char, sizeof(Stored)> copy{};
    std::memcpy(copy.data(), bytes, sizeof(Stored));
    if (isBigEndian)
        std::reverse(copy.begin(), copy.end());
    return std::bit_cast<Stored>(copy);
}

/// Converts values; the index of the first that does not fit, or `count`.
template <typename Stored, typename Scalar>
std::size_t convertValues(const char* bytes, std::size_t count, bool isBigEndian, Scalar* target) {
    for (std::size_t index = 0; index < count; ++index) {
        const auto value = loaded<Stored>(bytes + index * sizeof(Stored), isBigEndian);
        if constexpr (std::is_same_v<Stored, Half>)
            target[index] = static_cast<Scalar>(widen(value));
        else {
            if constexpr (std::is_integral_v<Scalar> && std::is_integral_v<Stored>)
                if (!std::in_range<Scalar>(value))
                    return index;
            target[index] = static_cast<Scalar>(value);
        }
    }
    return count;
}

template <typename Scalar>
std::size_t convert(ElementType type, const char* bytes, std::size_t count, bool isBigEndian, Scalar* target) {
    switch (type) {
    case ElementType::Float16:
        return convertValues<Half>(bytes, count, isBigEndian, target);
    case ElementType::Float32:
        return convertValues<float>(bytes, count, isBigEndian, target);
    case ElementType::Float64:
        return convertValues<double>(bytes, count, isBigEndian, target);
    case ElementType::Int8:
        return convertValues<std::int8_t>(bytes, count, isBigEndian, target);
    case ElementType::Int16:
        return convertValues<std::int16_t>(bytes, count, isBigEndian, target);
    case ElementType::Int32:
        return convertValues<std::int32_t>(bytes, count, isBigEndian, target);
    case ElementType::Int64:
        return convertValues<std::int64_t>(bytes, count, isBigEndian, target);
    case ElementType::UInt16:
        return convertValues<std::uint16_t>(bytes, count, isBigEndian, target);
    case ElementType::UInt32:
        return convertValues<std::uint32_t>(bytes, count, isBigEndian, target);
    case ElementType::UInt64:
        return convertValues<std::uint64_t>(bytes, count, isBigEndian, target);
    default:
        return convertValues<std::uint8_t>(bytes, count, isBigEndian, target);
    }
}

void checkRank(const NpyHeader& header, std::optional<std::size_t> rank, const std::filesystem::path& path) {
    if (rank && header.info.shape.size() != *rank)
        throw FormatError({.what = "The array has another number of axes",
                           .file = path,
                           .expected = std::to_string(*rank) + (*rank == 1 ? " axis" : " axes"),
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
                         .expected = "at most " + std::to_string(limit) + " values",
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

/// From Fortran order (first axis fastest) to C order (last axis fastest).
template <typename Scalar>
void reorder(const Shape& shape, std::size_t count, Scalar* values) {
    const std::vector<Scalar> source(values, values + count);
    std::vector<std::size_t> strides(shape.size(), 1);
    for (std::size_t axis = 1; axis < shape.size(); ++axis)
        strides[axis] = strides[axis - 1] * shape[axis - 1];
    std::vector<std::size_t> position(shape.size(), 0);
    std::size_t from = 0;
    for (std::size_t to = 0; to < count; ++to) {
        values[to] = source[from];
        for (std::size_t axis = shape.size(); axis > 0; --axis) {
            from += strides[axis - 1];
            if (++position[axis - 1] < shape[axis - 1])
                break;
            from -= strides[axis - 1] * shape[axis - 1];
            position[axis - 1] = 0;
        }
    }
}

template <typename Scalar>
void readValues(const NpyHeader& header, const std::filesystem::path& path, Scalar* values) {
    forChunks(header, path, [&](const char* bytes, std::size_t first, std::size_t count) {
        const auto done = convert(header.info.type, bytes, count, header.isBigEndian, values + first);
        if (done < count)
            throw FormatError({.what = "A value of the array is too large for its use",
                               .file = path,
                               .place = "byte " + std::to_string(header.dataOffset + (first + done) * header.itemSize),
                               .expected = "a whole number that fits " + std::string(nameOf(elementTypeOf<Scalar>()))});
    });
    if (header.isFortranOrder && header.info.shape.size() > 1)
        reorder(header.info.shape, header.itemCount, values);
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
                          .found = std::to_string(values.size()) + " values"});
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
