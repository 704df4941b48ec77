#include "views/cortex/ColorBarDrag.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

/// How far from a handle it can still be taken hold of, pixels.
constexpr double reach = 8;
/// How far left of the band the threshold's mark reaches, pixels.
constexpr double markReach = 12;
/// A range is at least this share of what it was.
constexpr double smallestShare = 0.02;
constexpr double stepsOfRange = 50;

double placeOf(const ColorScale& scale, double value, const QRectF& band) {
    return band.bottom() - std::clamp(scale.positionOf(value), 0.0, 1.0) * band.height();
}

/// A multiple of a power of ten near a fiftieth of the range; of logarithmic scales two digits.
double roundedIn(const ColorScale& scale, double value) {
    if (value == 0 || !std::isfinite(value))
        return value;
    const double size = scale.isLogarithmic ? std::abs(value) : (scale.high - scale.low) / stepsOfRange;
    const double unit = std::pow(10.0, std::floor(std::log10(size)) - (scale.isLogarithmic ? 1 : 0));
    return std::round(value / unit) * unit;
}

} // namespace

std::optional<BarHandle> handleAt(const ColorBar& bar, const QRectF& band, QPointF position) {
    if (!bar.scale || !band.adjusted(-markReach, -reach, reach, reach).contains(position))
        return std::nullopt;
    if (position.x() < band.left()) {
        for (const double mark : thresholdMarks(*bar.scale))
            if (std::abs(placeOf(*bar.scale, mark, band) - position.y()) <= reach)
                return BarHandle::Threshold;
        return std::nullopt;
    }
    if (std::abs(position.y() - band.top()) <= reach)
        return BarHandle::High;
    if (std::abs(position.y() - band.bottom()) <= reach)
        return BarHandle::Low;
    return std::nullopt;
}

ColorBarDrag::ColorBarDrag(BarHandle handle, const ColorScale& scale, const QRectF& band, QPointF from)
    : m_handle(handle), m_scale(scale), m_band(band), m_offset(0) {
    double nearest = handle == BarHandle::Low ? band.bottom() : band.top();
    if (handle == BarHandle::Threshold) {
        const auto marks = thresholdMarks(scale);
        nearest = placeOf(scale, marks.front(), band);
        for (const double mark : marks)
            if (std::abs(placeOf(scale, mark, band) - from.y()) < std::abs(nearest - from.y()))
                nearest = placeOf(scale, mark, band);
    }
    m_offset = nearest - from.y();
}

double ColorBarDrag::valueAt(QPointF position) const {
    const double place = (m_band.bottom() - position.y() - m_offset) / m_band.height();
    return roundedIn(m_scale, m_scale.valueAt(place));
}

void ColorBarDrag::apply(ColorChoice& colors, QPointF to) const {
    const double value = valueAt(to);
    if (m_handle != BarHandle::Threshold)
        return moveEnd(colors, value);
    const double limited = std::min(value, m_scale.high);
    if (m_scale.isTwoTailed)
        colors.threshold = std::abs(std::max(limited, m_scale.low));
    else
        colors.threshold = limited <= m_scale.low ? 0 : limited;
}

void ColorBarDrag::moveEnd(ColorChoice& colors, double value) const {
    const bool isSymmetric = m_scale.low < 0 && std::abs(m_scale.low + m_scale.high) < 1e-9 * m_scale.high;
    const double least = m_scale.isLogarithmic ? 0 : smallestShare * (m_scale.high - m_scale.low);
    ColorRange range{m_scale.low, m_scale.high};
    if (isSymmetric) {
        const double end = std::max(m_handle == BarHandle::High ? value : -value, least);
        range = {-end, end};
    } else if (m_handle == BarHandle::High) {
        range.high = m_scale.isLogarithmic ? std::max(value, 1.1 * range.low) : std::max(value, range.low + least);
    } else {
        range.low = m_scale.isLogarithmic ? std::min(value, range.high / 1.1) : std::min(value, range.high - least);
    }
    colors.range = range;
}

ColorRange ColorBarDrag::axisFor(const ColorScale& now) const {
    return {std::min(m_scale.low, now.low), std::max(m_scale.high, now.high)};
}

void resetRange(ColorChoice& colors) {
    const std::string colorMap = colors.colorMap;
    colors = {.colorMap = colorMap};
}

} // namespace brainlike
