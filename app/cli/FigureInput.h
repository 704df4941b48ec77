#pragma once

#include "views/figure/CortexFigure.h"

#include <filesystem>
#include <string>
#include <vector>

namespace brainlike {

/// True for HDF5 files, told by their first bytes.
/// @throws NotFoundError, FileError if the file cannot be read
[[nodiscard]] bool isHdf5(const std::filesystem::path& file);

/// Reads a map from NPY or GIFTI files: one with the values of both hemispheres, or one for the left and one for the
/// right.
/// @throws FormatError, ShapeError, NotFoundError
[[nodiscard]] FigureMap readFigureMap(const std::vector<std::filesystem::path>& files);

/// The template that has this many vertices, both hemispheres together: fsaverage5 or fsaverage.
/// @throws NotFoundError if it must be named
[[nodiscard]] std::string templateWith(std::size_t vertexCount);

} // namespace brainlike
