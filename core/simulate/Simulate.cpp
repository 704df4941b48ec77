#include "core/simulate/Simulate.h"

#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/formats/NpyFile.h"
#include "core/simulate/FeatureSimulator.h"
#include "core/simulate/FmriSimulator.h"
#include "core/simulate/ImagePainter.h"
#include "core/simulate/LatentFactors.h"
#include "core/simulate/MegSimulator.h"
#include "core/simulate/StudyWriter.h"
#include "core/study/Workers.h"
#include "core/templates/TemplateFinder.h"

#include <array>
#include <atomic>
#include <fstream>
#include <iomanip>
#include <locale>
#include <sstream>

namespace brainlike {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* studyName = "study.json";
constexpr const char* truthName = "truth.json";

/// One file to make: a checkpoint of a model, or a recording.
struct Piece {
    enum class Kind { Checkpoint, Fmri, Meg } kind = Kind::Checkpoint;
    int index = 0; ///< model or subject
    std::int64_t step = 0;
};

/// Largest first, so that several threads end together.
std::vector<Piece> piecesOf(const SimulationOptions& options) {
    std::vector<Piece> pieces;
    for (int subject = 0; subject < options.megSubjects; ++subject)
        pieces.push_back({Piece::Kind::Meg, subject});
    for (int subject = 0; subject < options.subjects; ++subject)
        pieces.push_back({Piece::Kind::Fmri, subject});
    for (int model = 0; model < options.models; ++model) {
        for (const std::int64_t step : simulatedSteps(options.steps))
            pieces.push_back({Piece::Kind::Checkpoint, model, step});
    }
    return pieces;
}

std::string textOf(const json& document) {
    return document.dump(2) + "\n";
}

[[noreturn]] void refuse(const fs::path& folder, const std::string& found) {
    throw ValueError({.what = "The folder holds another study",
                      .file = folder.string(),
                      .expected = "an empty folder, or the study of the same options and seed",
                      .found = found,
                      .advice = "name another folder, or remove this one first"});
}

/// What `truth.json` says was simulated here; nothing if there is no such file of ours.
json optionsIn(const fs::path& folder) {
    std::ifstream stream(folder / truthName);
    const json truth = json::parse(stream, nullptr, false);
    const bool ours = truth.is_object() && truth.value("format", json()) == "brainlike-truth";
    return ours ? truth.value("options", json()) : json();
}

/// The first option that differs, in words.
std::string differenceOf(const json& there, const json& wanted) {
    for (const auto& [name, value] : wanted.items()) {
        const json other = there.is_object() ? there.value(name, json()) : json();
        if (other != value)
            return "a simulated study with " + name + " " + other.dump() + " instead of " + value.dump();
    }
    return "a simulated study with other options";
}

/// @returns whether the very study lies there already
bool checkFolder(const fs::path& folder, const SimulationOptions& options) {
    if (!fs::exists(folder))
        return false;
    if (!fs::is_directory(folder))
        refuse(folder, "a file of this name");
    const json wanted = describeOptions(options);
    const json there = optionsIn(folder);
    if (!there.is_null() && there != wanted)
        refuse(folder, differenceOf(there, wanted));
    if (there.is_null()) {
        for (const char* name : {studyName, truthName, "features", "fmri", "meg", "pictures", "images.txt"}) {
            if (fs::exists(folder / name))
                refuse(folder, name);
        }
    }
    return !there.is_null() && fs::exists(folder / studyName);
}

void makeFolder(const fs::path& folder) {
    std::error_code error;
    fs::create_directory(folder, error);
    if (!error && fs::is_directory(folder))
        return;
    const fs::path parent = fs::absolute(folder).parent_path();
    throw FileError({.what = "Cannot create the folder",
                     .file = folder.string(),
                     .found = fs::exists(parent) ? error.message() : "no folder " + parent.string(),
                     .advice = "create the folder it lies in, or name another one"});
}

void makeFolders(const fs::path& folder, const SimulationOptions& options) {
    for (const char* name : {"features", "fmri", "meg", "pictures"})
        makeFolder(folder / name);
    for (int index = 0; index < options.models; ++index) {
        const auto& model = simulatedModels()[static_cast<std::size_t>(index)];
        makeFolder(folder / "features" / model.id);
        for (const std::int64_t step : simulatedSteps(options.steps))
            makeFolder((folder / simulatedFeaturesPath(model, step)).parent_path());
    }
}

std::string imageId(int image) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "image" << std::setw(5) << std::setfill('0') << image + 1;
    return text.str();
}

std::string imageIds(int count) {
    std::string text;
    for (int image = 0; image < count; ++image)
        text += imageId(image) + '\n';
    return text;
}

/// A portable pixmap an image.
void writePictures(const fs::path& folder, const RowMatrix<float>& factors) {
    const std::string side = std::to_string(paintedSide);
    for (Eigen::Index image = 0; image < factors.rows(); ++image) {
        const auto pixels = paintImage({factors.row(image).data(), static_cast<std::size_t>(factors.cols())});
        std::string text = "P6\n" + side + ' ' + side + "\n255\n";
        text.append(pixels.begin(), pixels.end());
        std::ofstream stream(folder / (imageId(static_cast<int>(image)) + ".ppm"), std::ios::binary);
        stream.write(text.data(), static_cast<std::streamsize>(text.size()));
        if (!stream.flush())
            throw FileError({.what = "Cannot write a picture", .file = folder / imageId(static_cast<int>(image))});
    }
}

std::string channelTable(const MegLayout& layout) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "name,x,y,z\n" << std::fixed << std::setprecision(6);
    for (std::size_t channel = 0; channel < layout.names.size(); ++channel) {
        const auto row = static_cast<Eigen::Index>(channel);
        text << layout.names[channel] << ',' << layout.positions(row, 0) << ',' << layout.positions(row, 1) << ','
             << layout.positions(row, 2) << '\n';
    }
    return text.str();
}

/// Everything that the pieces share.
struct Simulation {
    fs::path folder;
    SimulationOptions options;
    CortexModel cortex;
    MegLayout layout;
    RowMatrix<float> factors;
    std::vector<FeatureSimulator> models;

    void writeCheckpoint(const Piece& piece) const;
    void writeFmri(int subject, JobContext& job) const;
    void writeMeg(int subject, JobContext& job) const;
};

void writeMatrix(const fs::path& path, const Shape& shape, const RowMatrix<float>& values) {
    writeNpy<float>(path, shape, {values.data(), static_cast<std::size_t>(values.size())});
}

void Simulation::writeCheckpoint(const Piece& piece) const {
    const auto model = static_cast<std::size_t>(piece.index);
    const auto names = simulatedLayerNames(options.layers);
    const fs::path place = folder / fs::path(simulatedFeaturesPath(simulatedModels()[model], piece.step)).parent_path();
    for (int layer = 0; layer < options.layers; ++layer) {
        const auto values = models[model].features(simulatedLayerDepth(layer, options.layers), piece.step);
        writeMatrix(place / (names[layer] + ".npy"),
                    {static_cast<std::size_t>(values.rows()), static_cast<std::size_t>(values.cols())}, values);
    }
}

void Simulation::writeFmri(int subject, JobContext& job) const {
    const auto values = simulateFmri(options, cortex, factors, subject, job);
    writeMatrix(folder / simulatedResponsesPath("fmri", subject),
                {static_cast<std::size_t>(values.rows()), static_cast<std::size_t>(values.cols())}, values);
}

void Simulation::writeMeg(int subject, JobContext& job) const {
    const auto values = simulateMeg(options, layout, factors, subject, job);
    writeMatrix(folder / simulatedResponsesPath("meg", subject),
                {static_cast<std::size_t>(values.rows()), layout.names.size(), layout.times.size()}, values);
}

std::string wordsFor(const Piece& piece) {
    switch (piece.kind) {
    case Piece::Kind::Fmri:
        return "Simulating fMRI of subject " + std::to_string(piece.index + 1);
    case Piece::Kind::Meg:
        return "Simulating MEG of subject " + std::to_string(piece.index + 1);
    case Piece::Kind::Checkpoint:
        break;
    }
    return "Simulating features at step " + std::to_string(piece.step);
}

void write(const Simulation& simulation, JobContext& job, int threads) {
    const auto pieces = piecesOf(simulation.options);
    std::atomic<std::size_t> done = 0;
    runWorkers(threads, pieces.size(), job, [&](std::size_t index, JobContext& inner) {
        const Piece& piece = pieces[index];
        if (piece.kind == Piece::Kind::Checkpoint)
            simulation.writeCheckpoint(piece);
        else if (piece.kind == Piece::Kind::Fmri)
            simulation.writeFmri(piece.index, inner);
        else
            simulation.writeMeg(piece.index, inner);
        const double fraction = static_cast<double>(++done) / static_cast<double>(pieces.size());
        job.report(fraction, wordsFor(piece));
    });
}

} // namespace

SimulationResult simulateStudy(const fs::path& folder, const SimulationOptions& options, JobContext& job, int threads) {
    validate(options);
    const fs::path study = folder / studyName;
    if (checkFolder(folder, options))
        return {.study = study, .alreadyThere = true};
    job.report(0, "Simulating a study");
    const Template brain = TemplateFinder().find(options.templateName);
    Simulation simulation{.folder = folder,
                          .options = options,
                          .cortex = cortexModel(brain, options.seed),
                          .layout = megLayout(),
                          .factors = imageFactors(options)};
    for (int model = 0; model < options.models; ++model)
        simulation.models.emplace_back(options, simulation.factors, model);
    makeFolder(folder);
    replaceFile(folder / truthName, textOf(describeTruth(options, simulation.cortex, simulation.layout)));
    makeFolders(folder, options);
    replaceFile(folder / "images.txt", imageIds(options.images));
    writePictures(folder / "pictures", simulation.factors);
    replaceFile(folder / "meg/channels.csv", channelTable(simulation.layout));
    writeNpy<double>(folder / "meg/times.npy", {simulation.layout.times.size()}, simulation.layout.times);
    write(simulation, job, threads);
    job.throwIfCancelled();
    replaceFile(study, textOf(describeStudy(options)));
    return {.study = study};
}

} // namespace brainlike
