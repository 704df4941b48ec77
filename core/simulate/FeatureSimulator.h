#pragma once

#include "core/base/Matrix.h"
#include "core/simulate/SimulationOptions.h"

#include <cstdint>

namespace brainlike {

/// Features of one simulated model. After training a layer carries the factors around its depth; before, little of
/// them and in reverse order, so that spatial and temporal score start below zero. The rest is particular to the images
/// the model was trained on and says nothing about brains.
class FeatureSimulator {
public:
    /// @param factors  images × factors
    /// @param model    index into simulatedModels()
    FeatureSimulator(const SimulationOptions& options, const RowMatrix<float>& factors, int model);

    /// @param depth  relative depth of the layer, 0 … 1
    /// @returns images × features
    [[nodiscard]] RowMatrix<float> features(double depth, std::int64_t step) const;

private:
    const RowMatrix<float>& m_factors;
    SimulatedModel m_model;
    RowMatrix<float> m_mixing;    ///< factors × features
    RowMatrix<float> m_nuisance;  ///< images × nuisance
    RowMatrix<float> m_spread[2]; ///< nuisance × features, of the first and the last layer
    RowMatrix<float> m_noise;     ///< images × features
};

/// Strength of a factor in the features of a layer.
[[nodiscard]] double factorStrength(const SimulatedModel& model, double factorDepth, double layerDepth,
                                    std::int64_t step);

} // namespace brainlike
