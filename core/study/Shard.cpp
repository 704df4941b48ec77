#include "core/study/Shard.h"

#include "core/base/Error.h"

#include <charconv>
#include <string>

namespace brainlike {
namespace {

/// A whole number that is all of the text; 0 for anything else.
int positiveFrom(std::string_view text) {
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && end == text.data() + text.size() && value > 0 ? value : 0;
}

std::vector<EncodeUnit> unitsOfGroup(const UnitGroup& group, const Study& study) {
    std::vector<EncodeUnit> units;
    for (int recording = 0; recording < static_cast<int>(study.recordings.size()); ++recording)
        units.push_back({group.model, group.checkpoint, group.layer, recording});
    return units;
}

/// Deals numbers out in turn, beginning with another share each round, so that layers of one size do not all fall to
/// one share.
bool isDealtTo(const Shard& shard, std::size_t number) {
    const auto count = static_cast<std::size_t>(shard.count);
    return (number + number / count) % count == static_cast<std::size_t>(shard.index - 1);
}

} // namespace

Shard shardFrom(std::string_view text) {
    const auto slash = text.find('/');
    Shard shard{0, 0};
    if (slash != text.npos)
        shard = {positiveFrom(text.substr(0, slash)), positiveFrom(text.substr(slash + 1))};
    if (shard.index < 1 || shard.count < shard.index)
        throw ValueError({.what = "The shard cannot be used",
                          .expected = "I/N with I from 1 to N, such as 2/8",
                          .found = std::string(text)});
    return shard;
}

std::vector<EncodeUnit> unitsOf(const Study& study) {
    return unitsOf(study, {});
}

std::vector<EncodeUnit> unitsOf(const Study& study, const Shard& shard) {
    const auto groups = workOrder(study);
    const bool byGroup = groups.size() >= static_cast<std::size_t>(shard.count);
    std::vector<EncodeUnit> units;
    std::size_t number = 0;
    for (std::size_t group = 0; group < groups.size(); ++group)
        for (const auto& unit : unitsOfGroup(groups[group], study))
            if (isDealtTo(shard, byGroup ? group : number++))
                units.push_back(unit);
    return units;
}

} // namespace brainlike
