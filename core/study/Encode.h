#pragma once

#include "core/base/JobContext.h"
#include "core/study/EncodeUnit.h"
#include "core/study/Shard.h"
#include "core/study/Study.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace brainlike {

struct EncodeOptions {
    std::filesystem::path out; ///< scores.h5
    int threads = 0;           ///< 0: one a processor
    double memory = 0;         ///< bytes that this process may hold at any time; 0: defaultMemory()
    Shard shard;               ///< which share of the units to compute
    /// Parts of another study or other options, and a damaged manifest, are given up instead of refused; all parts are
    /// removed once the scores are written. Not for shards.
    bool clean = false;
    /// Called for every unit whose part can be read, first for those that were there already, then after each that
    /// was computed; one call at a time, from any thread.
    std::function<void(const EncodeUnit&)> onUnit;
};

struct EncodeResult {
    std::filesystem::path scores;
    std::size_t unitCount = 0;             ///< of the whole study
    std::size_t shareCount = 0;            ///< of them in the shard
    std::size_t computedCount = 0;         ///< by this call
    std::size_t missingCount = 0;          ///< of other shards: not there (or damaged), so that nothing was merged
    bool isWritten = false;                ///< false: the scores were current already, or parts are missing
    std::vector<std::string> damagedParts; ///< which parts were computed again and why, in words
    std::vector<std::string> warnings;     ///< what the fits of this call warn of, each with the number of units
};

/// "scores.h5" beside the study file.
[[nodiscard]] std::filesystem::path defaultScoresFile(const Study& study);

/// Predicts every recording from every layer of every checkpoint and merges the scores into a scores.h5. Every finished
/// unit is kept as a part beside it, so that a call that was stopped goes on where it was; a call with nothing to do
/// changes nothing. Results are the same bits for any number of threads and shards; the shard that finishes last
/// merges.
///
/// @throws CancelledError (parts stay); FileError if the output cannot be written or another process encodes to it;
///         ValueError if the parts there are another study's or of other options, naming what differs, or if the memory
///         is too little, naming the least that would do; whatever outlineOf and fitRidge throw for the study's data,
///         naming the file
[[nodiscard]] EncodeResult encodeStudy(const Study& study, const EncodeOptions& options, JobContext& job);

} // namespace brainlike
