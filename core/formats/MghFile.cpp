#include "core/formats/MghFile.h"

#include "core/formats/BigEndianReader.h"
#include "core/formats/Conversion.h"

namespace brainlike {
namespace {

constexpr std::size_t mghHeaderSize = 284;
constexpr std::size_t longestMghAxis = std::size_t(1) << 28;

ElementType readMghType(BigEndianReader& reader) {
    const std::size_t start = reader.position();
    switch (const auto type = reader.readInt32()) {
    case 0:
        return ElementType::UInt8;
    case 1:
        return ElementType::Int32;
    case 3:
        return ElementType::Float32;
    case 4:
        return ElementType::Int16;
    default:
        reader.fail(start, "values of type 0 (uchar), 1 (int), 3 (float) or 4 (short)", std::to_string(type));
    }
}

} // namespace

MghImage readMgh(const std::filesystem::path& path) {
    BigEndianReader reader(path);
    if (const auto version = reader.readInt32(); version != 1)
        reader.fail(0, "version 1 of the MGH format", std::to_string(version));
    std::size_t lengths[4] = {};
    std::size_t total = 1;
    for (auto& length : lengths) {
        const std::size_t start = reader.position();
        const auto value = reader.readInt32();
        if (value < 1 || static_cast<std::size_t>(value) > longestMghAxis / total)
            reader.fail(start, "width, height, depth and frames of at most 268,435,456 values together",
                        std::to_string(value));
        total *= length = static_cast<std::size_t>(value);
    }
    const ElementType type = readMghType(reader);
    (void)reader.readBytes(mghHeaderSize - reader.position());
    reader.requireItems(total, sizeOf(type), "values");
    MghImage image{{lengths[0], lengths[1], lengths[2]}, {}};
    const std::size_t values = total / lengths[3];
    for (std::size_t frame = 0; frame < lengths[3]; ++frame) {
        image.frames.emplace_back(values);
        const auto bytes = reader.readBytes(values * sizeOf(type));
        (void)convertNumbers(type, bytes.data(), values, true, image.frames.back().data());
    }
    return image;
}

} // namespace brainlike
