#include "views/timecourse/ScoreGrid.h"

#include "views/state/ColorBar.h"
#include "views/state/PlotStyle.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double gridGap = 8;
constexpr double apartGap = 6;

Rgba8 groundOf(const Theme& theme) {
    return {static_cast<std::uint8_t>(theme.grid.red()), static_cast<std::uint8_t>(theme.grid.green()),
            static_cast<std::uint8_t>(theme.grid.blue()), 255};
}

} // namespace

ScoreGrid::ScoreGrid(QWidget* parent) : QWidget(parent) {
    setObjectName("scoreGrid");
    setMouseTracking(true);
    setMinimumSize(200, 84);
}

void ScoreGrid::setTheme(const Theme& theme) {
    m_theme = theme;
    if (m_content)
        setContent(std::move(*m_content));
    update();
}

void ScoreGrid::setContent(ScoreGridContent content) {
    m_content = std::move(content);
    m_image = QImage(timeCount(), rowCount(), QImage::Format_RGB32);
    const auto& values = m_content->values;
    std::vector<Rgba8> colors(static_cast<std::size_t>(values.size()));
    m_content->scale.apply({values.data(), colors.size()}, colors);
    const Rgba8 ground = groundOf(m_theme);
    for (int row = 0; row < rowCount(); ++row) {
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(row));
        for (int time = 0; time < timeCount(); ++time) {
            const Rgba8 color = blend(ground, colors[static_cast<std::size_t>(row * timeCount() + time)]);
            line[time] = qRgb(color.r, color.g, color.b);
        }
    }
    update();
}

void ScoreGrid::setMarked(int row, std::optional<int> time) {
    if (row == m_markedRow && time == m_markedTime)
        return;
    m_markedRow = row;
    m_markedTime = time;
    update();
}

int ScoreGrid::rowCount() const {
    return m_content ? static_cast<int>(m_content->values.rows()) : 0;
}
int ScoreGrid::timeCount() const {
    return m_content ? static_cast<int>(m_content->values.cols()) : 0;
}

QRectF ScoreGrid::gridRect() const {
    const QFontMetricsF metrics(font());
    double names = 0;
    for (const QString& name : m_content->rowNames)
        names = std::max(names, metrics.horizontalAdvance(name));
    const double left = std::min(names, 0.25 * width()) + 2 * gridGap + metrics.height();
    const double right = colorBarSize(scoreBar(m_content->scale, {}), font(), height()).width() + 2 * gridGap;
    const double top = m_content->caption.isEmpty() ? gridGap : metrics.height() + 4;
    return QRectF(left, top, width() - left - right,
                  height() - top - (m_content->isAxisShown ? 2.6 : 0.2) * metrics.height());
}

QRectF ScoreGrid::rowRect(int row) const {
    const QRectF grid = gridRect();
    const bool apart = m_content->isFirstApart && rowCount() > 1;
    const double size = (grid.height() - (apart ? apartGap : 0)) / rowCount();
    const double bottom = grid.bottom() - row * size - (apart && row > 0 ? apartGap : 0);
    return {grid.left(), bottom - size, grid.width(), size};
}

QRectF ScoreGrid::cellRect(int row, int time) const {
    const QRectF rect = rowRect(row);
    const double size = rect.width() / timeCount();
    return {rect.left() + time * size, rect.top(), size, rect.height()};
}

std::pair<int, int> ScoreGrid::cellAt(QPointF position) const {
    if (rowCount() == 0 || timeCount() == 0)
        return {-1, -1};
    const QRectF grid = gridRect();
    if (position.x() < grid.left() || position.x() >= grid.right())
        return {-1, -1};
    const int time = static_cast<int>((position.x() - grid.left()) / grid.width() * timeCount());
    for (int row = 0; row < rowCount(); ++row) {
        const QRectF rect = rowRect(row);
        if (position.y() >= rect.top() && position.y() < rect.bottom())
            return {row, std::min(time, timeCount() - 1)};
    }
    return {-1, -1};
}

double ScoreGrid::xOf(double seconds) const {
    const auto& times = m_content->times;
    const auto after = std::ranges::lower_bound(times, seconds);
    double place = static_cast<double>(after - times.begin());
    if (after == times.end())
        place = static_cast<double>(times.size()) - 1;
    else if (after != times.begin())
        place -= (*after - seconds) / (*after - *(after - 1));
    return gridRect().left() + (place + 0.5) / timeCount() * gridRect().width();
}

void ScoreGrid::paintEvent(QPaintEvent*) {
    if (rowCount() == 0 || timeCount() == 0)
        return;
    QPainter painter(this);
    paintCells(painter);
    paintRowNames(painter);
    paintTimes(painter);
    paintMarks(painter);
    const QRectF grid = gridRect();
    painter.setPen(m_theme.text);
    painter.drawText(
        QRectF(grid.left(), 0, width() - grid.left(), grid.top()), Qt::AlignLeft | Qt::AlignVCenter,
        fontMetrics().elidedText(m_content->caption, Qt::ElideRight, static_cast<int>(width() - grid.left())));
    ColorBar bar = scoreBar(m_content->scale, groundOf(m_theme));
    if (m_content->isDifference)
        bar.title = QStringLiteral("A − B");
    const QSizeF size = colorBarSize(bar, font(), grid.height());
    paintColorBar(painter, QRectF(QPointF(width() - size.width() - 2, grid.top()), QSizeF(size.width(), grid.height())),
                  bar, font(), m_theme);
}

void ScoreGrid::paintCells(QPainter& painter) const {
    const bool apart = m_content->isFirstApart && rowCount() > 1;
    const QImage upsideDown = m_image.mirrored();
    const auto draw = [&](int first, int last) {
        const QRectF target = rowRect(first).united(rowRect(last));
        painter.drawImage(target, upsideDown, QRectF(0, rowCount() - 1 - last, timeCount(), last - first + 1));
    };
    if (apart)
        draw(0, 0);
    draw(apart ? 1 : 0, rowCount() - 1);
}

void ScoreGrid::paintRowNames(QPainter& painter) const {
    const QFontMetricsF metrics(font());
    const QRectF grid = gridRect();
    const double room = grid.left() - 1.5 * gridGap - metrics.height();
    double free = height();
    painter.setPen(m_theme.mutedText);
    for (int row = 0; row < rowCount(); ++row) {
        const double middle = rowRect(row).center().y();
        const bool fits = middle + metrics.height() / 2 <= free;
        if (!fits && row != m_markedRow)
            continue;
        if (fits)
            free = middle - metrics.height() / 2;
        else
            continue;
        painter.setPen(row == m_markedRow ? m_theme.text : m_theme.mutedText);
        painter.drawText(QRectF(metrics.height() + gridGap, middle - metrics.height() / 2, room, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(m_content->rowNames.at(row), Qt::ElideMiddle, room));
    }
    if (metrics.horizontalAdvance(m_content->rowTitle) > grid.height())
        return;
    painter.save();
    painter.setPen(m_theme.mutedText);
    painter.translate(0, grid.bottom());
    painter.rotate(-90);
    painter.drawText(QRectF(0, 0, grid.height(), metrics.height()), Qt::AlignCenter, m_content->rowTitle);
    painter.restore();
}

void ScoreGrid::paintTimes(QPainter& painter) const {
    const QFontMetricsF metrics(font());
    const QRectF grid = gridRect();
    const double low = m_content->times.front() * 1000, high = m_content->times.back() * 1000;
    const auto ticks = roundTicks(low, high, std::clamp(static_cast<int>(grid.width() / 62), 2, 10));
    const double spacing = ticks.size() > 1 ? ticks[1] - ticks[0] : 1;
    painter.setPen(m_theme.mutedText);
    for (const double tick : ticks) {
        if (!m_content->isAxisShown)
            break;
        const double x = xOf(tick / 1000);
        painter.drawLine(QPointF(x, grid.bottom()), QPointF(x, grid.bottom() + 4));
        painter.drawText(QRectF(x - 40, grid.bottom() + 5, 80, metrics.height()), Qt::AlignHCenter,
                         QString::fromStdString(tickText(tick, spacing)));
    }
    const QRectF label(grid.left(), grid.bottom() + 5 + metrics.height(), grid.width(), metrics.height());
    const QString whole = QStringLiteral("Time after image onset (ms)");
    if (m_content->isAxisShown)
        painter.drawText(label, Qt::AlignHCenter,
                         metrics.horizontalAdvance(whole) <= grid.width() ? whole : QStringLiteral("Time (ms)"));
    if (low < 0 && high > 0) {
        painter.setPen(QPen(m_theme.dark ? m_theme.text : QColor(Qt::white), 1, Qt::DashLine));
        painter.drawLine(QPointF(xOf(0), grid.top()), QPointF(xOf(0), grid.bottom()));
    }
}

void ScoreGrid::paintMarks(QPainter& painter) const {
    const QRectF grid = gridRect();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const auto framed = [&](const QRectF& rect) {
        painter.setPen(QPen(m_theme.panel, 3.5));
        painter.drawRect(rect);
        painter.setPen(QPen(m_theme.accent, 2));
        painter.drawRect(rect);
    };
    if (m_markedTime && *m_markedTime < timeCount()) {
        QRectF column = cellRect(0, *m_markedTime);
        column.setTop(grid.top());
        framed(column);
    }
    if (m_markedRow >= 0 && m_markedRow < rowCount())
        framed(rowRect(m_markedRow));
}

void ScoreGrid::mouseMoveEvent(QMouseEvent* event) {
    const auto [row, time] = cellAt(event->position());
    Q_EMIT cellHovered(row, time);
    if (event->buttons().testFlag(Qt::LeftButton) && row >= 0)
        Q_EMIT cellPicked(row, time);
}

void ScoreGrid::mousePressEvent(QMouseEvent* event) {
    const auto [row, time] = cellAt(event->position());
    if (event->button() == Qt::LeftButton && row >= 0)
        Q_EMIT cellPicked(row, time);
}

void ScoreGrid::leaveEvent(QEvent*) {
    Q_EMIT cellHovered(-1, -1);
}

} // namespace brainlike
