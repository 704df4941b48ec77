#pragma once

#include "core/base/JobContext.h"
#include "core/base/Matrix.h"
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

/// Reads chosen rows and columns, going through the file once; every value must be a finite number.
///
/// @param columns  ascending; as many as `target` has columns
/// @param target   wanted rows × columns
/// @throws ValueError naming file, dataset, row and column of a NaN or infinite value, as they stand in the file;
///         FileError, CancelledError
template <typename Scalar>
void readFinite(const ArrayRows& array, const DataReference& reference, const RowPlaces& places,
                std::span<const int> columns, RowMatrix<Scalar>& target, const JobContext& job);

/// The same for consecutive columns.
template <typename Scalar>
void readFinite(const ArrayRows& array, const DataReference& reference, const RowPlaces& places, int firstColumn,
                RowMatrix<Scalar>& target, const JobContext& job);

/// The same where several rows have one place: their mean, NaN skipped.
/// @throws ValueError as above, for an infinite value, or for a place that has no number, naming its first row
void readAveraged(const ArrayRows& array, const DataReference& reference, const RowPlaces& places,
                  std::span<const int> columns, RowMatrix<double>& target, const JobContext& job);

} // namespace brainlike
