#pragma once

#include <cstdint>

namespace brainlike {

/// What random numbers are for: each purpose has numbers of its own.
enum class Purpose : std::uint64_t {
    Images = 1,
    FeatureMixing,
    FeatureNuisance,
    FeatureNoise,
    DepthVariation,
    SharedWeights,
    SubjectWeights,
    FmriNoise,
    FmriCommon,
    Topographies,
    SubjectTopographies,
    MegNoise
};

/// Random numbers found by counting: the i-th depends only on seed, purpose, part and i, so that threads and orders of
/// work do not matter.
class NormalStream {
public:
    /// @param part  e.g. a subject or a model
    NormalStream(std::uint64_t seed, Purpose purpose, std::uint64_t part = 0);

    /// Uniform in (0, 1).
    [[nodiscard]] double uniform(std::uint64_t index) const;
    /// Standard normal.
    [[nodiscard]] double operator()(std::uint64_t index) const;

private:
    std::uint64_t m_key;
};

/// Quantile of the standard normal distribution, relative error below 1.2e-9.
/// @param probability  in (0, 1)
/// Source: P. J. Acklam's rational approximation.
[[nodiscard]] double normalQuantile(double probability);

} // namespace brainlike
