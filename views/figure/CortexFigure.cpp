#include "views/figure/CortexFigure.h"

#include "core/base/AtomicFile.h"
#include "core/base/Error.h"
#include "core/base/Version.h"
#include "core/color/ColorMapFile.h"
#include "core/session/SelectionDefaults.h"
#include "core/templates/TemplateFinder.h"
#include "views/figure/PngFile.h"
#include "views/scene/CortexMap.h"
#include "views/scene/OffscreenRenderer.h"
#include "views/state/CortexAnnotations.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unistd.h>

namespace brainlike {
namespace {

constexpr double mmPerInch = 25.4;
/// Layout is done in units of 1/96 inch, as on a screen, and then scaled.
constexpr double unitsPerInch = 96;
constexpr double fontPoints = 8;
constexpr double pointsPerInch = 72;
constexpr double largestPixels = 20000;
/// Pictures are drawn this many times larger and averaged, as far as the graphics driver's largest picture allows.
constexpr int sampling = 2;
constexpr int largestRender = 8192;
/// A map counts as signed if its negative values reach this share of its positive ones.
constexpr double signedShare = 0.2;

/// A picture in the making: what lies on which surface, and its legend.
struct Scene {
    std::shared_ptr<const CortexGeometry> geometry;
    Overlay overlay;
    ColorBar bar;
};

struct PixelSize {
    int width = 0, height = 0;
    double perUnit = 1; ///< pixels a layout unit
};

int pixels(double mm, double dpi, const char* what) {
    const double count = std::round(mm / mmPerInch * dpi);
    if (!(count >= 32 && count <= largestPixels))
        throw ValueError({.what = std::string("The figure's ") + what + " is out of range",
                          .expected = "32 to 20000 pixels",
                          .found = std::to_string(mm) + " mm at " + std::to_string(dpi) + " dpi"});
    return static_cast<int>(count);
}

SceneStyle styleOf(const Theme& theme) {
    const auto channel = [](int value) { return static_cast<std::uint8_t>(value); };
    const QColor& ground = theme.panel;
    return SceneStyle::on({channel(ground.red()), channel(ground.green()), channel(ground.blue()), 255});
}

Theme themeOf(const CortexFigureOptions& options) {
    Theme theme = Theme::of(options.dark ? Theme::darkPalette() : Theme::lightPalette());
    if (!options.dark)
        theme.panel = Qt::white;
    return theme;
}

QFont figureFont() {
    QFont font = QGuiApplication::font();
    font.setPixelSize(static_cast<int>(std::lround(fontPoints * unitsPerInch / pointsPerInch)));
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

ViewSpacing spacingOf(double barWidth, double perUnit) {
    const double label = QFontMetricsF(figureFont()).height() + 4;
    return {.left = cortexMargin * perUnit,
            .top = cortexMargin * perUnit,
            .right = (cortexMargin + colorBarGap + barWidth) * perUnit,
            .bottom = cortexMargin * perUnit,
            .label = label * perUnit,
            .gap = 1.5 * cortexMargin * perUnit};
}

PixelSize sizeOf(const CortexFigureOptions& options, CortexView& view, const ColorBar& bar) {
    PixelSize size{.perUnit = options.dpi / unitsPerInch};
    size.width = pixels(options.widthMm, options.dpi, "width");
    if (options.heightMm) {
        size.height = pixels(*options.heightMm, options.dpi, "height");
        return size;
    }
    const double barWidth = colorBarSize(bar, figureFont(), std::numeric_limits<double>::max()).width();
    const double natural = view.heightFor(size.width, spacingOf(barWidth, size.perUnit));
    const double legend = (colorBarSize(bar, figureFont(), 1e6).height() + 2 * cortexMargin) * size.perUnit;
    // Tall enough for the legend, unless that would leave the picture mostly empty.
    const double wanted = std::max(natural, std::min(legend, 1.2 * natural));
    size.height = pixels(wanted / options.dpi * mmPerInch, options.dpi, "height");
    return size;
}

QRectF inUnits(const PixelBox& box, double perUnit) {
    return {box.left / perUnit, box.top / perUnit, box.width / perUnit, box.height / perUnit};
}

CortexAnnotations annotationsOf(const CortexView& view, const Scene& scene, const CortexFigureOptions& options,
                                const QSizeF& barSize, const PixelSize& size) {
    const double perUnit = size.perUnit;
    CortexAnnotations annotations;
    for (const PanelView& panel : view.panels()) {
        annotations.labels.emplace_back(inUnits(panel.label, perUnit), QString::fromStdString(view.labelOf(panel)));
        if (const auto vertex = options.selection.vertex)
            if (const auto at = view.positionIn(panel, *vertex))
                annotations.picks.emplace_back(at->x / perUnit, at->y / perUnit);
    }
    annotations.bar = scene.bar;
    annotations.barBox = colorBarBox(inUnits(view.content(), perUnit), barSize, size.width / size.perUnit);
    return annotations;
}

QImage rendered(CortexScene& cortex, const SceneStyle& style, const PixelSize& size, double barWidth) {
    const int times = std::max(size.width, size.height) * sampling <= largestRender ? sampling : 1;
    SceneStyle scaled = style;
    scaled.outlineWidth *= size.perUnit;
    cortex.setStyle(scaled);
    cortex.view().setSize(size.width, size.height, spacingOf(barWidth, size.perUnit));
    OffscreenRenderer renderer;
    const RgbaImage picture = renderer.render(cortex, size.width, size.height, times);
    return QImage(picture.bytes.data(), size.width, size.height, 4 * size.width, QImage::Format_RGBA8888).copy();
}

QImage compose(const Scene& scene, const CortexFigureOptions& options) {
    const Theme theme = themeOf(options);
    CortexScene cortex;
    cortex.setGeometry(scene.geometry);
    cortex.setOverlay(scene.overlay);
    cortex.setOutlinesVisible(options.selection.outlines);
    cortex.view().setPreset(options.selection.cameraPreset);
    const PixelSize size = sizeOf(options, cortex.view(), scene.bar);
    const QSizeF barSize = colorBarSize(scene.bar, figureFont(), size.height / size.perUnit - 2 * cortexMargin);
    QImage image = rendered(cortex, styleOf(theme), size, barSize.width());
    QPainter painter(&image);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.scale(size.perUnit, size.perUnit);
    paintCortexAnnotations(painter, annotationsOf(cortex.view(), scene, options, barSize, size), figureFont(), theme);
    painter.end();
    const int dotsPerMeter = static_cast<int>(std::lround(options.dpi / mmPerInch * 1000));
    image.setDotsPerMeterX(dotsPerMeter);
    image.setDotsPerMeterY(dotsPerMeter);
    return image;
}

std::shared_ptr<const CortexGeometry> geometryFor(const std::string& templateName, const CortexFigureOptions& options,
                                                  int vertexCount, JobContext& context) {
    context.report(0.1, "reading the template");
    auto geometry =
        loadCortexGeometry(TemplateFinder().find(templateName), surfaceBlendFrom(options.selection.surface), context);
    if (geometry->counts.total() != vertexCount)
        throw ShapeError({.what = "The map does not lie on the template " + templateName,
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

QImage finish(const Scene& scene, const CortexFigureOptions& options, const nlohmann::json& study,
              JobContext& context) {
    context.throwIfCancelled();
    context.report(0.5, "drawing");
    QImage image = compose(scene, options);
    image.convertTo(QImage::Format_RGB888);
    image.setText("brainlike", QString::fromStdString(recipeOf(options, study).dump()));
    context.report(1, "drawn");
    return image;
}

/// The range a map of unknown kind is drawn with: zero in the middle if it is signed, else from zero or its lowest
/// value to a round number near its highest.
ColorRange rangeOf(const FigureMap& map) {
    const auto low = finiteQuantile(map.values, 0.005);
    const auto high = finiteQuantile(map.values, 0.995);
    if (!low || !high)
        throw ValueError({.what = "The map has no values to show", .place = map.name, .expected = "finite numbers"});
    if (*low < -signedShare * std::abs(*high)) {
        const double end = roundUp(std::max(-*low, *high));
        return {-end, end};
    }
    return {0, roundUp(*high)};
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

QImage drawCortexFigure(const ScoreSource& source, const CortexFigureOptions& wanted, JobContext& context) {
    prepareFigures();
    CortexFigureOptions options = wanted;
    options.selection = fittedTo(wanted.selection, source.index());
    if (options.templateName.empty())
        options.templateName = source.index().templateName;
    if (!options.colorMap.empty())
        options.selection.colorMap = options.colorMap;
    const auto map = readCortexMap(source, options.selection);
    const auto scores = studyRange(source);
    if (!map || !scores)
        throw NotFoundError(
            {.what = "There are no scores for this picture",
             .place = toJson(options.selection).dump(),
             .advice = "Choose another model, step, layer or subject, or let the encoding finish first"});
    MapBasis basis{.scores = *scores, .own = fixedRange(source, options.selection).value_or(*scores)};
    if (isColorMapFile(options.selection.colorMap))
        basis.userMap = readColorMap(options.selection.colorMap);
    const MapColors colors = mapColors(*map, options.selection, basis);
    options.colorMap = colors.scale.map.name();
    Scene scene;
    scene.geometry = geometryFor(options.templateName, options, static_cast<int>(map->values.size()), context);
    scene.overlay = overlayOf(*map, colors);
    scene.bar = mapBar(colors, styleOf(themeOf(options)).underlay.middle());
    nlohmann::json study = options.study;
    if (study.is_null())
        study = {{"name", source.index().studyName}, {"template", source.index().templateName}};
    return finish(scene, options, study, context);
}

QImage drawCortexFigure(const FigureMap& map, const CortexFigureOptions& wanted, JobContext& context) {
    prepareFigures();
    CortexFigureOptions options = wanted;
    Scene scene;
    scene.geometry = geometryFor(options.templateName, options, static_cast<int>(map.values.size()), context);
    const ColorRange range = options.selection.range.value_or(rangeOf(map));
    const bool isSigned = range.low < 0;
    if (options.colorMap.empty())
        options.colorMap = isSigned ? "vik" : "inferno";
    ColorScale scale = scoreScale(range, options.selection.threshold);
    scale.map = seenWith(colorMapFrom(options.colorMap), colorVisionFrom(options.selection.colorVision));
    if (isSigned && options.selection.threshold == 0) {
        scale.threshold = -std::numeric_limits<double>::infinity();
        scale.fade = 0;
    }
    scene.overlay = scoreOverlay(map.values, scale);
    scene.bar = scoreBar(scale, styleOf(themeOf(options)).underlay.middle());
    scene.bar.title = QString::fromStdString(map.name);
    return finish(scene, options, {{"map", map.name}}, context);
}

void writeFigure(const QImage& figure, const std::filesystem::path& file) {
    std::string suffix = file.extension().string();
    std::transform(suffix.begin(), suffix.end(), suffix.begin(), [](unsigned char c) { return std::tolower(c); });
    if (suffix != ".png")
        throw UsageError({.what = "Figures of the cortex are written as PNG",
                          .expected = "a file name that ends in .png",
                          .found = file.string()});
    const QByteArray bytes = pngWithText(figure, "brainlike");
    replaceFile(file, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

void writeCortexFigure(const ScoreSource& source, const CortexFigureOptions& options, const std::filesystem::path& file,
                       JobContext& context) {
    checkWritable(file);
    writeFigure(drawCortexFigure(source, options, context), file);
}

} // namespace brainlike
