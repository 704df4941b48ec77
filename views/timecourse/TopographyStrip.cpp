#include "views/timecourse/TopographyStrip.h"

#include "views/state/ColorBar.h"
#include "views/state/PlotStyle.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double nearSensor = 7;
constexpr double headGap = 10;
constexpr double smallestHead = 64;
constexpr double smallestCompared = 40;
/// The head's circle in its box: room for nose and ears.
constexpr double circleShare = 0.86;

void paintOutline(QPainter& painter, QPointF center, double radius, const QColor& color) {
    painter.setPen(QPen(color, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(center, radius, radius);
    const auto at = [&](double x, double y) { return QPointF(center.x() + radius * x, center.y() - radius * y); };
    painter.drawPolyline(QPolygonF{{at(-0.17, 0.985), at(0, 1.15), at(0.17, 0.985)}});
    for (const double side : {-1.0, 1.0}) {
        QPainterPath ear(at(side * 0.98, 0.20));
        ear.cubicTo(at(side * 1.12, 0.26), at(side * 1.12, -0.26), at(side * 0.98, -0.20));
        painter.drawPath(ear);
    }
}

} // namespace

TopographyStrip::TopographyStrip(QWidget* parent) : QWidget(parent) {
    setObjectName("topographyStrip");
    setMouseTracking(true);
    setMinimumHeight(110);
    setAccessibleName(QStringLiteral("Scores of the MEG sensors on the head"));
}

void TopographyStrip::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void TopographyStrip::setMap(std::shared_ptr<const SensorMap> map) {
    if (map == m_map)
        return;
    m_map = std::move(map);
    forgetPictures();
}

void TopographyStrip::setHeads(std::vector<HeadValues> heads) {
    if (heads == m_heads)
        return;
    m_heads = std::move(heads);
    forgetPictures();
}

void TopographyStrip::setScale(const ColorScale& scale) {
    if (m_scale && m_scale->low == scale.low && m_scale->high == scale.high)
        return;
    m_scale = scale;
    forgetPictures();
}

void TopographyStrip::setDifferenceScale(const ColorScale& scale) {
    if (m_differenceScale && m_differenceScale->low == scale.low && m_differenceScale->high == scale.high)
        return;
    m_differenceScale = scale;
    forgetPictures();
}

const ColorScale& TopographyStrip::scaleOf(const HeadValues& head) const {
    return head.isDifference && m_differenceScale ? *m_differenceScale : *m_scale;
}

std::vector<ColorScale> TopographyStrip::scales() const {
    std::vector<ColorScale> scales;
    if (m_scale)
        scales.push_back(*m_scale);
    if (m_differenceScale && std::ranges::any_of(m_heads, &HeadValues::isDifference))
        scales.push_back(*m_differenceScale);
    return scales;
}

void TopographyStrip::setChosen(const std::vector<int>& sensors) {
    m_chosen = sensors;
    update();
}

void TopographyStrip::setMessage(const QString& message) {
    m_message = message;
    update();
}

/// They are made when they are painted: a change of heads and scales makes them once.
void TopographyStrip::forgetPictures() {
    m_areStale = true;
    m_barWidth.reset();
    update();
}

void TopographyStrip::makePictures() {
    m_areStale = false;
    m_pictures.assign(m_heads.size(), {});
    for (std::size_t head = 0; m_map && m_scale && head < m_heads.size(); ++head) {
        const auto grid = m_map->topography.gridOf(m_heads[head].values);
        if (!grid)
            continue;
        const ColorScale& scale = scaleOf(m_heads[head]);
        constexpr int size = Topography::gridSize;
        QImage colors(size, size, QImage::Format_ARGB32_Premultiplied);
        for (int row = 0; row < size; ++row) {
            auto* line = reinterpret_cast<QRgb*>(colors.scanLine(size - 1 - row));
            for (int column = 0; column < size; ++column) {
                const Rgba8 color = scale.colorOf(static_cast<double>((*grid)(row, column)));
                line[column] = qPremultiply(qRgba(color.r, color.g, color.b, color.a));
            }
        }
        m_pictures[head].colors = colors;
        for (const double level : roundTicks(scale.low, scale.high, 5)) {
            if (level <= scale.low)
                continue; // around nothing but noise
            const auto pieces = contourPieces(*grid, level);
            m_pictures[head].contours.insert(m_pictures[head].contours.end(), pieces.begin(), pieces.end());
        }
    }
}

/// Asked for at every sensor and line: kept until something changes.
double TopographyStrip::barWidth() const {
    if (m_barWidth && m_barWidth->first == height())
        return m_barWidth->second;
    double width = 0;
    for (const ColorScale& scale : scales())
        width += colorBarSize(scoreBar(scale, {}), font(), height()).width() + 2 * headGap;
    m_barWidth = {height(), width};
    return width;
}

void TopographyStrip::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    forgetPictures();
}

int TopographyStrip::shownCount() const {
    const double room = width() - barWidth();
    // Three heads say more small than two large.
    const bool isCompared = std::ranges::any_of(m_heads, &HeadValues::isDifference);
    const double least = isCompared ? smallestCompared : smallestHead;
    const int fitting = std::max(1, static_cast<int>((room + headGap) / (least + headGap)));
    return std::min(static_cast<int>(m_heads.size()), fitting);
}

QRectF TopographyStrip::headRect(int head) const {
    const double caption = fontMetrics().height() + 4;
    const int count = std::max(1, shownCount());
    const double room = (width() - barWidth() + headGap) / count - headGap;
    const double size = std::max(10.0, std::min(room, height() - caption));
    const double pitch = std::min(room, size * 1.25) + headGap;
    return {head * pitch + (pitch - headGap - size) / 2, (height() - caption - size) / 2, size, size};
}

QPointF TopographyStrip::toWidget(int head, const SensorPlace& place) const {
    const QRectF rect = headRect(head);
    const double radius = rect.width() / 2 * circleShare;
    return {rect.center().x() + place[0] * radius, rect.center().y() + rect.height() * 0.03 - place[1] * radius};
}

QPainterPath TopographyStrip::hullPath(int head) const {
    QPolygonF polygon;
    for (const SensorPlace& place : m_map->layout.hull)
        polygon << toWidget(head, place);
    QPainterPath path;
    path.addPolygon(polygon);
    path.closeSubpath();
    return path;
}

std::optional<QPointF> TopographyStrip::placeOf(const HeadSensor& sensor) const {
    if (!m_map || sensor.sensor < 0 || sensor.head < 0)
        return std::nullopt;
    const auto& place = m_map->layout.places.at(static_cast<std::size_t>(sensor.sensor));
    return place ? std::optional(toWidget(sensor.head, *place)) : std::nullopt;
}

HeadSensor TopographyStrip::sensorAt(QPointF position) const {
    HeadSensor nearest;
    double closest = nearSensor;
    for (int head = 0; m_map && head < shownCount(); ++head)
        for (int sensor = 0; sensor < static_cast<int>(m_map->layout.places.size()); ++sensor) {
            const auto place = placeOf({head, sensor});
            const double away = place ? std::hypot(place->x() - position.x(), place->y() - position.y()) : closest;
            if (away < closest) {
                closest = away;
                nearest = {head, sensor};
            }
        }
    return nearest;
}

void TopographyStrip::paintEvent(QPaintEvent*) {
    if (m_areStale)
        makePictures();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (!m_message.isEmpty() || !m_map || !m_scale) {
        painter.setPen(m_theme.mutedText);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_message);
        return;
    }
    for (int head = 0; head < shownCount(); ++head) {
        paintHead(painter, head);
        paintSensors(painter, head);
        const QRectF box = headRect(head);
        painter.setPen(head == 0 ? m_theme.text : m_theme.mutedText);
        painter.drawText(
            QRectF(box.left() - headGap, box.bottom() + 3, box.width() + 2 * headGap, fontMetrics().height()),
            Qt::AlignHCenter, m_heads[static_cast<std::size_t>(head)].caption);
    }
    double right = width() - 2;
    auto bars = scales();
    std::ranges::reverse(bars);
    for (const ColorScale& scale : bars) {
        ColorBar bar = scoreBar(scale, {});
        if (scale.low < 0)
            bar.title = QStringLiteral("A − B");
        const QSizeF size = colorBarSize(bar, font(), height() - 4);
        paintColorBar(painter, QRectF(QPointF(right - size.width(), 2), QSizeF(size.width(), height() - 4)), bar,
                      font(), m_theme);
        right -= size.width() + 2 * headGap;
    }
    m_lasso.paint(painter, m_theme);
}

void TopographyStrip::paintHead(QPainter& painter, int head) const {
    const Picture& picture = m_pictures[static_cast<std::size_t>(head)];
    const QPointF center = toWidget(head, {0, 0});
    const double radius = toWidget(head, {1, 0}).x() - center.x();
    paintOutline(painter, center, radius, m_theme.mutedText);
    if (picture.colors.isNull())
        return;
    painter.save();
    painter.setClipPath(hullPath(head));
    // Grid points are the pixels' middles, so that the picture is half a cell larger than the circle on each side.
    const double side = 2 * radius * Topography::gridSize / (Topography::gridSize - 1.0);
    painter.drawImage(QRectF(center.x() - side / 2, center.y() - side / 2, side, side), picture.colors);
    painter.setPen(QPen(QColor(255, 255, 255, 150), 0.8));
    QVector<QLineF> lines;
    for (const ContourPiece& piece : picture.contours)
        lines.push_back({toWidget(head, piece.from), toWidget(head, piece.to)});
    painter.drawLines(lines);
    painter.restore();
}

void TopographyStrip::paintSensors(QPainter& painter, int head) const {
    const bool someChosen = !m_chosen.empty();
    for (int sensor = 0; sensor < static_cast<int>(m_map->layout.places.size()); ++sensor) {
        const auto place = placeOf({head, sensor});
        if (!place)
            continue;
        const bool chosen = std::ranges::binary_search(m_chosen, sensor);
        const bool hovered = m_hovered.sensor == sensor;
        painter.setPen(chosen || hovered ? QPen(Qt::white, 1) : QPen(Qt::NoPen));
        painter.setBrush(chosen || hovered ? m_theme.accent : QColor(255, 255, 255, someChosen ? 70 : 120));
        const double size = hovered ? 4 : chosen ? 3 : 1;
        painter.drawEllipse(*place, size, size);
    }
}

void TopographyStrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_map || !m_message.isEmpty())
        return;
    m_lasso.press(event->position());
}

void TopographyStrip::mouseMoveEvent(QMouseEvent* event) {
    if (m_lasso.isPressed()) {
        if (m_lasso.moveTo(event->position()))
            update();
        return;
    }
    const HeadSensor sensor = sensorAt(event->position());
    if (sensor == m_hovered)
        return;
    m_hovered = sensor;
    setCursor(sensor.sensor >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    Q_EMIT sensorHovered(sensor.head, sensor.sensor);
    update();
}

std::vector<int> TopographyStrip::inLasso() const {
    std::vector<int> inside;
    // The head on which drawing began counts, and no other one.
    int head = 0;
    for (int other = 0; other < shownCount(); ++other)
        if (std::abs(headRect(other).center().x() - m_lasso.start().x()) <
            std::abs(headRect(head).center().x() - m_lasso.start().x()))
            head = other;
    for (int sensor = 0; sensor < static_cast<int>(m_map->layout.places.size()); ++sensor)
        if (const auto place = placeOf({head, sensor}); place && m_lasso.contains(*place))
            inside.push_back(sensor);
    return inside;
}

void TopographyStrip::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_lasso.isPressed() || event->button() != Qt::LeftButton)
        return;
    std::vector<int> chosen;
    const bool adds = (event->modifiers() & (Qt::ControlModifier | Qt::ShiftModifier)) != 0;
    if (adds)
        chosen = m_chosen;
    if (m_lasso.isDrawn()) {
        const auto inside = inLasso();
        chosen.insert(chosen.end(), inside.begin(), inside.end());
    } else if (const int sensor = sensorAt(event->position()).sensor; sensor >= 0) {
        if (const auto known = std::ranges::find(chosen, sensor); known != chosen.end())
            chosen.erase(known);
        else
            chosen.push_back(sensor);
    }
    std::ranges::sort(chosen);
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    m_lasso.end();
    setChosen(chosen);
    Q_EMIT sensorsChosen(chosen);
}

void TopographyStrip::leaveEvent(QEvent*) {
    m_hovered = {};
    Q_EMIT sensorHovered(-1, -1);
    update();
}

} // namespace brainlike
