#include "core/encoding/LinearAlgebra.h"

#include "core/base/Error.h"

#include <algorithm>
#include <cblas.h>
#include <lapacke.h>
#include <mutex>
#include <string>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

/// Our threads divide the work; the library's own would fight with them.
void useOneThread() {
    static std::once_flag once;
    std::call_once(once, [] { openblas_set_num_threads(1); });
}

blasint size(Index value) {
    return static_cast<blasint>(value);
}

/// The library asks for a row distance of at least 1, also of an empty matrix.
template <typename Matrix>
blasint distance(const Matrix& matrix) {
    return size(std::max<Index>(1, matrix.outerStride()));
}

void general(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, Index inner, const ConstPanel<float>& a,
             const ConstPanel<float>& b, Panel<float>& c, Into into) {
    useOneThread();
    cblas_sgemm(CblasRowMajor, ta, tb, size(c.rows()), size(c.cols()), size(inner), 1, a.data(), distance(a), b.data(),
                distance(b), into == Into::Add ? 1 : 0, c.data(), distance(c));
}

void general(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, Index inner, const ConstPanel<double>& a,
             const ConstPanel<double>& b, Panel<double>& c, Into into) {
    useOneThread();
    cblas_dgemm(CblasRowMajor, ta, tb, size(c.rows()), size(c.cols()), size(inner), 1, a.data(), distance(a), b.data(),
                distance(b), into == Into::Add ? 1 : 0, c.data(), distance(c));
}

void mirrorUpper(RowMatrix<double>& matrix) {
    for (Index row = 1; row < matrix.rows(); ++row)
        for (Index column = 0; column < row; ++column)
            matrix(row, column) = matrix(column, row);
}

} // namespace

void multiply(const ConstPanel<float>& a, const ConstPanel<float>& b, Panel<float> result, Into into) {
    general(CblasNoTrans, CblasNoTrans, a.cols(), a, b, result, into);
}
void multiply(const ConstPanel<double>& a, const ConstPanel<double>& b, Panel<double> result, Into into) {
    general(CblasNoTrans, CblasNoTrans, a.cols(), a, b, result, into);
}
void multiplyTransposed(const ConstPanel<float>& a, const ConstPanel<float>& b, Panel<float> result, Into into) {
    general(CblasTrans, CblasNoTrans, a.rows(), a, b, result, into);
}
void multiplyTransposed(const ConstPanel<double>& a, const ConstPanel<double>& b, Panel<double> result, Into into) {
    general(CblasTrans, CblasNoTrans, a.rows(), a, b, result, into);
}
void multiplyByTransposed(const ConstPanel<float>& a, const ConstPanel<float>& b, Panel<float> result, Into into) {
    general(CblasNoTrans, CblasTrans, a.cols(), a, b, result, into);
}
void multiplyByTransposed(const ConstPanel<double>& a, const ConstPanel<double>& b, Panel<double> result, Into into) {
    general(CblasNoTrans, CblasTrans, a.cols(), a, b, result, into);
}

void multiplyBySelf(const ConstPanel<float>& a, Panel<float> result, Into into) {
    useOneThread();
    cblas_ssyrk(CblasRowMajor, CblasUpper, CblasNoTrans, size(a.rows()), size(a.cols()), 1, a.data(), distance(a),
                into == Into::Add ? 1 : 0, result.data(), distance(result));
}

void multiplyBySelf(const ConstPanel<double>& a, Panel<double> result, Into into) {
    useOneThread();
    cblas_dsyrk(CblasRowMajor, CblasUpper, CblasNoTrans, size(a.rows()), size(a.cols()), 1, a.data(), distance(a),
                into == Into::Add ? 1 : 0, result.data(), distance(result));
}

RowMatrix<double> product(const RowMatrix<double>& a, const RowMatrix<double>& b) {
    RowMatrix<double> result(a.rows(), b.cols());
    multiply(panelOf(a), panelOf(b), panelOf(result));
    return result;
}

RowMatrix<double> productTransposed(const RowMatrix<double>& a, const RowMatrix<double>& b) {
    RowMatrix<double> result(a.cols(), b.cols());
    multiplyTransposed(panelOf(a), panelOf(b), panelOf(result));
    return result;
}

RowMatrix<double> productByTransposed(const RowMatrix<double>& a, const RowMatrix<double>& b) {
    RowMatrix<double> result(a.rows(), b.rows());
    multiplyByTransposed(panelOf(a), panelOf(b), panelOf(result));
    return result;
}

RowMatrix<double> gramOfColumns(const RowMatrix<double>& a) {
    useOneThread();
    RowMatrix<double> result(a.cols(), a.cols());
    cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, size(a.cols()), size(a.rows()), 1, a.data(), distance(a), 0,
                result.data(), distance(result));
    mirrorUpper(result);
    return result;
}

RowMatrix<double> gramOfRows(const RowMatrix<double>& a) {
    RowMatrix<double> result(a.rows(), a.rows());
    multiplyBySelf(panelOf(a), panelOf(result));
    mirrorUpper(result);
    return result;
}

SymmetricEigen symmetricEigen(RowMatrix<double> matrix) {
    useOneThread();
    SymmetricEigen eigen{Eigen::VectorXd(matrix.rows()), std::move(matrix)};
    // Symmetric, so that the row-major matrix is also the column-major one the library expects; its eigenvectors come
    // back as columns there, which are rows here.
    const auto order = size(eigen.vectors.rows());
    const auto status = LAPACKE_dsyevd(LAPACK_COL_MAJOR, 'V', 'L', order, eigen.vectors.data(), std::max(order, 1),
                                       eigen.values.data());
    if (status != 0)
        throw ValueError({.what = "The features' covariance cannot be decomposed",
                          .found = "LAPACK status " + std::to_string(status),
                          .advice = "check the features for values too large to be squared"});
    eigen.values = eigen.values.cwiseMax(0.0);
    return eigen;
}

std::optional<RowMatrix<double>> choleskyFactor(RowMatrix<double> matrix) {
    useOneThread();
    const auto order = size(matrix.rows());
    // The row-major upper triangle is the lower one of the column-major matrix the library expects.
    const auto status = LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L', order, matrix.data(), std::max(order, 1));
    if (status != 0)
        return std::nullopt;
    return matrix;
}

void divideByUpper(RowMatrix<double>& matrix, const RowMatrix<double>& upper) {
    useOneThread();
    cblas_dtrsm(CblasRowMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, size(matrix.rows()),
                size(matrix.cols()), 1, upper.data(), distance(upper), matrix.data(), distance(matrix));
}

void divideTransposedUpper(const RowMatrix<double>& upper, RowMatrix<double>& matrix) {
    useOneThread();
    cblas_dtrsm(CblasRowMajor, CblasLeft, CblasUpper, CblasTrans, CblasNonUnit, size(matrix.rows()),
                size(matrix.cols()), 1, upper.data(), distance(upper), matrix.data(), distance(matrix));
}

RowMatrix<double> reducedRows(RowMatrix<double> matrix) {
    if (matrix.rows() <= matrix.cols())
        return matrix;
    useOneThread();
    Eigen::VectorXd factors(matrix.cols());
    const auto status = LAPACKE_dgeqrf(LAPACK_ROW_MAJOR, size(matrix.rows()), size(matrix.cols()), matrix.data(),
                                       size(matrix.cols()), factors.data());
    if (status != 0)
        throw ValueError(
            {.what = "The features cannot be decomposed", .found = "LAPACK status " + std::to_string(status)});
    RowMatrix<double> triangle = matrix.topRows(matrix.cols()).triangularView<Eigen::Upper>();
    return triangle;
}

} // namespace brainlike
