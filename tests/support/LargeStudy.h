#pragma once

#include "core/formats/NpyFile.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace brainlike::test {

/// A study of one or more MEG recordings whose responses are large in memory but quick to make: whole numbers of one
/// byte, of which the first features explain a part.
class LargeStudy {
public:
    int images = 400;
    int features = 12;
    int channels = 100;
    int times = 100;
    int recordings = 1;
    int layers = 2;
    bool precise = false;
    std::string mode = "global";

    [[nodiscard]] std::size_t targets() const {
        return static_cast<std::size_t>(channels) * static_cast<std::size_t>(times);
    }
    /// Bytes of one recording's responses in memory.
    [[nodiscard]] double responseBytes() const {
        return static_cast<double>(images) * static_cast<double>(targets()) * (precise ? 8 : 4);
    }

    /// Writes study.json and what it names. @returns the study file
    [[nodiscard]] std::filesystem::path write(const std::filesystem::path& folder) const {
        nlohmann::json json{
            {"format", "brainlike-study"},
            {"version", 1},
            {"name", "large"},
            {"encoding",
             {{"alphas", "0:4:3"}, {"outer_folds", 3}, {"inner_folds", 2}, {"lambda_mode", mode}, {"double", precise}}},
            {"images", {{"ids", nlohmann::json::array()}}}};
        for (int image = 0; image < images; ++image)
            json["images"]["ids"].push_back("image" + std::to_string(image));
        const auto signal = writeFeatures(folder, json);
        writeSensors(folder);
        for (int recording = 0; recording < recordings; ++recording)
            writeRecording(folder, recording, signal, json);
        std::ofstream(folder / "study.json") << json.dump(1);
        return folder / "study.json";
    }

private:
    using Bytes = std::vector<std::uint8_t>;

    /// 0 … 255, without a pattern.
    struct Noise {
        std::uint64_t state;
        std::uint8_t next() {
            state = state * 6364136223846793005U + 1442695040888963407U;
            return static_cast<std::uint8_t>(state >> 56U);
        }
    };

    [[nodiscard]] std::vector<int> writeFeatures(const std::filesystem::path& folder, nlohmann::json& json) const {
        nlohmann::json model{{"id", "vit"}};
        std::vector<int> signal(static_cast<std::size_t>(images));
        for (int layer = 0; layer < layers; ++layer) {
            Noise noise{static_cast<std::uint64_t>(layer) + 1};
            const std::string name = "layer" + std::to_string(layer);
            Bytes values(static_cast<std::size_t>(images) * static_cast<std::size_t>(features));
            for (auto& value : values)
                value = noise.next();
            if (layer == 0)
                for (std::size_t image = 0; image < signal.size(); ++image)
                    signal[image] = values[image * static_cast<std::size_t>(features)] / 2;
            writeNpy<std::uint8_t>(folder / (name + ".npy"),
                                   Shape{static_cast<std::size_t>(images), static_cast<std::size_t>(features)}, values);
            model["layers"].push_back({{"name", name}, {"depth", layers == 1 ? 0.0 : double(layer) / (layers - 1)}});
        }
        model["checkpoints"] = {{{"step", 10}, {"features", "{layer}.npy"}}};
        json["models"].push_back(model);
        return signal;
    }
    void writeSensors(const std::filesystem::path& folder) const {
        std::ofstream table(folder / "channels.csv");
        table << "name,x,y,z\n";
        for (int channel = 0; channel < channels; ++channel)
            table << 'C' << channel << ",0," << channel / 1000.0 << ",0\n";
        std::vector<double> seconds;
        for (int time = 0; time < times; ++time)
            seconds.push_back(time / 100.0);
        writeNpy<double>(folder / "times.npy", Shape{seconds.size()}, seconds);
    }
    void writeRecording(const std::filesystem::path& folder, int recording, const std::vector<int>& signal,
                        nlohmann::json& json) const {
        const std::string id = "m" + std::to_string(recording);
        Noise noise{static_cast<std::uint64_t>(recording) + 100};
        Bytes values;
        values.reserve(signal.size() * targets());
        for (const int part : signal)
            for (std::size_t target = 0; target < targets(); ++target)
                // 9: a channel and time without signal.
                values.push_back(static_cast<std::uint8_t>(
                    target % 50 == 7 ? 9 : part * static_cast<int>(target % 5) / 4 + noise.next() / 2));
        writeNpy<std::uint8_t>(
            folder / (id + ".npy"),
            Shape{signal.size(), static_cast<std::size_t>(channels), static_cast<std::size_t>(times)}, values);
        json["recordings"].push_back({{"id", id},
                                      {"subject", id},
                                      {"kind", "meg"},
                                      {"responses", id + ".npy"},
                                      {"channels", "channels.csv"},
                                      {"times", "times.npy"}});
    }
};

} // namespace brainlike::test
