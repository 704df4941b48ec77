#pragma once

#include "core/base/Matrix.h"
#include "core/sensors/SensorLayout.h"

#include <span>
#include <vector>

namespace brainlike {

/// Weights of the thin-plate spline through values at places: value at point i = Σ weights(i, j) · value j.
/// Places that coincide (sensors of one coil set) count as one place with the mean of their values.
///
/// @returns points × places
/// @throws ValueError where the places are fewer than three, lie on one line, or are not finite
/// Source: Duchon 1977; kernel r² log r with a linear polynomial, as SciPy's RBFInterpolator("thin_plate_spline").
[[nodiscard]] RowMatrix<double> thinPlateWeights(std::span<const SensorPlace> places,
                                                 std::span<const SensorPlace> points);

/// A picture of sensors' values: a square grid over the head's unit circle, and what turns values into it.
class Topography {
public:
    /// Grid points a side, from −1 to 1 along x (columns) and y (rows).
    static constexpr int gridSize = 64;

    /// @throws what thinPlateWeights throws
    explicit Topography(const SensorLayout& layout);

    /// Interpolated values, row 0 at y = −1. Values that are not finite are left out, as if their sensors were not
    /// there.
    ///
    /// @param values  a value a sensor of the layout
    /// @returns nothing where fewer than three places have a value, or these lie on one line
    /// @throws ShapeError if the size is not the layout's
    [[nodiscard]] std::optional<RowMatrix<float>> gridOf(std::span<const float> values) const;

private:
    std::vector<std::optional<SensorPlace>> m_places;
    std::vector<std::size_t> m_sensors; ///< with a place
    RowMatrix<float> m_weights;         ///< grid points × m_sensors
};

/// A piece of a line of equal value, in the grid's coordinates (−1 … 1).
struct ContourPiece {
    SensorPlace from, to;
};

/// Pieces of the lines at which a grid (rows along y, columns along x, from −1 to 1) has a value; cells with a value
/// that is not finite have none.
/// Source: marching squares, saddles by the mean of the cell.
[[nodiscard]] std::vector<ContourPiece> contourPieces(const RowMatrix<float>& grid, double level);

} // namespace brainlike
