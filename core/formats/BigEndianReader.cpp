#include "core/formats/BigEndianReader.h"

#include "core/base/Error.h"
#include "core/formats/FileBytes.h"

namespace brainlike {

BigEndianReader::BigEndianReader(const std::filesystem::path& path) : m_path(path), m_bytes(readUnpackedBytes(path)) {}

void BigEndianReader::fail(std::size_t position, const std::string& expected, const std::string& found) const {
    throw FormatError({.what = "The FreeSurfer file is damaged or of another kind",
                       .file = m_path,
                       .place = "byte " + std::to_string(position),
                       .expected = expected,
                       .found = found,
                       .advice = "check that it is the file meant, and copy it again"});
}

std::string_view BigEndianReader::readBytes(std::size_t count) {
    const std::size_t left = m_bytes.size() - m_position;
    if (count > left)
        fail(m_position, std::to_string(count) + " bytes",
             left == 0 ? "the file's end" : std::to_string(left) + " bytes");
    const std::string_view bytes(m_bytes.data() + m_position, count);
    m_position += count;
    return bytes;
}

std::uint32_t BigEndianReader::readUnsigned24() {
    std::uint32_t value = 0;
    for (const char byte : readBytes(3))
        value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

std::int32_t BigEndianReader::readInt32() {
    std::uint32_t value = 0;
    for (const char byte : readBytes(4))
        value = value << 8 | static_cast<unsigned char>(byte);
    return static_cast<std::int32_t>(value);
}

void BigEndianReader::requireItems(std::size_t count, std::size_t itemSize, const char* what) const {
    const std::size_t left = m_bytes.size() - m_position;
    if (count > left / itemSize)
        fail(m_position, std::to_string(count) + " " + what, "room for " + std::to_string(left / itemSize));
}

std::size_t BigEndianReader::readCount(std::size_t itemSize, const char* what) {
    const std::size_t start = m_position;
    const std::int32_t count = readInt32();
    if (count < 0)
        fail(start, std::string("a number of ") + what, std::to_string(count));
    requireItems(static_cast<std::size_t>(count), itemSize, what);
    return static_cast<std::size_t>(count);
}

std::string BigEndianReader::readText() {
    const std::string_view text = readBytes(readCount(1, "characters"));
    return std::string(text.substr(0, text.find('\0')));
}

void BigEndianReader::skipLine() {
    const auto end = m_bytes.find('\n', m_position);
    if (end == std::string::npos)
        fail(m_position, "a line of text", "no end of line");
    m_position = end + 1;
}

void BigEndianReader::skipLineFeed() {
    if (m_position < m_bytes.size() && m_bytes[m_position] == '\n')
        ++m_position;
}

} // namespace brainlike
