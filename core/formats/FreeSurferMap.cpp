#include "core/formats/FreeSurferMap.h"

#include "core/formats/BigEndianReader.h"
#include "core/formats/Conversion.h"

namespace brainlike {

std::vector<float> readFreeSurferMap(const std::filesystem::path& path) {
    BigEndianReader reader(path);
    if (reader.readUnsigned24() != 0xFFFFFF)
        reader.fail(0, "FF FF FF, a map in the newer binary format", "another beginning");
    const std::size_t vertices = reader.readCount(4, "values");
    (void)reader.readInt32(); // number of faces, which a map does not need
    const std::size_t start = reader.position();
    if (const auto perVertex = reader.readInt32(); perVertex != 1)
        reader.fail(start, "one value a vertex", std::to_string(perVertex));
    std::vector<float> values(vertices);
    const auto bytes = reader.readBytes(vertices * sizeof(float));
    (void)convertNumbers(ElementType::Float32, bytes.data(), vertices, true, values.data());
    return values;
}

} // namespace brainlike
