#include "core/formats/ArrayRows.h"
#include "core/formats/Hdf5File.h"

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

constexpr std::size_t bufferBytes = std::size_t(4) << 20;

class Hdf5Rows final : public ArrayRows {
public:
    Hdf5Rows(Hdf5File file, const std::string& dataset)
        : ArrayRows(file.path(), dataset, file.info(dataset), chunkRows(file, dataset)), m_file(std::move(file)) {
        const auto& shape = info().shape;
        for (std::size_t axis = 2; axis < shape.size(); ++axis)
            m_inner *= shape[axis];
    }

private:
    static std::size_t chunkRows(const Hdf5File& file, const std::string& dataset) {
        const auto chunk = file.chunkShape(dataset);
        return chunk.empty() ? 1 : chunk.front();
    }

    void readBlock(const ArrayBlock& block, float* target, std::size_t stride) const override {
        readAny(block, target, stride);
    }
    void readBlock(const ArrayBlock& block, double* target, std::size_t stride) const override {
        readAny(block, target, stride);
    }

    /// Some rows at a time; whole entries of the second axis, of which the block's columns are a part.
    template <typename Scalar>
    void readAny(const ArrayBlock& block, Scalar* target, std::size_t stride) const {
        const auto& shape = info().shape;
        const std::size_t first = block.firstColumn / std::max<std::size_t>(m_inner, 1);
        const std::size_t last = (block.firstColumn + block.columns + m_inner - 1) / m_inner;
        const std::size_t width = (last - first) * m_inner;
        const std::size_t together = rowsFor(width * sizeof(Scalar));
        for (std::size_t row = 0; row < block.rows; row += together) {
            const std::size_t count = std::min(together, block.rows - row);
            Shape start(shape.size(), 0);
            Shape lengths = shape;
            if (!shape.empty()) {
                start[0] = block.firstRow + row;
                lengths[0] = count;
            }
            if (shape.size() > 1) {
                start[1] = first;
                lengths[1] = last - first;
            }
            const auto values = m_file.readBlock<Scalar>(dataset(), start, lengths);
            for (std::size_t line = 0; line < count; ++line)
                std::copy_n(values.data() + line * width + (block.firstColumn - first * m_inner), block.columns,
                            target + (row + line) * stride);
        }
    }

    /// Rows that fit the buffer, whole chunks where possible.
    [[nodiscard]] std::size_t rowsFor(std::size_t lineBytes) const {
        const std::size_t fitting = std::max<std::size_t>(bufferBytes / std::max<std::size_t>(lineBytes, 1), 1);
        return fitting > rowsTogether() ? fitting / rowsTogether() * rowsTogether() : fitting;
    }

    Hdf5File m_file;
    std::size_t m_inner = 1; ///< values of one entry of the second axis
};

} // namespace

std::unique_ptr<const ArrayRows> openHdf5Rows(const std::filesystem::path& file, const std::string& dataset) {
    return std::make_unique<Hdf5Rows>(Hdf5File::openRead(file), dataset);
}

} // namespace brainlike
