#pragma once

#include "core/session/Selection.h"
#include "core/study/ScoreFile.h"
#include "core/study/TargetPrediction.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// Whose responses are shown.
enum class TargetKind {
    Vertex, ///< the picked one
    Area,   ///< the mean over the chosen areas, the current region of interest, or the area of the picked vertex
    Sensor  ///< a MEG sensor at the selected time
};

struct TargetRequest {
    TargetKind kind = TargetKind::Vertex;
    Selection selection;
    std::string recording; ///< of the kind's recordings; empty: the selected subject's, else the first
    std::shared_ptr<const ScoreSource> labels; ///< has the parcellations of chosen areas; null: the scores themselves
};

/// A target, and the responses to every image.
struct ShownTarget {
    UnitName unit;
    std::string modelLabel, subject;
    std::string name;         ///< of the area, region or sensor; of a vertex its area, if it has one
    bool isChosen = false;    ///< the areas, or the region, are those that are chosen, of both hemispheres
    int candidates = 0;       ///< sensors it was the highest of; 0: it was the only one
    bool isBestLayer = false; ///< the selection names no layer: this is the best one there
    std::optional<double> time;
    TargetPrediction prediction;
    double stored = 0;     ///< R that the scores hold; of an area the mean
    bool isCurrent = true; ///< the study's files are those that the scores were made from
    std::string cortexSubject;
    EncodeUnit cortexUnit;  ///< the fMRI unit whose errors can be mapped…
    bool hasCortex = false; ///< …if there is one
};

/// Names of what TargetKind::Area means by a selection: chosen areas, "V1, V2 and 3 more"; else the current region of
/// interest, where it holds the picked vertex or none is picked; empty: the area of the picked vertex.
[[nodiscard]] std::string chosenName(const Selection& selection);

/// Finds the target that a selection means, and fits it. Without a layer it is the best one: of the group, or of the
/// selected recording, as the cortex shows it; of an area that of the picked vertex, of chosen ones that of their mean
/// R.
///
/// @throws NotFoundError with one sentence of what to choose; what TargetPredictor throws
[[nodiscard]] ShownTarget readTarget(const ScoreFile& scores, const TargetPredictor& predictor,
                                     const TargetRequest& request, JobContext& job);

/// How much further off B's prediction is than A's, in standard deviations of each one's responses; a value an image of
/// A, NaN where B lacks it or a side has no prediction.
[[nodiscard]] std::vector<double> errorDifferences(const TargetPrediction& a, const TargetPrediction& b);

} // namespace brainlike
