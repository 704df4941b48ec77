#pragma once

#include "views/state/PlotLibrary.h"
#include "views/state/Theme.h"

#include <QStringList>

#include <vector>

namespace brainlike {

/// Points in a plane with names, the line of least squares through them, the picked point ringed.
class ScatterPlot : public QCustomPlot {
    Q_OBJECT
public:
    struct Point {
        QString name;
        double x = 0, y = 0;
    };

    explicit ScatterPlot(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param xLabels, yLabels  names of the axes, longest first: the first that fits is shown
    void setPoints(std::vector<Point> points, const QStringList& xLabels, const QStringList& yLabels);
    /// @param index  of the picked point, −1: none
    void setPicked(int index);
    [[nodiscard]] int picked() const { return m_picked; }
    [[nodiscard]] QPointF positionOf(int index) const;
    /// Point within a few pixels of a place, or −1.
    [[nodiscard]] int pointAt(QPointF position) const;

Q_SIGNALS:
    void clicked(int index);
    /// @param index  −1 where there is no point
    void hovered(int index);

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void draw();
    void drawLine();
    void nameFew();
    void updateTicks();

    Theme m_theme;
    std::vector<Point> m_points;
    QStringList m_xLabels, m_yLabels;
    int m_picked = -1;
    int m_hovered = -1;

    QCPGraph* m_line;
    QCPGraph* m_dots;
    QCPGraph* m_ring;
    QCPItemText* m_name;
    std::vector<QCPItemText*> m_names;
};

} // namespace brainlike
