#include "app/cli/Interrupt.h"
#include "app/cli/ProgressBar.h"
#include "app/cli/Verbs.h"
#include "app/cli/WholeNumber.h"
#include "app/window/Application.h"
#include "core/base/Error.h"
#include "core/session/SelectionDefaults.h"
#include "core/simulate/Demo.h"
#include "core/study/ScoreFile.h"
#include "views/figure/CortexFigure.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

struct DemoArguments {
    std::string out;
    std::string progress = "auto";
    DemoOptions options;
    bool withoutWindow = false;
};

/// One picture of the demo.
struct Picture {
    const char* file;
    MapKind map;
};

bool isSet(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

bool hasDisplay() {
    return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM");
}

/// R below which pictures leave vertices out: above what the best of nine layers reaches by chance in this study.
constexpr double pictureThreshold = 0.1;

/// The first model at the end of its training.
Selection trainedSelection(const Study& study, const ScoreIndex& index) {
    Selection selection;
    selection.model = study.models.front().id;
    selection.step = study.models.front().checkpoints.back().step;
    return fittedTo(selection, index);
}

/// Draws the first model at the end of its training.
std::vector<fs::path> drawPictures(const DemoResult& demo, const fs::path& folder, JobContext& job) {
    const ScoreFile scores(demo.scores);
    std::vector<fs::path> files;
    for (const Picture& picture :
         {Picture{"demo-score.png", MapKind::Score}, Picture{"demo-best-layer.png", MapKind::BestLayer}}) {
        CortexFigureOptions options;
        options.selection = trainedSelection(demo.study, scores.index());
        options.selection.map = picture.map;
        options.selection.threshold = pictureThreshold;
        options.study = demo.study.json;
        files.push_back(folder / picture.file);
        writeCortexFigure(scores, options, files.back(), job);
    }
    return files;
}

void runWithoutWindow(const DemoOptions& options, ProgressMode mode) {
    const auto stop = interruptToken();
    const auto demo = [&] {
        ProgressBar bar("demo", mode);
        JobContext job(stop, bar.listener());
        return runDemo(options, job);
    }();
    JobContext job(stop);
    const auto pictures = drawPictures(demo, demoFolder(options), job);
    std::cout << demo.study.file.string() << '\n' << demo.scores.string() << '\n';
    for (const fs::path& picture : pictures)
        std::cout << picture.string() << '\n';
}

void runDemoCommand(const DemoArguments& arguments) {
    const auto mode = progressModeFrom(arguments.progress);
    DemoOptions options = arguments.options;
    if (!arguments.out.empty())
        options.folder = arguments.out;
    if (arguments.withoutWindow)
        return runWithoutWindow(options, mode);
    if (hasDisplay()) {
        if (const int status = runDemoWindow(options); status != 0)
            throw Error({.what = "The window ended with status " + std::to_string(status)});
        return;
    }
    if (!options.folder)
        options.folder = "brainlike-demo";
    std::cerr << "brainlike: no display, so the demo's pictures are written to " << options.folder->string() << '\n';
    runWithoutWindow(options, mode);
}

} // namespace

void addDemoCommand(CLI::App& app) {
    auto* verb = app.add_subcommand("demo", "Simulate a study with planted truth, encode it with the real pipeline and "
                                            "open it; goes on where it was stopped");
    const auto arguments = std::make_shared<DemoArguments>();
    verb->add_option("--out", arguments->out, "folder of the study (default: demo in the user's data folder)");
    verb->add_option("--template", arguments->options.templateName,
                     "cortical template, a name or a folder (default: fsaverage5)");
    verb->add_flag("--no-window", arguments->withoutWindow, "write pictures beside the study instead of opening it");
    verb->add_option("--seed", arguments->options.seed, "seed of all random numbers (default: 1)")
        ->check(wholeNumber());
    verb->add_option("--threads", arguments->options.threads, "threads to use (default: one a processor)")
        ->check(CLI::Range(1, 4096));
    verb->add_option("--progress", arguments->progress, "auto, bar, json or none");
    verb->callback([arguments] { runDemoCommand(*arguments); });
}

} // namespace brainlike
