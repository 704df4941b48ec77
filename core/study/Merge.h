#pragma once

#include "core/base/JobContext.h"

#include <cstddef>
#include <filesystem>

namespace brainlike {

struct MergeOptions {
    std::filesystem::path parts; ///< the folder, scores.parts
    std::filesystem::path out;   ///< empty: the folder's name with .h5 for its suffix
    std::filesystem::path study; ///< empty: the study that the parts name
    int threads = 0;             ///< 0: one a processor; fewer where the memory asks for it
    double memory = 0;           ///< bytes that this process may hold; 0: defaultMemory()
};

struct MergeResult {
    std::filesystem::path scores;
    std::size_t unitCount = 0;
    bool isWritten = false; ///< false: the scores were current already
};

/// Merges the finished parts of all units of a study into a scores.h5; the parts stay.
///
/// @throws ValueError if parts are missing or damaged (how many, and the first of them), are those of another study, or
///         the memory is too little;
///         NotFoundError if the folder or the study is not there; FileError if an encode of all units is at work or the
///         output cannot be written; CancelledError
[[nodiscard]] MergeResult mergeParts(const MergeOptions& options, JobContext& job);

} // namespace brainlike
