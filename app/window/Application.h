#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// Opens the main window on the given files (none: the welcome page) and runs until it is closed.
/// @returns the exit status
int runWindow(const std::vector<std::string>& files);

} // namespace brainlike
