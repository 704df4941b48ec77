#include "views/scene/ViewPreset.h"

#include "core/base/Error.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cctype>
#include <functional>

namespace brainlike {
namespace {

struct Preset {
    std::string_view name;
    std::vector<PanelSpec> panels;
};

const std::vector<Preset>& presets() {
    using enum Hemisphere;
    using enum ViewDirection;
    static const std::vector<Preset> all{
        {"four-view", {{Left, Lateral, 0, 0}, {Right, Lateral, 0, 1}, {Left, Medial, 1, 0}, {Right, Medial, 1, 1}}},
        {"lateral-medial",
         {{Left, Lateral, 0, 0}, {Left, Medial, 0, 1}, {Right, Medial, 0, 2}, {Right, Lateral, 0, 3}}},
        {"left", {{Left, Lateral, 0, 0}}},
        {"right", {{Right, Lateral, 0, 0}}},
        {"lateral", {{Left, Lateral, 0, 0}, {Right, Lateral, 0, 1}}},
        {"medial", {{Left, Medial, 0, 0}, {Right, Medial, 0, 1}}},
        {"dorsal", {{Left, Dorsal, 0, 0, true}}},
        {"ventral", {{Left, Ventral, 0, 0, true}}},
        {"anterior", {{Left, Anterior, 0, 0, true}}},
        {"posterior", {{Left, Posterior, 0, 0, true}}},
        {"all",
         {{Left, Lateral, 0, 0},
          {Left, Dorsal, 0, 1, true},
          {Right, Lateral, 0, 2},
          {Left, Medial, 1, 0},
          {Left, Ventral, 1, 1, true},
          {Right, Medial, 1, 2}}},
        {"flat", {{Left, Flat, 0, 0}, {Right, Flat, 0, 1}}},
    };
    return all;
}

std::string_view nameOf(ViewDirection direction) {
    static constexpr std::array<std::string_view, 7> names{"lateral",  "medial",    "dorsal", "ventral",
                                                           "anterior", "posterior", "flat"};
    return names[static_cast<std::size_t>(direction)];
}

Eigen::Vector3d towardsViewer(const PanelSpec& panel) {
    const double side = panel.hemisphere == Hemisphere::Left ? -1 : 1;
    switch (panel.direction) {
    case ViewDirection::Lateral:
        return {side, 0, 0};
    case ViewDirection::Medial:
        return {-side, 0, 0};
    case ViewDirection::Ventral:
        return {0, 0, -1};
    case ViewDirection::Anterior:
        return {0, 1, 0};
    case ViewDirection::Posterior:
        return {0, -1, 0};
    case ViewDirection::Dorsal:
    case ViewDirection::Flat:
        break;
    }
    return {0, 0, 1};
}

} // namespace

std::vector<PanelSpec> panelsOf(std::string_view preset) {
    const std::string_view wanted = preset == "four" ? "four-view" : preset;
    std::string known;
    for (const Preset& candidate : presets()) {
        if (candidate.name == wanted)
            return candidate.panels;
        known += (known.empty() ? "" : ", ") + std::string(candidate.name);
    }
    throw NotFoundError(
        {.what = "There is no view of this name", .expected = "one of " + known, .found = std::string(preset)});
}

std::vector<std::string_view> presetNames() {
    std::vector<std::string_view> names;
    for (const Preset& preset : presets())
        names.push_back(preset.name);
    return names;
}

std::string labelOf(const PanelSpec& panel) {
    if (panel.isWhole) {
        std::string name(nameOf(panel.direction));
        name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
        return name;
    }
    return std::string(panel.hemisphere == Hemisphere::Left ? "Left" : "Right") + " · " +
           std::string(nameOf(panel.direction));
}

Eigen::Matrix3d axesOf(const PanelSpec& panel) {
    const Eigen::Vector3d back = towardsViewer(panel);
    const Eigen::Vector3d up = back.z() == 0 ? Eigen::Vector3d::UnitZ() : Eigen::Vector3d::UnitY();
    Eigen::Matrix3d axes;
    axes << up.cross(back).transpose(), up.transpose(), back.transpose();
    return axes;
}

std::vector<OrientationLetter> orientationLetters(const Eigen::Matrix3d& axes, double leastLength) {
    static constexpr std::array letters{std::array{'R', 'L'}, std::array{'A', 'P'}, std::array{'S', 'I'}};
    constexpr double leastDistance = 0.7; ///< of the ends of two axes, of a whole one's length
    std::array<Eigen::Index, 3> byLength{0, 1, 2};
    const auto directionOf = [&axes](Eigen::Index axis) -> Eigen::Vector2d { return axes.col(axis).head<2>(); };
    std::ranges::stable_sort(byLength, std::greater(), [&](Eigen::Index axis) { return directionOf(axis).norm(); });
    std::vector<OrientationLetter> shown;
    for (const Eigen::Index axis : byLength) {
        const Eigen::Vector2d direction = directionOf(axis);
        const bool collides = std::ranges::any_of(shown, [&](const OrientationLetter& other) {
            return (other.direction - direction).norm() < leastDistance;
        });
        if (direction.norm() < leastLength || collides)
            continue;
        shown.push_back({letters[static_cast<std::size_t>(axis)][0], direction});
        shown.push_back({letters[static_cast<std::size_t>(axis)][1], -direction});
    }
    return shown;
}

} // namespace brainlike
