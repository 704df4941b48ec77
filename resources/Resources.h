#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace brainlike {

/// Bytes of a file of `resources/`, compiled into the program.
///
/// @param path  relative to `resources/`, e.g. "colormaps/viridis.json"
/// @returns nothing if there is no such file; the bytes live as long as the program
[[nodiscard]] std::optional<std::string_view> resource(std::string_view path);

/// Paths of all compiled-in files, sorted.
[[nodiscard]] std::vector<std::string_view> resourcePaths();

} // namespace brainlike
