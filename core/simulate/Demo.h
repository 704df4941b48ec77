#pragma once

#include "core/base/JobContext.h"
#include "core/study/Study.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace brainlike {

/// The demo: a simulated study, encoded by the same code as any other.
struct DemoOptions {
    std::optional<std::filesystem::path> folder; ///< nothing: demoFolder's place in the user's data folder
    std::string templateName = "fsaverage5";     ///< name or folder
    std::uint64_t seed = 1;
    int threads = 0; ///< 0: one a processor
};

/// Where the demo lies: `folder`, else $XDG_DATA_HOME/brainlike/demo-v3 (default ~/.local/share/brainlike/demo-v3), the
/// simulator's version, so that the study of an older program is not in the way; with the template and the seed in its
/// name where they are not the default ones.
[[nodiscard]] std::filesystem::path demoFolder(const DemoOptions& options);

/// `scores.h5` beside the demo's study.
[[nodiscard]] std::filesystem::path demoScores(const DemoOptions& options);

/// Simulates the demo study unless it is there, and reads it. The default place is created; of `folder` only the last
/// part is.
///
/// @throws ValueError if the folder holds another study; NotFoundError (template), FileError, CancelledError
[[nodiscard]] Study demoStudy(const DemoOptions& options, JobContext& job);

struct DemoResult {
    Study study;
    std::filesystem::path scores;
};

/// demoStudy, then the encoding that is not done yet, into demoScores.
///
/// @param onStudy  called once the study is on disk, before encoding
[[nodiscard]] DemoResult runDemo(const DemoOptions& options, JobContext& job,
                                 const std::function<void(const Study&)>& onStudy = {});

} // namespace brainlike
