#include "app/cli/Interrupt.h"
#include "app/cli/ProgressBar.h"
#include "app/cli/Verbs.h"
#include "app/cli/WholeNumber.h"
#include "core/simulate/Simulate.h"
#include "core/study/Workers.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

namespace brainlike {
namespace {

struct SimulateArguments {
    std::string folder;
    std::string progress = "auto";
    SimulationOptions options;
    int threads = defaultThreads();
};

void runSimulate(const SimulateArguments& arguments) {
    validate(arguments.options);
    const auto mode = progressModeFrom(arguments.progress);
    const auto stop = interruptToken();
    const auto result = [&] {
        ProgressBar bar("simulate", mode);
        JobContext job(stop, bar.listener());
        return simulateStudy(arguments.folder, arguments.options, job, arguments.threads);
    }();
    std::cerr << "brainlike: " << (result.alreadyThere ? "the study was there already" : "study written") << '\n';
    std::cout << result.study.string() << '\n';
}

} // namespace

void addSimulateCommand(CLI::App& app) {
    auto* verb = app.add_subcommand("simulate", "Write a study with planted truth, to be encoded like any other; the "
                                                "same options and seed give the same bytes");
    const auto arguments = std::make_shared<SimulateArguments>();
    SimulationOptions& options = arguments->options;
    verb->add_option("folder", arguments->folder, "the folder to write to; created if missing")->required();
    verb->add_option("--subjects", options.subjects, "subjects with fMRI (default: 3)");
    verb->add_option("--meg-subjects", options.megSubjects, "subjects with MEG (default: 4)");
    verb->add_option("--images", options.images, "images shown to subjects and models (default: 300)");
    verb->add_option("--models", options.models,
                     "models: large ones of human-centric, satellite and cellular images, then small, base and giant "
                     "ones of human-centric images (default: 6)");
    verb->add_option("--layers", options.layers, "layers of each model (default: 9)");
    verb->add_option("--steps", options.steps, "checkpoints, the untrained one included (default: 10)");
    verb->add_option("--features", options.features, "features of each layer (default: 12)");
    verb->add_option("--template", options.templateName, "cortical template, a name or a folder (default: fsaverage5)");
    verb->add_option("--seed", options.seed, "seed of all random numbers (default: 1)")->check(wholeNumber());
    verb->add_option("--threads", arguments->threads, "threads to use (default: one a processor)")
        ->check(CLI::Range(1, 4096));
    verb->add_option("--progress", arguments->progress, "auto, bar, json or none");
    verb->callback([arguments] { runSimulate(*arguments); });
}

} // namespace brainlike
