#include "core/session/WindowChoice.h"

#include "core/study/StudyFromJson.h"

namespace brainlike {

std::vector<TimeWindow> windowsOf(const Selection& selection, const ScoreIndex& index) {
    if (selection.windows)
        return *selection.windows;
    return index.windows.empty() ? defaultWindows() : index.windows;
}

} // namespace brainlike
