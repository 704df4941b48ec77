#pragma once

#include <QFrame>
#include <QPixmap>
#include <QString>

#include <optional>
#include <vector>

class QLabel;
class QSlider;
class QToolButton;
class QVBoxLayout;

namespace brainlike {

class ElidedLabel;

/// A map of the stack, as the list shows it.
struct MapEntry {
    int id = 0;
    QString name;
    bool isVisible = true;
    double opacity = 1;
    bool isMovable = true; ///< the first map stays below all others
    QPixmap swatch;
};

/// One line of the list: eye, colours, name, opacity.
class MapRow : public QFrame {
    Q_OBJECT
public:
    explicit MapRow(QWidget* parent);
    void setEntry(const MapEntry& entry);
    [[nodiscard]] const MapEntry& entry() const { return m_entry; }
    void setChosen(bool chosen);

Q_SIGNALS:
    void pressed();
    void toggled(bool visible);
    void opacityMoved(double opacity);
    void opacityHeld(bool held);
    /// The row is dragged to a height in its parent; nothing: let go of.
    void dragged(std::optional<double> y);
    void dropped(double y);
    /// +1 for the next row, −1 for the one before.
    void stepped(int by);
    void moveAsked(int by);
    void removeAsked();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    MapEntry m_entry;
    bool m_isChosen = false, m_isDragged = false;
    std::optional<QPointF> m_pressed;
    QToolButton* m_eye;
    QLabel* m_swatch;
    ElidedLabel* m_name;
    QSlider* m_opacity;
    QLabel* m_percent;
};

/// The maps of the stack, the uppermost first. Rows are dragged to another place, or moved with Alt+↑ and Alt+↓; Space
/// shows and hides, Delete takes a map out.
class MapList : public QWidget {
    Q_OBJECT
public:
    explicit MapList(QWidget* parent = nullptr);
    void setEntries(const std::vector<MapEntry>& entries);
    void choose(int id);
    [[nodiscard]] int chosen() const { return m_chosen; }
    [[nodiscard]] MapRow* row(int id) const;

Q_SIGNALS:
    void chosenChanged(int id);
    void toggled(int id, bool visible);
    void opacityMoved(int id, double opacity);
    void opacityHeld(bool held);
    /// @param row  where the map is to be in the list, counted from the top without it
    void moved(int id, int row);
    void removeAsked(int id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    MapRow* addRow();
    [[nodiscard]] int rowAt(double y, int without) const;
    void step(int from, int by);

    std::vector<MapRow*> m_rows;
    QVBoxLayout* m_layout;
    int m_chosen = 0;
    std::optional<double> m_dropLine;
};

} // namespace brainlike
