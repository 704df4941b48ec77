#include "views/figure/VectorFile.h"

#include "core/base/Error.h"
#include "core/base/Version.h"

#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>

namespace brainlike {
namespace {

/// Places are written in parts of this many an inch.
constexpr int pdfResolution = 4800;

QSizeF sizeInUnits(const CortexComposition& composition) {
    return QSizeF(composition.brain.size()) * composition.unitsPerPixel;
}

void paintAll(QPainter& painter, const CortexComposition& composition) {
    painter.setRenderHints(QPainter::Antialiasing | QPainter::LosslessImageRendering);
    painter.drawImage(QRectF(QPointF(0, 0), sizeInUnits(composition)),
                      composition.brain.convertToFormat(QImage::Format_RGB888));
    paintVectors(painter, composition);
}

QByteArray number(double value) {
    return QByteArray::number(value, 'f', 4);
}

/// The opening tag with the exact size (the generator knows whole units alone), and the recipe after it.
QByteArray withHeader(const QByteArray& svg, const CortexComposition& composition, const QByteArray& recipe) {
    const qsizetype start = svg.indexOf("<svg");
    const qsizetype end = svg.indexOf('>', start);
    if (start < 0 || end < 0)
        throw Error({.what = "The figure could not be written as SVG"});
    const QSizeF size = sizeInUnits(composition);
    const QByteArray tag = "<svg width=\"" + number(composition.widthMm) + "mm\" height=\"" +
                           number(composition.heightMm) + "mm\" viewBox=\"0 0 " + number(size.width()) + ' ' +
                           number(size.height()) +
                           "\" xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
                           " version=\"1.1\">\n<metadata id=\"brainlike\">" +
                           QString::fromUtf8(recipe).toHtmlEscaped().toUtf8() + "</metadata>";
    return svg.left(start) + tag + svg.mid(end + 1);
}

/// The page of its exact size: Qt rounds to whole points. No byte moves.
QByteArray withPageSize(QByteArray pdf, const QSizeF& points) {
    const qsizetype start = pdf.indexOf("/MediaBox [");
    const qsizetype end = pdf.indexOf(']', start);
    const QByteArray box = "/MediaBox [0 0 " + number(points.width()) + ' ' + number(points.height());
    if (start < 0 || end < 0 || box.size() > end - start)
        throw Error({.what = "The figure could not be written as PDF"});
    return pdf.replace(start, end - start, box.leftJustified(end - start, ' '));
}

} // namespace

QByteArray svgOf(const CortexComposition& composition, const QByteArray& recipe) {
    QByteArray svg;
    QBuffer buffer(&svg);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(unitsPerInch));
    const QRectF box(QPointF(0, 0), sizeInUnits(composition));
    generator.setSize(box.size().toSize());
    generator.setViewBox(box);
    generator.setTitle("Brainlike");
    QPainter painter(&generator);
    paintAll(painter, composition);
    if (!painter.end())
        throw Error({.what = "The figure could not be written as SVG"});
    return withHeader(svg, composition, recipe);
}

QByteArray pdfOf(const CortexComposition& composition, const QByteArray& recipe) {
    QByteArray pdf;
    QBuffer buffer(&pdf);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    const QSizeF millimetres(composition.widthMm, composition.heightMm);
    writer.setResolution(pdfResolution);
    // Landscape pages would be turned to portrait ones.
    writer.setPageLayout(QPageLayout(QPageSize(millimetres, QPageSize::Millimeter, {}, QPageSize::ExactMatch),
                                     QPageLayout::Portrait, QMarginsF(0, 0, 0, 0)));
    writer.setCreator(QString("brainlike ") + version);
    writer.setTitle("Brainlike");
    writer.addFileAttachment("recipe.json", recipe, "application/json");
    const QSizeF whole = writer.pageLayout().fullRectPoints().size();
    const QSizeF exact = millimetres * (pointsPerInch / mmPerInch);
    QPainter painter(&writer);
    // Places count from the top of the page as Qt rounds it.
    painter.translate(0, (whole.height() - exact.height()) * pdfResolution / pointsPerInch);
    painter.scale(pdfResolution / unitsPerInch, pdfResolution / unitsPerInch);
    paintAll(painter, composition);
    if (!painter.end())
        throw Error({.what = "The figure could not be written as PDF"});
    return withPageSize(std::move(pdf), exact);
}

} // namespace brainlike
