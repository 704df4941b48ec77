#pragma once

#include "core/base/JobContext.h"
#include "core/base/Matrix.h"
#include "core/encoding/RidgeOptions.h"
#include "core/formats/ArrayRows.h"
#include "core/study/StudyPaths.h"

#include <memory>
#include <span>
#include <vector>

namespace brainlike {

/// Type and shape of an array that a study names (NPY file or HDF5 dataset).
/// @throws NotFoundError, FormatError, FileError
[[nodiscard]] ArrayInfo arrayInfo(const DataReference& reference);

/// The array as first axis × all others together. `Scalar` is float, double or uint8.
/// @throws NotFoundError, FormatError, FileError
template <typename Scalar>
[[nodiscard]] RowMatrix<Scalar> readArray(const DataReference& reference);

/// Opens an array to be read a rectangle at a time, as first axis × all others together.
/// @throws NotFoundError, FormatError, FileError
[[nodiscard]] std::unique_ptr<const ArrayRows> openRows(const DataReference& reference);

/// Whether single precision holds the numbers of an array as they are.
[[nodiscard]] bool fitsSingle(ElementType type);

/// Where each row of a file goes: for every row, its place in what is read, or −1 where it is not wanted. Several rows
/// of one place are averaged.
using RowPlaces = std::vector<int>;
/// @param wanted  rows of the file, each at most once, in the order in which they are wanted
[[nodiscard]] RowPlaces placesOf(std::span<const int> wanted, std::size_t fileRows);

/// Reads chosen rows and columns, going through the file once. Where several rows have one place, the mean of their
/// numbers, NaN skipped.
///
/// @param columns    ascending; as many as `target` has columns
/// @param notFinite  what is refused is named by its place in the file; else NaN and infinite values come as they are
/// @param target     wanted rows × columns
/// @throws ValueError naming file, dataset, row and column of a NaN or infinite value, as they stand in the file (of
///         several rows, the first); FileError, CancelledError
template <typename Scalar>
void readRows(const ArrayRows& array, const DataReference& reference, const RowPlaces& places,
              std::span<const int> columns, NotFinite notFinite, RowMatrix<Scalar>& target, const JobContext& job);
void readAveraged(const ArrayRows& array, const DataReference& reference, const RowPlaces& places,
                  std::span<const int> columns, NotFinite notFinite, RowMatrix<double>& target, const JobContext& job);

/// For every place, whether it has a finite number in all of these columns and no infinite one. Takes little memory.
[[nodiscard]] std::vector<bool> finitePlaces(const ArrayRows& array, const RowPlaces& places, std::size_t count,
                                             std::span<const int> columns);

/// 0, 1, … count − 1.
[[nodiscard]] std::vector<int> allColumns(std::size_t count);

} // namespace brainlike
