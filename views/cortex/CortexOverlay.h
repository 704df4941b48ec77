#pragma once

#include "views/state/CortexAnnotations.h"

#include <QPainterPath>
#include <QWidget>

namespace brainlike {

/// Text over the cortex: panel labels, colour bar, the picked vertex, what the pointer is on. Lets the mouse through.
class CortexOverlay : public QWidget {
public:
    explicit CortexOverlay(QWidget* parent);

    /// @param annotations  kept by the caller for as long as the overlay lives
    void setAnnotations(const CortexAnnotations& annotations) { m_annotations = &annotations; }
    void setTheme(const Theme& theme);
    /// A line at the bottom; empty: none.
    void setNote(const QString& note);
    [[nodiscard]] const QString& note() const { return m_note; }
    /// A line that stands out, in this widget's pixels; empty: none.
    void setHighlight(const QPainterPath& path);
    [[nodiscard]] const QPainterPath& highlight() const { return m_highlight; }
    /// Text beside the pointer; empty: none.
    void setHover(const QString& text, QPointF at);
    [[nodiscard]] const QString& hoverText() const { return m_hover; }
    /// Where that text stands, never beyond this widget while there is room.
    [[nodiscard]] QRectF hoverBox() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintNote(QPainter& painter) const;
    void paintHover(QPainter& painter) const;

    const CortexAnnotations* m_annotations = nullptr;
    Theme m_theme;
    QString m_note, m_hover;
    QPointF m_hoverAt;
    QPainterPath m_highlight;
};

} // namespace brainlike
