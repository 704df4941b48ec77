#pragma once

#include "core/study/ScoreSource.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace brainlike {

/// What a figure is drawn from.
struct FigureInput {
    std::shared_ptr<const ScoreSource> source;
    std::vector<std::string> notes; ///< what was assumed where the files do not tell
};

/// Opens a scores.h5 (told by its first bytes), or maps, labels and surfaces, which belong together (MapSource).
/// @param templateName  of maps; empty: by their number of vertices
/// @throws NotFoundError, FileError, FormatError, ShapeError
[[nodiscard]] FigureInput openFigureInput(const std::vector<std::filesystem::path>& files,
                                          const std::string& templateName);

} // namespace brainlike
