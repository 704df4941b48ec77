#pragma once

#include "core/session/CameraChoice.h"
#include "core/session/ColorChoice.h"
#include "core/session/MapContent.h"
#include "core/session/RegionChoice.h"
#include "core/session/StackedMap.h"
#include "core/study/TimeWindow.h"
#include "core/surface/Hemisphere.h"

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// What is being looked at: one value, shared by every panel, the command line, sessions and undo. Names, not indices,
/// so that it survives a change of study where the names exist.
struct Selection : ColorChoice {
    std::string model;                    ///< model id; empty: none
    std::int64_t step = 0;                ///< an exact checkpoint of the model
    std::optional<std::string> layer;     ///< layer name; nothing: the best layer of each vertex
    /// One subject, by the id of a recording of it: its fMRI, or its MEG where it has no fMRI. Views of either kind
    /// show that subject's recording of theirs. Nothing: the group mean.
    std::optional<std::string> recording;
    MapKind map = MapKind::Score;
    std::string importedMap;             ///< name of the map of a file that MapKind::Imported shows
    std::string property = "expansion";  ///< what MapKind::Property shows: a published one, or files
    bool areaMeans = false;              ///< scores and their differences as means of areas
    std::optional<VertexId> vertex;      ///< the picked vertex
    std::optional<double> time;          ///< MEG time, s
    std::vector<std::string> sensors;    ///< MEG channels to average over; empty: all
    std::vector<std::string> images;     ///< ids of images that were brushed; empty: none
    std::optional<std::vector<TimeWindow>> windows; ///< MEG windows; nothing: the study's
    std::string surface = "inflated";    ///< or a place between two: "pial+0.5"
    std::string cameraPreset = "four-view"; ///< four-view, left, right, dorsal, ventral
    bool linkedCameras = true;           ///< panels turn and grow together
    std::vector<CameraChoice> cameras;   ///< a panel of the preset each; one: of all; none: as the preset
    double gap = 8;                      ///< between hemispheres shown in one panel, mm
    std::string underlay = "soft";       ///< greys of the surface: soft, binary, depth or plain
    bool outlines = true;
    RegionChoice regions; ///< areas and regions of interest, and how they show
    Difference difference;               ///< B: what maps of differences subtract, and panels compare with
    bool isCompared = false;             ///< every panel shows B and A − B beside A
    Significance significance = Significance::Ignore;
    std::string significanceMap; ///< of a map of a file: name of the map with its p or q values; empty: none
    std::string colorVision; ///< protanopia, deuteranopia or tritanopia: colours as seen with it; empty: all
    /// Colour choices of kinds that are not shown, of those that differ from a fresh one; scores and best layers share
    /// theirs.
    std::map<MapKind, ColorChoice> otherColors;
    MapPlacement placement;        ///< of the map itself, which lies below all others
    std::vector<StackedMap> stack; ///< further maps, lowest first

    friend bool operator==(const Selection&, const Selection&) = default;
};

/// Changes the kind of map. Range, threshold and colours are in a unit: each kind keeps its own.
void showMap(Selection& selection, MapKind kind);

/// Chooses where the brain is seen from, as the preset has it.
void showPreset(Selection& selection, std::string preset);
/// Links cameras, which brings all to the first one's place, or frees them.
void linkCameras(Selection& selection, bool linked);

/// Shows a property: each has a unit of its own, so colours of another one begin afresh.
void showProperty(Selection& selection, std::string property);

/// What one map of the stack shows, as a selection without a stack: what it leaves open is taken from `selection`.
[[nodiscard]] Selection selectionFor(const Selection& selection, const StackedMap& map);
/// Of the first map: the selection without its stack.
[[nodiscard]] Selection firstMapOf(const Selection& selection);

[[nodiscard]] nlohmann::json toJson(const Selection& selection);
/// @throws FormatError naming the JSON pointer of what is wrong; unknown keys are ignored
[[nodiscard]] Selection selectionFromJson(const nlohmann::json& json);

} // namespace brainlike
