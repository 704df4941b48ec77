#include "core/simulate/LatentFactors.h"

#include "core/simulate/NormalStream.h"
#include "core/simulate/Orthonormal.h"

#include <cmath>

namespace brainlike {
namespace {

constexpr double firstHalfTime = 1e5; ///< steps
constexpr double lastHalfTime = 1.5e6;
constexpr double halfTimeExponent = 1.4; ///< of the depth
constexpr double logisticWidth = 0.3;     ///< in log10 of steps

} // namespace

double factorDepth(int factor) {
    return static_cast<double>(factor) / (factorCount - 1);
}

double plantedHalfTime(double depth) {
    return firstHalfTime + (lastHalfTime - firstHalfTime) * std::pow(depth, halfTimeExponent);
}

double learned(double depth, std::int64_t step, double lead) {
    if (step <= 0)
        return 0;
    const double distance = std::log10(static_cast<double>(step)) + lead - std::log10(plantedHalfTime(depth));
    return 1 / (1 + std::exp(-distance / logisticWidth));
}

std::vector<double> factorBand(double depth, double width) {
    std::vector<double> weights(factorCount);
    double squares = 0;
    for (int factor = 0; factor < factorCount; ++factor) {
        const double distance = (factorDepth(factor) - depth) / width;
        weights[factor] = std::exp(-distance * distance / 2);
        squares += weights[factor] * weights[factor];
    }
    for (double& weight : weights)
        weight /= std::sqrt(squares);
    return weights;
}

RowMatrix<float> imageFactors(const SimulationOptions& options) {
    const NormalStream normal(options.seed, Purpose::Images);
    RowMatrix<float> values(options.images, factorCount);
    for (Eigen::Index i = 0; i < values.size(); ++i)
        values.data()[i] = static_cast<float>(normal(static_cast<std::uint64_t>(i)));
    values.rowwise() -= values.colwise().mean().eval();
    orthonormalise(values);
    return values * std::sqrt(static_cast<float>(options.images));
}

} // namespace brainlike
