#include "core/study/ScoreWriter.h"

#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/base/Version.h"
#include "core/formats/Hdf5File.h"
#include "core/study/EncodingOptionsJson.h"
#include "core/study/MergeMemory.h"
#include "core/study/Repeats.h"
#include "core/study/ScoreLayout.h"
#include "core/study/SummaryScores.h"
#include "core/study/Turnstile.h"
#include "core/study/Workers.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>

namespace brainlike {
namespace {

constexpr float missing = std::numeric_limits<float>::quiet_NaN();

/// One layer of one kind at one checkpoint of a model.
struct MergeTask {
    RecordingKind kind;
    int model;
    int checkpoint;
    int layer;
};

/// What a task computes.
struct MergedLayer {
    std::vector<LayerScores> recordings; ///< each 1 × dimensions
    GroupMaps group;                     ///< likewise
};

class ScoreWriter {
public:
    ScoreWriter(const StudyOutline& outline, const UnitScores& scores, const std::filesystem::path& file)
        : m_outline(outline), m_scores(scores), m_file(Hdf5File::create(file)) {
        for (const auto& model : m_outline.index.models)
            m_summaries.emplace_back(model.steps.size());
    }

    void writeDescription(const ScoreStamp& stamp);
    void writeScores(int threads, JobContext& job);
    void writeSummaries();
    void close() { m_file.close(); }

private:
    void writeModel(const ScoredModel& model);
    void writeRecording(std::size_t recording);
    void writeCeiling(std::size_t recording);
    void writeSensors(const std::string& group);
    void createDatasets(RecordingKind kind, const ScoredModel& model);
    [[nodiscard]] std::vector<MergeTask> tasks() const;
    [[nodiscard]] MergedLayer compute(const MergeTask& task) const;
    void write(const MergeTask& task, const MergedLayer& merged);
    void writeMap(const MergeTask& task, const char* what, const RowMatrix<float>& map);
    [[nodiscard]] BestLayerMap bestLayers(const MergeTask& task) const;
    void finishCheckpoint(const MergeTask& task);
    template <typename Scalar>
    void writeBest(const MergeTask& task, const char* what, const std::vector<Scalar>& values);
    void writeCurve(const std::string& dataset, std::size_t model, SummaryValue CheckpointSummary::*value);
    [[nodiscard]] Shape axesOf(RecordingKind kind) const;
    [[nodiscard]] const ScoredModel& modelOf(const MergeTask& task) const {
        return m_outline.index.models.at(static_cast<std::size_t>(task.model));
    }

    const StudyOutline& m_outline;
    const UnitScores& m_scores;
    Hdf5File m_file;
    AreaDistances m_areas;
    RowMatrix<float> m_mean; ///< group mean of the checkpoint that is being written, layers × dimensions
    std::vector<std::vector<CheckpointSummary>> m_summaries; ///< a model, a checkpoint
};

Shape ScoreWriter::axesOf(RecordingKind kind) const {
    if (kind == RecordingKind::Fmri)
        return {static_cast<std::size_t>(m_outline.index.vertexCounts.total())};
    return {m_outline.index.channelNames.size(), m_outline.index.times.size()};
}

void ScoreWriter::writeDescription(const ScoreStamp& stamp) {
    const auto& study = m_outline.study;
    m_file.writeStringAttribute("/", "format", scoresFormat);
    m_file.writeAttribute<std::int64_t>("/", "version", scoresVersion);
    m_file.writeStringAttribute("/", "study", study.json.dump());
    m_file.writeStringAttribute("/", "created_by", std::string("brainlike ") + version);
    m_file.writeStringAttribute("/", "options", toJson(study.encoding).dump());
    m_file.writeStringAttribute("/", "name", study.name);
    m_file.writeStringAttribute("/", "template", m_outline.index.templateName);
    m_file.writeStringAttribute("/", "identity_crc32", stamp.identity);
    m_file.writeStringAttribute("/", "parts_crc32", stamp.parts);
    for (const auto& model : m_outline.index.models)
        writeModel(model);
    for (std::size_t recording = 0; recording < study.recordings.size(); ++recording)
        writeRecording(recording);
    for (const auto kind : {RecordingKind::Fmri, RecordingKind::Meg})
        for (const auto& model : m_outline.index.models)
            if (!m_outline.recordings(kind).empty())
                createDatasets(kind, model);
}

void ScoreWriter::writeModel(const ScoredModel& model) {
    const std::string group = modelGroup(model.id);
    m_file.createGroup(group);
    const std::array<std::pair<const char*, const std::string*>, 4> texts{
        {{"id", &model.id}, {"label", &model.label}, {"family", &model.family}, {"image_type", &model.imageType}}};
    for (const auto& [name, text] : texts)
        m_file.writeStringAttribute(group, name, *text);
    const std::array<std::pair<const char*, std::optional<double>>, 3> numbers{
        {{"parameters", model.parameters}, {"training_images", model.trainingImages}, {"batch_size", model.batchSize}}};
    for (const auto& [name, number] : numbers)
        if (number)
            m_file.writeAttribute<double>(group, name, *number);
    m_file.write<std::int64_t>(group + "/steps", {model.steps.size()}, model.steps);
    m_file.writeStrings(group + "/layer_names", model.layerNames);
    m_file.write<double>(group + "/layer_depths", {model.layerDepths.size()}, model.layerDepths);
}

void ScoreWriter::writeRecording(std::size_t recording) {
    const auto& described = m_outline.study.recordings[recording];
    const std::string group = recordingGroup(described.id);
    m_file.createGroup(group);
    m_file.writeStringAttribute(group, "kind", nameOf(described.kind));
    m_file.writeStringAttribute(group, "subject", described.subject);
    m_file.writeAttribute<std::int64_t>(group, "images", m_outline.rows[recording].size());
    writeCeiling(recording);
    if (described.kind == RecordingKind::Meg) {
        writeSensors(group);
        return;
    }
    const std::array<std::int64_t, 2> counts{m_outline.index.vertexCounts.left, m_outline.index.vertexCounts.right};
    m_file.write<std::int64_t>(group + "/vertex_counts", {2}, counts);
}

/// Where images were shown repeatedly.
void ScoreWriter::writeCeiling(std::size_t recording) {
    const auto& described = m_outline.study.recordings[recording];
    const auto ceiling = repeatCeiling(m_outline.study, described, m_outline.rows[recording]);
    if (!ceiling)
        return;
    const std::string group = recordingGroup(described.id);
    m_file.write<float>(group + "/ncsnr", axesOf(described.kind), ceiling->ncsnr);
    m_file.write<float>(group + "/ceiling", axesOf(described.kind), ceiling->ceiling);
}

void ScoreWriter::writeSensors(const std::string& group) {
    const auto& index = m_outline.index;
    std::vector<double> positions;
    for (const auto& position : index.channelPositions)
        positions.insert(positions.end(), position.begin(), position.end());
    m_file.writeStrings(group + "/channel_names", index.channelNames);
    m_file.write<double>(group + "/channel_positions", {index.channelPositions.size(), 3}, positions);
    m_file.write<double>(group + "/times", {index.times.size()}, index.times);
}

void ScoreWriter::createDatasets(RecordingKind kind, const ScoredModel& model) {
    const Shape axes = axesOf(kind);
    const std::size_t steps = model.steps.size();
    const std::size_t layers = model.layerNames.size();
    const auto& scored = kind == RecordingKind::Fmri ? m_outline.index.fmri : m_outline.index.meg;
    const auto scores = scoreDataset(kind, model.id);
    m_file.createChunked<float>(scores, joined({steps, scored.size(), layers}, axes), joined({1, 1, 1}, axes), missing);
    std::vector<std::string> ids;
    for (const auto& recording : scored)
        ids.push_back(recording.id);
    m_file.writeStringsAttribute(scores, "recordings", ids);
    for (const char* what : {"mean", "sem", "t", "p", "q"})
        m_file.createChunked<float>(groupDataset(kind, model.id, what), joined({steps, layers}, axes),
                                    joined({1, 1}, axes), missing);
    for (const char* what : {"best_score", "margin", "agreement"})
        m_file.createChunked<float>(groupDataset(kind, model.id, what), joined({steps}, axes), joined({1}, axes),
                                    missing);
    m_file.createChunked<std::int16_t>(groupDataset(kind, model.id, "best_layer"), joined({steps}, axes),
                                       joined({1}, axes), -1);
    m_file.writeStringAttribute(groupDataset(kind, model.id, "p"), "test",
                                ids.size() > 1 ? "one-sample t-test against 0 over recordings, two-sided"
                                               : "p of r with n - 2 degrees of freedom, n images, two-sided");
}

MergedLayer ScoreWriter::compute(const MergeTask& task) const {
    MergedLayer merged;
    for (const int recording : m_outline.recordings(task.kind)) {
        const auto values = m_scores.all({task.model, task.checkpoint, task.layer, recording});
        merged.recordings.emplace_back(
            Eigen::Map<const LayerScores>(values->data(), 1, static_cast<Eigen::Index>(values->size())));
    }
    merged.group = groupMaps(merged.recordings, m_outline.imageCount(task.kind));
    return merged;
}

void ScoreWriter::writeMap(const MergeTask& task, const char* what, const RowMatrix<float>& map) {
    const Shape axes = axesOf(task.kind);
    const Shape start = joined({static_cast<std::size_t>(task.checkpoint), static_cast<std::size_t>(task.layer)},
                               Shape(axes.size(), 0));
    m_file.writeBlock<float>(groupDataset(task.kind, modelOf(task).id, what), start, joined({1, 1}, axes),
                             std::span(map.data(), static_cast<std::size_t>(map.size())));
}

template <typename Scalar>
void ScoreWriter::writeBest(const MergeTask& task, const char* what, const std::vector<Scalar>& values) {
    const Shape axes = axesOf(task.kind);
    const Shape start = joined({static_cast<std::size_t>(task.checkpoint)}, Shape(axes.size(), 0));
    m_file.writeBlock<Scalar>(groupDataset(task.kind, modelOf(task).id, what), start, joined({1}, axes), values);
}

void ScoreWriter::write(const MergeTask& task, const MergedLayer& merged) {
    const Shape axes = axesOf(task.kind);
    for (std::size_t recording = 0; recording < merged.recordings.size(); ++recording) {
        const auto& scores = merged.recordings[recording];
        m_file.writeBlock<float>(
            scoreDataset(task.kind, modelOf(task).id),
            joined({static_cast<std::size_t>(task.checkpoint), recording, static_cast<std::size_t>(task.layer)},
                   Shape(axes.size(), 0)),
            joined({1, 1, 1}, axes), std::span(scores.data(), static_cast<std::size_t>(scores.size())));
    }
    writeMap(task, "mean", merged.group.mean);
    writeMap(task, "sem", merged.group.sem);
    writeMap(task, "t", merged.group.t);
    writeMap(task, "p", merged.group.p);
    writeMap(task, "q", merged.group.q);
    const auto layers = static_cast<Eigen::Index>(modelOf(task).layerNames.size());
    if (task.layer == 0)
        m_mean.resize(layers, merged.group.mean.cols());
    m_mean.row(task.layer) = merged.group.mean.row(0);
    if (task.layer == layers - 1)
        finishCheckpoint(task);
}

/// Some dimensions at a time, for which all layers of all recordings are read once more.
BestLayerMap ScoreWriter::bestLayers(const MergeTask& task) const {
    const auto& recordings = m_outline.recordings(task.kind);
    const auto layers = static_cast<int>(m_mean.rows());
    const auto dimensions = static_cast<int>(m_mean.cols());
    const int block = bestLayerBlock(static_cast<int>(recordings.size()), layers);
    BestLayerMap best;
    for (int first = 0; first < dimensions; first += block) {
        const int count = std::min(block, dimensions - first);
        std::vector<LayerScores> scores(recordings.size(), LayerScores(layers, count));
        for (std::size_t recording = 0; recording < recordings.size(); ++recording)
            for (int layer = 0; layer < layers; ++layer) {
                const auto values = m_scores.some({task.model, task.checkpoint, layer, recordings[recording]},
                                                  static_cast<std::size_t>(first), static_cast<std::size_t>(count));
                std::copy(values.begin(), values.end(), scores[recording].row(layer).data());
            }
        const auto part = bestLayerMap(m_mean.middleCols(first, count), scores);
        best.layer.insert(best.layer.end(), part.layer.begin(), part.layer.end());
        best.score.insert(best.score.end(), part.score.begin(), part.score.end());
        best.margin.insert(best.margin.end(), part.margin.begin(), part.margin.end());
        best.agreement.insert(best.agreement.end(), part.agreement.begin(), part.agreement.end());
    }
    return best;
}

void ScoreWriter::finishCheckpoint(const MergeTask& task) {
    const auto best = bestLayers(task);
    writeBest(task, "best_layer", best.layer);
    writeBest(task, "best_score", best.score);
    writeBest(task, "margin", best.margin);
    writeBest(task, "agreement", best.agreement);
    auto& summary = m_summaries[static_cast<std::size_t>(task.model)][static_cast<std::size_t>(task.checkpoint)];
    const auto& depths = modelOf(task).layerDepths;
    if (task.kind == RecordingKind::Fmri)
        addFmri(summary, m_mean, best, depths, m_areas);
    else
        addMeg(summary, m_mean, best, depths, m_outline.index.times);
    m_mean.resize(0, 0);
}

std::vector<MergeTask> ScoreWriter::tasks() const {
    std::vector<MergeTask> tasks;
    for (int model = 0; model < static_cast<int>(m_summaries.size()); ++model) {
        const auto& scored = m_outline.index.models[static_cast<std::size_t>(model)];
        for (int step = 0; step < static_cast<int>(scored.steps.size()); ++step)
            for (const auto kind : {RecordingKind::Fmri, RecordingKind::Meg})
                for (int layer = 0; layer < static_cast<int>(scored.layerNames.size()); ++layer)
                    if (!m_outline.recordings(kind).empty())
                        tasks.push_back({kind, model, step, layer});
    }
    return tasks;
}

void ScoreWriter::writeScores(int threads, JobContext& job) {
    if (m_outline.brain)
        m_areas = areaDistances(*m_outline.brain);
    const auto all = tasks();
    Turnstile turns;
    runWorkers(threads, all.size(), job, [&](std::size_t index, JobContext& inner) {
        const auto merged = compute(all[index]);
        turns.wait(index, inner.stopToken());
        write(all[index], merged);
        job.report(static_cast<double>(index + 1) / static_cast<double>(all.size()), "Merging");
        turns.pass();
    });
}

void ScoreWriter::writeCurve(const std::string& dataset, std::size_t model, SummaryValue CheckpointSummary::*value) {
    std::vector<double> values;
    std::vector<std::string> reasons;
    bool isComplete = true;
    for (const auto& summary : m_summaries[model]) {
        values.push_back((summary.*value).value);
        reasons.push_back((summary.*value).reason);
        isComplete = isComplete && reasons.back().empty();
    }
    m_file.write<double>(dataset, {values.size()}, values);
    if (!isComplete)
        m_file.writeStringsAttribute(dataset, "reasons", reasons);
}

void ScoreWriter::writeSummaries() {
    for (std::size_t model = 0; model < m_summaries.size(); ++model) {
        const std::string group = summaryGroup(m_outline.index.models[model].id);
        writeCurve(group + "/encoding_fmri", model, &CheckpointSummary::encodingFmri);
        writeCurve(group + "/encoding_meg", model, &CheckpointSummary::encodingMeg);
        writeCurve(group + "/spatial", model, &CheckpointSummary::spatial);
        writeCurve(group + "/temporal", model, &CheckpointSummary::temporal);
    }
}

} // namespace

void writeScores(const StudyOutline& outline, const ScoreStamp& stamp, const UnitScores& scores,
                 const std::filesystem::path& file, int threads, JobContext& job) {
    replaceFile(file, [&](const std::filesystem::path& aside) {
        ScoreWriter writer(outline, scores, aside);
        writer.writeDescription(stamp);
        writer.writeScores(threads, job);
        writer.writeSummaries();
        writer.close();
    });
}

bool isCurrent(const std::filesystem::path& file, const Study& study, const ScoreStamp& stamp) {
    if (!std::filesystem::exists(file))
        return false;
    try {
        const auto scores = Hdf5File::openRead(file);
        return scores.readStringAttribute("/", "format") == scoresFormat &&
               scores.readStringAttribute("/", "study") == study.json.dump() &&
               scores.readStringAttribute("/", "identity_crc32") == stamp.identity &&
               (stamp.parts.empty() || scores.readStringAttribute("/", "parts_crc32") == stamp.parts);
    } catch (const Error&) {
        return false;
    }
}

} // namespace brainlike
