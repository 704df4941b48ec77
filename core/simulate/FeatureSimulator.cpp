#include "core/simulate/FeatureSimulator.h"

#include "core/simulate/LatentFactors.h"
#include "core/simulate/NormalStream.h"
#include "core/simulate/Orthonormal.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace brainlike {
namespace {

constexpr int nuisanceCount = 8;
constexpr double layerBandWidth = 0.4; ///< of the factors around a layer's depth
constexpr double reversedWidth = 0.35;
constexpr double disorderTurns = 2;   ///< how often layers alternate between later and earlier than they should be
constexpr double untrained = 0.16;    ///< strength of factors before training
constexpr double noiseStrength = 0.5; ///< of every feature
constexpr double nuisanceStrength = 0.1;

RowMatrix<float> normalMatrix(const NormalStream& normal, Eigen::Index rows, Eigen::Index columns,
                              std::uint64_t first = 0) {
    RowMatrix<float> matrix(rows, columns);
    for (Eigen::Index i = 0; i < matrix.size(); ++i)
        matrix.data()[i] = static_cast<float>(normal(first + static_cast<std::uint64_t>(i)));
    return matrix;
}

/// Takes out of every column what it shares by chance with the factors, so that all layers do not seem to know one of
/// them because they share their noise.
void removeFactors(RowMatrix<float>& columns, const RowMatrix<float>& factors) {
    RowMatrix<float> basis = factors.transpose();
    basis.colwise() -= basis.rowwise().mean().eval();
    orthonormalise(basis);
    const RowMatrix<float> shared = basis.lazyProduct(columns);
    columns -= basis.transpose().lazyProduct(shared);
}

/// Number of the random numbers of a model: of the first one that is trained on the same images, so that models of
/// several sizes differ by what is planted alone.
std::uint64_t partOf(const SimulatedModel& model) {
    const auto models = simulatedModels();
    const auto first = std::ranges::find(models, model.imageType, &SimulatedModel::imageType);
    return static_cast<std::uint64_t>(first - models.begin());
}

double band(double distance, double width) {
    return std::exp(-distance * distance / (2 * width * width));
}

} // namespace

double factorStrength(const SimulatedModel& model, double factorDepth, double layerDepth, std::int64_t step) {
    const double gain = model.earlyGain + (model.lateGain - model.earlyGain) * factorDepth;
    const double moved = model.disorder * std::sin(disorderTurns * 2 * std::numbers::pi * layerDepth);
    const double center = 0.5 + model.span * (layerDepth - 0.5) + moved;
    const double trained = learned(factorDepth, step, model.lead);
    const double reversed = untrained * band(1 - layerDepth - factorDepth, reversedWidth);
    return trained * gain * band(center - factorDepth, layerBandWidth) + (1 - model.order * trained) * reversed;
}

FeatureSimulator::FeatureSimulator(const SimulationOptions& options, const RowMatrix<float>& factors, int model)
    : m_factors(factors), m_model(simulatedModels()[static_cast<std::size_t>(model)]) {
    const std::uint64_t part = partOf(m_model);
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
    removeFactors(m_nuisance, factors);
    removeFactors(m_noise, factors);
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
