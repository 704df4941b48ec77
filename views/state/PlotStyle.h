#pragma once

#include "core/color/ColorMap.h"
#include "views/state/Theme.h"

#include <QColor>
#include <QString>
#include <QStringList>

class QCPAxis;
class QCustomPlot;

namespace brainlike {

[[nodiscard]] QColor toColor(Rgba8 color);
/// The colour of a layer (LayerScale), lightened on dark ground and darkened on bright ground where a line of it would
/// not be seen.
[[nodiscard]] QColor layerColor(int layer, int layerCount, const Theme& theme);
/// @param opacity  0 … 1
[[nodiscard]] QColor faded(QColor color, double opacity);

/// Gives a plot the project's look: no box, quiet axes and grid, the widget's font.
void stylePlot(QCustomPlot& plot, const Theme& theme);
/// Gives an axis the first of the labels that is no longer than the axis; the last one in any case.
void setFittingLabel(QCPAxis& axis, const QStringList& labels);
/// Ticks at round numbers of the axis' present range, as many as have room, "−" as the minus sign.
void setRoundTicks(QCPAxis& axis, double pixelsPerTick);

/// The same of an axis whose coordinates are powers of ten: 1k, 10k and, where there are few of them, 2k and 5k.
void setPowerTicks(QCPAxis& axis);

} // namespace brainlike
