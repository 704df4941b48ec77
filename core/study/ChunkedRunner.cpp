#include "core/study/ChunkedRunner.h"

#include "core/encoding/StagedFit.h"
#include "core/study/LayerFeatures.h"
#include "core/study/NamedFailure.h"
#include "core/study/RecordingResponses.h"
#include "core/study/StudyData.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>

namespace brainlike {
namespace {

using Eigen::Index;

/// What part of the preparation the first look at the responses is; row kernels are the rest.
constexpr double outlineShare = 0.1;

RidgeOptions optionsOf(const StudyOutline& outline, const EncodeStep& step) {
    auto options = optionsFor(outline.study, outline.rows[static_cast<std::size_t>(step.recordings.front())]);
    options.threads = step.threadsEach;
    return options;
}

/// The chunks of one recording, and the layers that are fitted to them.
class Chunks {
public:
    Chunks(const StudyOutline& outline, const EncodeStep& step, JobContext& job, const FractionDone& prepared)
        : m_outline(outline), m_step(step), m_job(job), m_recording(static_cast<std::size_t>(step.recordings.front())),
          m_options(optionsOf(outline, step)),
          m_source(outline.study, outline.study.recordings[m_recording], outline.rows[m_recording]),
          m_responses(namingFile(m_source.reference(), [&] {
              return outlineResponses(m_source, m_options, step.targetsTogether, job,
                                      partOf(prepared, 0, outlineShare));
          })) {
        if (m_responses.wantsRowKernels)
            sumRowKernels(partOf(prepared, outlineShare, 1));
    }

    /// Fits some layers, reading every chunk once for all of them, as often as needed.
    void fit(std::span<const GroupWork> groups, const UnitFinished& finished);

private:
    template <typename Use>
    void forChunks(Use use) {
        for (Index first = 0; first < m_responses.tileCount; first += m_step.tilesTogether) {
            m_job.throwIfCancelled();
            const Index count = std::min(m_step.tilesTogether, m_responses.tileCount - first);
            use(*prepareChunk(m_source, m_responses, first, count, m_step.targetsTogether, m_job));
        }
    }
    void sumRowKernels(const FractionDone& done);

    const StudyOutline& m_outline;
    const EncodeStep& m_step;
    JobContext& m_job;
    std::size_t m_recording;
    RidgeOptions m_options;
    RecordingResponses m_source;
    ResponseOutline m_responses;
    std::vector<std::vector<PairKernels>> m_kernels;
};

void Chunks::sumRowKernels(const FractionDone& done) {
    const std::size_t folds = m_responses.plan.outer.size();
    while (m_kernels.size() < folds) {
        const std::size_t first = m_kernels.size();
        std::vector<KernelSums> sums;
        for (std::size_t outer = first; outer < std::min(folds, first + m_step.foldsTogether); ++outer)
            sums.emplace_back(m_responses, nullptr, outer);
        const auto last = std::min(folds, first + m_step.foldsTogether);
        const auto pass = partOf(done, static_cast<double>(first) / static_cast<double>(folds),
                                 static_cast<double>(last) / static_cast<double>(folds));
        forChunks([&](const auto& chunk) {
            tell(pass, chunk.firstTile, m_responses.tileCount);
            for (auto& sum : sums)
                sum.add(chunk, m_options.threads, m_job);
        });
        for (auto& sum : sums)
            m_kernels.push_back(sum.take(m_options.threads));
    }
}

void Chunks::fit(std::span<const GroupWork> groups, const UnitFinished& finished) {
    std::vector<PreparedFeatures> features;
    std::vector<std::unique_ptr<StagedFit>> fits;
    features.reserve(groups.size());
    const auto depth = m_step.foldsInTurn > 0 ? FoldDepth::InTurn : FoldDepth::Nested;
    for (const auto& group : groups) {
        features.push_back(
            LayerFeatures(m_outline.study, group.group).prepare(m_outline.rows[m_recording], m_options, m_job, depth));
        fits.push_back(std::make_unique<StagedFit>(features.back().data(), m_responses, m_options, m_kernels));
    }
    const std::size_t folds = m_responses.plan.outer.size();
    while (const std::size_t left = fits.front()->foldsToChoose()) {
        for (auto& layer : features)
            layer.decomposeInner(folds - left, std::min(left, m_step.foldsTogether), m_job);
        for (auto& fit : fits)
            fit->beginChoice(m_step.foldsTogether);
        if (fits.front()->needsResponses())
            forChunks([&](const auto& chunk) {
                for (auto& fit : fits)
                    fit->addToChoice(chunk, m_job);
            });
        for (auto& fit : fits)
            fit->endChoice(m_job);
    }
    for (auto& layer : features)
        layer.decomposeOuter(m_job);
    forChunks([&](const auto& chunk) {
        for (auto& fit : fits)
            fit->predict(chunk, {m_job});
    });
    for (std::size_t index = 0; index < groups.size(); ++index) {
        const auto& [model, checkpoint, layer] = groups[index].group;
        finished({model, checkpoint, layer, static_cast<int>(m_recording)}, fits[index]->take(), m_source.dimensions());
        fits[index].reset();
    }
}

} // namespace

void runChunked(const StudyOutline& outline, const EncodeStep& step, const std::vector<GroupWork>& work,
                JobContext& job, const UnitFinished& finished, const FractionDone& prepared) {
    Chunks chunks(outline, step, job, prepared);
    tell(prepared, 1, 1);
    for (std::size_t first = 0; first < work.size(); first += step.layersTogether) {
        const std::size_t count = std::min(step.layersTogether, work.size() - first);
        chunks.fit(std::span(work).subspan(first, count), finished);
    }
}

} // namespace brainlike
