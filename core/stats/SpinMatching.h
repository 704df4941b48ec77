#pragma once

#include "core/base/Matrix.h"

#include <cstdint>
#include <span>

namespace brainlike {

/// Matching of rows to columns, one to one, in which the row whose nearest column is farthest chooses first: again and
/// again the row with the largest minimum takes its cheapest column, and both are out. Ties take the earlier row and
/// column.
///
/// @param costs       n × n, finite; squared distances give the same matching as distances
/// @param columnOfRow  size n, written
/// @throws ShapeError if sizes do not fit
/// Source: Váša et al. 2018, as neuromaps' `gen_spinsamples(method="vasa")`; O(n²) of memory, close to O(n²) of time.
void matchFarthestFirst(const RowMatrix<double>& costs, std::span<std::int32_t> columnOfRow);

/// Matching of rows to columns, one to one, with the smallest sum of costs.
///
/// @param costs       n × n, finite
/// @param columnOfRow  size n, written
/// @throws ShapeError if sizes do not fit
/// Source: Jonker & Volgenant 1987 (column reduction, augmenting row reduction), shortest augmenting paths as in
/// Crouse 2016 (SciPy's `linear_sum_assignment`); O(n³).
void matchOptimally(const RowMatrix<double>& costs, std::span<std::int32_t> columnOfRow);

} // namespace brainlike
