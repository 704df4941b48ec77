#pragma once

#include "core/base/JobContext.h"
#include "core/base/Matrix.h"
#include "core/simulate/SimulationOptions.h"

#include <string>
#include <vector>

namespace brainlike {

/// Sensors of a simulated helmet and the sampled times; no real system's.
struct MegLayout {
    std::vector<std::string> names; ///< "S001"…
    RowMatrix<double> positions;    ///< channels × 3, m: x right, y front, z up
    std::vector<double> times;      ///< s after image onset
};

/// 271 sensors; −0.5 … 3 s at 30 Hz, 106 times.
[[nodiscard]] MegLayout megLayout();

/// Planted time course.
struct MegCourse {
    double onset = 0;              ///< s: before, no response to the image
    std::vector<double> depth;     ///< preferred depth at each time, 0 … 1
    std::vector<double> amplitude; ///< strength of the response at each time, 0 … 1
};
[[nodiscard]] MegCourse megCourse(const std::vector<double>& times);

/// MEG responses of one subject: at each time the factors around the depth of that time, and sensory ones a
/// little, show in smooth topographies, sensory ones over the back of the head, in noise that is correlated in time and
/// a little between sensors.
///
/// @param factors  images × factors
/// @param subject  from 0
/// @returns images × (channel × time, channel-major)
/// @throws CancelledError
[[nodiscard]] RowMatrix<float> simulateMeg(const SimulationOptions& options, const MegLayout& layout,
                                           const RowMatrix<float>& factors, int subject, JobContext& job);

} // namespace brainlike
