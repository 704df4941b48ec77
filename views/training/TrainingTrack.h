#pragma once

#include "views/state/Theme.h"
#include "views/training/TrackPainter.h"
#include "views/training/TrainingCurves.h"

#include <QAbstractSlider>

#include <vector>

namespace brainlike {

/// The slider whose track is a plot. Its value is a checkpoint's index: it snaps, there is nothing in between. An
/// QAbstractSlider for its keyboard, wheel and screen-reader behaviour.
class TrainingTrack : public QAbstractSlider {
    Q_OBJECT
public:
    explicit TrainingTrack(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param current  the selected model's
    /// @param others   drawn faintly; the axis holds their steps, too
    void setCurves(const TrainingCurves& current, const std::vector<TrainingCurves>& others);
    /// Words in place of the curves.
    void setHint(const QString& hint);

    /// Checkpoint nearest to a horizontal place, or −1.
    [[nodiscard]] int checkpointAt(double x) const;
    /// Middle of a checkpoint on the rail.
    [[nodiscard]] QPointF positionOf(int checkpoint) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// @param checkpoint  −1 once the pointer left
    void hovered(int checkpoint);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void sliderChange(SliderChange change) override;

private:
    [[nodiscard]] TrackGeometry geometryNow() const;
    void describe();
    void setHovered(int checkpoint);

    Theme m_theme;
    TrainingCurves m_current;
    std::vector<TrainingCurves> m_others;
    QString m_hint;
    int m_hovered = -1;
};

} // namespace brainlike
