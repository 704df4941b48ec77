#include "app/cli/FigureInput.h"
#include "app/cli/FigureSettings.h"
#include "app/cli/Interrupt.h"
#include "app/cli/Verbs.h"
#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/study/ScoreFile.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <iostream>
#include <memory>

namespace brainlike {
namespace {

struct FigureArguments {
    std::vector<std::string> inputs; ///< files, then the figure's name
    std::vector<std::string> settings;
    std::string out;
    double widthMm = 180;
    std::optional<double> heightMm;
    double dpi = 300;
    bool list = false;
};

void printList() {
    std::cout << "cortex\tCortex\tscores, best layers or any map on the cortex, seen from several sides (PNG)\n";
}

void checkUsage(const FigureArguments& arguments) {
    if (arguments.inputs.size() < 2)
        throw UsageError({.what = "A figure needs a file and its name",
                          .expected = "brainlike figure FILE NAME",
                          .advice = "brainlike figure --list shows the names"});
    if (arguments.inputs.back() != "cortex")
        throw UsageError({.what = "There is no figure of this name",
                          .expected = "cortex",
                          .found = arguments.inputs.back(),
                          .advice = "brainlike figure --list shows the names; files come before the name"});
    std::string suffix = std::filesystem::path(arguments.out).extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(), [](unsigned char c) { return std::tolower(c); });
    if (suffix != ".png")
        throw UsageError({.what = "Figures of the cortex are written as PNG",
                          .expected = "--out with a name that ends in .png",
                          .found = arguments.out});
}

QImage drawScores(const std::filesystem::path& file, FigureSettings settings, JobContext& context) {
    const ScoreFile scores(file);
    settings.options.selection = selectionOf(settings, scores.index());
    return drawCortexFigure(scores, settings.options, context);
}

QImage drawMap(const std::vector<std::filesystem::path>& files, FigureSettings settings, JobContext& context) {
    if (settings.model || settings.step || settings.layer || settings.subject ||
        settings.options.selection.map != MapKind::Score)
        throw ValueError({.what = "A map file has no models, steps, layers or subjects to choose from",
                          .file = files.front().string(),
                          .advice = "Leave these settings out, or give a scores.h5"});
    const FigureMap map = readFigureMap(files);
    if (settings.options.templateName.empty()) {
        settings.options.templateName = templateWith(map.values.size());
        std::cerr << "brainlike: drawn on " << settings.options.templateName << " by its number of vertices\n";
    }
    return drawCortexFigure(map, settings.options, context);
}

void runFigure(FigureArguments arguments) {
    if (arguments.list)
        return printList();
    if (arguments.out.empty())
        arguments.out = "cortex.png";
    checkUsage(arguments);
    FigureSettings settings = figureSettings(arguments.settings);
    settings.options.widthMm = arguments.widthMm;
    settings.options.heightMm = arguments.heightMm;
    settings.options.dpi = arguments.dpi;
    const std::vector<std::filesystem::path> files(arguments.inputs.begin(), arguments.inputs.end() - 1);
    checkWritable(arguments.out);
    JobContext context(interruptToken());
    const QImage figure = files.size() == 1 && isHdf5(files.front()) ? drawScores(files.front(), settings, context)
                                                                     : drawMap(files, settings, context);
    writeFigure(figure, arguments.out);
    std::cout << arguments.out << '\n';
}

} // namespace

void addFigureCommand(CLI::App& app) {
    auto* verb = app.add_subcommand("figure", "Draw a figure of a scores or map file, without a display");
    const auto arguments = std::make_shared<FigureArguments>();
    verb->add_option("inputs", arguments->inputs,
                     "FILE NAME: a scores.h5 or a map (NPY, GIFTI; lh, then rh), and the figure's name");
    verb->add_option("--out", arguments->out, "the PNG to write (default: NAME.png)");
    verb->add_option("--width-mm", arguments->widthMm, "width, mm")
        ->check(CLI::Range(5.0, 2000.0))
        ->capture_default_str();
    verb->add_option("--height-mm", arguments->heightMm, "height, mm (default: as the figure needs)")
        ->check(CLI::Range(5.0, 2000.0));
    verb->add_option("--dpi", arguments->dpi, "pixels an inch")->check(CLI::Range(20.0, 2400.0))->capture_default_str();
    verb->add_option(
        "--set", arguments->settings,
        "key=value: template, surface, layout, map (score, best-layer, half-time, difference, t, q), minus, model, "
        "step, layer, subject, range, range-rule, symmetric, threshold, significance, colormap (a name or "
        "a file), vision, outlines, theme, vertex");
    verb->add_flag("--list", arguments->list, "print the figures there are");
    verb->callback([arguments] { runFigure(*arguments); });
}

} // namespace brainlike
