#pragma once

#include "core/base/JobContext.h"

#include <functional>

namespace brainlike {

/// Threads for a number the user gave; 0: one a processor. @throws ValueError if negative
[[nodiscard]] int spinThreads(int wanted);

/// Spins between two reports of progress; the same for any number of threads.
[[nodiscard]] int spinChunk(int spins);

/// Calls `work(spin, worker)` for first ≤ spin < last from `threads` threads, the caller's among them. `worker` counts
/// them from 0, for storage of their own.
///
/// @throws CancelledError if the job was cancelled, else what `work` throws first
void forEachSpin(int first, int last, int threads, const JobContext& job,
                 const std::function<void(int spin, int worker)>& work);

} // namespace brainlike
