#pragma once

#include "core/formats/Hdf5File.h"
#include "core/study/GroupScores.h"
#include "core/study/ScoreLayout.h"
#include "tests/core/templates/SmallTemplates.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace brainlike::test {

/// A scores.h5 of fMRI with planted areas, on a template of two spheres of 162 vertices with 23 areas of 7 vertices
/// each: size, best layer and half-time of every area follow from formulas that tests/data/tables/make_property.py
/// repeats. Left A21 has no scores, right A22 falls below 0.
class PlantedScores {
public:
    static constexpr std::array<std::int64_t, 5> steps{0, 100, 1000, 4000, 10000};
    static constexpr std::array<double, 5> depths{0, 0.25, 0.5, 0.75, 1};
    static constexpr int side = 162, areas = 23, subjects = 3, images = 1000;
    inline static const std::vector<std::string> models{"one", "two"};

    explicit PlantedScores(const std::filesystem::path& folder) : m_folder(folder) {
        writeTemplate();
        auto out = Hdf5File::create(file());
        writeHead(out);
        for (const auto& model : models)
            writeModel(out, model);
        out.close();
    }
    [[nodiscard]] std::filesystem::path file() const { return m_folder / "scores.h5"; }

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
    static std::size_t layerOf(int area, int hemisphere) {
        return static_cast<std::size_t>(7 * area + 3 * hemisphere) % 5;
    }
    static double amplitude(int area, int hemisphere) {
        return area == 22 && hemisphere == 1 ? -0.1 : 0.1 + 0.01 * area + 0.05 * hemisphere;
    }
    static double half(int area, int hemisphere) { return 200.0 + 150.0 * ((11 * area + 5 * hemisphere) % 23); }
    static std::string areaName(int area) { return (area < 10 ? "A0" : "A") + std::to_string(area); }

    /// Values of the properties "depth", "size", "half", "right" and "chance".
    static double property(const std::string& name, int area, int hemisphere) {
        if (name == "depth")
            return 3.0 - 2.0 * depths[layerOf(area, hemisphere)];
        if (name == "size")
            return 1.0 + 10.0 * amplitude(area, hemisphere);
        if (name == "half")
            return half(area, hemisphere);
        if (name == "right")
            return hemisphere == 1 && area != 3 ? noise({area, 77}) : std::numeric_limits<double>::quiet_NaN();
        return noise({area, hemisphere, 5});
    }

    /// The sphere of both hemispheres, radius 100.
    static Mesh sphere() {
        Mesh mesh = icosahedron();
        mesh.points.rowwise().normalize();
        for (int level = 0; level < 2; ++level)
            mesh = refined(mesh);
        mesh.points *= 100;
        return mesh;
    }

private:
    static double score(int step, int subject, int layer, int vertex) {
        const int hemisphere = vertex / side, area = vertex % side / 7;
        const double random = 0.002 * noise({step, subject, layer, vertex});
        if (area == areas)
            return random;
        if (area == 21 && hemisphere == 0)
            return std::numeric_limits<double>::quiet_NaN();
        const auto trained = static_cast<double>(steps[static_cast<std::size_t>(step)]);
        const double growth = (trained + 20.0) / (trained + half(area, hemisphere));
        const double away = (depths[static_cast<std::size_t>(layer)] - depths[layerOf(area, hemisphere)]) / 0.4;
        return amplitude(area, hemisphere) * growth / (1 + away * away) + random;
    }

    static Mesh refined(const Mesh& mesh) {
        std::vector<Eigen::RowVector3f> points;
        for (const auto& point : mesh.points.rowwise())
            points.emplace_back(point);
        std::map<std::pair<int, int>, int> middles;
        const auto middle = [&](int a, int b) {
            const auto [place, added] =
                middles.try_emplace(std::pair(std::min(a, b), std::max(a, b)), static_cast<int>(points.size()));
            if (added)
                points.emplace_back(
                    (points[static_cast<std::size_t>(a)] + points[static_cast<std::size_t>(b)]).normalized());
            return place->second;
        };
        std::vector<std::array<int, 3>> faces;
        for (const auto& face : mesh.faces.rowwise()) {
            const int ab = middle(face[0], face[1]), bc = middle(face[1], face[2]), ca = middle(face[2], face[0]);
            faces.insert(faces.end(), {{face[0], ab, ca}, {ab, face[1], bc}, {ca, bc, face[2]}, {ab, bc, ca}});
        }
        Mesh finer{RowMatrix<float>(static_cast<Eigen::Index>(points.size()), 3),
                   RowMatrix<std::int32_t>(static_cast<Eigen::Index>(faces.size()), 3)};
        for (std::size_t i = 0; i < points.size(); ++i)
            finer.points.row(static_cast<Eigen::Index>(i)) = points[i];
        for (std::size_t i = 0; i < faces.size(); ++i)
            finer.faces.row(static_cast<Eigen::Index>(i)) << faces[i][0], faces[i][1], faces[i][2];
        return finer;
    }

    void writeTemplate() const {
        writeFreeSurferTemplate(m_folder / "template/surf", sphere(), {"white", "pial", "sphere"});
        const auto text = [](const std::string& word) {
            return bigEndian(static_cast<std::int32_t>(word.size() + 1)) + word + '\0';
        };
        std::string bytes = bigEndian(side);
        for (int vertex = 0; vertex < side; ++vertex)
            bytes += bigEndian(vertex) + bigEndian(vertex / 7 + 1);
        bytes += bigEndian(1) + bigEndian(-2) + bigEndian(areas + 1) + text("table") + bigEndian(areas + 1);
        for (std::int32_t area = 0; area <= areas; ++area)
            bytes += bigEndian(area) + text(area == areas ? "???" : areaName(area)) + bigEndian(area + 1) +
                     bigEndian(0) + bigEndian(0) + bigEndian(0);
        for (const char* hemisphere : {"lh", "rh"})
            writeBytes(m_folder / "template/label" / (std::string(hemisphere) + ".HCP-MMP1.annot"), bytes);
    }

    void writeHead(Hdf5File& out) const {
        nlohmann::json study{{"format", "brainlike-study"},
                             {"version", 1},
                             {"models", {{{"id", models[0]}}, {{"id", models[1]}}}},
                             {"rois", {{{"name", "front"}, {"areas", {"A01", "A02"}}}}}};
        for (int area = 4; area < areas; area += 2)
            study["rois"].push_back({{"name", "R" + std::to_string(area)}, {"areas", {areaName(area)}}});
        out.writeStringAttribute("/", "format", scoresFormat);
        out.writeAttribute<std::int64_t>("/", "version", scoresVersion);
        out.writeStringAttribute("/", "study", study.dump());
        out.writeStringAttribute("/", "name", "planted");
        out.writeStringAttribute("/", "template", (m_folder / "template").string());
        for (int subject = 0; subject < subjects; ++subject) {
            const auto group = recordingGroup("s" + std::to_string(subject));
            out.createGroup(group);
            out.writeAttribute<std::int64_t>(group, "images", images);
            out.write<std::int64_t>(group + "/vertex_counts", {2}, std::array<std::int64_t, 2>{side, side});
        }
    }

    static void writeModel(Hdf5File& out, const std::string& id) {
        constexpr auto fmri = RecordingKind::Fmri;
        constexpr std::size_t vertices = 2 * side, layers = depths.size();
        out.createGroup(modelGroup(id));
        out.writeStringAttribute(modelGroup(id), "image_type", id == "one" ? "photographs" : "cells");
        out.write<std::int64_t>(modelGroup(id) + "/steps", {steps.size()}, steps);
        out.writeStrings(modelGroup(id) + "/layer_names", std::vector<std::string>{"l0", "l1", "l2", "l3", "l4"});
        out.write<double>(modelGroup(id) + "/layer_depths", {layers}, depths);
        for (const char* what : {"encoding_fmri", "encoding_meg", "spatial", "temporal"})
            out.write<double>(summaryGroup(id) + "/" + what, {steps.size()}, std::vector<double>(steps.size(), 0.1));
        out.createChunked<float>(scoreDataset(fmri, id), {steps.size(), subjects, layers, vertices},
                                 {1, 1, 1, vertices}, 0);
        out.writeStringsAttribute(scoreDataset(fmri, id), "recordings", std::vector<std::string>{"s0", "s1", "s2"});
        for (const char* what : {"mean", "sem", "t", "p", "q"})
            out.createChunked<float>(groupDataset(fmri, id, what), {steps.size(), layers, vertices}, {1, 1, vertices},
                                     0);
        for (const char* what : {"best_score", "margin", "agreement"})
            out.createChunked<float>(groupDataset(fmri, id, what), {steps.size(), vertices}, {1, vertices}, 0);
        out.createChunked<std::int16_t>(groupDataset(fmri, id, "best_layer"), {steps.size(), vertices}, {1, vertices},
                                        -1);
        for (std::size_t step = 0; step < steps.size(); ++step)
            writeStep(out, id, step);
    }
    static void writeStep(Hdf5File& out, const std::string& id, std::size_t step) {
        constexpr auto fmri = RecordingKind::Fmri;
        constexpr std::size_t vertices = 2 * side, layers = depths.size();
        std::vector<LayerScores> recordings;
        for (std::size_t subject = 0; subject < subjects; ++subject) {
            LayerScores scores(layers, vertices);
            for (int layer = 0; layer < scores.rows(); ++layer)
                for (int vertex = 0; vertex < scores.cols(); ++vertex)
                    scores(layer, vertex) =
                        static_cast<float>(score(static_cast<int>(step), static_cast<int>(subject), layer, vertex));
            out.writeBlock<float>(scoreDataset(fmri, id), {step, subject, 0, 0}, {1, 1, layers, vertices},
                                  {scores.data(), layers * vertices});
            recordings.push_back(scores);
        }
        const auto group = groupMaps(recordings, images);
        const auto best = bestLayerMap(group.mean, recordings);
        for (const auto& [what, map] : {std::pair("mean", &group.mean), std::pair("q", &group.q)})
            out.writeBlock<float>(groupDataset(fmri, id, what), {step, 0, 0}, {1, layers, vertices},
                                  {map->data(), layers * vertices});
        out.writeBlock<std::int16_t>(groupDataset(fmri, id, "best_layer"), {step, 0}, {1, vertices}, best.layer);
        out.writeBlock<float>(groupDataset(fmri, id, "best_score"), {step, 0}, {1, vertices}, best.score);
    }

    std::filesystem::path m_folder;
};

} // namespace brainlike::test
