#include "core/study/Workers.h"

#include "core/base/Error.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace brainlike {
namespace {

/// The first failure of several threads; a cancellation gives way to a real one.
class FirstFailure {
public:
    void keep(std::exception_ptr failure, bool cancelled) {
        const std::scoped_lock lock(m_mutex);
        if (m_failure == nullptr || (m_cancelled && !cancelled)) {
            m_failure = std::move(failure);
            m_cancelled = cancelled;
        }
    }
    void rethrow() const {
        if (m_failure != nullptr)
            std::rethrow_exception(m_failure);
    }

private:
    std::mutex m_mutex;
    std::exception_ptr m_failure;
    bool m_cancelled = false;
};

} // namespace

void runWorkers(int threads, std::size_t count, JobContext& job,
                const std::function<void(std::size_t, JobContext&)>& work) {
    std::stop_source stop;
    const std::stop_callback link(job.stopToken(), [&stop] { stop.request_stop(); });
    std::atomic<std::size_t> next = 0;
    FirstFailure failure;
    const auto loop = [&] {
        JobContext inner(stop.get_token());
        for (std::size_t index = next++; index < count && !inner.isCancelled(); index = next++) {
            try {
                work(index, inner);
            } catch (const CancelledError&) {
                failure.keep(std::current_exception(), true);
                stop.request_stop();
            } catch (...) {
                failure.keep(std::current_exception(), false);
                stop.request_stop();
            }
        }
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < std::min(count, static_cast<std::size_t>(std::max(threads, 1))); ++i)
            others.emplace_back(loop);
        loop();
    }
    failure.rethrow();
    job.throwIfCancelled();
}

int defaultThreads() {
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

} // namespace brainlike
