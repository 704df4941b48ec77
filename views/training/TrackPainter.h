#pragma once

#include "views/state/StepAxis.h"
#include "views/state/Theme.h"
#include "views/training/TrainingCurves.h"

#include <QFont>
#include <QRectF>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

class QPainter;
class QPen;

namespace brainlike {

/// What the marks of the axis count.
enum class TrainingUnit {
    Steps,
    Images, ///< seen by the selected model
    Share   ///< of the selected model's training
};

/// What a step of a model counts in a unit: 1, its batch size, or its share of the training; NaN where that is not
/// known.
[[nodiscard]] double unitsPerStep(const TrainingCurves& model, TrainingUnit unit);

/// Where everything of the training track lies, in the widget's pixels.
struct TrackGeometry {
    QRectF plot;         ///< the curves' area
    double railY = 0;    ///< middle of the rail with the checkpoints
    double labelTop = 0; ///< top of the step labels
    StepAxis axis;
    double low = -0.1, high = 1.1;                 ///< shares of the final value at the plot's ends
    std::vector<std::pair<double, QString>> ticks; ///< steps that are named below the axis, ascending
    TrainingUnit unit = TrainingUnit::Steps;       ///< by which models lie beside each other
    double perStep = 1;                            ///< units of a step of the selected model

    /// @param shown  the selected model's curves first; the axis holds the checkpoints of all. In images a selected
    ///               model without a batch size lies by its steps, another one nowhere
    [[nodiscard]] static TrackGeometry of(QRectF widget, const QFont& font,
                                          const std::vector<const TrainingCurves*>& shown,
                                          TrainingUnit unit = TrainingUnit::Steps);
    /// Of a step of the selected model.
    [[nodiscard]] double x(double step) const { return xOfPosition(axis.positionOf(step)); }
    /// Of a step of any model: where the selected one had counted as many steps, images or as large a share; NaN where
    /// that is not known.
    [[nodiscard]] double x(const TrainingCurves& model, double step) const {
        return x(step * unitsPerStep(model, unit) / perStep);
    }
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
    int other = -1; ///< checkpoint of B, −1: none
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
    /// @param line         the model's
    /// @param emphasised   B of a comparison
    void drawOtherModel(const TrainingCurves& curves, const QPen& line, bool emphasised);
    void drawCurves(const TrainingCurves& curves);
    void drawRail(const TrainingCurves& curves, const TrackState& state);
    void drawHandle(const TrainingCurves& curves, const TrackState& state);
    /// The mark of B.
    void drawOther(const TrainingCurves& curves, int checkpoint);
    /// Where the mark of B can be taken hold of.
    [[nodiscard]] static QRectF otherGrip(const TrackGeometry& geometry, double step);

private:
    void drawShares();
    void drawBreak();
    void drawRailBreak();
    void drawStepLabels();
    void drawCurve(const TrainingCurves& curves, std::size_t which, const QPen& line);
    void drawClipMarks(const TrainingCurves& curves, std::size_t which, const QColor& color);
    void drawOtherHalfTime(const TrainingCurves& curves, std::size_t which, const QPen& line);
    /// @param row  pixels below the plot's bottom at which the interval lies
    void drawHalfTime(const TrainingCurve& curve, const QColor& color, double row);
    void drawDots(const TrainingCurves& curves, int checkpoint);

    QPainter& m_painter;
    const TrackGeometry& m_geometry;
    const Theme& m_theme;
};

} // namespace brainlike
