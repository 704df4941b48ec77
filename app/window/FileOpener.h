#pragma once

#include "core/study/ScoreSource.h"
#include "core/study/Study.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace brainlike {

/// What a file turned out to be: scores to look at, or a study that has none yet.
struct OpenedFile {
    std::shared_ptr<const ScoreSource> scores;
    std::optional<Study> studyToEncode;
};

/// Recognises a file by its content and opens it. Reads only what is needed to show it; call off the GUI thread.
///
/// @throws NotFoundError, FormatError naming what was expected and found
[[nodiscard]] OpenedFile openFile(const std::filesystem::path& file);

} // namespace brainlike
