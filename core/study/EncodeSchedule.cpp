#include "core/study/EncodeSchedule.h"

#include "core/base/Error.h"
#include "core/encoding/ResponseData.h"
#include "core/encoding/RidgeMemory.h"
#include "core/study/MergeMemory.h"
#include "core/study/RecordingResponses.h"
#include "core/study/StudyData.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string>

namespace brainlike {
namespace {

using Eigen::Index;

/// What the process takes besides what is counted: code that is touched late, small things, blocks of files.
constexpr double unforeseen = 12.0 * 1024 * 1024;
constexpr double mebibyte = 1024.0 * 1024;
constexpr Index comfortableTiles = 32; ///< of a chunk: beyond, more layers together save more than larger chunks
constexpr Index tolerableTiles = 4;
constexpr std::size_t mostLayersTogether = 8; ///< a chunk's layers are all lost when the work is interrupted
constexpr Index leastTogether = 256;

/// One recording, and what memory depends on.
struct RecordingSize {
    int index = 0;
    RidgeOptions options;
    FoldPlan plan;
    Index targets = 0;
    double valueSize = 4;             ///< bytes of a value as it is read
    std::vector<Index> featureCounts; ///< of the layers to be fitted, without repetition

    [[nodiscard]] FitSizes fit(Index columns, int threads, std::size_t folds = 1) const {
        return {plan, options, columns, targets, threads, folds, kernels() > 0};
    }
    [[nodiscard]] double kernels() const { return rowKernelBytes(plan, options, targets); }
    [[nodiscard]] Index tiles() const {
        const Index width = tileWidthFor(targets);
        return (targets + width - 1) / width;
    }
    [[nodiscard]] double tileBytes(Index count) const { return responseTileBytes(fit(1, 1), count); }
    [[nodiscard]] double resident() const { return tileBytes(tiles()) + kernels(); }
    /// Values of so many targets as they are read.
    [[nodiscard]] double stripBytes(Index count) const {
        return static_cast<double>(plan.rows) * static_cast<double>(count) * valueSize;
    }
    [[nodiscard]] double kernelSums(int threads) const {
        return kernels() > 0 ? rowKernelSumBytes(fit(1, threads)) : 0;
    }
    /// The largest over the layers.
    template <typename Bytes>
    [[nodiscard]] double largest(Bytes bytes) const {
        double most = 0;
        for (const Index columns : featureCounts)
            most = std::max(most, bytes(columns));
        return most;
    }
    /// One worker with one layer.
    [[nodiscard]] double worker(int threads) const {
        return largest([&](Index columns) {
            const auto sizes = fit(columns, threads);
            return preparedFeatureBytes(sizes) + std::max(preparingFeatureBytes(sizes), fitBytes(sizes));
        });
    }
};

RecordingSize sizeOf(const StudyOutline& outline, const std::vector<GroupWork>& work, int recording) {
    const auto index = static_cast<std::size_t>(recording);
    RecordingSize size{.index = recording};
    const auto& described = outline.study.recordings[index];
    size.options = optionsFor(outline.study, outline.rows[index]);
    size.plan = FoldPlan::make(outline.rows[index].size(), size.options);
    const auto kept = encodedDimensions(outline.study, described);
    size.targets = kept.empty() ? outline.shapes[index].dimensions : static_cast<Index>(kept.size());
    size.valueSize = bytesToRead(outline.study, described, outline.rows[index]);
    for (const auto& group : workOn(work, {recording}))
        if (std::find(size.featureCounts.begin(), size.featureCounts.end(), group.columns) == size.featureCounts.end())
            size.featureCounts.push_back(group.columns);
    return size;
}

class Scheduler {
public:
    Scheduler(const StudyOutline& outline, const std::vector<GroupWork>& work, const EncodeLimits& limits)
        : m_outline(outline), m_work(work), m_limits(limits) {
        for (int recording = 0; recording < static_cast<int>(outline.rows.size()); ++recording)
            if (auto size = sizeOf(outline, work, recording); !size.featureCounts.empty())
                m_recordings.push_back(std::move(size));
    }

    EncodeSchedule make();

private:
    /// What so many threads take whatever they work on.
    [[nodiscard]] double overhead(int threads) const {
        double buffer = 0;
        for (const auto& recording : m_recordings)
            buffer = std::max(buffer, recording.largest([&](Index columns) {
                return productBufferBytes(recording.fit(columns, 1));
            }));
        return unforeseen + threads * buffer;
    }
    /// Memory that they leave for data.
    [[nodiscard]] double available(int threads) const { return m_limits.memory - m_limits.held - overhead(threads); }
    [[nodiscard]] std::optional<EncodeStep> together(const std::vector<const RecordingSize*>& recordings,
                                                     int workers) const;
    [[nodiscard]] std::vector<EncodeStep> batches(const std::vector<const RecordingSize*>& recordings,
                                                  int workers) const;
    [[nodiscard]] std::optional<EncodeStep> chunks(const RecordingSize& recording) const;
    [[nodiscard]] double leastFor(const RecordingSize& recording) const;
    [[nodiscard]] std::optional<EncodeStep> chunked(const RecordingSize& recording, int threads, std::size_t layers,
                                                    std::size_t folds, Index leastTiles) const;
    [[nodiscard]] double chunkedBytes(const RecordingSize& recording, const EncodeStep& step) const;
    [[noreturn]] void tooLittle() const;

    const StudyOutline& m_outline;
    const std::vector<GroupWork>& m_work;
    const EncodeLimits& m_limits;
    std::vector<RecordingSize> m_recordings;
};

/// Recordings that are in memory together; nothing if they do not fit.
std::optional<EncodeStep> Scheduler::together(const std::vector<const RecordingSize*>& recordings, int workers) const {
    EncodeStep step;
    step.workers = workers;
    step.threadsEach = std::max(m_limits.threads / workers, 1);
    const double space = available(step.threads());
    double resident = 0;
    double worker = 0;
    double sums = 0;
    double strip = 0; ///< of one target
    Index most = 0;
    for (const auto* recording : recordings) {
        step.recordings.push_back(recording->index);
        resident += recording->resident();
        worker = std::max(worker, recording->worker(step.threadsEach));
        sums = std::max(sums, recording->kernelSums(step.threads()));
        strip = std::max(strip, recording->stripBytes(1));
        most = std::max(most, recording->targets);
    }
    const double left = std::floor((space - resident - sums) / strip);
    step.targetsTogether =
        std::min(most, left < leastTogether ? 0 : static_cast<Index>(left) / leastTogether * leastTogether);
    const double data = resident + std::max(workers * worker, sums + strip * static_cast<double>(step.targetsTogether));
    if (step.targetsTogether < std::min(most, leastTogether) || data > space)
        return std::nullopt;
    step.bytes = data + overhead(step.threads());
    return step;
}

/// As few batches as possible, in order; empty if a recording does not fit by itself.
std::vector<EncodeStep> Scheduler::batches(const std::vector<const RecordingSize*>& recordings, int workers) const {
    std::vector<EncodeStep> steps;
    std::vector<const RecordingSize*> batch;
    for (const auto* recording : recordings) {
        batch.push_back(recording);
        if (auto step = together(batch, workers)) {
            if (batch.size() == 1)
                steps.push_back(std::move(*step));
            else
                steps.back() = std::move(*step);
            continue;
        }
        batch = {recording};
        auto alone = together(batch, workers);
        if (!alone)
            return {};
        steps.push_back(std::move(*alone));
    }
    return steps;
}

double Scheduler::chunkedBytes(const RecordingSize& recording, const EncodeStep& step) const {
    const double fits = recording.largest([&](Index columns) {
        const auto sizes = recording.fit(columns, step.threadsEach, step.foldsTogether);
        const auto layers = static_cast<double>(step.layersTogether);
        return layers * (preparedFeatureBytes(sizes) + keptFitBytes(sizes)) +
               std::max(preparingFeatureBytes(sizes), fitBytes(sizes) - keptFitBytes(sizes));
    });
    const double sums = static_cast<double>(step.foldsTogether) * recording.kernelSums(step.threadsEach);
    const double outline = static_cast<double>(recording.targets) * 24;
    return recording.kernels() + std::max(fits, sums) + outline + recording.tileBytes(step.tilesTogether) +
           recording.stripBytes(step.targetsTogether);
}

/// Chunks as large as fit beside so many layers; nothing if they would be smaller than `leastTiles`.
std::optional<EncodeStep> Scheduler::chunked(const RecordingSize& recording, int threads, std::size_t layers,
                                             std::size_t folds, Index leastTiles) const {
    EncodeStep step{.recordings = {recording.index}, .threadsEach = threads};
    step.layersTogether = layers;
    step.foldsTogether = folds;
    const Index width = tileWidthFor(recording.targets);
    const auto fits = [&](Index tiles) {
        step.tilesTogether = tiles;
        step.targetsTogether = std::max<Index>(tiles / 4, 1) * width;
        return chunkedBytes(recording, step) <= available(threads);
    };
    Index least = std::min(leastTiles, recording.tiles());
    if (!fits(least))
        return std::nullopt;
    Index most = recording.tiles();
    while (least < most) {
        const Index middle = (least + most + 1) / 2;
        if (fits(middle))
            least = middle;
        else
            most = middle - 1;
    }
    (void)fits(least);
    step.bytes = chunkedBytes(recording, step) + overhead(threads);
    return step;
}

std::optional<EncodeStep> Scheduler::chunks(const RecordingSize& recording) const {
    const std::size_t folds = recording.plan.outer.size();
    const std::size_t layers = std::min(workOn(m_work, {recording.index}).size(), mostLayersTogether);
    for (const Index tiles : {comfortableTiles, tolerableTiles, Index(1)})
        for (const int threads : {m_limits.threads, 1})
            for (std::size_t together = layers; together > 0; --together)
                for (std::size_t chosen = folds; chosen > 0; --chosen)
                    if (auto step = chunked(recording, threads, together, chosen, tiles))
                        return step;
    return std::nullopt;
}

/// What one thread takes with the smallest chunks.
double Scheduler::leastFor(const RecordingSize& recording) const {
    EncodeStep least{.recordings = {recording.index}, .targetsTogether = tileWidthFor(recording.targets)};
    least.tilesTogether = 1;
    return chunkedBytes(recording, least) + overhead(1);
}

void Scheduler::tooLittle() const {
    double least = unforeseen + mergeSharedBytes(m_outline) + mergeTaskBytes(m_outline);
    std::string place = "merging the scores";
    for (const auto& recording : m_recordings)
        if (leastFor(recording) > least) {
            least = leastFor(recording);
            place = "recording " + m_outline.study.recordings[static_cast<std::size_t>(recording.index)].id;
        }
    const auto shown = [](double bytes) { return std::to_string(std::lround(std::ceil(bytes / mebibyte))) + "M"; };
    throw ValueError({.what = "The memory is too little for this study",
                      .file = m_outline.study.file.string(),
                      .place = place,
                      .expected = "at least " + shown(m_limits.held + least),
                      .found = shown(m_limits.memory),
                      .advice = "give more with --memory, or encode on a larger machine"});
}

EncodeSchedule Scheduler::make() {
    EncodeSchedule schedule;
    std::vector<const RecordingSize*> fitting;
    for (const auto& recording : m_recordings)
        if (together({&recording}, 1))
            fitting.push_back(&recording);
        else if (auto step = chunks(recording))
            schedule.steps.push_back(std::move(*step));
        else
            tooLittle();
    std::vector<EncodeStep> best;
    const int most = std::clamp(static_cast<int>(m_work.size()), 1, m_limits.threads);
    for (int workers = most; workers > 0 && !fitting.empty(); --workers) {
        auto steps = batches(fitting, workers);
        if (!steps.empty() && (best.empty() || steps.size() < best.size()))
            best = std::move(steps);
    }
    schedule.steps.insert(schedule.steps.begin(), best.begin(), best.end());
    const double merging = mergeTaskBytes(m_outline);
    const double space = m_limits.memory - m_limits.held - unforeseen - mergeSharedBytes(m_outline);
    schedule.mergeThreads = static_cast<int>(std::clamp(std::floor(space / merging), 0.0, double(m_limits.threads)));
    if (schedule.mergeThreads == 0)
        tooLittle();
    schedule.bytes = unforeseen + mergeSharedBytes(m_outline) + schedule.mergeThreads * merging;
    for (const auto& step : schedule.steps)
        schedule.bytes = std::max(schedule.bytes, step.bytes);
    schedule.bytes += m_limits.held;
    return schedule;
}

} // namespace

EncodeSchedule scheduleEncoding(const StudyOutline& outline, const std::vector<GroupWork>& work,
                                const EncodeLimits& limits) {
    return Scheduler(outline, work, limits).make();
}

} // namespace brainlike
