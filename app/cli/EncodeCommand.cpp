#include "app/cli/Interrupt.h"
#include "app/cli/MemoryOption.h"
#include "app/cli/OutputCheck.h"
#include "app/cli/ProgressBar.h"
#include "app/cli/Verbs.h"
#include "core/base/Counted.h"
#include "core/base/Error.h"
#include "core/study/Encode.h"
#include "core/study/EncodePlan.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>

namespace brainlike {
namespace {

struct EncodeArguments {
    std::string study;
    std::string out;
    std::string shard;
    std::optional<std::string> memory;
    std::string progress = "auto";
    int threads = 0;
    bool clean = false;
    bool plan = false;
};

std::filesystem::path outputOf(const EncodeArguments& arguments, const Study& study) {
    return arguments.out.empty() ? defaultScoresFile(study) : std::filesystem::path(arguments.out);
}

std::string durationText(double seconds) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(0);
    if (seconds < 120)
        text << std::max(1.0, seconds) << " s";
    else if (seconds < 7200)
        text << seconds / 60 << " min";
    else
        text << std::setprecision(1) << seconds / 3600 << " h";
    return text.str();
}

void printPlan(const EncodePlan& plan) {
    constexpr double mebibyte = 1 << 20;
    std::cout << "units   " << plan.unitCount << ", " << plan.doneCount << " of them done\n"
              << std::setprecision(2) << std::scientific << "FLOPs   " << plan.operations << '\n'
              << std::fixed << std::setprecision(0) << "memory  at most " << std::ceil(plan.bytes / mebibyte)
              << " MiB, of " << plan.budget / mebibyte << " MiB allowed\n"
              << "time    about " << durationText(plan.seconds) << '\n';
}

void printResult(const EncodeResult& result) {
    for (const auto* list : {&result.damagedParts, &result.warnings})
        for (const auto& warning : *list)
            std::cerr << "brainlike: warning: " << warning << '\n';
    std::cerr << "brainlike: " << result.computedCount << " of " << counted(result.shareCount, "unit") << " computed, ";
    if (result.missingCount > 0) {
        std::cerr << counted(result.missingCount, "unit of other shards is", "units of other shards are")
                  << " missing: the shard that finishes last merges\n";
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

/// For programs that follow an encoding: a line a unit on the error stream, also for those of an earlier run.
class UnitLines {
public:
    UnitLines(const Study& study, const Shard& shard) : m_study(study), m_total(unitsOf(study, shard).size()) {}

    void operator()(const EncodeUnit& unit) {
        const auto& model = m_study.models.at(static_cast<std::size_t>(unit.model));
        ++m_done;
        const nlohmann::json line{{"job", "encode"},
                                  {"fraction", static_cast<double>(m_done) / static_cast<double>(m_total)},
                                  {"text", describe(m_study, unit)},
                                  {"model", model.id},
                                  {"step", model.checkpoints.at(static_cast<std::size_t>(unit.checkpoint)).step},
                                  {"layer", model.layers.at(static_cast<std::size_t>(unit.layer)).name},
                                  {"recording", m_study.recordings.at(static_cast<std::size_t>(unit.recording)).id},
                                  {"done", m_done},
                                  {"total", m_total}};
        std::cerr << line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n" << std::flush;
    }

private:
    const Study& m_study;
    std::size_t m_total;
    std::size_t m_done = 0;
};

void runEncode(const EncodeArguments& arguments) {
    const auto mode = progressModeFrom(arguments.progress);
    EncodeOptions options{.threads = arguments.threads, .shard = shardOf(arguments), .clean = arguments.clean};
    if (arguments.memory)
        options.memory = bytesFrom(*arguments.memory);
    refuseOverwriting(arguments.out, {arguments.study});
    giveMemoryBackAtOnce();
    const Study study = readStudy(arguments.study);
    options.out = outputOf(arguments, study);
    if (arguments.plan) {
        printPlan(planEncoding(study, options));
        return;
    }
    const bool isForPrograms = mode == ProgressMode::Json;
    if (isForPrograms)
        options.onUnit = UnitLines(study, options.shard);
    const auto stop = interruptToken();
    const auto result = [&] {
        ProgressBar bar("encode", isForPrograms ? ProgressMode::None : mode);
        JobContext job(stop, bar.listener());
        return encodeStudy(study, options, job);
    }();
    printResult(result);
}

} // namespace

void addEncodeCommand(CLI::App& app) {
    auto* verb = app.add_subcommand(
        "encode", "Predict every recording of a study from every layer of every checkpoint, "
                  "and write the scores; goes on where it was stopped. Ctrl-C loses what is in flight: a unit "
                  "a thread, or up to 8 layers of a recording that is read in pieces because the "
                  "memory does not hold it (--memory)");
    const auto arguments = std::make_shared<EncodeArguments>();
    verb->add_option("study", arguments->study, "the study.json")->required();
    verb->add_option("--out", arguments->out, "the scores file to write (default: scores.h5 beside the study)");
    verb->add_option("--threads", arguments->threads, "threads to use (default: one a processor)")
        ->check(CLI::Range(1, 4096));
    verb->add_option("--memory", arguments->memory,
                     "memory that the program may take at most, such as 4G; a larger study is worked on piece by "
                     "piece, to the same scores (default: three quarters of this computer's memory)");
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
