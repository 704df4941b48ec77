#include "views/scene/AreaNames.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace brainlike {
namespace {

/// Vertices count as seen from the front if the surface there is turned to the viewer at least this much.
constexpr double frontShare = 0.25;
/// Middles of so few vertices say nothing.
constexpr int fewestVertices = 3;

/// What is seen of an area in a panel, roughly: vertices that look at the viewer.
struct SeenArea {
    double x = 0, y = 0;
    int count = 0;
};

/// Places of one panel's names.
class PanelNames {
public:
    PanelNames(const CortexView& view, const PanelView& panel, const Parcellation& parcellation)
        : m_view(view), m_panel(panel), m_parcellation(parcellation) {}

    void add(Hemisphere hemisphere, const std::function<TextSize(const std::string&)>& sizeOf,
             std::vector<AreaName>& names) const {
        const Annotation& annotation = m_parcellation.side(hemisphere);
        const CortexSide& side = m_view.geometry()->side(hemisphere);
        if (static_cast<int>(annotation.labels.size()) != side.mesh.vertexCount())
            return;
        const std::vector<std::optional<PixelPoint>> places = frontPlaces(side, hemisphere);
        std::vector<SeenArea> seen(annotation.areas.size());
        for (std::size_t vertex = 0; vertex < places.size(); ++vertex)
            if (const std::int32_t label = annotation.labels[vertex]; label >= 0 && places[vertex]) {
                SeenArea& area = seen[static_cast<std::size_t>(label)];
                area.x += places[vertex]->x;
                area.y += places[vertex]->y;
                ++area.count;
            }
        for (std::size_t label = 0; label < seen.size(); ++label) {
            const Area& area = annotation.areas[label];
            if (!area.isCortex || seen[label].count < fewestVertices)
                continue;
            const PixelPoint middle{seen[label].x / seen[label].count, seen[label].y / seen[label].count};
            if (const auto at = fitted(middle, sizeOf(area.name), {hemisphere, static_cast<std::int32_t>(label)}))
                names.push_back({*at, area.name});
        }
    }

private:
    struct AreaId {
        Hemisphere hemisphere;
        std::int32_t label;
    };

    [[nodiscard]] std::vector<std::optional<PixelPoint>> frontPlaces(const CortexSide& side,
                                                                     Hemisphere hemisphere) const {
        const Eigen::RowVector3d towards = m_panel.axes.row(2);
        std::vector<std::optional<PixelPoint>> places(static_cast<std::size_t>(side.mesh.vertexCount()));
        for (std::size_t vertex = 0; vertex < places.size(); ++vertex) {
            const auto row = static_cast<Eigen::Index>(vertex);
            if (side.normals.row(row).cast<double>().dot(towards) < frontShare)
                continue;
            const PixelPoint at = m_panel.project(side.mesh.points.row(row).transpose().cast<double>(), hemisphere);
            if (m_panel.viewport.contains(at))
                places[vertex] = at;
        }
        return places;
    }

    [[nodiscard]] bool isOn(PixelPoint at, AreaId area) const {
        if (!m_panel.viewport.contains(at))
            return false;
        const auto vertex = m_view.pick(at);
        return vertex && vertex->hemisphere == area.hemisphere &&
               m_parcellation.side(area.hemisphere).labels[static_cast<std::size_t>(vertex->index)] == area.label;
    }

    /// The middle, or a place a little beside it, where corners and sides of the text lie on the area.
    [[nodiscard]] std::optional<PixelPoint> fitted(PixelPoint middle, const TextSize& size, AreaId area) const {
        const double x = 0.5 * size.width;
        const double y = 0.5 * size.height;
        for (const double up : {0.0, -0.5, 0.5})
            for (const double right : {0.0, -0.25, 0.25}) {
                const PixelPoint at{middle.x + right * size.width, middle.y + up * size.height};
                const std::array<PixelPoint, 7> marks{{at,
                                                       {at.x - x, at.y - y},
                                                       {at.x + x, at.y - y},
                                                       {at.x - x, at.y + y},
                                                       {at.x + x, at.y + y},
                                                       {at.x - x, at.y},
                                                       {at.x + x, at.y}}};
                if (std::all_of(marks.begin(), marks.end(), [&](PixelPoint mark) { return isOn(mark, area); }))
                    return at;
            }
        return std::nullopt;
    }

    const CortexView& m_view;
    const PanelView& m_panel;
    const Parcellation& m_parcellation;
};

} // namespace

std::vector<AreaName> placeAreaNames(const CortexView& view, const Parcellation& parcellation,
                                     const std::function<TextSize(const std::string&)>& sizeOf) {
    std::vector<AreaName> names;
    for (const PanelView& panel : view.panels())
        for (const Hemisphere hemisphere : hemispheres)
            if (panel.spec.shows(hemisphere))
                PanelNames(view, panel, parcellation).add(hemisphere, sizeOf, names);
    return names;
}

} // namespace brainlike
