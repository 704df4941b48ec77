#pragma once

#include "core/stats/Correlation.h"

#include <QString>

namespace brainlike {

/// "r 0.380, n 360 areas, p 2e−11, 95 % 0.29 to 0.46", or why there is none.
/// @param units  what is counted: "areas"
[[nodiscard]] QString correlationText(const Correlation& correlation, const QString& units);

} // namespace brainlike
