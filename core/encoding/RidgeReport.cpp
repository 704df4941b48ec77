#include "core/base/Counted.h"
#include "core/base/Undefined.h"
#include "core/encoding/RidgeFit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

/// Above this share of λ on an edge of the grid, the grid is said to be too narrow (METHODS 5).
constexpr double acceptedEdgeShare = 0.05;

/// Counts of chosen λ.
struct Choices {
    long long made = 0;
    long long none = 0;
    long long edge = 0;

    void add(int index, std::size_t alphas) {
        if (index < 0) {
            ++none;
            return;
        }
        ++made;
        if (alphas > 1 && (index == 0 || index == static_cast<int>(alphas) - 1))
            ++edge;
    }
};

Choices choicesOf(const AlphaChoice& choice, std::size_t alphas) {
    Choices choices;
    for (const int index : choice.global)
        choices.add(index, alphas);
    for (const auto& fold : choice.targets)
        for (const int index : fold)
            choices.add(index, alphas);
    return choices;
}

void fillAlphas(const AlphaChoice& choice, const ResponseOutline& responses, RidgeResult& result) {
    const auto& alphas = responses.options.alphas;
    const auto value = [&alphas](int index) { return index < 0 ? undefined : alphas[static_cast<std::size_t>(index)]; };
    const auto folds = static_cast<Index>(responses.plan.outer.size());
    const bool global = responses.options.lambdaMode == LambdaMode::Global;
    result.alphas = RowMatrix<double>::Constant(folds, global ? 1 : responses.targets, undefined);
    for (Index fold = 0; fold < folds; ++fold) {
        const auto index = static_cast<std::size_t>(fold);
        if (global)
            result.alphas(fold, 0) = value(choice.global[index]);
        else
            for (std::size_t kept = 0; kept < responses.kept.size(); ++kept)
                result.alphas(fold, responses.kept[kept]) = value(choice.targets[index][kept]);
    }
}

void fillScores(const RowMatrix<double>& scores, const ResponseOutline& responses, RidgeResult& result) {
    result.foldScores = RowMatrix<double>::Constant(scores.rows(), responses.targets, undefined);
    result.score = Eigen::VectorXd::Constant(responses.targets, undefined);
    for (std::size_t kept = 0; kept < responses.kept.size(); ++kept) {
        const Index target = responses.kept[kept];
        double sum = 0;
        int defined = 0;
        for (Index fold = 0; fold < scores.rows(); ++fold) {
            const double score = scores(fold, static_cast<Index>(kept));
            result.foldScores(fold, target) = score;
            if (std::isnan(score)) {
                ++result.undefinedFoldTargets;
            } else {
                sum += score;
                ++defined;
            }
        }
        if (defined > 0)
            result.score[target] = sum / defined;
    }
}

void warn(const Choices& choices, const RidgeOptions& options, const ResponseOutline& responses, RidgeResult& result) {
    const bool global = options.lambdaMode == LambdaMode::Global;
    if (result.droppedColumns > 0)
        result.warnings.push_back(counted(result.droppedColumns, "feature column is", "feature columns are") +
                                  " constant in a training set and left out there");
    if (result.constantTargets > 0)
        result.warnings.push_back(std::to_string(result.constantTargets) + " of " +
                                  counted(responses.targets, "target is", "targets are") +
                                  " constant over all rows: no score");
    if (result.notFiniteTargets > 0)
        result.warnings.push_back(counted(result.notFiniteTargets, "target holds", "targets hold") +
                                  " values that are not finite: no score");
    if (result.undefinedFoldTargets > 0)
        result.warnings.push_back(
            counted(result.undefinedFoldTargets, "test fold of a target has", "test folds of targets have") +
            " no correlation (constant responses or prediction); scores are means over the others");
    if (choices.none > 0)
        result.warnings.push_back("No λ could be chosen for " +
                                  (global ? counted(choices.none, "outer fold", "outer folds")
                                          : counted(choices.none, "target and fold", "targets and folds")) +
                                  ": the selection score is undefined in every inner fold");
    if (result.edgeShare > acceptedEdgeShare)
        result.warnings.push_back("λ lies on an edge of the grid for " +
                                  std::to_string(std::lround(100 * result.edgeShare)) + " % of the " +
                                  (global ? "outer folds" : "targets") + ": a wider grid may score higher");
}

} // namespace

RidgeResult resultOf(const PreparedFeatures::Data& features, const ResponseOutline& responses, AlphaChoice choice,
                     const RowMatrix<double>& scores) {
    RidgeResult result;
    fillScores(scores, responses, result);
    fillAlphas(choice, responses, result);
    for (const auto& fold : features.folds)
        result.droppedColumns = std::max(result.droppedColumns, fold.droppedColumns);
    result.notFiniteTargets = responses.notFinite;
    result.constantTargets =
        static_cast<int>(responses.targets - static_cast<Index>(responses.kept.size())) - responses.notFinite;
    const auto choices = choicesOf(choice, responses.options.alphas.size());
    result.edgeShare = choices.made > 0 ? static_cast<double>(choices.edge) / static_cast<double>(choices.made) : 0.0;
    warn(choices, features.options, responses, result);
    result.innerScores = std::move(choice.innerScores);
    return result;
}

} // namespace brainlike
