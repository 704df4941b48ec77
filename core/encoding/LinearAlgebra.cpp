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

/// Reflectors applied together: more would cost more multiplications than they save memory accesses.
constexpr Index reflectorsTogether = 64;

/// Takes eigenvectors of the tridiagonal matrix, one a row, back to those of the matrix that dsytrd ('L') reduced to
/// it. Does what dormtr does, with products as large as the matrix: the library's own takes half as long again.
void reflect(const RowMatrix<double>& reduced, const Eigen::VectorXd& factors, RowMatrix<double>& vectors) {
    const Index order = reduced.rows();
    RowMatrix<double> triangle(reflectorsTogether, reflectorsTogether);
    RowMatrix<double> reflectors, shares;
    for (Index first = (std::max<Index>(order - 2, 0)) / reflectorsTogether * reflectorsTogether;
         first >= 0 && order > 1; first -= reflectorsTogether) {
        const Index count = std::min(reflectorsTogether, order - 1 - first);
        const Index length = order - 1 - first; // of the first reflector: columns first + 1 … of the vectors
        LAPACKE_dlarft_work(LAPACK_COL_MAJOR, 'F', 'C', size(length), size(count),
                            reduced.data() + first * order + first + 1, size(order), factors.data() + first,
                            triangle.data(), size(reflectorsTogether));
        reflectors.setZero(count, length); // a row each, 1 on the diagonal
        for (Index row = 0; row < count; ++row) {
            reflectors(row, row) = 1;
            reflectors.row(row).tail(length - row - 1) = reduced.row(first + row).tail(length - row - 1);
        }
        shares.resize(order, count);
        Panel<double> turned(vectors.data() + first + 1, order, length, Eigen::OuterStride<>(order));
        auto into = panelOf(shares);
        general(CblasNoTrans, CblasTrans, length, readOnly(turned), panelOf(std::as_const(reflectors)), into,
                Into::Replace);
        cblas_dtrmm(CblasRowMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, size(order), size(count), -1,
                    triangle.data(), size(reflectorsTogether), shares.data(), size(count));
        general(CblasNoTrans, CblasNoTrans, count, panelOf(std::as_const(shares)), panelOf(std::as_const(reflectors)),
                turned, Into::Add);
    }
}

/// What is left of a symmetric matrix (its column-major lower triangle) after it was made tridiagonal: reflectors in
/// the matrix, their factors, and the diagonals.
/// @returns LAPACK's status
blasint tridiagonalize(RowMatrix<double>& matrix, Eigen::VectorXd& diagonal, Eigen::VectorXd& beside,
                       Eigen::VectorXd& factors) {
    // OpenBLAS' kernel for processors without AVX (dsymv_L of PRESCOTT) reads up to four numbers past the ends of the
    // vectors that it adds to, which are these two.
    constexpr Index readBeyond = 8;
    const auto order = size(matrix.rows());
    const auto leading = std::max(order, 1);
    factors.resize(leading + readBeyond);
    double wanted = 0;
    auto status = LAPACKE_dsytrd_work(LAPACK_COL_MAJOR, 'L', order, matrix.data(), leading, diagonal.data(),
                                      beside.data(), factors.data(), &wanted, -1);
    if (status != 0)
        return status;
    Eigen::VectorXd work(static_cast<Index>(wanted) + readBeyond);
    return LAPACKE_dsytrd_work(LAPACK_COL_MAJOR, 'L', order, matrix.data(), leading, diagonal.data(), beside.data(),
                               factors.data(), work.data(), static_cast<blasint>(wanted));
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
    // Symmetric, so that the row-major matrix is also the column-major one the library expects; its eigenvectors come
    // back as columns there, which are rows here.
    const auto order = size(matrix.rows());
    const auto leading = std::max(order, 1);
    SymmetricEigen eigen{Eigen::VectorXd(order), RowMatrix<double>(order, order)};
    Eigen::VectorXd beside(leading), factors;
    auto status = tridiagonalize(matrix, eigen.values, beside, factors);
    if (status == 0)
        status = LAPACKE_dstedc(LAPACK_COL_MAJOR, 'I', order, eigen.values.data(), beside.data(), eigen.vectors.data(),
                                leading);
    if (status != 0)
        throw ValueError({.what = "The features' covariance cannot be decomposed",
                          .found = "LAPACK status " + std::to_string(status),
                          .advice = "check the features for values too large to be squared"});
    reflect(matrix, factors, eigen.vectors);
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
