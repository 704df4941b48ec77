#include "core/study/ScoreFile.h"

#include "core/study/ScoreFileIndex.h"
#include "core/study/ScoreLayout.h"

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

std::size_t asSize(int value) {
    return static_cast<std::size_t>(value);
}

RowMatrix<float> matrixOf(const std::vector<float>& values, std::size_t rows) {
    const auto count = static_cast<Eigen::Index>(rows);
    return Eigen::Map<const RowMatrix<float>>(
        values.data(), count, static_cast<Eigen::Index>(values.size()) / std::max<Eigen::Index>(count, 1));
}

} // namespace

ScoreFile::ScoreFile(const std::filesystem::path& file)
    : m_file(Hdf5File::openRead(file)), m_study(readStudyOf(m_file)), m_index(readScoreIndex(m_file, m_study)) {}

std::optional<std::vector<float>> ScoreFile::fmriGroup(int model, const char* what, int step, int layer) const {
    if (m_index.fmri.empty())
        return std::nullopt;
    const auto vertices = asSize(m_index.vertexCounts.total());
    return m_file.readBlock<float>(groupDataset(RecordingKind::Fmri, modelAt(model).id, what),
                                   {asSize(step), asSize(layer), 0}, {1, 1, vertices});
}

std::optional<std::vector<float>> ScoreFile::fmriMean(int model, int step, int layer) const {
    return fmriGroup(model, "mean", step, layer);
}

std::optional<std::vector<float>> ScoreFile::fmriQ(int model, int step, int layer) const {
    return fmriGroup(model, "q", step, layer);
}

std::optional<std::vector<float>> ScoreFile::fmriScore(int model, int step, int layer, int recording) const {
    if (m_index.fmri.empty())
        return std::nullopt;
    return m_file.readBlock<float>(scoreDataset(RecordingKind::Fmri, modelAt(model).id),
                                   {asSize(step), asSize(recording), asSize(layer), 0},
                                   {1, 1, 1, asSize(m_index.vertexCounts.total())});
}

std::optional<BestLayerMap> ScoreFile::fmriBestLayer(int model, int step) const {
    if (m_index.fmri.empty())
        return std::nullopt;
    const Shape start{asSize(step), 0};
    const Shape count{1, asSize(m_index.vertexCounts.total())};
    const auto name = [&](const char* what) { return groupDataset(RecordingKind::Fmri, modelAt(model).id, what); };
    return BestLayerMap{m_file.readBlock<std::int16_t>(name("best_layer"), start, count),
                        m_file.readBlock<float>(name("best_score"), start, count),
                        m_file.readBlock<float>(name("margin"), start, count),
                        m_file.readBlock<float>(name("agreement"), start, count)};
}

DimensionScores ScoreFile::fmriVertex(int model, int vertex) const {
    const auto steps = modelAt(model).steps.size();
    const auto layers = modelAt(model).layerNames.size();
    if (m_index.fmri.empty())
        return {};
    const auto read = [&](const char* what) {
        return matrixOf(m_file.readBlock<float>(groupDataset(RecordingKind::Fmri, modelAt(model).id, what),
                                                {0, 0, asSize(vertex)}, {steps, layers, 1}),
                        steps);
    };
    return {read("mean"), read("sem")};
}

RowMatrix<float> ScoreFile::groupLayers(RecordingKind kind, int model, const char* what, int step) const {
    const Shape axes = dimensionAxes(m_index, kind);
    const auto layers = modelAt(model).layerNames.size();
    return matrixOf(m_file.readBlock<float>(groupDataset(kind, modelAt(model).id, what),
                                            joined({asSize(step), 0}, Shape(axes.size(), 0)),
                                            joined({1, layers}, axes)),
                    layers);
}

std::optional<TimeCourses> ScoreFile::megTimeCourses(int model, int step) const {
    if (m_index.meg.empty())
        return std::nullopt;
    const Shape axes = dimensionAxes(m_index, RecordingKind::Meg);
    const auto layers = modelAt(model).layerNames.size();
    std::vector<LayerScores> recordings;
    for (std::size_t recording = 0; recording < m_index.meg.size(); ++recording)
        recordings.push_back(
            matrixOf(m_file.readBlock<float>(scoreDataset(RecordingKind::Meg, modelAt(model).id),
                                             {asSize(step), recording, 0, 0, 0}, joined({1, 1, layers}, axes)),
                     layers));
    return timeCourses(groupLayers(RecordingKind::Meg, model, "mean", step), recordings,
                       static_cast<int>(m_index.times.size()));
}

SummaryCurves ScoreFile::summary(int model) const {
    const std::string group = summaryGroup(modelAt(model).id);
    const auto read = [&](const char* what) { return m_file.read<double>(group + "/" + what, 1).values; };
    return {read("encoding_fmri"), read("encoding_meg"), read("spatial"), read("temporal")};
}

} // namespace brainlike
