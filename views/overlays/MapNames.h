#pragma once

#include "core/session/MapColors.h"
#include "core/session/Selection.h"
#include "core/study/ScoreSource.h"

#include <QPixmap>
#include <QString>

#include <functional>

class QMenu;

namespace brainlike {

/// "Encoding score", "Best layer", …
[[nodiscard]] QString kindName(MapKind kind);

/// What a map of a selection is called: "Encoding score · block.7", "thickness"; by what it keeps to itself.
/// @param index  null: nothing is open
[[nodiscard]] QString mapTitle(const Selection& selection, int map, const ScoreIndex* index);

/// Puts everything that can be added to a stack into an empty menu: what the scores give, and the maps of files.
void fillAddMenu(QMenu& menu, const Selection& selection, const ScoreIndex& index,
                 const std::function<void(const StackedMap&)>& add);

/// A map's colours from low to high, in small.
/// @param colors  null: not read yet
[[nodiscard]] QPixmap swatchOf(const MapColors* colors, QSize size, double pixelRatio);

} // namespace brainlike
