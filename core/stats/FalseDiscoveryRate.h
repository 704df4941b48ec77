#pragma once

#include <span>
#include <vector>

namespace brainlike {

/// Benjamini–Hochberg adjusted p values (q). NaN entries are not tests: they stay NaN and do not count.
///
/// @throws ValueError if a p lies outside of [0, 1]
/// Source: Benjamini & Hochberg 1995; as statsmodels' `fdrcorrection` and SciPy's `false_discovery_control`.
[[nodiscard]] std::vector<double> benjaminiHochberg(std::span<const double> p);

} // namespace brainlike
