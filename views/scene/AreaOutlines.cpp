#include "views/scene/AreaOutlines.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

namespace brainlike {
namespace {

constexpr int smoothingRounds = 5;
/// Points slide along their edges no closer than this share to either end.
constexpr double nearestToEnd = 0.1;

/// The points of an outline and how they are connected.
class OutlineGraph {
public:
    OutlineGraph(const OutlineSegments& outlines, const Mesh& mesh, const RowMatrix<float>& normals, float lift)
        : m_lifted((mesh.points + lift * normals).cast<double>()) {
        for (const auto& [from, to] : outlines.segments)
            m_lines.push_back({numberOf(from), numberOf(to)});
    }

    /// Slides every point along its edge towards the middle of its neighbours; junctions go to the middle of theirs.
    void smooth() {
        for (int round = 0; round < smoothingRounds; ++round) {
            std::vector<Eigen::RowVector3d> sums(m_positions.size(), Eigen::RowVector3d::Zero());
            std::vector<int> counts(m_positions.size(), 0);
            for (const auto& [a, b] : m_lines)
                for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)}) {
                    sums[from] += m_positions[to];
                    ++counts[from];
                }
            for (std::size_t point = 0; point < m_positions.size(); ++point)
                m_positions[point] = slid(m_points[point], sums[point] / counts[point]);
        }
    }

    [[nodiscard]] EdgePlaces places() const {
        EdgePlaces places;
        for (std::size_t point = 0; point < m_points.size(); ++point)
            if (m_points[point].count == 2)
                places[{m_points[point].vertices[0], m_points[point].vertices[1]}] =
                    static_cast<float>(placeOf(m_points[point], m_positions[point]));
        return places;
    }

    [[nodiscard]] RowMatrix<float> lines() const {
        RowMatrix<float> rows(static_cast<Eigen::Index>(2 * m_lines.size()), 3);
        Eigen::Index row = 0;
        for (const auto& line : m_lines)
            for (const std::size_t point : line)
                rows.row(row++) = m_positions[point].cast<float>();
        return rows;
    }

private:
    std::size_t numberOf(const OutlinePoint& point) {
        const auto [found, isNew] = m_numbers.try_emplace({point.count, point.vertices}, m_points.size());
        if (isNew) {
            m_points.push_back(point);
            Eigen::RowVector3d sum = Eigen::RowVector3d::Zero();
            for (int i = 0; i < point.count; ++i)
                sum += m_lifted.row(point.vertices[static_cast<std::size_t>(i)]);
            m_positions.emplace_back(sum / point.count);
        }
        return found->second;
    }

    /// The place on a point's edge that is nearest to `towards`, not too near to either end.
    [[nodiscard]] double placeOf(const OutlinePoint& point, const Eigen::RowVector3d& towards) const {
        const Eigen::RowVector3d start = m_lifted.row(point.vertices[0]);
        const Eigen::RowVector3d edge = m_lifted.row(point.vertices[1]) - start;
        const double length = edge.squaredNorm();
        return length > 0 ? std::clamp((towards - start).dot(edge) / length, nearestToEnd, 1 - nearestToEnd) : 0.5;
    }

    [[nodiscard]] Eigen::RowVector3d slid(const OutlinePoint& point, const Eigen::RowVector3d& towards) const {
        if (point.count != 2)
            return towards;
        const double place = placeOf(point, towards);
        return (1 - place) * m_lifted.row(point.vertices[0]) + place * m_lifted.row(point.vertices[1]);
    }

    RowMatrix<double> m_lifted; ///< vertices, above the surface
    std::vector<OutlinePoint> m_points;
    std::vector<Eigen::RowVector3d> m_positions;
    std::vector<std::array<std::size_t, 2>> m_lines;
    std::map<std::pair<int, std::array<int, 3>>, std::size_t> m_numbers;
};

} // namespace

SmoothOutlines smoothOutlines(const OutlineSegments& outlines, const Mesh& mesh, const RowMatrix<float>& normals,
                              float lift) {
    OutlineGraph graph(outlines, mesh, normals, lift);
    graph.smooth();
    return {graph.lines(), graph.places()};
}

} // namespace brainlike
