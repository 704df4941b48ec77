#pragma once

#include "core/stats/Bootstrap.h"
#include "core/tables/SetChoice.h"
#include "core/tables/TableExtras.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace brainlike {

/// What a row is of (CONTRACT "Tables").
enum class TableLevel { None, Model, Layer, Roi, Area, Vertex, Window };

/// "model", "layer", "roi", "area", "vertex", "window"; "" for None.
[[nodiscard]] std::string_view nameOf(TableLevel level);

/// Which table is wanted, and of what. Names are checked against the scores when the table is made.
struct TableRequest {
    std::string what;                        ///< "encoding"
    std::string level;                       ///< "roi"; empty: the table's first one
    std::optional<std::string> model;        ///< nothing: all
    std::optional<std::int64_t> step;        ///< one checkpoint; nothing: all
    bool onlyLastStep = false;               ///< each model's last one
    std::optional<std::string> subject;      ///< a subject or recording, "mean" (default), or "all": the mean and each
    std::optional<std::string> layer;        ///< a layer, "best" (default), "mean" over layers, or "all": best and each
    BootstrapOptions bootstrap;              ///< 0 resamples: no intervals; the seed is that of spins too
    std::optional<NormalisedAxis> normalise; ///< of the table encoding
    CompareChoice compare;                   ///< of the table compare
    PropertyChoice property;                 ///< of the table property
    SetChoice sets;                          ///< areas, ROIs and windows; those of the study unless chosen
};

} // namespace brainlike
