#pragma once

#include "core/study/EncodeUnit.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace brainlike {

/// One of several shares of a study's units, computed by processes of their own into the same parts.
struct Shard {
    int index = 1; ///< 1 … count
    int count = 1; ///< 1: all units
    [[nodiscard]] bool isWhole() const { return count == 1; }
    friend bool operator==(const Shard&, const Shard&) = default;
};

/// "2/8", as the command line takes it.
/// @throws ValueError unless I and N are whole numbers with 1 <= I <= N
[[nodiscard]] Shard shardFrom(std::string_view text);

/// Every unit of a study in the order of work.
[[nodiscard]] std::vector<EncodeUnit> unitsOf(const Study& study);

/// The units of one share, in the order of work: groups of the same features are dealt out in turn, single units where
/// there are fewer groups than shares. Every unit is in exactly one share.
[[nodiscard]] std::vector<EncodeUnit> unitsOf(const Study& study, const Shard& shard);

} // namespace brainlike
