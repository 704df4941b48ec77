#include "app/cli/FigureInput.h"
#include "app/cli/FigureSettings.h"
#include "app/cli/Interrupt.h"
#include "app/cli/OutputCheck.h"
#include "app/cli/Verbs.h"
#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/roi/RoiFiles.h"
#include "core/session/RegionEdit.h"
#include "views/figure/CortexFigure.h"

#include <CLI/CLI.hpp>
#include <algorithm>
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
    std::cout
        << "cortex\tCortex\tscores, best layers or any map on the cortex, seen from several sides (PNG, SVG, PDF)\n";
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
    checkFigureName(arguments.out);
}

/// @throws NotFoundError if a surface is wanted that the maps do not lie on
void requireSurface(const FigureSettings& settings, const ScoreIndex& index) {
    const std::string& wanted = settings.options.selection.surface;
    const std::string from = wanted.substr(0, wanted.find('+'));
    std::string known;
    for (const std::string& surface : index.surfaces)
        known += (known.empty() ? "" : ", ") + surface;
    if (settings.isSurfaceGiven &&
        std::find(index.surfaces.begin(), index.surfaces.end(), from) == index.surfaces.end())
        throw NotFoundError(
            {.what = "There is no such surface of " + index.templateName, .expected = known, .found = wanted});
}

/// ", a, b".
std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += ", " + name;
    return text;
}

/// What is drawn of map files: the map that is named, else the first.
void chooseMap(FigureSettings& settings, const FigureInput& input, const std::filesystem::path& file) {
    if (settings.model || settings.step || settings.layer || settings.subject ||
        settings.options.selection.map != MapKind::Score || settings.options.selection.isCompared)
        throw ValueError({.what = "A map file has no models, steps, layers or subjects to choose from",
                          .file = file.string(),
                          .advice = "Leave these settings out, or give a scores.h5"});
    const auto& maps = input.source->index().importedMaps;
    std::string names;
    for (const std::string& map : maps)
        names += (names.empty() ? "" : ", ") + map;
    if (settings.mapName && std::find(maps.begin(), maps.end(), *settings.mapName) == maps.end())
        throw NotFoundError(
            {.what = "The files have no such map", .expected = "one of " + names, .found = *settings.mapName});
    settings.options.selection.importedMap = settings.mapName.value_or(maps.empty() ? "" : maps.front());
    requireSurface(settings, input.source->index());
    if (!settings.isSurfaceGiven && !input.source->index().surfaces.empty())
        settings.options.selection.surface = input.source->index().surfaces.front();
    if (!settings.mapName && maps.size() > 1)
        std::cerr << "brainlike: drawn is " << maps.front() << ", the first of " << maps.size()
                  << " maps; --set map=NAME chooses another: " << names << '\n';
    if (settings.options.templateName.empty())
        std::cerr << "brainlike: drawn on " << input.source->index().templateName << '\n';
    for (const std::string& note : input.notes)
        std::cerr << "brainlike: " << note << '\n';
}

/// A scores.h5, as against maps: its settings name what it has, and the maps that were given with it.
void chooseScores(FigureSettings& settings, const FigureInput& input) {
    const ScoreIndex& index = input.source->index();
    settings.options.selection = selectionOf(settings, index);
    for (const std::string& note : input.notes)
        std::cerr << "brainlike: " << note << '\n';
    if (!settings.mapName)
        return;
    if (std::find(index.importedMaps.begin(), index.importedMaps.end(), *settings.mapName) == index.importedMaps.end())
        throw NotFoundError(
            {.what = "The scores have no such map",
             .expected = "score, best-layer, half-time, difference, t, q or property" + listed(index.importedMaps),
             .found = *settings.mapName});
    settings.options.selection.map = MapKind::Imported;
    settings.options.selection.importedMap = *settings.mapName;
}

void addRegions(FigureSettings& settings, const ScoreSource& source) {
    if (settings.regionFiles.empty())
        return;
    Selection& selection = settings.options.selection;
    selection.regions.rois = SharedRois(loadRois(settings.regionFiles, source.index().vertexCounts));
    showRois(selection);
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
    std::vector<std::filesystem::path> inputs = settings.files;
    inputs.insert(inputs.end(), files.begin(), files.end());
    refuseOverwriting(arguments.out, inputs);
    checkWritable(arguments.out);
    JobContext context(interruptToken());
    const FigureInput input = openFigureInput(files, settings.options.templateName);
    if (input.source->index().models.empty())
        chooseMap(settings, input, files.front());
    else
        chooseScores(settings, input);
    addRegions(settings, *input.source);
    writeCortexFigure(*input.source, settings.options, arguments.out, context);
    std::cout << arguments.out << '\n';
}

} // namespace

void addFigureCommand(CLI::App& app) {
    auto* verb = app.add_subcommand("figure", "Draw a figure of a scores or map file, without a display");
    const auto arguments = std::make_shared<FigureArguments>();
    verb->add_option("inputs", arguments->inputs,
                     "FILE… NAME: a scores.h5, or maps, labels and surfaces (GIFTI, CIFTI, FreeSurfer, NPY; lh and rh; "
                     "beside scores "
                     "they can be drawn with --set map=NAME or as stack), and the "
                     "figure's name");
    verb->add_option("--out", arguments->out, "the PNG, SVG or PDF to write (default: NAME.png)");
    verb->add_option("--width-mm", arguments->widthMm, "width, mm")
        ->check(CLI::Range(5.0, 2000.0))
        ->capture_default_str();
    verb->add_option("--height-mm", arguments->heightMm, "height, mm (default: as the figure needs)")
        ->check(CLI::Range(5.0, 2000.0));
    verb->add_option("--dpi", arguments->dpi, "pixels an inch")->check(CLI::Range(20.0, 2400.0))->capture_default_str();
    verb->add_option(
        "--set", arguments->settings,
        "key=value: template, surface, layout, camera (a layout, or cameras as JSON), map (score, best-layer, "
        "half-time, difference, t, q, property), property "
        "(expansion, thickness, timescale, myelin, or lh.map,rh.map), level (vertex, area: means of areas), minus "
        "(first-step, "
        "previous-step, step:N, model:ID, layer:NAME, subject:S), compare (the same: A, B and A − B; or off), model, "
        "step, layer, subject, range, range-rule, symmetric, threshold, significance (ignore, hide, fade), "
        "significance-map (of a map of a file: the map with its "
        "p or q), colormap (a name or "
        "a file), vision, outlines (on, off, chosen), parcellation, areas (V1,V2), "
        "regions (files: JSON, .annot, .label), names, isolate, contour (q, threshold), gap (mm between hemispheres), "
        "underlay (soft, binary, depth, plain), stack (further maps as JSON, "
        "or a file), opacity, theme, vertex");
    verb->add_flag("--list", arguments->list, "print the figures there are");
    verb->callback([arguments] { runFigure(*arguments); });
}

} // namespace brainlike
