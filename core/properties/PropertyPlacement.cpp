#include "core/properties/PropertyPlacement.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/properties/SphereTransfer.h"
#include "core/templates/TemplateSize.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace brainlike {
namespace {

constexpr std::size_t fsLr32k = 32492;
constexpr double manyZeros = 0.01; ///< share that looks like vertices without a measurement

using Sides = std::array<std::vector<float>, 2>;

std::string sizeText(std::size_t vertices) {
    const std::string text = std::to_string(vertices) + " vertices a hemisphere";
    return vertices == fsLr32k ? text + " (fsLR 32k)" : text;
}

/// fsLR 164k has as many vertices as fsaverage: only the name tells.
bool isNamedFsLr(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    return name.find("fsLR") != std::string::npos || name.find("fs_LR") != std::string::npos;
}

/// Whether the template's vertices are the first ones of a denser surface.
bool isDenser(std::size_t vertices, int ofTemplate) {
    return static_cast<int>(vertices) > ofTemplate && isIcosahedralSize(ofTemplate) &&
           isIcosahedralSize(static_cast<int>(vertices));
}

/// Values of both hemispheres, one after the other, as a hemisphere each.
Sides split(const std::vector<float>& values, VertexCounts counts) {
    return {std::vector(values.begin(), values.begin() + counts.left),
            std::vector(values.begin() + counts.left, values.end())};
}

/// The hemispheres of a map of vertices. What is as long as both is of both, whatever its name.
Sides sidesOf(const FoundMap& map, const std::filesystem::path& file, const PropertyTarget& target,
              UntoldHemisphere untold) {
    const auto left = static_cast<std::size_t>(target.counts.left);
    const auto total = static_cast<std::size_t>(target.counts.total());
    for (const auto* values : {&map.untold, &map.sides[0], &map.sides[1]})
        if (values->size() == total && map.sides[0].size() + map.sides[1].size() + map.untold.size() == total)
            return split(*values, target.counts);
    if (map.untold.empty())
        return map.sides;
    if (untold == UntoldHemisphere::Left)
        return Sides{map.untold, std::vector<float>()};
    if (untold == UntoldHemisphere::Right)
        return Sides{std::vector<float>(), map.untold};
    throw ValueError({.what = "The map does not tell which hemisphere it is of",
                      .file = file.string(),
                      .expected = "lh, rh, L or R in its name, or " + std::to_string(2 * left) +
                                  " values: both hemispheres of " + target.templateName,
                      .found = std::to_string(map.untold.size()) + " values",
                      .advice = "say --hemisphere lh or rh, or give both files: lh.…,rh.…"});
}

[[noreturn]] void refuseSurface(const std::filesystem::path& file, std::size_t vertices, const PropertyTarget& target,
                                Hemisphere hemisphere) {
    throw ShapeError(
        {.what = "The map lies on another surface than the study's template",
         .file = file.string(),
         .place = std::string(shortName(hemisphere)),
         .expected = std::to_string(target.counts.of(hemisphere)) + " vertices (" + target.templateName + ")",
         .found = sizeText(vertices) + (isNamedFsLr(file) ? ", fsLR by its name" : ""),
         .advice = "give the parcellation of its own surface (--labels F: GIFTI label, annot or dlabel), or its sphere "
                   "registered to fsaverage (--sphere F), or resample it to " +
                   target.templateName});
}

/// One hemisphere of a map on its way to the template.
class SidePlacer {
public:
    SidePlacer(const std::filesystem::path& file, const PropertyTarget& target, const PlacementOptions& options,
               Hemisphere hemisphere)
        : m_file(file), m_target(target), m_options(options), m_hemisphere(hemisphere) {}

    /// @param property  gets values, placement and whether they are a vertex's own
    void place(std::vector<float> values, Property& property) const {
        removeZeros(values, property);
        const auto& labels = m_options.labels[indexOf(m_hemisphere)];
        if (labels && labels->labels.size() == values.size())
            return placeAreas(values, *labels, property);
        property.isPerVertex = true;
        put(onTemplate(std::move(values), property), property);
    }

private:
    void removeZeros(std::vector<float>& values, Property& property) const {
        const auto zeros = std::count(values.begin(), values.end(), 0.0F);
        if (m_options.zeros == ZeroMeaning::Missing)
            std::replace(values.begin(), values.end(), 0.0F, undefinedFloat);
        else if (static_cast<double>(zeros) > manyZeros * static_cast<double>(values.size()))
            note(property, std::to_string(zeros) + " values of exactly 0 in " + std::string(shortName(m_hemisphere)) +
                               " count as values; if they mark vertices without one, say --zeros missing");
    }

    static void note(Property& property, std::string text) { property.notes.push_back(std::move(text)); }

    void placeAreas(const std::vector<float>& values, const Annotation& labels, Property& property) const {
        std::map<std::string, std::pair<double, int>> sums;
        for (std::size_t vertex = 0; vertex < values.size(); ++vertex) {
            const auto label = labels.labels[vertex];
            if (label < 0 || !labels.areas[static_cast<std::size_t>(label)].isCortex || !std::isfinite(values[vertex]))
                continue;
            auto& [sum, count] = sums[labels.areas[static_cast<std::size_t>(label)].name];
            sum += static_cast<double>(values[vertex]);
            ++count;
        }
        std::vector<AreaValue> areas;
        for (const auto& [name, sum] : sums)
            areas.push_back({m_hemisphere, name, sum.first / sum.second});
        property.placement = "mean of each area of its own surface";
        merge(spreadOverAreas(areas, m_target, m_file.string()), property);
    }

    [[nodiscard]] std::vector<float> onTemplate(std::vector<float> values, Property& property) const {
        const auto& sphere = m_options.spheres[indexOf(m_hemisphere)];
        const auto expected = static_cast<std::size_t>(m_target.counts.of(m_hemisphere));
        if (sphere && static_cast<std::size_t>(sphere->vertexCount()) == values.size()) {
            property.placement = "value of the nearest vertex on the registered sphere";
            std::vector<float> moved;
            for (const auto vertex : nearestOnSphere(m_target.readSphere(m_hemisphere), *sphere))
                moved.push_back(values[static_cast<std::size_t>(vertex)]);
            return moved;
        }
        if (isNamedFsLr(m_file) ||
            (values.size() != expected && !isDenser(values.size(), m_target.counts.of(m_hemisphere))))
            refuseSurface(m_file, values.size(), m_target, m_hemisphere);
        property.placement = values.size() == expected
                                 ? "as it lies on " + m_target.templateName
                                 : "the first " + std::to_string(expected) + " of " + std::to_string(values.size()) +
                                       " vertices of a denser fsaverage";
        values.resize(expected);
        return values;
    }

    void put(const std::vector<float>& values, Property& property) const {
        for (std::size_t vertex = 0; vertex < values.size(); ++vertex) {
            const VertexId id{m_hemisphere, static_cast<int>(vertex)};
            if (std::isfinite(values[vertex]) && m_target.parcellation.areaOf(id) != nullptr)
                property.values[static_cast<std::size_t>(m_target.counts.flatIndex(id))] =
                    static_cast<double>(values[vertex]);
        }
    }

    static void merge(const std::vector<double>& values, Property& property) {
        for (std::size_t vertex = 0; vertex < values.size(); ++vertex)
            if (std::isfinite(values[vertex]))
                property.values[vertex] = values[vertex];
    }

    const std::filesystem::path& m_file;
    const PropertyTarget& m_target;
    const PlacementOptions& m_options;
    Hemisphere m_hemisphere;
};

std::vector<AreaValue> areasOf(const FoundMap& map, UntoldHemisphere untold, Property& property) {
    const auto isUntold = [](const auto& side) { return !side; };
    if (untold == UntoldHemisphere::Unknown && std::any_of(map.areaSides.begin(), map.areaSides.end(), isUntold))
        property.notes.emplace_back("the table does not tell the hemisphere: taken as the left one; --hemisphere says "
                                    "otherwise");
    std::vector<AreaValue> areas;
    for (std::size_t row = 0; row < map.areas.size(); ++row)
        for (const Hemisphere hemisphere : hemispheres) {
            const auto assumed = untold == UntoldHemisphere::Right ? Hemisphere::Right : Hemisphere::Left;
            const bool isOfBoth = !map.areaSides[row] && untold == UntoldHemisphere::Both;
            if (isOfBoth || map.areaSides[row].value_or(assumed) == hemisphere)
                areas.push_back({hemisphere, map.areas[row], map.areaValues[row]});
        }
    return areas;
}

} // namespace

Property placedProperty(const FoundMap& map, const std::filesystem::path& file, const PropertyTarget& target,
                        const PlacementOptions& options) {
    Property property{.name = map.name, .source = file.filename().string()};
    if (!map.areas.empty()) {
        property.placement = "value of each area";
        property.values = spreadOverAreas(areasOf(map, options.untold, property), target, file.string());
    } else {
        property.values.assign(static_cast<std::size_t>(target.counts.total()), undefined);
        const auto sides = sidesOf(map, file, target, options.untold);
        for (const Hemisphere hemisphere : hemispheres)
            if (const auto& values = sides[indexOf(hemisphere)]; !values.empty())
                SidePlacer(file, target, options, hemisphere).place(values, property);
    }
    if (std::none_of(property.values.begin(), property.values.end(), [](double v) { return std::isfinite(v); }))
        throw ValueError({.what = "The map has no value on the cortex", .file = file.string(), .found = "NaN alone"});
    return property;
}

} // namespace brainlike
