#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

namespace brainlike {

/// Pearson's r of one map with each of many resampled ones, fed a unit at a time, so that none of them lies in memory.
class ResampledCorrelations {
public:
    explicit ResampledCorrelations(Eigen::Index resamples);

    /// One unit. Pairs of which a value is not finite are left out.
    /// @param value   of the map that all have in common
    /// @param others  of the resampled maps
    void add(double value, std::span<const double> others);
    /// The units of another part.
    void add(const ResampledCorrelations& part);

    /// r a resample; NaN with fewer than 3 pairs or without variance, as correlate().
    [[nodiscard]] std::vector<double> r() const;

private:
    using Values = Eigen::ArrayXd;

    Values m_count, m_meanX, m_meanY, m_xx, m_yy, m_xy; ///< centred sums of products
    Values m_largestX, m_largestY;                      ///< magnitudes
};

} // namespace brainlike
