#pragma once

#include "core/roi/RoiSet.h"
#include "core/study/ScoreSource.h"
#include "core/study/Study.h"
#include "views/state/SelectionModel.h"

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
    std::vector<std::string> maps;  ///< names of the maps that joined a study
    bool joinsOpen = false;         ///< what was open stays, with more beside it
    RoiSet regions;                 ///< regions of interest to add to those that are shown
};

/// Recognises files by their content and opens them: one study (its file or folder) or scores.h5, any number of maps,
/// labels and surfaces, and regions of interest. Maps and regions join a study that is opened with them, or that is
/// open already; without one maps are shown together (MapSource). FreeSurfer labels, and annotations that Brainlike
/// saved, are regions beside a study and maps without one. Call off the GUI thread.
///
/// @param open  what is shown now; null: nothing
/// @throws NotFoundError, FormatError naming what was expected and found; as MapSource, mapsBeside and loadRois
[[nodiscard]] OpenedFile openFiles(const std::vector<std::filesystem::path>& files,
                                   const std::shared_ptr<const ScoreSource>& open = nullptr);

/// Shows what joined a study: maps on top of the stack (of many only the first), regions with their outlines.
void showJoined(const OpenedFile& opened, SelectionModel& selection);

} // namespace brainlike
