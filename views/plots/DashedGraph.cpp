#include "views/plots/DashedGraph.h"

#include <algorithm>
#include <cmath>

namespace brainlike {

DashedGraph::DashedGraph(QCustomPlot& plot) : QCPGraph(plot.xAxis, plot.yAxis) {}

QVector<QLineF> dashesAlong(const QVector<QPointF>& points, const QVector<qreal>& pattern, double width) {
    QVector<QLineF> dashes;
    qsizetype turn = 0; // even: a dash
    double left = pattern.isEmpty() ? 0 : pattern.first() * width;
    for (qsizetype index = 1; index < points.size() && left > 0; ++index) {
        const QLineF line(points[index - 1], points[index]);
        const double length = line.length();
        if (!std::isfinite(length)) {
            turn = 0;
            left = pattern.first() * width;
            continue;
        }
        for (double at = 0; at < length;) {
            const double end = std::min(length, at + left);
            if (turn % 2 == 0)
                dashes.push_back({line.pointAt(at / length), line.pointAt(end / length)});
            left -= end - at;
            at = end;
            if (left <= 1e-9) {
                turn = (turn + 1) % pattern.size();
                left = pattern[turn] * width;
            }
        }
    }
    return dashes;
}

void DashedGraph::drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const {
    if (painter->modes().testFlag(QCPPainter::pmVectorized) || painter->modes().testFlag(QCPPainter::pmNoCaching) ||
        painter->pen().style() == Qt::SolidLine)
        return QCPGraph::drawLinePlot(painter, lines);
    applyDefaultAntialiasingHint(painter);
    const QPen pen = painter->pen();
    painter->setPen(QPen(pen.color(), pen.widthF(), Qt::SolidLine, Qt::FlatCap));
    painter->drawLines(dashesAlong(lines, pen.dashPattern(), pen.widthF()));
    painter->setPen(pen);
}

} // namespace brainlike
