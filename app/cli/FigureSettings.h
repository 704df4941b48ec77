#pragma once

#include "core/study/ScoreSource.h"
#include "views/figure/CortexFigure.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// What `--set key=value` says of a figure. Names of models, layers and subjects are checked against the file later.
struct FigureSettings {
    CortexFigureOptions options;
    std::optional<std::string> model, layer, subject;
    std::optional<std::string> mapName;             ///< of a map of a file
    std::vector<std::filesystem::path> regionFiles; ///< regions of interest to outline
    std::vector<std::filesystem::path> files;       ///< what may be the name of a file among the values
    bool isSurfaceGiven = false;
    std::optional<std::int64_t> step; ///< nothing: the last
};

/// Reads the keys template, surface, layout, map, minus (what a difference is taken from: first-step, previous-step,
/// step:N, model:ID, layer:NAME, subject:S), compare (the same, or off: A, B and A − B beside each other), model, step,
/// layer, subject, range, range-rule, symmetric, threshold, significance, significance-map, colormap (a name or a
/// file), vision, outlines, parcellation, areas, regions (files), names, isolate, contour, theme and vertex.
/// @throws UsageError for an unknown key or a value that cannot be
[[nodiscard]] FigureSettings figureSettings(const std::vector<std::string>& assignments);

/// The selection that settings make of a file's scores.
/// @throws NotFoundError naming what there is, for a model, step, layer or subject that the file does not have
[[nodiscard]] Selection selectionOf(const FigureSettings& settings, const ScoreIndex& index);

} // namespace brainlike
