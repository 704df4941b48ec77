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

/// A score against the number of parameters, or of images trained on, over models.
struct SizeFit {
    CurveMetric metric = CurveMetric::EncodingFmri;
    std::string imageType; ///< of the models; empty: all models
    double intercept = std::numeric_limits<double>::quiet_NaN();
    double slope = std::numeric_limits<double>::quiet_NaN(); ///< score gained with ten times as many
    Correlation correlation;                                 ///< of log10 of the number and score
};

/// What becomes of size, training and images.
struct ModelFactors {
    std::vector<ModelFactor> models;
    std::vector<SizeFit> sizeFits;  ///< by metric, all models first, then each image type of two or more models
    std::vector<SizeFit> imageFits; ///< likewise, against the number of training images
    [[nodiscard]] const SizeFit& sizeFit(CurveMetric metric) const;
    [[nodiscard]] const SizeFit& imageFit(CurveMetric metric) const;
};

/// Scores of models of one size by what they were trained on: means over the models of each image type.
struct ImageTypeMeans {
    std::optional<double> parameters; ///< of all of them; nothing: of none it is known
    std::vector<std::string> types;   ///< two or more, by name
    std::vector<double> scores;       ///< a type each
    std::vector<int> counts;          ///< models of each
};
/// Sizes that have models of two or more image types, the smallest first.
[[nodiscard]] std::vector<ImageTypeMeans> imageTypeMeans(const ModelFactors& factors, const ScoreIndex& index,
                                                         CurveMetric metric);

/// Scores of all models at the end of their training, or at one checkpoint.
/// @param step  of all models that have it; nothing: each model's last
/// Source: METHODS 6 "Log fit", 7 "Correlations".
[[nodiscard]] ModelFactors modelFactors(const ScoreSource& source, std::optional<std::int64_t> step = {});

} // namespace brainlike
