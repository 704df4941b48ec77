#pragma once

#include "views/scene/CortexView.h"

#include <QPainterPath>

namespace brainlike {

/// The outlines of areas as they are seen in all panels, without the parts that the brain hides.
/// @param pixelsPerUnit  pixels of the view to a unit of the path
[[nodiscard]] QPainterPath visibleOutlines(const CortexView& view, double pixelsPerUnit);

} // namespace brainlike
