#include "core/encoding/Parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace brainlike {

void parallelFor(int threads, Eigen::Index count, const JobContext& job,
                 const std::function<void(Eigen::Index, int)>& work) {
    std::atomic<Eigen::Index> next = 0;
    std::atomic<bool> failed = false;
    std::exception_ptr first;
    std::mutex mutex;
    const auto run = [&](int worker) {
        try {
            for (Eigen::Index index = next++; index < count && !failed; index = next++) {
                job.throwIfCancelled();
                work(index, worker);
            }
        } catch (...) {
            failed = true;
            const std::scoped_lock lock(mutex);
            if (!first)
                first = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        const auto wanted = std::min<Eigen::Index>(threads, count);
        for (int worker = 1; worker < wanted; ++worker)
            others.emplace_back(run, worker);
        run(0);
    }
    if (first)
        std::rethrow_exception(first);
}

} // namespace brainlike
