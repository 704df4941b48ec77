#include "core/tables/CorrelationIntervals.h"

#include "core/base/Undefined.h"
#include "core/scores/SpatialScore.h"
#include "core/scores/TemporalScore.h"
#include "core/stats/Correlation.h"
#include "core/tables/ResampledCorrelations.h"
#include "core/tables/SubjectBootstrap.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace brainlike {
namespace {

using Intervals = std::vector<BootstrapInterval>;
/// Maps that all resamples are correlated with, a value a unit.
using FixedMaps = std::vector<std::span<const double>>;
using VisitBlock = std::function<void(DimensionBlock, const SubjectBootstrap::VisitVertices&)>;

/// Intervals of a score of the order of layers, from their mean R, layers × sets.
Intervals orderIntervals(const SubjectBootstrap& bootstrap, const SetsOfDimensions& sets, std::span<const int> steps,
                         const std::function<double(const RowMatrix<double>&)>& score) {
    Intervals intervals(steps.size());
    bootstrap.inParallel(steps.size(), [&](std::size_t index) {
        std::vector<double> values(static_cast<std::size_t>(bootstrap.size()));
        bootstrap.forEachResample(steps[index], sets, [&](Eigen::Index resample, const RowMatrix<double>& means) {
            values[static_cast<std::size_t>(resample)] = score(means);
        });
        intervals[index] = bootstrap.interval(values);
    });
    return intervals;
}

/// One for each of the fixed maps. Blocks are put together in their order, whoever worked on them.
Intervals vertexIntervals(const SubjectBootstrap& bootstrap, const std::vector<DimensionBlock>& blocks,
                          const VisitBlock& visit, std::span<const std::uint8_t> mask, const FixedMaps& fixed) {
    std::vector<std::vector<ResampledCorrelations>> parts(
        blocks.size(), std::vector<ResampledCorrelations>(fixed.size(), ResampledCorrelations(bootstrap.size())));
    bootstrap.inParallel(blocks.size(), [&](std::size_t block) {
        visit(blocks[block], [&](int first, const RowMatrix<double>& values) {
            for (Eigen::Index row = 0; row < values.rows(); ++row) {
                const auto vertex = static_cast<std::size_t>(first + row);
                for (std::size_t map = 0; mask[vertex] != 0 && map < fixed.size(); ++map)
                    parts[block][map].add(fixed[map][vertex],
                                          {values.row(row).data(), static_cast<std::size_t>(values.cols())});
            }
        });
    });
    Intervals intervals;
    for (std::size_t map = 0; map < fixed.size(); ++map) {
        for (std::size_t block = 1; block < blocks.size(); ++block)
            parts.front()[map].add(parts[block][map]);
        intervals.push_back(bootstrap.interval(parts.front()[map].r()));
    }
    return intervals;
}

/// Maps of the scores over the units of a property table.
class MapIntervals {
public:
    MapIntervals(const TableScope& scope, const PropertyUnits& units, const std::vector<UnitProperty>& properties,
                 int model, JobContext& job)
        : m_scope(scope), m_units(units), m_properties(properties), m_model(model),
          m_bootstrap(scope, model, RecordingKind::Fmri, job) {}

    [[nodiscard]] Intervals of(const ScoreMap& map) const {
        return m_scope.level() == TableLevel::Vertex ? ofVertices(map) : ofSets(valuesOf(map));
    }

private:
    [[nodiscard]] int stepOf(const ScoreMap& map) const {
        const auto& steps = m_scope.model(m_model).steps;
        return map.step ? static_cast<int>(std::find(steps.begin(), steps.end(), *map.step) - steps.begin())
                        : static_cast<int>(steps.size()) - 1;
    }
    [[nodiscard]] Intervals ofVertices(const ScoreMap& map) const;
    /// units × resamples
    [[nodiscard]] RowMatrix<double> valuesOf(const ScoreMap& map) const;
    [[nodiscard]] Intervals ofSets(const RowMatrix<double>& values) const;

    const TableScope& m_scope;
    const PropertyUnits& m_units;
    const std::vector<UnitProperty>& m_properties;
    int m_model;
    SubjectBootstrap m_bootstrap;
};

Intervals MapIntervals::ofVertices(const ScoreMap& map) const {
    const int step = stepOf(map);
    const bool isHalfTime = map.kind == PropertyMapKind::HalfTime;
    const auto visit = [&](DimensionBlock block, const SubjectBootstrap::VisitVertices& vertices) {
        if (isHalfTime)
            m_bootstrap.vertexHalfTimes(block, vertices);
        else if (map.kind == PropertyMapKind::Score)
            m_bootstrap.vertexScores(step, block, vertices);
        else
            m_bootstrap.vertexDepths(step, block, vertices);
    };
    FixedMaps fixed;
    for (const auto& property : m_properties)
        fixed.emplace_back(property.values);
    return vertexIntervals(m_bootstrap, m_bootstrap.blocks(isHalfTime ? m_bootstrap.stepCount() : 1), visit,
                           significantVertices(m_scope, m_model, step), fixed);
}

RowMatrix<double> MapIntervals::valuesOf(const ScoreMap& map) const {
    if (map.kind == PropertyMapKind::HalfTime)
        return m_bootstrap.setHalfTimes(m_units.sets());
    const SetsOfDimensions sets(m_units.sets(), m_scope.scores().dimensionCount(RecordingKind::Fmri));
    if (map.kind == PropertyMapKind::Score)
        return m_bootstrap.setScores(stepOf(map), sets);
    RowMatrix<double> depths(sets.setCount(), m_bootstrap.size());
    m_bootstrap.forEachResample(stepOf(map), sets, [&](Eigen::Index resample, const RowMatrix<double>& means) {
        const auto best = bestLayers(means, {}).layer;
        for (Eigen::Index set = 0; set < depths.rows(); ++set) {
            const int layer = best[static_cast<std::size_t>(set)];
            depths(set, resample) =
                layer < 0 ? undefined : m_scope.model(m_model).layerDepths[static_cast<std::size_t>(layer)];
        }
    });
    return depths;
}

Intervals MapIntervals::ofSets(const RowMatrix<double>& values) const {
    Intervals intervals;
    for (const auto& property : m_properties) {
        ResampledCorrelations correlations(m_bootstrap.size());
        for (std::size_t unit = 0; unit < m_units.size(); ++unit)
            if (m_units.isObserved(unit))
                correlations.add(property.values[unit], {values.row(static_cast<Eigen::Index>(unit)).data(),
                                                         static_cast<std::size_t>(values.cols())});
        intervals.push_back(m_bootstrap.interval(correlations.r()));
    }
    return intervals;
}

} // namespace

Intervals spatialIntervals(const TableScope& scope, const SpatialUnits& units, int model, std::span<const int> steps,
                           JobContext& job) {
    if (!reasonWithoutResamples(scope, RecordingKind::Fmri).empty())
        return Intervals(steps.size());
    const SubjectBootstrap bootstrap(scope, model, RecordingKind::Fmri, job);
    if (scope.level() != TableLevel::Vertex)
        return orderIntervals(
            bootstrap, SetsOfDimensions(units.sets.areas, scope.scores().dimensionCount(RecordingKind::Fmri)), steps,
            [&](const RowMatrix<double>& means) {
                return spatialScore(bestLayers(means, {}).layer, scope.model(model).layerDepths, units.sets.distances)
                    .r;
            });
    Intervals intervals;
    for (const int step : steps)
        intervals.push_back(vertexIntervals(bootstrap, bootstrap.blocks(1),
                                            [&](DimensionBlock block, const SubjectBootstrap::VisitVertices& visit) {
                                                bootstrap.vertexDepths(step, block, visit);
                                            },
                                            significantVertices(scope, model, step), {units.sets.distances})
                                .front());
    return intervals;
}

Intervals temporalIntervals(const TableScope& scope, int model, std::span<const int> steps, JobContext& job) {
    if (!reasonWithoutResamples(scope, RecordingKind::Meg).empty())
        return Intervals(steps.size());
    const SubjectBootstrap bootstrap(scope, model, RecordingKind::Meg, job);
    return orderIntervals(
        bootstrap, SetsOfDimensions(timeGroups(scope.index()), scope.scores().dimensionCount(RecordingKind::Meg)),
        steps, [&](const RowMatrix<double>& courses) {
            return temporalScore(scope.model(model).layerDepths, timesOfMaximum(courses, scope.index().times)).r;
        });
}

std::vector<Intervals> propertyIntervals(const TableScope& scope, const PropertyUnits& units,
                                         const std::vector<UnitProperty>& properties, int model,
                                         const std::vector<ScoreMap>& maps, JobContext& job) {
    if (!reasonWithoutResamples(scope, RecordingKind::Fmri).empty())
        return std::vector(maps.size(), Intervals(properties.size()));
    const MapIntervals intervals(scope, units, properties, model, job);
    std::vector<Intervals> all;
    for (const auto& map : maps)
        all.push_back(intervals.of(map));
    return all;
}

} // namespace brainlike
