#pragma once

#include "core/stats/SpinMethod.h"
#include "core/stats/SpinNeighbors.h"
#include "core/stats/SpinPoints.h"
#include "core/stats/SpinRotations.h"

#include <cstdint>
#include <span>

namespace brainlike {

/// Finds, for one spin after the other, whose value each point takes. Behind assignSpins and spinTest; use it to take
/// spins one at a time without storing them. Safe to share between threads, each with a Workspace of its own.
class SpinAssigner {
public:
    /// Memory that is used again from spin to spin.
    struct Workspace {
        RowMatrix<double> rotated, costs;
    };

    /// Most points of a hemisphere for the one-to-one methods, which need all distances between them.
    static constexpr int mostMatched = 4096;

    /// @throws ShapeError, ValueError as validateSpinPoints; ValueError for more than `mostMatched` points with `vasa`
    /// or `hungarian`
    SpinAssigner(const SpinPoints& points, SpinMethod method);

    [[nodiscard]] int count() const { return static_cast<int>(m_left.points.rows() + m_right.points.rows()); }

    /// @param sources  size count(), written: index in the joined map, left hemisphere first
    /// @returns mean distance between a point and the rotated place of its source, in the points' unit
    double assign(const SpinRotations& rotations, int spin, std::span<std::int32_t> sources,
                  Workspace& workspace) const;

private:
    struct Side {
        RowMatrix<double> points;
        SpinNeighbors neighbors; ///< empty for the one-to-one methods
    };

    [[nodiscard]] static Side sideOf(const RowMatrix<float>& points, SpinMethod method, const char* name);
    double assignSide(const Side& side, const Eigen::Matrix3d& rotation, std::span<std::int32_t> sources,
                      Workspace& workspace) const;

    SpinMethod m_method;
    Side m_left, m_right;
};

} // namespace brainlike
