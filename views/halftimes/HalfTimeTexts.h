#pragma once

#include "core/stats/Correlation.h"
#include "core/tables/HalfTimeUnits.h"

#include <QString>

#include <vector>

namespace brainlike {

/// "half-time 136,000 steps (95 % 98,000 to 210,000), 1.4 % of training", or why there is none.
[[nodiscard]] QString halfTimeText(const HalfTimeUnit& unit);
/// A − B in few words: "A 2.1× earlier"; "–" where one of them has none.
[[nodiscard]] QString earlierText(const HalfTimeDifference& difference);
/// Which of some units have a half-time, the first and the last of them.
[[nodiscard]] QString reachedText(const HalfTimeUnits& units, const std::vector<int>& shown);
/// "A earlier in 12 of 20, median 1.4× earlier".
[[nodiscard]] QString comparisonSummary(const HalfTimeComparison& comparison);
/// r, n, p and interval of the half-time with the place, or why there are none.
[[nodiscard]] QString placeCorrelationText(const HalfTimeUnits& units);

} // namespace brainlike
