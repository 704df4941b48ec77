#pragma once

#include <QList>
#include <QObject>
#include <QTimer>

#include <optional>

class QDockWidget;
class QMainWindow;

namespace brainlike {

/// The panels of a window: those at the right in two stacks of tabs above each other or, where the window is too low
/// for that, in one; a bar below. Follows the window's height; panels that were put elsewhere stay there.
class PanelStacks : public QObject {
    Q_OBJECT
public:
    /// The docks of the window, in the order of their tabs.
    struct Docks {
        QList<QDockWidget*> upper, lower;
        QDockWidget* below = nullptr;
    };

    /// @param window  has all these docks already
    PanelStacks(QMainWindow& window, const Docks& docks);

    /// Puts the stacks together and gives them their usual sizes; from then on they follow the window.
    /// @param width      of the stacks, px
    /// @param barHeight  of the bar below at its best, px
    void arrange(int width, int barHeight);
    /// Nothing: not put together yet.
    [[nodiscard]] std::optional<bool> isSingle() const { return m_isSingle; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void restack();
    void divide();
    void size();
    [[nodiscard]] QList<QDockWidget*> atTheRight(const QList<QDockWidget*>& docks) const;

    QMainWindow& m_window;
    Docks m_docks;
    QTimer m_later;
    std::optional<bool> m_isSingle;
    int m_barHeight = 0;
};

} // namespace brainlike
