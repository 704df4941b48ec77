#include "core/maps/MedialWall.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

namespace brainlike {
namespace {

// Of the vertices of a hemisphere: fsaverage's and fsLR's walls have 8.5 %.
constexpr double leastShare = 0.04;
constexpr double largestShare = 0.16;
/// Of all zeros, those outside of the wall.
constexpr double scatteredShare = 0.01;
/// The wall's middle lies this far from the middle towards the medial side, of half the width.
constexpr double leastMedial = 0.25;

/// Sets of connected vertices, joined by edges.
class Components {
public:
    explicit Components(std::size_t count) : m_parents(count) { std::iota(m_parents.begin(), m_parents.end(), 0); }

    std::int32_t rootOf(std::int32_t vertex) {
        while (parent(vertex) != vertex)
            vertex = parent(vertex) = parent(parent(vertex));
        return vertex;
    }
    void join(std::int32_t a, std::int32_t b) { parent(rootOf(a)) = rootOf(b); }

private:
    std::int32_t& parent(std::int32_t vertex) { return m_parents[static_cast<std::size_t>(vertex)]; }
    std::vector<std::int32_t> m_parents;
};

/// The largest connected set of vertices with the value 0.
std::vector<std::int32_t> largestZeros(std::span<const float> values, const Mesh& mesh) {
    const auto isZero = [&](std::int32_t vertex) { return values[static_cast<std::size_t>(vertex)] == 0; };
    Components components(values.size());
    for (Eigen::Index face = 0; face < mesh.faces.rows(); ++face)
        for (int corner = 0; corner < 3; ++corner) {
            const std::int32_t a = mesh.faces(face, corner), b = mesh.faces(face, (corner + 1) % 3);
            if (isZero(a) && isZero(b))
                components.join(a, b);
        }
    std::vector<std::vector<std::int32_t>> members(values.size());
    for (std::int32_t vertex = 0; vertex < static_cast<std::int32_t>(values.size()); ++vertex)
        if (isZero(vertex))
            members[static_cast<std::size_t>(components.rootOf(vertex))].push_back(vertex);
    return *std::ranges::max_element(members, {}, &std::vector<std::int32_t>::size);
}

bool isMedial(std::span<const std::int32_t> region, const Mesh& mesh, Hemisphere hemisphere) {
    const double low = static_cast<double>(mesh.points.col(0).minCoeff());
    const double high = static_cast<double>(mesh.points.col(0).maxCoeff());
    double sum = 0;
    for (const std::int32_t vertex : region)
        sum += static_cast<double>(mesh.points(vertex, 0));
    const double beyond = sum / static_cast<double>(region.size()) - 0.5 * (low + high);
    const double towardsMiddle = hemisphere == Hemisphere::Left ? beyond : -beyond;
    return towardsMiddle > leastMedial * 0.5 * (high - low);
}

} // namespace

bool mayHoldWall(std::span<const float> values) {
    const auto zeros = static_cast<double>(std::ranges::count(values, 0.0F));
    const auto count = static_cast<double>(values.size());
    return count > 0 && zeros >= leastShare * count && zeros <= largestShare * count;
}

int clearMedialWall(std::span<float> values, const Mesh& mesh, Hemisphere hemisphere) {
    if (!mayHoldWall(values) || mesh.vertexCount() != static_cast<int>(values.size()))
        return 0;
    const auto zeros = static_cast<double>(std::ranges::count(values, 0.0F));
    const auto wall = largestZeros(values, mesh);
    if (static_cast<double>(wall.size()) < (1 - scatteredShare) * zeros || !isMedial(wall, mesh, hemisphere))
        return 0;
    for (const std::int32_t vertex : wall)
        values[static_cast<std::size_t>(vertex)] = std::numeric_limits<float>::quiet_NaN();
    return static_cast<int>(wall.size());
}

} // namespace brainlike
