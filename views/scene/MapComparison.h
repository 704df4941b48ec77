#pragma once

#include "core/session/StackEdit.h"
#include "views/scene/MapStack.h"

#include <array>
#include <optional>
#include <vector>

// A, B and A − B as maps beside each other: the same for the window and for figures.

namespace brainlike {

/// What the three show. Maps above the first belong to A and, of B's scores, to B; A − B is alone.
struct ComparedSelections {
    Selection a;                   ///< as selected; scores where differences are
    std::optional<Selection> b;    ///< nothing: there is none, or it would show the same
    std::optional<Selection> less; ///< A − B, always of scores; nothing: there is no other side
};
[[nodiscard]] ComparedSelections comparedSelections(const Selection& selection, const ScoreIndex& index);

/// Whether a kind of map has another side at all: maps of files have none.
[[nodiscard]] bool isComparable(MapKind kind);

/// The three as read, by column; lists are empty where there is nothing to read.
using ComparedReadings = std::array<std::vector<StackReading>, 3>;

/// The three with their colours, by column, lowest map first; ids of the first maps are `firstMapId`, `otherMapId` and
/// `differenceMapId`. A and B share range, threshold and colour map: the range is that of both.
/// @throws as mapColors
[[nodiscard]] std::array<std::vector<ColoredMap>, 3> coloredComparison(const ComparedSelections& selections,
                                                                       const ComparedReadings& readings);

/// The legends that three maps beside each other need: A's and B's once, B's own only where its layers differ, and that
/// of A − B. The uppermost map's first.
[[nodiscard]] std::vector<const ColoredMap*> comparedLegends(const std::array<std::vector<ColoredMap>, 3>& columns);

} // namespace brainlike
