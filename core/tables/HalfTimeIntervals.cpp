#include "core/tables/HalfTimeIntervals.h"

#include "core/base/Error.h"
#include "core/scores/BestLayer.h"
#include "core/scores/HalfTime.h"
#include "core/scores/SpatialScore.h"
#include "core/scores/TemporalScore.h"
#include "core/tables/SubjectBootstrap.h"

#include <functional>
#include <span>
#include <utility>

namespace brainlike {
namespace {

/// A score of the order of layers, from their mean R, layers × sets.
using OrderScore = std::function<double(const RowMatrix<double>&)>;

std::vector<BootstrapInterval> intervalsOfRows(const SubjectBootstrap& bootstrap, const RowMatrix<double>& values) {
    std::vector<BootstrapInterval> intervals;
    for (Eigen::Index row = 0; row < values.rows(); ++row)
        intervals.push_back(bootstrap.interval({values.row(row).data(), static_cast<std::size_t>(values.cols())}));
    return intervals;
}

std::vector<BootstrapInterval> ofVertices(const SubjectBootstrap& bootstrap) {
    const auto blocks = bootstrap.blocks(bootstrap.stepCount());
    std::vector<std::vector<BootstrapInterval>> ofBlocks(blocks.size());
    bootstrap.inParallel(blocks.size(), [&](std::size_t block) {
        bootstrap.vertexHalfTimes(blocks[block], [&](int, const RowMatrix<double>& halves) {
            const auto some = intervalsOfRows(bootstrap, halves);
            ofBlocks[block].insert(ofBlocks[block].end(), some.begin(), some.end());
        });
    });
    std::vector<BootstrapInterval> intervals;
    for (const auto& some : ofBlocks)
        intervals.insert(intervals.end(), some.begin(), some.end());
    return intervals;
}

std::vector<BootstrapInterval> ofOrder(const SubjectBootstrap& bootstrap, const TableScope& scope, int model,
                                       const SetsOfDimensions& sets, const OrderScore& score) {
    const auto& steps = scope.model(model).steps;
    std::vector<std::vector<double>> curves(static_cast<std::size_t>(bootstrap.size()),
                                            std::vector<double>(steps.size()));
    bootstrap.inParallel(steps.size(), [&](std::size_t step) {
        bootstrap.forEachResample(static_cast<int>(step), sets,
                                  [&](Eigen::Index resample, const RowMatrix<double>& means) {
                                      curves[static_cast<std::size_t>(resample)][step] = score(means);
                                  });
    });
    std::vector<double> halves;
    for (const auto& curve : curves)
        halves.push_back(orderedStep(halfTime(steps, curve)));
    return {bootstrap.interval(halves)};
}

} // namespace

std::string reasonWithoutInterval(const TableScope& scope, CurveMetric metric) {
    if (auto reason = reasonWithoutResamples(scope, kindOf(metric)); !reason.empty())
        return reason;
    try {
        if (metric == CurveMetric::Spatial)
            (void)scope.sets().areas();
    } catch (const NotFoundError& error) {
        return error.details().what;
    }
    return {};
}

std::vector<BootstrapInterval> halfTimeIntervals(const TableScope& scope, int model, CurveMetric metric,
                                                 JobContext& job) {
    const auto kind = kindOf(metric);
    const SubjectBootstrap bootstrap(scope, model, kind, job);
    const auto& depths = scope.model(model).layerDepths;
    const int dimensions = scope.scores().dimensionCount(kind);
    if (metric == CurveMetric::Spatial) {
        const auto& units = scope.sets().areas();
        return ofOrder(bootstrap, scope, model, SetsOfDimensions(units.areas, dimensions),
                       [&](const RowMatrix<double>& means) {
                           return spatialScore(bestLayers(means, {}).layer, depths, units.distances).r;
                       });
    }
    if (metric == CurveMetric::Temporal)
        return ofOrder(bootstrap, scope, model, SetsOfDimensions(timeGroups(scope.index()), dimensions),
                       [&](const RowMatrix<double>& courses) {
                           return temporalScore(depths, timesOfMaximum(courses, scope.index().times)).r;
                       });
    return scope.level() == TableLevel::Vertex
               ? ofVertices(bootstrap)
               : intervalsOfRows(bootstrap, bootstrap.setHalfTimes(scope.sets().of(kind, scope.level())));
}

} // namespace brainlike
