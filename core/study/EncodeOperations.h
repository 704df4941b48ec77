#pragma once

#include "core/encoding/RidgeOperations.h"
#include "core/study/EncodeSchedule.h"

namespace brainlike {

/// What one step of an encoding computes.
struct StepOperations {
    Operations preparing; ///< of the responses, before the first unit
    Operations units;     ///< of all its units
    double values = 0;    ///< responses that are read
};

/// @param work  all that remains; a step takes up that of its recordings
[[nodiscard]] StepOperations operationsOf(const StudyOutline& outline, const std::vector<GroupWork>& work,
                                          const EncodeStep& step);

} // namespace brainlike
