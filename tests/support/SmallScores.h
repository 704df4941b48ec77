#pragma once

#include "core/formats/Hdf5File.h"
#include "core/study/GroupScores.h"
#include "core/study/ScoreLayout.h"
#include "core/study/SummaryScores.h"
#include "tests/core/templates/SmallTemplates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

namespace brainlike::test {

/// A small scores.h5 with a template of its own, from formulas of +, -, *, / alone: the scores that
/// tests/data/tables/make_tables.py computes its references from. Two models, five checkpoints, four layers, three
/// fMRI subjects on 2 × 12 vertices, two MEG subjects with 3 channels × 8 times; a vertex without scores, one that one
/// subject lacks, an area whose scores fall below 0 and one that is trained from the start.
class SmallScores {
public:
    static constexpr std::array<std::int64_t, 5> steps{0, 100, 1000, 4000, 10000};
    static constexpr std::array<double, 4> depths{0, 0.25, 0.5, 1};
    static constexpr std::array<double, 8> times{-0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
    static constexpr int side = 12, channels = 3, images = 1000;
    inline static const std::vector<std::string> models{"first", "second"};
    inline static const std::vector<std::string> layers{"block0", "block1", "block2", "block3"};
    inline static const std::vector<std::string> fmri{"ann", "bea", "cyd"};
    inline static const std::vector<std::string> meg{"ann", "dan"};

    /// Writes scores.h5 and the template into a folder.
    explicit SmallScores(const std::filesystem::path& folder) : m_folder(folder) {
        writeTemplate();
        auto out = Hdf5File::create(file());
        writeHead(out);
        for (int model = 0; model < 2; ++model)
            writeModel(out, model);
        out.close();
    }
    [[nodiscard]] std::filesystem::path file() const { return m_folder / "scores.h5"; }

private:
    static constexpr std::array areaNames{"V1", "V2", "MT", "IFSp", "???"};
    static constexpr std::array areaOf{0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 4, 4};

    /// In [-1, 1], from a hash of the indices.
    static double noise(std::initializer_list<int> indices) {
        std::uint32_t value = 0;
        for (const int index : indices)
            value = value * 131U + static_cast<std::uint32_t>(index) + 1U;
        value *= 2654435761U;
        value ^= value >> 15U;
        value *= 2246822519U;
        value ^= value >> 13U;
        return static_cast<double>(value % 20001U) / 10000 - 1;
    }
    static double fmriScore(int model, int step, int recording, int layer, int vertex) {
        if (vertex == 7 || (vertex == 15 && recording == 1))
            return std::numeric_limits<double>::quiet_NaN();
        const int area = areaOf[static_cast<std::size_t>(vertex % side)];
        const bool isRight = vertex >= side;
        const std::array amplitudes{0.4, 0.3, 0.25, isRight ? -0.05 : 0.1, 0.02};
        constexpr std::array best{0.1, 0.3, 0.55, 0.9, 0.5};
        constexpr std::array halves{200.0, 500.0, 1500.0, 4000.0, 1000.0};
        const auto at = static_cast<std::size_t>(area);
        const auto trained = static_cast<double>(steps[static_cast<std::size_t>(step)]);
        const double growth = isRight && area == 1 ? 1.0 : (trained + 20.0) / (trained + halves[at]);
        const double away = (depths[static_cast<std::size_t>(layer)] - best[at]) / 0.4;
        const double size = amplitudes[at] * growth * (1 - 0.2 * model) / (1 + away * away);
        return size + 0.02 * noise({model, step, recording, layer, vertex});
    }
    static double megScore(int model, int step, int recording, int layer, int dimension) {
        const int channel = dimension / static_cast<int>(times.size());
        const int time = dimension % static_cast<int>(times.size());
        const auto trained = static_cast<double>(steps[static_cast<std::size_t>(step)]);
        const double seconds = times[static_cast<std::size_t>(time)];
        const double growth = (trained + 10.0) / (trained + 800.0);
        const double away = (seconds - 0.05 - 0.4 * depths[static_cast<std::size_t>(layer)]) / 0.1;
        const double size = seconds >= 0 ? 0.1 * (1 - 0.2 * channel) * growth / (1 + away * away) : 0.0;
        return size + 0.005 * noise({100 + model, step, recording, layer, channel, time});
    }

    [[nodiscard]] static Mesh pial() {
        Mesh mesh = icosahedron();
        mesh.points *= 50;
        return mesh;
    }
    [[nodiscard]] static Parcellation parcellation() {
        Annotation annotation{.areas = {}, .labels = {areaOf.begin(), areaOf.end()}};
        for (const char* name : areaNames)
            annotation.areas.push_back(areaFromTable(name, {}));
        return {.name = "small", .sides = {annotation, annotation}};
    }
    void writeTemplate() const {
        writeFreeSurferTemplate(m_folder / "template/surf", pial(), {"pial", "white"});
        std::string bytes = bigEndian(side);
        for (int vertex = 0; vertex < side; ++vertex)
            bytes += bigEndian(vertex) + bigEndian(areaOf[static_cast<std::size_t>(vertex)] + 1);
        const auto text = [](const std::string& word) {
            return bigEndian(static_cast<std::int32_t>(word.size() + 1)) + word + '\0';
        };
        bytes += bigEndian(1) + bigEndian(-2) + bigEndian(5) + text("table") + bigEndian(5);
        for (std::int32_t area = 0; area < 5; ++area)
            bytes += bigEndian(area) + text(areaNames[static_cast<std::size_t>(area)]) + bigEndian(area + 1) +
                     bigEndian(0) + bigEndian(0) + bigEndian(0);
        for (const char* hemisphere : {"lh", "rh"})
            writeBytes(m_folder / "template/label" / (std::string(hemisphere) + ".HCP-MMP1.annot"), bytes);
    }

    void writeHead(Hdf5File& out) const {
        const nlohmann::json study{
            {"format", "brainlike-study"},
            {"version", 1},
            {"models", {{{"id", "first"}}, {{"id", "second"}}}},
            {"rois", {{{"name", "early"}, {"areas", {"V1", "V2"}}}, {{"name", "MT"}, {"areas", {"MT"}}}}},
            {"windows",
             {{{"name", "mid"}, {"start", 0.1}, {"end", 0.3}},
              {{"name", "late"}, {"start", 0.35}, {"end", 0.6}},
              {{"name", "none"}, {"start", 2.0}, {"end", 3.0}}}}};
        out.writeStringAttribute("/", "format", scoresFormat);
        out.writeAttribute<std::int64_t>("/", "version", scoresVersion);
        out.writeStringAttribute("/", "study", study.dump());
        out.writeStringAttribute("/", "options", R"({"outer_folds":5})");
        out.writeStringAttribute("/", "name", "small");
        out.writeStringAttribute("/", "template", (m_folder / "template").string());
        for (const auto& subject : fmri)
            writeRecording(out, "fmri-" + subject, subject)
                .write<std::int64_t>(recordingGroup("fmri-" + subject) + "/vertex_counts", {2},
                                     std::array<std::int64_t, 2>{side, side});
        for (const auto& subject : meg)
            writeSensors(writeRecording(out, "meg-" + subject, subject), recordingGroup("meg-" + subject));
        writeCeiling(out);
    }
    static Hdf5File& writeRecording(Hdf5File& out, const std::string& id, const std::string& subject) {
        out.createGroup(recordingGroup(id));
        out.writeStringAttribute(recordingGroup(id), "subject", subject);
        out.writeAttribute<std::int64_t>(recordingGroup(id), "images", images);
        return out;
    }
    static void writeSensors(Hdf5File& out, const std::string& group) {
        out.writeStrings(group + "/channel_names", std::vector<std::string>{"A", "B", "C"});
        out.write<double>(group + "/channel_positions", {channels, 3}, std::vector<double>(3 * channels, 0.1));
        out.write<double>(group + "/times", {times.size()}, times);
    }
    static void writeCeiling(Hdf5File& out) {
        std::vector<float> ncsnr, ceiling;
        for (int vertex = 0; vertex < 2 * side; ++vertex) {
            const float ratio = vertex == 2 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(vertex) / 8;
            const double squared = static_cast<double>(ratio) * static_cast<double>(ratio);
            ncsnr.push_back(ratio);
            ceiling.push_back(static_cast<float>(std::sqrt(squared / (squared + 1.0 / 3))));
        }
        out.write<float>("/recordings/fmri-ann/ncsnr", {ncsnr.size()}, ncsnr);
        out.write<float>("/recordings/fmri-ann/ceiling", {ceiling.size()}, ceiling);
    }

    void writeModel(Hdf5File& out, int model) const {
        const auto& id = models[static_cast<std::size_t>(model)];
        out.createGroup(modelGroup(id));
        if (model == 0)
            out.writeAttribute<double>(modelGroup(id), "batch_size", 32);
        out.write<std::int64_t>(modelGroup(id) + "/steps", {steps.size()}, steps);
        out.writeStrings(modelGroup(id) + "/layer_names", layers);
        out.write<double>(modelGroup(id) + "/layer_depths", {depths.size()}, depths);
        std::vector<CheckpointSummary> summaries(steps.size());
        writeKind(out, model, RecordingKind::Fmri, {2 * side}, summaries);
        writeKind(out, model, RecordingKind::Meg, {channels, times.size()}, summaries);
        const auto write = [&](const char* what, SummaryValue CheckpointSummary::*value) {
            std::vector<double> values;
            for (const auto& summary : summaries)
                values.push_back((summary.*value).value);
            out.write<double>(summaryGroup(id) + "/" + what, {values.size()}, values);
        };
        write("encoding_fmri", &CheckpointSummary::encodingFmri);
        write("encoding_meg", &CheckpointSummary::encodingMeg);
        write("spatial", &CheckpointSummary::spatial);
        write("temporal", &CheckpointSummary::temporal);
    }
    void writeKind(Hdf5File& out, int model, RecordingKind kind, const Shape& axes,
                   std::vector<CheckpointSummary>& summaries) const {
        const auto& id = models[static_cast<std::size_t>(model)];
        const bool isFmri = kind == RecordingKind::Fmri;
        std::vector<std::string> ids;
        for (const auto& subject : isFmri ? fmri : meg)
            ids.push_back((isFmri ? "fmri-" : "meg-") + subject);
        const auto create = [&](const std::string& name, const Shape& first) {
            out.createChunked<float>(name, joined(first, axes), joined(Shape(first.size(), 1), axes), 0);
        };
        create(scoreDataset(kind, id), {steps.size(), ids.size(), layers.size()});
        out.writeStringsAttribute(scoreDataset(kind, id), "recordings", ids);
        for (const char* what : {"mean", "sem", "t", "p", "q"})
            create(groupDataset(kind, id, what), {steps.size(), layers.size()});
        for (const char* what : {"best_score", "margin", "agreement"})
            create(groupDataset(kind, id, what), {steps.size()});
        out.createChunked<std::int16_t>(groupDataset(kind, id, "best_layer"), joined({steps.size()}, axes),
                                        joined({1}, axes), -1);
        for (int step = 0; step < static_cast<int>(steps.size()); ++step)
            writeStep(out, model, step, kind, axes, summaries[static_cast<std::size_t>(step)]);
    }
    void writeStep(Hdf5File& out, int model, int step, RecordingKind kind, const Shape& axes,
                   CheckpointSummary& summary) const {
        const auto& id = models[static_cast<std::size_t>(model)];
        const bool isFmri = kind == RecordingKind::Fmri;
        const Shape origin(axes.size(), 0);
        const auto at = static_cast<std::size_t>(step);
        std::vector<LayerScores> recordings;
        for (int recording = 0; recording < static_cast<int>((isFmri ? fmri : meg).size()); ++recording) {
            LayerScores scores(4, isFmri ? 2 * side : channels * static_cast<int>(times.size()));
            for (int layer = 0; layer < 4; ++layer)
                for (int dimension = 0; dimension < scores.cols(); ++dimension)
                    scores(layer, dimension) =
                        static_cast<float>(isFmri ? fmriScore(model, step, recording, layer, dimension)
                                                  : megScore(model, step, recording, layer, dimension));
            out.writeBlock<float>(scoreDataset(kind, id), joined({at, static_cast<std::size_t>(recording), 0}, origin),
                                  joined({1, 1, 4}, axes), {scores.data(), static_cast<std::size_t>(scores.size())});
            recordings.push_back(scores);
        }
        const auto group = groupMaps(recordings, images);
        const auto best = bestLayerMap(group.mean, recordings);
        const auto writeMap = [&](const char* what, const RowMatrix<float>& map) {
            out.writeBlock<float>(groupDataset(kind, id, what), joined({at, 0}, origin), joined({1, 4}, axes),
                                  {map.data(), static_cast<std::size_t>(map.size())});
        };
        writeMap("mean", group.mean);
        writeMap("sem", group.sem);
        writeMap("t", group.t);
        writeMap("p", group.p);
        writeMap("q", group.q);
        const Shape start = joined({at}, origin), count = joined({1}, axes);
        out.writeBlock<std::int16_t>(groupDataset(kind, id, "best_layer"), start, count, best.layer);
        out.writeBlock<float>(groupDataset(kind, id, "best_score"), start, count, best.score);
        out.writeBlock<float>(groupDataset(kind, id, "margin"), start, count, best.margin);
        out.writeBlock<float>(groupDataset(kind, id, "agreement"), start, count, best.agreement);
        if (isFmri)
            addFmri(summary, group.mean, best, depths, areaDistances(parcellation(), {pial(), pial()}));
        else
            addMeg(summary, group.mean, best, depths, times);
    }

    std::filesystem::path m_folder;
};

} // namespace brainlike::test
