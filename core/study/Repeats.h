#pragma once

#include "core/study/Study.h"
#include "core/study/StudyRows.h"

#include <optional>
#include <vector>

namespace brainlike {

/// How well a recording could be predicted at best, a value a dimension (METHODS 6 "Noise ceiling").
struct RecordingCeiling {
    std::vector<float> ncsnr;   ///< empty where a file does not say
    std::vector<float> ceiling; ///< on the correlation scale
};

/// Noise ceiling of a recording from the repeats of its images, read a row at a time; NaN in dimensions that its mask
/// leaves out. Nothing if every image was shown once.
///
/// @param rows  of that recording
/// @throws NotFoundError, FileError, FormatError; ShapeError if rows or mask do not fit
[[nodiscard]] std::optional<RecordingCeiling> repeatCeiling(const Study& study, const StudyRecording& recording,
                                                            const JoinedRows& rows);

} // namespace brainlike
