#include "app/cli/Interrupt.h"
#include "app/cli/ProgressBar.h"
#include "app/cli/Verbs.h"
#include "core/base/Error.h"
#include "core/study/Encode.h"
#include "core/study/EncodePlan.h"

#include <CLI/CLI.hpp>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string>

namespace brainlike {
namespace {

struct EncodeArguments {
    std::string study;
    std::string out;
    std::string shard;
    std::string progress = "auto";
    int threads = 0;
    bool clean = false;
    bool plan = false;
};

std::filesystem::path outputOf(const EncodeArguments& arguments, const Study& study) {
    return arguments.out.empty() ? defaultScoresFile(study) : std::filesystem::path(arguments.out);
}

void printPlan(const EncodePlan& plan) {
    std::cout << "units   " << plan.unitCount << ", " << plan.doneCount << " of them done\n"
              << std::setprecision(2) << std::scientific << "FLOPs   about " << plan.operations << '\n'
              << std::fixed << std::setprecision(1) << "memory  about " << plan.bytes / (1 << 20) << " MiB\n"
              << std::setprecision(0) << "time    about " << plan.seconds << " s, at " << operationsPerSecond / 1e9
              << " GFLOP/s a thread\n";
}

void printResult(const EncodeResult& result) {
    for (const auto* list : {&result.damagedParts, &result.warnings})
        for (const auto& warning : *list)
            std::cerr << "brainlike: warning: " << warning << '\n';
    std::cerr << "brainlike: " << result.computedCount << " of " << result.shareCount << " units computed, ";
    if (result.missingCount > 0) {
        std::cerr << result.missingCount << " units of other shards are missing: the shard that finishes last merges\n";
        return;
    }
    std::cerr << (result.isWritten ? "scores written" : "scores were current already") << '\n';
    std::cout << result.scores.string() << '\n';
}

/// What the command line alone decides.
Shard shardOf(const EncodeArguments& arguments) {
    if (arguments.shard.empty())
        return {};
    if (arguments.clean)
        throw UsageError({.what = "--clean cannot be combined with --shard",
                          .advice = "other shards need the parts; run encode with --clean once all are done"});
    try {
        return shardFrom(arguments.shard);
    } catch (const ValueError& error) {
        throw UsageError(error.details());
    }
}

void runEncode(const EncodeArguments& arguments) {
    const auto mode = progressModeFrom(arguments.progress);
    const Shard shard = shardOf(arguments);
    const Study study = readStudy(arguments.study);
    const auto out = outputOf(arguments, study);
    if (arguments.plan) {
        printPlan(planEncoding(study, out, arguments.threads));
        return;
    }
    const auto stop = interruptToken();
    const auto result = [&] {
        ProgressBar bar("encode", mode);
        JobContext job(stop, bar.listener());
        return encodeStudy(
            study, {.out = out, .threads = arguments.threads, .shard = shard, .clean = arguments.clean, .onUnit = {}},
            job);
    }();
    printResult(result);
}

} // namespace

void addEncodeCommand(CLI::App& app) {
    auto* verb =
        app.add_subcommand("encode", "Predict every recording of a study from every layer of every checkpoint, "
                                     "and write the scores; goes on where it was stopped");
    const auto arguments = std::make_shared<EncodeArguments>();
    verb->add_option("study", arguments->study, "the study.json")->required();
    verb->add_option("--out", arguments->out, "the scores file to write (default: scores.h5 beside the study)");
    verb->add_option("--threads", arguments->threads, "threads to use (default: one a processor)")
        ->check(CLI::Range(1, 4096));
    verb->add_option("--shard", arguments->shard,
                     "I/N: compute one of N shares of the units, beside the other shards (which may run at the same "
                     "time, on other machines that see the same folder); the last to finish merges");
    verb->add_flag("--clean", arguments->clean,
                   "give up parts of other options, and remove all parts once the scores are written");
    verb->add_flag("--plan", arguments->plan, "print units, operations, memory and an estimate of the time, and stop");
    verb->add_option("--progress", arguments->progress, "auto, bar, json (a line a unit) or none");
    verb->callback([arguments] { runEncode(*arguments); });
}

} // namespace brainlike
