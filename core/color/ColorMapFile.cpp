#include "core/color/ColorMapFile.h"

#include "core/base/Error.h"
#include "core/base/HexColor.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <expat.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

namespace brainlike {
namespace {

constexpr int sampleCount = 256;
constexpr std::size_t largestFile = 16 << 20;

/// A colour at a place of a map; channels 0 … 1.
struct ColorPoint {
    double place = 0;
    std::array<double, 3> color{};
};

FormatError wrongMap(const std::string& what, const std::filesystem::path& file, const std::string& place,
                     const std::string& expected, const std::string& found) {
    return FormatError({.what = what, .file = file.string(), .place = place, .expected = expected, .found = found});
}

std::string contentOf(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    std::ifstream stream(file, std::ios::binary);
    if (error || !stream)
        throw FileError({.what = "The colour map cannot be read",
                         .file = file.string(),
                         .found = error ? error.message() : "cannot be opened"});
    if (size > largestFile)
        throw wrongMap("The file is too large for a colour map", file, {}, "at most 16 MiB",
                       std::to_string(size) + " bytes");
    return {std::istreambuf_iterator<char>(stream), {}};
}

Rgba8 rounded(const std::array<double, 3>& color) {
    const auto channel = [](double value) {
        return static_cast<std::uint8_t>(std::lround(255 * std::clamp(value, 0.0, 1.0)));
    };
    return {channel(color[0]), channel(color[1]), channel(color[2]), 255};
}

void checkPoints(const std::vector<ColorPoint>& points, const std::filesystem::path& file) {
    if (points.size() < 2)
        throw wrongMap("The colour map has too few points", file, {}, "at least 2", std::to_string(points.size()));
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto& color = points[i].color;
        const bool isColor = std::all_of(color.begin(), color.end(), [](double c) { return c >= 0 && c <= 1; });
        if (!std::isfinite(points[i].place) || !isColor)
            throw wrongMap("A point of the colour map is no colour", file, "point " + std::to_string(i),
                           "a finite place and channels from 0 to 1", "something else");
        if (i > 0 && points[i].place < points[i - 1].place)
            throw wrongMap("The points of the colour map do not ascend", file, "point " + std::to_string(i),
                           "a place of at least " + std::to_string(points[i - 1].place),
                           std::to_string(points[i].place));
    }
    if (!(points.front().place < points.back().place))
        throw wrongMap("The points of the colour map lie at one place", file, {}, "a range of places", "none");
}

std::vector<Rgba8> sampled(const std::vector<ColorPoint>& points) {
    std::vector<Rgba8> colors;
    std::size_t next = 1;
    for (int i = 0; i < sampleCount; ++i) {
        const double share = i / (sampleCount - 1.0);
        const double place = points.front().place + share * (points.back().place - points.front().place);
        while (next + 1 < points.size() && points[next].place < place)
            ++next;
        const ColorPoint& a = points[next - 1];
        const ColorPoint& b = points[next];
        const double t = b.place > a.place ? std::clamp((place - a.place) / (b.place - a.place), 0.0, 1.0) : 1;
        std::array<double, 3> color{};
        for (std::size_t c = 0; c < 3; ++c)
            color[c] = a.color[c] + t * (b.color[c] - a.color[c]);
        colors.push_back(rounded(color));
    }
    return colors;
}

std::vector<Rgba8> listedColors(const nlohmann::json& list, const std::filesystem::path& file) {
    std::vector<Rgba8> colors;
    for (const auto& entry : list) {
        const auto color = entry.is_string() ? colorFromHex(entry.get<std::string>()) : std::nullopt;
        if (!color)
            throw wrongMap("A colour of the map cannot be read", file, "/colors/" + std::to_string(colors.size()),
                           "a colour as \"#1f77b4\"", entry.dump());
        const auto [red, green, blue] = *color;
        colors.push_back({red, green, blue, 255});
    }
    if (colors.size() < 2)
        throw wrongMap("The colour map has too few colours", file, "/colors", "at least 2",
                       std::to_string(colors.size()));
    return colors;
}

std::vector<ColorPoint> presetPoints(const nlohmann::json& numbers, const std::filesystem::path& file) {
    const bool isList = numbers.is_array() && numbers.size() % 4 == 0 &&
                        std::all_of(numbers.begin(), numbers.end(), [](const auto& n) { return n.is_number(); });
    if (!isList)
        throw wrongMap("The preset's points cannot be read", file, "/0/RGBPoints", "four numbers a point",
                       "another list");
    std::vector<ColorPoint> points;
    for (std::size_t i = 0; i < numbers.size(); i += 4)
        points.push_back({numbers[i], {numbers[i + 1], numbers[i + 2], numbers[i + 3]}});
    return points;
}

std::vector<Rgba8> fromJson(const std::string& content, const std::filesystem::path& file) {
    nlohmann::json json;
    try {
        json = nlohmann::json::parse(content);
    } catch (const nlohmann::json::parse_error& error) {
        throw wrongMap("The colour map is no JSON", file, "byte " + std::to_string(error.byte), "JSON", error.what());
    }
    if (json.is_object() && json.contains("colors") && json["colors"].is_array())
        return listedColors(json["colors"], file);
    const nlohmann::json& preset = json.is_array() && !json.empty() ? json[0] : json;
    if (preset.is_object() && preset.contains("RGBPoints")) {
        const auto points = presetPoints(preset["RGBPoints"], file);
        checkPoints(points, file);
        return sampled(points);
    }
    throw wrongMap("The file holds no colour map", file, {}, "\"colors\" or ParaView's \"RGBPoints\"", "other JSON");
}

/// What is gathered while ParaView's XML is read.
struct XmlReading {
    std::vector<ColorPoint> points;
    int maps = 0;
    std::string problem;
};

std::optional<double> attribute(const char** attributes, std::string_view name) {
    for (; attributes[0] != nullptr; attributes += 2)
        if (name == attributes[0]) {
            const std::string_view text = attributes[1];
            double value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
        }
    return std::nullopt;
}

void startElement(void* data, const char* name, const char** attributes) {
    auto& reading = *static_cast<XmlReading*>(data);
    const std::string_view element = name;
    if (element == "ColorMap")
        ++reading.maps;
    if (element != "Point" || reading.maps != 1)
        return;
    const auto x = attribute(attributes, "x"), r = attribute(attributes, "r"), g = attribute(attributes, "g"),
               b = attribute(attributes, "b");
    if (x && r && g && b)
        reading.points.push_back({*x, {*r, *g, *b}});
    else if (reading.problem.empty())
        reading.problem = "point " + std::to_string(reading.points.size());
}

std::vector<Rgba8> fromXml(const std::string& content, const std::filesystem::path& file) {
    XmlReading reading;
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate(nullptr),
                                                                              XML_ParserFree);
    XML_SetUserData(parser.get(), &reading);
    XML_SetElementHandler(parser.get(), startElement, nullptr);
    if (XML_Parse(parser.get(), content.data(), static_cast<int>(content.size()), 1) == XML_STATUS_ERROR)
        throw wrongMap("The colour map is no XML", file,
                       "line " + std::to_string(XML_GetCurrentLineNumber(parser.get())), "XML as ParaView writes it",
                       XML_ErrorString(XML_GetErrorCode(parser.get())));
    if (!reading.problem.empty())
        throw wrongMap("A point of the colour map cannot be read", file, reading.problem, "numbers x, r, g and b",
                       "something else");
    checkPoints(reading.points, file);
    return sampled(reading.points);
}

} // namespace

ColorMap readColorMap(const std::filesystem::path& file) {
    const std::string content = contentOf(file);
    const std::size_t first = content.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    const bool isXml = first != std::string::npos && content[first] == '<';
    return {file.stem().string(), isXml ? fromXml(content, file) : fromJson(content, file)};
}

bool isColorMapFile(const std::string& nameOrFile) {
    return nameOrFile.find_first_of("./\\") != std::string::npos;
}

ColorMap colorMapFrom(const std::string& nameOrFile) {
    return isColorMapFile(nameOrFile) ? readColorMap(nameOrFile) : ColorMap::named(nameOrFile);
}

} // namespace brainlike
