#include "core/formats/ArrayRows.h"

#include "core/base/Error.h"

#include <algorithm>
#include <utility>

namespace brainlike {

ArrayRows::ArrayRows(std::filesystem::path file, std::string dataset, ArrayInfo info, std::size_t rowsTogether)
    : m_file(std::move(file)), m_dataset(std::move(dataset)), m_info(std::move(info)),
      m_rowsTogether(std::max<std::size_t>(rowsTogether, 1)) {
    if (!isInteger(m_info.type) && !isFloating(m_info.type))
        throw FormatError({.what = "The array has values of another type",
                           .file = m_file,
                           .place = m_dataset,
                           .expected = "numbers",
                           .found = describe(m_info)});
}

std::size_t ArrayRows::rows() const {
    return m_info.shape.empty() ? 1 : m_info.shape.front();
}

std::size_t ArrayRows::columns() const {
    std::size_t count = 1;
    for (std::size_t axis = 1; axis < m_info.shape.size(); ++axis)
        count *= m_info.shape[axis];
    return count;
}

void ArrayRows::requireWithin(const ArrayBlock& block) const {
    if (block.firstRow > rows() || block.rows > rows() - block.firstRow || block.firstColumn > columns() ||
        block.columns > columns() - block.firstColumn)
        throw ShapeError({.what = "The block does not lie within the array",
                          .file = m_file,
                          .place = m_dataset,
                          .expected = "a block of " + describe(Shape{rows(), columns()}),
                          .found = describe(Shape{block.rows, block.columns}) + " from " +
                                   describe(Shape{block.firstRow, block.firstColumn})});
}

void ArrayRows::read(const ArrayBlock& block, float* target, std::size_t stride) const {
    requireWithin(block);
    if (block.rows > 0 && block.columns > 0)
        readBlock(block, target, stride);
}

void ArrayRows::read(const ArrayBlock& block, double* target, std::size_t stride) const {
    requireWithin(block);
    if (block.rows > 0 && block.columns > 0)
        readBlock(block, target, stride);
}

} // namespace brainlike
