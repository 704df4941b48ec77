#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// What to simulate. The same options and seed give the same bytes, whatever the number of threads.
struct SimulationOptions {
    int subjects = 3;    ///< with fMRI
    int megSubjects = 4; ///< with MEG: the first ones with fMRI, then others
    int images = 300;
    int models = 6; ///< the first ones of simulatedModels()
    int layers = 9;
    int steps = 10;                          ///< checkpoints, the untrained one included
    int features = 12;                       ///< a layer
    std::string templateName = "fsaverage5"; ///< name or folder
    std::uint64_t seed = 1;
    friend bool operator==(const SimulationOptions&, const SimulationOptions&) = default;
};

/// @throws UsageError naming the option, what it may be and what it is
void validate(const SimulationOptions& options);

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
    double span;                ///< how far its layers spread over the factors' depths; 1: over all of them
    double order;               ///< 1: training removes the reversed order of untrained layers; 0: it stays
    double lead;                ///< powers of ten by which fewer steps are needed than the first model needs
    double disorder;            ///< how far neighbouring layers are moved against each other, in depth
};

/// All models, in the order in which `models` takes them. All are trained alike; what differs from the first one is
/// either the images (satellite, cellular) or the size (small, base, giant; the first one is large).
[[nodiscard]] std::span<const SimulatedModel> simulatedModels();

} // namespace brainlike
