#pragma once

#include "core/formats/ArrayInfo.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace brainlike {

/// A rectangle of an array, which is taken as its first axis × all others together.
struct ArrayBlock {
    std::size_t firstRow = 0;
    std::size_t rows = 0;
    std::size_t firstColumn = 0;
    std::size_t columns = 0;
};

/// An array in a file, read a rectangle at a time, so that it never has to fit into memory. Safe to use from several
/// threads at once.
class ArrayRows {
public:
    virtual ~ArrayRows() = default;
    ArrayRows(const ArrayRows&) = delete;
    ArrayRows& operator=(const ArrayRows&) = delete;

    [[nodiscard]] const ArrayInfo& info() const { return m_info; }
    [[nodiscard]] std::size_t rows() const; ///< length of the first axis; 1 for a scalar
    [[nodiscard]] std::size_t columns() const;
    /// Rows that are best read together: those of a chunk on disk.
    [[nodiscard]] std::size_t rowsTogether() const { return m_rowsTogether; }

    /// Reads a block as it lies in the array, row by row, `stride` values from one row to the next. Takes little memory
    /// besides.
    /// @throws ShapeError if the block does not lie within the array; FileError
    void read(const ArrayBlock& block, float* target, std::size_t stride) const;
    void read(const ArrayBlock& block, double* target, std::size_t stride) const;

protected:
    ArrayRows(std::filesystem::path file, std::string dataset, ArrayInfo info, std::size_t rowsTogether);
    virtual void readBlock(const ArrayBlock& block, float* target, std::size_t stride) const = 0;
    virtual void readBlock(const ArrayBlock& block, double* target, std::size_t stride) const = 0;
    void requireWithin(const ArrayBlock& block) const;
    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }
    [[nodiscard]] const std::string& dataset() const { return m_dataset; }

private:
    std::filesystem::path m_file;
    std::string m_dataset;
    ArrayInfo m_info;
    std::size_t m_rowsTogether;
};

/// Opens an NPY file of numbers.
/// @throws NotFoundError, FileError, FormatError if the file is damaged or holds no numbers
[[nodiscard]] std::unique_ptr<const ArrayRows> openNpyRows(const std::filesystem::path& file);

/// Opens a dataset of numbers of an HDF5 file.
/// @throws NotFoundError, FileError, FormatError if it is a group or holds no numbers
[[nodiscard]] std::unique_ptr<const ArrayRows> openHdf5Rows(const std::filesystem::path& file,
                                                            const std::string& dataset);

} // namespace brainlike
