#pragma once

#include "core/base/Matrix.h"
#include "core/simulate/NormalStream.h"

namespace brainlike {

/// Smooth random fields in space: Gaussian processes with a squared-exponential kernel, approximated by random waves
/// (Rahimi and Recht 2007). They depend on places, not on the mesh.
///
/// @param points  places × 3
/// @param length  over which values change, in the unit of the points
/// @returns places × fields, variance about 1
[[nodiscard]] RowMatrix<float> smoothFields(const RowMatrix<float>& points, int fields, double length,
                                            const NormalStream& normal);

} // namespace brainlike
