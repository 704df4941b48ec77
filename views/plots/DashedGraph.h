#pragma once

#include "views/state/PlotLibrary.h"

namespace brainlike {

/// A line in the dashes of its pen, drawn as so many short lines: a tenth of the time that a dashed path takes. As a
/// vector picture it is one dashed line.
class DashedGraph : public QCPGraph {
    Q_OBJECT
public:
    explicit DashedGraph(QCustomPlot& plot);

protected:
    void drawLinePlot(QCPPainter* painter, const QVector<QPointF>& lines) const override;
};

/// The dashes along a line through points, gaps where a point is not finite.
///
/// @param pattern  lengths of dashes and gaps by turns, in widths of the pen; an even number of them
[[nodiscard]] QVector<QLineF> dashesAlong(const QVector<QPointF>& points, const QVector<qreal>& pattern, double width);

} // namespace brainlike
