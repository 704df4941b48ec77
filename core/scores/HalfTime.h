#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace brainlike {

enum class HalfTimeStatus {
    Ok,
    AtOrBeforeFirst, ///< censored: at least half of the final value at the first checkpoint already
    FinalNotPositive ///< the last checkpoint's value is ≤ 0 or not finite
};

/// "ok", "at-or-before-first", "final-not-positive", as in tables.
[[nodiscard]] std::string_view nameOf(HalfTimeStatus status);

struct HalfTime {
    HalfTimeStatus status = HalfTimeStatus::FinalNotPositive;
    double step = std::numeric_limits<double>::quiet_NaN();  ///< training steps; NaN unless Ok
    double share = std::numeric_limits<double>::quiet_NaN(); ///< of the last checkpoint's step, 0 … 1; NaN unless Ok
    std::int64_t firstStep = 0;                              ///< first checkpoint with a value, for "≤ first step"
};

/// Training step at which a trajectory first reaches half of its final value, interpolated linearly in log10(step), or
/// linearly in step right after step 0. Checkpoints whose value is NaN are skipped, but not the last.
///
/// @param steps   strictly increasing, ≥ 0 (0: untrained)
/// @param values  metric at each step, any unit
/// @throws ShapeError if sizes differ or there is no step; ValueError if steps do not increase
/// Source: METHODS 6 "Half-time" (Raugel et al. 2025, Fig. 5).
[[nodiscard]] HalfTime halfTime(std::span<const std::int64_t> steps, std::span<const double> values);

} // namespace brainlike
