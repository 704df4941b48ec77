#include "views/scene/AreaOutlines.h"

#include "core/base/Error.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace brainlike {
namespace {

constexpr int smoothingRounds = 5;

/// Points slide along their edges no closer than this share to either end.
constexpr double nearestToEnd = 0.1;

/// Points on the edges that a border crosses, junctions inside of faces, and the lines between them. Every line lies in
/// one face, so that none dips below the surface.
class OutlineGraph {
public:
    OutlineGraph(const Mesh& mesh, const RowMatrix<float>& normals, float lift)
        : m_lifted((mesh.points + lift * normals).cast<double>()) {}

    /// Adds the border inside one face.
    void addFace(const std::array<int, 3>& corners, std::span<const std::int32_t> labels) {
        std::vector<int> crossings;
        for (std::size_t i = 0; i < 3; ++i) {
            const int a = corners[i];
            const int b = corners[(i + 1) % 3];
            if (labels[index(a)] != labels[index(b)])
                crossings.push_back(edgePoint(a, b));
        }
        if (crossings.size() == 2)
            m_lines.emplace_back(crossings[0], crossings[1]);
        if (crossings.size() == 3)
            addJunction(crossings);
    }

    /// Slides every point along its edge towards the middle of its neighbours on the border.
    void smooth() {
        for (int round = 0; round < smoothingRounds; ++round) {
            std::vector<Eigen::RowVector3d> sums(m_points.size(), Eigen::RowVector3d::Zero());
            std::vector<int> counts(m_points.size(), 0);
            for (const auto& [a, b] : m_lines)
                for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)}) {
                    sums[index(from)] += position(to);
                    ++counts[index(from)];
                }
            for (std::size_t point = 0; point < m_points.size(); ++point)
                m_points[point].place =
                    m_points[point].isJunction() ? 0 : slid(m_points[point], sums[point] / counts[point]);
            for (const auto& [junction, crossings] : m_junctions)
                m_points[index(junction)].inside =
                    (position(crossings[0]) + position(crossings[1]) + position(crossings[2])) / 3.0;
        }
    }

    [[nodiscard]] RowMatrix<float> lines() const {
        RowMatrix<float> rows(static_cast<Eigen::Index>(2 * m_lines.size()), 3);
        Eigen::Index row = 0;
        for (const auto& [a, b] : m_lines) {
            rows.row(row++) = position(a).cast<float>();
            rows.row(row++) = position(b).cast<float>();
        }
        return rows;
    }

private:
    /// A point on the edge from vertex `a` to `b`, or (a < 0) inside of a face.
    struct Point {
        int a = -1, b = -1;
        double place = 0.5; ///< 0 at a, 1 at b
        Eigen::RowVector3d inside = Eigen::RowVector3d::Zero();
        [[nodiscard]] bool isJunction() const { return a < 0; }
    };

    static std::size_t index(int value) { return static_cast<std::size_t>(value); }

    [[nodiscard]] Eigen::RowVector3d position(int point) const {
        const Point& of = m_points[index(point)];
        if (of.isJunction())
            return of.inside;
        return (1 - of.place) * m_lifted.row(of.a) + of.place * m_lifted.row(of.b);
    }

    [[nodiscard]] double slid(const Point& point, const Eigen::RowVector3d& towards) const {
        const Eigen::RowVector3d start = m_lifted.row(point.a);
        const Eigen::RowVector3d edge = m_lifted.row(point.b) - start;
        const double length = edge.squaredNorm();
        const double wanted = length > 0 ? (towards - start).dot(edge) / length : 0.5;
        return std::clamp(wanted, nearestToEnd, 1 - nearestToEnd);
    }

    int edgePoint(int a, int b) {
        const auto [low, high] = std::minmax(a, b);
        const auto key = static_cast<std::uint64_t>(low) << 32U | static_cast<std::uint64_t>(high);
        const auto [found, isNew] = m_edges.try_emplace(key, static_cast<int>(m_points.size()));
        if (isNew)
            m_points.push_back({.a = low, .b = high});
        return found->second;
    }

    void addJunction(const std::vector<int>& crossings) {
        const int junction = static_cast<int>(m_points.size());
        m_points.push_back(
            {.inside = (position(crossings[0]) + position(crossings[1]) + position(crossings[2])) / 3.0});
        m_junctions.emplace_back(junction, crossings);
        for (const int crossing : crossings)
            m_lines.emplace_back(crossing, junction);
    }

    RowMatrix<double> m_lifted; ///< vertices, above the surface
    std::vector<Point> m_points;
    std::vector<std::pair<int, int>> m_lines;
    std::vector<std::pair<int, std::vector<int>>> m_junctions;
    std::unordered_map<std::uint64_t, int> m_edges;
};

} // namespace

RowMatrix<float> areaOutlines(const Mesh& mesh, const RowMatrix<float>& normals, std::span<const std::int32_t> labels,
                              float lift) {
    if (static_cast<int>(labels.size()) != mesh.vertexCount() || normals.rows() != mesh.points.rows())
        throw ShapeError({.what = "The labels do not fit the surface",
                          .expected = std::to_string(mesh.vertexCount()) + " vertices",
                          .found = std::to_string(labels.size()) + " labels"});
    OutlineGraph graph(mesh, normals, lift);
    for (Eigen::Index face = 0; face < mesh.faces.rows(); ++face)
        graph.addFace({mesh.faces(face, 0), mesh.faces(face, 1), mesh.faces(face, 2)}, labels);
    graph.smooth();
    return graph.lines();
}

} // namespace brainlike
