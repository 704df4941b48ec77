#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string_view>

namespace brainlike {

/// Replaces a file by a complete new one: written aside in the same folder, synced, renamed. On failure the old file
/// stays and the one aside is removed.
///
/// @param write  gets the path to write to; may throw
/// @throws FileError if the folder is missing or not writable, and whatever `write` throws
void replaceFile(const std::filesystem::path& target, const std::function<void(const std::filesystem::path&)>& write);

/// The same, for bytes at hand.
void replaceFile(const std::filesystem::path& target, std::string_view bytes);

/// Throws the error that `replaceFile` would meet at once: parent folder missing, target is a folder, no permission.
/// For commands that work for long before they write.
void checkWritable(const std::filesystem::path& target);

/// Makes sure that a target is none of the files that what is written there is made from, whatever way (another
/// spelling, a link) its name leads to one.
/// @param inputs  files; empty names and names of nothing are passed over
/// @throws FileError naming both
void requireNoInput(const std::filesystem::path& target, std::span<const std::filesystem::path> inputs);

} // namespace brainlike
