#pragma once

#include "views/state/Theme.h"

#include <QStringList>
#include <QWidget>

namespace brainlike {

/// Legend of the layers' colours: first name, a band of colours in order of depth, last name. Pointing at a colour
/// names its layer, clicking selects it.
class LayerStrip : public QWidget {
    Q_OBJECT
public:
    explicit LayerStrip(QWidget* parent = nullptr);

    void setLayers(const QStringList& names);
    /// @param layer  marked layer, −1: none
    void setMarked(int layer);
    void setTheme(const Theme& theme);
    /// Layer under a place of the widget, or −1.
    [[nodiscard]] int layerAt(QPointF position) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void layerClicked(int layer);
    void layerHovered(int layer);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF band() const;

    Theme m_theme;
    QStringList m_names;
    int m_marked = -1;
};

} // namespace brainlike
