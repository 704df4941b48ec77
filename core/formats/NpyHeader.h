#pragma once

#include "core/formats/ArrayInfo.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace brainlike {

/// What an NPY file says of itself before the values.
struct NpyHeader {
    ArrayInfo info;
    std::size_t itemSize = 0; ///< bytes a value
    std::size_t itemCount = 0;
    std::size_t dataOffset = 0; ///< byte at which the values begin
    bool isBigEndian = false;
    bool isFortranOrder = false;
    bool isUnicode = false; ///< strings of four bytes a character; else of one
};

/// Reads and checks the header, and that the file is exactly as long as the header says.
/// @throws NotFoundError, FileError, FormatError naming the byte
[[nodiscard]] NpyHeader readNpyHeader(const std::filesystem::path& path);

/// The bytes numpy.save writes before the values (version 1.0, C order, little-endian).
[[nodiscard]] std::string npyHeaderBytes(const ArrayInfo& info);

} // namespace brainlike
