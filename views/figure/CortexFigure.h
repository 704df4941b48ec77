#pragma once

#include "core/base/JobContext.h"
#include "core/session/Selection.h"
#include "core/study/ScoreSource.h"

#include <QImage>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace brainlike {

/// What a figure of the cortex is made of.
struct CortexFigureOptions {
    Selection selection;
    double widthMm = 180;
    std::optional<double> heightMm; ///< nothing: as high as the brains need
    double dpi = 300;
    std::string templateName; ///< name or folder; empty: the source's
    std::string colorMap;     ///< a name or a file; empty: the selection's, or what goes with the map
    bool dark = false;
    nlohmann::json study; ///< identity for the recipe; null: what the source's index says
};

/// Draws the cortex of a selection as the window does, with labels and colour bar, without a display: scores, or a map
/// of a file.
/// @returns round(widthMm / 25.4 · dpi) pixels wide, with its resolution and its recipe (text "brainlike")
/// @throws NotFoundError for a missing template or for scores that are not computed; ShapeError if the scores do not
///         fit the template; ValueError for impossible sizes; Error without EGL; CancelledError
[[nodiscard]] QImage drawCortexFigure(const ScoreSource& source, const CortexFigureOptions& options,
                                      JobContext& context);

/// Draws and writes a PNG, SVG or PDF by the file's suffix, with the recipe (CONTRACT "Recipe"). SVG and PDF hold the
/// brain as an image of the wanted resolution; text, colour bar and outlines are vectors, outlines without what the
/// brain hides.
/// @throws as drawCortexFigure and checkFigureName; FileError if it cannot be written
void writeCortexFigure(const ScoreSource& source, const CortexFigureOptions& options, const std::filesystem::path& file,
                       JobContext& context);

/// @throws UsageError for a suffix other than .png, .svg and .pdf, in any case
void checkFigureName(const std::filesystem::path& file);

/// Text needs an application object: makes one that needs no display, unless there is one already. Call it on the main
/// thread; the figure functions do it themselves.
void prepareFigures();

} // namespace brainlike
