#pragma once

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace brainlike {

/// Between these the brain is enlarged, times its fitted size.
inline constexpr double smallestZoom = 0.5;
inline constexpr double largestZoom = 20;

/// How a panel's camera was turned, enlarged and moved away from its preset; of panels of the right hemisphere, as in a
/// mirror.
struct CameraChoice {
    std::array<double, 4> turn{1, 0, 0, 0}; ///< on the screen: unit quaternion w, x (right), y (up), z; w ≥ 0
    double zoom = 1;
    std::array<double, 2> shift{0, 0}; ///< mm right and down

    friend bool operator==(const CameraChoice&, const CameraChoice&) = default;
};

/// Cameras in few digits and entries: none where all stand as the preset does, one where all stand alike.
/// @param cameras  a panel each
[[nodiscard]] std::vector<CameraChoice> compactCameras(std::vector<CameraChoice> cameras);

/// A list of objects: {"turn": [w, x, y, z], "zoom": 2, "shift": [3, -1]}, each left out where it is the preset's.
[[nodiscard]] nlohmann::json toJson(const std::vector<CameraChoice>& cameras);
/// @param json  a list of such objects, or one for all panels; quaternions of any length but 0
/// @throws FormatError naming the JSON pointer, below `place`, of what is wrong
[[nodiscard]] std::vector<CameraChoice> camerasFromJson(const nlohmann::json& json, const std::string& place);

} // namespace brainlike
