#pragma once

#include "core/session/Selection.h"
#include "core/study/ScoreSource.h"
#include "views/scene/CortexScene.h"
#include "views/scene/MapStack.h"

#include <QString>
#include <QStringList>

#include <span>
#include <string>

namespace brainlike {

/// What the cortex shows, in words: quantity, model, checkpoint, layer, subject.
[[nodiscard]] QStringList titleOf(const Selection& selection, const ScoreIndex* index);

/// Why nothing is shown for a selection: not computed yet, or there is no such thing.
[[nodiscard]] QString missingText(const Selection& selection, const ScoreIndex* index);

/// "lh 12,345 · V1 · MNI −8 −92 3"; parts that are not known are left out.
/// @param parcellation  whose area is named; null: the geometry's own
[[nodiscard]] QString placeText(const CortexGeometry& geometry, VertexId vertex,
                                const Parcellation* parcellation = nullptr);

/// The exact value of a map at a vertex (flat index), with its unit: "R 0.412", "half-time 136,000 steps (1.4 % of
/// training)", "ΔR −0.021", "q 0.0031".
[[nodiscard]] QString valueText(const CortexMap& map, std::size_t place);

/// The same with the name of a map of a file, and the layer or subject that a map keeps to: "thickness 2.145", "labels
/// V1", "R 0.412 (block.7)".
[[nodiscard]] QString namedValueText(const CortexMap& map, std::size_t place, const std::string& detail = {});

/// What a vertex shows, short enough to follow the pointer: "V1 · R 0.412"; of a stack the uppermost map first.
[[nodiscard]] QString readoutText(const CortexGeometry& geometry, std::span<const ColoredMap> maps, VertexId vertex,
                                  const Parcellation* parcellation = nullptr);

} // namespace brainlike
