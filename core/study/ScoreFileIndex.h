#pragma once

#include "core/formats/Hdf5File.h"
#include "core/study/ScoreSource.h"
#include "core/study/Study.h"

#include <nlohmann/json.hpp>

namespace brainlike {

/// Checks that a file is a scores file of a version that can be read, and returns the study it was made from.
/// @throws FormatError
[[nodiscard]] nlohmann::json readStudyOf(const Hdf5File& file);

/// Reads what a scores file holds and checks that every dataset has the shape that follows from it.
/// @throws FormatError naming dataset, expected and found
[[nodiscard]] ScoreIndex readScoreIndex(const Hdf5File& file, const nlohmann::json& study);

/// Axes of one kind's dimensions: {vertices} or {channels, times}.
[[nodiscard]] Shape dimensionAxes(const ScoreIndex& index, RecordingKind kind);

} // namespace brainlike
