#pragma once

#include "core/base/JobContext.h"
#include "core/simulate/SimulationOptions.h"

#include <filesystem>

namespace brainlike {

struct SimulationResult {
    std::filesystem::path study; ///< DIR/study.json
    bool alreadyThere = false;   ///< the same study lay there; nothing was written
};

/// Writes a study with planted truth: features of every layer and checkpoint, and fMRI and MEG responses made from the
/// same images' latent factors through planted weights, with noise. No score is written; the pipeline has to find
/// hierarchy, time course and half-times. `truth.json` says what was planted, `study.json` is written last.
///
/// @param folder   created if missing; its parent has to be there
/// @param threads  at least 1; the bytes do not depend on it
/// @throws UsageError (options); ValueError if the folder holds another study or files in its way; NotFoundError
///         (template, parcellation, parent folder); FileError; CancelledError
SimulationResult simulateStudy(const std::filesystem::path& folder, const SimulationOptions& options, JobContext& job,
                               int threads);

} // namespace brainlike
