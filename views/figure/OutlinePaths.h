#pragma once

#include "views/scene/CortexView.h"
#include "views/scene/SurfaceLines.h"

#include <QPainterPath>

#include <optional>

namespace brainlike {

/// The outlines of areas as they are seen in all panels, without the parts that the brain hides.
/// @param pixelsPerUnit  pixels of the view to a unit of the path
[[nodiscard]] QPainterPath visibleOutlines(const CortexView& view, double pixelsPerUnit);

/// The same for other lines on the surface.
/// @param part  of which of several maps beside each other; nothing: of all
[[nodiscard]] QPainterPath visiblePath(const CortexView& view, const SurfaceLines& lines, double pixelsPerUnit,
                                       std::optional<int> part = {});

} // namespace brainlike
