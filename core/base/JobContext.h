#pragma once

#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>

namespace brainlike {

/// How far a job has come.
struct Progress {
    double fraction = 0; ///< 0 … 1
    std::string text;    ///< what is being done, in words
};

/// Progress and cancellation of a synchronous core function. Safe to use from several threads at once.
class JobContext {
public:
    using Listener = std::function<void(const Progress&)>;

    JobContext() = default;
    /// @param listener  called one call at a time, from whichever thread reports
    explicit JobContext(std::stop_token stop, Listener listener = {});

    void report(double fraction, std::string_view text);
    [[nodiscard]] bool isCancelled() const noexcept { return m_stop.stop_requested(); }
    /// @throws CancelledError if the job was asked to stop
    void throwIfCancelled() const;
    [[nodiscard]] std::stop_token stopToken() const noexcept { return m_stop; }

private:
    std::stop_token m_stop;
    Listener m_listener;
    std::mutex m_mutex;
};

} // namespace brainlike
