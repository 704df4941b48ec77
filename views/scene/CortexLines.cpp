#include "views/scene/CortexLines.h"

#include "core/surface/Contours.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace brainlike {
namespace {

constexpr Rgba8 chosenColor{255, 255, 255, 255};
constexpr Rgba8 significanceColor{255, 255, 255, 255};
constexpr Rgba8 thresholdColor{0, 0, 0, 255};
/// −log10 q of what cannot be told from 0.
constexpr float smallestQ = 1e-30F;

std::vector<FacePoint> borderPoints(const CortexSide& side, std::span<const std::int32_t> labels) {
    return smoothOutlines(outlineSegments(side.mesh, labels), side.mesh, side.normals, outlineLift).points;
}

FacePoint facePoint(const ContourPoint& point) {
    return {{point.vertices[0], point.vertices[1], point.vertices[1]},
            {static_cast<float>(1 - point.share), static_cast<float>(point.share), 0}};
}

/// Between two points on edges of one face.
FacePoint between(const ContourPoint& from, const ContourPoint& to, double share) {
    FacePoint point{{-1, -1, -1}, {0, 0, 0}};
    const auto add = [&point](std::int32_t vertex, double weight) {
        for (std::size_t i = 0; i < point.vertices.size(); ++i)
            if (point.vertices[i] == vertex || point.vertices[i] < 0) {
                point.vertices[i] = vertex;
                point.weights[i] += static_cast<float>(weight);
                return;
            }
    };
    for (const auto& [end, part] : {std::pair{&from, 1 - share}, {&to, share}}) {
        add(end->vertices[0], part * (1 - end->share));
        add(end->vertices[1], part * end->share);
    }
    if (point.vertices[2] < 0)
        point.vertices[2] = point.vertices[1];
    return point;
}

/// The part of a segment that lies where values are 0 or more, if any.
void addWithin(const std::array<ContourPoint, 2>& segment, std::span<const float> within,
               std::vector<FacePoint>& points) {
    const auto valueAt = [within](const ContourPoint& point) {
        const auto of = [within](std::int32_t vertex) {
            return static_cast<double>(within[static_cast<std::size_t>(vertex)]);
        };
        return (1 - point.share) * of(point.vertices[0]) + point.share * of(point.vertices[1]);
    };
    const std::array values{valueAt(segment[0]), valueAt(segment[1])};
    if (!std::isfinite(values[0] + values[1]) || (values[0] < 0 && values[1] < 0))
        return;
    for (std::size_t end = 0; end < 2; ++end)
        points.push_back(values[end] >= 0 ? facePoint(segment[end])
                                          : between(segment[0], segment[1], values[0] / (values[0] - values[1])));
}

/// @param within  a value a vertex of this side; empty: everywhere
std::vector<FacePoint> contourPoints(const CortexSide& side, std::span<const float> values, double level,
                                     std::span<const float> within) {
    // The medial wall is not coloured, whatever its values.
    std::vector<float> onCortex(values.begin(), values.end());
    for (std::size_t vertex = 0; vertex < onCortex.size(); ++vertex)
        if (side.isCortex[vertex] == 0)
            onCortex[vertex] = std::numeric_limits<float>::quiet_NaN();
    std::vector<FacePoint> points;
    for (const std::array<ContourPoint, 2>& segment : contourSegments(side.mesh, onCortex, level)) {
        if (!within.empty()) {
            addWithin(segment, within, points);
            continue;
        }
        for (const ContourPoint& end : segment)
            points.push_back(facePoint(end));
    }
    return points;
}

bool fits(const Parcellation& parcellation, const VertexCounts& counts) {
    return std::all_of(hemispheres.begin(), hemispheres.end(), [&](Hemisphere hemisphere) {
        return static_cast<int>(parcellation.side(hemisphere).labels.size()) == counts.of(hemisphere);
    });
}

std::shared_ptr<const SurfaceLines> allBorders(const CortexGeometry& geometry, const Parcellation& parcellation) {
    auto lines = std::make_shared<SurfaceLines>();
    for (const Hemisphere hemisphere : hemispheres)
        lines->points[indexOf(hemisphere)] =
            borderPoints(geometry.side(hemisphere), parcellation.side(hemisphere).labels);
    return lines;
}

/// Nothing is drawn around what an isolation hides.
/// @param keep  a value a vertex; empty: all
std::vector<float> valuesOn(const ContourBasis& contour, std::span<const std::uint8_t> keep) {
    std::vector<float> values = contour.values;
    for (std::size_t vertex = 0; vertex < std::min(values.size(), keep.size()); ++vertex)
        if (keep[vertex] == 0)
            values[vertex] = std::numeric_limits<float>::quiet_NaN();
    return values;
}

std::vector<std::int32_t> labelsOn(const ContourBasis& contour, std::span<const std::uint8_t> keep) {
    std::vector<std::int32_t> labels = contour.labels;
    for (std::size_t vertex = 0; vertex < std::min(labels.size(), keep.size()); ++vertex)
        if (keep[vertex] == 0)
            labels[vertex] = -1;
    return labels;
}

/// −log10 of p or q values.
std::vector<float> logarithms(const std::vector<float>& q) {
    std::vector<float> values = q;
    for (float& value : values)
        value = -std::log10(std::max(value, smallestQ));
    return values;
}

/// How far values are beyond a threshold: 0 or more where it lets them be seen.
std::vector<float> beyondThreshold(std::span<const float> values, const ColorScale& scale) {
    std::vector<float> beyond(values.begin(), values.end());
    for (float& value : beyond)
        value = (scale.isTwoTailed ? std::abs(value) : value) - static_cast<float>(scale.threshold);
    return beyond;
}

/// The lines around what one map shows, without its colour.
std::vector<ContourBasis> contoursAround(const ColoredMap& map) {
    const CortexMap& values = *map.map;
    if (!values.labelColors.empty())
        return {{.labels = {values.layers.begin(), values.layers.end()}}};
    const bool isByScore = values.kind == MapKind::BestLayer && map.colors.strength;
    const ColorScale& scale = isByScore ? *map.colors.strength : map.colors.scale;
    std::vector<ContourBasis> contours;
    if (map.colors.significance != Significance::Ignore && !values.q.empty())
        contours.push_back({.values = logarithms(values.q), .levels = {-std::log10(significantQ)}});
    if (!scale.cuts())
        return contours;
    ContourBasis cut{.values = values.values, .levels = {scale.threshold}};
    if (scale.isTwoTailed)
        cut.levels.push_back(-scale.threshold);
    // Each where the other one lets anything be seen.
    if (!contours.empty()) {
        contours.front().within = beyondThreshold(values.values, scale);
        cut.within = contours.front().values;
        for (float& value : cut.within)
            value += static_cast<float>(std::log10(significantQ));
    }
    contours.push_back(std::move(cut));
    return contours;
}

SurfaceLines labelBorders(const CortexGeometry& geometry, std::span<const std::int32_t> labels, Rgba8 color) {
    SurfaceLines lines{.points = {}, .color = color};
    if (labels.size() != static_cast<std::size_t>(geometry.counts.total()))
        return lines;
    for (const Hemisphere hemisphere : hemispheres)
        lines.points[indexOf(hemisphere)] = borderPoints(
            geometry.side(hemisphere), labels.subspan(static_cast<std::size_t>(geometry.counts.offset(hemisphere)),
                                                      static_cast<std::size_t>(geometry.counts.of(hemisphere))));
    return lines;
}

void addContours(const CortexGeometry& geometry, std::span<const ContourBasis> contours,
                 std::span<const std::uint8_t> keep, std::vector<SurfaceLines>& lines) {
    for (const ContourBasis& contour : contours) {
        if (SurfaceLines borders = labelBorders(geometry, labelsOn(contour, keep), contour.color); !borders.empty())
            lines.push_back(std::move(borders));
        const std::vector<float> values = valuesOn(contour, keep);
        for (const double level : contour.levels) {
            SurfaceLines group{.points = {}, .color = contour.color};
            if (contour.color == thresholdColor)
                group.casing = {255, 255, 255, 255};
            for (const Hemisphere hemisphere : hemispheres) {
                const auto first = static_cast<std::size_t>(geometry.counts.offset(hemisphere));
                const auto count = static_cast<std::size_t>(geometry.counts.of(hemisphere));
                if (values.size() != static_cast<std::size_t>(geometry.counts.total()))
                    continue;
                const auto within =
                    contour.within.empty() ? std::span<const float>() : std::span(contour.within).subspan(first, count);
                group.points[indexOf(hemisphere)] =
                    contourPoints(geometry.side(hemisphere), std::span(values).subspan(first, count), level, within);
            }
            if (!group.empty())
                lines.push_back(std::move(group));
        }
    }
}

} // namespace

std::vector<ContourBasis> contoursOf(const CortexMap& map, const Selection& selection, bool isTwoTailed) {
    std::vector<ContourBasis> contours;
    const RegionChoice& regions = selection.regions;
    if (regions.significanceContour && !map.q.empty()) {
        contours.push_back(
            {.values = logarithms(map.q), .levels = {-std::log10(significantQ)}, .color = significanceColor});
    }
    if (regions.thresholdContour && map.labelColors.empty() && !map.values.empty()) {
        ContourBasis basis{.values = map.values, .levels = {selection.threshold}, .color = thresholdColor};
        if (isTwoTailed && selection.threshold != 0)
            basis.levels.push_back(-selection.threshold);
        contours.push_back(std::move(basis));
    }
    return contours;
}

std::vector<ContourBasis> stackContours(std::span<const ColoredMap> maps) {
    std::vector<ContourBasis> contours;
    for (const ColoredMap& map : maps)
        if (map.colors.contour)
            for (ContourBasis& contour : contoursAround(map)) {
                contour.color = *map.colors.contour;
                contours.push_back(std::move(contour));
            }
    return contours;
}

SurfaceLines areaBorders(const CortexGeometry& geometry, const Parcellation& parcellation,
                         std::span<const std::string> areas) {
    SurfaceLines lines{.points = {}, .color = chosenColor};
    const std::set<std::string> wanted(areas.begin(), areas.end());
    for (const Hemisphere hemisphere : hemispheres) {
        const Annotation& annotation = parcellation.side(hemisphere);
        std::vector<std::int32_t> kept(annotation.areas.size(), -1);
        bool isAny = false;
        for (std::size_t area = 0; area < kept.size(); ++area)
            if (wanted.contains(annotation.areas[area].name)) {
                kept[area] = static_cast<std::int32_t>(area);
                isAny = true;
            }
        if (!isAny)
            continue;
        std::vector<std::int32_t> labels = annotation.labels;
        for (std::int32_t& label : labels)
            label = label < 0 ? -1 : kept[static_cast<std::size_t>(label)];
        lines.points[indexOf(hemisphere)] = borderPoints(geometry.side(hemisphere), labels);
    }
    return lines;
}

SurfaceLines roiBorders(const CortexGeometry& geometry, const Roi& roi) {
    SurfaceLines lines{.points = {}, .color = {roi.color[0], roi.color[1], roi.color[2], 255}};
    for (const Hemisphere hemisphere : hemispheres) {
        const CortexSide& side = geometry.side(hemisphere);
        if (roi.of(hemisphere).empty() || roi.of(hemisphere).back() >= side.mesh.vertexCount())
            continue;
        std::vector<std::int32_t> labels(static_cast<std::size_t>(side.mesh.vertexCount()), 0);
        for (const std::int32_t vertex : roi.of(hemisphere))
            labels[static_cast<std::size_t>(vertex)] = 1;
        lines.points[indexOf(hemisphere)] = borderPoints(side, labels);
    }
    return lines;
}

CortexLines cortexLines(const CortexGeometry& geometry, const Parcellation* parcellation, const Selection& selection,
                        std::span<const ContourBasis> contours) {
    const RegionChoice& regions = selection.regions;
    const Parcellation* own = geometry.parcellation ? &*geometry.parcellation : nullptr;
    const Parcellation* shown = parcellation != nullptr && fits(*parcellation, geometry.counts) ? parcellation : own;
    CortexLines result{.areOutlinesVisible = selection.outlines, .outlines = nullptr, .lines = {}};
    if (selection.outlines) {
        if (regions.outlined != OutlineSet::Areas)
            result.outlines = std::make_shared<SurfaceLines>();
        else if (shown != own && shown != nullptr && (own == nullptr || shown->name != own->name))
            result.outlines = allBorders(geometry, *shown);
        if (regions.outlined != OutlineSet::Rois && shown != nullptr && !regions.areas.empty())
            if (SurfaceLines lines = areaBorders(geometry, *shown, regions.areas); !lines.empty())
                result.lines.push_back(std::move(lines));
        if (regions.outlined != OutlineSet::ChosenAreas)
            for (const Roi& roi : regions.rois->rois)
                if (SurfaceLines lines = roiBorders(geometry, roi); !lines.empty())
                    result.lines.push_back(std::move(lines));
    }
    addContours(geometry, contours, isolatedVertices(shown, selection, geometry.counts), result.lines);
    return result;
}

std::vector<std::uint8_t> isolatedVertices(const Parcellation* parcellation, const Selection& selection,
                                           const VertexCounts& counts) {
    const RegionChoice& regions = selection.regions;
    const bool byAreas = !regions.areas.empty() && parcellation != nullptr && fits(*parcellation, counts);
    if (!regions.isolated || (!byAreas && regions.rois.empty()))
        return {};
    std::vector<std::uint8_t> keep(static_cast<std::size_t>(counts.total()), 0);
    const auto mark = [&](Hemisphere hemisphere, std::int32_t vertex) {
        if (vertex < counts.of(hemisphere))
            keep[static_cast<std::size_t>(counts.offset(hemisphere) + vertex)] = 1;
    };
    for (const Hemisphere hemisphere : hemispheres) {
        for (const std::string& area : byAreas ? regions.areas : std::vector<std::string>{})
            for (const int vertex : parcellation->verticesOf(hemisphere, area))
                mark(hemisphere, vertex);
        if (!byAreas)
            for (const Roi& roi : regions.rois->rois)
                for (const std::int32_t vertex : roi.of(hemisphere))
                    mark(hemisphere, vertex);
    }
    return keep;
}

void isolate(Overlay& overlay, std::span<const std::uint8_t> keep) {
    if (keep.empty() || keep.size() != overlay.colors.size())
        return;
    /// Apart from every class of a map.
    constexpr std::int16_t leftOut = -3;
    if (overlay.classes.empty())
        overlay.classes.assign(overlay.colors.size(), 0);
    for (std::size_t vertex = 0; vertex < keep.size(); ++vertex)
        if (keep[vertex] == 0) {
            overlay.colors[vertex].a = 0;
            overlay.classes[vertex] = leftOut;
        }
}

} // namespace brainlike
