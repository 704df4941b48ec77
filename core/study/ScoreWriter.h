#pragma once

#include "core/base/JobContext.h"
#include "core/study/PartScores.h"
#include "core/study/StudyIndex.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace brainlike {

/// Identifies what a scores file was made from, to tell whether it is current.
struct ScoreStamp {
    std::string identity; ///< checksum of studyIdentity()
    std::string parts;    ///< checksum over the checksums of all parts
    friend bool operator==(const ScoreStamp&, const ScoreStamp&) = default;
};

/// Gives the scores of units that are there; called from several threads.
struct UnitScores {
    PartReader all;
    /// Dimensions first … first + count − 1.
    std::function<std::vector<float>(const EncodeUnit&, std::size_t first, std::size_t count)> some;
};

/// Merges the scores of all units into a scores.h5 (CONTRACT), computing group statistics, best layers and summaries.
/// Written aside and renamed; the same bytes for any number of threads. Memory: mergeTaskBytes a thread, and
/// mergeSharedBytes.
///
/// @throws FileError, FormatError (a part), CancelledError; an older file then stays
void writeScores(const StudyOutline& outline, const ScoreStamp& stamp, const UnitScores& scores,
                 const std::filesystem::path& file, int threads, JobContext& job);

/// True if `file` is a scores file with this stamp, made from the same study file text. With an empty
/// `stamp.parts` the parts are not compared.
[[nodiscard]] bool isCurrent(const std::filesystem::path& file, const Study& study, const ScoreStamp& stamp);

} // namespace brainlike
