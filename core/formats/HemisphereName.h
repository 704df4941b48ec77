#pragma once

#include "core/surface/Hemisphere.h"

#include <filesystem>
#include <optional>
#include <string_view>

namespace brainlike {

/// The hemisphere that a word names: lh, rh, L, R, left, right, CortexLeft, CIFTI_STRUCTURE_CORTEX_RIGHT, in any case.
[[nodiscard]] std::optional<Hemisphere> hemisphereNamed(std::string_view word);

/// The hemisphere that a file's name tells among its parts ("lh.thickness", "map_hemi-L.func.gii"); nothing if none or
/// both do.
[[nodiscard]] std::optional<Hemisphere> hemisphereOfFile(const std::filesystem::path& file);

} // namespace brainlike
