#pragma once

#include "core/base/Matrix.h"

#include <Eigen/Core>
#include <optional>

namespace brainlike {

/// Read-only and writable views of row-major matrices whose rows may lie apart.
template <typename Scalar>
using ConstPanel = Eigen::Map<const RowMatrix<Scalar>, 0, Eigen::OuterStride<>>;
template <typename Scalar>
using Panel = Eigen::Map<RowMatrix<Scalar>, 0, Eigen::OuterStride<>>;

template <typename Scalar>
[[nodiscard]] ConstPanel<Scalar> panelOf(const RowMatrix<Scalar>& matrix) {
    return {matrix.data(), matrix.rows(), matrix.cols(), Eigen::OuterStride<>(matrix.cols())};
}
template <typename Scalar>
[[nodiscard]] Panel<Scalar> panelOf(RowMatrix<Scalar>& matrix) {
    return {matrix.data(), matrix.rows(), matrix.cols(), Eigen::OuterStride<>(matrix.cols())};
}
template <typename Scalar>
[[nodiscard]] ConstPanel<Scalar> readOnly(const Panel<Scalar>& panel) {
    return {panel.data(), panel.rows(), panel.cols(), Eigen::OuterStride<>(panel.outerStride())};
}
/// Rows first … first + count − 1.
template <typename Scalar>
[[nodiscard]] ConstPanel<Scalar> rowsOf(const ConstPanel<Scalar>& panel, Eigen::Index first, Eigen::Index count) {
    return {panel.data() + first * panel.outerStride(), count, panel.cols(), Eigen::OuterStride<>(panel.outerStride())};
}

/// Whether a product replaces what the result held or is added to it.
enum class Into { Replace, Add };

/// result = A·B, on the calling thread alone. The result has to have the right shape.
void multiply(const ConstPanel<float>& a, const ConstPanel<float>& b, Panel<float> result, Into into = Into::Replace);
void multiply(const ConstPanel<double>& a, const ConstPanel<double>& b, Panel<double> result,
              Into into = Into::Replace);
/// result = Aᵀ·B.
void multiplyTransposed(const ConstPanel<float>& a, const ConstPanel<float>& b, Panel<float> result,
                        Into into = Into::Replace);
void multiplyTransposed(const ConstPanel<double>& a, const ConstPanel<double>& b, Panel<double> result,
                        Into into = Into::Replace);
/// result = A·Bᵀ.
void multiplyByTransposed(const ConstPanel<float>& a, const ConstPanel<float>& b, Panel<float> result,
                          Into into = Into::Replace);
void multiplyByTransposed(const ConstPanel<double>& a, const ConstPanel<double>& b, Panel<double> result,
                          Into into = Into::Replace);
/// Upper triangle of result = A·Aᵀ; what lies below the diagonal keeps its old values.
void multiplyBySelf(const ConstPanel<float>& a, Panel<float> result, Into into = Into::Replace);
void multiplyBySelf(const ConstPanel<double>& a, Panel<double> result, Into into = Into::Replace);

/// The same as values, in double.
[[nodiscard]] RowMatrix<double> product(const RowMatrix<double>& a, const RowMatrix<double>& b);
[[nodiscard]] RowMatrix<double> productTransposed(const RowMatrix<double>& a, const RowMatrix<double>& b); ///< Aᵀ·B
[[nodiscard]] RowMatrix<double> productByTransposed(const RowMatrix<double>& a, const RowMatrix<double>& b); ///< A·Bᵀ
[[nodiscard]] RowMatrix<double> gramOfColumns(const RowMatrix<double>& a); ///< Aᵀ·A
[[nodiscard]] RowMatrix<double> gramOfRows(const RowMatrix<double>& a);    ///< A·Aᵀ

/// Eigenvalues (ascending, those below 0 by rounding set to 0) and eigenvectors of a positive semi-definite matrix.
struct SymmetricEigen {
    Eigen::VectorXd values;
    RowMatrix<double> vectors; ///< one eigenvector a row
};
/// Reads the upper triangle alone.
/// @throws ValueError if the decomposition does not converge
[[nodiscard]] SymmetricEigen symmetricEigen(RowMatrix<double> matrix);

/// The upper triangle U of A = UᵀU, or nothing where A is not positive definite. Reads the upper triangle alone; what
/// lies below U's diagonal is not to be read.
[[nodiscard]] std::optional<RowMatrix<double>> choleskyFactor(RowMatrix<double> matrix);
/// matrix · U⁻¹ in place.
void divideByUpper(RowMatrix<double>& matrix, const RowMatrix<double>& upper);
/// U⁻ᵀ · matrix in place.
void divideTransposedUpper(const RowMatrix<double>& upper, RowMatrix<double>& matrix);

/// The smaller of A itself and the triangle R of A = QR: a matrix with RᵀR = AᵀA and at most as many rows as columns.
[[nodiscard]] RowMatrix<double> reducedRows(RowMatrix<double> matrix);

} // namespace brainlike
