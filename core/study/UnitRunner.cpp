#include "core/study/UnitRunner.h"

#include "core/encoding/AlphaSpec.h"
#include "core/encoding/RidgeFit.h"
#include "core/study/ChunkedRunner.h"
#include "core/study/LayerFeatures.h"
#include "core/study/StudyData.h"
#include "core/study/StudyIdentity.h"
#include "core/study/Workers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace brainlike {
namespace {

static_assert(largestGrid <= noAlpha);

/// Index of every chosen λ in the grid.
std::vector<std::uint16_t> alphaIndices(const RowMatrix<double>& chosen, const std::vector<double>& grid) {
    std::vector<std::uint16_t> indices;
    indices.reserve(static_cast<std::size_t>(chosen.size()));
    for (const double alpha : std::span(chosen.data(), static_cast<std::size_t>(chosen.size()))) {
        const auto place = std::lower_bound(grid.begin(), grid.end(), alpha);
        indices.push_back(std::isnan(alpha) || place == grid.end() ? noAlpha
                                                                   : static_cast<std::uint16_t>(place - grid.begin()));
    }
    return indices;
}

/// Scores of all dimensions from those of the encoded ones (none named: all are).
std::vector<float> spread(const Eigen::VectorXd& scores, const std::vector<int>& encoded, int dimensions) {
    std::vector<float> result(static_cast<std::size_t>(dimensions), std::numeric_limits<float>::quiet_NaN());
    for (Eigen::Index i = 0; i < scores.size(); ++i) {
        const auto place = encoded.empty() ? static_cast<std::size_t>(i)
                                           : static_cast<std::size_t>(encoded[static_cast<std::size_t>(i)]);
        result[place] = static_cast<float>(scores[i]);
    }
    return result;
}

RidgeOptions withThreads(RidgeOptions options, int threads) {
    options.threads = threads;
    return options;
}

} // namespace

UnitRunner::UnitRunner(const StudyOutline& outline, const PartPaths& paths, const nlohmann::json& identity,
                       Listener finished)
    : m_outline(outline), m_paths(paths), m_identity(identity), m_finished(std::move(finished)) {}

void UnitRunner::run(const EncodeStep& step, const std::vector<GroupWork>& work, JobContext& job,
                     const FractionDone& prepared) {
    const auto own = workOn(work, step.recordings);
    if (step.isChunked())
        runChunked(
            m_outline, step, own, job,
            [this](const EncodeUnit& unit, const RidgeResult& result, const std::vector<int>& dimensions) {
                finish(unit, result, dimensions);
            },
            prepared);
    else
        runResident(step, own, job, prepared);
}

void UnitRunner::runResident(const EncodeStep& step, const std::vector<GroupWork>& work, JobContext& job,
                             const FractionDone& prepared) {
    const auto all = static_cast<double>(step.recordings.size());
    std::map<int, RecordingData> recordings;
    for (const int index : step.recordings) {
        const auto& rows = m_outline.rows[static_cast<std::size_t>(index)];
        const RecordingResponses responses(m_outline.study, m_outline.study.recordings[static_cast<std::size_t>(index)],
                                           rows);
        recordings.emplace(index,
                           readRecording(responses, withThreads(optionsFor(m_outline.study, rows), step.threads()),
                                         step.targetsTogether, job,
                                         partOf(prepared, static_cast<double>(recordings.size()) / all,
                                                static_cast<double>(recordings.size() + 1) / all)));
        tell(prepared, static_cast<Eigen::Index>(recordings.size()), static_cast<Eigen::Index>(step.recordings.size()));
    }
    runWorkers(step.workers, work.size(), job,
               [&](std::size_t index, JobContext& inner) { runGroup(step, work[index], recordings, inner); });
}

void UnitRunner::runGroup(const EncodeStep& step, const GroupWork& group,
                          const std::map<int, RecordingData>& recordings, JobContext& job) {
    const auto& [model, checkpoint, layer] = group.group;
    const LayerFeatures features(m_outline.study, group.group);
    const auto depth = step.foldsInTurn > 0 ? FoldDepth::InTurn : FoldDepth::Nested;
    for (const auto& sameImages : bySameImages(m_outline, group.recordings)) {
        const auto& rows = m_outline.rows[static_cast<std::size_t>(sameImages.front())];
        const auto options = withThreads(optionsFor(m_outline.study, rows), step.threadsEach);
        auto prepared = features.prepare(rows, options, job, depth);
        const auto finished = [&](int recording, const RidgeResult& result) {
            finish({model, checkpoint, layer, recording}, result, recordings.at(recording).dimensions);
        };
        if (depth == FoldDepth::InTurn) {
            std::vector<const PreparedResponses::Data*> responses;
            for (const int recording : sameImages)
                responses.push_back(&recordings.at(recording).responses.data());
            fitInTurn(prepared, responses, options, step.foldsInTurn, job, 0,
                      [&](std::size_t place, const RidgeResult& result) { finished(sameImages[place], result); });
            continue;
        }
        for (const int recording : sameImages) {
            job.throwIfCancelled();
            finished(recording, fitRidge(prepared, recordings.at(recording).responses, options, job));
        }
    }
}

void UnitRunner::finish(const EncodeUnit& unit, const RidgeResult& result, const std::vector<int>& dimensions) {
    const Part part{
        describe(m_outline.study, unit), unitFingerprint(m_outline.study, m_identity, unit),
        spread(result.score, dimensions, m_outline.shapes[static_cast<std::size_t>(unit.recording)].dimensions),
        alphaIndices(result.alphas, m_outline.study.encoding.alphas), result.warnings};
    writePart(m_paths.of(unit), part);
    const std::scoped_lock lock(m_finishing);
    m_finished(unit, part);
}

} // namespace brainlike
