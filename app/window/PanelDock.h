#pragma once

#include <QDockWidget>
#include <QTimer>

namespace brainlike {

/// A dock around a panel, which is hidden while another tab lies over it: panels that nobody sees neither read nor
/// draw. Named after its panel: "areasDock".
class PanelDock : public QDockWidget {
    Q_OBJECT
public:
    /// What happens where the panel has less room than it needs.
    enum class WhenLow {
        Scroll, ///< it scrolls, so that the dock can be low
        Keep    ///< the dock keeps its room
    };

    PanelDock(const QString& title, QWidget* panel, QWidget* parent = nullptr, WhenLow whenLow = WhenLow::Scroll);

private:
    bool m_isOnTop = false;
    QTimer m_follow; ///< tabs that are put behind each other are all on top for a moment
};

} // namespace brainlike
