#pragma once

#include "core/base/JobContext.h"
#include "core/session/Selection.h"
#include "core/study/ScoreSource.h"

#include <QImage>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// What a figure of the cortex is made of.
struct CortexFigureOptions {
    Selection selection;
    double widthMm = 180;
    std::optional<double> heightMm; ///< nothing: as high as the brains need
    double dpi = 300;
    std::string templateName; ///< name or folder; empty: the study's
    std::string colorMap;     ///< a name or a file; empty: the selection's, or what goes with the map
    bool dark = false;
    nlohmann::json study; ///< identity for the recipe; null: what the source's index says
};

/// A map that does not come from a study: a value a vertex, left hemisphere then right.
struct FigureMap {
    std::string name; ///< title of its colour bar
    std::vector<float> values;
};

/// Draws the cortex of a selection as the window does, with labels and colour bar, without a display.
/// @returns round(widthMm / 25.4 · dpi) pixels wide, with its resolution and its recipe (text "brainlike")
/// @throws NotFoundError for a missing template or for scores that are not computed; ShapeError if the scores do not
///         fit the template; ValueError for impossible sizes; Error without EGL; CancelledError
[[nodiscard]] QImage drawCortexFigure(const ScoreSource& source, const CortexFigureOptions& options,
                                      JobContext& context);
/// The same for any map; `options.templateName` must be given.
[[nodiscard]] QImage drawCortexFigure(const FigureMap& map, const CortexFigureOptions& options, JobContext& context);

/// Writes a figure as a PNG with pHYs and the recipe as iTXt "brainlike" (CONTRACT "Recipe").
/// @throws UsageError for another suffix than .png; FileError if it cannot be written
void writeFigure(const QImage& figure, const std::filesystem::path& file);

/// Draws and writes.
void writeCortexFigure(const ScoreSource& source, const CortexFigureOptions& options, const std::filesystem::path& file,
                       JobContext& context);

/// Text needs an application object: makes one that needs no display, unless there is one already. Call it on the main
/// thread; the figure functions do it themselves.
void prepareFigures();

} // namespace brainlike
