#include "app/cli/RidgeInput.h"

#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/encoding/FiniteCheck.h"
#include "core/formats/NpyFile.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace brainlike {
namespace {

using Eigen::Index;
using Indices = std::vector<Index>;

/// Whether single precision holds the numbers of a file as they are.
bool fitsFloat(ElementType type) {
    return sizeOf(type) <= 2 || type == ElementType::Float32;
}

std::vector<std::int64_t> readGroups(const std::filesystem::path& path) {
    if (path.empty())
        return {};
    const auto info = npyInfo(path);
    if (info.type != ElementType::String)
        return readNpyVector<std::int64_t>(path);
    const auto names = readNpyStrings(path);
    auto known = names;
    std::sort(known.begin(), known.end());
    std::vector<std::int64_t> groups;
    for (const auto& name : names)
        groups.push_back(std::lower_bound(known.begin(), known.end(), name) - known.begin());
    return groups;
}

/// Every file has a row an image, as the first feature file has.
void requireRows(Index found, const RidgeInput& input, const std::filesystem::path& path, const std::string& what,
                 const RidgeInputFiles& files) {
    const Index expected = input.features.front().rows();
    if (found != expected)
        throw ShapeError({.what = "The " + what + " do not have as many rows as the features",
                          .file = path,
                          .expected = counted(expected, "row") + ", as " + files.features.front().string(),
                          .found = std::to_string(found),
                          .advice = "bring one row an image, in the same order"});
}

std::vector<std::int64_t> groupsOf(const std::filesystem::path& path, const RidgeInput& input,
                                   const RidgeInputFiles& files) {
    auto groups = readGroups(path);
    if (!path.empty())
        requireRows(static_cast<Index>(groups.size()), input, path, "groups", files);
    return groups;
}

void readFeatures(RidgeInput& input, const RidgeInputFiles& files) {
    for (const auto& path : files.features) {
        input.features.push_back(readNpyMatrix<double>(path));
        requireRows(input.features.back().rows(), input, path, "features", files);
    }
}

template <typename Scalar>
void requireFiniteIn(const RowMatrix<Scalar>& matrix, const char* what, const std::filesystem::path& path,
                     const char* advice) {
    try {
        requireFinite(matrix, what);
    } catch (const ValueError& error) {
        auto details = error.details();
        details.file = path;
        details.advice = advice;
        throw ValueError(std::move(details));
    }
}

template <typename Scalar>
Indices finiteRows(const std::vector<RowMatrix<double>>& features, const RowMatrix<Scalar>& responses) {
    Indices rows;
    for (Index row = 0; row < responses.rows(); ++row)
        if (responses.row(row).allFinite() && std::all_of(features.begin(), features.end(), [row](const auto& space) {
                return space.row(row).allFinite();
            }))
            rows.push_back(row);
    return rows;
}

template <typename Scalar>
void dropRows(RidgeInput& input, RowMatrix<Scalar>& responses) {
    const Indices rows = finiteRows(input.features, responses);
    input.droppedRows = responses.rows() - static_cast<Index>(rows.size());
    if (input.droppedRows == 0)
        return;
    if (rows.empty())
        throw ValueError({.what = "Every row holds a value that is not finite",
                          .advice = "check all files; a target that is missing in every row is left out by --drop "
                                    "targets"});
    for (auto& space : input.features)
        space = RowMatrix<double>(space(rows, Eigen::all));
    responses = RowMatrix<Scalar>(responses(rows, Eigen::all));
    for (auto* groups : {&input.groups, &input.innerGroups}) {
        std::vector<std::int64_t> kept;
        for (const auto row : rows)
            if (!groups->empty())
                kept.push_back((*groups)[static_cast<std::size_t>(row)]);
        *groups = std::move(kept);
    }
}

template <typename Scalar>
void dropTargets(RidgeInput& input, RowMatrix<Scalar>& responses, const std::filesystem::path& path) {
    std::vector<char> finite(static_cast<std::size_t>(responses.cols()), 1);
    for (Index row = 0; row < responses.rows(); ++row)
        for (Index column = 0; column < responses.cols(); ++column)
            if (!std::isfinite(responses(row, column)))
                finite[static_cast<std::size_t>(column)] = 0;
    Indices kept;
    for (Index column = 0; column < responses.cols(); ++column)
        (finite[static_cast<std::size_t>(column)] != 0 ? kept : input.droppedTargets).push_back(column);
    if (kept.empty())
        throw ValueError({.what = "Every target holds a value that is not finite",
                          .file = path,
                          .advice = "check the responses, or leave rows out with --drop rows"});
    if (!input.droppedTargets.empty())
        responses = RowMatrix<Scalar>(responses(Eigen::all, kept));
}

template <typename Scalar>
void addResponses(RidgeInput& input, const RidgeInputFiles& files) {
    auto responses = readNpyMatrix<Scalar>(files.responses);
    requireRows(responses.rows(), input, files.responses, "responses", files);
    if (files.drop == "rows")
        dropRows(input, responses);
    else if (files.drop == "targets")
        dropTargets(input, responses, files.responses);
    for (std::size_t space = 0; space < input.features.size(); ++space)
        requireFiniteIn(input.features[space], "features", files.features[space],
                        files.drop == "targets"
                            ? "leave such rows out with --drop rows; --drop targets is for responses alone"
                            : "leave such rows out with --drop rows");
    requireFiniteIn(responses, "responses", files.responses,
                    "leave such rows or targets out with --drop rows or --drop targets");
    input.responses = std::move(responses);
}

} // namespace

RidgeInput readRidgeInput(const RidgeInputFiles& files) {
    RidgeInput input;
    readFeatures(input, files);
    input.groups = groupsOf(files.groups, input, files);
    input.innerGroups = groupsOf(files.innerGroups, input, files);
    const auto info = npyInfo(files.responses);
    if (info.shape.size() == 2)
        input.targets = static_cast<Index>(info.shape[1]);
    if (files.doublePrecision || !fitsFloat(info.type))
        addResponses<double>(input, files);
    else
        addResponses<float>(input, files);
    return input;
}

} // namespace brainlike
