#include "core/study/UnitRunner.h"

#include "core/study/StudyIdentity.h"
#include "core/study/Workers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace brainlike {
namespace {

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

} // namespace

UnitRunner::UnitRunner(const StudyOutline& outline, const PartPaths& paths, nlohmann::json identity,
                       std::vector<bool> isDone)
    : m_outline(outline), m_paths(paths), m_identity(std::move(identity)), m_numbers(outline.study),
      m_isDone(std::move(isDone)) {}

void UnitRunner::run(int threads, JobContext& job, const Listener& finished) {
    std::vector<UnitGroup> groups;
    for (const auto& group : workOrder(m_outline.study))
        if (!missingOf(group).empty())
            groups.push_back(group);
    if (groups.empty())
        return;
    prepareRecordings(threads, job);
    runWorkers(threads, groups.size(), job,
               [&](std::size_t index, JobContext& inner) { runGroup(groups[index], inner, finished); });
}

void UnitRunner::prepareRecordings(int threads, JobContext& job) {
    std::vector<bool> isNeeded(m_outline.study.recordings.size());
    for (const auto& group : workOrder(m_outline.study))
        for (const auto& sameImages : missingOf(group))
            for (const int recording : sameImages)
                isNeeded[static_cast<std::size_t>(recording)] = true;
    m_recordings.resize(isNeeded.size());
    runWorkers(threads, isNeeded.size(), job, [&](std::size_t index, JobContext& inner) {
        inner.throwIfCancelled();
        if (isNeeded[index])
            m_recordings[index] =
                readRecording(m_outline.study, m_outline.study.recordings[index], m_outline.rows[index]);
    });
}

std::vector<std::vector<int>> UnitRunner::missingOf(const UnitGroup& group) const {
    std::vector<std::vector<int>> missing;
    for (int recording = 0; recording < static_cast<int>(m_outline.rows.size()); ++recording) {
        if (m_isDone[m_numbers.of({group.model, group.checkpoint, group.layer, recording})])
            continue;
        const auto& rows = m_outline.rows[static_cast<std::size_t>(recording)].featureRows;
        const auto same = std::find_if(missing.begin(), missing.end(), [&](const std::vector<int>& recordings) {
            return m_outline.rows[static_cast<std::size_t>(recordings.front())].featureRows == rows;
        });
        if (same == missing.end())
            missing.push_back({recording});
        else
            same->push_back(recording);
    }
    return missing;
}

void UnitRunner::runGroup(const UnitGroup& group, JobContext& job, const Listener& finished) {
    const auto& model = m_outline.study.models[static_cast<std::size_t>(group.model)];
    const LayerFeatures features(m_outline.study, model.checkpoints[static_cast<std::size_t>(group.checkpoint)],
                                 model.layers[static_cast<std::size_t>(group.layer)]);
    for (const auto& sameImages : missingOf(group)) {
        job.throwIfCancelled();
        const auto& rows = m_outline.rows[static_cast<std::size_t>(sameImages.front())];
        const auto prepared = features.prepare(rows, optionsFor(m_outline.study, rows));
        for (const int recording : sameImages) {
            job.throwIfCancelled();
            const EncodeUnit unit{group.model, group.checkpoint, group.layer, recording};
            const Part part = fit(unit, prepared, job);
            writePart(m_paths.of(unit), part);
            const std::scoped_lock lock(m_finishing);
            finished(unit, part);
        }
    }
}

Part UnitRunner::fit(const EncodeUnit& unit, const PreparedFeatures& features, JobContext& job) const {
    const auto recording = static_cast<std::size_t>(unit.recording);
    const auto options = optionsFor(m_outline.study, m_outline.rows[recording]);
    const auto& data = m_recordings[recording].value();
    const auto result = fitRidge(features, data.responses, options, job);
    return {describe(m_outline.study, unit), unitFingerprint(m_outline.study, m_identity, unit),
            spread(result.score, data.dimensions, m_outline.shapes[recording].dimensions),
            alphaIndices(result.alphas, options.alphas), result.warnings};
}

} // namespace brainlike
