#pragma once

#include "core/surface/Parcellation.h"

#include <filesystem>
#include <string_view>

namespace brainlike {

/// Reads a FreeSurfer annotation (.annot) with its colour table, version 2 or the older one. Areas come in the order of
/// the table; vertices whose colour the table lacks, or that the file leaves out, have no label (−1).
/// @throws NotFoundError, FileError, FormatError naming the byte
[[nodiscard]] Annotation readFreeSurferAnnotation(const std::filesystem::path& path);

/// Writes an annotation with a colour table of version 2. Vertices are told by colours, so that areas of a colour that
/// another one has already, or black, get the nearest that is free; the line that tells where the table came from keeps
/// theirs. Names are written as they are, and read as they are from a table that this function wrote.
/// @throws FileError
void writeFreeSurferAnnotation(const std::filesystem::path& path, const Annotation& annotation);

/// Whether bytes are an annotation that writeFreeSurferAnnotation wrote.
[[nodiscard]] bool isOwnAnnotation(std::string_view bytes);

} // namespace brainlike
