#include "core/tables/HalfTimeIntervals.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/scores/BestLayer.h"
#include "core/scores/HalfTime.h"
#include "core/scores/SpatialScore.h"
#include "core/scores/TemporalScore.h"
#include "core/study/Workers.h"
#include "core/tables/SubjectResamples.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace brainlike {
namespace {

constexpr std::size_t bytesAtOnce = std::size_t{8} << 20U; ///< of scores, a thread
constexpr int mostThreads = 8;                             ///< each with sums of its own
constexpr int dimensionsAtOnce = 256;                      ///< of all resamples: what the processor's cache holds

/// Consecutive dimensions of every recording at one checkpoint, each layers × dimensions.
struct OwnScores {
    int first = 0; ///< flat index of the first dimension
    std::vector<RowMatrix<float>> recordings;

    [[nodiscard]] int count() const { return static_cast<int>(recordings.front().cols()); }
    [[nodiscard]] int layerCount() const { return static_cast<int>(recordings.front().rows()); }
    /// subjects × dimensions
    [[nodiscard]] RowMatrix<float> layer(int layer, int begin, int size) const {
        RowMatrix<float> rows(static_cast<Eigen::Index>(recordings.size()), size);
        for (std::size_t i = 0; i < recordings.size(); ++i)
            rows.row(static_cast<Eigen::Index>(i)) = recordings[i].row(layer).segment(begin, size);
        return rows;
    }
};

/// dimensions × resamples: what dimensionScores gives, of every resample's group mean.
RowMatrix<float> resampledScores(const OwnScores& own, int begin, int size, const SubjectResamples& resamples,
                                 const SetScoreOptions& options) {
    if (options.choice == LayerChoice::Layer)
        return resamples.means(own.layer(options.layer, begin, size));
    const bool isBest = options.choice == LayerChoice::Best;
    constexpr float lowest = -std::numeric_limits<float>::infinity();
    RowMatrix<float> result = RowMatrix<float>::Constant(size, resamples.size(), isBest ? lowest : 0.0F);
    RowMatrix<float> counts = RowMatrix<float>::Zero(isBest ? 0 : size, isBest ? 0 : resamples.size());
    for (int layer = 0; layer < own.layerCount(); ++layer) {
        const auto means = resamples.means(own.layer(layer, begin, size));
        if (isBest) {
            result = (means.array() > result.array()).select(means, result);
        } else {
            result.array() += means.array().isNaN().select(0.0F, means.array());
            counts.array() += means.array().isNaN().select(RowMatrix<float>::Zero(size, means.cols()).array(), 1.0F);
        }
    }
    if (!isBest)
        return result.array() / counts.array(); // 0 / 0 is NaN
    return (result.array() > lowest).select(result, undefinedFloat);
}

class HalfTimeBootstrap {
public:
    HalfTimeBootstrap(const TableScope& scope, int model, RecordingKind kind, JobContext& job)
        : m_scope(scope), m_model(model), m_kind(kind), m_job(job),
          m_resamples(static_cast<int>(scope.scores().recordings(kind).size()), scope.request().bootstrap) {}

    [[nodiscard]] std::vector<BootstrapInterval> ofSets() const;
    [[nodiscard]] std::vector<BootstrapInterval> ofVertices() const;
    /// @param sets   units whose mean R a layer the score is made from
    /// @param score  of such means, layers × units
    [[nodiscard]] std::vector<BootstrapInterval>
    ofOrder(const DimensionGroups& sets, const std::function<double(const RowMatrix<double>&)>& score) const;

private:
    using Visit = std::function<void(const OwnScores&, int begin, int size)>;

    [[nodiscard]] int stepCount() const { return static_cast<int>(m_scope.model(m_model).steps.size()); }
    /// Vertices, or channels: what is read in blocks.
    [[nodiscard]] int unitCount() const { return m_scope.scores().dimensionCount(m_kind) / unitSize(); }
    [[nodiscard]] int unitSize() const {
        return m_kind == RecordingKind::Fmri ? 1 : static_cast<int>(m_scope.index().times.size());
    }
    [[nodiscard]] int unitsAtOnce(int steps) const;
    [[nodiscard]] OwnScores read(int step, DimensionBlock block) const;
    /// Calls `work(index)` for each below `count`, several at a time.
    void inParallel(std::size_t count, const std::function<void(std::size_t)>& work) const;
    /// All dimensions of a checkpoint, a few at a time.
    void forEachPart(int step, const Visit& visit) const;
    template <typename Scalar>
    [[nodiscard]] BootstrapInterval intervalOf(const std::vector<RowMatrix<Scalar>>& values, Eigen::Index row) const;
    [[nodiscard]] std::vector<BootstrapInterval> ofVertexBlock(DimensionBlock block) const;
    [[nodiscard]] RowMatrix<double> orderAt(int step, const SetsOfDimensions& sets,
                                            const std::function<double(const RowMatrix<double>&)>& score) const;

    const TableScope& m_scope;
    int m_model;
    RecordingKind m_kind;
    JobContext& m_job;
    SubjectResamples m_resamples;
};

int HalfTimeBootstrap::unitsAtOnce(int steps) const {
    const auto& file = m_scope.scores();
    const std::size_t bytes = sizeof(float) * static_cast<std::size_t>(unitSize() * steps) *
                              m_scope.model(m_model).layerNames.size() * file.recordings(m_kind).size();
    return static_cast<int>(std::clamp<std::size_t>(bytesAtOnce / bytes, 1, static_cast<std::size_t>(unitCount())));
}

void HalfTimeBootstrap::inParallel(std::size_t count, const std::function<void(std::size_t)>& work) const {
    runWorkers(std::min(defaultThreads(), mostThreads), count, m_job,
               [&](std::size_t index, JobContext&) { work(index); });
}

OwnScores HalfTimeBootstrap::read(int step, DimensionBlock block) const {
    m_job.throwIfCancelled();
    OwnScores own{.first = block.first * unitSize()};
    const auto& file = m_scope.scores();
    for (int recording = 0; recording < static_cast<int>(file.recordings(m_kind).size()); ++recording)
        own.recordings.push_back(file.layers(m_kind, m_model, step, recording, block));
    return own;
}

void HalfTimeBootstrap::forEachPart(int step, const Visit& visit) const {
    const int units = unitsAtOnce(1);
    for (int first = 0; first < unitCount(); first += units) {
        const auto own = read(step, {first, std::min(units, unitCount() - first)});
        for (int begin = 0; begin < own.count(); begin += dimensionsAtOnce)
            visit(own, begin, std::min(dimensionsAtOnce, own.count() - begin));
    }
}

template <typename Scalar>
BootstrapInterval HalfTimeBootstrap::intervalOf(const std::vector<RowMatrix<Scalar>>& values, Eigen::Index row) const {
    const auto& steps = m_scope.model(m_model).steps;
    std::vector<double> halves, curve(steps.size());
    for (Eigen::Index resample = 0; resample < m_resamples.size(); ++resample) {
        for (std::size_t step = 0; step < curve.size(); ++step)
            curve[step] = static_cast<double>(values[step](row, resample));
        halves.push_back(halfTime(steps, curve).step);
    }
    return m_resamples.interval(halves);
}

std::vector<BootstrapInterval> HalfTimeBootstrap::ofSets() const {
    const auto& sets = m_scope.sets().of(m_kind, m_scope.level());
    const auto options = m_scope.layers(m_model).front().options;
    std::vector<RowMatrix<double>> values(static_cast<std::size_t>(stepCount()));
    const SetsOfDimensions setsOf(sets, m_scope.scores().dimensionCount(m_kind));
    inParallel(values.size(), [&](std::size_t step) {
        ResampledSetMeans means(setsOf, m_resamples.size());
        forEachPart(static_cast<int>(step), [&](const OwnScores& own, int begin, int size) {
            const auto scores = resampledScores(own, begin, size, m_resamples, options);
            for (int i = 0; i < size; ++i)
                means.add(own.first + begin + i, {scores.row(i).data(), static_cast<std::size_t>(scores.cols())});
        });
        values[step] = means.means();
    });
    std::vector<BootstrapInterval> intervals;
    for (std::size_t set = 0; set < sets.size(); ++set)
        intervals.push_back(intervalOf(values, static_cast<Eigen::Index>(set)));
    return intervals;
}

std::vector<BootstrapInterval> HalfTimeBootstrap::ofVertexBlock(DimensionBlock block) const {
    const auto options = m_scope.layers(m_model).front().options;
    std::vector<OwnScores> own;
    for (int step = 0; step < stepCount(); ++step)
        own.push_back(read(step, block));
    std::vector<BootstrapInterval> intervals;
    for (int begin = 0; begin < block.count; begin += dimensionsAtOnce) {
        const int size = std::min(dimensionsAtOnce, block.count - begin);
        std::vector<RowMatrix<float>> values;
        for (const auto& scores : own)
            values.push_back(resampledScores(scores, begin, size, m_resamples, options));
        for (int i = 0; i < size; ++i)
            intervals.push_back(intervalOf(values, i));
    }
    return intervals;
}

std::vector<BootstrapInterval> HalfTimeBootstrap::ofVertices() const {
    const int units = unitsAtOnce(stepCount());
    std::vector<std::vector<BootstrapInterval>> blocks(static_cast<std::size_t>((unitCount() + units - 1) / units));
    inParallel(blocks.size(), [&](std::size_t block) {
        const int first = static_cast<int>(block) * units;
        blocks[block] = ofVertexBlock({first, std::min(units, unitCount() - first)});
    });
    std::vector<BootstrapInterval> intervals;
    for (const auto& block : blocks)
        intervals.insert(intervals.end(), block.begin(), block.end());
    return intervals;
}

RowMatrix<double> HalfTimeBootstrap::orderAt(int step, const SetsOfDimensions& sets,
                                             const std::function<double(const RowMatrix<double>&)>& score) const {
    const auto layers = static_cast<int>(m_scope.model(m_model).layerNames.size());
    std::vector<ResampledSetMeans> sums(static_cast<std::size_t>(layers), ResampledSetMeans(sets, m_resamples.size()));
    forEachPart(step, [&](const OwnScores& own, int begin, int size) {
        for (int layer = 0; layer < layers; ++layer) {
            const auto scores = m_resamples.means(own.layer(layer, begin, size));
            for (int i = 0; i < size; ++i)
                sums[static_cast<std::size_t>(layer)].add(
                    own.first + begin + i, {scores.row(i).data(), static_cast<std::size_t>(scores.cols())});
        }
    });
    std::vector<RowMatrix<double>> means;
    for (const auto& sum : sums)
        means.push_back(sum.means());
    RowMatrix<double> result(1, m_resamples.size());
    RowMatrix<double> ofOne(layers, sets.setCount());
    for (Eigen::Index resample = 0; resample < m_resamples.size(); ++resample) {
        for (int layer = 0; layer < layers; ++layer)
            ofOne.row(layer) = means[static_cast<std::size_t>(layer)].col(resample).transpose();
        result(0, resample) = score(ofOne);
    }
    return result;
}

std::vector<BootstrapInterval>
HalfTimeBootstrap::ofOrder(const DimensionGroups& sets,
                           const std::function<double(const RowMatrix<double>&)>& score) const {
    std::vector<RowMatrix<double>> values(static_cast<std::size_t>(stepCount()));
    const SetsOfDimensions setsOf(sets, m_scope.scores().dimensionCount(m_kind));
    inParallel(values.size(), [&](std::size_t step) { values[step] = orderAt(static_cast<int>(step), setsOf, score); });
    return {intervalOf(values, 0)};
}

/// One set a time: all channels.
DimensionGroups timeSets(const ScoreIndex& index) {
    DimensionGroups sets;
    const auto times = static_cast<int>(index.times.size());
    for (int time = 0; time < times; ++time) {
        sets.ids.push_back(std::to_string(time));
        sets.members.emplace_back();
        for (int channel = 0; channel < static_cast<int>(index.channelNames.size()); ++channel)
            sets.members.back().push_back(channel * times + time);
    }
    return sets;
}

} // namespace

std::string reasonWithoutInterval(const TableScope& scope, CurveMetric metric) {
    const auto kind = kindOf(metric);
    if (scope.request().bootstrap.resamples == 0)
        return "no resamples were asked for";
    if (scope.subject(kind).recording)
        return "one subject's own scores";
    if (scope.scores().recordings(kind).size() < 2)
        return "a single recording";
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
    const HalfTimeBootstrap bootstrap(scope, model, kindOf(metric), job);
    const auto& depths = scope.model(model).layerDepths;
    if (metric == CurveMetric::Spatial) {
        const auto& units = scope.sets().areas();
        return bootstrap.ofOrder(units.areas, [&](const RowMatrix<double>& means) {
            return spatialScore(bestLayers(means, {}).layer, depths, units.distances).r;
        });
    }
    if (metric == CurveMetric::Temporal)
        return bootstrap.ofOrder(timeSets(scope.index()), [&](const RowMatrix<double>& courses) {
            return temporalScore(depths, timesOfMaximum(courses, scope.index().times)).r;
        });
    return scope.level() == TableLevel::Vertex ? bootstrap.ofVertices() : bootstrap.ofSets();
}

} // namespace brainlike
