#pragma once

#include <string>
#include <vector>

namespace brainlike::test {

/// How a program ended, and the most memory it held.
struct ChildOutcome {
    int status = -1; ///< −1: did not end by itself
    double peakBytes = 0;
    std::string output, errors; ///< what it wrote to its standard streams
};

/// Runs a program to its end. `environment`: "NAME=value", added to this process's.
[[nodiscard]] ChildOutcome runChild(const std::vector<std::string>& command,
                                    const std::vector<std::string>& environment = {});

} // namespace brainlike::test
