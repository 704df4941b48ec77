#include "core/formats/FreeSurferAnnotation.h"

#include "core/base/AtomicFile.h"
#include "core/base/HexColor.h"
#include "core/formats/BigEndianReader.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <set>
#include <sstream>
#include <string_view>
#include <unordered_map>

namespace brainlike {
namespace {

constexpr std::size_t smallestEntry = 20; ///< bytes: length of the name, red, green, blue, transparency
/// What a table that we wrote says of where it came from; what the entries cannot tell follows,
/// " 3=#ff0000 5=outside": colours that had to differ, and what is not cortex.
constexpr std::string_view ownOrigin = "brainlike";
constexpr std::string_view outsideWord = "outside";

/// A colour table by its entries' own numbers, which may leave gaps.
struct ColorTable {
    std::string origin;
    std::map<std::int32_t, Area> entries;
    std::unordered_map<std::int32_t, std::int32_t> entryOfColor; ///< red + 256 green + 65536 blue → number; first wins

    [[nodiscard]] bool isOwn() const { return origin == ownOrigin || origin.starts_with(std::string(ownOrigin) + " "); }
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
    // Names that we wrote are the user's: no prefix is of the hemisphere, none means the medial wall.
    table.entries.insert_or_assign(number, table.isOwn() ? Area{name, color, true} : areaFromTable(name, color));
    table.entryOfColor.emplace(key, number);
}

/// Takes over what the origin of a table of ours tells of its entries; what cannot be read is left.
void restoreAreas(ColorTable& table) {
    if (!table.isOwn())
        return;
    std::istringstream words(table.origin.substr(ownOrigin.size()));
    for (std::string word; words >> word;) {
        int number = 0, length = 0;
        if (std::sscanf(word.c_str(), "%9d=%n", &number, &length) != 1 || length == 0)
            continue;
        const auto found = table.entries.find(number);
        if (found == table.entries.end())
            continue;
        if (word.substr(static_cast<std::size_t>(length)) == outsideWord)
            found->second.isCortex = false;
        else if (const auto color = colorFromHex(word.substr(static_cast<std::size_t>(length))))
            std::copy(color->begin(), color->end(), found->second.color.begin());
    }
}

ColorTable readOldTable(BigEndianReader& reader, std::size_t count) {
    ColorTable table;
    reader.requireItems(count, smallestEntry, "colours");
    table.origin = reader.readText();
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
    table.origin = reader.readText();
    const std::size_t count = reader.readCount(smallestEntry + 4, "colours");
    for (std::size_t entry = 0; entry < count; ++entry) {
        const std::size_t start = reader.position();
        const std::int32_t number = reader.readInt32();
        if (number < 0 || number >= limit)
            reader.fail(start, "an entry from 0 to " + std::to_string(limit - 1), std::to_string(number));
        readEntry(reader, number, table);
    }
    restoreAreas(table);
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

/// Where a table comes from, with what its entries cannot tell.
std::string originOf(const std::vector<Area>& areas, const std::vector<std::array<std::uint8_t, 4>>& written) {
    std::string origin(ownOrigin);
    for (std::size_t area = 0; area < areas.size(); ++area) {
        const auto& color = areas[area].color;
        const std::string entry = " " + std::to_string(area) + "=";
        if (color != written[area])
            origin += entry + hexOf({color[0], color[1], color[2]});
        if (!areas[area].isCortex)
            origin += entry + std::string(outsideWord);
    }
    return origin;
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

bool isOwnAnnotation(std::string_view bytes) {
    const auto numberAt = [&](std::size_t place) {
        std::uint32_t number = 0;
        for (std::size_t byte = 0; byte < 4; ++byte)
            number = number << 8U | static_cast<unsigned char>(bytes[place + byte]);
        return number;
    };
    constexpr std::size_t headSize = 16; // has a table, version, entries, length of the origin
    if (bytes.size() < 4)
        return false;
    const std::size_t table = 4 + std::size_t{8} * numberAt(0);
    if (bytes.size() < table + headSize + ownOrigin.size() || numberAt(table) != 1)
        return false;
    const std::string_view origin = bytes.substr(table + headSize);
    return origin.starts_with(ownOrigin) &&
           (origin.size() == ownOrigin.size() || origin[ownOrigin.size()] == '\0' || origin[ownOrigin.size()] == ' ');
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
    addText(bytes, originOf(annotation.areas, colors));
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
