#pragma once

#include "views/state/PlotLibrary.h"

#include <array>
#include <optional>

namespace brainlike {

/// A dot drawn once and copied to many places, exact to a quarter of a pixel.
class DotSprites {
public:
    /// @param pixelRatio  device pixels a pixel
    DotSprites(const QCPScatterStyle& style, const QPen& linePen, double pixelRatio);

    [[nodiscard]] bool isOf(const QCPScatterStyle& style, double pixelRatio) const;
    /// @param painter  on a device of the pixel ratio, neither turned nor scaled
    void draw(QPainter& painter, QPointF center) const;

private:
    static constexpr int places = 4; ///< a pixel along each direction

    QCPScatterStyle m_style;
    double m_pixelRatio;
    int m_reach; ///< device pixels from the middle to the edge
    std::array<QPixmap, places * places> m_pictures;
};

/// Points without a line between them, all of one look. As a vector picture each one is drawn for itself.
class DotGraph : public QCPGraph {
    Q_OBJECT
public:
    explicit DotGraph(QCustomPlot& plot);

protected:
    void drawScatterPlot(QCPPainter* painter, const QVector<QPointF>& scatters,
                         const QCPScatterStyle& style) const override;

private:
    mutable std::optional<DotSprites> m_sprites;
};

} // namespace brainlike
