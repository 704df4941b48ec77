#include "core/encoding/Banded.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/encoding/BandedPrediction.h"
#include "core/encoding/BandedSimplex.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

/// Part of an outer fold's time that goes into the search.
constexpr double searchShare = 0.9;

void requireWeights(const RowMatrix<double>& weights, Index spaces) {
    if (weights.cols() != spaces)
        throw ShapeError({.what = "The weights do not fit the feature spaces",
                          .expected = counted(spaces, "column") + ", one a space",
                          .found = std::to_string(weights.cols())});
    for (Index row = 0; row < weights.rows(); ++row)
        if (!weights.row(row).allFinite() || weights.row(row).minCoeff() < 0 || !(weights.row(row).sum() > 0))
            throw ValueError({.what = "Weights of feature spaces cannot be used",
                              .place = "weights, row " + std::to_string(row),
                              .expected = "finite numbers of 0 or more, not all 0"});
}

RowMatrix<double> triedWeights(const BandedOptions& banded, Index spaces) {
    if (banded.weights.size() > 0) {
        requireWeights(banded.weights, spaces);
        return banded.weights;
    }
    return simplexSamples(spaces == 1 ? std::min(banded.samples, 1) : banded.samples, spaces, banded.seed);
}

/// Fills the result fold by fold.
class BandedReport {
public:
    BandedReport(const BandedFeatures& features, const PreparedResponses::Data& responses, RowMatrix<double> weights,
                 const RidgeOptions& options)
        : m_features(features), m_responses(responses), m_options(options),
          m_folds(static_cast<Index>(features.shared.folds.size())),
          m_scores(RowMatrix<double>::Constant(m_folds, static_cast<Index>(responses.kept.size()), undefined)) {
        const Index columns = options.lambdaMode == LambdaMode::Global ? 1 : responses.targets;
        m_result.weights = std::move(weights);
        m_result.chosenWeights = RowMatrix<double>::Constant(m_folds * features.spaces(), columns, undefined);
        m_result.bandAlphas = m_result.chosenWeights;
        m_split = RowMatrix<double>::Zero(features.spaces(), static_cast<Index>(responses.kept.size()));
        m_r2 = m_split;
    }

    void add(std::size_t outer, BandedChoice choice, const BandedScores& scores) {
        fillBands(static_cast<Index>(outer), choice);
        fillInner(choice);
        m_scores.row(static_cast<Index>(outer)) = scores.score.transpose();
        for (Index target = 0; target < m_scores.cols(); ++target)
            if (!std::isnan(scores.score[target])) {
                m_split.col(target) += scores.split.col(target);
                m_r2.col(target) += scores.r2.col(target);
            }
        if (m_options.lambdaMode == LambdaMode::Global)
            m_choice.global.push_back(choice.alphas[0]);
        else
            m_choice.targets.push_back(std::move(choice.alphas));
    }

    [[nodiscard]] BandedResult take() {
        m_result.splitScores = overFolds(m_split);
        m_result.splitR2 = overFolds(m_r2);
        m_result.ridge = resultOf(m_features.shared, m_responses, std::move(m_choice), m_scores);
        return std::move(m_result);
    }

private:
    void fillBands(Index outer, const BandedChoice& choice) {
        for (std::size_t index = 0; index < choice.weights.size(); ++index) {
            if (choice.weights[index] < 0)
                continue;
            const Index column = m_options.lambdaMode == LambdaMode::Global ? 0 : m_responses.kept[index];
            const double alpha = m_options.alphas[static_cast<std::size_t>(choice.alphas[index])];
            for (Index space = 0; space < m_features.spaces(); ++space) {
                const double weight = m_result.weights(choice.weights[index], space);
                const Index row = outer * m_features.spaces() + space;
                m_result.chosenWeights(row, column) = weight;
                m_result.bandAlphas(row, column) =
                    weight > 0 ? alpha / weight : std::numeric_limits<double>::infinity();
            }
        }
    }

    void fillInner(const BandedChoice& choice) {
        if (!m_options.keepInner)
            return;
        auto& inner = m_choice.innerScores;
        if (m_options.lambdaMode == LambdaMode::Global) {
            inner.insert(inner.end(), choice.scores.data(), choice.scores.data() + choice.scores.size());
            return;
        }
        RowMatrix<double> wide = RowMatrix<double>::Constant(choice.scores.rows(), m_responses.targets, undefined);
        for (std::size_t kept = 0; kept < m_responses.kept.size(); ++kept)
            wide.col(m_responses.kept[kept]) = choice.scores.col(static_cast<Index>(kept));
        inner.insert(inner.end(), wide.data(), wide.data() + wide.size());
    }

    /// Means over the folds that have a score, in the order of the caller's targets.
    [[nodiscard]] RowMatrix<double> overFolds(const RowMatrix<double>& sums) const {
        RowMatrix<double> means = RowMatrix<double>::Constant(sums.rows(), m_responses.targets, undefined);
        for (Index target = 0; target < sums.cols(); ++target) {
            const auto defined = (m_scores.col(target).array() == m_scores.col(target).array()).count();
            if (defined > 0)
                means.col(m_responses.kept[static_cast<std::size_t>(target)]) =
                    sums.col(target) / static_cast<double>(defined);
        }
        return means;
    }

    const BandedFeatures& m_features;
    const PreparedResponses::Data& m_responses;
    const RidgeOptions& m_options;
    Index m_folds;
    AlphaChoice m_choice;
    RowMatrix<double> m_scores; ///< [outer × kept]
    RowMatrix<double> m_split, m_r2;
    BandedResult m_result;
};

template <typename Scalar>
BandedResult fitSpaces(const std::vector<FeatureSpace>& spaces, const RowMatrix<Scalar>& responses,
                       const RidgeOptions& options, const BandedOptions& banded, JobContext& job) {
    if (!spaces.empty() && spaces.front().values.rows() != responses.rows())
        throw ShapeError({.what = "Features and responses do not have the same number of rows",
                          .expected = counted(spaces.front().values.rows(), "row") + ", as " + spaces.front().name,
                          .found = counted(responses.rows(), "row") + " of responses",
                          .advice = "bring one row an image to both, in the same order"});
    auto weights = triedWeights(banded, static_cast<Index>(spaces.size()));
    job.report(0, "preparing features");
    auto features = BandedFeatures::make(spaces, options);
    job.report(0, "preparing responses");
    const auto prepared = prepareResponses(responses, options, RowKernels::Never);
    BandedReport report(features, *prepared, weights, options);
    const auto folds = static_cast<double>(features.shared.folds.size());
    for (std::size_t outer = 0; outer < features.shared.folds.size(); ++outer) {
        job.throwIfCancelled();
        const BandedFold fold(features, outer);
        features.shared.folds[outer].droppedColumns = static_cast<int>(fold.droppedColumns());
        const auto start = static_cast<double>(outer);
        auto choice = chooseBanded(features, fold, outer, *prepared, weights, options,
                                   {job, start / folds, (start + searchShare) / folds});
        const auto scores = predictBanded(features, fold, outer, *prepared, weights, choice, options, job);
        report.add(outer, std::move(choice), scores);
    }
    job.report(1, "predicting test images");
    return report.take();
}

} // namespace

BandedResult fitBandedRidge(const std::vector<FeatureSpace>& spaces, const RowMatrix<float>& responses,
                            const RidgeOptions& options, const BandedOptions& banded, JobContext& job) {
    return fitSpaces(spaces, responses, options, banded, job);
}

BandedResult fitBandedRidge(const std::vector<FeatureSpace>& spaces, const RowMatrix<double>& responses,
                            const RidgeOptions& options, const BandedOptions& banded, JobContext& job) {
    return fitSpaces(spaces, responses, options, banded, job);
}

} // namespace brainlike
