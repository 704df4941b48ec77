#pragma once

#include "core/base/Matrix.h"
#include "core/formats/ArrayInfo.h"
#include "core/study/StudyPaths.h"

#include <span>
#include <string>

namespace brainlike {

/// Type and shape of an array that a study names (NPY file or HDF5 dataset).
/// @throws NotFoundError, FormatError, FileError
[[nodiscard]] ArrayInfo arrayInfo(const DataReference& reference);

/// The array as first axis × all others together. `Scalar` is float, double or uint8.
/// @throws NotFoundError, FormatError, FileError
template <typename Scalar>
[[nodiscard]] RowMatrix<Scalar> readArray(const DataReference& reference);

/// Chosen rows and columns, in the order given; every value must be a finite number.
///
/// @param columns  empty: all of them
/// @throws ValueError naming file, dataset, row and column of a NaN or infinite value, as they stand in the file
template <typename Scalar>
[[nodiscard]] RowMatrix<Scalar> finiteSelection(const RowMatrix<Scalar>& array, std::span<const int> rows,
                                                std::span<const int> columns, const DataReference& reference);

} // namespace brainlike
