#include "core/formats/CiftiFile.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/formats/CiftiXml.h"
#include "core/formats/Conversion.h"
#include "core/formats/FileBytes.h"
#include "core/formats/XmlLabel.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

namespace brainlike {
namespace {

// NIfTI-2: byte positions of what is needed of the header.
constexpr std::size_t niftiHeaderSize = 540;
constexpr std::size_t magicAt = 4, typeAt = 12, shapeAt = 16, dataOffsetAt = 168, slopeAt = 176, interceptAt = 184;
constexpr std::size_t extensionsAt = 544;
constexpr std::int32_t ciftiExtension = 32;
constexpr std::string_view niftiMagic("n+2\0\r\n\x1a\n", 8);

/// The bytes of a NIfTI-2 file, read as numbers of its byte order.
class NiftiBytes {
public:
    NiftiBytes(std::string_view bytes, const std::filesystem::path& file) : m_bytes(bytes), m_file(file) {
        if (!isNifti2(bytes))
            fail(0, "a NIfTI-2 header (CIFTI-2)", "another beginning");
        std::int32_t size = 0;
        std::memcpy(&size, bytes.data(), sizeof size);
        const bool isHostOrder = size == static_cast<std::int32_t>(niftiHeaderSize);
        m_isBigEndian = (std::endian::native == std::endian::big) == isHostOrder;
        m_isSwapped = !isHostOrder;
    }

    template <typename Number>
    [[nodiscard]] Number at(std::size_t position) const {
        char raw[sizeof(Number)];
        std::memcpy(raw, range(position, sizeof(Number)).data(), sizeof raw);
        if (m_isSwapped)
            std::reverse(std::begin(raw), std::end(raw));
        Number value{};
        std::memcpy(&value, raw, sizeof raw);
        return value;
    }

    [[nodiscard]] std::string_view range(std::size_t position, std::size_t count) const {
        if (position > m_bytes.size() || count > m_bytes.size() - position)
            fail(position, std::to_string(count) + " bytes", "the file's end");
        return m_bytes.substr(position, count);
    }

    [[nodiscard]] bool isBigEndian() const { return m_isBigEndian; }

    [[noreturn]] void fail(std::size_t position, const std::string& expected, const std::string& found) const {
        throw FormatError({.what = "The CIFTI file is damaged or not supported",
                           .file = m_file,
                           .place = "byte " + std::to_string(position),
                           .expected = expected,
                           .found = found,
                           .advice = "get or make the file again"});
    }

private:
    std::string_view m_bytes;
    const std::filesystem::path& m_file;
    bool m_isBigEndian = false, m_isSwapped = false;
};

ElementType niftiType(const NiftiBytes& bytes) {
    switch (const auto code = bytes.at<std::int16_t>(typeAt)) {
    case 2:
        return ElementType::UInt8;
    case 4:
        return ElementType::Int16;
    case 8:
        return ElementType::Int32;
    case 16:
        return ElementType::Float32;
    case 64:
        return ElementType::Float64;
    case 256:
        return ElementType::Int8;
    case 512:
        return ElementType::UInt16;
    case 768:
        return ElementType::UInt32;
    case 1024:
        return ElementType::Int64;
    case 1280:
        return ElementType::UInt64;
    default:
        bytes.fail(typeAt, "a datatype of real numbers", "code " + std::to_string(code));
    }
}

/// Lengths of the matrix: maps (fastest in the file), columns.
std::array<std::size_t, 2> matrixLengths(const NiftiBytes& bytes) {
    const auto dimension = [&bytes](std::size_t index) { return bytes.at<std::int64_t>(shapeAt + 8 * index); };
    const bool isMatrix =
        dimension(0) == 6 && dimension(1) == 1 && dimension(2) == 1 && dimension(3) == 1 && dimension(4) == 1;
    constexpr std::int64_t longest = std::int64_t(1) << 31;
    if (!isMatrix || dimension(5) < 1 || dimension(6) < 1 || dimension(5) > longest || dimension(6) > longest)
        bytes.fail(shapeAt, "6 dimensions, the first four of length 1", std::to_string(dimension(0)) + " dimensions");
    return {static_cast<std::size_t>(dimension(5)), static_cast<std::size_t>(dimension(6))};
}

/// The XML among the header's extensions.
std::string_view ciftiXml(const NiftiBytes& bytes, std::size_t dataOffset) {
    for (std::size_t position = extensionsAt; position + 8 <= dataOffset;) {
        const auto size = bytes.at<std::int32_t>(position);
        const auto kind = bytes.at<std::int32_t>(position + 4);
        if (size < 8 || static_cast<std::size_t>(size) > dataOffset - position)
            bytes.fail(position, "an extension that ends before the data", std::to_string(size) + " bytes");
        if (kind == ciftiExtension) {
            const auto xml = bytes.range(position + 8, static_cast<std::size_t>(size) - 8);
            return xml.substr(0, xml.find_last_not_of('\0') + 1);
        }
        position += static_cast<std::size_t>(size);
    }
    bytes.fail(extensionsAt, "CIFTI's XML (extension code 32)", "none: a NIfTI volume?");
}

std::size_t dataOffset(const NiftiBytes& bytes) {
    const auto offset = bytes.at<std::int64_t>(dataOffsetAt);
    if (offset < static_cast<std::int64_t>(extensionsAt))
        bytes.fail(dataOffsetAt, "the data's place", std::to_string(offset));
    (void)bytes.range(static_cast<std::size_t>(offset), 0);
    return static_cast<std::size_t>(offset);
}

RowMatrix<float> readMatrix(const NiftiBytes& bytes, std::size_t offset, std::array<std::size_t, 2> lengths) {
    const ElementType type = niftiType(bytes);
    const auto count = elementCount({lengths[0], lengths[1]});
    if (count > (std::size_t(1) << 40) / sizeOf(type))
        bytes.fail(shapeAt, "a matrix that fits the file", describe({type, {lengths[0], lengths[1]}}));
    const auto data = bytes.range(offset, count * sizeOf(type));
    RowMatrix<float> columns(static_cast<Eigen::Index>(lengths[1]), static_cast<Eigen::Index>(lengths[0]));
    (void)convertNumbers(type, data.data(), count, bytes.isBigEndian(), columns.data());
    const auto slope = bytes.at<double>(slopeAt);
    const auto intercept = bytes.at<double>(interceptAt);
    if (std::isfinite(slope) && std::isfinite(intercept) && slope != 0 && (slope != 1 || intercept != 0))
        columns = (columns.cast<double>().array() * slope + intercept).cast<float>();
    return columns.transpose();
}

const CiftiSurface* surfaceOf(const CiftiImage& image, Hemisphere hemisphere) {
    const auto found = std::find_if(image.surfaces.begin(), image.surfaces.end(), [&](const CiftiSurface& surface) {
        return cortexOf(surface.structure) == hemisphere;
    });
    return found == image.surfaces.end() ? nullptr : &*found;
}

} // namespace

bool isNifti2(std::string_view bytes) {
    return bytes.size() >= extensionsAt && bytes.substr(magicAt, niftiMagic.size()) == niftiMagic &&
           (bytes.starts_with(std::string_view("\x1c\x02\0\0", 4)) ||
            bytes.starts_with(std::string_view("\0\0\x02\x1c", 4)));
}

CiftiImage readCifti(const std::filesystem::path& path) {
    const std::string unpackedBytes = readUnpackedBytes(path);
    const NiftiBytes bytes(unpackedBytes, path);
    const auto lengths = matrixLengths(bytes);
    const auto offset = dataOffset(bytes);
    CiftiAxes axes = parseCiftiXml(ciftiXml(bytes, offset), path);
    if (axes.maps.size() != lengths[0] || axes.columns != lengths[1])
        bytes.fail(shapeAt,
                   std::to_string(axes.maps.size()) + " maps × " + std::to_string(axes.columns) +
                       " columns, as the XML says",
                   std::to_string(lengths[0]) + " × " + std::to_string(lengths[1]));
    return {std::move(axes.maps), axes.isLabels, std::move(axes.surfaces), std::move(axes.parcels),
            readMatrix(bytes, offset, lengths)};
}

std::optional<std::vector<float>> cortexMap(const CiftiImage& image, std::size_t map, Hemisphere hemisphere) {
    const CiftiSurface* surface = surfaceOf(image, hemisphere);
    if (surface == nullptr)
        return std::nullopt;
    std::vector<float> values(static_cast<std::size_t>(surface->vertexCount), undefinedFloat);
    for (std::size_t index = 0; index < surface->vertices.size(); ++index)
        values[static_cast<std::size_t>(surface->vertices[index])] =
            image.values(static_cast<Eigen::Index>(map), static_cast<Eigen::Index>(surface->offset + index));
    return values;
}

std::optional<Annotation> cortexLabels(const CiftiImage& image, std::size_t map, Hemisphere hemisphere,
                                       const std::filesystem::path& file) {
    if (!image.isLabels || map >= image.maps.size())
        throw FormatError({.what = "The CIFTI file is of another kind",
                           .file = file,
                           .expected = "labels (.dlabel.nii)",
                           .found = image.isLabels ? "fewer maps" : "scalars"});
    const auto values = cortexMap(image, map, hemisphere);
    if (!values)
        return std::nullopt;
    std::vector<std::int32_t> keys(values->size(), std::numeric_limits<std::int32_t>::min());
    for (std::size_t vertex = 0; vertex < keys.size(); ++vertex)
        if (std::abs((*values)[vertex]) < 1e9F)
            keys[vertex] = static_cast<std::int32_t>(std::lround((*values)[vertex]));
    return annotationFrom(image.maps[map].labels, keys);
}

std::optional<Hemisphere> cortexOf(std::string_view structure) {
    if (structure == "CIFTI_STRUCTURE_CORTEX_LEFT")
        return Hemisphere::Left;
    if (structure == "CIFTI_STRUCTURE_CORTEX_RIGHT")
        return Hemisphere::Right;
    return std::nullopt;
}

} // namespace brainlike
