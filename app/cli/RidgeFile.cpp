#include "app/cli/RidgeFile.h"

#include "core/base/AtomicFile.h"
#include "core/base/Version.h"
#include "core/formats/Hdf5File.h"

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
    Shape shape{size(run.result.foldScores.rows()), run.options.alphas.size()};
    if (!global)
        shape.push_back(size(run.targets));
    file.write<double>("/inner_score", shape, run.result.innerScores);
}

void writeFlag(Hdf5File& file, std::string_view name, bool value) {
    file.writeAttribute<std::uint8_t>("/", name, value ? 1 : 0);
}

void writeOptions(Hdf5File& file, const RidgeRun& run) {
    const auto& options = run.options;
    file.writeStringAttribute("/", "features", run.features);
    file.writeStringAttribute("/", "responses", run.responses);
    file.writeStringAttribute("/", "groups", run.groups);
    file.writeStringAttribute("/", "drop", run.drop);
    file.writeAttributeArray<double>("/", "alphas", options.alphas);
    file.writeAttribute<std::int64_t>("/", "outer_folds", options.outer.count);
    file.writeAttribute<std::int64_t>("/", "inner_folds", options.inner.count);
    file.writeStringAttribute("/", "shuffle",
                              options.outer.shuffleSeed ? std::to_string(*options.outer.shuffleSeed) : std::string());
    file.writeStringAttribute("/", "lambda_mode", nameOf(options.lambdaMode));
    file.writeStringAttribute("/", "selection_score", nameOf(options.effectiveSelection()));
    writeFlag(file, "standardize", options.standardize);
    writeFlag(file, "double", options.doublePrecision);
    writeFlag(file, "keep_inner", options.keepInner);
    file.writeAttribute<std::int64_t>("/", "threads", options.threads);
}

void writeCounts(Hdf5File& file, const RidgeRun& run) {
    file.writeAttribute<std::int64_t>("/", "n", run.images);
    file.writeAttribute<std::int64_t>("/", "d", run.columns);
    file.writeAttribute<std::int64_t>("/", "m", run.targets);
    file.writeAttribute<std::int64_t>("/", "dropped_columns", run.result.droppedColumns);
    file.writeAttribute<std::int64_t>("/", "dropped_rows", run.droppedRows);
    file.writeAttribute<std::int64_t>("/", "dropped_targets", static_cast<std::int64_t>(run.droppedTargets.size()));
    file.writeAttribute<std::int64_t>("/", "constant_targets", run.result.constantTargets);
    file.writeAttribute<std::int64_t>("/", "undefined_fold_targets", run.result.undefinedFoldTargets);
    file.writeAttribute<double>("/", "edge_share", run.result.edgeShare);
    file.writeStringsAttribute("/", "warnings", run.result.warnings);
}

} // namespace

void writeRidgeFile(const std::filesystem::path& path, const RidgeRun& run) {
    replaceFile(path, [&run](const std::filesystem::path& aside) {
        auto file = Hdf5File::create(aside);
        file.writeStringAttribute("/", "format", "brainlike-ridge");
        file.writeStringAttribute("/", "version", version);
        writeMatrix(file, "/score", run.result.score, true);
        writeMatrix(file, "/score_folds", run.result.foldScores, false);
        writeMatrix(file, "/alpha", run.result.alphas, run.options.lambdaMode == LambdaMode::Global);
        if (run.options.keepInner)
            writeInner(file, run);
        writeOptions(file, run);
        writeCounts(file, run);
        file.close();
    });
}

} // namespace brainlike
