#include "app/cli/Interrupt.h"
#include "app/cli/ProgressBar.h"
#include "app/cli/RidgeFile.h"
#include "app/cli/RidgeInput.h"
#include "app/cli/Verbs.h"
#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/encoding/AlphaSpec.h"
#include "core/encoding/Ridge.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <limits>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace brainlike {
namespace {

struct RidgeArguments {
    std::string features;
    std::string responses;
    std::string out;
    std::string alphas = "0:8:10";
    std::string groups;
    std::string lambdaMode = "global";
    std::string score;
    std::string drop;
    std::string progress = "auto";
    int outerFolds = 5;
    int innerFolds = 5;
    int threads = 0;
    std::optional<std::uint64_t> shuffle;
    bool noStandardize = false;
    bool doublePrecision = false;
    bool keepInner = false;
};

RidgeOptions optionsOf(const RidgeArguments& arguments) {
    RidgeOptions options;
    options.alphas = alphasFrom(arguments.alphas);
    options.outer.count = arguments.outerFolds;
    options.inner.count = arguments.innerFolds;
    options.outer.shuffleSeed = options.inner.shuffleSeed = arguments.shuffle;
    options.lambdaMode = lambdaModeFrom(arguments.lambdaMode);
    if (!arguments.score.empty())
        options.selection = selectionScoreFrom(arguments.score);
    options.standardize = !arguments.noStandardize;
    options.doublePrecision = arguments.doublePrecision;
    options.keepInner = arguments.keepInner;
    const auto processors = static_cast<int>(std::thread::hardware_concurrency());
    options.threads = arguments.threads > 0 ? arguments.threads : std::max(1, processors);
    validate(options);
    return options;
}

/// Options that the command line alone decides: what is wrong with them is wrong usage.
RidgeOptions checkedOptions(const RidgeArguments& arguments) {
    if (arguments.out == arguments.features || arguments.out == arguments.responses)
        throw UsageError(
            {.what = "The output would replace an input", .file = arguments.out, .advice = "name another output"});
    try {
        return optionsOf(arguments);
    } catch (const ValueError& error) {
        throw UsageError(error.details());
    }
}

/// Puts NaN where targets were left out of the fit.
RidgeResult withDropped(RidgeResult result, const RidgeInput& input, const RidgeOptions& options) {
    if (input.droppedTargets.empty())
        return result;
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    std::vector<Eigen::Index> kept;
    for (Eigen::Index target = 0; target < input.targets; ++target)
        if (!std::binary_search(input.droppedTargets.begin(), input.droppedTargets.end(), target))
            kept.push_back(target);
    const auto spread = [&](const RowMatrix<double>& values) {
        RowMatrix<double> wide = RowMatrix<double>::Constant(values.rows(), input.targets, undefined);
        for (std::size_t index = 0; index < kept.size(); ++index)
            wide.col(kept[index]) = values.col(static_cast<Eigen::Index>(index));
        return wide;
    };
    result.score = spread(result.score.transpose()).transpose();
    result.foldScores = spread(result.foldScores);
    if (options.lambdaMode == LambdaMode::PerTarget) {
        result.alphas = spread(result.alphas);
        const auto narrow = static_cast<Eigen::Index>(kept.size());
        const auto lines = static_cast<Eigen::Index>(result.innerScores.size()) / narrow;
        const auto inner = spread(Eigen::Map<const RowMatrix<double>>(result.innerScores.data(), lines, narrow));
        result.innerScores.assign(inner.data(), inner.data() + inner.size());
    }
    return result;
}

void warnOfDropped(const RidgeInput& input, RidgeResult& result) {
    if (input.droppedRows > 0)
        result.warnings.push_back(std::to_string(input.droppedRows) + " rows with values that are not finite left out");
    if (!input.droppedTargets.empty())
        result.warnings.push_back(std::to_string(input.droppedTargets.size()) +
                                  " targets with values that are not finite left out: no score");
}

RidgeRun fitted(const RidgeArguments& arguments, RidgeOptions options, JobContext& job) {
    job.report(0, "reading");
    RidgeInput input = readRidgeInput(
        {arguments.features, arguments.responses, arguments.groups, arguments.drop, arguments.doublePrecision});
    options.outer.groups = options.inner.groups = std::move(input.groups);
    auto result = std::visit([&](const auto& responses) { return fitRidge(input.features, responses, options, job); },
                             input.responses);
    result = withDropped(std::move(result), input, options);
    warnOfDropped(input, result);
    RidgeRun run{arguments.features, arguments.responses, arguments.groups, arguments.drop, std::move(options)};
    run.images = input.features.rows();
    run.columns = input.features.cols();
    run.targets = input.targets;
    run.droppedRows = input.droppedRows;
    run.droppedTargets = std::move(input.droppedTargets);
    run.result = std::move(result);
    return run;
}

std::string alphaText(const RowMatrix<double>& alphas) {
    double smallest = std::numeric_limits<double>::infinity();
    double largest = -smallest;
    for (const double alpha : alphas.reshaped())
        if (!std::isnan(alpha)) {
            smallest = std::min(smallest, alpha);
            largest = std::max(largest, alpha);
        }
    char text[64] = "none";
    if (smallest == largest)
        std::snprintf(text, sizeof text, "%.4g", smallest);
    else if (smallest < largest)
        std::snprintf(text, sizeof text, "%.4g to %.4g", smallest, largest);
    return text;
}

void print(const RidgeRun& run) {
    for (const auto& warning : run.result.warnings)
        std::cerr << "brainlike: warning: " << warning << '\n';
    double sum = 0;
    int scored = 0;
    for (const double score : run.result.score)
        if (!std::isnan(score)) {
            sum += score;
            ++scored;
        }
    char mean[32];
    std::snprintf(mean, sizeof mean, "%.4f", scored > 0 ? sum / scored : std::nan(""));
    std::cout << "mean r " << mean << " over " << scored << " of " << run.targets << " targets (" << run.images
              << " images, " << run.columns << " features, " << run.options.outer.count << " folds), λ "
              << alphaText(run.result.alphas) << '\n';
}

void runRidge(const RidgeArguments& arguments) {
    const auto mode = progressModeFrom(arguments.progress);
    auto options = checkedOptions(arguments);
    const auto stop = interruptToken();
    checkWritable(arguments.out);
    const auto run = [&] {
        ProgressBar bar("ridge", mode);
        JobContext job(stop, bar.listener());
        return fitted(arguments, std::move(options), job);
    }();
    writeRidgeFile(arguments.out, run);
    print(run);
}

void addOptions(CLI::App& verb, RidgeArguments& arguments) {
    constexpr int most = std::numeric_limits<int>::max();
    verb.add_option("--features", arguments.features, "images × features, NPY")->required();
    verb.add_option("--responses", arguments.responses, "images × targets, NPY")->required();
    verb.add_option("--out", arguments.out, "the HDF5 file to write")->required();
    verb.add_option("--alphas", arguments.alphas,
                    "λ grid: first:last:count (exponents of 10) or a list a,b,c (default: 0:8:10)");
    verb.add_option("--outer-folds", arguments.outerFolds, "folds that give the test predictions (default: 5)")
        ->check(CLI::Range(2, most));
    verb.add_option("--inner-folds", arguments.innerFolds, "folds of each training set that choose λ (default: 5)")
        ->check(CLI::Range(2, most));
    verb.add_option("--shuffle", arguments.shuffle, "divide the rows in a random order of this seed");
    verb.add_option("--groups", arguments.groups, "NPY with a group a row; a group stays in one fold");
    verb.add_option("--lambda-mode", arguments.lambdaMode, "global (default: one λ for all targets) or per_target")
        ->check(CLI::IsMember({"global", "per_target"}));
    verb.add_option("--score", arguments.score,
                    "what λ is chosen by: r2 (default of global), mse (default of "
                    "per_target) or correlation")
        ->check(CLI::IsMember({"r2", "mse", "correlation"}));
    verb.add_flag("--no-standardize", arguments.noStandardize, "leave the features' scales as they are");
    verb.add_flag("--double", arguments.doublePrecision, "compute in double precision");
    verb.add_option("--drop", arguments.drop, "leave out rows or targets with values that are not finite")
        ->check(CLI::IsMember({"rows", "targets"}));
    verb.add_flag("--keep-inner", arguments.keepInner, "write the scores that λ was chosen by");
    verb.add_option("--threads", arguments.threads, "threads to use (default: one a processor)")
        ->check(CLI::Range(1, 4096));
    verb.add_option("--progress", arguments.progress, "auto, bar, json (a line a report) or none");
}

} // namespace

void addRidgeCommand(CLI::App& app) {
    auto* verb = app.add_subcommand("ridge", "Predict responses from features by nested cross-validated ridge "
                                             "regression, and write Pearson's r of each target");
    const auto arguments = std::make_shared<RidgeArguments>();
    addOptions(*verb, *arguments);
    verb->callback([arguments] { runRidge(*arguments); });
}

} // namespace brainlike
