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
/// so in its row; what had half of its final score at the first checkpoint already is an arrow at the left. B of a
/// comparison lies hollow below each bar, A − B in words at the right.
class HalfTimeBars : public QAbstractScrollArea {
    Q_OBJECT
public:
    struct Bar {
        QString name;
        HalfTime halfTime;
        BootstrapInterval interval;        ///< steps; NaN: none
        std::optional<HalfTime> other{};   ///< of B
        BootstrapInterval otherInterval{}; ///< of B
        QString difference{};              ///< A − B in few words
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
    /// The same of B; that of A where there is no B.
    [[nodiscard]] QPointF otherPositionOf(int row) const;
    /// What a row says instead of a bar; empty where there is one.
    [[nodiscard]] QString noteOf(int row) const;
    [[nodiscard]] const std::vector<Bar>& bars() const { return m_bars; }
    /// Where bars are, in the viewport.
    [[nodiscard]] const QRectF& plotRect() const { return m_plot; }

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
    void paintWords(QPainter& painter, int row) const;
    /// One half-time in its part of a row.
    struct Lane {
        HalfTime halfTime;
        BootstrapInterval interval;
        QPointF end;
        bool isOther = false;
    };
    void paintBar(QPainter& painter, const Lane& lane) const;
    void paintWhiskers(QPainter& painter, const Lane& lane) const;
    /// What a lane says instead of a bar.
    void paintNote(QPainter& painter, const Lane& lane) const;
    void paintArrow(QPainter& painter, QPointF tip, double length) const;
    [[nodiscard]] std::vector<Lane> lanesOf(int row) const;
    [[nodiscard]] bool isCompared() const { return !m_bars.empty() && m_bars.front().other.has_value(); }
    [[nodiscard]] QPointF endOf(int row, const HalfTime& half, bool isOther) const;
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
    double m_differenceWidth = 0; ///< of the words at the right; 0: there is no room for them
    QRectF m_plot;                ///< in the viewport: where bars are
};

} // namespace brainlike
