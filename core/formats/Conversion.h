#pragma once

#include "core/formats/ArrayInfo.h"

namespace brainlike {

/// Converts numbers as they lie in a file.
///
/// @param type  a number type; integers only where `Scalar` is an integer type
/// @param bytes  `count` values of that type
/// @param target  room for `count` values
/// @returns index of the first value that does not fit into `Scalar`, or `count`
template <typename Scalar>
[[nodiscard]] std::size_t convertNumbers(ElementType type, const char* bytes, std::size_t count, bool isBigEndian,
                                         Scalar* target);

/// Brings values from Fortran order (first axis fastest) to C order (last axis fastest).
template <typename Scalar>
void reorderFromFortran(const Shape& shape, std::size_t count, Scalar* values);

} // namespace brainlike
