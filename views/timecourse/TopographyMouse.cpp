// What the pointer does on the heads of sensors.
#include "views/timecourse/TopographyStrip.h"

#include <QLineF>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace brainlike {

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
    const auto away = [this](int other) { return QLineF(headRect(other).center(), m_lasso.start()).length(); };
    for (int other = 0; other < shownCount(); ++other)
        if (away(other) < away(head))
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
