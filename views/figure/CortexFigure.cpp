#include "views/figure/CortexFigure.h"

#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/base/Version.h"
#include "core/color/ColorMapFile.h"
#include "core/session/SelectionDefaults.h"
#include "core/templates/TemplateFinder.h"
#include "views/figure/CortexComposition.h"
#include "views/figure/PngFile.h"
#include "views/figure/VectorFile.h"
#include "views/scene/CortexMap.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>

#include <algorithm>
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

/// A map as it is coloured.
struct ColoredMap {
    CortexMap map;
    MapColors colors;
};

ColoredMap coloredMap(const ScoreSource& source, const Selection& selection) {
    auto map = readCortexMap(source, selection);
    const bool isImported = selection.map == MapKind::Imported;
    const auto scores = isImported ? std::optional(ColorRange{}) : studyRange(source);
    if (!map || !scores)
        throw NotFoundError(
            {.what = "There are no scores for this picture",
             .place = toJson(selection).dump(),
             .advice = "Choose another model, step, layer or subject, or let the encoding finish first"});
    if (isImported && map->labelColors.empty() && !map->range)
        throw ValueError({.what = "The map has no values to show", .place = map->title, .expected = "finite numbers"});
    MapBasis basis{.scores = *scores, .own = fixedRange(source, selection).value_or(*scores)};
    if (isColorMapFile(selection.colorMap))
        basis.userMap = readColorMap(selection.colorMap);
    MapColors colors = mapColors(*map, selection, basis);
    return {std::move(*map), std::move(colors)};
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
    CortexPicture picture;
    if (source.index().models.empty() && source.index().importedMaps.empty()) {
        picture.geometry = geometryFor(source, options, context); // surfaces alone
    } else {
        if (!options.colorMap.empty())
            options.selection.colorMap = options.colorMap;
        const ColoredMap colored = coloredMap(source, options.selection);
        picture.geometry = geometryFor(source, options, context);
        picture.overlay = overlayOf(colored.map, colored.colors);
        if (colored.map.labelColors.empty()) {
            picture.bar = mapBar(colored.colors, figureStyle(options.dark).underlay.middle());
            options.colorMap = colored.colors.scale.map.name();
        }
    }
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
