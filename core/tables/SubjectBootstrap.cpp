#include "core/tables/SubjectBootstrap.h"

#include "core/base/Undefined.h"
#include "core/study/Workers.h"

#include <algorithm>
#include <limits>

namespace brainlike {
namespace {

constexpr std::size_t bytesAtOnce = std::size_t{8} << 20U; ///< of scores, a thread
constexpr int mostThreads = 8;                             ///< each with sums of its own
constexpr int dimensionsAtOnce = 256;                      ///< of all resamples: what the processor's cache holds
constexpr float lowest = -std::numeric_limits<float>::infinity();

} // namespace

/// Consecutive dimensions of every recording at one checkpoint, each layers × dimensions.
struct SubjectBootstrap::OwnScores {
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

std::string reasonWithoutResamples(const TableScope& scope, RecordingKind kind) {
    if (scope.request().bootstrap.resamples == 0)
        return "no resamples were asked for";
    if (scope.subject(kind).recording)
        return "one subject's own scores";
    if (scope.scores().recordings(kind).size() < 2)
        return "a single recording";
    return {};
}

nlohmann::json bootstrapOptions(const TableScope& scope) {
    const auto& bootstrap = scope.request().bootstrap;
    return {
        {"unit", "subjects"}, {"resamples", bootstrap.resamples}, {"seed", bootstrap.seed}, {"level", bootstrap.level}};
}

double orderedStep(const HalfTime& half) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (half.status == HalfTimeStatus::Ok)
        return half.step;
    return half.status == HalfTimeStatus::AtOrBeforeFirst ? -infinity : infinity;
}

void SubjectBootstrap::inParallel(std::size_t count, const std::function<void(std::size_t)>& work) const {
    runWorkers(std::min(defaultThreads(), mostThreads), count, m_job,
               [&](std::size_t index, JobContext&) { work(index); });
}

std::vector<DimensionBlock> SubjectBootstrap::blocks(int steps) const {
    const std::size_t bytes = sizeof(float) * static_cast<std::size_t>(unitSize() * steps) *
                              m_scope.model(m_model).layerNames.size() * m_scope.scores().recordings(m_kind).size();
    const auto together =
        static_cast<int>(std::clamp<std::size_t>(bytesAtOnce / bytes, 1, static_cast<std::size_t>(unitCount())));
    std::vector<DimensionBlock> all;
    for (int first = 0; first < unitCount(); first += together)
        all.push_back({first, std::min(together, unitCount() - first)});
    return all;
}

SubjectBootstrap::OwnScores SubjectBootstrap::read(int step, DimensionBlock block) const {
    m_job.throwIfCancelled();
    OwnScores own{.first = block.first * unitSize(), .recordings = {}};
    const auto& file = m_scope.scores();
    for (int recording = 0; recording < static_cast<int>(file.recordings(m_kind).size()); ++recording)
        own.recordings.push_back(file.layers(m_kind, m_model, step, recording, block));
    return own;
}

void SubjectBootstrap::forEachPart(const OwnScores& own, const VisitPart& visit) const {
    for (int begin = 0; begin < own.count(); begin += dimensionsAtOnce)
        visit(own, begin, std::min(dimensionsAtOnce, own.count() - begin));
}

void SubjectBootstrap::forEachPart(int step, const VisitPart& visit) const {
    for (const auto& block : blocks(1))
        forEachPart(read(step, block), visit);
}

RowMatrix<float> SubjectBootstrap::scoresOf(const OwnScores& own, int begin, int size) const {
    const auto options = m_scope.layers(m_model).front().options;
    if (options.choice == LayerChoice::Layer)
        return m_resamples.means(own.layer(options.layer, begin, size));
    const bool isBest = options.choice == LayerChoice::Best;
    RowMatrix<float> result = RowMatrix<float>::Constant(size, m_resamples.size(), isBest ? lowest : 0.0F);
    RowMatrix<float> counts = RowMatrix<float>::Zero(isBest ? 0 : size, isBest ? 0 : m_resamples.size());
    for (int layer = 0; layer < own.layerCount(); ++layer) {
        const auto means = m_resamples.means(own.layer(layer, begin, size));
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

RowMatrix<double> SubjectBootstrap::depthsOf(const OwnScores& own, int begin, int size) const {
    const auto& depths = m_scope.model(m_model).layerDepths;
    RowMatrix<float> best = RowMatrix<float>::Constant(size, m_resamples.size(), lowest);
    RowMatrix<double> result = RowMatrix<double>::Constant(size, m_resamples.size(), undefined);
    for (int layer = 0; layer < own.layerCount(); ++layer) {
        const auto means = m_resamples.means(own.layer(layer, begin, size));
        result = (means.array() > best.array()).select(depths[static_cast<std::size_t>(layer)], result);
        best = (means.array() > best.array()).select(means, best);
    }
    return result;
}

template <typename Scalar>
RowMatrix<double> SubjectBootstrap::halfTimesOf(const std::vector<RowMatrix<Scalar>>& scores) const {
    const auto& steps = m_scope.model(m_model).steps;
    RowMatrix<double> halves(scores.front().rows(), scores.front().cols());
    std::vector<double> curve(steps.size());
    for (Eigen::Index row = 0; row < halves.rows(); ++row)
        for (Eigen::Index resample = 0; resample < halves.cols(); ++resample) {
            for (std::size_t step = 0; step < curve.size(); ++step)
                curve[step] = static_cast<double>(scores[step](row, resample));
            halves(row, resample) = orderedStep(halfTime(steps, curve));
        }
    return halves;
}

RowMatrix<double> SubjectBootstrap::setScores(int step, const SetsOfDimensions& sets) const {
    ResampledSetMeans means(sets, m_resamples.size());
    forEachPart(step, [&](const OwnScores& own, int begin, int size) {
        const auto scores = scoresOf(own, begin, size);
        for (int i = 0; i < size; ++i)
            means.add(own.first + begin + i, {scores.row(i).data(), static_cast<std::size_t>(scores.cols())});
    });
    return means.means();
}

RowMatrix<double> SubjectBootstrap::setHalfTimes(const DimensionGroups& sets) const {
    const SetsOfDimensions setsOf(sets, m_scope.scores().dimensionCount(m_kind));
    std::vector<RowMatrix<double>> scores(static_cast<std::size_t>(stepCount()));
    inParallel(scores.size(), [&](std::size_t step) { scores[step] = setScores(static_cast<int>(step), setsOf); });
    return halfTimesOf(scores);
}

void SubjectBootstrap::forEachResample(int step, const SetsOfDimensions& sets,
                                       const std::function<void(Eigen::Index, const RowMatrix<double>&)>& visit) const {
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
    RowMatrix<double> ofOne(layers, sets.setCount());
    for (Eigen::Index resample = 0; resample < m_resamples.size(); ++resample) {
        for (int layer = 0; layer < layers; ++layer)
            ofOne.row(layer) = means[static_cast<std::size_t>(layer)].col(resample).transpose();
        visit(resample, ofOne);
    }
}

void SubjectBootstrap::vertexScores(int step, DimensionBlock block, const VisitVertices& visit) const {
    forEachPart(read(step, block), [&](const OwnScores& own, int begin, int size) {
        visit(own.first + begin, scoresOf(own, begin, size).cast<double>());
    });
}

void SubjectBootstrap::vertexDepths(int step, DimensionBlock block, const VisitVertices& visit) const {
    forEachPart(read(step, block), [&](const OwnScores& own, int begin, int size) {
        visit(own.first + begin, depthsOf(own, begin, size));
    });
}

void SubjectBootstrap::vertexHalfTimes(DimensionBlock block, const VisitVertices& visit) const {
    std::vector<OwnScores> own;
    for (int step = 0; step < stepCount(); ++step)
        own.push_back(read(step, block));
    forEachPart(own.front(), [&](const OwnScores& first, int begin, int size) {
        std::vector<RowMatrix<float>> scores;
        for (const auto& step : own)
            scores.push_back(scoresOf(step, begin, size));
        visit(first.first + begin, halfTimesOf(scores));
    });
}

} // namespace brainlike
