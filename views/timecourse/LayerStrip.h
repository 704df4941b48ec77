#pragma once

#include "views/state/Theme.h"

#include <QStringList>
#include <QWidget>

#include <vector>

namespace brainlike {

/// Legend of lines' colours: of layers or checkpoints the first name, a band of colours in their order, and the last
/// name; of lines without an order each name beside its colour. Pointing at a colour names its line, clicking selects
/// it.
class LayerStrip : public QWidget {
    Q_OBJECT
public:
    explicit LayerStrip(QWidget* parent = nullptr);

    void setLayers(const QStringList& names);
    /// Each name is written.
    void setNamed(bool isNamed);
    [[nodiscard]] const QStringList& layers() const { return m_names; }
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
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF band() const;
    void paintNames(QPainter& painter) const;
    /// Where each colour and its name are, of lines whose names are all written.
    [[nodiscard]] std::vector<QRectF> nameRects() const;

    Theme m_theme;
    QStringList m_names;
    int m_marked = -1;
    bool m_isNamed = false;
};

} // namespace brainlike
