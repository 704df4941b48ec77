#include "views/scene/AreaOutlines.h"

#include "core/base/Error.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
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
        : m_mesh(mesh), m_normals(normals), m_lift(lift) {
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

    /// Ends of the lines. Junctions are the mean of the crossings of their face, all of which lie on its edges.
    [[nodiscard]] std::vector<FacePoint> ends() const {
        std::vector<FacePoint> points(m_points.size());
        for (std::size_t point = 0; point < m_points.size(); ++point)
            if (m_points[point].count == 2)
                points[point] = onEdge(m_points[point], placeOf(m_points[point], m_positions[point]));
        std::vector<std::array<double, 3>> sums(m_points.size());
        for (const auto& [a, b] : m_lines)
            for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)})
                if (m_points[from].count == 3)
                    for (std::size_t corner = 0; corner < 3; ++corner)
                        sums[from][corner] += weightOf(points[to], m_points[from].vertices[corner]) / 3;
        for (std::size_t point = 0; point < m_points.size(); ++point)
            if (m_points[point].count == 3)
                for (std::size_t corner = 0; corner < 3; ++corner) {
                    points[point].vertices[corner] = m_points[point].vertices[corner];
                    points[point].weights[corner] = static_cast<float>(sums[point][corner]);
                }
        std::vector<FacePoint> ends;
        ends.reserve(2 * m_lines.size());
        for (const auto& line : m_lines)
            for (const std::size_t point : line)
                ends.push_back(points[point]);
        return ends;
    }

private:
    static FacePoint onEdge(const OutlinePoint& point, double place) {
        return {{point.vertices[0], point.vertices[1], point.vertices[1]},
                {static_cast<float>(1 - place), static_cast<float>(place), 0}};
    }
    static double weightOf(const FacePoint& point, int vertex) {
        double weight = 0;
        for (std::size_t corner = 0; corner < 3; ++corner)
            if (point.vertices[corner] == vertex)
                weight += static_cast<double>(point.weights[corner]);
        return weight;
    }

    std::size_t numberOf(const OutlinePoint& point) {
        const auto [found, isNew] = m_numbers.try_emplace({point.count, point.vertices}, m_points.size());
        if (isNew) {
            m_points.push_back(point);
            Eigen::RowVector3d sum = Eigen::RowVector3d::Zero();
            for (int i = 0; i < point.count; ++i)
                sum += lifted(point.vertices[static_cast<std::size_t>(i)]);
            m_positions.emplace_back(sum / point.count);
        }
        return found->second;
    }

    /// The place on a point's edge that is nearest to `towards`, not too near to either end.
    [[nodiscard]] double placeOf(const OutlinePoint& point, const Eigen::RowVector3d& towards) const {
        const Eigen::RowVector3d start = lifted(point.vertices[0]);
        const Eigen::RowVector3d edge = lifted(point.vertices[1]) - start;
        const double length = edge.squaredNorm();
        return length > 0 ? std::clamp((towards - start).dot(edge) / length, nearestToEnd, 1 - nearestToEnd) : 0.5;
    }

    [[nodiscard]] Eigen::RowVector3d slid(const OutlinePoint& point, const Eigen::RowVector3d& towards) const {
        if (point.count != 2)
            return towards;
        const double place = placeOf(point, towards);
        return (1 - place) * lifted(point.vertices[0]) + place * lifted(point.vertices[1]);
    }

    /// Place of a vertex above the surface. An outline of one area needs few of them: they are not worked out
    /// beforehand.
    [[nodiscard]] Eigen::RowVector3d lifted(int vertex) const {
        return (m_mesh.points.row(vertex) + m_lift * m_normals.row(vertex)).cast<double>();
    }

    const Mesh& m_mesh;
    const RowMatrix<float>& m_normals;
    float m_lift;
    std::vector<OutlinePoint> m_points;
    std::vector<Eigen::RowVector3d> m_positions;
    std::vector<std::array<std::size_t, 2>> m_lines;
    std::map<std::pair<int, std::array<int, 3>>, std::size_t> m_numbers;
};

float mixed(float from, float to, float share) {
    return (1 - share) * from + share * to;
}

} // namespace

RowMatrix<float> placesOf(const std::vector<FacePoint>& points, const Mesh& mesh, const RowMatrix<float>& normals,
                          float lift) {
    RowMatrix<float> rows = RowMatrix<float>::Zero(static_cast<Eigen::Index>(points.size()), 3);
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t corner = 0; corner < 3; ++corner) {
            const std::int32_t vertex = points[i].vertices[corner];
            rows.row(static_cast<Eigen::Index>(i)) +=
                points[i].weights[corner] * (mesh.points.row(vertex) + lift * normals.row(vertex));
        }
    return rows;
}

SmoothOutlines smoothOutlines(const OutlineSegments& outlines, const Mesh& mesh, const RowMatrix<float>& normals,
                              float lift) {
    OutlineGraph graph(outlines, mesh, normals, lift);
    graph.smooth();
    SmoothOutlines smooth{.lines = {}, .places = graph.places(), .points = graph.ends()};
    smooth.lines = placesOf(smooth.points, mesh, normals, lift);
    return smooth;
}

SmoothOutlines blendedOutlines(const SmoothOutlines& from, const SmoothOutlines& to, double share, const Mesh& mesh,
                               const RowMatrix<float>& normals, float lift) {
    if (from.points.size() != to.points.size() || from.places.size() != to.places.size())
        throw ShapeError({.what = "The outlines of two surfaces differ",
                          .expected = std::to_string(from.points.size()) + " points",
                          .found = std::to_string(to.points.size())});
    const auto part = static_cast<float>(share);
    SmoothOutlines blended = from;
    auto target = to.places.begin();
    for (auto& [edge, place] : blended.places)
        place = mixed(place, (target++)->second, part);
    for (std::size_t i = 0; i < blended.points.size(); ++i)
        for (std::size_t corner = 0; corner < 3; ++corner)
            blended.points[i].weights[corner] =
                mixed(from.points[i].weights[corner], to.points[i].weights[corner], part);
    blended.lines = placesOf(blended.points, mesh, normals, lift);
    return blended;
}

} // namespace brainlike
