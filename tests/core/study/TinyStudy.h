#pragma once

#include "core/formats/NpyFile.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace brainlike::test {

/// A study on disk that is encoded in a moment: 1 model of 3 layers and 3 checkpoints, 40 images, two fMRI recordings
/// on a template of two small spheres with four areas a hemisphere, one MEG recording of 4 channels × 6 times. The
/// second fMRI recording has its rows in another order; the third layer's features explain the last vertices, the first
/// layer's the first ones.
class TinyStudy {
public:
    static constexpr int imageCount = 40;
    static constexpr int featureCount = 6;
    static constexpr int layerCount = 3;
    static constexpr std::array<std::int64_t, 3> steps{0, 100, 1000};

    explicit TinyStudy(std::filesystem::path folder) : m_folder(std::move(folder)) {
        makeSphere();
        makeTemplate();
        makeFeatures();
        makeResponses();
        resetJson();
        writeJson();
    }

    [[nodiscard]] std::filesystem::path file() const { return m_folder / "study.json"; }
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
    [[nodiscard]] int vertexCount() const { return 2 * static_cast<int>(m_points.size()); }
    nlohmann::json json; ///< change it, then writeJson()

    void writeJson() const { std::ofstream(file()) << json.dump(1); }

    [[nodiscard]] std::string featureFile(std::size_t checkpoint, int layer) const {
        return "features/" + std::to_string(steps[checkpoint]) + "-layer" + std::to_string(layer) + ".npy";
    }
    [[nodiscard]] const std::vector<float>& features(std::size_t checkpoint, int layer) const {
        return m_features.at({checkpoint, layer});
    }

private:
    using Point = std::array<double, 3>;

    void makeSphere() {
        m_points = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
        m_faces = {{0, 2, 4}, {2, 1, 4}, {1, 3, 4}, {3, 0, 4}, {2, 0, 5}, {1, 2, 5}, {3, 1, 5}, {0, 3, 5}};
        for (int i = 0; i < 2; ++i)
            refineSphere();
    }
    void refineSphere() {
        std::map<std::pair<int, int>, int> middles;
        const auto middle = [&](int a, int b) {
            const auto [place, added] =
                middles.try_emplace(std::pair(std::min(a, b), std::max(a, b)), static_cast<int>(m_points.size()));
            if (added)
                m_points.push_back(
                    between(m_points[static_cast<std::size_t>(a)], m_points[static_cast<std::size_t>(b)]));
            return place->second;
        };
        std::vector<std::array<int, 3>> finer;
        for (const auto& [a, b, c] : m_faces) {
            const int ab = middle(a, b), bc = middle(b, c), ca = middle(c, a);
            finer.insert(finer.end(), {{a, ab, ca}, {ab, b, bc}, {ca, bc, c}, {ab, bc, ca}});
        }
        m_faces = finer;
    }
    static Point between(const Point& a, const Point& b) {
        const Point sum{a[0] + b[0], a[1] + b[1], a[2] + b[2]};
        const double length = std::hypot(sum[0], sum[1], sum[2]);
        return {sum[0] / length, sum[1] / length, sum[2] / length};
    }

    static void writeNumber(std::ofstream& stream, std::uint32_t value) {
        for (const int shift : {24, 16, 8, 0})
            stream.put(static_cast<char>(value >> static_cast<unsigned>(shift)));
    }
    void makeTemplate() const {
        for (const char* part : {"template/surf", "template/label", "features", "responses"})
            std::filesystem::create_directories(m_folder / part);
        for (const std::string side : {"lh", "rh"}) {
            for (const std::string surface : {"pial", "white"})
                writeSurface(m_folder / ("template/surf/" + side + "." + surface), side == "lh" ? -60 : 60);
            writeAnnotation(m_folder / ("template/label/" + side + ".HCP-MMP1.annot"), side == "lh" ? "L_" : "R_");
        }
    }
    void writeSurface(const std::filesystem::path& file, double x) const {
        std::ofstream stream(file, std::ios::binary);
        stream << "\xff\xff\xfe"
               << "created by a test\n\n";
        writeNumber(stream, static_cast<std::uint32_t>(m_points.size()));
        writeNumber(stream, static_cast<std::uint32_t>(m_faces.size()));
        for (const auto& point : m_points)
            for (std::size_t axis = 0; axis < 3; ++axis)
                writeNumber(stream,
                            std::bit_cast<std::uint32_t>(static_cast<float>(50 * point[axis] + (axis == 0 ? x : 0))));
        for (const auto& face : m_faces)
            for (const int corner : face)
                writeNumber(stream, static_cast<std::uint32_t>(corner));
    }
    /// Four areas along the first axis: V1 behind, then V2, MT, IFSp.
    void writeAnnotation(const std::filesystem::path& file, const std::string& prefix) const {
        static constexpr std::array areas{"V1", "V2", "MT", "IFSp"};
        std::ofstream stream(file, std::ios::binary);
        writeNumber(stream, static_cast<std::uint32_t>(m_points.size()));
        for (std::size_t vertex = 0; vertex < m_points.size(); ++vertex) {
            writeNumber(stream, static_cast<std::uint32_t>(vertex));
            writeNumber(stream, static_cast<std::uint32_t>(10 + areaOf(vertex)));
        }
        for (const int value : {1, -2, 4})
            writeNumber(stream, static_cast<std::uint32_t>(value));
        writeNumber(stream, 5);
        stream.write("test", 5);
        writeNumber(stream, 4);
        for (std::uint32_t area = 0; area < 4; ++area) {
            const std::string name = prefix + areas[area] + "_ROI";
            writeNumber(stream, area);
            writeNumber(stream, static_cast<std::uint32_t>(name.size() + 1));
            stream.write(name.c_str(), static_cast<std::streamsize>(name.size() + 1));
            for (const std::uint32_t value : {10 + area, 0U, 0U, 0U})
                writeNumber(stream, value);
        }
    }
    /// 0 … 3 from back to front; never empty.
    [[nodiscard]] int areaOf(std::size_t vertex) const {
        const double y = m_points[vertex][1];
        return y < -0.5 ? 0 : y < 0.01 ? 1 : y < 0.6 ? 2 : 3;
    }

    [[nodiscard]] float noise() { return static_cast<float>(m_normal(m_random)); }

    void makeFeatures() {
        for (std::size_t checkpoint = 0; checkpoint < steps.size(); ++checkpoint)
            for (int layer = 0; layer < layerCount; ++layer) {
                std::vector<float> values(imageCount * featureCount);
                for (auto& value : values)
                    value = noise();
                const Shape shape{imageCount, featureCount};
                writeNpy<float>(m_folder / featureFile(checkpoint, layer), shape, values);
                m_features[{checkpoint, layer}] = values;
            }
    }
    /// images × dimensions; `layerOf(dimension)` of the last checkpoint explains it.
    template <typename LayerOf>
    std::vector<float> responsesOf(int dimensions, LayerOf layerOf) {
        std::vector<float> responses(static_cast<std::size_t>(imageCount * dimensions));
        for (int d = 0; d < dimensions; ++d) {
            const auto& source = features(steps.size() - 1, layerOf(d));
            std::array<float, featureCount> weights{};
            for (auto& weight : weights)
                weight = noise();
            for (int image = 0; image < imageCount; ++image) {
                const auto row = source.begin() + static_cast<std::ptrdiff_t>(image) * featureCount;
                responses[static_cast<std::size_t>(image * dimensions + d)] =
                    std::inner_product(weights.begin(), weights.end(), row, 0.0F) + 0.7F * noise();
            }
        }
        return responses;
    }
    void makeResponses() {
        const int vertices = vertexCount();
        const auto layerOf = [this](int vertex) {
            const int area = areaOf(static_cast<std::size_t>(vertex) % m_points.size());
            return area == 0 ? 0 : area == 3 ? 2 : 1;
        };
        auto first = responsesOf(vertices, layerOf);
        for (int image = 0; image < imageCount; ++image)
            first[static_cast<std::size_t>(image * vertices + 5)] = 3; // a vertex without signal
        writeNpy<float>(m_folder / "responses/s1.npy", Shape{imageCount, static_cast<std::size_t>(vertices)}, first);
        auto second = responsesOf(vertices, layerOf);
        std::ofstream images(m_folder / "responses/s2-images.txt");
        std::vector<float> reversed;
        for (int image = imageCount - 1; image >= 0; --image) {
            images << "image" << image << '\n';
            const auto row = second.begin() + static_cast<std::ptrdiff_t>(image) * vertices;
            reversed.insert(reversed.end(), row, row + vertices);
        }
        writeNpy<float>(m_folder / "responses/s2.npy", Shape{imageCount, static_cast<std::size_t>(vertices)}, reversed);
        writeNpy<float>(m_folder / "responses/m1.npy", Shape{imageCount, 4, 6},
                        responsesOf(24, [](int d) { return (d % 6) / 2; }));
        std::ofstream(m_folder / "responses/channels.csv")
            << "name,x,y,z\nA,0.1,0,0\nB,0,0.1,0\nC,-0.1,0,0\nD,0,-0.1,0.05\n";
        writeNpy<double>(m_folder / "responses/times.npy", Shape{6}, std::vector<double>{-0.1, 0, 0.1, 0.2, 0.3, 0.4});
    }

public:
    /// The study as it is described at first.
    void resetJson() {
        json = {{"format", "brainlike-study"},
                {"version", 1},
                {"name", "tiny"},
                {"template", {{"name", "./template"}}},
                {"encoding", {{"alphas", "0:4:5"}, {"outer_folds", 4}, {"inner_folds", 3}}},
                {"models", nlohmann::json::array({modelJson()})},
                {"recordings",
                 {{{"id", "s1"}, {"subject", "one"}, {"kind", "fmri"}, {"responses", "responses/s1.npy"}},
                  {{"id", "s2"},
                   {"subject", "two"},
                   {"kind", "fmri"},
                   {"responses", "responses/s2.npy"},
                   {"images", "responses/s2-images.txt"}},
                  {{"id", "m1"},
                   {"subject", "one"},
                   {"kind", "meg"},
                   {"responses", "responses/m1.npy"},
                   {"channels", "responses/channels.csv"},
                   {"times", "responses/times.npy"}}}},
                {"images", {{"ids", nlohmann::json::array()}}}};
        for (int image = 0; image < imageCount; ++image)
            json["images"]["ids"].push_back("image" + std::to_string(image));
    }

private:
    static nlohmann::json modelJson() {
        nlohmann::json model{{"id", "vit"}, {"label", "A model"}, {"image_type", "natural"}, {"batch_size", 64}};
        for (int layer = 0; layer < layerCount; ++layer)
            model["layers"].push_back({{"name", "layer" + std::to_string(layer)}, {"depth", layer / 2.0}});
        for (const auto step : steps)
            model["checkpoints"].push_back(
                {{"step", step}, {"features", "features/" + std::to_string(step) + "-{layer}.npy"}});
        return model;
    }

    std::filesystem::path m_folder;
    std::mt19937 m_random{20251};
    std::normal_distribution<double> m_normal;
    std::vector<Point> m_points;
    std::vector<std::array<int, 3>> m_faces;
    std::map<std::pair<std::size_t, int>, std::vector<float>> m_features;
};

} // namespace brainlike::test
