#include "views/plots/DotGraph.h"

#include <cmath>

namespace brainlike {

DotSprites::DotSprites(const QCPScatterStyle& style, const QPen& linePen, double pixelRatio)
    : m_style(style), m_pixelRatio(pixelRatio),
      m_reach(static_cast<int>(std::ceil((style.size() / 2 + style.pen().widthF() + 1) * pixelRatio)) + 1) {
    const int side = 2 * m_reach + 1;
    for (int down = 0; down < places; ++down)
        for (int right = 0; right < places; ++right) {
            QPixmap picture(side, side);
            picture.setDevicePixelRatio(pixelRatio);
            picture.fill(Qt::transparent);
            QCPPainter painter(&picture);
            painter.setRenderHint(QPainter::Antialiasing);
            style.applyTo(&painter, linePen);
            style.drawShape(&painter, (m_reach + static_cast<double>(right) / places) / pixelRatio,
                            (m_reach + static_cast<double>(down) / places) / pixelRatio);
            painter.end();
            m_pictures[static_cast<std::size_t>(down * places + right)] = picture;
        }
}

bool DotSprites::isOf(const QCPScatterStyle& style, double pixelRatio) const {
    return pixelRatio == m_pixelRatio && style.shape() == m_style.shape() && style.size() == m_style.size() &&
           style.pen() == m_style.pen() && style.brush() == m_style.brush();
}

void DotSprites::draw(QPainter& painter, QPointF center) const {
    const auto nearest = [this](double at) { return std::floor(at * m_pixelRatio * places + 0.5) / places; };
    const double x = nearest(center.x()), y = nearest(center.y());
    const double left = std::floor(x), top = std::floor(y);
    const auto picture = static_cast<std::size_t>((y - top) * places * places + (x - left) * places);
    painter.drawPixmap(QPointF(left - m_reach, top - m_reach) / m_pixelRatio, m_pictures[picture]);
}

DotGraph::DotGraph(QCustomPlot& plot) : QCPGraph(plot.xAxis, plot.yAxis) {
    setLineStyle(lsNone);
}

void DotGraph::drawScatterPlot(QCPPainter* painter, const QVector<QPointF>& scatters,
                               const QCPScatterStyle& style) const {
    if (painter->modes().testFlag(QCPPainter::pmVectorized) || painter->modes().testFlag(QCPPainter::pmNoCaching))
        return QCPGraph::drawScatterPlot(painter, scatters, style);
    const double pixelRatio = painter->device()->devicePixelRatioF();
    if (!m_sprites || !m_sprites->isOf(style, pixelRatio))
        m_sprites.emplace(style, pen(), pixelRatio);
    applyScattersAntialiasingHint(painter); // which moves the painter by half a pixel
    const QPointF shift(painter->worldTransform().dx(), painter->worldTransform().dy());
    painter->translate(-shift);
    for (const QPointF& place : scatters)
        m_sprites->draw(*painter, place + shift);
    painter->translate(shift);
}

} // namespace brainlike
