#pragma once

#include "core/surface/Outlines.h"

namespace brainlike {

/// Outlines as they are drawn: just above the surface, and with every point slid along its mesh edge so that the lines
/// run smoothly and the triangles do not show. Each line stays in its face, so none dips below the surface.
///
/// @param normals  vertices × 3
/// @param lift     distance above the surface, mm
/// @returns points × 3, every two rows one line
[[nodiscard]] RowMatrix<float> smoothOutlines(const OutlineSegments& outlines, const Mesh& mesh,
                                              const RowMatrix<float>& normals, float lift);

} // namespace brainlike
