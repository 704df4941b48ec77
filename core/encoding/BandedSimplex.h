#pragma once

#include "core/base/Matrix.h"

#include <cstdint>
#include <vector>

namespace brainlike {

/// Weights of feature spaces to try in a random search: each row ≥ 0 with sum 1, [samples × spaces].
///
/// Row 0 holds equal weights. Row i is drawn from the symmetric Dirichlet distribution with concentration
/// i mod count of the list (1: uniform on the simplex; below 1: near its corners and edges). One sequence for all rows,
/// so that a longer search begins with the rows of a shorter one: std::mt19937_64 of the seed, uniform numbers
/// (bits >> 11 + ½)·2⁻⁵³, normal ones by Box and Muller's cosine, gamma variates by Marsaglia and Tsang.
/// @throws ValueError when there is no sample, no space, or a concentration is not above 0
/// Source: himalaya's `generate_dirichlet_samples` (the distribution, not the sequence); Marsaglia & Tsang 2000, "A
/// simple method for generating gamma variables".
[[nodiscard]] RowMatrix<double> simplexSamples(Eigen::Index samples, Eigen::Index spaces, std::uint64_t seed,
                                               const std::vector<double>& concentrations = {0.1, 1.0});

} // namespace brainlike
