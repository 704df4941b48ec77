#include "views/figure/CortexComposition.h"

#include "core/base/Error.h"
#include "views/figure/OutlinePaths.h"
#include "views/scene/AreaNames.h"
#include "views/scene/OffscreenRenderer.h"
#include "views/scene/SoftwareRenderer.h"
#include "views/scene/ViewMarks.h"

#include <QGuiApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

namespace brainlike {
namespace {

constexpr double fontPoints = 8;
constexpr double largestPixels = 20000;
/// Pictures are drawn this many times larger and averaged, as far as the graphics driver's largest picture allows.
constexpr int sampling = 2;
constexpr int largestRender = 8192;

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
            .right = (cortexMargin + (barWidth > 0 ? colorBarGap + barWidth : 0)) * perUnit,
            .bottom = cortexMargin * perUnit,
            .label = label * perUnit,
            .gap = 1.5 * cortexMargin * perUnit,
            .heading = (QFontMetricsF(headingFont(figureFont())).height() + 6) * perUnit};
}

PixelSize sizeOf(const CortexFigureOptions& options, CortexView& view, const CortexPicture& picture) {
    PixelSize size{.perUnit = options.dpi / unitsPerInch};
    size.width = pixels(options.widthMm, options.dpi, "width");
    if (options.heightMm) {
        size.height = pixels(*options.heightMm, options.dpi, "height");
        return size;
    }
    const BarColumn column = barColumn(picture.bars, figureFont(), std::numeric_limits<float>::max());
    const double natural = view.heightFor(size.width, spacingOf(column.box.width(), size.perUnit));
    const double legend = column.bars.empty() ? 0 : (column.box.height() + 2 * cortexMargin) * size.perUnit;
    // Tall enough for the legends, unless that would leave the picture mostly empty.
    const double wanted = std::max(natural, std::min(legend, 1.2 * natural));
    size.height = pixels(wanted / options.dpi * mmPerInch, options.dpi, "height");
    return size;
}

QRectF inUnits(const PixelBox& box, double perUnit) {
    return {box.left / perUnit, box.top / perUnit, box.width / perUnit, box.height / perUnit};
}

void addMarks(const CortexView& view, double perUnit, CortexAnnotations& annotations) {
    const ViewMarks marks = marksOf(view, perUnit);
    for (const ViewMarks::Cross& cross : marks.crosses) {
        OrientationMark mark{QPointF(cross.centre.x, cross.centre.y) / perUnit, {}};
        for (const OrientationLetter& letter : cross.letters)
            mark.letters.emplace_back(QPointF(letter.direction.x(), -letter.direction.y()), QLatin1Char(letter.letter));
        annotations.orientations.push_back(std::move(mark));
    }
    for (const ViewMarks::Bar& bar : marks.bars)
        annotations.scales.push_back({QPointF(bar.left.x, bar.left.y) / perUnit, bar.length / perUnit,
                                      QStringLiteral("%1 mm").arg(bar.millimetres)});
}

CortexAnnotations annotationsOf(const CortexView& view, const CortexFigureOptions& options, BarColumn column,
                                const PixelSize& size) {
    const double perUnit = size.perUnit;
    CortexAnnotations annotations;
    for (const PanelView& panel : view.panels()) {
        annotations.labels.emplace_back(inUnits(panel.label, perUnit), QString::fromStdString(view.labelOf(panel)));
        if (const auto vertex = options.selection.vertex)
            if (const auto at = view.positionIn(panel, *vertex))
                annotations.picks.emplace_back(at->x / perUnit, at->y / perUnit);
    }
    addMarks(view, perUnit, annotations);
    placeColumn(column, inUnits(view.content(), perUnit), size.width / perUnit);
    annotations.column = std::move(column);
    return annotations;
}

void nameAreas(const CortexView& view, const CortexPicture& picture, double perUnit, CortexAnnotations& annotations) {
    const Parcellation* own = view.geometry()->parcellation ? &*view.geometry()->parcellation : nullptr;
    const Parcellation* parcellation = picture.parcellation ? picture.parcellation.get() : own;
    if (parcellation == nullptr)
        return;
    const QFontMetricsF metrics(areaNameFont(figureFont()));
    const auto sizeOf = [&](const std::string& name) {
        return TextSize{(metrics.horizontalAdvance(QString::fromStdString(name)) + 2) * perUnit,
                        metrics.capHeight() * perUnit};
    };
    for (const AreaName& name : placeAreaNames(view, *parcellation, sizeOf))
        annotations.areaNames.emplace_back(QPointF(name.centre.x, name.centre.y) / perUnit,
                                           QString::fromStdString(name.name));
}

void addLinePaths(const CortexView& view, const CortexPicture& picture, double perUnit,
                  CortexComposition& composition) {
    const bool isAlone = picture.columns.size() == 1;
    for (std::size_t part = 0; part < picture.columns.size(); ++part)
        for (const SurfaceLines& lines : picture.columns[part].lines.lines)
            composition.lines.push_back(
                {visiblePath(view, lines, perUnit, isAlone ? std::nullopt : std::optional(static_cast<int>(part))),
                 QColor(lines.color.r, lines.color.g, lines.color.b),
                 QColor(lines.casing.r, lines.casing.g, lines.casing.b)});
}

QPen linePen(const QColor& color, double width) {
    return {color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

/// Where there is no OpenGL, by the program's own renderer.
RgbaImage rendered(CortexScene& cortex, int width, int height, int times) {
    std::unique_ptr<OffscreenRenderer> graphics;
    try {
        graphics = std::make_unique<OffscreenRenderer>();
    } catch (const Error&) {
        SoftwareRenderer software;
        return software.draw(cortex, width, height, times);
    }
    return graphics->render(cortex, width, height, times);
}

QImage rendered(CortexScene& cortex, const SceneStyle& style, const PixelSize& size, double barWidth) {
    const int times = std::max(size.width, size.height) * sampling <= largestRender ? sampling : 1;
    SceneStyle scaled = style;
    for (double* width : {&scaled.outlineWidth, &scaled.lineWidth, &scaled.casingWidth})
        *width *= size.perUnit;
    cortex.setStyle(scaled);
    cortex.view().setSize(size.width, size.height, spacingOf(barWidth, size.perUnit));
    const RgbaImage picture = rendered(cortex, size.width, size.height, times);
    return QImage(picture.bytes.data(), size.width, size.height, 4 * size.width, QImage::Format_RGBA8888).copy();
}

} // namespace

Theme figureTheme(bool dark) {
    Theme theme = Theme::of(dark ? Theme::darkPalette() : Theme::lightPalette());
    if (!dark)
        theme.panel = Qt::white;
    return theme;
}

SceneStyle figureStyle(bool dark) {
    const QColor ground = figureTheme(dark).panel;
    const auto channel = [](int value) { return static_cast<std::uint8_t>(value); };
    return SceneStyle::on({channel(ground.red()), channel(ground.green()), channel(ground.blue()), 255});
}

CortexComposition composeCortex(const CortexPicture& picture, const CortexFigureOptions& options,
                                OutlineDrawing outlines) {
    const bool arePaths = outlines == OutlineDrawing::AsPaths;
    CortexScene cortex;
    cortex.setGeometry(picture.geometry);
    cortex.setParts(static_cast<int>(picture.columns.size()));
    cortex.setOutlinesVisible(options.selection.outlines && !arePaths);
    const CortexLines& firstLines = picture.columns.front().lines; // outlines are the same in all columns
    if (!arePaths)
        cortex.setOutlines(firstLines.outlines);
    for (int part = 0; part < cortex.parts(); ++part) {
        const CortexColumn& column = picture.columns[static_cast<std::size_t>(part)];
        cortex.setOverlay(column.overlay, part);
        if (!arePaths)
            cortex.setLines(column.lines.lines, part);
    }
    cortex.view().setPreset(options.selection.cameraPreset);
    cortex.view().setLinked(options.selection.linkedCameras);
    cortex.view().setGap(options.selection.gap);
    cortex.view().setCameras(options.selection.cameras);
    const PixelSize size = sizeOf(options, cortex.view(), picture);
    BarColumn column = barColumn(picture.bars, figureFont(), size.height / size.perUnit - 2 * cortexMargin);
    SceneStyle style = figureStyle(options.dark);
    style.underlay.folding = foldingFrom(options.selection.underlay);
    CortexComposition composition;
    composition.brain = rendered(cortex, style, size, column.box.width());
    composition.unitsPerPixel = 1 / size.perUnit;
    composition.widthMm = options.widthMm;
    composition.heightMm = options.heightMm.value_or(size.height / options.dpi * mmPerInch);
    composition.annotations = annotationsOf(cortex.view(), options, std::move(column), size);
    for (std::size_t part = 0; part < cortex.view().headings().size(); ++part)
        composition.annotations.headings.emplace_back(inUnits(cortex.view().headings()[part], size.perUnit),
                                                      picture.columns[part].heading);
    if (arePaths && options.selection.outlines)
        composition.outlines = firstLines.outlines ? visiblePath(cortex.view(), *firstLines.outlines, size.perUnit)
                                                   : visibleOutlines(cortex.view(), size.perUnit);
    if (arePaths)
        addLinePaths(cortex.view(), picture, size.perUnit, composition);
    composition.lineWidth = style.lineWidth;
    composition.casingWidth = style.casingWidth;
    if (options.selection.regions.areaNames)
        nameAreas(cortex.view(), picture, size.perUnit, composition.annotations);
    composition.outlinePen = QPen(QColor(style.outline.r, style.outline.g, style.outline.b, style.outline.a),
                                  style.outlineWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    composition.font = figureFont();
    composition.theme = figureTheme(options.dark);
    return composition;
}

void paintVectors(QPainter& painter, const CortexComposition& composition) {
    if (!composition.outlines.isEmpty())
        painter.strokePath(composition.outlines, composition.outlinePen);
    for (const CasedPath& line : composition.lines)
        painter.strokePath(line.path, linePen(line.casing, composition.casingWidth));
    for (const CasedPath& line : composition.lines)
        painter.strokePath(line.path, linePen(line.color, composition.lineWidth));
    paintCortexAnnotations(painter, composition.annotations, composition.font, composition.theme);
}

QImage imageOf(const CortexComposition& composition, double dpi) {
    QImage image = composition.brain;
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.scale(1 / composition.unitsPerPixel, 1 / composition.unitsPerPixel);
    paintVectors(painter, composition);
    painter.end();
    const int dotsPerMeter = static_cast<int>(std::lround(dpi / mmPerInch * 1000));
    image.setDotsPerMeterX(dotsPerMeter);
    image.setDotsPerMeterY(dotsPerMeter);
    image.convertTo(QImage::Format_RGB888);
    return image;
}

} // namespace brainlike
