#pragma once

#include <QDockWidget>
#include <QTimer>

namespace brainlike {

/// A dock around a panel, which is hidden while another tab lies over it: panels that nobody sees neither read nor
/// draw. Named after its panel: "areasDock".
class PanelDock : public QDockWidget {
    Q_OBJECT
public:
    PanelDock(const QString& title, QWidget* panel, QWidget* parent = nullptr);

private:
    bool m_isOnTop = false;
    QTimer m_follow; ///< tabs that are put behind each other are all on top for a moment
};

} // namespace brainlike
