#pragma once

#include <span>
#include <vector>

namespace brainlike {

/// Two-sided p value of Student's t: P(|T| ≥ |t|). Relative error below 1e-10, for tiny p too; closed forms for the
/// degrees of freedom of a few subjects.
///
/// @param degreesOfFreedom  > 0
/// @returns NaN for a NaN t, 0 for an infinite one
/// @throws ValueError if the degrees of freedom are not > 0
[[nodiscard]] double studentTwoSidedP(double t, double degreesOfFreedom);

/// Two-sided p value of a Pearson correlation over n pairs, from t with n − 2 degrees of freedom; NaN where r is NaN or
/// n < 3, 0 for |r| = 1.
[[nodiscard]] double correlationP(double r, int n);

/// The same for many correlations over the same n.
[[nodiscard]] std::vector<double> correlationP(std::span<const double> r, int n);
[[nodiscard]] std::vector<double> correlationP(std::span<const float> r, int n);

} // namespace brainlike
