#include "core/study/DataArray.h"

#include "core/base/Error.h"
#include "core/formats/Hdf5File.h"
#include "core/formats/NpyFile.h"

#include <cmath>
#include <cstdint>

namespace brainlike {
namespace {

[[noreturn]] void notFinite(const DataReference& reference, int row, int column, double value) {
    const std::string dataset = reference.dataset.empty() ? "" : "dataset " + reference.dataset + ", ";
    throw ValueError({.what = "A value is not a finite number",
                      .file = reference.file,
                      .place = dataset + "row " + std::to_string(row) + ", column " + std::to_string(column),
                      .expected = "a finite number",
                      .found = std::isnan(value) ? "NaN" : "infinity",
                      .advice = "leave the image out of the recording, or the dimension out by a mask"});
}

} // namespace

ArrayInfo arrayInfo(const DataReference& reference) {
    return reference.dataset.empty() ? npyInfo(reference.file)
                                     : Hdf5File::openRead(reference.file).info(reference.dataset);
}

template <typename Scalar>
RowMatrix<Scalar> readArray(const DataReference& reference) {
    if (reference.dataset.empty())
        return readNpyMatrix<Scalar>(reference.file, npyInfo(reference.file).shape.size());
    const auto array = Hdf5File::openRead(reference.file).read<Scalar>(reference.dataset);
    const auto rows = static_cast<Eigen::Index>(array.shape.empty() ? 1 : array.shape.front());
    const auto columns = rows == 0 ? 0 : static_cast<Eigen::Index>(array.values.size()) / rows;
    return Eigen::Map<const RowMatrix<Scalar>>(array.values.data(), rows, columns);
}

template <typename Scalar>
RowMatrix<Scalar> finiteSelection(const RowMatrix<Scalar>& array, std::span<const int> rows,
                                  std::span<const int> columns, const DataReference& reference) {
    const auto width = columns.empty() ? array.cols() : static_cast<Eigen::Index>(columns.size());
    RowMatrix<Scalar> selected(static_cast<Eigen::Index>(rows.size()), width);
    for (Eigen::Index i = 0; i < selected.rows(); ++i) {
        const int row = rows[static_cast<std::size_t>(i)];
        for (Eigen::Index j = 0; j < width; ++j) {
            const int column = columns.empty() ? static_cast<int>(j) : columns[static_cast<std::size_t>(j)];
            selected(i, j) = array(row, column);
            if (!std::isfinite(selected(i, j)))
                notFinite(reference, row, column, static_cast<double>(selected(i, j)));
        }
    }
    return selected;
}

template RowMatrix<float> readArray(const DataReference&);
template RowMatrix<double> readArray(const DataReference&);
template RowMatrix<std::uint8_t> readArray(const DataReference&);
template RowMatrix<float> finiteSelection(const RowMatrix<float>&, std::span<const int>, std::span<const int>,
                                          const DataReference&);
template RowMatrix<double> finiteSelection(const RowMatrix<double>&, std::span<const int>, std::span<const int>,
                                           const DataReference&);

} // namespace brainlike
