#pragma once

#include "core/study/EncodeUnit.h"
#include "core/study/GroupScores.h"
#include "core/study/StudyIndex.h"

#include <functional>
#include <memory>
#include <vector>

namespace brainlike {

/// Gives the scores of a unit that is there.
using PartReader = std::function<std::shared_ptr<const std::vector<float>>(const EncodeUnit&)>;

/// Reads a part's scores.
/// @throws FormatError if it is damaged or has another number of dimensions, naming both; FileError
[[nodiscard]] std::shared_ptr<const std::vector<float>> readUnitScores(const std::filesystem::path& part,
                                                                       int dimensions);

/// All layers of every recording of one kind at one checkpoint: the input of the group functions.
[[nodiscard]] std::vector<LayerScores> layerScores(const StudyOutline& outline, int model, int checkpoint,
                                                   RecordingKind kind, const PartReader& read);

} // namespace brainlike
