#pragma once

#include "core/simulate/Demo.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// Opens the main window on the given files (none: the welcome page) and runs until it is closed.
/// @returns the exit status
int runWindow(const std::vector<std::string>& files);

/// Opens the main window on the demo study; while it is being made and encoded the window fills in.
/// @returns the exit status
int runDemoWindow(const DemoOptions& options);

} // namespace brainlike
