#include "core/color/ColorMap.h"

#include "core/base/Error.h"
#include "resources/Resources.h"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

namespace brainlike {
namespace {

constexpr std::string_view folder = "colormaps/";
constexpr std::string_view suffix = ".json";

std::uint8_t channel(const std::string& hex, std::size_t place) {
    return static_cast<std::uint8_t>(std::stoul(hex.substr(place, 2), nullptr, 16));
}

std::string listOf(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

ColorMap readNamed(std::string_view name) {
    const auto bytes = resource(std::string(folder) + std::string(name) + std::string(suffix));
    if (!bytes)
        throw NotFoundError({.what = "There is no colour map of this name",
                             .expected = "one of " + listOf(ColorMap::names()),
                             .found = std::string(name)});
    const auto json = nlohmann::json::parse(*bytes);
    std::vector<Rgba8> colors;
    for (const auto& entry : json.at("colors")) {
        const auto hex = entry.get<std::string>();
        colors.push_back({channel(hex, 1), channel(hex, 3), channel(hex, 5), 255});
    }
    return {std::string(name), std::move(colors)};
}

} // namespace

ColorMap ColorMap::named(std::string_view name) {
    // Maps are asked for at every change of colours.
    static std::mutex mutex;
    static std::map<std::string, ColorMap, std::less<>> known;
    const std::scoped_lock lock(mutex);
    const auto found = known.find(name);
    return found != known.end() ? found->second : known.emplace(name, readNamed(name)).first->second;
}

std::vector<std::string> ColorMap::names() {
    std::vector<std::string> found;
    for (const std::string_view path : resourcePaths())
        if (path.starts_with(folder) && path.ends_with(suffix))
            found.emplace_back(path.substr(folder.size(), path.size() - folder.size() - suffix.size()));
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<std::string> ColorMap::names(std::string_view kind) {
    std::vector<std::string> found;
    for (const std::string& name : names())
        if (nlohmann::json::parse(*resource(std::string(folder) + name + std::string(suffix))).at("kind") == kind)
            found.push_back(name);
    return found;
}

ColorMap::ColorMap(std::string name, std::vector<Rgba8> colors) : m_name(std::move(name)), m_colors(std::move(colors)) {
    if (m_colors.empty())
        throw ShapeError(
            {.what = "A colour map needs colours", .place = m_name, .expected = "at least one", .found = "none"});
}

Rgba8 ColorMap::at(double position) const {
    const auto last = static_cast<double>(m_colors.size() - 1);
    const double place = position * static_cast<double>(m_colors.size());
    return m_colors[static_cast<std::size_t>(place > 0 ? std::min(place, last) : 0)];
}

} // namespace brainlike
