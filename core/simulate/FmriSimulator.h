#pragma once

#include "core/base/JobContext.h"
#include "core/base/Matrix.h"
#include "core/simulate/CortexModel.h"
#include "core/simulate/SimulationOptions.h"

namespace brainlike {

/// fMRI responses of one subject: every vertex follows the factors around its preferred depth with weights that partly
/// agree between subjects and change smoothly along the cortex; noise makes up the rest of a standard
/// deviation of 1.
///
/// @param factors  images × factors
/// @param subject  from 0
/// @returns images × vertices
/// @throws CancelledError
[[nodiscard]] RowMatrix<float> simulateFmri(const SimulationOptions& options, const CortexModel& cortex,
                                            const RowMatrix<float>& factors, int subject, JobContext& job);

} // namespace brainlike
