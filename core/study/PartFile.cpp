#include "core/study/PartFile.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/base/Version.h"

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <span>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <zlib.h>

namespace brainlike {
namespace {

static_assert(std::endian::native == std::endian::little, "parts are written as they lie in memory");

constexpr std::string_view magic = "BRNLPART";
constexpr std::uint32_t formatVersion = 1;
constexpr std::size_t prefixSize = magic.size() + 2 * sizeof(std::uint32_t);
constexpr std::size_t checksumSize = sizeof(std::uint32_t);

[[noreturn]] void damaged(const std::filesystem::path& file, std::size_t byte, std::string expected,
                          std::string found) {
    throw FormatError({.what = "The part is damaged",
                       .file = file,
                       .place = "byte " + std::to_string(byte),
                       .expected = std::move(expected),
                       .found = std::move(found),
                       .advice = "delete it and run encode again: it is computed anew"});
}

[[noreturn]] void unreadable(const std::filesystem::path& file) {
    throw FileError({.what = "The part cannot be read", .file = file, .found = std::strerror(errno)});
}

template <typename Value>
void append(std::string& bytes, std::span<const Value> values) {
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

template <typename Value>
void append(std::string& bytes, Value value) {
    append(bytes, std::span<const Value>(&value, 1));
}

std::uint32_t checksumOf(std::string_view bytes) {
    return static_cast<std::uint32_t>(
        ::crc32_z(::crc32_z(0, nullptr, 0), reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::uint32_t numberAt(std::string_view bytes, std::size_t offset) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

/// An open file, closed at the end of its scope.
class Descriptor {
public:
    explicit Descriptor(const std::filesystem::path& file)
        : m_file(file), m_id(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (m_id < 0)
            unreadable(file);
    }
    ~Descriptor() { ::close(m_id); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] std::size_t size() const {
        struct stat status {};
        if (::fstat(m_id, &status) != 0)
            unreadable(m_file);
        return static_cast<std::size_t>(status.st_size);
    }
    /// Fills `target` from `offset` on.
    void read(std::size_t offset, std::span<char> target) const {
        while (!target.empty()) {
            const ssize_t count = ::pread(m_id, target.data(), target.size(), static_cast<off_t>(offset));
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                unreadable(m_file);
            if (count == 0)
                damaged(m_file, offset, std::to_string(target.size()) + " more bytes", "the end of the file");
            offset += static_cast<std::size_t>(count);
            target = target.subspan(static_cast<std::size_t>(count));
        }
    }

private:
    const std::filesystem::path& m_file;
    int m_id;
};

/// Checks the fixed bytes at the start. @returns the length of the header
std::uint32_t headerLength(const std::filesystem::path& file, std::string_view bytes) {
    if (bytes.size() < prefixSize)
        damaged(file, bytes.size(), "at least " + counted(prefixSize, "byte"), std::to_string(bytes.size()));
    if (!bytes.starts_with(magic))
        damaged(file, 0, "the letters " + std::string(magic), "other bytes");
    const auto foundVersion = numberAt(bytes, magic.size());
    if (foundVersion != formatVersion)
        damaged(file, magic.size(), "version " + std::to_string(formatVersion), std::to_string(foundVersion));
    return numberAt(bytes, magic.size() + sizeof(std::uint32_t));
}

std::string headerOf(const Part& part) {
    return nlohmann::json{{"unit", part.unit},
                          {"fingerprint", part.fingerprint},
                          {"dimensions", part.scores.size()},
                          {"alphas", part.alphas.size()},
                          {"warnings", part.warnings},
                          {"created_by", std::string("brainlike ") + version}}
        .dump();
}

std::string bytesOf(const Part& part) {
    const std::string header = headerOf(part);
    std::string bytes(magic);
    bytes.reserve(prefixSize + header.size() + part.scores.size() * 4 + part.alphas.size() * 2 + checksumSize);
    append(bytes, formatVersion);
    append(bytes, static_cast<std::uint32_t>(header.size()));
    bytes += header;
    append(bytes, std::span<const float>(part.scores));
    append(bytes, std::span<const std::uint16_t>(part.alphas));
    append(bytes, checksumOf(bytes));
    return bytes;
}

/// A name that no other process writes to, should two shards compute the same unit.
std::filesystem::path asideOf(const std::filesystem::path& file) {
    static const std::string own =
        std::to_string((std::uint64_t{std::random_device()()} << 32U) | std::random_device()());
    auto aside = file;
    aside += '.' + own + ".writing";
    return aside;
}

std::string readAll(const std::filesystem::path& file) {
    const Descriptor descriptor(file);
    std::string bytes(descriptor.size(), '\0');
    descriptor.read(0, bytes);
    return bytes;
}

/// The values after the header.
template <typename Value>
std::vector<Value> valuesAt(std::string_view bytes, std::size_t offset, std::size_t count) {
    std::vector<Value> values(count);
    std::memcpy(values.data(), bytes.data() + offset, count * sizeof(Value));
    return values;
}

Part parsed(const std::filesystem::path& file, std::string_view bytes, std::size_t length) {
    const auto header = nlohmann::json::parse(bytes.substr(prefixSize, length));
    const auto dimensions = header.at("dimensions").get<std::size_t>();
    const auto alphas = header.at("alphas").get<std::size_t>();
    const std::size_t start = prefixSize + length;
    const std::size_t available = bytes.size() - checksumSize - start;
    if (dimensions > available / sizeof(float) ||
        dimensions * sizeof(float) + alphas * sizeof(std::uint16_t) != available)
        damaged(file, start, std::to_string(dimensions) + " scores and " + std::to_string(alphas) + " penalties",
                counted(available, "byte"));
    return {header.at("unit").get<std::string>(), header.at("fingerprint").get<std::string>(),
            valuesAt<float>(bytes, start, dimensions),
            valuesAt<std::uint16_t>(bytes, start + dimensions * sizeof(float), alphas),
            header.at("warnings").get<std::vector<std::string>>()};
}

} // namespace

void writePart(const std::filesystem::path& file, const Part& part) {
    const std::string bytes = bytesOf(part);
    const auto aside = asideOf(file);
    std::ofstream stream(aside, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (!stream || std::rename(aside.c_str(), file.c_str()) != 0) {
        const std::string why = std::strerror(errno);
        std::error_code ignored;
        std::filesystem::remove(aside, ignored);
        throw FileError({.what = "A finished part cannot be written",
                         .file = file,
                         .found = why,
                         .advice = "check the disk's space and permissions; the same command goes on from here"});
    }
}

Part readPart(const std::filesystem::path& file) {
    const std::string bytes = readAll(file);
    const std::size_t length = headerLength(file, bytes);
    if (bytes.size() < prefixSize + length + checksumSize)
        damaged(file, bytes.size(), "a header of " + counted(length, "byte"), "the end of the file");
    const std::string_view checked(bytes.data(), bytes.size() - checksumSize);
    if (checksumOf(checked) != numberAt(bytes, checked.size()))
        damaged(file, checked.size(), "the checksum of the bytes before it", "another one");
    try {
        return parsed(file, bytes, length);
    } catch (const nlohmann::json::exception& error) {
        damaged(file, prefixSize, "a JSON header", error.what());
    }
}

float readPartScore(const std::filesystem::path& file, std::size_t dimension) {
    return readPartScores(file, dimension, 1).front();
}

std::vector<float> readPartScores(const std::filesystem::path& file, std::size_t first, std::size_t count) {
    const Descriptor descriptor(file);
    std::array<char, prefixSize> prefix{};
    const std::size_t size = descriptor.size();
    descriptor.read(0, std::span(prefix).first(std::min(size, prefixSize)));
    const std::size_t length = headerLength(file, std::string_view(prefix.data(), std::min(size, prefixSize)));
    const std::size_t offset = prefixSize + length + first * sizeof(float);
    if (offset + count * sizeof(float) + checksumSize > size)
        damaged(file, offset, "the score of dimension " + std::to_string(first + count - 1), "the end of the file");
    std::vector<float> values(count);
    descriptor.read(offset, {reinterpret_cast<char*>(values.data()), count * sizeof(float)});
    return values;
}

std::uint32_t readPartChecksum(const std::filesystem::path& file) {
    const Descriptor descriptor(file);
    const std::size_t size = descriptor.size();
    if (size < prefixSize + checksumSize)
        damaged(file, size, "a checksum", "the end of the file");
    std::array<char, checksumSize> value{};
    descriptor.read(size - checksumSize, value);
    return std::bit_cast<std::uint32_t>(value);
}

} // namespace brainlike
