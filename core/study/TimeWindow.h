#pragma once

#include <string>

namespace brainlike {

/// A named stretch of MEG time.
struct TimeWindow {
    std::string name;
    double start = 0, end = 0; ///< seconds after image onset, both included
    friend bool operator==(const TimeWindow&, const TimeWindow&) = default;
};

} // namespace brainlike
