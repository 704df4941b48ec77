#pragma once

#include "core/base/JobContext.h"

#include <cstddef>
#include <functional>

namespace brainlike {

/// Calls `work(index, job)` for every index below `count` from several threads, the caller's among them; indices are
/// handed out in ascending order. The first failure, or a cancelled job, stops the others through the context that
/// `work` gets, and is thrown when all have returned.
///
/// @param threads  at least 1; never more than `count` are used
/// @throws what `work` throws first; CancelledError if the job was cancelled
void runWorkers(int threads, std::size_t count, JobContext& job,
                const std::function<void(std::size_t, JobContext&)>& work);

/// Threads to use where the user names none: one a processor.
[[nodiscard]] int defaultThreads();

} // namespace brainlike
