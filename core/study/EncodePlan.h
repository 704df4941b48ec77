#pragma once

#include "core/study/Encode.h"

#include <cstddef>

namespace brainlike {

/// What an encoding takes: told before it starts, from the files' headers and a moment's trial of the processor.
struct EncodePlan {
    std::size_t unitCount = 0; ///< of the shard
    std::size_t doneCount = 0; ///< units whose part is there (not checked for damage)
    double operations = 0;     ///< floating-point operations of the units that remain
    double bytes = 0;          ///< memory at the peak of this process; at most the budget
    double budget = 0;         ///< memory it would be allowed
    double seconds = 0;        ///< an estimate
};

/// @param options  those of the encoding that would be started; `out` tells which parts count as done
/// @throws what outlineOf and scheduleEncoding throw; NotFoundError, FormatError for features
[[nodiscard]] EncodePlan planEncoding(const Study& study, const EncodeOptions& options);

} // namespace brainlike
