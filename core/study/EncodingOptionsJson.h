#pragma once

#include "core/encoding/RidgeOptions.h"

#include <nlohmann/json.hpp>

namespace brainlike {

/// Options of METHODS 5 as they stand in a study's `encoding` and in result files. Neither `threads` nor `keepInner` is
/// part of it: they do not change a score. Values are the effective ones.
///
/// Keys: alphas (list), outer_folds, inner_folds, shuffle (seed of the outer folds, or null), lambda_mode, score,
/// standardize, double; and, only where one of both kinds of folds uses them: groups (of the outer folds),
/// inner_shuffle, inner_groups (null: contiguous, without groups).
[[nodiscard]] nlohmann::json toJson(const RidgeOptions& options);

/// The inverse; missing keys take their defaults, which for inner_shuffle and inner_groups are those of the outer
/// folds. `alphas` may be a list or a spec ("0:8:10").
///
/// @throws FormatError naming the JSON pointer (relative to `json`) of an unknown key or a wrong value; ValueError as
///         `validate` does
[[nodiscard]] RidgeOptions ridgeOptionsFromJson(const nlohmann::json& json);

} // namespace brainlike
