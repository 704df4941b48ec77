#pragma once

#include "core/formats/ArrayInfo.h"
#include "core/study/Study.h"

#include <string>

namespace brainlike {

// Names in scores.h5 (CONTRACT "scores.h5"), for its writer and its reader.

inline constexpr const char* scoresFormat = "brainlike-scores";
inline constexpr std::int64_t scoresVersion = 1;

[[nodiscard]] inline std::string modelGroup(const std::string& model) {
    return "/models/" + model;
}
[[nodiscard]] inline std::string recordingGroup(const std::string& recording) {
    return "/recordings/" + recording;
}
[[nodiscard]] inline std::string summaryGroup(const std::string& model) {
    return "/summary/" + model;
}
/// [S, recording, K, dimension…]
[[nodiscard]] inline std::string scoreDataset(RecordingKind kind, const std::string& model) {
    return "/" + std::string(nameOf(kind)) + "/" + model + "/score";
}
/// `mean`, `sem`, `t`, `p`, `q` [S, K, dimension…]; `best_layer`, `best_score`, `margin`, `agreement` [S, dimension…]
[[nodiscard]] inline std::string groupDataset(RecordingKind kind, const std::string& model, const char* what) {
    return "/" + std::string(nameOf(kind)) + "/" + model + "/group/" + what;
}

/// `first` axes followed by `last` ones.
[[nodiscard]] inline Shape joined(Shape first, const Shape& last) {
    first.insert(first.end(), last.begin(), last.end());
    return first;
}

} // namespace brainlike
