#pragma once

#include "core/session/ColorChoice.h"
#include "views/state/ColorBar.h"

#include <QPointF>
#include <QRectF>

#include <optional>

namespace brainlike {

/// What can be dragged on a colour bar.
enum class BarHandle { Low, High, Threshold };

/// The handle under a place, if any: the ends of the band, and the mark of the threshold to its left.
/// @param band  where the bar's colours are
[[nodiscard]] std::optional<BarHandle> handleAt(const ColorBar& bar, const QRectF& band, QPointF position);

/// One drag of a handle. The axis stays as it was when the drag began, so that the handle follows the pointer.
class ColorBarDrag {
public:
    ColorBarDrag(BarHandle handle, const ColorScale& scale, const QRectF& band, QPointF from);

    /// What the drag makes of a map's colours when the pointer is at a place: round values; a range that is symmetric
    /// about zero stays so.
    void apply(ColorChoice& colors, QPointF to) const;
    /// The axis to draw while the drag lasts: as it was, wide enough for a range.
    [[nodiscard]] ColorRange axisFor(const ColorScale& now) const;

private:
    [[nodiscard]] double valueAt(QPointF position) const;
    void moveEnd(ColorChoice& colors, double value) const;

    BarHandle m_handle;
    ColorScale m_scale;
    QRectF m_band;
    double m_offset; ///< from the pointer to the handle, pixels
};

/// Back to the whole range, without a threshold.
void resetRange(ColorChoice& colors);

} // namespace brainlike
