#pragma once

#include "core/base/Matrix.h"
#include "core/formats/ArrayInfo.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace brainlike {

// NumPy's NPY files, versions 1.0 to 3.0: floats of 2, 4, 8 bytes, integers of 1 to 8, truth values and texts, of
// either byte order, in C or Fortran order. `Scalar` is float, double, uint8, int16, int32 or int64; numbers convert
// where no whole number can be lost (as in Hdf5File). All readers throw NotFoundError, FileError if the system refuses,
// and FormatError naming the byte where the file is damaged, of another type, or not of the rank required.

/// Type and shape, without reading the values. The file's length has been checked against them.
[[nodiscard]] ArrayInfo npyInfo(const std::filesystem::path& path);

/// Any array, in C order. @param rank  number of axes required, any if left out
template <typename Scalar>
[[nodiscard]] NumericArray<Scalar> readNpy(const std::filesystem::path& path, std::optional<std::size_t> rank = {});

/// A matrix of the first axis × all others together; one column if there is one axis.
/// @param rank  number of axes required
template <typename Scalar>
[[nodiscard]] RowMatrix<Scalar> readNpyMatrix(const std::filesystem::path& path, std::size_t rank = 2);

/// An array with one axis.
template <typename Scalar>
[[nodiscard]] std::vector<Scalar> readNpyVector(const std::filesystem::path& path);

/// Unicode or byte strings with one axis, as UTF-8.
[[nodiscard]] std::vector<std::string> readNpyStrings(const std::filesystem::path& path);

/// Writes version 1.0, little-endian, C order, byte for byte as numpy.save; replaces the file only when complete.
/// @throws ShapeError if `values` do not fill `shape`, FileError
template <typename Scalar>
void writeNpy(const std::filesystem::path& path, const Shape& shape, std::span<const Scalar> values);

} // namespace brainlike
