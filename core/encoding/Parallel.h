#pragma once

#include "core/base/JobContext.h"

#include <Eigen/Core>
#include <functional>

namespace brainlike {

/// Calls work(index, worker) for every index from 0 to count − 1, on the calling thread and up to threads − 1 more.
/// `worker` (0 … threads − 1) tells which scratch memory to use; what is computed for an index must not depend on it.
///
/// @throws CancelledError between two calls, and the first error thrown by `work`, after all threads have ended
void parallelFor(int threads, Eigen::Index count, const JobContext& job,
                 const std::function<void(Eigen::Index, int)>& work);

} // namespace brainlike
