#pragma once

#include <span>
#include <vector>

namespace brainlike {

/// Statistics over subjects, a value a dimension; NaN where undefined.
struct GroupStatistics {
    std::vector<double> mean;
    std::vector<double> sem; ///< standard error (ddof 1); NaN for fewer than two subjects
    std::vector<double> t;
    std::vector<double> p; ///< two-sided
};

/// One-sample t-test against 0 over subjects, two-sided, a test a dimension, as SciPy's `ttest_1samp`. Subjects whose
/// value is NaN are skipped in that dimension; with one left, only the mean is defined.
///
/// @param subjects  one map a subject, all of the same size
/// @throws ShapeError if there is no subject or sizes differ
/// Source: METHODS 7 "Vertex maps".
[[nodiscard]] GroupStatistics oneSampleTTest(std::span<const std::span<const float>> subjects);
[[nodiscard]] GroupStatistics oneSampleTTest(std::span<const std::span<const double>> subjects);

/// Statistics of maps of correlations: the t-test over subjects or, with a single subject, t and p of r with
/// imageCount − 2 degrees of freedom.
///
/// @param imageCount  images behind the correlations of a single subject; not used with several
/// @throws ShapeError as above
[[nodiscard]] GroupStatistics groupStatistics(std::span<const std::span<const float>> subjects, int imageCount);

} // namespace brainlike
