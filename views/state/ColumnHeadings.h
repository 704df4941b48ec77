#pragma once

#include "core/session/Selection.h"
#include "core/study/ScoreSource.h"

#include <QString>

#include <array>

namespace brainlike {

/// What stands above A, B and A − B where their maps lie beside each other: "A · human", "B · cells", "A − B".
[[nodiscard]] std::array<QString, 3> columnHeadings(const Selection& selection, const ScoreIndex& index);

/// Why there is no B for a selection's map, as a sentence; empty where there is one.
[[nodiscard]] QString noOtherSideText(const Selection& selection, const ScoreIndex& index);

/// Title of a colour bar or legend beside maps that are compared: "A, B · R (Pearson)".
/// @param map       id of the map it belongs to
/// @param isShared  A's speaks for B too
[[nodiscard]] QString comparedBarTitle(int map, bool isShared, const QString& title);

} // namespace brainlike
