#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

namespace brainlike {

struct BootstrapOptions {
    int resamples = 1000;
    std::uint64_t seed = 0;
    double level = 0.95; ///< coverage of the interval, in (0, 1)
};

/// Percentile interval; NaN when no resample has a value. An end is −∞ or +∞ where so many resamples are censored: what
/// is known of them is only that they lie below or above everything that is measured.
struct BootstrapInterval {
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
    int defined = 0; ///< resamples with a statistic, finite or censored; the interval is over these
    int below = 0;   ///< of these, −∞
    int above = 0;   ///< of these, +∞
};

/// Bootstrap over subjects: the statistic of resamples of the subjects with replacement. The same seed gives the same
/// interval on every machine.
///
/// @param statistic  gets `subjectCount` indices of subjects, with repetitions; NaN where undefined, ±∞ where it is
///                   only known to lie below or above what can be measured
/// @throws ValueError without subjects, without resamples or for a level outside of (0, 1)
/// Source: METHODS 7 "Error bars"; percentiles interpolated linearly, as NumPy's.
[[nodiscard]] BootstrapInterval bootstrapSubjects(int subjectCount,
                                                  const std::function<double(std::span<const int>)>& statistic,
                                                  const BootstrapOptions& options = {});

/// The resamples that bootstrapSubjects takes, for statistics that are faster computed for all of them at once.
/// @returns options.resamples lists of `subjectCount` indices
/// @throws ValueError as bootstrapSubjects
[[nodiscard]] std::vector<std::vector<int>> resampledSubjects(int subjectCount, const BootstrapOptions& options = {});

/// Its interval, from the statistic of every resample; those that are NaN are left out, those that are infinite count
/// as below or above all others. A percentile between a finite and a censored one is censored.
[[nodiscard]] BootstrapInterval percentileInterval(std::vector<double> values, double level = 0.95);

} // namespace brainlike
