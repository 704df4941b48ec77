#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace brainlike {

/// Walks through the bytes of a FreeSurfer file, which are big-endian. Each function throws FormatError naming the byte
/// if the file ends before.
class BigEndianReader {
public:
    /// Unpacks a gzipped file (.mgz). @throws as readUnpackedBytes
    explicit BigEndianReader(const std::filesystem::path& path);

    [[nodiscard]] std::uint32_t readUnsigned24();
    [[nodiscard]] std::int32_t readInt32();
    /// A number of items that follow, each of at least `itemSize` bytes. @param what  for the message
    [[nodiscard]] std::size_t readCount(std::size_t itemSize, const char* what);
    /// `count` bytes, valid as long as the reader.
    [[nodiscard]] std::string_view readBytes(std::size_t count);
    /// A text with its length before it, without the zero at its end.
    [[nodiscard]] std::string readText();
    /// Up to the end of a line, the line feed included.
    void skipLine();
    /// One line feed, if it comes next.
    void skipLineFeed();
    /// @throws FormatError unless that many items of that size are left
    void requireItems(std::size_t count, std::size_t itemSize, const char* what) const;

    [[nodiscard]] std::size_t position() const { return m_position; }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    /// @throws FormatError saying that the file is damaged at `position`
    [[noreturn]] void fail(std::size_t position, const std::string& expected, const std::string& found) const;

private:
    std::filesystem::path m_path;
    std::string m_bytes;
    std::size_t m_position = 0;
};

} // namespace brainlike
