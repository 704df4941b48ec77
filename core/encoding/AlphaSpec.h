#pragma once

#include <string_view>
#include <vector>

namespace brainlike {

/// λ that a grid can have at most: the scores of every λ are kept while one is chosen, and parts number them in 16
/// bits.
inline constexpr int largestGrid = 10'000;

/// λ grid from its spelling on the command line and in study.json: `0:8:10` is logspace(0, 8, 10) (exponents may be
/// negative), `1,10,100` a list. Sorted ascending, duplicates dropped.
///
/// @throws ValueError naming the part that is not a number, is not finite and > 0, or a count below 1 or above
/// largestGrid Source: CONTRACT "Specs".
[[nodiscard]] std::vector<double> alphasFrom(std::string_view spec);

} // namespace brainlike
