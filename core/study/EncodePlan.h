#pragma once

#include "core/study/Study.h"

#include <cstddef>
#include <filesystem>

namespace brainlike {

/// What an encoding takes, roughly: told before it starts, from the files' headers alone.
struct EncodePlan {
    std::size_t unitCount = 0;
    std::size_t doneCount = 0; ///< units whose part is there (not checked for damage)
    double operations = 0;     ///< floating-point operations of the units that remain
    double bytes = 0;          ///< memory at the peak: all responses, and what each thread works on
    double seconds = 0;        ///< at `operationsPerSecond` a thread
};

/// What a core of a present-day processor does in single-precision matrix products, on the careful side.
inline constexpr double operationsPerSecond = 2e10;

/// @param out      the scores file that would be made; its parts count as done
/// @param threads  0: one a processor
/// @throws what outlineOf throws; NotFoundError, FormatError for the features of a model's first checkpoint
[[nodiscard]] EncodePlan planEncoding(const Study& study, const std::filesystem::path& out, int threads);

} // namespace brainlike
