#include "core/base/Error.h"
#include "core/formats/ArrayRows.h"
#include "core/formats/Conversion.h"
#include "core/formats/NpyHeader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <span>
#include <unistd.h>
#include <vector>

namespace brainlike {
namespace {

constexpr std::size_t npyBufferBytes = std::size_t(1) << 20;

class NpyRows final : public ArrayRows {
public:
    NpyRows(const std::filesystem::path& path, NpyHeader header)
        : ArrayRows(path, "", header.info, 1), m_header(std::move(header)),
          m_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (m_descriptor < 0)
            throw FileError({.what = "The file cannot be opened", .file = path, .found = std::strerror(errno)});
    }
    ~NpyRows() override { ::close(m_descriptor); }

private:
    void readBlock(const ArrayBlock& block, float* target, std::size_t stride) const override {
        readAny(block, target, stride);
    }
    void readBlock(const ArrayBlock& block, double* target, std::size_t stride) const override {
        readAny(block, target, stride);
    }

    template <typename Scalar>
    void readAny(const ArrayBlock& block, Scalar* target, std::size_t stride) const {
        if (m_header.isFortranOrder && m_header.info.shape.size() > 1)
            readColumns(block, target, stride);
        else
            readLines(block, target, stride);
    }

    /// Values follow each other along a row.
    template <typename Scalar>
    void readLines(const ArrayBlock& block, Scalar* target, std::size_t stride) const {
        const std::size_t line = block.columns * m_header.itemSize;
        const bool whole = block.columns == columns();
        const std::size_t together = whole ? std::clamp<std::size_t>(npyBufferBytes / line, 1, block.rows) : 1;
        const std::size_t piece = std::max<std::size_t>(npyBufferBytes / m_header.itemSize, 1);
        std::vector<char> buffer(std::min(together * line, std::max(npyBufferBytes, m_header.itemSize)));
        for (std::size_t row = 0; row < block.rows; row += together) {
            const std::size_t count = std::min(together, block.rows - row);
            const std::size_t first = (block.firstRow + row) * columns() + block.firstColumn;
            if (line <= buffer.size()) {
                fill(first, std::span(buffer).first(count * line));
                for (std::size_t index = 0; index < count; ++index)
                    convert(buffer.data() + index * line, block.columns, target + (row + index) * stride);
                continue;
            }
            for (std::size_t column = 0; column < block.columns; column += piece) {
                const std::size_t width = std::min(piece, block.columns - column);
                fill(first + column, std::span(buffer).first(width * m_header.itemSize));
                convert(buffer.data(), width, target + row * stride + column);
            }
        }
    }

    /// Values follow each other along the first axis.
    template <typename Scalar>
    void readColumns(const ArrayBlock& block, Scalar* target, std::size_t stride) const {
        std::vector<char> buffer(block.rows * m_header.itemSize);
        std::vector<Scalar> values(block.rows);
        for (std::size_t column = 0; column < block.columns; ++column) {
            fill(rows() * storedColumn(block.firstColumn + column) + block.firstRow, buffer);
            convert(buffer.data(), block.rows, values.data());
            for (std::size_t row = 0; row < block.rows; ++row)
                target[row * stride + column] = values[row];
        }
    }

    /// Number of a column in the file, where the second axis is the fastest of those after the first.
    [[nodiscard]] std::size_t storedColumn(std::size_t column) const {
        const auto& shape = m_header.info.shape;
        std::size_t stored = 0;
        std::size_t step = columns();
        for (std::size_t axis = shape.size() - 1; axis > 0; --axis) {
            step /= shape[axis];
            stored += column % shape[axis] * step;
            column /= shape[axis];
        }
        return stored;
    }

    template <typename Scalar>
    void convert(const char* bytes, std::size_t count, Scalar* target) const {
        (void)convertNumbers(m_header.info.type, bytes, count, m_header.isBigEndian, target);
    }

    /// Fills a buffer with the values from number `first` on.
    void fill(std::size_t first, std::span<char> buffer) const {
        std::size_t offset = m_header.dataOffset + first * m_header.itemSize;
        while (!buffer.empty()) {
            const ssize_t count = ::pread(m_descriptor, buffer.data(), buffer.size(), static_cast<off_t>(offset));
            if (count < 0 && errno == EINTR)
                continue;
            if (count <= 0)
                throw FileError({.what = "The file cannot be read",
                                 .file = file(),
                                 .place = "byte " + std::to_string(offset),
                                 .found = count < 0 ? std::strerror(errno) : "the end of the file"});
            offset += static_cast<std::size_t>(count);
            buffer = buffer.subspan(static_cast<std::size_t>(count));
        }
    }

    NpyHeader m_header;
    int m_descriptor;
};

} // namespace

std::unique_ptr<const ArrayRows> openNpyRows(const std::filesystem::path& file) {
    return std::make_unique<NpyRows>(file, readNpyHeader(file));
}

} // namespace brainlike
