#pragma once

#include <Eigen/Core>

namespace brainlike {

/// Dense matrix with contiguous rows, as NumPy writes it: one row an image.
template <typename Scalar>
using RowMatrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

} // namespace brainlike
