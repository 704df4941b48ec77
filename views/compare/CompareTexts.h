#pragma once

#include "core/study/ScoreSource.h"
#include "core/tables/CompareUnits.h"
#include "core/tables/ModelFactors.h"

#include <QString>

namespace brainlike {

/// A model's label, else its id.
[[nodiscard]] QString modelLabel(const ScoredModel& model);

/// "Subjects", "ROIs", "Areas", "Vertices", "MEG windows".
[[nodiscard]] QString unitTitle(CompareUnit unit);
/// "Encoding score (fMRI)", …
[[nodiscard]] QString metricTitle(CurveMetric metric);

/// The outcome at one unit in plain words: by how much A is above B, the p, and the smallest p that so many units can
/// reach; or why there is none.
[[nodiscard]] QString sentenceOf(const SideComparison& side);

/// What a score does with the number of parameters, or of training images, in words.
[[nodiscard]] QString sizeSentence(const ModelFactors& factors, CurveMetric metric);
[[nodiscard]] QString imagesSentence(const ModelFactors& factors, CurveMetric metric);
/// What a model's score does over its training.
[[nodiscard]] QString stepSentence(const ModelFactor& factor, CurveMetric metric, const QString& model);
/// Means over the models of each image type, within each size that has several; empty where none has.
[[nodiscard]] QString imageTypeSentence(const ModelFactors& factors, CurveMetric metric, const ScoreIndex& index);

/// A number of a test ("3", "0.25"), an en dash where there is none.
[[nodiscard]] QString cellText(double number);

} // namespace brainlike
