#pragma once

#include "core/session/ColorChoice.h"
#include "core/study/TimeWindow.h"
#include "core/surface/Hemisphere.h"

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// Which quantity the cortex shows.
enum class MapKind {
    Score,
    BestLayer,
    Imported,   ///< a map of a file, by its name
    HalfTime,   ///< of each vertex's score over training
    Difference, ///< of two scores
    TValue,     ///< of the group's scores against zero
    QValue      ///< its Benjamini–Hochberg q, as −log10 q
};

/// What the group's q values do to a map.
enum class Significance {
    Ignore,
    Hide, ///< vertices with q of 0.01 or more are not coloured
    Fade  ///< colours grow opaque from q = 1 to q = 0.01, with −log10 q
};

/// What a map of differences is taken from.
enum class DifferenceBase {
    FirstStep,    ///< the model's first checkpoint
    PreviousStep, ///< the checkpoint before the one selected
    Model,        ///< another model, at its checkpoint nearest in log step
    Layer         ///< another layer of the same model
};

/// B of A − B.
struct Difference {
    DifferenceBase base = DifferenceBase::FirstStep;
    std::string name; ///< of the model or layer; empty: the first other one
    friend bool operator==(const Difference&, const Difference&) = default;
};

/// What is being looked at: one value, shared by every panel, the command line, sessions and undo. Names, not indices,
/// so that it survives a change of study where the names exist.
struct Selection : ColorChoice {
    std::string model;                    ///< model id; empty: none
    std::int64_t step = 0;                ///< an exact checkpoint of the model
    std::optional<std::string> layer;     ///< layer name; nothing: the best layer of each vertex
    std::optional<std::string> recording; ///< one subject's fMRI recording id; nothing: the group mean
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
    Difference difference;
    Significance significance = Significance::Ignore;
    std::string colorVision; ///< protanopia, deuteranopia or tritanopia: colours as seen with it; empty: all
    /// Colour choices of kinds that are not shown, of those that differ from a fresh one; scores and best layers share
    /// theirs.
    std::map<MapKind, ColorChoice> otherColors;

    friend bool operator==(const Selection&, const Selection&) = default;
};

/// Changes the kind of map. Range, threshold and colours are in a unit: each kind keeps its own.
void showMap(Selection& selection, MapKind kind);

/// "score", "best-layer", "half-time", "difference", "t", "q", "imported".
[[nodiscard]] const char* nameOf(MapKind kind);
/// @throws FormatError listing the names
[[nodiscard]] MapKind mapKindFrom(const std::string& name);

[[nodiscard]] nlohmann::json toJson(const Selection& selection);
/// @throws FormatError naming the JSON pointer of what is wrong; unknown keys are ignored
[[nodiscard]] Selection selectionFromJson(const nlohmann::json& json);

} // namespace brainlike
