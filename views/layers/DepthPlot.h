#pragma once

#include "views/layers/LayerScores.h"
#include "views/state/PlotLibrary.h"
#include "views/state/Theme.h"

#include <vector>

namespace brainlike {

/// Score over depth: a point a layer in the layer's colour, the SEM as a band, the winner ringed and named, the other
/// checkpoints as faint lines; B of a comparison dashed.
class DepthPlot : public QCustomPlot {
    Q_OBJECT
public:
    explicit DepthPlot(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param depths  ascending relative depths
    void setLayers(const std::vector<double>& depths, const std::vector<QString>& names);
    /// @param others  profiles of the other checkpoints, drawn faintly
    void setProfile(const LayerProfile& profile, const std::vector<LayerProfile>& others);
    /// B of a comparison: hollow points and a dashed line; without depths there is none.
    void setOther(const std::vector<double>& depths, const LayerProfile& profile);
    /// @param layer  the selected layer, −1: best layer
    void setSelectedLayer(int layer);
    void setValueRange(double low, double high);
    /// Layer nearest to a horizontal place, or −1.
    [[nodiscard]] int layerAt(double x) const;

Q_SIGNALS:
    void layerClicked(int layer);
    /// @param layer  −1 once the pointer left
    void hovered(int layer);

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void draw();
    void drawPoints();
    void drawWinner();
    void drawBand();
    void drawOthers();
    void drawOtherSide();
    void updateTicks();

    Theme m_theme;
    std::vector<double> m_depths;
    std::vector<QString> m_names;
    LayerProfile m_profile;
    std::vector<LayerProfile> m_others;
    std::vector<double> m_otherDepths;
    LayerProfile m_otherSide;
    int m_selected = -1;
    int m_hovered = -1;

    QCPGraph* m_line;
    QCPGraph* m_bandLow;
    QCPGraph* m_bandHigh;
    std::vector<QCPGraph*> m_points, m_otherLines;
    QCPGraph* m_otherSideLine;
    QCPGraph* m_ring;
    QCPItemText* m_winner;
    QCPItemStraightLine* m_selectedLine;
    QCPItemStraightLine* m_zero;
};

} // namespace brainlike
