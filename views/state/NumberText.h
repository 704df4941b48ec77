#pragma once

#include "core/stats/Bootstrap.h"

#include <QString>

#include <cstdint>
#include <string>

namespace brainlike {

/// Numbers as people read them: one style in every panel (INTERFACE "Words and numbers"). "−" is the minus sign; what
/// is not finite reads "not computed".

/// A score: three decimals ("0.412", "−0.021"); below 0.01 two significant digits ("0.0031"); "0" only for exactly
/// zero,
/// "<0.0001" for what is smaller than four decimals can tell.
[[nodiscard]] QString scoreText(double score);
/// A value of a map of any unit, four significant digits: "1,234", "2.145", "0.0003121", "−1.2e−07"; "no value" where
/// it is not finite.
[[nodiscard]] QString valueText(double value);
/// "0.412 ± 0.030", the spread with the score's decimals; without it where it is not finite.
[[nodiscard]] QString scoreText(double score, double spread);
/// Thousands grouped: "200,000".
[[nodiscard]] QString countText(std::int64_t count);
/// A training step as a number: "200,000".
[[nodiscard]] QString stepText(std::int64_t step);
/// A step that was interpolated (a half-time), three significant digits: "136,000".
[[nodiscard]] QString interpolatedStepText(double step);
/// A checkpoint in a sentence: "step 200,000", "untrained" for step 0.
[[nodiscard]] QString checkpointText(std::int64_t step);
/// A step short enough for an axis: "1k", "200k", "10M".
[[nodiscard]] QString shortStepText(std::int64_t step);
/// Images seen, three significant digits: "819 M images", "1.7 B images", "4,096 images".
[[nodiscard]] QString imagesText(double images);
/// Seconds as whole milliseconds: "120 ms".
[[nodiscard]] QString millisecondsText(double seconds);
/// A share as percent, two significant digits up to 100: "2.0 %", "0.070 %", "38 %", "100 %".
[[nodiscard]] QString percentText(double share);

/// A probability, two significant digits: "0.011", "2e−11"; "undefined" where it is not finite.
[[nodiscard]] QString probabilityText(double p);
/// A bootstrap interval of half-times, "95 % 1,200 to 3,400"; an end that is censored is "≤ first step" or "not
/// reached"; then the shares of such resamples: "; of resamples 12 % ≤ first step". Empty without an interval.
[[nodiscard]] QString halfTimeIntervalText(const BootstrapInterval& interval);
/// The id of an area, ROI or window as people say it: "lh:V1" is "V1 (left)", "V1" stays.
[[nodiscard]] QString unitName(const std::string& id);

} // namespace brainlike
