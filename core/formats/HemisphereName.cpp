#include "core/formats/HemisphereName.h"

#include <algorithm>
#include <array>
#include <string>

namespace brainlike {

std::optional<Hemisphere> hemisphereNamed(std::string_view word) {
    constexpr std::array<std::string_view, 5> left{"lh", "l", "left", "cortexleft", "cifti_structure_cortex_left"};
    constexpr std::array<std::string_view, 5> right{"rh", "r", "right", "cortexright", "cifti_structure_cortex_right"};
    std::string lower(word);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (std::find(left.begin(), left.end(), lower) != left.end())
        return Hemisphere::Left;
    if (std::find(right.begin(), right.end(), lower) != right.end())
        return Hemisphere::Right;
    return std::nullopt;
}

std::optional<Hemisphere> hemisphereOfFile(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    std::array<bool, 2> told{};
    for (std::size_t start = 0; start <= name.size();) {
        const auto end = std::min(name.find_first_of("._- ", start), name.size());
        if (const auto side = hemisphereNamed(std::string_view(name).substr(start, end - start)))
            told[indexOf(*side)] = true;
        start = end + 1;
    }
    if (told[0] == told[1])
        return std::nullopt;
    return told[0] ? Hemisphere::Left : Hemisphere::Right;
}

} // namespace brainlike
