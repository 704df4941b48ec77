#pragma once

#include "views/state/StepAxis.h"
#include "views/state/Theme.h"
#include "views/training/TrainingCurves.h"

#include <QFont>
#include <QRectF>

#include <cstdint>
#include <optional>
#include <vector>

class QPainter;

namespace brainlike {

/// Where everything of the training track lies, in the widget's pixels.
struct TrackGeometry {
    QRectF plot;         ///< the curves' area
    double railY = 0;    ///< middle of the rail with the checkpoints
    double labelTop = 0; ///< top of the step labels
    StepAxis axis;
    double low = -0.1, high = 1.1; ///< shares of the final value at the plot's ends

    /// @param steps  all steps that the axis must hold
    [[nodiscard]] static TrackGeometry of(QRectF widget, const QFont& font, const std::vector<std::int64_t>& steps,
                                          const std::vector<const TrainingCurves*>& shown);
    [[nodiscard]] double x(double step) const { return xOfPosition(axis.positionOf(step)); }
    /// @param position  in the step axis' decades
    [[nodiscard]] double xOfPosition(double position) const;
    /// Middle of the break between untrained and trained, where there is one.
    [[nodiscard]] std::optional<double> breakX() const;
    [[nodiscard]] double y(double share) const;
};

/// What the track shows besides the curves.
struct TrackState {
    int current = -1; ///< checkpoint under the handle
    int hovered = -1;
    bool focused = false;
    bool pressed = false;
    bool enabled = true;
};

/// Draws the training track: grid and shares, faint curves of other models, the current model's three curves with their
/// half-times, the rail with its checkpoints, the handle.
class TrackPainter {
public:
    TrackPainter(QPainter& painter, const TrackGeometry& geometry, const Theme& theme);

    void drawGround(const QString& hint);
    void drawFaint(const TrainingCurves& curves);
    void drawCurves(const TrainingCurves& curves);
    void drawRail(const TrainingCurves& curves, const TrackState& state);
    void drawHandle(const TrainingCurves& curves, const TrackState& state);

private:
    void drawShares();
    void drawBreak();
    void drawRailBreak();
    void drawStepLabels();
    void drawCurve(const TrainingCurves& curves, std::size_t which, const QColor& color, double width);
    void drawClipMarks(const TrainingCurves& curves, std::size_t which, const QColor& color);
    void drawHalfTime(const TrainingCurve& curve, const QColor& color);
    void drawDots(const TrainingCurves& curves, int checkpoint);

    QPainter& m_painter;
    const TrackGeometry& m_geometry;
    const Theme& m_theme;
};

} // namespace brainlike
