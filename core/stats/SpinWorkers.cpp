#include "core/stats/SpinWorkers.h"

#include "core/base/Error.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace brainlike {

int spinThreads(int wanted) {
    if (wanted < 0)
        throw ValueError({.what = "The number of threads must not be negative",
                          .expected = "1 or more, or 0 for one a processor",
                          .found = std::to_string(wanted)});
    return wanted > 0 ? wanted : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

int spinChunk(int spins) {
    return std::max(16, spins / 100);
}

void forEachSpin(int first, int last, int threads, const JobContext& job,
                 const std::function<void(int spin, int worker)>& work) {
    std::atomic<int> next = first;
    std::atomic<bool> failed = false;
    std::exception_ptr failure;
    std::mutex mutex;
    const auto run = [&](int worker) {
        try {
            for (int spin = next++; spin < last && !failed && !job.isCancelled(); spin = next++)
                work(spin, worker);
        } catch (...) {
            const std::scoped_lock lock(mutex);
            if (!failed.exchange(true))
                failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        for (int worker = 1; worker < std::min(threads, last - first); ++worker)
            others.emplace_back(run, worker);
        run(0);
    }
    job.throwIfCancelled();
    if (failure)
        std::rethrow_exception(failure);
}

} // namespace brainlike
