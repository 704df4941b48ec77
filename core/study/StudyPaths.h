#pragma once

#include "core/study/Study.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace brainlike {

/// Where an array lies: an NPY (or text) file, or a dataset of an HDF5 file.
struct DataReference {
    std::filesystem::path file; ///< absolute
    std::string dataset;        ///< "/group/name"; empty for other files than HDF5
    friend bool operator==(const DataReference&, const DataReference&) = default;
};

/// Splits "file.h5:/dataset" at ":/" and resolves the file against the study's folder.
[[nodiscard]] DataReference dataReference(const Study& study, std::string_view reference);

/// Features of one layer at one checkpoint: `{layer}` is replaced by the layer's name.
[[nodiscard]] DataReference featuresOf(const Study& study, const StudyCheckpoint& checkpoint, const StudyLayer& layer);

/// Replaces every `{layer}` of a template.
[[nodiscard]] std::string expandLayer(std::string_view pathTemplate, std::string_view layerName);

} // namespace brainlike
