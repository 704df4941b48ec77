#include "views/timecourse/TopographyStrip.h"

#include "views/state/ColorBar.h"
#include "views/state/PlotStyle.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

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
    m_overlay = {};
    forgetBars();
    update();
}

void TopographyStrip::setMap(std::shared_ptr<const SensorMap> map) {
    if (map == m_map)
        return;
    m_map = std::move(map);
    m_overlay = {};
    forgetPictures();
}

void TopographyStrip::setHeads(std::vector<HeadValues> heads) {
    if (heads == m_heads)
        return;
    const std::size_t scalesBefore = scales().size();
    m_heads = std::move(heads);
    m_areStale = true;
    if (scales().size() != scalesBefore)
        forgetBars();
    update();
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
    if (sensors == m_chosen)
        return;
    m_chosen = sensors;
    m_overlay = {};
    update();
}

void TopographyStrip::setMessage(const QString& message) {
    if (message == m_message)
        return;
    m_message = message;
    update();
}

/// They are made when they are painted: a change of heads and scales makes them once.
void TopographyStrip::forgetPictures() {
    m_pictures.clear();
    m_areStale = true;
    forgetBars();
    update();
}

void TopographyStrip::forgetBars() {
    m_barWidth.reset();
    m_bars = {};
}

/// Those of values that were there before are kept: of B, whichever checkpoint A is.
void TopographyStrip::makePictures() {
    m_areStale = false;
    const std::vector<Picture> before = std::exchange(m_pictures, {});
    for (const HeadValues& head : m_heads) {
        const auto known = std::ranges::find_if(before, [&](const Picture& picture) {
            return picture.isDifference == head.isDifference && picture.values == head.values;
        });
        m_pictures.push_back(known != before.end() ? *known : pictureOf(head));
    }
}

TopographyStrip::Picture TopographyStrip::pictureOf(const HeadValues& head) const {
    Picture picture{head.values, head.isDifference, {}, {}};
    const auto grid = m_map && m_scale ? m_map->topography.gridOf(head.values) : std::nullopt;
    if (!grid)
        return picture;
    const ColorScale& scale = scaleOf(head);
    constexpr int size = Topography::gridSize;
    std::array<Rgba8, std::size_t{size} * size> cells;
    scale.apply({grid->data(), cells.size()}, cells);
    picture.colors = QImage(size, size, QImage::Format_ARGB32_Premultiplied);
    for (int row = 0; row < size; ++row) {
        auto* line = reinterpret_cast<QRgb*>(picture.colors.scanLine(size - 1 - row));
        for (int column = 0; column < size; ++column) {
            const Rgba8 color = cells[static_cast<std::size_t>(row * size + column)];
            line[column] = qPremultiply(qRgba(color.r, color.g, color.b, color.a));
        }
    }
    for (const double level : roundTicks(scale.low, scale.high, 5)) {
        if (level <= scale.low)
            continue; // around nothing but noise
        const auto pieces = contourPieces(*grid, level);
        picture.contours.insert(picture.contours.end(), pieces.begin(), pieces.end());
    }
    return picture;
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

/// Columns and rows in which heads are largest.
TopographyStrip::Places TopographyStrip::placesFor(int count) const {
    const double caption = fontMetrics().height() + 4;
    Places best;
    for (int columns = 1; columns <= count; ++columns) {
        const int rows = (count + columns - 1) / columns;
        const double wide = (width() - barWidth() + headGap) / columns - headGap;
        const double high = static_cast<double>(height()) / rows - caption;
        if (const double size = std::min(wide, high); size > best.size)
            best = {columns, rows, size};
    }
    best.size = std::floor(best.size);
    return best;
}

int TopographyStrip::shownCount() const {
    // Three heads say more small than two large.
    const bool isCompared = std::ranges::any_of(m_heads, &HeadValues::isDifference);
    const double least = isCompared ? smallestCompared : smallestHead;
    int count = static_cast<int>(m_heads.size());
    while (count > 1 && placesFor(count).size < least)
        --count;
    return count;
}

QRectF TopographyStrip::headRect(int head) const {
    const double caption = fontMetrics().height() + 4;
    const Places places = placesFor(std::max(1, shownCount()));
    const double room = (width() - barWidth() + headGap) / places.columns - headGap;
    const double pitch = std::min(room, places.size * 1.25) + headGap;
    const double row = static_cast<double>(height()) / places.rows;
    // At whole pixels, so that one picture of the sensors fits all heads.
    return {std::round(head % places.columns * pitch + (pitch - headGap - places.size) / 2),
            std::round(std::floor(head / places.columns) * row + (row - caption - places.size) / 2), places.size,
            places.size};
}

/// Below its head, as far as it does not run into the next one or out of the widget.
QRectF TopographyStrip::captionRect(int head, double advance) const {
    const QRectF box = headRect(head);
    const double left = std::clamp(box.center().x() - advance / 2, 0.0, std::max(0.0, width() - barWidth() - advance));
    return {left, box.bottom() + 3, advance, static_cast<double>(fontMetrics().height())};
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
        const QRectF box = headRect(head);
        painter.drawPixmap(box.topLeft(), overlay());
        paintSensor(painter, {head, m_hovered.sensor}, true);
        painter.setPen(head == 0 ? m_theme.text : m_theme.mutedText);
        const double most = (width() - barWidth()) / placesFor(std::max(1, shownCount())).columns - 4;
        const QString caption = fontMetrics().elidedText(m_heads[static_cast<std::size_t>(head)].caption,
                                                         Qt::ElideRight, static_cast<int>(most));
        painter.drawText(captionRect(head, fontMetrics().horizontalAdvance(caption) + 2), Qt::AlignHCenter, caption);
    }
    paintBars(painter);
    m_lasso.paint(painter, m_theme);
}

void TopographyStrip::paintBars(QPainter& painter) {
    if (m_bars.isNull() ||
        m_bars.deviceIndependentSize().toSize() != QSize(static_cast<int>(barWidth()) + 2, height())) {
        m_bars = QPixmap(QSize(static_cast<int>(barWidth()) + 2, height()) * devicePixelRatioF());
        m_bars.setDevicePixelRatio(devicePixelRatioF());
        m_bars.fill(Qt::transparent);
        QPainter onPicture(&m_bars);
        onPicture.setRenderHint(QPainter::Antialiasing);
        onPicture.translate(m_bars.deviceIndependentSize().width() - width(), 0);
        drawBars(onPicture);
    }
    painter.drawPixmap(QPointF(width() - m_bars.deviceIndependentSize().width(), 0), m_bars);
}

void TopographyStrip::drawBars(QPainter& painter) const {
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
}

void TopographyStrip::paintHead(QPainter& painter, int head) const {
    const Picture& picture = m_pictures[static_cast<std::size_t>(head)];
    const QPointF center = toWidget(head, {0, 0});
    const double radius = toWidget(head, {1, 0}).x() - center.x();
    if (picture.colors.isNull())
        return;
    painter.save();
    painter.setClipPath(hullPath(head));
    // Grid points are the pixels' middles, so that the picture is half a cell larger than the circle on each side.
    const double side = 2 * radius * Topography::gridSize / (Topography::gridSize - 1.0);
    painter.drawImage(QRectF(center.x() - side / 2, center.y() - side / 2, side, side), picture.colors);
    painter.setPen(QPen(QColor(255, 255, 255, 150), 0.8));
    QVector<QLineF> lines;
    lines.reserve(static_cast<qsizetype>(picture.contours.size()));
    const auto placed = [&](const SensorPlace& place) { return center + radius * QPointF(place[0], -place[1]); };
    for (const ContourPiece& piece : picture.contours)
        lines.push_back({placed(piece.from), placed(piece.to)});
    painter.drawLines(lines);
    painter.restore();
}

QPixmap TopographyStrip::overlay() const {
    const QRectF rect = headRect(0);
    if (!m_overlay.isNull() && m_overlaySize == rect.width() && m_overlay.devicePixelRatio() == devicePixelRatioF())
        return m_overlay;
    m_overlaySize = rect.width();
    m_overlay = QPixmap((rect.size() * devicePixelRatioF()).toSize() + QSize(1, 1));
    m_overlay.setDevicePixelRatio(devicePixelRatioF());
    m_overlay.fill(Qt::transparent);
    QPainter painter(&m_overlay);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(-rect.topLeft());
    const QPointF center = toWidget(0, {0, 0});
    paintOutline(painter, center, toWidget(0, {1, 0}).x() - center.x(), m_theme.mutedText);
    for (int sensor = 0; sensor < static_cast<int>(m_map->layout.places.size()); ++sensor)
        paintSensor(painter, {0, sensor}, false);
    return m_overlay;
}

void TopographyStrip::paintSensor(QPainter& painter, const HeadSensor& sensor, bool isHovered) const {
    const auto place = placeOf(sensor);
    if (!place)
        return;
    const bool isChosen = std::ranges::binary_search(m_chosen, sensor.sensor);
    if (isChosen || isHovered) {
        // A ring, so that the colours of the field are seen in it.
        const double apart =
            headRect(0).width() * circleShare / std::sqrt(static_cast<double>(m_map->layout.places.size()));
        const double size = isHovered ? 4 : std::clamp(0.36 * apart, 1.2, 3.4);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(isHovered ? Qt::white : m_theme.accent, isHovered ? 3.4 : std::clamp(apart / 7, 0.7, 1.4)));
        painter.drawEllipse(*place, size, size);
        if (!isHovered)
            return;
        painter.setPen(QPen(m_theme.accent, 2));
        painter.drawEllipse(*place, size, size);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(255, 255, 255, m_chosen.empty() ? 120 : 70));
    painter.drawEllipse(*place, 1, 1);
}

} // namespace brainlike
