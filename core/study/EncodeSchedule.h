#pragma once

#include "core/study/EncodeWork.h"

#include <cstddef>
#include <vector>

namespace brainlike {

/// Recordings whose responses are in memory together while every remaining layer is fitted to them; or one recording
/// that is too large for that, of which chunks of targets are in memory one after the other.
struct EncodeStep {
    std::vector<int> recordings;
    int workers = 1;                  ///< layers at a time
    int threadsEach = 1;              ///< threads that work on one of them
    Eigen::Index targetsTogether = 0; ///< targets to read at a time
    Eigen::Index tilesTogether = 0;   ///< tiles of a chunk; 0: the recordings are in memory
    std::size_t layersTogether = 1;   ///< chunked: layers that each chunk is read for
    std::size_t foldsTogether = 1;    ///< chunked: outer folds whose λ is chosen in one pass over the chunks
    std::size_t foldsInTurn = 0;      ///< outer folds whose inner folds are decomposed at a time; 0: all are kept
    double bytes = 0;                 ///< memory at the peak of this step, without what the process holds anyway

    [[nodiscard]] bool isChunked() const { return tilesTogether > 0; }
    [[nodiscard]] int threads() const { return workers * threadsEach; }
};

/// How an encoding keeps to its memory. Results do not depend on it.
struct EncodeSchedule {
    std::vector<EncodeStep> steps;
    int mergeThreads = 1;
    double bytes = 0; ///< memory at the peak, with what the process holds anyway
};

struct EncodeLimits {
    double memory = 0; ///< bytes that the process may hold at any time
    double held = 0;   ///< bytes that it holds before it begins
    int threads = 1;
};

/// Divides the remaining work: as few passes over responses and features as the memory allows, then as many threads.
/// Where the features are what takes it, their folds are decomposed in turn.
///
/// @throws ValueError if the memory is too little for any of it, naming the recording and the least that would do:
///         with so much it is scheduled
[[nodiscard]] EncodeSchedule scheduleEncoding(const StudyOutline& outline, const std::vector<GroupWork>& work,
                                              const EncodeLimits& limits);

} // namespace brainlike
