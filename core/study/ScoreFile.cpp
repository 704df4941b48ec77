#include "core/study/ScoreFile.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
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

ScoreFile::ScoreFile(const std::filesystem::path& file, std::size_t cacheBytes)
    : m_file(Hdf5File::openRead(file)), m_study(readStudyOf(m_file)), m_index(readScoreIndex(m_file, m_study)),
      m_chunks(std::make_unique<ChunkCache>(cacheBytes, [this](const ChunkPlace& place) { return readChunk(place); })) {
}

std::vector<float> ScoreFile::readChunk(const ChunkPlace& place) const {
    const auto axes = axesOf(place.dataset.starts_with("/fmri/") ? RecordingKind::Fmri : RecordingKind::Meg);
    return m_file.readBlock<float>(place.dataset, joined(place.start, Shape(axes.size(), 0)),
                                   joined(Shape(place.start.size(), 1), axes));
}

ChunkCache::Chunk ScoreFile::chunk(const std::string& dataset, Shape start) const {
    return m_chunks->at({dataset, std::move(start)});
}

RowMatrix<float> ScoreFile::chunkRows(const std::string& dataset, const Shape& start, std::size_t rows) const {
    RowMatrix<float> matrix;
    for (std::size_t row = 0; row < rows; ++row) {
        const auto values = chunk(dataset, joined(start, {row}));
        if (row == 0)
            matrix.resize(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(values->size()));
        std::copy(values->begin(), values->end(), matrix.row(static_cast<Eigen::Index>(row)).data());
    }
    return matrix;
}

void ScoreFile::prefetch(int model, int shown, int wanted, const JobContext& job) const {
    const auto& id = modelAt(model).id;
    m_chunks->prefetch({"/fmri/" + id + "/", "/meg/" + id + "/"}, asSize(shown), asSize(wanted), job);
}

nlohmann::json ScoreFile::encodingOptions() const {
    if (!m_file.hasAttribute("/", "options"))
        return nlohmann::json::object();
    auto options = nlohmann::json::parse(m_file.readStringAttribute("/", "options"), nullptr, false);
    return options.is_discarded() ? nlohmann::json::object() : options;
}

Shape ScoreFile::axesOf(RecordingKind kind) const {
    if (recordings(kind).empty())
        throw NotFoundError({.what = "The scores hold no such recordings",
                             .file = path(),
                             .expected = "recordings of the kind " + std::string(nameOf(kind)),
                             .found = "none"});
    return dimensionAxes(m_index, kind);
}

int ScoreFile::dimensionCount(RecordingKind kind) const {
    if (recordings(kind).empty())
        return 0;
    std::size_t count = 1;
    for (const auto length : axesOf(kind))
        count *= length;
    return static_cast<int>(count);
}

std::optional<std::vector<float>> ScoreFile::fmriGroup(int model, const char* what, int step, int layer) const {
    if (m_index.fmri.empty())
        return std::nullopt;
    return *chunk(groupDataset(RecordingKind::Fmri, modelAt(model).id, what), {asSize(step), asSize(layer)});
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
    return *chunk(scoreDataset(RecordingKind::Fmri, modelAt(model).id),
                  {asSize(step), asSize(recording), asSize(layer)});
}

std::optional<BestLayerMap> ScoreFile::fmriBestLayer(int model, int step) const {
    if (m_index.fmri.empty())
        return std::nullopt;
    return bestLayer(RecordingKind::Fmri, model, step);
}

BestLayerMap ScoreFile::bestLayer(RecordingKind kind, int model, int step) const {
    (void)axesOf(kind);
    const auto read = [&](const char* what) {
        return chunk(groupDataset(kind, modelAt(model).id, what), {asSize(step)});
    };
    BestLayerMap best{{}, *read("best_score"), *read("margin"), *read("agreement")};
    const auto layers = read("best_layer");
    best.layer.resize(layers->size());
    std::transform(layers->begin(), layers->end(), best.layer.begin(),
                   [](float layer) { return static_cast<std::int16_t>(layer); });
    return best;
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
    (void)axesOf(kind);
    return chunkRows(groupDataset(kind, modelAt(model).id, what), {asSize(step)}, modelAt(model).layerNames.size());
}

RowMatrix<float> ScoreFile::layers(RecordingKind kind, int model, int step, std::optional<int> recording) const {
    if (!recording)
        return groupLayers(kind, model, "mean", step);
    (void)axesOf(kind);
    return chunkRows(scoreDataset(kind, modelAt(model).id), {asSize(step), asSize(*recording)},
                     modelAt(model).layerNames.size());
}

RowMatrix<float> ScoreFile::layers(RecordingKind kind, int model, int step, int recording, DimensionBlock block) const {
    Shape axes = axesOf(kind);
    Shape start = joined({asSize(step), asSize(recording), 0}, Shape(axes.size(), 0));
    start[3] = asSize(block.first);
    axes.front() = asSize(block.count);
    const auto count = modelAt(model).layerNames.size();
    return matrixOf(m_file.readBlock<float>(scoreDataset(kind, modelAt(model).id), start, joined({1, 1, count}, axes)),
                    count);
}

std::optional<TimeCourses> ScoreFile::megCoursesOf(int model, int step, std::span<const int> channels) const {
    if (m_index.meg.empty())
        return std::nullopt;
    std::vector<LayerScores> scores;
    for (int recording = 0; recording < static_cast<int>(m_index.meg.size()); ++recording)
        scores.push_back(layers(RecordingKind::Meg, model, step, recording));
    return timeCourses(groupLayers(RecordingKind::Meg, model, "mean", step), scores,
                       static_cast<int>(m_index.times.size()), channels);
}

std::optional<SensorScores> ScoreFile::megSensors(int model, int step, int layer) const {
    if (m_index.meg.empty())
        return std::nullopt;
    const auto channels = m_index.channelNames.size();
    const auto read = [&](const char* what) {
        return matrixOf(
            *chunk(groupDataset(RecordingKind::Meg, modelAt(model).id, what), {asSize(step), asSize(layer)}), channels);
    };
    return SensorScores{read("mean"), read("q")};
}

std::optional<TimeCourses> ScoreFile::megRecordingCourses(int model, int step, int recording,
                                                          std::span<const int> channels) const {
    if (m_index.meg.empty())
        return std::nullopt;
    const std::vector<LayerScores> own{layers(RecordingKind::Meg, model, step, recording)};
    return timeCourses(own.front(), own, static_cast<int>(m_index.times.size()), channels);
}

std::optional<SensorScores> ScoreFile::megRecordingSensors(int model, int step, int layer, int recording) const {
    if (m_index.meg.empty())
        return std::nullopt;
    const auto values =
        chunk(scoreDataset(RecordingKind::Meg, modelAt(model).id), {asSize(step), asSize(recording), asSize(layer)});
    return recordingSensors(matrixOf(*values, m_index.channelNames.size()),
                            m_index.meg.at(asSize(recording)).imageCount);
}

std::optional<RecordingCeiling> ScoreFile::ceiling(RecordingKind kind, int recording) const {
    const std::string group = recordingGroup(recordings(kind).at(asSize(recording)).id);
    const auto size = asSize(dimensionCount(kind));
    const auto read = [&](const char* what) {
        const std::string dataset = group + "/" + what;
        if (!m_file.isDataset(dataset))
            return std::vector<float>();
        auto values = m_file.read<float>(dataset).values;
        if (values.size() != size)
            throw FormatError({.what = "The noise ceiling does not fit the recording",
                               .file = path(),
                               .place = dataset,
                               .expected = counted(size, "value"),
                               .found = std::to_string(values.size())});
        return values;
    };
    RecordingCeiling found{read("ncsnr"), read("ceiling")};
    return found.ceiling.empty() ? std::nullopt : std::optional(std::move(found));
}

SummaryCurves ScoreFile::summary(int model) const {
    const std::string group = summaryGroup(modelAt(model).id);
    const auto read = [&](const char* what) { return m_file.read<double>(group + "/" + what, 1).values; };
    return {read("encoding_fmri"), read("encoding_meg"), read("spatial"), read("temporal")};
}

} // namespace brainlike
