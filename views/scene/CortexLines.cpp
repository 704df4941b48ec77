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

std::vector<FacePoint> contourPoints(const CortexSide& side, std::span<const float> values, double level) {
    // The medial wall is not coloured, whatever its values.
    std::vector<float> onCortex(values.begin(), values.end());
    for (std::size_t vertex = 0; vertex < onCortex.size(); ++vertex)
        if (side.isCortex[vertex] == 0)
            onCortex[vertex] = std::numeric_limits<float>::quiet_NaN();
    std::vector<FacePoint> points;
    for (const auto& segment : contourSegments(side.mesh, onCortex, level))
        for (const ContourPoint& end : segment)
            points.push_back({{end.vertices[0], end.vertices[1], end.vertices[1]},
                              {static_cast<float>(1 - end.share), static_cast<float>(end.share), 0}});
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

void addContours(const CortexGeometry& geometry, std::span<const ContourBasis> contours,
                 std::span<const std::uint8_t> keep, std::vector<SurfaceLines>& lines) {
    for (const ContourBasis& contour : contours) {
        const std::vector<float> values = valuesOn(contour, keep);
        for (const double level : contour.levels) {
            SurfaceLines group{.points = {}, .color = contour.color};
            if (contour.color == thresholdColor)
                group.casing = {255, 255, 255, 255};
            for (const Hemisphere hemisphere : hemispheres) {
                const auto first = static_cast<std::size_t>(geometry.counts.offset(hemisphere));
                const auto count = static_cast<std::size_t>(geometry.counts.of(hemisphere));
                if (values.size() == static_cast<std::size_t>(geometry.counts.total()))
                    group.points[indexOf(hemisphere)] =
                        contourPoints(geometry.side(hemisphere), std::span(values).subspan(first, count), level);
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
        ContourBasis basis{.values = map.q, .levels = {-std::log10(significantQ)}, .color = significanceColor};
        for (float& value : basis.values)
            value = -std::log10(std::max(value, smallestQ));
        contours.push_back(std::move(basis));
    }
    if (regions.thresholdContour && map.labelColors.empty() && !map.values.empty()) {
        ContourBasis basis{.values = map.values, .levels = {selection.threshold}, .color = thresholdColor};
        if (isTwoTailed && selection.threshold != 0)
            basis.levels.push_back(-selection.threshold);
        contours.push_back(std::move(basis));
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
