#include "core/study/DataArray.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/formats/Hdf5File.h"
#include "core/formats/NpyFile.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace brainlike {
namespace {

[[noreturn]] void notFinite(const DataReference& reference, int row, int column, double value) {
    const std::string dataset = reference.dataset.empty() ? "" : "dataset " + reference.dataset + ", ";
    throw ValueError({.what = "A value is not a finite number",
                      .file = reference.file,
                      .place = dataset + "row " + std::to_string(row) + ", column " + std::to_string(column),
                      .expected = "a finite number",
                      .found = std::isnan(value) ? "NaN" : "infinity",
                      .advice = "leave the image out of the recording, or the dimension out by a mask: "
                                "\"drop\": \"rows\" or \"targets\" in the study's encoding does it"});
}

constexpr std::size_t blockBytes = std::size_t(4) << 20;

struct ColumnRun {
    std::size_t first = 0;
    std::size_t count = 0;
};

/// From the first to the last of ascending columns.
ColumnRun runOf(std::span<const int> columns) {
    const auto first = static_cast<std::size_t>(columns.front());
    return {first, static_cast<std::size_t>(columns.back()) - first + 1};
}

/// Rows of a block of so many columns: a few megabytes, whole chunks of the file where they fit.
std::size_t rowsOfBlock(const ArrayRows& array, std::size_t lineBytes) {
    const std::size_t fitting = std::max<std::size_t>(blockBytes / std::max<std::size_t>(lineBytes, 1), 1);
    return fitting > array.rowsTogether() ? fitting / array.rowsTogether() * array.rowsTogether() : fitting;
}

/// Calls `use(values, row)` for every wanted row of the file; blocks without one are not read.
template <typename Scalar, typename Use>
void forBlocks(const ArrayRows& array, const RowPlaces& places, const ColumnRun& run, const JobContext& job, Use use) {
    const std::size_t together = rowsOfBlock(array, run.count * sizeof(Scalar));
    std::vector<Scalar> block(std::min(together, array.rows()) * run.count);
    for (std::size_t first = 0; first < array.rows(); first += together) {
        job.throwIfCancelled();
        const std::size_t count = std::min(together, array.rows() - first);
        const auto begin = places.begin() + static_cast<std::ptrdiff_t>(first);
        if (std::all_of(begin, begin + static_cast<std::ptrdiff_t>(count), [](int place) { return place < 0; }))
            continue;
        array.read({first, count, run.first, run.count}, block.data(), run.count);
        for (std::size_t row = 0; row < count; ++row)
            if (places[first + row] >= 0)
                use(block.data() + row * run.count, first + row);
    }
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

std::unique_ptr<const ArrayRows> openRows(const DataReference& reference) {
    return reference.dataset.empty() ? openNpyRows(reference.file) : openHdf5Rows(reference.file, reference.dataset);
}

bool fitsSingle(ElementType type) {
    return sizeOf(type) <= 2 || type == ElementType::Float32;
}

RowPlaces placesOf(std::span<const int> wanted, std::size_t fileRows) {
    RowPlaces places(fileRows, -1);
    for (std::size_t place = 0; place < wanted.size(); ++place)
        places.at(static_cast<std::size_t>(wanted[place])) = static_cast<int>(place);
    return places;
}

template <typename Scalar>
void readRows(const ArrayRows& array, const DataReference& reference, const RowPlaces& places,
              std::span<const int> columns, NotFinite policy, RowMatrix<Scalar>& target, const JobContext& job) {
    if (columns.empty())
        return;
    const ColumnRun run = runOf(columns);
    const std::size_t first = run.first;
    const std::size_t width = run.count;
    forBlocks<Scalar>(array, places, run, job, [&](const Scalar* line, std::size_t row) {
        auto place = target.row(places[row]);
        if (width == columns.size())
            std::copy_n(line, width, place.data());
        else
            for (Eigen::Index column = 0; column < place.size(); ++column)
                place[column] = line[static_cast<std::size_t>(columns[static_cast<std::size_t>(column)]) - first];
        if (policy == NotFinite::DropTargets || std::isfinite(place.template cast<double>().cwiseAbs().sum()))
            return;
        for (Eigen::Index column = 0; column < place.size(); ++column)
            if (!std::isfinite(place[column]))
                notFinite(reference, static_cast<int>(row), columns[static_cast<std::size_t>(column)],
                          static_cast<double>(place[column]));
    });
}

void readAveraged(const ArrayRows& array, const DataReference& reference, const RowPlaces& places,
                  std::span<const int> columns, NotFinite policy, RowMatrix<double>& target, const JobContext& job) {
    if (columns.empty())
        return;
    const ColumnRun run = runOf(columns);
    RowMatrix<std::uint16_t> counts = RowMatrix<std::uint16_t>::Zero(target.rows(), target.cols());
    std::vector<int> firstRow(static_cast<std::size_t>(target.rows()), -1);
    target.setZero();
    forBlocks<double>(array, places, run, job, [&](const double* line, std::size_t row) {
        const int place = places[row];
        auto& known = firstRow[static_cast<std::size_t>(place)];
        known = known < 0 ? static_cast<int>(row) : known;
        for (Eigen::Index column = 0; column < target.cols(); ++column) {
            const int fileColumn = columns[static_cast<std::size_t>(column)];
            const double value = line[static_cast<std::size_t>(fileColumn) - run.first];
            if (std::isinf(value) && policy != NotFinite::DropTargets)
                notFinite(reference, static_cast<int>(row), fileColumn, value);
            if (std::isnan(value))
                continue;
            target(place, column) += value;
            ++counts(place, column);
        }
    });
    for (Eigen::Index place = 0; place < target.rows(); ++place)
        for (Eigen::Index column = 0; column < target.cols(); ++column) {
            if (counts(place, column) == 0 && policy != NotFinite::DropTargets)
                notFinite(reference, firstRow[static_cast<std::size_t>(place)],
                          columns[static_cast<std::size_t>(column)], undefined);
            target(place, column) /= counts(place, column); // 0 / 0 is NaN
        }
}

std::vector<bool> finitePlaces(const ArrayRows& array, const RowPlaces& places, std::size_t count,
                               std::span<const int> columns) {
    std::vector<bool> isFinite(count, true);
    const std::size_t together = std::max<std::size_t>(blockBytes / std::max<std::size_t>(count, 1), 64);
    for (std::size_t first = 0; first < columns.size(); first += together) {
        const auto some = columns.subspan(first, std::min(together, columns.size() - first));
        const ColumnRun run = runOf(some);
        std::vector<bool> hasNumber(count * some.size());
        forBlocks<double>(array, places, run, JobContext(), [&](const double* line, std::size_t row) {
            const auto place = static_cast<std::size_t>(places[row]);
            for (std::size_t column = 0; column < some.size(); ++column) {
                const double value = line[static_cast<std::size_t>(some[column]) - run.first];
                if (std::isinf(value))
                    isFinite[place] = false;
                else if (!std::isnan(value))
                    hasNumber[place * some.size() + column] = true;
            }
        });
        for (std::size_t place = 0; place < count; ++place)
            for (std::size_t column = 0; column < some.size(); ++column)
                if (!hasNumber[place * some.size() + column])
                    isFinite[place] = false;
    }
    return isFinite;
}

std::vector<int> allColumns(std::size_t count) {
    std::vector<int> columns(count);
    std::iota(columns.begin(), columns.end(), 0);
    return columns;
}

template RowMatrix<float> readArray(const DataReference&);
template RowMatrix<double> readArray(const DataReference&);
template RowMatrix<std::uint8_t> readArray(const DataReference&);
template void readRows(const ArrayRows&, const DataReference&, const RowPlaces&, std::span<const int>, NotFinite,
                       RowMatrix<float>&, const JobContext&);
template void readRows(const ArrayRows&, const DataReference&, const RowPlaces&, std::span<const int>, NotFinite,
                       RowMatrix<double>&, const JobContext&);

} // namespace brainlike
