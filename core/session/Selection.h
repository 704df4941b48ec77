#pragma once

#include "core/study/TimeWindow.h"
#include "core/surface/Hemisphere.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// Which quantity the cortex shows.
enum class MapKind {
    Score,
    BestLayer,
    Imported ///< a map of a file, by its name
};

/// Range and threshold of the colour scale; both ends included.
struct ColorRange {
    double low = 0;
    double high = 1;
    friend bool operator==(const ColorRange&, const ColorRange&) = default;
};

/// What is being looked at: one value, shared by every panel, the command line, sessions and undo. Names, not indices,
/// so that it survives a change of study where the names exist.
struct Selection {
    std::string model;                   ///< model id; empty: none
    std::int64_t step = 0;               ///< an exact checkpoint of the model
    std::optional<std::string> layer;    ///< layer name; nothing: the best layer of each vertex
    std::optional<std::string> recording;///< one subject's fMRI recording id; nothing: the group mean
    MapKind map = MapKind::Score;
    std::string importedMap;             ///< name of the map of a file that MapKind::Imported shows
    std::optional<VertexId> vertex;      ///< the picked vertex
    std::optional<double> time;          ///< MEG time, s
    std::vector<std::string> sensors;    ///< MEG channels to average over; empty: all
    std::optional<std::vector<TimeWindow>> windows; ///< MEG windows; nothing: the study's
    std::string surface = "inflated";    ///< or a place between two: "pial+0.5"
    std::string cameraPreset = "four-view"; ///< four-view, left, right, dorsal, ventral
    bool linkedCameras = true;           ///< panels turn and grow together
    double gap = 8;                      ///< between hemispheres shown in one panel, mm
    std::string underlay = "soft";       ///< greys of the surface: soft, binary, depth or plain
    bool outlines = true;
    std::optional<ColorRange> range;     ///< nothing: the range of the whole study, fixed over steps
    double threshold = 0;                ///< scores below are not coloured

    friend bool operator==(const Selection&, const Selection&) = default;
};

[[nodiscard]] nlohmann::json toJson(const Selection& selection);
/// @throws FormatError naming the JSON pointer of what is wrong; unknown keys are ignored
[[nodiscard]] Selection selectionFromJson(const nlohmann::json& json);

} // namespace brainlike
