#include "core/study/EncodeSchedule.h"

#include "core/base/Error.h"
#include "core/encoding/ResponseData.h"
#include "core/encoding/RidgeMemory.h"
#include "core/study/MergeMemory.h"
#include "core/study/RecordingResponses.h"
#include "core/study/StudyData.h"

#include <algorithm>
#include <cmath>
#include <limits>
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

    [[nodiscard]] FitSizes fit(Index columns, int threads, std::size_t folds = 1, std::size_t inTurn = 0) const {
        return {plan, options, columns, targets, threads, folds, kernels() > 0, inTurn};
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
    [[nodiscard]] double worker(int threads, std::size_t inTurn) const {
        return largest([&](Index columns) {
            const auto sizes = fit(columns, threads, 1, inTurn);
            return preparedFeatureBytes(sizes) + std::max(preparingFeatureBytes(sizes), fitBytes(sizes));
        });
    }
    /// What waits for other recordings of the same images, with the same folds, to get to the next one.
    [[nodiscard]] double waiting(std::size_t inTurn) const {
        return inTurn > 0 ? waitingFitBytes(fit(1, 1, 1, inTurn)) : 0;
    }
    /// Targets to be read at a time at least.
    [[nodiscard]] Index leastTargets() const { return std::min(targets, leastTogether); }
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

using Recordings = std::vector<const RecordingSize*>;

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
    [[nodiscard]] std::optional<EncodeStep> together(const Recordings& recordings, int workers, int threads) const;
    [[nodiscard]] std::optional<EncodeStep> together(const Recordings& recordings, EncodeStep step) const;
    [[nodiscard]] std::vector<EncodeStep> batches(const Recordings& recordings, int workers) const;
    [[nodiscard]] std::optional<EncodeStep> chunks(const RecordingSize& recording, int threads, Index leastTiles) const;
    [[nodiscard]] std::optional<EncodeStep> alone(const RecordingSize& recording) const;
    [[nodiscard]] double leastFor(const RecordingSize& recording) const;
    [[nodiscard]] std::optional<EncodeStep> chunked(const RecordingSize& recording, EncodeStep step,
                                                    Index leastTiles) const;
    [[nodiscard]] double residentBytes(const Recordings& recordings, const EncodeStep& step) const;
    [[nodiscard]] double chunkedBytes(const RecordingSize& recording, const EncodeStep& step) const;
    [[noreturn]] void tooLittle() const;

    const StudyOutline& m_outline;
    const std::vector<GroupWork>& m_work;
    const EncodeLimits& m_limits;
    std::vector<RecordingSize> m_recordings;
};

/// What recordings that are in memory together take, read as many targets at a time as the step says.
double Scheduler::residentBytes(const Recordings& recordings, const EncodeStep& step) const {
    double resident = 0;
    double worker = 0;
    double waiting = 0;
    double sums = 0;
    double strip = 0;
    for (const auto* recording : recordings) {
        resident += recording->resident();
        worker = std::max(worker, recording->worker(step.threadsEach, step.foldsInTurn));
        waiting += recording->waiting(step.foldsInTurn);
        sums = std::max(sums, recording->kernelSums(step.threads()));
        strip = std::max(strip, recording->stripBytes(std::min(step.targetsTogether, recording->targets)));
    }
    return resident + std::max(step.workers * (worker + waiting), sums + strip) + overhead(step.threads());
}

/// The same step with as many targets read at a time as fit; nothing if it does not fit.
std::optional<EncodeStep> Scheduler::together(const Recordings& recordings, EncodeStep step) const {
    Index most = 0;
    Index least = 0;
    for (const auto* recording : recordings) {
        step.recordings.push_back(recording->index);
        most = std::max(most, recording->targets);
        least = std::max(least, recording->leastTargets());
    }
    const auto fits = [&](Index targets) {
        step.targetsTogether = targets;
        step.bytes = residentBytes(recordings, step);
        return step.bytes <= m_limits.memory - m_limits.held;
    };
    if (!fits(least))
        return std::nullopt;
    if (fits(most))
        return step;
    Index few = least / leastTogether, many = most / leastTogether; // of so many targets each
    while (few + 1 < many) {
        const Index middle = (few + many) / 2;
        (fits(middle * leastTogether) ? few : many) = middle;
    }
    (void)fits(std::max(least, few * leastTogether));
    return step;
}

/// Recordings that are in memory together: all folds of a layer kept if they fit, else as many at a time as do.
std::optional<EncodeStep> Scheduler::together(const Recordings& recordings, int workers, int threads) const {
    std::size_t folds = 0;
    for (const auto* recording : recordings)
        folds = std::max(folds, recording->plan.outer.size());
    EncodeStep step{.workers = workers, .threadsEach = std::max(threads / workers, 1)};
    if (auto kept = together(recordings, step))
        return kept;
    for (step.foldsInTurn = folds; step.foldsInTurn > 0; --step.foldsInTurn)
        if (auto inTurn = together(recordings, step))
            return inTurn;
    return std::nullopt;
}

/// As few batches as possible, in order; empty if a recording does not fit by itself.
std::vector<EncodeStep> Scheduler::batches(const Recordings& recordings, int workers) const {
    std::vector<EncodeStep> steps;
    Recordings batch;
    for (const auto* recording : recordings) {
        batch.push_back(recording);
        if (auto step = together(batch, workers, m_limits.threads)) {
            if (batch.size() == 1)
                steps.push_back(std::move(*step));
            else
                steps.back() = std::move(*step);
            continue;
        }
        batch = {recording};
        auto alone = together(batch, workers, m_limits.threads);
        if (!alone)
            return {};
        steps.push_back(std::move(*alone));
    }
    return steps;
}

double Scheduler::chunkedBytes(const RecordingSize& recording, const EncodeStep& step) const {
    const double fits = recording.largest([&](Index columns) {
        const auto sizes = recording.fit(columns, step.threadsEach, step.foldsTogether, step.foldsInTurn);
        const auto layers = static_cast<double>(step.layersTogether);
        return layers * (preparedFeatureBytes(sizes) + keptFitBytes(sizes)) +
               std::max(preparingFeatureBytes(sizes), fitBytes(sizes) - keptFitBytes(sizes));
    });
    const double sums = static_cast<double>(step.foldsTogether) * recording.kernelSums(step.threadsEach);
    const double outline = static_cast<double>(recording.targets) * 24;
    return recording.kernels() + std::max(fits, sums) + outline + recording.tileBytes(step.tilesTogether) +
           recording.stripBytes(step.targetsTogether) + overhead(step.threads());
}

/// The same step with chunks as large as fit; nothing if they would be smaller than `leastTiles`.
std::optional<EncodeStep> Scheduler::chunked(const RecordingSize& recording, EncodeStep step, Index leastTiles) const {
    const Index width = tileWidthFor(recording.targets);
    const auto fits = [&](Index tiles) {
        step.tilesTogether = tiles;
        step.targetsTogether = std::max<Index>(tiles / 4, 1) * width;
        step.bytes = chunkedBytes(recording, step);
        return step.bytes <= m_limits.memory - m_limits.held;
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
    return step;
}

/// Chunks of so many tiles at least, for as many layers and folds together as fit.
std::optional<EncodeStep> Scheduler::chunks(const RecordingSize& recording, int threads, Index leastTiles) const {
    const std::size_t folds = recording.plan.outer.size();
    const std::size_t layers = std::min(workOn(m_work, {recording.index}).size(), mostLayersTogether);
    for (std::size_t together = layers; together > 0; --together)
        for (std::size_t chosen = folds; chosen > 0; --chosen)
            for (const std::size_t inTurn : {std::size_t{0}, chosen}) {
                const EncodeStep step{.recordings = {recording.index},
                                      .threadsEach = threads,
                                      .layersTogether = together,
                                      .foldsTogether = chosen,
                                      .foldsInTurn = inTurn};
                if (auto made = chunked(recording, step, leastTiles))
                    return made;
            }
    return std::nullopt;
}

/// One recording by itself, with as many threads as fit: in memory as a whole or in chunks that are large enough; else
/// in the smallest chunks.
std::optional<EncodeStep> Scheduler::alone(const RecordingSize& recording) const {
    for (int threads = m_limits.threads; threads > 0; threads /= 2) {
        if (auto step = together({&recording}, 1, threads))
            return step;
        for (const Index tiles : {comfortableTiles, tolerableTiles})
            if (auto step = chunks(recording, threads, tiles))
                return step;
    }
    for (int threads = m_limits.threads; threads > 0; threads /= 2)
        if (auto step = chunks(recording, threads, 1))
            return step;
    return std::nullopt;
}

/// What one thread takes: in memory as a whole, or with the smallest chunks; all folds kept, or one at a time.
double Scheduler::leastFor(const RecordingSize& recording) const {
    EncodeStep whole{.recordings = {recording.index}, .targetsTogether = recording.leastTargets()};
    EncodeStep chunk{.recordings = {recording.index}, .targetsTogether = tileWidthFor(recording.targets)};
    chunk.tilesTogether = 1;
    double least = std::numeric_limits<double>::infinity();
    for (const std::size_t inTurn : {0, 1}) {
        whole.foldsInTurn = chunk.foldsInTurn = inTurn;
        least = std::min({least, residentBytes({&recording}, whole), chunkedBytes(recording, chunk)});
    }
    return least;
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
    Recordings fitting;
    for (const auto& recording : m_recordings)
        if (together({&recording}, 1, m_limits.threads))
            fitting.push_back(&recording);
        else if (auto step = alone(recording))
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
