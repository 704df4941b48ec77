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

/// Percentile interval; NaN when no resample has a value.
struct BootstrapInterval {
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
    int defined = 0; ///< resamples with a finite statistic; the interval is over these
};

/// Bootstrap over subjects: the statistic of resamples of the subjects with replacement. The same seed gives the same
/// interval on every machine.
///
/// @param statistic  gets `subjectCount` indices of subjects, with repetitions; NaN where undefined
/// @throws ValueError without subjects, without resamples or for a level outside of (0, 1)
/// Source: METHODS 7 "Error bars"; percentiles interpolated linearly, as NumPy's.
[[nodiscard]] BootstrapInterval bootstrapSubjects(int subjectCount,
                                                  const std::function<double(std::span<const int>)>& statistic,
                                                  const BootstrapOptions& options = {});

/// The resamples that bootstrapSubjects takes, for statistics that are faster computed for all of them at once.
/// @returns options.resamples lists of `subjectCount` indices
/// @throws ValueError as bootstrapSubjects
[[nodiscard]] std::vector<std::vector<int>> resampledSubjects(int subjectCount, const BootstrapOptions& options = {});

/// Its interval, from the statistic of every resample; those that are not finite are left out.
[[nodiscard]] BootstrapInterval percentileInterval(std::vector<double> values, double level = 0.95);

} // namespace brainlike
