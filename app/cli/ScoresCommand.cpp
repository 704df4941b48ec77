#include "app/cli/Interrupt.h"
#include "app/cli/OutputCheck.h"
#include "app/cli/ScoresExtras.h"
#include "app/cli/Verbs.h"
#include "app/cli/WholeNumber.h"
#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/tables/ScoreTables.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <fstream>
#include <iostream>
#include <memory>

namespace brainlike {
namespace {

struct ScoresArguments {
    std::string scores;
    std::string format = "csv";
    std::string out;
    std::string step;
    std::string subject, layer;
    std::vector<std::string> models;
    ScoresExtras extras;
    TableRequest request;
};

std::optional<std::string> given(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

std::int64_t stepFrom(const std::string& text) {
    std::int64_t step = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), step);
    if (failure != std::errc() || end != text.data() + text.size() || step < 0)
        throw UsageError(
            {.what = "--step is no training step", .expected = "a whole number from 0, or last", .found = text});
    return step;
}

TableRequest requestOf(const ScoresArguments& arguments) {
    TableRequest request = arguments.request;
    arguments.extras.apply(request, arguments.models);
    request.subject = given(arguments.subject);
    request.layer = given(arguments.layer);
    request.onlyLastStep = arguments.step == "last";
    if (!arguments.step.empty() && !request.onlyLastStep)
        request.step = stepFrom(arguments.step);
    return request;
}

void runScores(const ScoresArguments& arguments) {
    const auto request = requestOf(arguments);
    checkRequest(request);
    const auto format = arguments.format == "json" ? TableFormat::Json : TableFormat::Csv;
    JobContext job(interruptToken());
    if (arguments.out.empty()) {
        TableWriter writer(std::cout, format);
        WarningSink sink(writer);
        sendScoreTable(ScoreFile(arguments.scores), request, sink, job);
        return;
    }
    auto inputs = arguments.extras.files();
    inputs.emplace_back(arguments.scores);
    refuseOverwriting(arguments.out, inputs);
    checkWritable(arguments.out);
    const ScoreFile scores(arguments.scores);
    replaceFile(arguments.out, [&](const std::filesystem::path& aside) {
        std::ofstream stream(aside, std::ios::binary | std::ios::trunc);
        TableWriter writer(stream, format);
        WarningSink sink(writer);
        sendScoreTable(scores, request, sink, job);
    });
}

std::string tableNames() {
    std::string names;
    for (const auto& table : scoreTables())
        names += (names.empty() ? "" : ", ") + std::string(table.what);
    return names;
}

} // namespace

void addScoresCommand(CLI::App& app) {
    auto* verb = app.add_subcommand("scores", "Write scores as a table (CSV or JSON) for scripts and notebooks");
    const auto arguments = std::make_shared<ScoresArguments>();
    auto& request = arguments->request;
    verb->add_option("scores", arguments->scores, "the scores.h5")->required();
    verb->add_option("--what", request.what, "the table: " + tableNames())->required();
    verb->add_option("--level", request.level, "what a row is of: model, roi, area, vertex, window or layer");
    verb->add_option("--model", arguments->models, "one model's id (default: all)");
    verb->add_option("--step", arguments->step, "one checkpoint's training step, or last (default: all)");
    verb->add_option("--subject", arguments->subject, "one subject, mean (default) or all");
    verb->add_option("--layer", arguments->layer, "one layer's name, best (default), mean over layers, or all");
    verb->add_option("--resamples", request.bootstrap.resamples,
                     "resamples of the subjects behind an interval (default: 1000; 0: no intervals)")
        ->check(CLI::Range(0, 1'000'000));
    verb->add_option("--seed", request.bootstrap.seed, "seed of the resamples or spins (default: 0)")
        ->check(wholeNumber());
    verb->add_option("--format", arguments->format, "csv (default) or json")->check(CLI::IsMember({"csv", "json"}));
    verb->add_option("--out", arguments->out, "the file to write (default: standard output)");
    arguments->extras.addOptions(*verb);
    verb->callback([arguments] { runScores(*arguments); });
}

} // namespace brainlike
