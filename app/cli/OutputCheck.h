#pragma once

#include <filesystem>
#include <vector>

namespace brainlike {

/// Makes sure that a command's output is none of its inputs; for every verb that has both.
///
/// @param inputs  files; empty names are passed over
/// @throws UsageError if the command line spells both alike, FileError if they turn out to be one file (requireNoInput)
void refuseOverwriting(const std::filesystem::path& out, const std::vector<std::filesystem::path>& inputs);

} // namespace brainlike
