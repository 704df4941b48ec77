#include "core/simulate/Demo.h"

#include "core/base/Error.h"
#include "core/simulate/Simulate.h"
#include "core/simulate/StudyWriter.h"
#include "core/study/Encode.h"
#include "core/study/Workers.h"
#include "core/templates/TemplateFinder.h"

#include <algorithm>
#include <cctype>

namespace brainlike {
namespace {

namespace fs = std::filesystem;

/// Share of the whole that the simulation takes.
constexpr double simulationShare = 0.06;

/// The user's folder for the program's data.
fs::path dataFolder() {
    return TemplateFinder::setUpFolder().parent_path();
}

/// Letters, digits, points and dashes of a template's name or folder, to be a part of a file name.
std::string plainName(const std::string& templateName) {
    std::string name = fs::path(templateName).filename().string();
    std::replace_if(
        name.begin(), name.end(),
        [](unsigned char character) { return std::isalnum(character) == 0 && character != '.' && character != '-'; },
        '_');
    return name;
}

/// Reports a part of a job as a share of the whole.
JobContext partOf(JobContext& job, double start, double end) {
    return JobContext(job.stopToken(), [&job, start, end](const Progress& progress) {
        job.report(start + (end - start) * progress.fraction, progress.text);
    });
}

SimulationOptions simulationOptions(const DemoOptions& options) {
    return {.templateName = options.templateName, .seed = options.seed};
}

int threadsOf(const DemoOptions& options) {
    return options.threads > 0 ? options.threads : defaultThreads();
}

void makeDefaultPlace(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw FileError({.what = "Cannot create the folder of the demo study",
                         .file = folder.string(),
                         .found = error.message(),
                         .advice = "name a folder that can be written with --out"});
}

} // namespace

fs::path demoFolder(const DemoOptions& options) {
    if (options.folder)
        return *options.folder;
    const DemoOptions standard;
    std::string name = "demo-v" + std::to_string(simulatorVersion);
    if (options.templateName != standard.templateName)
        name += "-" + plainName(options.templateName);
    if (options.seed != standard.seed)
        name += "-seed" + std::to_string(options.seed);
    return dataFolder() / name;
}

fs::path demoScores(const DemoOptions& options) {
    return demoFolder(options) / "scores.h5";
}

Study demoStudy(const DemoOptions& options, JobContext& job) {
    const fs::path folder = demoFolder(options);
    if (!options.folder)
        makeDefaultPlace(folder.parent_path());
    return readStudy(simulateStudy(folder, simulationOptions(options), job, threadsOf(options)).study);
}

DemoResult runDemo(const DemoOptions& options, JobContext& job, const std::function<void(const Study&)>& onStudy) {
    JobContext simulation = partOf(job, 0, simulationShare);
    Study study = demoStudy(options, simulation);
    if (onStudy)
        onStudy(study);
    JobContext encoding = partOf(job, simulationShare, 1);
    const EncodeOptions encode{.out = demoScores(options), .threads = threadsOf(options)};
    const fs::path scores = encodeStudy(study, encode, encoding).scores;
    return {.study = std::move(study), .scores = scores};
}

} // namespace brainlike
