#pragma once

#include "views/state/Theme.h"

#include <QPointF>
#include <QPolygonF>

#include <optional>

class QPainter;

namespace brainlike {

/// A line drawn around things with the pointer: it begins where a button was pressed, once the pointer has moved a few
/// pixels from there.
class Lasso {
public:
    void press(QPointF at);
    [[nodiscard]] bool isPressed() const { return m_pressed.has_value(); }
    /// Where the button was pressed.
    [[nodiscard]] QPointF start() const { return m_pressed.value_or(QPointF()); }
    /// Follows the pointer.
    /// @returns whether there is a line to paint
    bool moveTo(QPointF at);
    /// Whether a line was drawn since the press.
    [[nodiscard]] bool isDrawn() const { return m_line.size() > 1; }
    [[nodiscard]] bool contains(QPointF place) const { return m_line.containsPoint(place, Qt::OddEvenFill); }
    void end();
    void paint(QPainter& painter, const Theme& theme) const;

private:
    std::optional<QPointF> m_pressed;
    QPolygonF m_line; ///< empty until the pointer has moved
};

} // namespace brainlike
