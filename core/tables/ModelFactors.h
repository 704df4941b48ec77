#pragma once

#include "core/scores/LogFit.h"
#include "core/stats/Correlation.h"
#include "core/study/ScoreSource.h"
#include "core/tables/CurveMetric.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

inline constexpr std::array curveMetrics{CurveMetric::EncodingFmri, CurveMetric::EncodingMeg, CurveMetric::Spatial,
                                         CurveMetric::Temporal};

/// One model: the group's scores at a checkpoint, and how each grew with training.
struct ModelFactor {
    int model = 0;                   ///< index
    std::int64_t step = 0;           ///< of the scores
    std::array<double, 4> scores{};  ///< by CurveMetric; NaN where there is none
    std::array<LogFit, 4> overSteps; ///< against log10(step), as in the table log-fit
};

/// A score against the number of parameters, over models.
struct SizeFit {
    CurveMetric metric = CurveMetric::EncodingFmri;
    std::string imageType; ///< of the models; empty: all models
    double intercept = std::numeric_limits<double>::quiet_NaN();
    double slope = std::numeric_limits<double>::quiet_NaN(); ///< score gained with ten times as many parameters
    Correlation correlation;                                 ///< of log10(parameters) and score
};

/// What becomes of size, training and images.
struct ModelFactors {
    std::vector<ModelFactor> models;
    std::vector<SizeFit> sizeFits; ///< by metric, all models first, then each image type of two or more models
    [[nodiscard]] const SizeFit& sizeFit(CurveMetric metric) const;
};

/// Scores of all models at the end of their training, or at one checkpoint.
/// @param step  of all models that have it; nothing: each model's last
/// Source: METHODS 6 "Log fit", 7 "Correlations".
[[nodiscard]] ModelFactors modelFactors(const ScoreSource& source, std::optional<std::int64_t> step = {});

} // namespace brainlike
