#include "core/simulate/Orthonormal.h"

namespace brainlike {

void orthonormalise(RowMatrix<float>& matrix) {
    if (matrix.rows() > matrix.cols()) {
        RowMatrix<float> turned = matrix.transpose();
        orthonormalise(turned);
        matrix = turned.transpose();
        return;
    }
    for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
        for (Eigen::Index before = 0; before < row; ++before)
            matrix.row(row) -= matrix.row(row).dot(matrix.row(before)) * matrix.row(before);
        matrix.row(row).normalize();
    }
}

} // namespace brainlike
