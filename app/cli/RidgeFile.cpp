#include "app/cli/RidgeFile.h"

#include "core/base/AtomicFile.h"
#include "core/base/Version.h"
#include "core/formats/Hdf5File.h"

#include <numeric>
#include <span>
#include <string_view>

namespace brainlike {
namespace {

std::size_t size(Eigen::Index value) {
    return static_cast<std::size_t>(value);
}

void writeMatrix(Hdf5File& file, std::string_view name, const RowMatrix<double>& matrix, bool oneAxis) {
    const Shape shape = oneAxis ? Shape{size(matrix.size())} : Shape{size(matrix.rows()), size(matrix.cols())};
    file.write<double>(name, shape, std::span(matrix.data(), size(matrix.size())));
}

void writeInner(Hdf5File& file, const RidgeRun& run) {
    const bool global = run.options.lambdaMode == LambdaMode::Global;
    Shape shape{size(run.result.ridge.foldScores.rows())};
    if (run.banded())
        shape.push_back(size(run.result.weights.rows()));
    if (global || !run.banded())
        shape.push_back(run.options.alphas.size());
    if (!global)
        shape.push_back(size(run.targets));
    file.write<double>("/inner_score", shape, run.result.ridge.innerScores);
}

void writeBands(Hdf5File& file, const RidgeRun& run) {
    Shape shape{size(run.result.ridge.foldScores.rows()), run.features.size()};
    if (run.options.lambdaMode == LambdaMode::PerTarget)
        shape.push_back(size(run.targets));
    const auto values = [](const RowMatrix<double>& matrix) { return std::span(matrix.data(), size(matrix.size())); };
    file.write<double>("/band_alpha", shape, values(run.result.bandAlphas));
    file.write<double>("/band_weight", shape, values(run.result.chosenWeights));
    writeMatrix(file, "/weights_tried", run.result.weights, false);
    writeMatrix(file, "/score_split", run.result.splitScores, false);
    writeMatrix(file, "/r2_split", run.result.splitR2, false);
    file.writeAttributeArray<std::int64_t>("/", "band_columns", run.columns);
    file.writeAttribute<std::int64_t>("/", "random_search", run.search.samples);
    file.writeStringAttribute("/", "seed", std::to_string(run.search.seed));
}

void writeFlag(Hdf5File& file, std::string_view name, bool value) {
    file.writeAttribute<std::uint8_t>("/", name, value ? 1 : 0);
}

void writeOptions(Hdf5File& file, const RidgeRun& run) {
    const auto& options = run.options;
    if (run.banded())
        file.writeStringsAttribute("/", "features", run.features);
    else
        file.writeStringAttribute("/", "features", run.features.front());
    file.writeStringAttribute("/", "responses", run.responses);
    file.writeStringAttribute("/", "groups", run.groups);
    file.writeStringAttribute("/", "inner_groups", run.innerGroups);
    file.writeStringAttribute("/", "drop", run.drop);
    file.writeAttributeArray<double>("/", "alphas", options.alphas);
    file.writeAttribute<std::int64_t>("/", "outer_folds", options.outer.count);
    file.writeAttribute<std::int64_t>("/", "inner_folds", options.inner.count);
    const auto seed = [](const FoldOptions& folds) {
        return folds.shuffleSeed ? std::to_string(*folds.shuffleSeed) : std::string();
    };
    file.writeStringAttribute("/", "shuffle", seed(options.outer));
    file.writeStringAttribute("/", "inner_shuffle", seed(options.inner));
    file.writeStringAttribute("/", "lambda_mode", nameOf(options.lambdaMode));
    file.writeStringAttribute("/", "selection_score", nameOf(options.effectiveSelection()));
    writeFlag(file, "standardize", options.standardize);
    writeFlag(file, "double", options.doublePrecision);
    writeFlag(file, "keep_inner", options.keepInner);
    file.writeAttribute<std::int64_t>("/", "threads", options.threads);
}

void writeCounts(Hdf5File& file, const RidgeRun& run) {
    file.writeAttribute<std::int64_t>("/", "n", run.images);
    file.writeAttribute<std::int64_t>("/", "d",
                                      std::accumulate(run.columns.begin(), run.columns.end(), std::int64_t(0)));
    file.writeAttribute<std::int64_t>("/", "m", run.targets);
    file.writeAttribute<std::int64_t>("/", "dropped_columns", run.result.ridge.droppedColumns);
    file.writeAttribute<std::int64_t>("/", "dropped_rows", run.droppedRows);
    file.writeAttribute<std::int64_t>("/", "dropped_targets", static_cast<std::int64_t>(run.droppedTargets.size()));
    file.writeAttribute<std::int64_t>("/", "constant_targets", run.result.ridge.constantTargets);
    file.writeAttribute<std::int64_t>("/", "undefined_fold_targets", run.result.ridge.undefinedFoldTargets);
    file.writeAttribute<double>("/", "edge_share", run.result.ridge.edgeShare);
    file.writeStringsAttribute("/", "warnings", run.result.ridge.warnings);
}

} // namespace

void writeRidgeFile(const std::filesystem::path& path, const RidgeRun& run) {
    replaceFile(path, [&run](const std::filesystem::path& aside) {
        auto file = Hdf5File::create(aside);
        file.writeStringAttribute("/", "format", "brainlike-ridge");
        file.writeStringAttribute("/", "version", version);
        writeMatrix(file, "/score", run.result.ridge.score, true);
        writeMatrix(file, "/score_folds", run.result.ridge.foldScores, false);
        writeMatrix(file, "/alpha", run.result.ridge.alphas, run.options.lambdaMode == LambdaMode::Global);
        if (run.banded())
            writeBands(file, run);
        if (run.options.keepInner)
            writeInner(file, run);
        writeOptions(file, run);
        writeCounts(file, run);
        file.close();
    });
}

} // namespace brainlike
