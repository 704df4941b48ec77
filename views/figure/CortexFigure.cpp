#include "views/figure/CortexFigure.h"

#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/base/Version.h"
#include "core/color/ColorMapFile.h"
#include "core/roi/Parcellations.h"
#include "core/session/SelectionDefaults.h"
#include "core/templates/TemplateFinder.h"
#include "views/figure/CortexComposition.h"
#include "views/figure/PngFile.h"
#include "views/figure/VectorFile.h"
#include "views/scene/MapComparison.h"
#include "views/state/ColumnHeadings.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>

#include <algorithm>
#include <array>
#include <ranges>
#include <unistd.h>

namespace brainlike {
namespace {

std::shared_ptr<const CortexGeometry> geometryFor(const ScoreSource& source, const CortexFigureOptions& options,
                                                  JobContext& context) {
    context.report(0.1, "reading the template");
    const Template brain =
        options.templateName.empty() ? source.findTemplate() : TemplateFinder().find(options.templateName);
    auto geometry = loadCortexGeometry(brain, surfaceBlendFrom(options.selection.surface), context);
    const int vertexCount = source.index().vertexCounts.total();
    if (geometry->counts.total() != vertexCount)
        throw ShapeError({.what = "The map does not lie on the template " + brain.name(),
                          .expected = std::to_string(geometry->counts.total()) + " vertices",
                          .found = std::to_string(vertexCount),
                          .advice = "Name the template it belongs to: --set template=…"});
    return geometry;
}

nlohmann::json recipeOf(const CortexFigureOptions& options, nlohmann::json study) {
    nlohmann::json json{{"format", "brainlike-recipe"},
                        {"version", 1},
                        {"figure", "cortex"},
                        {"created_by", std::string("brainlike ") + version},
                        {"study", std::move(study)},
                        {"selection", toJson(options.selection)},
                        {"options",
                         {{"width_mm", options.widthMm},
                          {"dpi", options.dpi},
                          {"template", options.templateName},
                          {"colormap", options.colorMap},
                          {"dark", options.dark}}}};
    if (options.heightMm)
        json["options"]["height_mm"] = *options.heightMm;
    return json;
}

/// @throws NotFoundError if it is not computed; ValueError for a map without values
StackReading readingOf(const ScoreSource& source, int id, const Selection& selection) {
    auto map = readCortexMap(source, selection);
    const bool isImported = !isOfScores(selection.map);
    const auto scores = source.index().models.empty() ? std::nullopt : studyRange(source);
    if (!map || (!scores && !isImported))
        throw NotFoundError(
            {.what = "There are no scores for this picture",
             .place = toJson(selection).dump(),
             .advice = "Choose another model, step, layer or subject, or let the encoding finish first"});
    if (isImported && map->labelColors.empty() && !map->range)
        throw ValueError({.what = "The map has no values to show", .place = map->title, .expected = "finite numbers"});
    const ColorRange common = scores.value_or(ColorRange{});
    MapBasis basis{.scores = common, .own = fixedRange(source, selection).value_or(common)};
    if (isColorMapFile(selection.colorMap))
        basis.userMap = readColorMap(selection.colorMap);
    return {.id = id,
            .map = std::make_shared<const CortexMap>(std::move(*map)),
            .basis = std::move(basis),
            .subject = subjectShown(selection, source.index())};
}

std::vector<StackReading> readingsOf(const ScoreSource& source, const Selection& selection) {
    std::vector<StackReading> readings;
    for (const auto& [id, shown] : mapsToRead(selection))
        readings.push_back(readingOf(source, id, shown));
    return readings;
}

/// Maps by column: A, and B and A − B of a comparison.
/// @throws NotFoundError if there is no B
std::array<std::vector<ColoredMap>, 3> mapsOf(const ScoreSource& source, const Selection& selection) {
    if (!selection.isCompared)
        return {coloredMaps(selection, readingsOf(source, selection)), {}, {}};
    const ComparedSelections compared = comparedSelections(selection, source.index());
    if (!compared.b || !compared.less)
        throw NotFoundError({.what = noOtherSideText(selection, source.index()).toStdString(),
                             .place = toJson(selection).dump(),
                             .advice = "Choose something else to compare with: --set compare=…"});
    return coloredComparison(compared, {readingsOf(source, compared.a), readingsOf(source, *compared.b),
                                        readingsOf(source, *compared.less)});
}

/// The label of a map at the picked vertex, if any.
std::optional<int> pickedLabel(const ColoredMap& map, const CortexFigureOptions& options, VertexCounts counts) {
    const auto& vertex = options.selection.vertex;
    if (!vertex || vertex->index >= counts.of(vertex->hemisphere) || map.map->labelColors.empty())
        return std::nullopt;
    const int label = map.map->layers.at(static_cast<std::size_t>(counts.flatIndex(*vertex)));
    return label >= 0 ? std::optional(label) : std::nullopt;
}

/// Legends, the uppermost map's first.
std::vector<std::pair<int, ColorBar>> barsOf(const std::array<std::vector<ColoredMap>, 3>& maps,
                                             const CortexFigureOptions& options, VertexCounts counts) {
    const auto legends = comparedLegends(maps);
    const bool isShared = std::ranges::none_of(legends, [](const ColoredMap* map) { return map->id == otherMapId; });
    std::vector<std::pair<int, ColorBar>> bars;
    for (const ColoredMap* map : legends) {
        ColorBar bar =
            mapBar(map->colors, figureStyle(options.dark).underlay.middle(), pickedLabel(*map, options, counts));
        if (options.selection.isCompared)
            bar.title = comparedBarTitle(map->id, isShared, bar.title);
        bars.emplace_back(map->id, std::move(bar));
    }
    return bars;
}

/// Lines, names and what is left of the colours, as the selection's areas and regions want it.
/// @param maps  of the columns; empty: surfaces alone
void addRegions(const ScoreSource& source, const Selection& selection,
                const std::array<std::vector<ColoredMap>, 3>& maps, CortexPicture& picture) {
    if (!selection.regions.parcellation.empty())
        picture.parcellation = readParcellation(source, selection.regions.parcellation);
    const CortexGeometry& geometry = *picture.geometry;
    const Parcellation* own = geometry.parcellation ? &*geometry.parcellation : nullptr;
    const Parcellation* shown = picture.parcellation ? picture.parcellation.get() : own;
    const auto kept = isolatedVertices(shown, selection, geometry.counts);
    for (std::size_t part = 0; part < picture.columns.size(); ++part) {
        std::vector<ContourBasis> contours;
        if (!maps[part].empty()) {
            const ColoredMap& first = maps[part].front();
            Selection colored = selection;
            if (const ColorChoice* colors = colorsOf(selection, first.id))
                static_cast<ColorChoice&>(colored) = *colors;
            contours = contoursOf(*first.map, colored, first.colors.scale.isTwoTailed);
            std::ranges::move(stackContours(maps[part]), std::back_inserter(contours));
        }
        isolate(picture.columns[part].overlay, kept);
        picture.columns[part].lines = cortexLines(geometry, picture.parcellation.get(), selection, contours);
    }
}

/// What lies on the cortex and stands beside it.
void addMaps(const ScoreSource& source, const std::array<std::vector<ColoredMap>, 3>& maps,
             const CortexFigureOptions& options, CortexPicture& picture) {
    const auto headings = columnHeadings(options.selection, source.index());
    picture.columns.resize(options.selection.isCompared ? maps.size() : 1);
    for (std::size_t part = 0; part < picture.columns.size(); ++part) {
        picture.columns[part].overlay = stackOverlay(maps[part]);
        picture.columns[part].heading = headings[part];
    }
    picture.bars = barsOf(maps, options, picture.geometry->counts);
}

/// @throws NotFoundError if the map with the p values of the first one, or of one of the stack, is not there
void requireSignificance(const std::string& wanted, const std::string& there, const ScoreIndex& index) {
    std::string known;
    for (const std::string& name : index.importedMaps)
        known += (known.empty() ? "" : ", ") + name;
    if (wanted != there)
        throw NotFoundError({.what = "There is no such map of p or q values",
                             .expected = known.empty() ? "a map of a file" : "one of " + known,
                             .found = wanted});
}

/// @throws NotFoundError if a map of the stack, its layer or its subject is not there
void requireStack(const Selection& wanted, const Selection& there) {
    for (const StackedMap& map : wanted.stack) {
        const StackedMap* found = findMap(there.stack, map.id);
        if (found == nullptr || found->layer != map.layer || found->recording != map.recording)
            throw NotFoundError({.what = "A map of the stack is not there",
                                 .place = "/stack: id " + std::to_string(map.id),
                                 .expected = "a map, layer and subject that the file has",
                                 .found = toJson(std::vector{map}).front().dump()});
    }
}

/// A figure before it is drawn.
struct Prepared {
    CortexPicture picture;
    CortexFigureOptions options; ///< what was left open is chosen
    QByteArray recipe;
};

Prepared prepared(const ScoreSource& source, const CortexFigureOptions& wanted, JobContext& context) {
    prepareFigures();
    CortexFigureOptions options = wanted;
    options.selection = fittedTo(wanted.selection, source.index());
    requireStack(wanted.selection, options.selection);
    requireSignificance(wanted.selection.significanceMap, options.selection.significanceMap, source.index());
    for (const StackedMap& map : wanted.selection.stack)
        requireSignificance(map.significanceMap, findMap(options.selection.stack, map.id)->significanceMap,
                            source.index());
    CortexPicture picture;
    std::array<std::vector<ColoredMap>, 3> maps;
    if (source.index().models.empty() && source.index().importedMaps.empty()) {
        picture.geometry = geometryFor(source, options, context); // surfaces alone
    } else {
        if (!options.colorMap.empty())
            options.selection.colorMap = options.colorMap;
        maps = mapsOf(source, options.selection);
        picture.geometry = geometryFor(source, options, context);
        addMaps(source, maps, options, picture);
        const ColoredMap& first = maps.front().front();
        if (first.map->labelColors.empty())
            options.colorMap = first.colors.scale.map.name();
    }
    addRegions(source, options.selection, maps, picture);
    if (options.templateName.empty())
        options.templateName = source.index().templateName;
    nlohmann::json study = options.study;
    if (study.is_null())
        study = {{"name", source.index().studyName}, {"template", source.index().templateName}};
    auto recipe = QByteArray::fromStdString(recipeOf(options, study).dump());
    context.throwIfCancelled();
    context.report(0.5, "drawing");
    return {std::move(picture), std::move(options), std::move(recipe)};
}

QImage drawn(const Prepared& figure) {
    QImage image = imageOf(composeCortex(figure.picture, figure.options, OutlineDrawing::InImage), figure.options.dpi);
    image.setText("brainlike", QString::fromUtf8(figure.recipe));
    return image;
}

std::string suffixOf(const std::filesystem::path& file) {
    std::string suffix = file.extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(), [](unsigned char c) { return std::tolower(c); });
    return suffix;
}

} // namespace

void prepareFigures() {
    if (QCoreApplication::instance() != nullptr)
        return;
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    // Qt warns where there is no session; this is the folder it then takes.
    if (!qEnvironmentVariableIsSet("XDG_RUNTIME_DIR"))
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(QDir::tempPath() + "/runtime-" + QString::number(::getuid())));
    static int count = 1;
    static char name[] = "brainlike";
    static char* arguments[] = {name, nullptr};
    static const QGuiApplication application(count, arguments);
}

void checkFigureName(const std::filesystem::path& file) {
    const std::string suffix = suffixOf(file);
    if (suffix != ".png" && suffix != ".svg" && suffix != ".pdf")
        throw UsageError({.what = "Figures are written as PNG, SVG or PDF",
                          .expected = "a file name that ends in .png, .svg or .pdf",
                          .found = file.string()});
}

QImage drawCortexFigure(const ScoreSource& source, const CortexFigureOptions& options, JobContext& context) {
    QImage image = drawn(prepared(source, options, context));
    context.report(1, "drawn");
    return image;
}

void writeCortexFigure(const ScoreSource& source, const CortexFigureOptions& options, const std::filesystem::path& file,
                       JobContext& context) {
    checkFigureName(file);
    checkWritable(file);
    const Prepared figure = prepared(source, options, context);
    const std::string suffix = suffixOf(file);
    QByteArray bytes;
    if (suffix == ".png") {
        bytes = pngWithText(drawn(figure), "brainlike");
    } else {
        const auto composition = composeCortex(figure.picture, figure.options, OutlineDrawing::AsPaths);
        bytes = suffix == ".svg" ? svgOf(composition, figure.recipe) : pdfOf(composition, figure.recipe);
    }
    context.throwIfCancelled();
    replaceFile(file, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    context.report(1, "drawn");
}

} // namespace brainlike
