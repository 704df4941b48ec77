#include "app/cli/RidgeFit.h"

#include "core/base/Counted.h"
#include "core/base/Undefined.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;

/// Puts NaN where targets were left out of the fit.
class Spreading {
public:
    explicit Spreading(const RidgeInput& input) : m_targets(input.targets) {
        for (Index target = 0; target < input.targets; ++target)
            if (!std::binary_search(input.droppedTargets.begin(), input.droppedTargets.end(), target))
                m_kept.push_back(target);
    }

    [[nodiscard]] RowMatrix<double> spread(const RowMatrix<double>& values) const {
        RowMatrix<double> wide = RowMatrix<double>::Constant(values.rows(), m_targets, undefined);
        for (std::size_t index = 0; index < m_kept.size(); ++index)
            wide.col(m_kept[index]) = values.col(static_cast<Index>(index));
        return wide;
    }

    [[nodiscard]] std::vector<double> spread(const std::vector<double>& values) const {
        const auto narrow = static_cast<Index>(m_kept.size());
        const auto lines = static_cast<Index>(values.size()) / narrow;
        const auto wide = spread(RowMatrix<double>(Eigen::Map<const RowMatrix<double>>(values.data(), lines, narrow)));
        return {wide.data(), wide.data() + wide.size()};
    }

private:
    Index m_targets;
    std::vector<Index> m_kept;
};

BandedResult withDropped(BandedResult result, const RidgeInput& input, LambdaMode mode) {
    if (input.droppedTargets.empty())
        return result;
    const Spreading all(input);
    auto& ridge = result.ridge;
    ridge.score = all.spread(RowMatrix<double>(ridge.score.transpose())).transpose();
    ridge.foldScores = all.spread(ridge.foldScores);
    if (mode == LambdaMode::PerTarget) {
        ridge.alphas = all.spread(ridge.alphas);
        ridge.innerScores = all.spread(ridge.innerScores);
    }
    if (input.features.size() == 1)
        return result;
    result.splitScores = all.spread(result.splitScores);
    result.splitR2 = all.spread(result.splitR2);
    if (mode == LambdaMode::PerTarget) {
        result.chosenWeights = all.spread(result.chosenWeights);
        result.bandAlphas = all.spread(result.bandAlphas);
    }
    return result;
}

void warnOfDropped(const RidgeInput& input, RidgeResult& result) {
    if (input.droppedRows > 0)
        result.warnings.push_back(counted(input.droppedRows, "row") + " with values that are not finite left out");
    if (!input.droppedTargets.empty())
        result.warnings.push_back(counted(std::ssize(input.droppedTargets), "target") +
                                  " with values that are not finite left out: no score");
}

BandedResult fitted(RidgeInput& input, const RidgeRun& run, JobContext& job) {
    return std::visit(
        [&](auto& responses) {
            if (!run.banded()) {
                BandedResult result;
                result.ridge =
                    fitRidgeFreeing(std::move(input.features.front()), std::move(responses), run.options, job);
                return result;
            }
            std::vector<FeatureSpace> spaces;
            for (std::size_t space = 0; space < input.features.size(); ++space)
                spaces.push_back({run.features[space], std::move(input.features[space])});
            return fitBandedRidge(spaces, responses, run.options, run.search, job);
        },
        input.responses);
}

} // namespace

RidgeRun fitRidgeFiles(const RidgeInputFiles& files, RidgeOptions options, const BandedOptions& search,
                       JobContext& job) {
    job.report(0, "reading");
    RidgeInput input = readRidgeInput(files);
    options.outer.groups = std::move(input.groups);
    options.inner.groups = std::move(input.innerGroups);
    RidgeRun run;
    for (const auto& path : files.features)
        run.features.push_back(path.string());
    run.responses = files.responses.string();
    run.groups = files.groups.string();
    run.innerGroups = files.innerGroups.string();
    run.drop = files.drop;
    run.options = std::move(options);
    run.search = search;
    run.images = input.features.front().rows();
    for (const auto& space : input.features)
        run.columns.push_back(space.cols());
    run.targets = input.targets;
    run.droppedRows = input.droppedRows;
    run.result = withDropped(fitted(input, run, job), input, run.options.lambdaMode);
    warnOfDropped(input, run.result.ridge);
    run.droppedTargets = std::move(input.droppedTargets);
    return run;
}

} // namespace brainlike
