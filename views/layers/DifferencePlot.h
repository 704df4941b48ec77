#pragma once

#include "views/state/PlotLibrary.h"
#include "views/state/Theme.h"

#include <vector>

namespace brainlike {

/// A − B over depth: a stick and a dot a layer, zero in the middle.
class DifferencePlot : public QCustomPlot {
    Q_OBJECT
public:
    explicit DifferencePlot(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param depths  of the layers that both sides have
    /// @param values  A − B, a value a layer; NaN: not computed
    /// @param reach   the axis goes from −reach to reach, at least
    void setDifferences(const std::vector<double>& depths, const std::vector<double>& values, double reach);
    [[nodiscard]] const std::vector<double>& values() const { return m_values; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void updateTicks();

    std::vector<double> m_values;
    QCPGraph* m_sticks;
    QCPItemStraightLine* m_zero;
};

} // namespace brainlike
