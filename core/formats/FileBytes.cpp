#include "core/formats/FileBytes.h"

#include "core/base/Error.h"

#include <algorithm>
#include <fstream>
#include <zlib.h>

namespace brainlike {
namespace {

constexpr std::size_t largestFile = std::size_t(1) << 31;
constexpr std::size_t largestUnpacked = std::size_t(1) << 30;
constexpr std::size_t highestRatio = 1032; // of deflate

class Inflater {
public:
    explicit Inflater(std::string_view packed) {
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data())); // zlib only reads it
        m_stream.avail_in = static_cast<uInt>(packed.size());
        m_isOpen = inflateInit2(&m_stream, MAX_WBITS + 32) == Z_OK;
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() {
        if (m_isOpen)
            inflateEnd(&m_stream);
    }
    /// Unpacks as much as there is room for into the end of `bytes`.
    int appendTo(std::string& bytes, std::size_t room) {
        const std::size_t before = bytes.size();
        bytes.resize(before + room);
        m_stream.next_out = reinterpret_cast<Bytef*>(bytes.data() + before);
        m_stream.avail_out = static_cast<uInt>(room);
        const int result = m_isOpen ? inflate(&m_stream, Z_NO_FLUSH) : Z_MEM_ERROR;
        bytes.resize(before + room - m_stream.avail_out);
        return result;
    }
    /// Whether a further member begins, as in concatenated gzip files.
    bool startNext() { return m_stream.avail_in > 0 && inflateReset(&m_stream) == Z_OK; }
    [[nodiscard]] std::size_t position(std::size_t size) const { return size - m_stream.avail_in; }

private:
    z_stream m_stream{};
    bool m_isOpen = false;
};

} // namespace

std::string readFileBytes(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        throw NotFoundError({.what = "There is no such file", .file = path, .advice = "check the name"});
    std::ifstream stream(path, std::ios::binary);
    if (!stream || !std::filesystem::is_regular_file(path, ignored))
        throw FileError({.what = "The file cannot be opened", .file = path, .advice = "check that you may read it"});
    const auto size = std::filesystem::file_size(path, ignored);
    if (size >= largestFile)
        throw FormatError({.what = "The file is too large for its format",
                           .file = path,
                           .expected = "less than 2 GiB",
                           .found = std::to_string(size) + " bytes"});
    std::string bytes(size, '\0');
    if (!stream.read(bytes.data(), static_cast<std::streamsize>(size)))
        throw FileError({.what = "The file cannot be read", .file = path});
    return bytes;
}

std::string unpacked(std::string_view packed, std::size_t limit, const std::filesystem::path& file,
                     const std::string& place) {
    constexpr std::size_t step = std::size_t(1) << 20;
    Inflater inflater(packed);
    std::string bytes;
    for (;;) {
        // One byte more than allowed shows that there is more.
        const std::size_t room = std::min({step, limit + 1 - bytes.size(), packed.size() * highestRatio + 64});
        const int result = inflater.appendTo(bytes, room);
        if (bytes.size() > limit)
            throw FormatError({.what = "The packed data is larger than it may be",
                               .file = file,
                               .place = place,
                               .expected = "at most " + std::to_string(limit) + " bytes unpacked"});
        if (result == Z_STREAM_END && !inflater.startNext())
            return bytes;
        if (result != Z_OK && result != Z_STREAM_END)
            throw FormatError({.what = result == Z_BUF_ERROR ? "The packed data is cut" : "The packed data is damaged",
                               .file = file,
                               .place = (place.empty() ? "" : place + ", ") + "byte " +
                                        std::to_string(inflater.position(packed.size())) + " of the packed data",
                               .advice = "get or make the file again"});
    }
}

std::string readUnpackedBytes(const std::filesystem::path& path) {
    std::string bytes = readFileBytes(path);
    if (bytes.starts_with("\x1f\x8b"))
        return unpacked(bytes, largestUnpacked, path, "");
    return bytes;
}

} // namespace brainlike
