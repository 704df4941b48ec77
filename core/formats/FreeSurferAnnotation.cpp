#include "core/formats/FreeSurferAnnotation.h"

#include "core/base/AtomicFile.h"
#include "core/formats/BigEndianReader.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace brainlike {
namespace {

constexpr std::size_t smallestEntry = 20; ///< bytes: length of the name, red, green, blue, transparency

/// A colour table by its entries' own numbers, which may leave gaps.
struct ColorTable {
    std::map<std::int32_t, Area> entries;
    std::unordered_map<std::int32_t, std::int32_t> entryOfColor; ///< red + 256 green + 65536 blue → number; first wins
};

std::int32_t keyOf(const std::array<std::uint8_t, 4>& color) {
    return color[0] + 256 * color[1] + 65536 * color[2];
}

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
    const std::int32_t key = keyOf(color);
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

void addNumber(std::string& bytes, std::int32_t value) {
    const auto bits = static_cast<std::uint32_t>(value);
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        bytes += static_cast<char>(bits >> shift & 0xFFU);
}

void addText(std::string& bytes, const std::string& text) {
    addNumber(bytes, static_cast<std::int32_t>(text.size() + 1));
    bytes += text + '\0';
}

/// Colours that differ from each other and from black, which stands for no label.
std::vector<std::array<std::uint8_t, 4>> distinctColors(const std::vector<Area>& areas) {
    std::set<std::int32_t> taken{0};
    std::vector<std::array<std::uint8_t, 4>> colors;
    for (const Area& area : areas) {
        auto color = area.color;
        // Blue first: the eye tells its steps least.
        for (std::size_t step = 0; !taken.insert(keyOf(color)).second; ++step)
            ++color[step % 255 == 254 ? 1 : 2];
        colors.push_back(color);
    }
    return colors;
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

void writeFreeSurferAnnotation(const std::filesystem::path& path, const Annotation& annotation) {
    const auto colors = distinctColors(annotation.areas);
    std::string bytes;
    addNumber(bytes, static_cast<std::int32_t>(annotation.labels.size()));
    for (std::size_t vertex = 0; vertex < annotation.labels.size(); ++vertex) {
        const std::int32_t label = annotation.labels[vertex];
        addNumber(bytes, static_cast<std::int32_t>(vertex));
        addNumber(bytes, label < 0 ? 0 : keyOf(colors[static_cast<std::size_t>(label)]));
    }
    const auto count = static_cast<std::int32_t>(annotation.areas.size());
    for (const std::int32_t number : {1, -2, count})
        addNumber(bytes, number);
    addText(bytes, "brainlike");
    addNumber(bytes, count);
    for (std::int32_t area = 0; area < count; ++area) {
        const auto& color = colors[static_cast<std::size_t>(area)];
        addNumber(bytes, area);
        addText(bytes, annotation.areas[static_cast<std::size_t>(area)].name);
        for (const int channel : {int{color[0]}, int{color[1]}, int{color[2]}, 255 - color[3]})
            addNumber(bytes, channel);
    }
    replaceFile(path, bytes);
}

} // namespace brainlike
