#pragma once

#include "core/encoding/Banded.h"
#include "tests/core/encoding/PlantedData.h"

#include <initializer_list>
#include <vector>

namespace brainlike::test {

[[nodiscard]] inline RidgeOptions bandedOptions(LambdaMode mode = LambdaMode::PerTarget) {
    RidgeOptions options;
    options.alphas = logSpace(-1, 4, 6);
    options.outer.count = 3;
    options.inner.count = 3;
    options.lambdaMode = mode;
    options.doublePrecision = true;
    options.keepInner = true;
    return options;
}

[[nodiscard]] inline BandedOptions searched(int samples, std::uint64_t seed = 1) {
    BandedOptions banded;
    banded.samples = samples;
    banded.seed = seed;
    return banded;
}

[[nodiscard]] inline BandedOptions weighted(std::initializer_list<std::initializer_list<double>> rows) {
    BandedOptions banded;
    banded.weights.resize(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows.begin()->size()));
    Eigen::Index row = 0;
    for (const auto& values : rows) {
        Eigen::Index column = 0;
        for (const double value : values)
            banded.weights(row, column++) = value;
        ++row;
    }
    return banded;
}

[[nodiscard]] inline BandedResult fit(const std::vector<FeatureSpace>& spaces, const RowMatrix<double>& y,
                                      const RidgeOptions& options, const BandedOptions& banded) {
    JobContext job;
    return fitBandedRidge(spaces, y, options, banded, job);
}

/// Two spaces; the responses are a sum of the first one's features and noise.
struct TwoSpaces {
    std::vector<FeatureSpace> spaces;
    RowMatrix<double> y;
};

[[nodiscard]] inline TwoSpaces twoSpaces(Eigen::Index rows, Eigen::Index first, Eigen::Index second,
                                         Eigen::Index targets) {
    const auto data = planted(rows, first, targets);
    return {{{"a.npy", data.x}, {"b.npy", noise(rows, second, 77)}}, data.y};
}

} // namespace brainlike::test
