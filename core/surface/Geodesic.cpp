#include "core/surface/Geodesic.h"

#include <queue>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <utility>

namespace brainlike {
namespace {

using Candidate = std::pair<double, int>; ///< distance, vertex

} // namespace

GeodesicSearch::GeodesicSearch(const RowMatrix<float>& points, const RowMatrix<std::int32_t>& faces)
    : m_points(points.cast<double>()), m_offsets(static_cast<std::size_t>(points.rows()) + 1, 0),
      m_corners(static_cast<std::size_t>(faces.size())) {
    for (Eigen::Index i = 0; i < faces.size(); ++i)
        ++m_offsets[static_cast<std::size_t>(faces.data()[i]) + 1];
    for (std::size_t vertex = 1; vertex < m_offsets.size(); ++vertex)
        m_offsets[vertex] += m_offsets[vertex - 1];
    std::vector<int> next(m_offsets.begin(), m_offsets.end() - 1);
    for (Eigen::Index face = 0; face < faces.rows(); ++face)
        for (int corner = 0; corner < 3; ++corner) {
            int& place = next[static_cast<std::size_t>(faces(face, corner))];
            m_corners[static_cast<std::size_t>(place++)] = {faces(face, (corner + 1) % 3),
                                                            faces(face, (corner + 2) % 3)};
        }
}

double GeodesicSearch::distanceBetween(int a, int b) const {
    return (m_points.row(a) - m_points.row(b)).norm();
}

/// From a source that is `toA` and `toB` away from two corners to the third one: in the plane of the face the source
/// lies on the far side of the edge a–b; straight from there if that crosses the edge, else along an edge.
double GeodesicSearch::across(int a, int b, int target, double toA, double toB) const {
    const double length = distanceBetween(a, b);
    const double toTargetA = distanceBetween(a, target);
    const double toTargetB = distanceBetween(b, target);
    const double along = std::min(toA + toTargetA, toB + toTargetB);
    if (length <= 0)
        return along;
    const double sourceX = (toA * toA - toB * toB + length * length) / (2 * length);
    const double sourceY = std::sqrt(std::max(0.0, toA * toA - sourceX * sourceX));
    const double targetX = (toTargetA * toTargetA - toTargetB * toTargetB + length * length) / (2 * length);
    const double targetY = std::sqrt(std::max(0.0, toTargetA * toTargetA - targetX * targetX));
    if (sourceY + targetY <= 0)
        return along;
    const double crossing = sourceX + (targetX - sourceX) * sourceY / (sourceY + targetY);
    if (crossing < 0 || crossing > length)
        return along;
    return std::hypot(targetX - sourceX, targetY + sourceY);
}

std::vector<ReachedVertex> GeodesicSearch::within(int source, double limit) const {
    std::vector<ReachedVertex> reached;
    if (source < 0 || source >= m_points.rows() || !(limit >= 0))
        return reached;
    std::unordered_map<int, double> distances{{source, 0.0}};
    std::unordered_map<int, double> settled;
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> open;
    open.emplace(0.0, source);
    const auto offer = [&](int vertex, double distance) {
        if (distance > limit || settled.contains(vertex))
            return;
        const auto [known, isNew] = distances.try_emplace(vertex, distance);
        if (!isNew && known->second <= distance)
            return;
        known->second = distance;
        open.emplace(distance, vertex);
    };
    while (!open.empty()) {
        const auto [distance, vertex] = open.top();
        open.pop();
        if (!settled.try_emplace(vertex, distance).second)
            continue;
        reached.push_back({vertex, distance});
        const auto begin = static_cast<std::size_t>(m_offsets[static_cast<std::size_t>(vertex)]);
        const auto end = static_cast<std::size_t>(m_offsets[static_cast<std::size_t>(vertex) + 1]);
        for (std::size_t i = begin; i < end; ++i) {
            const Corner& corner = m_corners[i];
            for (const auto& [other, target] :
                 {std::pair(corner.first, corner.second), std::pair(corner.second, corner.first)}) {
                offer(target, distance + distanceBetween(vertex, target));
                if (const auto known = settled.find(other); known != settled.end())
                    offer(target, across(vertex, other, target, distance, known->second));
            }
        }
    }
    return reached;
}

} // namespace brainlike
