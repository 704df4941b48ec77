#pragma once

#include "app/cli/RidgeFile.h"
#include "app/cli/RidgeInput.h"
#include "core/base/JobContext.h"

namespace brainlike {

/// Reads the files and fits: a plain ridge for one feature space, a banded one for several.
///
/// @throws what readRidgeInput, fitRidge and fitBandedRidge throw
[[nodiscard]] RidgeRun fitRidgeFiles(const RidgeInputFiles& files, RidgeOptions options, const BandedOptions& search,
                                     JobContext& job);

} // namespace brainlike
