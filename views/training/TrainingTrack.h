#pragma once

#include "views/state/Theme.h"
#include "views/training/TrackPainter.h"
#include "views/training/TrainingCurves.h"

#include <QAbstractSlider>
#include <QPen>
#include <QPixmap>
#include <QStringList>

#include <optional>
#include <vector>

namespace brainlike {

/// The slider whose track is a plot. Its value is a checkpoint's index: it snaps, there is nothing in between. An
/// QAbstractSlider for its keyboard, wheel and screen-reader behaviour. Alt+← and Alt+→ move the mark of B.
class TrainingTrack : public QAbstractSlider {
    Q_OBJECT
public:
    explicit TrainingTrack(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// Another model whose curves are drawn, thinner.
    struct OtherModel {
        TrainingCurves curves;
        QPen line;
        bool emphasised = false; ///< B of a comparison
    };

    /// @param current  the selected model's
    /// @param others   the axis holds their steps, too
    void setCurves(const TrainingCurves& current, std::vector<OtherModel> others);
    /// Checkpoint of B, which can be dragged; −1: there is none.
    void setOther(int checkpoint);
    [[nodiscard]] int other() const { return m_other; }
    void setUnit(TrainingUnit unit);
    /// Where the mark of B can be taken hold of.
    [[nodiscard]] QPointF otherPosition() const;
    /// Labels below the axis, from left to right.
    [[nodiscard]] QStringList tickLabels() const;
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
    /// The mark of B was taken hold of, moved to another checkpoint, and let go.
    void otherPressed();
    void otherMoved(int checkpoint);
    void otherReleased();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void sliderChange(SliderChange change) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    [[nodiscard]] const TrackGeometry& geometryNow() const;
    void renew();
    void paintGround();
    void showTip(int checkpoint);
    void describe();
    void setHovered(int checkpoint);
    [[nodiscard]] bool isOnOther(QPointF position) const;
    void moveOther(int count);

    Theme m_theme;
    TrainingCurves m_current;
    std::vector<OtherModel> m_others;
    QString m_hint;
    TrainingUnit m_unit = TrainingUnit::Steps;
    int m_hovered = -1;
    int m_other = -1;
    bool m_isOtherDown = false;

    mutable std::optional<TrackGeometry> m_geometry; ///< until something it depends on changes
    mutable std::vector<double> m_places;            ///< of the checkpoints, pixels, ascending
    QPixmap m_ground;                                ///< everything that no checkpoint changes; null: to be drawn
};

} // namespace brainlike
