#pragma once

#include "core/base/Matrix.h"

#include <span>

namespace brainlike {

/// Where the values of a map lie on the sphere: vertices, or centroids of parcels. A map's values follow the same
/// order, left hemisphere first. One hemisphere may be empty.
struct SpinPoints {
    RowMatrix<float> left;  ///< points × 3 (x, y, z), any unit, on a sphere around the origin
    RowMatrix<float> right; ///< likewise

    [[nodiscard]] int count() const { return static_cast<int>(left.rows() + right.rows()); }
};

/// Checks that both hemispheres hold points on a sphere around the origin (radii within 1 % of their mean).
///
/// @throws ShapeError if there is no point, or points are not × 3; ValueError naming hemisphere and point
void validateSpinPoints(const SpinPoints& points);

/// Centroid of every parcel on the sphere: the vertex nearest to the mean of the parcel's vertices.
///
/// @param sphere  vertices × 3, one hemisphere
/// @param labels  parcel of each vertex, 0 … labelCount − 1; anything else is no parcel
/// @returns labelCount × 3, rows of `sphere`
/// @throws ShapeError if sizes differ, ValueError if a parcel has no vertex
/// Source: neuromaps' `get_parcel_centroids(method="surface")`.
[[nodiscard]] RowMatrix<float> sphereCentroids(const RowMatrix<float>& sphere, std::span<const int> labels,
                                               int labelCount);

} // namespace brainlike
