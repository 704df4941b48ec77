#include "core/study/AreaDistances.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr const char* origin = "V1";

/// Coordinates of a flat vertex index.
Eigen::Vector3d pointOf(const std::array<Mesh, 2>& pial, VertexCounts counts, int flat) {
    const auto vertex = counts.vertexAt(flat);
    return pial[indexOf(vertex.hemisphere)].points.row(vertex.index).cast<double>();
}

Eigen::Vector3d centroidOf(const std::vector<int>& members, const std::array<Mesh, 2>& pial, VertexCounts counts) {
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    for (const int flat : members)
        sum += pointOf(pial, counts, flat);
    return sum / static_cast<double>(members.size());
}

} // namespace

AreaDistances areaDistances(const Parcellation& parcellation, const std::array<Mesh, 2>& pial) {
    return setDistances(areaGroups(parcellation, {pial[0].vertexCount(), pial[1].vertexCount()}), parcellation, pial);
}

AreaDistances setDistances(const DimensionGroups& sets, const Parcellation& parcellation,
                           const std::array<Mesh, 2>& pial) {
    const VertexCounts counts{pial[0].vertexCount(), pial[1].vertexCount()};
    AreaDistances result{.areas = sets};
    const DimensionGroups areas = areaGroups(parcellation, counts);
    for (std::size_t set = 0; set < sets.size(); ++set) {
        const auto found = std::find(areas.ids.begin(), areas.ids.end(), sets.ids[set].substr(0, 3) + origin);
        const auto index = static_cast<std::size_t>(found - areas.ids.begin());
        result.distances.push_back(found == areas.ids.end() ? std::numeric_limits<double>::quiet_NaN()
                                                            : (centroidOf(sets.members[set], pial, counts) -
                                                               centroidOf(areas.members[index], pial, counts))
                                                                  .norm());
    }
    if (std::none_of(result.distances.begin(), result.distances.end(), [](double d) { return std::isfinite(d); }))
        result.reason = "the parcellation " + parcellation.name + " has no area " + origin;
    return result;
}

AreaDistances areaDistances(const Template& brain) {
    const auto parcellation = brain.readParcellation();
    if (!parcellation)
        return {.reason = "the template " + brain.name() + " has no parcellation"};
    if (!brain.has(SurfaceKind::Pial))
        return {.reason = "the template " + brain.name() + " has no pial surface"};
    return areaDistances(*parcellation, {brain.readSurface(Hemisphere::Left, SurfaceKind::Pial),
                                         brain.readSurface(Hemisphere::Right, SurfaceKind::Pial)});
}

} // namespace brainlike
