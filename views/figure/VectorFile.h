#pragma once

#include "views/figure/CortexComposition.h"

#include <QByteArray>

namespace brainlike {

/// A figure as SVG, its size in mm, with `recipe` (JSON) in `<metadata id="brainlike">`.
[[nodiscard]] QByteArray svgOf(const CortexComposition& composition, const QByteArray& recipe);

/// A figure as a PDF page of its size with embedded fonts and the embedded file recipe.json.
/// @throws Error if it cannot be made
[[nodiscard]] QByteArray pdfOf(const CortexComposition& composition, const QByteArray& recipe);

} // namespace brainlike
