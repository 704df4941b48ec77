#pragma once

#include "core/study/ScoreSource.h"
#include "core/study/Study.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// What files turned out to be: scores or maps to look at, or a study that has no scores yet.
struct OpenedFile {
    std::shared_ptr<const ScoreSource> scores;
    std::optional<Study> studyToEncode;
    std::vector<std::string> notes; ///< what was assumed where the files do not tell
};

/// Recognises files by their content and opens them: one study (its file or folder) or scores.h5, or any number of
/// maps, labels and surfaces, which are shown together (MapSource). Call off the GUI thread.
///
/// @throws NotFoundError, FormatError naming what was expected and found; as MapSource
[[nodiscard]] OpenedFile openFiles(const std::vector<std::filesystem::path>& files);

} // namespace brainlike
