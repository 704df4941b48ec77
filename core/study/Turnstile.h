#pragma once

#include "core/base/Error.h"

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stop_token>

namespace brainlike {

/// Lets threads pass one at a time in the order of their numbers (0, 1, 2 …), so that what they write comes in one
/// order whatever their speed.
class Turnstile {
public:
    /// Waits until every lower number has passed.
    /// @throws CancelledError if the wait is stopped
    void wait(std::size_t number, std::stop_token stop) {
        std::unique_lock lock(m_mutex);
        if (!m_changed.wait(lock, stop, [&] { return m_next == number; }))
            throw CancelledError();
    }
    /// Lets the next number pass.
    void pass() {
        const std::scoped_lock lock(m_mutex);
        ++m_next;
        m_changed.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::size_t m_next = 0;
};

} // namespace brainlike
