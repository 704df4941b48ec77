#pragma once

#include "core/encoding/RidgeOptions.h"
#include "core/study/RecordingKind.h"
#include "core/study/TimeWindow.h"

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

struct StudyLayer {
    std::string name;
    double depth = 0; ///< relative depth, 0 first … 1 last
};

struct StudyCheckpoint {
    std::int64_t step = 0; ///< 0: untrained
    std::string features;  ///< path template with {layer}, or "file.h5:/dataset", relative to the study file
};

struct StudyModel {
    std::string id, label, family, imageType;
    std::optional<double> parameters, trainingImages, batchSize;
    std::vector<StudyLayer> layers;           ///< by ascending depth
    std::vector<StudyCheckpoint> checkpoints; ///< by ascending step
};

struct StudyRecording {
    std::string id, subject;
    RecordingKind kind = RecordingKind::Fmri;
    std::string responses; ///< NPY or "file.h5:/dataset": images × vertices, or images × channels × times
    std::string images;    ///< text or NPY file of image ids, a row each; empty: the study's own order
    std::string channels;  ///< MEG: CSV with name,x,y,z
    std::string times;     ///< MEG: NPY of seconds
    std::string mask;
};

/// A named set of vertices.
struct RoiDefinition {
    std::string name;
    std::vector<std::string> areas; ///< areas of the parcellation, both hemispheres
};

/// A study.json (CONTRACT "study.json"): what was recorded, which models, how to encode.
struct Study {
    std::filesystem::path file;
    std::string name;
    std::string templateName;
    RidgeOptions encoding;
    std::vector<RoiDefinition> rois; ///< METHODS 2's 15 by default
    std::vector<TimeWindow> windows; ///< METHODS 2's by default
    std::vector<StudyModel> models;
    std::vector<StudyRecording> recordings;
    std::vector<std::string> imageIds;
    std::string imageFolder;
    nlohmann::json json; ///< as read, for result files

    /// A path of the study file, made absolute.
    [[nodiscard]] std::filesystem::path resolve(const std::string& relative) const;
};

/// Reads and validates a study against `resources/schema/study.schema.json` and the rules the schema cannot say; all
/// problems are reported at once, each with its JSON pointer.
/// @throws FormatError, NotFoundError
[[nodiscard]] Study readStudy(const std::filesystem::path& file);

} // namespace brainlike
