#include "core/stats/SpinNeighbors.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nanoflann.hpp>
#include <numeric>
#include <tuple>

namespace brainlike {
namespace {

constexpr double farthest = std::numeric_limits<double>::infinity();
constexpr int cellsPerPoint = 2;
constexpr int largestLevel = 10;

int levelFor(std::size_t points) {
    int level = 0;
    while (level < largestLevel && 6 * std::size_t{1} << (2 * level) < cellsPerPoint * points)
        ++level;
    return level;
}

/// The bits of a number spread to the even places: interleaving two of them numbers squares so that neighbours stay
/// near (Morton order), and that the four quarters of a square follow each other.
constexpr std::uint32_t spreadBits(std::uint32_t value) {
    value = (value | value << 8) & 0x00FF00FFU;
    value = (value | value << 4) & 0x0F0F0F0FU;
    value = (value | value << 2) & 0x33333333U;
    return (value | value << 1) & 0x55555555U;
}

constexpr auto spreadTable = [] {
    std::array<std::uint16_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i)
        table[i] = static_cast<std::uint16_t>(spreadBits(i));
    return table;
}();

std::uint32_t interleaved(std::uint32_t value) {
    return spreadTable[value & 0xFFU] | static_cast<std::uint32_t>(spreadTable[value >> 8]) << 16;
}

/// Direction of the place (u, v), each −1 … 1, on a face of the cube: face = 2 · axis + (1 where negative).
Eigen::Vector3d directionOf(int face, double u, double v) {
    Eigen::Vector3d direction;
    const int axis = face / 2;
    direction[axis] = face % 2 == 0 ? 1 : -1;
    direction[(axis + 1) % 3] = u;
    direction[(axis + 2) % 3] = v;
    return direction.normalized();
}

/// Number of the cell that a direction falls into, with `side` squares along an edge of the cube.
inline std::uint32_t cellOf(const Eigen::Vector3d& direction, int side) {
    const double x = direction.x(), y = direction.y(), z = direction.z();
    const double ax = std::abs(x), ay = std::abs(y), az = std::abs(z);
    double major = x, u = y, v = z;
    std::uint32_t axis = 0;
    if (ay > ax && ay >= az) {
        axis = 1;
        major = y, u = z, v = x;
    } else if (az > ax) {
        axis = 2;
        major = z, u = x, v = y;
    }
    const std::uint32_t face = 2 * axis + (major < 0 ? 1 : 0);
    const double half = side / 2.0;
    const double scale = half / std::abs(major);
    const auto column = static_cast<std::uint32_t>(std::min(side - 1, static_cast<int>(u * scale + half)));
    const auto row = static_cast<std::uint32_t>(std::min(side - 1, static_cast<int>(v * scale + half)));
    return face * static_cast<std::uint32_t>(side * side) + (interleaved(column) | interleaved(row) << 1);
}

} // namespace

class SpinNeighbors::Tree {
public:
    explicit Tree(const RowMatrix<float>& points)
        : m_source{points.cast<double>()}, m_index(3, m_source, nanoflann::KDTreeSingleIndexAdaptorParams(10)) {
        m_index.buildIndex();
    }

    [[nodiscard]] Found nearest(const Eigen::Vector3d& query) const {
        First first;
        m_index.findNeighbors(first, query.data(), nanoflann::SearchParams());
        return first.found;
    }

private:
    // The names of members are nanoflann's.

    /// Keeps the nearest point, of equally near ones the earlier.
    struct First {
        Found found{.point = std::numeric_limits<std::int32_t>::max(), .squaredDistance = farthest};
        [[nodiscard]] std::size_t size() const { return found.squaredDistance < farthest ? 1 : 0; }
        [[nodiscard]] bool full() const { return size() == 1; }
        /// Just above the best, so that equally near points are offered too.
        [[nodiscard]] double worstDist() const { return std::nextafter((1 + 1e-12) * found.squaredDistance, farthest); }
        bool addPoint(double squaredDistance, std::uint32_t index) {
            const Found other{static_cast<std::int32_t>(index), squaredDistance};
            if (std::tie(other.squaredDistance, other.point) < std::tie(found.squaredDistance, found.point))
                found = other;
            return true;
        }
    };

    struct Source {
        RowMatrix<double> points;
        [[nodiscard]] std::size_t kdtree_get_point_count() const { return static_cast<std::size_t>(points.rows()); }
        [[nodiscard]] double kdtree_get_pt(std::size_t row, std::size_t column) const {
            return points(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(column));
        }
        template <typename Box>
        bool kdtree_get_bbox(Box& /*box*/) const {
            return false;
        }
    };

    Source m_source;
    nanoflann::KDTreeSingleIndexAdaptor<nanoflann::L2_Simple_Adaptor<double, Source>, Source, 3, std::uint32_t> m_index;
};

/// Fills the cells by halving squares: what can be nearest in a quarter can be nearest in the whole.
class SpinNeighbors::CellBuilder {
public:
    CellBuilder(const RowMatrix<float>& points, int level, SpinNeighbors& target)
        : m_points(points.cast<double>()), m_level(level), m_target(target) {
        const Eigen::VectorXd radii = m_points.rowwise().norm();
        m_radius = (radii.maxCoeff() + radii.minCoeff()) / 2;
        m_smallestRadius = radii.minCoeff();
        m_slack = radii.maxCoeff() - radii.minCoeff() + 1e-6 * m_radius;
    }

    void build() {
        m_target.m_cellStart.assign(1, 0);
        std::vector<std::int32_t> all(static_cast<std::size_t>(m_points.rows()));
        std::iota(all.begin(), all.end(), 0);
        for (int face = 0; face < 6; ++face)
            fill({.face = face}, all);
    }

    [[nodiscard]] bool crowded() const { return m_crowded; }

private:
    struct Square {
        int face = 0, level = 0;
        double u = -1, v = -1, width = 2;
    };

    struct Candidates {
        std::vector<std::int32_t> points; ///< ascending
        std::int32_t central = 0;         ///< the nearest to the square's centre
    };

    void fill(const Square& square, const std::vector<std::int32_t>& outer) {
        const Candidates candidates = candidatesIn(square, outer);
        if (candidates.points.size() > mostCandidates(square.level)) {
            const std::size_t cells = std::size_t{1} << (2 * (m_level - square.level));
            m_target.m_cellStart.insert(m_target.m_cellStart.end(), cells, m_target.m_cellStart.back());
            m_crowded = true;
        } else if (square.level == m_level) {
            storeUnbeaten(square, candidates);
        } else {
            const double half = square.width / 2;
            for (int quarter = 0; quarter < 4; ++quarter)
                fill({square.face, square.level + 1, square.u + half * (quarter % 2), square.v + half * (quarter / 2),
                      half},
                     candidates.points);
        }
    }

    /// Evenly spread points leave far fewer; more means that they crowd elsewhere on the sphere or lie on each other.
    [[nodiscard]] std::size_t mostCandidates(int level) const {
        return 32 + (16 * static_cast<std::size_t>(m_points.rows()) >> (2 * level));
    }

    /// Directions of the corners.
    [[nodiscard]] static std::array<Eigen::Vector3d, 4> cornersOf(const Square& square) {
        const double farU = square.u + square.width, farV = square.v + square.width;
        return {directionOf(square.face, square.u, square.v), directionOf(square.face, farU, square.v),
                directionOf(square.face, square.u, farV), directionOf(square.face, farU, farV)};
    }

    /// A point farther from the centre than the nearest one by more than the square's diameter is never nearest in it.
    [[nodiscard]] Candidates candidatesIn(const Square& square, const std::vector<std::int32_t>& outer) {
        const double half = square.width / 2;
        const Eigen::Vector3d centre = m_radius * directionOf(square.face, square.u + half, square.v + half);
        double reach = 0; // from the centre to the farthest query in the square
        for (const Eigen::Vector3d& corner : cornersOf(square))
            reach = std::max(reach, (m_radius * corner - centre).norm());
        Candidates candidates;
        double nearest = farthest;
        m_distances.resize(outer.size());
        for (std::size_t i = 0; i < outer.size(); ++i) {
            m_distances[i] = (m_points.row(outer[i]).transpose() - centre).norm();
            if (m_distances[i] < nearest) {
                nearest = m_distances[i];
                candidates.central = outer[i];
            }
        }
        for (std::size_t i = 0; i < outer.size(); ++i)
            if (m_distances[i] <= nearest + 2 * (reach + m_slack))
                candidates.points.push_back(outer[i]);
        return candidates;
    }

    /// Stores the candidates of a cell without those that the central one beats in all four corners: every query is a
    /// combination of the corners with weights ≥ 0, so they are beaten everywhere.
    void storeUnbeaten(const Square& square, const Candidates& candidates) {
        const auto corners = cornersOf(square);
        const Eigen::RowVector3d central = m_points.row(candidates.central);
        for (const std::int32_t candidate : candidates.points) {
            const Eigen::RowVector3d other = m_points.row(candidate);
            double lead = farthest;
            for (const Eigen::Vector3d& corner : corners)
                lead = std::min(lead, (central - other).dot(corner));
            const double margin = 2 * m_smallestRadius * lead + other.squaredNorm() - central.squaredNorm();
            if (lead <= 0 || margin <= 1e-9 * m_radius * m_radius)
                m_target.m_candidates.push_back(candidate);
        }
        m_target.m_cellStart.push_back(static_cast<std::uint32_t>(m_target.m_candidates.size()));
    }

    RowMatrix<double> m_points;
    int m_level;
    SpinNeighbors& m_target;
    double m_radius = 0, m_smallestRadius = 0, m_slack = 0;
    bool m_crowded = false;
    std::vector<double> m_distances;
};

SpinNeighbors::SpinNeighbors(const RowMatrix<float>& points) {
    const auto count = static_cast<std::size_t>(points.rows());
    if (count == 0)
        return;
    const int level = levelFor(count);
    m_side = 1 << level;
    CellBuilder builder(points, level, *this);
    builder.build();
    if (builder.crowded())
        m_tree = std::make_unique<const Tree>(points);

    std::vector<std::pair<std::uint32_t, Place>> cells(count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        const Place place{points(row, 0), points(row, 1), points(row, 2), static_cast<std::int32_t>(i)};
        cells[i] = {cellOf({place.x, place.y, place.z}, m_side), place};
    }
    std::stable_sort(cells.begin(), cells.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::int32_t> placeOf(count);
    m_places.reserve(count);
    for (const auto& [cell, place] : cells) {
        placeOf[place.point] = static_cast<std::int32_t>(m_places.size());
        m_places.push_back(place);
    }
    for (std::int32_t& candidate : m_candidates)
        candidate = placeOf[candidate];
}

SpinNeighbors::SpinNeighbors() = default;
SpinNeighbors::~SpinNeighbors() = default;
SpinNeighbors::SpinNeighbors(SpinNeighbors&&) noexcept = default;
SpinNeighbors& SpinNeighbors::operator=(SpinNeighbors&&) noexcept = default;

double SpinNeighbors::nearestToRotated(const Eigen::Matrix3d& rotation, std::span<std::int32_t> nearest) const {
    constexpr std::size_t block = 256; // cells first, then distances: the processor fetches many cells at a time
    std::array<Query, block> queries;
    double sum = 0;
    for (std::size_t first = 0; first < m_places.size(); first += block) {
        const std::size_t count = std::min(block, m_places.size() - first);
        for (std::size_t i = 0; i < count; ++i) {
            const Place& place = m_places[first + i];
            const Eigen::Vector3d at = rotation * Eigen::Vector3d(place.x, place.y, place.z);
            const std::uint32_t cell = cellOf(at, m_side);
            queries[i] = {at, m_cellStart[cell], m_cellStart[cell + 1]};
        }
        for (std::size_t i = 0; i < count; ++i) {
            const Found found = nearestTo(queries[i]);
            nearest[m_places[first + i].point] = found.point;
            sum += std::sqrt(found.squaredDistance);
        }
    }
    return sum;
}

SpinNeighbors::Found SpinNeighbors::nearestTo(const Query& query) const {
    if (query.begin == query.end)
        return m_tree->nearest(query.at);
    double lowest = farthest;
    std::int32_t best = 0;
    for (std::uint32_t i = query.begin; i < query.end; ++i) {
        const std::int32_t candidate = m_candidates[i];
        const Place& place = m_places[candidate];
        const double dx = query.at.x() - place.x, dy = query.at.y() - place.y, dz = query.at.z() - place.z;
        const double squared = dx * dx + dy * dy + dz * dz;
        best = squared < lowest ? candidate : best;
        lowest = squared < lowest ? squared : lowest;
    }
    return {m_places[best].point, lowest};
}

} // namespace brainlike
