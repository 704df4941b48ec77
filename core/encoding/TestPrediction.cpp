#include "core/encoding/TestPrediction.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/encoding/LinearAlgebra.h"

#include <algorithm>
#include <string>

namespace brainlike {
namespace {

using Eigen::Index;

void requireFit(const PreparedFeatures::Data& features, const RowMatrix<double>& responses,
                const AlphaIndices& alphas) {
    if (responses.rows() != features.plan.rows)
        throw ShapeError({.what = "Features and responses do not have the same number of rows",
                          .expected = counted(features.plan.rows, "row") + ", as the features",
                          .found = counted(responses.rows(), "row") + " of responses"});
    const auto folds = static_cast<Index>(features.folds.size());
    if (alphas.rows() != folds || (alphas.cols() != 1 && alphas.cols() != responses.cols()))
        throw ShapeError({.what = "The given λ do not fit the folds",
                          .expected = std::to_string(folds) + " × 1, or × " + counted(responses.cols(), "target"),
                          .found = std::to_string(alphas.rows()) + " × " + std::to_string(alphas.cols())});
}

/// Coefficients of the test rows' eigenvectors, each target shrunk by its λ; NaN without.
RowMatrix<double> coefficients(const PreparedFeatures::Data& features, std::size_t outer,
                               const RowMatrix<double>& centred, const Rows& training, const AlphaIndices& alphas) {
    const auto& decomposition = features.folds[outer].outer;
    RowMatrix<double> projected =
        features.space == Space::Features
            ? product(decomposition.project, productTransposed(gathered(features.whitened, training), centred))
            : product(decomposition.project, centred);
    const auto factors = shrinkage(decomposition.eigenvalues, features.options.alphas);
    for (Index target = 0; target < projected.cols(); ++target) {
        const int alpha = alphas(static_cast<Index>(outer), alphas.cols() == 1 ? 0 : target);
        if (alpha < 0)
            projected.col(target).setConstant(undefined);
        else
            projected.col(target).array() *= factors.col(alpha).array();
    }
    return projected;
}

} // namespace

std::vector<int> outerFoldOfRows(const FoldPlan& plan) {
    std::vector<int> folds(static_cast<std::size_t>(plan.rows), -1);
    for (std::size_t outer = 0; outer < plan.outer.size(); ++outer)
        for (const Index row : plan.outer[outer])
            folds[static_cast<std::size_t>(row)] = static_cast<int>(outer);
    return folds;
}

RowMatrix<double> predictTestRows(const PreparedFeatures::Data& features, const RowMatrix<double>& responses,
                                  const AlphaIndices& alphas, const Rows& wanted, const JobContext& job) {
    requireFit(features, responses, alphas);
    const auto foldOf = outerFoldOfRows(features.plan);
    RowMatrix<double> predicted(static_cast<Index>(wanted.size()), responses.cols());
    for (std::size_t outer = 0; outer < features.folds.size(); ++outer) {
        std::vector<Index> places, testRows; // in `predicted`, and in the fold's test block
        const Rows& block = features.plan.outer[outer];
        for (std::size_t place = 0; place < wanted.size(); ++place)
            if (foldOf.at(static_cast<std::size_t>(wanted[place])) == static_cast<int>(outer)) {
                places.push_back(static_cast<Index>(place));
                testRows.push_back(std::find(block.begin(), block.end(), wanted[place]) - block.begin());
            }
        if (places.empty())
            continue;
        job.throwIfCancelled();
        const Rows training = joinedWithout(features.plan.outer, outer);
        RowMatrix<double> centred = gathered(responses, training);
        const Eigen::RowVectorXd means = centred.colwise().mean();
        centred.rowwise() -= means;
        RowMatrix<double> values = product(gathered(features.folds[outer].outer.right, testRows),
                                           coefficients(features, outer, centred, training, alphas));
        values.rowwise() += means;
        for (std::size_t row = 0; row < places.size(); ++row)
            predicted.row(places[row]) = values.row(static_cast<Index>(row));
    }
    return predicted;
}

} // namespace brainlike
