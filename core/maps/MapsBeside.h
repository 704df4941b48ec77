#pragma once

#include "core/study/ScoreSource.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace brainlike {

/// A study with maps of files beside it.
struct MapsBeside {
    std::shared_ptr<const ScoreSource> scores;
    std::vector<std::string> names; ///< of the maps that joined
    std::vector<std::string> notes; ///< what was assumed where the files do not tell, a sentence each
};

/// Reads maps and labels of files and puts them beside a study, whose template they have to lie on.
/// @throws as MapSource; ShapeError saying which template the map has the size of, if it is not the study's;
///         FormatError where the files hold surfaces alone
[[nodiscard]] MapsBeside mapsBeside(const std::shared_ptr<const ScoreSource>& study,
                                    const std::vector<std::filesystem::path>& files);

} // namespace brainlike
