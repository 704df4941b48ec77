#pragma once

#include <stop_token>

namespace brainlike {

/// From the first call on, Ctrl-C and SIGTERM request a stop through this token instead of ending the program at once;
/// a second Ctrl-C ends it.
[[nodiscard]] std::stop_token interruptToken();

} // namespace brainlike
