#include "views/training/TrackPainter.h"

#include "views/state/NumberText.h"
#include "views/state/PlotStyle.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace brainlike {
namespace {

constexpr double railHeight = 26;
constexpr double rightMargin = 22;
constexpr double sidePadding = 12; ///< between the plot's edges and its first and last checkpoint
/// What lies outside has marks at the edge: of the selected model only what would flatten all else, of others what lies
/// beyond as much below zero as the final value above.
constexpr double lowestShare = -2, highestShare = 1.6, lowestOfOthers = -1, highestOfOthers = 1.3;
constexpr double dotSpacing = 8.5; ///< pixels between checkpoints from which each is a dot
const QString fullShare = QStringLiteral("100 %");

/// Powers of ten of a unit within the axis.
/// @param perStep  what a step counts
template <typename Text>
std::vector<std::pair<double, QString>> powersOfTen(const StepAxis& axis, double last, double perStep, Text text) {
    std::vector<std::pair<double, QString>> ticks;
    for (const StepAxis::Tick& tick : axis.ticks())
        if (tick.step == 0)
            ticks.emplace_back(0, tick.label);
    for (int power = -12; power <= 18; ++power) {
        const double step = std::pow(10.0, power) / perStep;
        if (step <= last * (1 + 1e-9) && axis.positionOf(step) >= 0)
            ticks.emplace_back(step, text(std::pow(10.0, power)));
    }
    return ticks;
}

/// @param last     step at the axis' end
/// @param perStep  what a step counts in the unit
std::vector<std::pair<double, QString>> ticksOf(const StepAxis& axis, double last, TrainingUnit unit, double perStep) {
    if (unit == TrainingUnit::Images)
        return powersOfTen(axis, last, perStep,
                           [](double images) { return imagesText(images).remove(QStringLiteral(" images")); });
    if (unit == TrainingUnit::Share)
        return powersOfTen(axis, last, perStep, [](double share) { return percentText(share); });
    std::vector<std::pair<double, QString>> ticks;
    for (const StepAxis::Tick& tick : axis.ticks())
        ticks.emplace_back(static_cast<double>(tick.step), tick.label);
    return ticks;
}

bool hasUnit(const TrainingCurves& model, TrainingUnit unit) {
    const double perStep = unitsPerStep(model, unit);
    return std::isfinite(perStep) && perStep > 0;
}

/// Steps of all models that lie on the axis, as steps of the selected one.
std::vector<std::int64_t> axisSteps(const TrackGeometry& geometry, const std::vector<const TrainingCurves*>& shown) {
    std::set<std::int64_t> steps;
    for (const TrainingCurves* model : shown) {
        const double share = unitsPerStep(*model, geometry.unit) / geometry.perStep;
        for (const std::int64_t step : model->steps)
            if (const double there = static_cast<double>(step) * share; std::isfinite(there))
                steps.insert(step == 0 ? 0 : std::max<std::int64_t>(1, std::llround(there)));
    }
    return {steps.begin(), steps.end()};
}

/// Shares of the final value that the plot holds.
std::pair<double, double> shareRange(const std::vector<const TrainingCurves*>& shown) {
    double low = 0, high = 1;
    for (std::size_t model = 0; model < shown.size(); ++model)
        for (const TrainingCurve& curve : shown[model]->curves)
            for (std::size_t at = 0; at < curve.values.size(); ++at) {
                const double share = curve.share(at);
                low = std::fmin(low, std::fmax(share, model == 0 ? lowestShare : lowestOfOthers));
                high = std::fmax(high, std::fmin(share, model == 0 ? highestShare : highestOfOthers));
            }
    return {low, high};
}

} // namespace

double unitsPerStep(const TrainingCurves& model, TrainingUnit unit) {
    if (unit == TrainingUnit::Images)
        return model.batchSize.value_or(std::nan(""));
    if (unit == TrainingUnit::Share)
        return model.steps.empty() || model.steps.back() <= 0 ? std::nan("")
                                                              : 1 / static_cast<double>(model.steps.back());
    return 1;
}

TrackGeometry TrackGeometry::of(QRectF widget, const QFont& font, const std::vector<const TrainingCurves*>& shown,
                                TrainingUnit unit) {
    TrackGeometry geometry;
    if (!shown.empty() && hasUnit(*shown.front(), unit)) {
        geometry.unit = unit;
        geometry.perStep = unitsPerStep(*shown.front(), unit);
    }
    const auto steps = axisSteps(geometry, shown);
    geometry.axis = StepAxis(steps);
    geometry.ticks =
        ticksOf(geometry.axis, steps.empty() ? 0 : static_cast<double>(steps.back()), geometry.unit, geometry.perStep);
    const QFontMetricsF metrics(font);
    const double untrained = metrics.horizontalAdvance(QStringLiteral("untrained")) / 2;
    const double left = std::max(metrics.horizontalAdvance(fullShare) + 12, untrained) + 2;
    geometry.labelTop = widget.bottom() - metrics.height();
    geometry.railY = geometry.labelTop - railHeight / 2 + 1;
    const double top = widget.top() + 4;
    geometry.plot = QRectF(widget.left() + left, top, widget.width() - left - rightMargin,
                           std::max(20.0, geometry.labelTop - railHeight - top));
    const auto [low, high] = shareRange(shown);
    geometry.low = low - 0.04 * (high - low);
    geometry.high = high + 0.08;
    return geometry;
}

double TrackGeometry::xOfPosition(double position) const {
    const double size = axis.high() - axis.low(), inner = plot.width() - 2 * sidePadding;
    return plot.left() + sidePadding + (size > 0 ? (position - axis.low()) / size * inner : inner / 2);
}

std::optional<double> TrackGeometry::breakX() const {
    const std::optional<double> position = axis.breakPosition();
    return position ? std::optional(xOfPosition(*position)) : std::nullopt;
}

double TrackGeometry::y(double share) const {
    return plot.bottom() - (share - low) / (high - low) * plot.height();
}

TrackPainter::TrackPainter(QPainter& painter, const TrackGeometry& geometry, const Theme& theme)
    : m_painter(painter), m_geometry(geometry), m_theme(theme) {
    painter.setRenderHint(QPainter::Antialiasing);
}

void TrackPainter::drawGround(const QString& hint) {
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_theme.panel);
    m_painter.drawRoundedRect(m_geometry.plot, 4, 4);
    drawShares();
    drawBreak();
    drawStepLabels();
    if (hint.isEmpty())
        return;
    m_painter.setPen(m_theme.mutedText);
    m_painter.drawText(m_geometry.plot.adjusted(8, 0, -8, 0), Qt::AlignCenter | Qt::TextWordWrap, hint);
}

void TrackPainter::drawShares() {
    const QRectF& plot = m_geometry.plot;
    const QFontMetricsF metrics(m_painter.font());
    for (const double share : {0.0, 0.5, 1.0}) {
        const double y = std::round(m_geometry.y(share)) + 0.5;
        const bool half = share == 0.5;
        m_painter.setPen(QPen(half ? m_theme.mutedText : m_theme.grid, 1, half ? Qt::DashLine : Qt::SolidLine));
        m_painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        const QString label = share == 1 ? fullShare : half ? QStringLiteral("50 %") : QStringLiteral("0");
        m_painter.setPen(m_theme.mutedText);
        m_painter.drawText(QRectF(0, y - metrics.height() / 2, plot.left() - 6, metrics.height()),
                           Qt::AlignRight | Qt::AlignVCenter, label);
    }
    if (m_geometry.y(0.5) - m_geometry.y(1) < metrics.height() + 2)
        return;
    const double left = m_geometry.breakX().value_or(plot.left()) + 10;
    m_painter.drawText(QRectF(left, m_geometry.y(1) + 1, plot.width() / 2, metrics.height() + 2),
                       Qt::AlignLeft | Qt::AlignTop, QStringLiteral("share of the final value"));
}

void TrackPainter::drawBreak() {
    const std::optional<double> middle = m_geometry.breakX();
    if (middle)
        m_painter.fillRect(QRectF(*middle - 4, m_geometry.plot.top() - 1, 8, m_geometry.plot.height() + 2),
                           m_theme.window);
}

void TrackPainter::drawStepLabels() {
    const QFontMetricsF metrics(m_painter.font());
    double free = -std::numeric_limits<double>::infinity();
    m_painter.setPen(m_theme.mutedText);
    for (const auto& [step, label] : m_geometry.ticks) {
        const double width = metrics.horizontalAdvance(label), center = m_geometry.x(step);
        if (center - width / 2 < free)
            continue;
        m_painter.drawText(QRectF(center - width / 2 - 1, m_geometry.labelTop, width + 2, metrics.height()),
                           Qt::AlignCenter, label);
        free = center + width / 2 + 8;
    }
}

void TrackPainter::drawCurve(const TrainingCurves& curves, std::size_t which, const QPen& line) {
    const TrainingCurve& curve = curves.curves[which];
    QPainterPath trained, acrossBreak;
    bool started = false;
    for (std::size_t at = 0; at < curves.size(); ++at) {
        const double share = curve.share(at);
        if (!std::isfinite(share))
            continue;
        const QPointF point(m_geometry.x(curves, static_cast<double>(curves.steps[at])), m_geometry.y(share));
        if (!std::isfinite(point.x()))
            return;
        if (curves.steps[at] == 0) {
            acrossBreak.moveTo(point);
        } else if (!started) {
            if (acrossBreak.elementCount() > 0)
                acrossBreak.lineTo(point);
            trained.moveTo(point);
            started = true;
        } else {
            trained.lineTo(point);
        }
    }
    m_painter.save();
    m_painter.setClipRect(m_geometry.plot);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.setPen(line);
    m_painter.drawPath(trained);
    m_painter.setPen(QPen(line.color(), line.widthF(), Qt::DotLine, Qt::FlatCap));
    m_painter.drawPath(acrossBreak);
    m_painter.restore();
}

void TrackPainter::drawOtherModel(const TrainingCurves& curves, const QPen& line, bool emphasised) {
    for (std::size_t which = 0; which < curves.curves.size(); ++which) {
        QPen pen = line;
        pen.setColor(faded(curveColor(which, m_theme), emphasised ? 0.95 : m_theme.dark ? 0.5 : 0.42));
        pen.setWidthF(emphasised ? 2 : 1.2);
        drawCurve(curves, which, pen);
        pen.setStyle(Qt::SolidLine);
        drawOtherHalfTime(curves, which, pen);
    }
}

/// Small and hollow, so that the selected model's stand out.
void TrackPainter::drawOtherHalfTime(const TrainingCurves& curves, std::size_t which, const QPen& line) {
    const HalfTime& half = curves.curves[which].half;
    const double x = half.status == HalfTimeStatus::Ok ? m_geometry.x(curves, half.step) : std::nan("");
    if (!std::isfinite(x))
        return;
    const double bottom = m_geometry.plot.bottom();
    m_painter.setPen(QPen(line.color(), 1.2));
    m_painter.setBrush(m_theme.panel);
    m_painter.drawEllipse(QPointF(x, m_geometry.y(0.5)), 2.5, 2.5);
    m_painter.drawPolygon(QPolygonF({{x - 3.5, bottom}, {x + 3.5, bottom}, {x, bottom + 5}}));
}

void TrackPainter::drawCurves(const TrainingCurves& curves) {
    for (std::size_t which = 0; which < curves.curves.size(); ++which)
        drawCurve(curves, which, QPen(curveColor(which, m_theme), 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (std::size_t which = 0; which < curves.curves.size(); ++which) {
        drawClipMarks(curves, which, curveColor(which, m_theme));
        drawHalfTime(curves.curves[which], curveColor(which, m_theme), -1 - 3.0 * static_cast<double>(which));
    }
}

void TrackPainter::drawClipMarks(const TrainingCurves& curves, std::size_t which, const QColor& color) {
    m_painter.setPen(QPen(color, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_painter.setBrush(Qt::NoBrush);
    double free = -std::numeric_limits<double>::infinity();
    for (std::size_t at = 0; at < curves.size(); ++at) {
        const double share = curves.curves[which].share(at);
        if (!(share < m_geometry.low) && !(share > m_geometry.high))
            continue;
        const bool below = share < m_geometry.low;
        const double tip = below ? m_geometry.plot.bottom() - 2 : m_geometry.plot.top() + 2,
                     base = tip + (below ? -4 : 4);
        const double x = m_geometry.x(static_cast<double>(curves.steps[at])) + (static_cast<double>(which) - 1) * 9;
        if (x < free)
            continue;
        free = x + dotSpacing;
        m_painter.drawPolyline(QPolygonF({{x - 3.5, base}, {x, tip}, {x + 3.5, base}}));
    }
}

void TrackPainter::drawHalfTime(const TrainingCurve& curve, const QColor& color, double row) {
    if (curve.half.status == HalfTimeStatus::FinalNotPositive)
        return;
    const bool exact = curve.half.status == HalfTimeStatus::Ok;
    const double x = m_geometry.x(exact ? curve.half.step : static_cast<double>(curve.half.firstStep));
    const double bottom = m_geometry.plot.bottom();
    if (exact) {
        m_painter.setPen(QPen(color, 1.2, Qt::DotLine));
        m_painter.drawLine(QPointF(x, m_geometry.y(0.5)), QPointF(x, bottom));
        m_painter.setPen(QPen(color, 2));
        m_painter.setBrush(m_theme.panel);
        m_painter.drawEllipse(QPointF(x, m_geometry.y(0.5)), 4, 4);
    }
    if (exact && !std::isnan(curve.interval.low) && !std::isnan(curve.interval.high)) {
        // Censored ends lie beyond the track.
        const double low = std::isinf(curve.interval.low) ? m_geometry.plot.left() : m_geometry.x(curve.interval.low);
        const double high =
            std::isinf(curve.interval.high) ? m_geometry.plot.right() : m_geometry.x(curve.interval.high);
        m_painter.setPen(QPen(faded(color, 0.7), 3, Qt::SolidLine, Qt::FlatCap));
        m_painter.drawLine(QPointF(low, bottom + row), QPointF(high, bottom + row));
    }
    m_painter.setPen(QPen(m_theme.window, 1));
    m_painter.setBrush(color);
    if (exact)
        m_painter.drawPolygon(QPolygonF({{x - 5, bottom - 1}, {x + 5, bottom - 1}, {x, bottom + 7}}));
    else
        m_painter.drawPolygon(QPolygonF({{x + 4, bottom - 2}, {x + 4, bottom + 8}, {x - 4, bottom + 3}}));
}

void TrackPainter::drawRail(const TrainingCurves& curves, const TrackState& state) {
    const double y = m_geometry.railY;
    const double first = m_geometry.x(static_cast<double>(curves.steps.front()));
    const double last = m_geometry.x(static_cast<double>(curves.steps.back()));
    const double at =
        m_geometry.x(static_cast<double>(curves.steps.at(static_cast<std::size_t>(std::max(0, state.current)))));
    m_painter.setPen(QPen(m_theme.grid, 4, Qt::SolidLine, Qt::RoundCap));
    m_painter.drawLine(QPointF(first, y), QPointF(last, y));
    m_painter.setPen(QPen(faded(m_theme.accent, state.enabled ? 0.85 : 0.3), 4, Qt::SolidLine, Qt::RoundCap));
    m_painter.drawLine(QPointF(first, y), QPointF(at, y));
    drawRailBreak();
    double lastTick = -std::numeric_limits<double>::infinity();
    const auto xAt = [&](std::size_t index) { return m_geometry.x(static_cast<double>(curves.steps[index])); };
    for (std::size_t index = 0; index < curves.size(); ++index) {
        const QPointF center(xAt(index), y);
        const bool passed = center.x() <= at, isHovered = static_cast<int>(index) == state.hovered;
        const bool isApart = (index == 0 || center.x() - xAt(index - 1) >= dotSpacing) &&
                             (index + 1 == curves.size() || xAt(index + 1) - center.x() >= dotSpacing);
        if (!isApart && !isHovered) {
            // A tick a pixel at most; each checkpoint can still be chosen.
            if (center.x() - lastTick < 1)
                continue;
            lastTick = center.x();
            m_painter.setPen(QPen(passed ? m_theme.accent : m_theme.mutedText, 1));
            m_painter.drawLine(center - QPointF(0, curves.computed[index] ? 5 : 2),
                               center + QPointF(0, curves.computed[index] ? 5 : 2));
            continue;
        }
        const double radius = isHovered ? 5.5 : 3.8;
        m_painter.setPen(QPen(passed ? m_theme.accent : m_theme.mutedText, 1.6));
        m_painter.setBrush(!curves.computed[index] ? m_theme.window : passed ? m_theme.accent : m_theme.mutedText);
        m_painter.drawEllipse(center, radius, radius);
    }
}

QRectF TrackPainter::otherGrip(const TrackGeometry& geometry, double step) {
    return {geometry.x(step) - 9, geometry.plot.top() - 2, 18, 18};
}

void TrackPainter::drawOther(const TrainingCurves& curves, int checkpoint) {
    const auto step = static_cast<double>(curves.steps[static_cast<std::size_t>(checkpoint)]);
    const double x = m_geometry.x(step);
    m_painter.setPen(QPen(m_theme.text, 1.4, Qt::DashLine));
    m_painter.drawLine(QPointF(x, m_geometry.plot.top()), QPointF(x, m_geometry.railY));
    m_painter.setPen(QPen(m_theme.text, 1.6));
    m_painter.setBrush(m_theme.panel);
    m_painter.drawEllipse(QPointF(x, m_geometry.railY), 6, 6);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_theme.text);
    const QRectF grip = otherGrip(m_geometry, step);
    m_painter.drawRoundedRect(grip, 4, 4);
    m_painter.setPen(m_theme.panel);
    m_painter.drawText(grip, Qt::AlignCenter, QStringLiteral("B"));
}

void TrackPainter::drawRailBreak() {
    const std::optional<double> middle = m_geometry.breakX();
    if (!middle)
        return;
    const double x = *middle, y = m_geometry.railY;
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(m_theme.window);
    m_painter.drawPolygon(QPolygonF({{x - 5, y + 6}, {x + 1, y - 6}, {x + 5, y - 6}, {x - 1, y + 6}}));
    m_painter.setPen(QPen(m_theme.mutedText, 1.3));
    m_painter.drawLine(QPointF(x - 5, y + 6), QPointF(x + 1, y - 6));
    m_painter.drawLine(QPointF(x - 1, y + 6), QPointF(x + 5, y - 6));
}

void TrackPainter::drawDots(const TrainingCurves& curves, int checkpoint) {
    for (std::size_t which = 0; which < curves.curves.size(); ++which) {
        const double share = curves.curves[which].share(static_cast<std::size_t>(checkpoint));
        if (!std::isfinite(share) || share < m_geometry.low || share > m_geometry.high)
            continue;
        m_painter.setPen(QPen(m_theme.panel, 1.5));
        m_painter.setBrush(curveColor(which, m_theme));
        m_painter.drawEllipse(
            QPointF(m_geometry.x(static_cast<double>(curves.steps[static_cast<std::size_t>(checkpoint)])),
                    m_geometry.y(share)),
            4.6, 4.6);
    }
}

void TrackPainter::drawHandle(const TrainingCurves& curves, const TrackState& state) {
    const auto xOf = [&](int checkpoint) {
        return m_geometry.x(static_cast<double>(curves.steps[static_cast<std::size_t>(checkpoint)]));
    };
    if (state.hovered >= 0 && state.hovered != state.current) {
        m_painter.setPen(QPen(m_theme.mutedText, 1, Qt::DotLine));
        m_painter.drawLine(QPointF(xOf(state.hovered), m_geometry.plot.top()),
                           QPointF(xOf(state.hovered), m_geometry.railY));
        drawDots(curves, state.hovered);
    }
    if (state.current < 0)
        return;
    const QPointF center(xOf(state.current), m_geometry.railY);
    m_painter.setPen(QPen(m_theme.accent, 1.6));
    m_painter.drawLine(QPointF(center.x(), m_geometry.plot.top()), center);
    drawDots(curves, state.current);
    if (state.focused) {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(faded(m_theme.accent, 0.25));
        m_painter.drawEllipse(center, 13, 13);
    }
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(faded(Qt::black, 0.18));
    m_painter.drawEllipse(center + QPointF(0, 1), 10.5, 10.5);
    m_painter.setBrush(Qt::white);
    m_painter.drawEllipse(center, 10, 10);
    m_painter.setBrush(m_theme.accent);
    m_painter.drawEllipse(center, state.pressed ? 7.5 : 6.5, state.pressed ? 7.5 : 6.5);
}

} // namespace brainlike
