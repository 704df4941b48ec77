#pragma once

#include "core/base/Matrix.h"

namespace brainlike {

/// Makes the rows of a matrix orthonormal, or the columns where there are fewer of them (modified Gram-Schmidt).
void orthonormalise(RowMatrix<float>& matrix);

} // namespace brainlike
