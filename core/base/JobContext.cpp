#include "core/base/JobContext.h"

#include "core/base/Error.h"

#include <utility>

namespace brainlike {

JobContext::JobContext(std::stop_token stop, Listener listener)
    : m_stop(std::move(stop)), m_listener(std::move(listener)) {}

void JobContext::report(double fraction, std::string_view text) {
    if (!m_listener)
        return;
    const std::scoped_lock lock(m_mutex);
    m_listener({fraction, std::string(text)});
}

void JobContext::throwIfCancelled() const {
    if (isCancelled())
        throw CancelledError();
}

} // namespace brainlike
