#pragma once

#include "core/formats/ArrayInfo.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace brainlike {

/// An open HDF5 file. Objects are named by their path from the root ("/fmri/vit/score"); the groups on the way are
/// created when something is written. Several threads may use one or several files: calls take turns, because the
/// library allows one at a time in a process.
///
/// `Scalar` is float, double, uint8, int16, int32 or int64 (Hdf5File.cpp names them all). Numbers of other types in the
/// file are converted where no whole number can be lost: every number can be read as float or double, an integer as an
/// integer type that holds it.
///
/// Every function throws FileError if the system or the library fails; readers throw NotFoundError for a name that is
/// not there and FormatError for another type or rank; each names file and dataset.
class Hdf5File {
public:
    [[nodiscard]] static Hdf5File openRead(const std::filesystem::path& path);
    [[nodiscard]] static Hdf5File openReadWrite(const std::filesystem::path& path);
    /// Makes an empty file in place of what was there. For output that must never be half-written: inside replaceFile.
    [[nodiscard]] static Hdf5File create(const std::filesystem::path& path);

    Hdf5File(Hdf5File&& other) noexcept;
    Hdf5File& operator=(Hdf5File&& other) noexcept;
    Hdf5File(const Hdf5File&) = delete;
    Hdf5File& operator=(const Hdf5File&) = delete;
    /// Closes; what close() would throw is lost, so writers call close() themselves.
    ~Hdf5File();

    void flush();
    void close();
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

    [[nodiscard]] bool exists(std::string_view name) const;
    [[nodiscard]] bool isDataset(std::string_view name) const;
    [[nodiscard]] bool isGroup(std::string_view name) const;
    /// Names (without path) of what a group holds, in alphabetical order.
    [[nodiscard]] std::vector<std::string> children(std::string_view group = "/") const;
    [[nodiscard]] ArrayInfo info(std::string_view dataset) const;
    /// Lengths of the dataset's chunks; empty where it lies in one piece.
    [[nodiscard]] Shape chunkShape(std::string_view dataset) const;
    void createGroup(std::string_view name);

    /// A whole dataset. @param rank  number of axes required, any if left out
    template <typename Scalar>
    [[nodiscard]] NumericArray<Scalar> read(std::string_view dataset, std::optional<std::size_t> rank = {}) const;
    /// The values of start … start + count − 1 on each axis, in C order.
    /// @throws ShapeError if the block does not lie within the dataset
    template <typename Scalar>
    [[nodiscard]] std::vector<Scalar> readBlock(std::string_view dataset, const Shape& start, const Shape& count) const;

    /// A whole dataset, contiguous. One that exists is overwritten if it has the same shape.
    /// @throws ShapeError if `values` do not fill `shape`, or what exists has another shape
    template <typename Scalar>
    void write(std::string_view dataset, const Shape& shape, std::span<const Scalar> values);
    /// A dataset that is stored in chunks and reads as `fill` where nothing was written.
    /// @throws ShapeError if `chunk` does not fit `shape`, or the dataset exists
    template <typename Scalar>
    void createChunked(std::string_view dataset, const Shape& shape, const Shape& chunk, Scalar fill);
    /// @throws ShapeError as readBlock, and if `values` do not fill `count`
    template <typename Scalar>
    void writeBlock(std::string_view dataset, const Shape& start, const Shape& count, std::span<const Scalar> values);

    [[nodiscard]] std::string readString(std::string_view dataset) const;
    [[nodiscard]] std::vector<std::string> readStrings(std::string_view dataset) const;
    void writeString(std::string_view dataset, std::string_view text);
    void writeStrings(std::string_view dataset, std::span<const std::string> texts);

    /// Attributes of a group or dataset; "/" for the file's own. Writing replaces.
    [[nodiscard]] bool hasAttribute(std::string_view object, std::string_view name) const;
    [[nodiscard]] std::vector<std::string> attributeNames(std::string_view object) const;
    template <typename Scalar>
    [[nodiscard]] Scalar readAttribute(std::string_view object, std::string_view name) const;
    template <typename Scalar>
    [[nodiscard]] std::vector<Scalar> readAttributeArray(std::string_view object, std::string_view name) const;
    [[nodiscard]] std::string readStringAttribute(std::string_view object, std::string_view name) const;
    [[nodiscard]] std::vector<std::string> readStringsAttribute(std::string_view object, std::string_view name) const;
    template <typename Scalar>
    void writeAttribute(std::string_view object, std::string_view name, Scalar value);
    template <typename Scalar>
    void writeAttributeArray(std::string_view object, std::string_view name, std::span<const Scalar> values);
    void writeStringAttribute(std::string_view object, std::string_view name, std::string_view text);
    void writeStringsAttribute(std::string_view object, std::string_view name, std::span<const std::string> texts);

private:
    Hdf5File(std::filesystem::path path, std::int64_t file) : m_path(std::move(path)), m_file(file) {}

    std::filesystem::path m_path;
    std::int64_t m_file = -1; // hid_t
};

} // namespace brainlike
