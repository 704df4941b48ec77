#include "core/study/MergeMemory.h"

#include <algorithm>

namespace brainlike {
namespace {

constexpr double blockBytes = 8.0 * 1024 * 1024;
constexpr int smallestBlock = 1024;
/// Names, files and what the file format's library keeps.
constexpr double small = 4.0 * 1024 * 1024;

/// What a dimension of one layer takes besides its recordings: five maps, and their statistics in double.
constexpr double mapBytes = 5 * 4 + 4 * 8;
/// Ordering the p values.
constexpr double orderBytes = 4 * 8;
/// A part while it is read: its bytes, and its scores.
constexpr double partBytes = 2 * 4;

/// Sums over repeated images, and the ceiling.
constexpr double ceilingBytes = 16 * 8;

double mostLayers(const StudyOutline& outline) {
    std::size_t most = 0;
    for (const auto& model : outline.study.models)
        most = std::max(most, model.layers.size());
    return static_cast<double>(most);
}

} // namespace

int bestLayerBlock(int recordings, int layers) {
    const double each = 4.0 * std::max(recordings, 1) * std::max(layers, 1);
    return std::max(smallestBlock, static_cast<int>(blockBytes / each));
}

double mergeTaskBytes(const StudyOutline& outline) {
    const auto& options = outline.study.encoding;
    const double alphas = options.lambdaMode == LambdaMode::PerTarget ? 2.0 * 2 * options.outer.count : 0;
    double most = 0;
    for (const auto kind : {RecordingKind::Fmri, RecordingKind::Meg}) {
        const auto recordings = static_cast<double>(outline.recordings(kind).size());
        most = std::max(most, outline.dimensions(kind) * (4 * recordings + mapBytes + orderBytes + partBytes + alphas));
    }
    return most + small;
}

double mergeSharedBytes(const StudyOutline& outline) {
    const double layers = mostLayers(outline);
    double most = 0;
    for (const auto kind : {RecordingKind::Fmri, RecordingKind::Meg}) {
        const auto recordings = static_cast<double>(outline.recordings(kind).size());
        const auto dimensions = static_cast<double>(outline.dimensions(kind));
        const double block = std::min(
            dimensions, static_cast<double>(bestLayerBlock(static_cast<int>(recordings), static_cast<int>(layers))));
        // the noise ceiling is told before, from less than that:
        most = std::max(most, ceilingBytes * dimensions);
        // the group means, the best layers with margin and agreement, and a block of every recording's scores
        most = std::max(most, dimensions * (4 * layers + 2 * 14) + block * (8 * recordings * layers + 16 * layers));
    }
    return most + small;
}

} // namespace brainlike
