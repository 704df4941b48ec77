#include "core/base/Undefined.h"
#include "core/encoding/Parallel.h"
#include "core/encoding/SelectionKernels.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace brainlike {
namespace {

using Eigen::Index;

constexpr Index rowsTogether = 128;

template <typename Scalar>
RowMatrix<double> timesPower(const RowMatrix<Scalar>& matrix, int exponent) {
    return matrix.template cast<double>() * std::ldexp(1.0, exponent);
}

/// The kernels in the basis of the eigenvectors, with the test rows' part multiplied in: Σ SSE(λ) = total − 2 D·linear
/// + Dᵀ·quadratic·D.
struct Rotated {
    Eigen::VectorXd linear;
    RowMatrix<double> quadratic; ///< upper triangle
};

template <typename Scalar>
Rotated rotated(const InnerDecomposition& decomposition, const PairKernels& kernels, int threads) {
    ScaledMatrix<Scalar> ownProject, ownRight;
    const auto& project = decomposition.project.scaled(ownProject);
    const auto& given = decomposition.right.scaled(ownRight);
    const ScaledMatrix<Scalar> right(given.values.transpose(), given.exponent);
    const ScaledMatrix<Scalar> train(kernels.train);
    const ScaledMatrix<Scalar> cross(kernels.cross);
    const Index rank = project.values.rows();

    const double quadraticPower = std::ldexp(1.0, 2 * project.exponent + train.exponent + 2 * right.exponent);
    const double linearPower = std::ldexp(1.0, project.exponent + cross.exponent + right.exponent);
    Rotated result{Eigen::VectorXd(rank), RowMatrix<double>::Zero(rank, rank)};
    struct Scratch {
        RowMatrix<Scalar> half, full, gram;
    };
    std::vector<Scratch> scratch(static_cast<std::size_t>(threads));
    // Some rows at a time, and of each only what lies right of the diagonal.
    parallelFor(threads, (rank + rowsTogether - 1) / rowsTogether, JobContext(), [&](Index block, int worker) {
        auto& [half, full, gram] = scratch[static_cast<std::size_t>(worker)];
        const Index first = block * rowsTogether;
        const Index count = std::min(rowsTogether, rank - first), left = rank - first;
        const auto rows = rowsOf(panelOf(std::as_const(project.values)), first, count);
        const auto later = rowsOf(panelOf(std::as_const(project.values)), first, left);
        half.resize(count, train.values.cols());
        multiply(rows, panelOf(std::as_const(train.values)), panelOf(half));
        full.resize(count, left);
        multiplyByTransposed(panelOf(std::as_const(half)), later, panelOf(full));
        gram.resize(count, left);
        multiplyByTransposed(rowsOf(panelOf(std::as_const(right.values)), first, count),
                             rowsOf(panelOf(std::as_const(right.values)), first, left), panelOf(gram));
        half.resize(count, cross.values.cols());
        multiply(rows, panelOf(std::as_const(cross.values)), panelOf(half));
        for (Index row = 0; row < count; ++row) {
            result.quadratic.row(first + row).tail(left - row) =
                quadraticPower * full.row(row)
                                     .tail(left - row)
                                     .template cast<double>()
                                     .cwiseProduct(gram.row(row).tail(left - row).template cast<double>());
            result.linear[first + row] = linearPower * half.row(row).template cast<double>().dot(
                                                           right.values.row(first + row).template cast<double>());
        }
    });
    return result;
}

template <typename Scalar>
PairKernels multipliedIn(const PairKernels& kernels, const RowMatrix<double>& features) {
    const ScaledMatrix<Scalar> rows(features);
    const ScaledMatrix<Scalar> train(kernels.train);
    const ScaledMatrix<Scalar> cross(kernels.cross);
    const Index columns = features.cols();
    RowMatrix<Scalar> half(features.rows(), columns);
    multiply(panelOf(train.values), panelOf(rows.values), panelOf(half));
    RowMatrix<Scalar> full(columns, columns);
    multiplyTransposed(panelOf(rows.values), panelOf(std::as_const(half)), panelOf(full));
    half.resize(columns, cross.values.cols());
    multiplyTransposed(panelOf(rows.values), panelOf(cross.values), panelOf(half));
    return {timesPower(full, 2 * rows.exponent + train.exponent), timesPower(half, rows.exponent + cross.exponent),
            kernels.total, kernels.targets};
}

} // namespace

PairKernels withFeatures(const PairKernels& kernels, const PreparedFeatures::Data& features, const Rows& training) {
    const auto rows = gathered(features.whitened, training);
    return features.options.doublePrecision ? multipliedIn<double>(kernels, rows) : multipliedIn<float>(kernels, rows);
}

Eigen::VectorXd selectionScores(const InnerDecomposition& decomposition, const PairKernels& kernels,
                                const ResponseOutline& responses, int threads) {
    const auto& alphas = responses.options.alphas;
    Eigen::VectorXd scores(static_cast<Index>(alphas.size()));
    if (!(kernels.targets > 0))
        return scores.setConstant(undefined);
    const bool relative = responses.options.effectiveSelection() == SelectionScore::R2;
    const double unit = relative ? 1.0 : std::ldexp(1.0, 2 * responses.largestExponent);
    const auto [linear, quadratic] = responses.options.doublePrecision
                                         ? rotated<double>(decomposition, kernels, threads)
                                         : rotated<float>(decomposition, kernels, threads);
    const auto factors = shrinkage(decomposition.eigenvalues, alphas);
    for (Index index = 0; index < scores.size(); ++index) {
        const Eigen::VectorXd factor = factors.col(index);
        const Eigen::VectorXd weighted = quadratic.selfadjointView<Eigen::Upper>() * factor;
        const double squares = kernels.total - 2 * factor.dot(linear) + factor.dot(weighted);
        scores[index] = (relative ? 1.0 : 0.0) - unit * squares / kernels.targets;
    }
    return scores;
}

} // namespace brainlike
