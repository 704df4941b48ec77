#pragma once

#include "core/scores/HalfTime.h"
#include "core/stats/Bootstrap.h"
#include "views/state/StepAxis.h"
#include "views/state/Theme.h"

#include <QAbstractScrollArea>

#include <cstdint>
#include <optional>
#include <vector>

namespace brainlike {

/// Half-times as horizontal bars over the training steps, one a row, with their intervals. What has no half-time says
/// so in its row; what had half of its final score at the first checkpoint already is an arrow at the left.
class HalfTimeBars : public QAbstractScrollArea {
    Q_OBJECT
public:
    struct Bar {
        QString name;
        HalfTime halfTime;
        BootstrapInterval interval; ///< steps; NaN: none
    };

    explicit HalfTimeBars(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param steps  the model's checkpoints, at least one
    void setBars(std::vector<Bar> bars, const std::vector<std::int64_t>& steps);
    /// A line at the checkpoint that is shown elsewhere.
    void setStep(std::int64_t step);
    /// @param row  of the picked unit, −1: none
    void setPicked(int row);
    [[nodiscard]] int picked() const { return m_picked; }
    /// End of a row's bar in the viewport; its left end without a half-time.
    [[nodiscard]] QPointF positionOf(int row) const;
    /// What a row says instead of a bar; empty where there is one.
    [[nodiscard]] QString noteOf(int row) const;

Q_SIGNALS:
    void clicked(int row);
    /// @param row  −1 where there is none
    void hovered(int row);

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layOut();
    void point(int row);
    void paintGround(QPainter& painter) const;
    void paintRow(QPainter& painter, int row) const;
    void paintBar(QPainter& painter, int row) const;
    [[nodiscard]] QRectF rowBox(int row) const;
    [[nodiscard]] int rowAt(QPointF position) const;
    [[nodiscard]] double xOf(double step) const;
    [[nodiscard]] double xOfPosition(double position) const;

    Theme m_theme;
    std::vector<Bar> m_bars;
    StepAxis m_axis;
    std::optional<std::int64_t> m_step;
    int m_picked = -1, m_hovered = -1;
    double m_rowHeight = 20;
    QRectF m_plot; ///< in the viewport: where bars are
};

} // namespace brainlike
