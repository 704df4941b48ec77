#include "app/cli/Interrupt.h"
#include "app/cli/OutputCheck.h"
#include "app/cli/ProgressBar.h"
#include "app/cli/RidgeFit.h"
#include "app/cli/Verbs.h"
#include "app/cli/WholeNumber.h"
#include "core/base/AtomicFile.h"
#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/encoding/AlphaSpec.h"
#include "core/study/ProcessMemory.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>
#include <thread>
#include <utility>

namespace brainlike {
namespace {

struct RidgeArguments {
    std::vector<std::string> features;
    std::string responses;
    std::string out;
    std::string alphas = "0:8:10";
    std::string groups;
    std::optional<std::string> innerGroups;
    std::string lambdaMode = "global";
    std::string score;
    std::string drop;
    std::string progress = "auto";
    int outerFolds = 5;
    int innerFolds = 5;
    int threads = 0;
    std::optional<std::uint64_t> shuffle;
    std::optional<std::string> innerShuffle;
    std::optional<int> randomSearch;
    std::optional<std::uint64_t> seed;
    bool noStandardize = false;
    bool doublePrecision = false;
    bool keepInner = false;
};

/// Parts the inner folds from what the outer ones have.
constexpr const char* none = "none";

/// Groups of the inner folds: those of the outer ones unless told otherwise.
std::string innerGroupsOf(const RidgeArguments& arguments) {
    if (!arguments.innerGroups)
        return arguments.groups;
    return *arguments.innerGroups == none ? std::string() : *arguments.innerGroups;
}

RidgeOptions optionsOf(const RidgeArguments& arguments) {
    RidgeOptions options;
    options.alphas = alphasFrom(arguments.alphas);
    options.outer.count = arguments.outerFolds;
    options.inner.count = arguments.innerFolds;
    options.outer.shuffleSeed = options.inner.shuffleSeed = arguments.shuffle;
    if (arguments.innerShuffle)
        options.inner.shuffleSeed =
            *arguments.innerShuffle == none ? std::nullopt : std::optional(wholeNumberFrom(*arguments.innerShuffle));
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
    if (arguments.features.size() == 1 && (arguments.randomSearch || arguments.seed))
        throw UsageError({.what = "There is nothing to search with one feature space",
                          .place = arguments.randomSearch ? "--random-search" : "--seed",
                          .advice = "give --features once for each feature space, or leave the option out"});
    try {
        return optionsOf(arguments);
    } catch (const ValueError& error) {
        throw UsageError(error.details());
    }
}

BandedOptions searchOf(const RidgeArguments& arguments) {
    BandedOptions search;
    search.samples = arguments.randomSearch.value_or(search.samples);
    search.seed = arguments.seed.value_or(search.seed);
    return search;
}

/// Smallest and largest finite λ.
std::string alphaText(const RowMatrix<double>& alphas) {
    double smallest = std::numeric_limits<double>::infinity();
    double largest = -smallest;
    for (const double alpha : alphas.reshaped())
        if (std::isfinite(alpha)) {
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

struct Mean {
    double value = undefined;
    Eigen::Index count = 0;
};

/// Mean of what is defined.
template <typename Values>
Mean meanOf(const Values& values) {
    Mean mean;
    double sum = 0;
    for (const double value : values)
        if (!std::isnan(value)) {
            sum += value;
            ++mean.count;
        }
    if (mean.count > 0)
        mean.value = sum / static_cast<double>(mean.count);
    return mean;
}

std::string fourDigits(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", value);
    return text;
}

/// Every n-th row, from the first one given.
RowMatrix<double> everyRow(const RowMatrix<double>& matrix, Eigen::Index first, Eigen::Index step) {
    return matrix(Eigen::seq(first, matrix.rows() - 1, step), Eigen::all);
}

void print(const RidgeRun& run) {
    for (const auto& warning : run.result.ridge.warnings)
        std::cerr << "brainlike: warning: " << warning << '\n';
    const auto mean = meanOf(run.result.ridge.score);
    const auto spaces = static_cast<Eigen::Index>(run.features.size());
    std::cout << "mean r " << fourDigits(mean.value) << " over " << mean.count << " of "
              << counted(run.targets, "target") << " (" << counted(run.images, "image") << ", "
              << counted(std::accumulate(run.columns.begin(), run.columns.end(), std::int64_t(0)), "feature")
              << (run.banded() ? " in " + counted(spaces, "space") + ", " : std::string(", "))
              << run.options.outer.count << " folds), λ " << alphaText(run.result.ridge.alphas) << '\n';
    for (Eigen::Index space = 0; run.banded() && space < spaces; ++space)
        std::cout << "  part " << fourDigits(meanOf(run.result.splitScores.row(space)).value) << " of "
                  << run.features[static_cast<std::size_t>(space)] << " ("
                  << counted(run.columns[static_cast<std::size_t>(space)], "feature") << "), λ "
                  << alphaText(everyRow(run.result.bandAlphas, space, spaces)) << '\n';
}

void runRidge(const RidgeArguments& arguments) {
    const auto mode = progressModeFrom(arguments.progress);
    auto options = checkedOptions(arguments);
    std::vector<std::filesystem::path> inputs(arguments.features.begin(), arguments.features.end());
    inputs.insert(inputs.end(), {arguments.responses, arguments.groups, innerGroupsOf(arguments)});
    refuseOverwriting(arguments.out, inputs);
    const auto stop = interruptToken();
    keepFreedMemory();
    checkWritable(arguments.out);
    const auto run = [&] {
        ProgressBar bar("ridge", mode);
        JobContext job(stop, bar.listener());
        const RidgeInputFiles files{{arguments.features.begin(), arguments.features.end()},
                                    arguments.responses,
                                    arguments.groups,
                                    arguments.drop,
                                    innerGroupsOf(arguments),
                                    arguments.doublePrecision};
        return fitRidgeFiles(files, std::move(options), searchOf(arguments), job);
    }();
    writeRidgeFile(arguments.out, run);
    print(run);
}

void addOptions(CLI::App& verb, RidgeArguments& arguments) {
    constexpr int most = std::numeric_limits<int>::max();
    verb.add_option("--features", arguments.features,
                    "images × features, NPY; once for each feature space: several share a banded ridge, each with its "
                    "own λ")
        ->required()
        ->allow_extra_args(false);
    verb.add_option("--responses", arguments.responses, "images × targets, NPY")->required();
    verb.add_option("--out", arguments.out, "the HDF5 file to write")->required();
    verb.add_option("--alphas", arguments.alphas,
                    "λ grid: first:last:count (exponents of 10) or a list a,b,c (default: 0:8:10)");
    verb.add_option("--outer-folds", arguments.outerFolds, "folds that give the test predictions (default: 5)")
        ->check(CLI::Range(2, most));
    verb.add_option("--inner-folds", arguments.innerFolds, "folds of each training set that choose λ (default: 5)")
        ->check(CLI::Range(2, most));
    verb.add_option("--shuffle", arguments.shuffle, "divide the rows in a random order of this seed")
        ->check(wholeNumber());
    verb.add_option("--random-search", arguments.randomSearch,
                    "weightings of several feature spaces to try (default: 100)")
        ->check(CLI::Range(1, most));
    verb.add_option("--seed", arguments.seed, "of that random search (default: 0)")->check(wholeNumber());
    verb.add_option("--groups", arguments.groups, "NPY with a group a row; a group stays in one fold");
    verb.add_option("--inner-shuffle", arguments.innerShuffle,
                    "seed of the inner folds, or none (default: as --shuffle)")
        ->check(wholeNumber() | CLI::IsMember({none}));
    verb.add_option("--inner-groups", arguments.innerGroups, "NPY of the inner folds, or none (default: as --groups)");
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
