#pragma once

#include "core/base/Matrix.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace brainlike {

/// Nearest points among those of one sphere, for the same points rotated; exact.
///
/// The directions of space are cut into cells (each face of a cube in 4^level squares). A cell knows the few points
/// that can be nearest to anything in it, so a query is one look-up and about two distances. Cells where points crowd
/// (a patch, duplicates) ask a k-d tree instead. Queries run in the order of their cells, which keeps them in the
/// cache.
class SpinNeighbors {
public:
    SpinNeighbors();
    /// @param points  × 3, on a sphere around the origin (see validateSpinPoints)
    explicit SpinNeighbors(const RowMatrix<float>& points);
    ~SpinNeighbors();
    SpinNeighbors(SpinNeighbors&&) noexcept;
    SpinNeighbors& operator=(SpinNeighbors&&) noexcept;

    /// For each point, the point nearest to `rotation` · point (as a column) in Euclidean distance; ties take the
    /// earlier one. Safe to call from several threads.
    ///
    /// @param nearest  one a point, written
    /// @returns the sum of the distances
    double nearestToRotated(const Eigen::Matrix3d& rotation, std::span<std::int32_t> nearest) const;

private:
    struct Place {
        double x = 0, y = 0, z = 0;
        std::int32_t point = 0; ///< row in the points given
    };
    struct Query {
        Eigen::Vector3d at;
        std::uint32_t begin = 0, end = 0; ///< its cell's candidates
    };
    struct Found {
        std::int32_t point = 0;
        double squaredDistance = 0;
    };
    class CellBuilder;
    class Tree;

    [[nodiscard]] Found nearestTo(const Query& query) const;

    int m_side = 1;                         ///< squares along an edge of the cube
    std::vector<Place> m_places;            ///< in the order of their cells
    std::vector<std::uint32_t> m_cellStart; ///< cells + 1, into m_candidates; an empty cell is crowded
    std::vector<std::int32_t> m_candidates; ///< into m_places
    std::unique_ptr<const Tree> m_tree;
};

} // namespace brainlike
