#include "core/roi/RoiSet.h"

#include "core/base/Error.h"
#include "core/base/HexColor.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

namespace brainlike {
namespace {

using Vertices = std::vector<std::int32_t>;

constexpr std::array<std::array<std::uint8_t, 3>, 7> roiHues{
    {{0, 158, 115}, {230, 159, 0}, {86, 180, 233}, {204, 121, 167}, {240, 228, 66}, {0, 114, 178}, {213, 94, 0}}};

FormatError damagedRoi(const std::string& place, const std::string& expected, const std::string& found) {
    return FormatError({.what = "The regions of interest are damaged",
                        .place = place,
                        .expected = expected,
                        .found = found.substr(0, 80)});
}

std::optional<std::int32_t> vertexFrom(std::string_view text) {
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool isWhole = error == std::errc() && end == text.data() + text.size() && value >= 0;
    return isWhole ? std::optional(value) : std::nullopt;
}

std::array<std::uint8_t, 3> colorFrom(const std::string& text, const std::string& place) {
    const auto color = colorFromHex(text);
    if (!color)
        throw damagedRoi(place, "a colour as \"#rrggbb\"", text);
    return *color;
}

std::string textIn(const nlohmann::json& json, const char* key, const std::string& place) {
    const auto found = json.find(key);
    if (found == json.end())
        return {};
    if (!found->is_string())
        throw damagedRoi(place + "/" + key, "a text", found->dump());
    return found->get<std::string>();
}

Roi roiFromJson(const nlohmann::json& json, const std::string& place, std::size_t number) {
    if (!json.is_object())
        throw damagedRoi(place, "an object with name, color, lh and rh", json.dump());
    Roi roi{.name = textIn(json, "name", place), .color = roiColor(number), .vertices = {}};
    if (roi.name.empty())
        throw damagedRoi(place + "/name", "a name", "none");
    if (const std::string color = textIn(json, "color", place); !color.empty())
        roi.color = colorFrom(color, place + "/color");
    for (const Hemisphere hemisphere : hemispheres) {
        const std::string key(shortName(hemisphere));
        roi.vertices[indexOf(hemisphere)] = verticesFromRuns(textIn(json, key.c_str(), place), place + "/" + key);
    }
    if (roi.vertexCount() == 0)
        throw damagedRoi(place, "vertices of a hemisphere in \"lh\" or \"rh\"", "none");
    return roi;
}

Vertices sorted(std::span<const std::int32_t> vertices) {
    Vertices result(vertices.begin(), vertices.end());
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

} // namespace

const Roi* RoiSet::find(std::string_view name) const {
    const auto found = std::find_if(rois.begin(), rois.end(), [name](const Roi& roi) { return roi.name == name; });
    return found == rois.end() ? nullptr : &*found;
}

SharedRois::SharedRois(RoiSet set) {
    if (!set.rois.empty())
        m_set = std::make_shared<const RoiSet>(std::move(set));
}

const RoiSet& SharedRois::operator*() const {
    static const RoiSet none;
    return m_set ? *m_set : none;
}

std::string runsOf(std::span<const std::int32_t> vertices) {
    std::string text;
    for (std::size_t first = 0; first < vertices.size();) {
        std::size_t last = first;
        while (last + 1 < vertices.size() && vertices[last + 1] == vertices[last] + 1)
            ++last;
        text += (text.empty() ? "" : ",") + std::to_string(vertices[first]);
        if (last > first)
            text += "-" + std::to_string(vertices[last]);
        first = last + 1;
    }
    return text;
}

std::vector<std::int32_t> verticesFromRuns(std::string_view runs, const std::string& place) {
    /// No surface has as many; a longer run would only fill the memory.
    constexpr std::int32_t mostVertices = 10'000'000;
    Vertices vertices;
    while (!runs.empty()) {
        const std::string_view run = runs.substr(0, runs.find(','));
        const auto dash = run.find('-');
        const auto first = vertexFrom(run.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : vertexFrom(run.substr(dash + 1));
        if (!first || !last || *last < *first || *last >= mostVertices ||
            (!vertices.empty() && *first <= vertices.back()))
            throw damagedRoi(place, "ascending vertices as \"0-5,9\"", std::string(run));
        for (std::int32_t vertex = *first; vertex <= *last; ++vertex)
            vertices.push_back(vertex);
        runs.remove_prefix(run.size());
        if (runs == ",")
            throw damagedRoi(place, "a vertex after the comma", "the end");
        if (!runs.empty())
            runs.remove_prefix(1);
    }
    return vertices;
}

nlohmann::json toJson(const RoiSet& set) {
    nlohmann::json list = nlohmann::json::array();
    for (const Roi& roi : set.rois) {
        nlohmann::json json{{"name", roi.name}, {"color", hexOf(roi.color)}};
        for (const Hemisphere hemisphere : hemispheres)
            if (!roi.of(hemisphere).empty())
                json[std::string(shortName(hemisphere))] = runsOf(roi.of(hemisphere));
        list.push_back(std::move(json));
    }
    return list;
}

RoiSet roiSetFromJson(const nlohmann::json& json, const std::string& place) {
    if (!json.is_array())
        throw damagedRoi(place, "a list of regions", json.dump());
    RoiSet set;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string here = place + "/" + std::to_string(i);
        Roi roi = roiFromJson(json[i], here, i);
        if (set.find(roi.name) != nullptr)
            throw damagedRoi(here + "/name", "each name once", roi.name);
        set.rois.push_back(std::move(roi));
    }
    return set;
}

std::array<std::uint8_t, 3> roiColor(std::size_t number) {
    return roiHues[number % roiHues.size()];
}

std::string freshRoiName(const RoiSet& set) {
    for (std::size_t number = 1;; ++number)
        if (const std::string name = "ROI " + std::to_string(number); set.find(name) == nullptr)
            return name;
}

RoiSet withVertices(const RoiSet& set, const std::string& name, Hemisphere hemisphere,
                    std::span<const std::int32_t> vertices) {
    RoiSet next = set;
    auto found = std::find_if(next.rois.begin(), next.rois.end(), [&](const Roi& roi) { return roi.name == name; });
    if (found == next.rois.end()) {
        if (vertices.empty())
            return next;
        next.rois.push_back({.name = name, .color = roiColor(set.rois.size()), .vertices = {}});
        found = std::prev(next.rois.end());
    }
    Vertices& before = found->vertices[indexOf(hemisphere)];
    const Vertices added = sorted(vertices);
    Vertices all;
    std::set_union(before.begin(), before.end(), added.begin(), added.end(), std::back_inserter(all));
    before = std::move(all);
    return next;
}

RoiSet withoutVertices(const RoiSet& set, const std::string& name, Hemisphere hemisphere,
                       std::span<const std::int32_t> vertices) {
    RoiSet next = set;
    const Vertices removed = sorted(vertices);
    for (Roi& roi : next.rois) {
        if (roi.name != name)
            continue;
        Vertices& before = roi.vertices[indexOf(hemisphere)];
        Vertices rest;
        std::set_difference(before.begin(), before.end(), removed.begin(), removed.end(), std::back_inserter(rest));
        before = std::move(rest);
    }
    std::erase_if(next.rois, [](const Roi& roi) { return roi.vertexCount() == 0; });
    return next;
}

RoiSet withoutRoi(const RoiSet& set, std::string_view name) {
    RoiSet next = set;
    std::erase_if(next.rois, [name](const Roi& roi) { return roi.name == name; });
    return next;
}

} // namespace brainlike
