#pragma once

namespace brainlike {

/// Runs a command (CONTRACT "Commands"), or opens the window when none is named.
///
/// @returns the exit status: 0 done, 1 the data or the work failed, 2 wrong usage, 130 cancelled
int runCommandLine(int argc, char** argv);

} // namespace brainlike
