#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace brainlike {

/// Range and threshold of the colour scale; both ends included.
struct ColorRange {
    double low = 0;
    double high = 1;
    friend bool operator==(const ColorRange&, const ColorRange&) = default;
};

/// Where the range of colours comes from, unless it is given in numbers.
enum class RangeRule {
    Study,       ///< the same for every checkpoint
    Map,         ///< lowest to highest value of the map that is shown
    Percentile2, ///< 2nd to 98th percentile of the map that is shown
    Percentile5  ///< 5th to 95th
};

/// How values become colours, in the unit of one kind of map.
struct ColorChoice {
    std::optional<ColorRange> range; ///< nothing: as the rule says
    RangeRule rangeRule = RangeRule::Study;
    bool symmetric = false; ///< the range is widened until zero lies in its middle
    double threshold = 0;   ///< values below are not coloured
    bool oneTailed = false; ///< of maps with values of both signs: the threshold cuts value, not |value|
    std::string colorMap;   ///< a bundled map's name or a file; empty: the one that goes with the kind of map

    friend bool operator==(const ColorChoice&, const ColorChoice&) = default;
};

/// Adds the fields that are not as in a fresh choice.
void addJson(nlohmann::json& json, const ColorChoice& choice);
/// @throws FormatError naming the JSON pointer, below `place`, of what is wrong
[[nodiscard]] ColorChoice colorChoiceFromJson(const nlohmann::json& json, const std::string& place);

} // namespace brainlike
