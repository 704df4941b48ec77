#include "app/cli/Interrupt.h"
#include "app/cli/MemoryOption.h"
#include "app/cli/OutputCheck.h"
#include "app/cli/ProgressBar.h"
#include "app/cli/Verbs.h"
#include "core/base/Counted.h"
#include "core/study/Merge.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace brainlike {
namespace {

struct MergeArguments {
    std::string parts;
    std::string out;
    std::string study;
    std::optional<std::string> memory;
    std::string progress = "auto";
    int threads = 0;
};

void runMerge(const MergeArguments& arguments) {
    const auto mode = progressModeFrom(arguments.progress);
    MergeOptions options{arguments.parts, arguments.out, arguments.study, arguments.threads};
    if (arguments.memory)
        options.memory = bytesFrom(*arguments.memory);
    refuseOverwriting(arguments.out, {arguments.study});
    giveMemoryBackAtOnce();
    const auto stop = interruptToken();
    const auto result = [&] {
        ProgressBar bar("merge", mode);
        JobContext job(stop, bar.listener());
        return mergeParts(options, job);
    }();
    std::cerr << "brainlike: " << counted(result.unitCount, "unit") << ", "
              << (result.isWritten ? "scores written" : "scores were current already") << '\n';
    std::cout << result.scores.string() << '\n';
}

} // namespace

void addMergeCommand(CLI::App& app) {
    auto* verb = app.add_subcommand("merge", "Merge the finished parts of an encoding into the scores");
    const auto arguments = std::make_shared<MergeArguments>();
    verb->add_option("parts", arguments->parts, "the folder of the parts, scores.parts")->required();
    verb->add_option("--out", arguments->out, "the scores file to write (default: scores.h5 beside scores.parts)");
    verb->add_option("--study", arguments->study, "the study.json, should it lie elsewhere than when it was encoded");
    verb->add_option("--threads", arguments->threads, "threads to use (default: one a processor)")
        ->check(CLI::Range(1, 4096));
    verb->add_option(
        "--memory", arguments->memory,
        "memory that the program may take at most, such as 4G (default: three quarters of this computer's)");
    verb->add_option("--progress", arguments->progress, "auto, bar, json or none");
    verb->callback([arguments] { runMerge(*arguments); });
}

} // namespace brainlike
