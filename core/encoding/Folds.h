#pragma once

#include "core/encoding/RidgeOptions.h"

#include <Eigen/Core>
#include <vector>

namespace brainlike {

/// Row indices.
using Rows = std::vector<Eigen::Index>;

/// Divides rows into folds; each fold's rows ascend, every row is in exactly one fold.
///
/// - Contiguous (default): the first n mod count folds get one more row, as scikit-learn's KFold(shuffle=False).
/// - Seeded: the rows are first put into a random order (shuffled()), then divided contiguously. Fold sizes are those
///   of KFold(shuffle=True); its rows are another generator's.
/// - Groups: whole groups, the largest first, each to the fold with the fewest rows so far (the earlier one on a tie),
///   as scikit-learn's GroupKFold; groups of one size are taken by descending id. With a seed these are taken in a
///   random order, so that folds stay balanced in rows; GroupKFold(shuffle=True) instead deals groups out by number,
///   whatever their sizes.
/// @param rows  the rows to divide, ascending; `options.groups` is indexed by them
/// @throws ShapeError when there are fewer rows (or groups) than folds, or a group is not given for each row
[[nodiscard]] std::vector<Rows> makeFolds(const FoldOptions& options, const Rows& rows);

/// All rows from 0 to count − 1.
[[nodiscard]] Rows allRows(Eigen::Index count);

/// The same elements in a random order that depends on the seed alone, on every machine: Fisher–Yates from the last
/// element down, indices drawn without bias by rejection from the SplitMix64 sequence of the seed.
/// Source: Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators" (SplitMix64).
[[nodiscard]] Rows shuffled(Rows elements, std::uint64_t seed);

} // namespace brainlike
