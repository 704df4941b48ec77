#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace brainlike {

/// A whole file.
/// @throws NotFoundError, FileError, FormatError if it is larger than 2 GiB
[[nodiscard]] std::string readFileBytes(const std::filesystem::path& path);

/// The same, unpacked if it is gzipped (told by its first bytes, whatever its name).
/// @throws FormatError also if the packed data is damaged, cut, or unpacks to more than 1 GiB
[[nodiscard]] std::string readUnpackedBytes(const std::filesystem::path& path);

/// Unpacks zlib or gzip data.
/// @param limit  the most bytes it may unpack to
/// @param file, place  for messages
/// @throws FormatError
[[nodiscard]] std::string unpacked(std::string_view packed, std::size_t limit, const std::filesystem::path& file,
                                   const std::string& place);

} // namespace brainlike
