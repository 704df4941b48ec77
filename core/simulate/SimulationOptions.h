#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// What to simulate. The same options and seed give the same bytes, whatever the number of threads.
struct SimulationOptions {
    int subjects = 3; ///< with fMRI; half of them, rounded up, have MEG too
    int images = 300;
    int models = 3; ///< the first ones of simulatedModels()
    int layers = 12;
    int steps = 10;                          ///< checkpoints, the untrained one included
    int features = 12;                       ///< a layer
    std::string templateName = "fsaverage5"; ///< name or folder
    std::uint64_t seed = 1;
    friend bool operator==(const SimulationOptions&, const SimulationOptions&) = default;
};

/// @throws UsageError naming the option, what it may be and what it is
void validate(const SimulationOptions& options);

/// Subjects with MEG: half of those with fMRI, rounded up.
[[nodiscard]] int megSubjects(const SimulationOptions& options);

/// Training steps of the checkpoints: 0, then 1e3 … 1e7, densest where scores rise; strictly increasing.
/// @param count  at least 2
[[nodiscard]] std::vector<std::int64_t> simulatedSteps(int count);

/// One vision model that can be simulated.
struct SimulatedModel {
    std::string_view id, label, imageType;
    double parameters;
    double trainingImages;
    double batchSize;
    double earlyGain, lateGain; ///< strength of the first and the last factors after training
    double span;                ///< how far its layers spread over the factors' depths, 0 … 1
    double order;               ///< 1: training removes the reversed order of untrained layers; 0: it stays
};

/// All models, in the order in which `models` takes them: three image types, then four sizes.
[[nodiscard]] std::span<const SimulatedModel> simulatedModels();

} // namespace brainlike
