#pragma once

#include "core/base/Matrix.h"

#include <string_view>

namespace brainlike {

/// @param name  what the matrix is, in the message ("features", "responses")
/// @throws ValueError naming the first row, and the first column there, with NaN or an infinite value
void requireFinite(const RowMatrix<float>& matrix, std::string_view name);
void requireFinite(const RowMatrix<double>& matrix, std::string_view name);

} // namespace brainlike
