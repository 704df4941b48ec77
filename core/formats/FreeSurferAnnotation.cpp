#include "core/formats/FreeSurferAnnotation.h"

#include "core/formats/BigEndianReader.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace brainlike {
namespace {

constexpr std::size_t smallestEntry = 20; ///< bytes: length of the name, red, green, blue, transparency

/// A colour table by its entries' own numbers, which may leave gaps.
struct ColorTable {
    std::map<std::int32_t, Area> entries;
    std::unordered_map<std::int32_t, std::int32_t> entryOfColor; ///< red + 256 green + 65536 blue → number; first wins
};

void readEntry(BigEndianReader& reader, std::int32_t number, ColorTable& table) {
    const std::string name = reader.readText();
    std::array<std::uint8_t, 4> color{};
    for (auto& channel : color) {
        const std::size_t start = reader.position();
        const std::int32_t value = reader.readInt32();
        if (value < 0 || value > 255)
            reader.fail(start, "a colour from 0 to 255", std::to_string(value));
        channel = static_cast<std::uint8_t>(value);
    }
    const std::int32_t key = color[0] + 256 * color[1] + 65536 * color[2];
    color[3] = static_cast<std::uint8_t>(255 - color[3]); // the file keeps transparency
    table.entries.insert_or_assign(number, areaFromTable(name, color));
    table.entryOfColor.emplace(key, number);
}

ColorTable readOldTable(BigEndianReader& reader, std::size_t count) {
    ColorTable table;
    reader.requireItems(count, smallestEntry, "colours");
    (void)reader.readText(); // where the table came from
    for (std::size_t entry = 0; entry < count; ++entry)
        readEntry(reader, static_cast<std::int32_t>(entry), table);
    return table;
}

ColorTable readNewTable(BigEndianReader& reader) {
    ColorTable table;
    const std::size_t limitStart = reader.position();
    const std::int32_t limit = reader.readInt32();
    if (limit < 0)
        reader.fail(limitStart, "a number of colours", std::to_string(limit));
    (void)reader.readText();
    const std::size_t count = reader.readCount(smallestEntry + 4, "colours");
    for (std::size_t entry = 0; entry < count; ++entry) {
        const std::size_t start = reader.position();
        const std::int32_t number = reader.readInt32();
        if (number < 0 || number >= limit)
            reader.fail(start, "an entry from 0 to " + std::to_string(limit - 1), std::to_string(number));
        readEntry(reader, number, table);
    }
    return table;
}

ColorTable readTable(BigEndianReader& reader) {
    const std::size_t start = reader.position();
    if (const auto hasTable = reader.readInt32(); hasTable == 0)
        reader.fail(start, "a colour table", "an annotation without one");
    const std::int32_t version = reader.readInt32();
    if (version > 0)
        return readOldTable(reader, static_cast<std::size_t>(version));
    if (version != -2)
        reader.fail(start + 4, "a colour table of version 2", "version " + std::to_string(-std::int64_t(version)));
    return readNewTable(reader);
}

} // namespace

Annotation readFreeSurferAnnotation(const std::filesystem::path& path) {
    BigEndianReader reader(path);
    const std::size_t vertices = reader.readCount(8, "vertices");
    std::vector<std::int32_t> colors(vertices, -1);
    for (std::size_t index = 0; index < vertices; ++index) {
        const std::size_t start = reader.position();
        const std::int32_t vertex = reader.readInt32();
        if (vertex < 0 || static_cast<std::size_t>(vertex) >= vertices)
            reader.fail(start, "a vertex from 0 to " + std::to_string(vertices - 1), std::to_string(vertex));
        colors[static_cast<std::size_t>(vertex)] = reader.readInt32();
    }
    const ColorTable table = readTable(reader);
    Annotation annotation;
    std::unordered_map<std::int32_t, std::int32_t> areaOfEntry;
    for (const auto& [number, area] : table.entries) {
        areaOfEntry[number] = static_cast<std::int32_t>(annotation.areas.size());
        annotation.areas.push_back(area);
    }
    annotation.labels.assign(vertices, -1);
    for (std::size_t vertex = 0; vertex < vertices; ++vertex)
        if (const auto found = table.entryOfColor.find(colors[vertex]); found != table.entryOfColor.end())
            annotation.labels[vertex] = areaOfEntry.at(found->second);
    return annotation;
}

} // namespace brainlike
