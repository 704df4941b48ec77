#pragma once

#include "core/simulate/CortexModel.h"
#include "core/simulate/MegSimulator.h"
#include "core/simulate/SimulationOptions.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace brainlike {

// Names and descriptions of what a simulated study consists of.

/// Raised whenever the same options give other bytes than before.
inline constexpr int simulatorVersion = 3;

/// "layer00", "layer01"…
[[nodiscard]] std::vector<std::string> simulatedLayerNames(int count);
/// Relative depth of a layer, 0 first … 1 last.
[[nodiscard]] double simulatedLayerDepth(int layer, int count);
/// Features of one checkpoint, relative to the study, with `{layer}` for the layer's name.
[[nodiscard]] std::string simulatedFeaturesPath(const SimulatedModel& model, std::int64_t step);
/// Responses of one recording, relative to the study.
[[nodiscard]] std::string simulatedResponsesPath(std::string_view kind, int subject);

/// The study.json (CONTRACT).
[[nodiscard]] nlohmann::json describeStudy(const SimulationOptions& options);
/// The options that make two simulated studies the same.
[[nodiscard]] nlohmann::json describeOptions(const SimulationOptions& options);
/// What was planted, for tests and teaching; the pipeline never reads it.
[[nodiscard]] nlohmann::json describeTruth(const SimulationOptions& options, const CortexModel& cortex,
                                           const MegLayout& layout);

} // namespace brainlike
