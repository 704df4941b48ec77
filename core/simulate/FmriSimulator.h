#pragma once

#include "core/base/JobContext.h"
#include "core/base/Matrix.h"
#include "core/simulate/CortexModel.h"
#include "core/simulate/SimulationOptions.h"

namespace brainlike {

/// fMRI responses of one subject. Every vertex follows the factors around its preferred depth, and sensory ones a
/// little, with weights that change smoothly along the cortex and mostly agree between subjects. What the factors do
/// not explain makes up the rest of a standard deviation of 1: where responses to images are strong, most of it is
/// shared by all subjects, elsewhere it is noise.
///
/// @param factors  images × factors
/// @param subject  from 0
/// @returns images × vertices
/// @throws CancelledError
[[nodiscard]] RowMatrix<float> simulateFmri(const SimulationOptions& options, const CortexModel& cortex,
                                            const RowMatrix<float>& factors, int subject, JobContext& job);

} // namespace brainlike
