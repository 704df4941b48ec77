#pragma once

#include "core/session/Selection.h"
#include "core/study/ScoreSource.h"
#include "views/scene/CortexScene.h"
#include "views/scene/MapStack.h"

#include <QString>
#include <QStringList>

#include <array>
#include <span>
#include <string>
#include <vector>

namespace brainlike {

/// What the cortex shows, in words: quantity, model, checkpoint, layer, subject; of a comparison what A and B share
/// once.
[[nodiscard]] QStringList titleOf(const Selection& selection, const ScoreIndex* index);

/// Why nothing is shown for a selection: not computed yet, or there is no such thing.
[[nodiscard]] QString missingText(const Selection& selection, const ScoreIndex* index);

/// "lh 12,345 · V1 · MNI152 −8 −92 3 · MNI305 −8 −94 2"; parts that are not known are left out, and coordinates of
/// other templates than fsaverage are given as they are, with its name.
/// @param parcellation  whose area is named; null: the geometry's own
[[nodiscard]] QString placeText(const CortexGeometry& geometry, VertexId vertex,
                                const Parcellation* parcellation = nullptr);

/// The exact value of a map at a vertex (flat index), with its unit: "R 0.412", "half-time 136,000 steps (1.4 % of
/// training)", "ΔR −0.021", "q 0.0031".
[[nodiscard]] QString valueText(const CortexMap& map, std::size_t place);

/// The same with the name of a map of a file, and the layer or subject that a map keeps to: "thickness 2.145", "labels
/// V1", "R 0.412 (block.7)".
[[nodiscard]] QString namedValueText(const CortexMap& map, std::size_t place, const std::string& detail = {});

/// Of A, B and A − B: "A R 0.412 · B R 0.311 · A − B ΔR 0.101"; what is not there is said so.
[[nodiscard]] QString comparedValues(const std::array<std::vector<ColoredMap>, 3>& columns, std::size_t place);
/// The same after the area, short enough to follow the pointer.
[[nodiscard]] QString comparedReadout(const CortexGeometry& geometry,
                                      const std::array<std::vector<ColoredMap>, 3>& columns, VertexId vertex,
                                      const Parcellation* parcellation = nullptr);

/// What a vertex shows, short enough to follow the pointer: "V1 · R 0.412"; of a stack the uppermost map first.
[[nodiscard]] QString readoutText(const CortexGeometry& geometry, std::span<const ColoredMap> maps, VertexId vertex,
                                  const Parcellation* parcellation = nullptr);

} // namespace brainlike
