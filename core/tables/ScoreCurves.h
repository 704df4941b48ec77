#pragma once

#include "core/base/JobContext.h"
#include "core/base/Matrix.h"
#include "core/tables/CurveMetric.h"
#include "core/tables/TableScope.h"

#include <string>
#include <vector>

namespace brainlike {

/// One score over all checkpoints of a model, of each of the sets of a level.
struct ScoreCurves {
    CurveMetric metric = CurveMetric::EncodingFmri;
    std::vector<std::string> ids; ///< "all", areas, ROIs, windows, vertices
    RowMatrix<double> values;     ///< ids × steps; NaN where there is none
};

/// R of every dimension at a checkpoint, by the request's layer, of the scope's subject (the group's mean or one).
[[nodiscard]] std::vector<double> dimensionScoresAt(const TableScope& scope, RecordingKind kind, int model, int step);

/// The courses of a level: at the level model those of all scores, else the encoding score's. The subject is the
/// scope's (the group's mean or one), the layer the request's.
///
/// @throws what reading the scores throws; NotFoundError where a subject's own spatial score needs a template that is
///         not there; CancelledError
[[nodiscard]] std::vector<ScoreCurves> scoreCurves(const TableScope& scope, int model, const JobContext& job);

} // namespace brainlike
