#include "core/simulate/FeatureSimulator.h"

#include "core/simulate/LatentFactors.h"
#include "core/simulate/NormalStream.h"

#include <cmath>

namespace brainlike {
namespace {

constexpr int nuisanceCount = 8;
constexpr double bandWidth = 0.4; ///< of the factors around a layer's depth
constexpr double reversedWidth = 0.35;
constexpr double untrained = 0.14;     ///< strength of factors before training
constexpr double noiseStrength = 0.5; ///< of every feature
constexpr double nuisanceStrength = 0.1;

RowMatrix<float> normalMatrix(const NormalStream& normal, Eigen::Index rows, Eigen::Index columns,
                              std::uint64_t first = 0) {
    RowMatrix<float> matrix(rows, columns);
    for (Eigen::Index i = 0; i < matrix.size(); ++i)
        matrix.data()[i] = static_cast<float>(normal(first + static_cast<std::uint64_t>(i)));
    return matrix;
}

/// Makes the rows orthonormal, or the columns where there are fewer of them (modified Gram-Schmidt).
void orthonormalise(RowMatrix<float>& matrix) {
    if (matrix.rows() > matrix.cols()) {
        RowMatrix<float> turned = matrix.transpose();
        orthonormalise(turned);
        matrix = turned.transpose();
        return;
    }
    for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
        for (Eigen::Index before = 0; before < row; ++before)
            matrix.row(row) -= matrix.row(row).dot(matrix.row(before)) * matrix.row(before);
        matrix.row(row).normalize();
    }
}

double band(double distance, double width) {
    return std::exp(-distance * distance / (2 * width * width));
}

} // namespace

double factorStrength(const SimulatedModel& model, double factorDepth, double layerDepth, std::int64_t step) {
    const double gain = model.earlyGain + (model.lateGain - model.earlyGain) * factorDepth;
    const double trained = learned(factorDepth, step);
    const double reversed = untrained * (1 + factorDepth) * band(1 - layerDepth - factorDepth, reversedWidth);
    return trained * gain * band(layerDepth - factorDepth, bandWidth) + (1 - trained * model.order) * reversed;
}

FeatureSimulator::FeatureSimulator(const SimulationOptions& options, const RowMatrix<float>& factors, int model)
    : m_factors(factors), m_model(simulatedModels()[static_cast<std::size_t>(model)]) {
    const auto part = static_cast<std::uint64_t>(model);
    const NormalStream mixing(options.seed, Purpose::FeatureMixing, part);
    m_mixing = normalMatrix(mixing, factorCount, options.features);
    orthonormalise(m_mixing);
    const auto mixingSize = static_cast<std::uint64_t>(m_mixing.size());
    const auto spreadSize = static_cast<std::uint64_t>(nuisanceCount * options.features);
    m_spread[0] = normalMatrix(mixing, nuisanceCount, options.features, mixingSize);
    m_spread[1] = normalMatrix(mixing, nuisanceCount, options.features, mixingSize + spreadSize);
    m_nuisance =
        normalMatrix(NormalStream(options.seed, Purpose::FeatureNuisance, part), options.images, nuisanceCount);
    m_noise = normalMatrix(NormalStream(options.seed, Purpose::FeatureNoise, part), options.images, options.features);
}

RowMatrix<float> FeatureSimulator::features(double depth, std::int64_t step) const {
    RowMatrix<float> mixing = m_mixing;
    for (int factor = 0; factor < factorCount; ++factor)
        mixing.row(factor) *= static_cast<float>(factorStrength(m_model, factorDepth(factor), depth, step));
    const auto first = static_cast<float>(nuisanceStrength * std::cos(depth));
    const auto last = static_cast<float>(nuisanceStrength * std::sin(depth));
    const RowMatrix<float> spread = first * m_spread[0] + last * m_spread[1];
    RowMatrix<float> result = static_cast<float>(noiseStrength) * m_noise;
    result += m_factors.lazyProduct(mixing);
    result += m_nuisance.lazyProduct(spread);
    return result;
}

} // namespace brainlike
