#include "app/window/PanelDock.h"

namespace brainlike {

PanelDock::PanelDock(const QString& title, QWidget* panel, QWidget* parent) : QDockWidget(title, parent) {
    setObjectName(panel->objectName() + "Dock");
    // Hidden panels need their room, or docks would change their size with the tab.
    QSizePolicy policy = panel->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    panel->setSizePolicy(policy);
    setWidget(panel);
    panel->hide();
    m_follow.setSingleShot(true);
    m_follow.setInterval(0);
    connect(&m_follow, &QTimer::timeout, panel, [this, panel] { panel->setVisible(m_isOnTop); });
    connect(this, &QDockWidget::visibilityChanged, this, [this](bool isOnTop) {
        m_isOnTop = isOnTop;
        m_follow.start();
    });
}

} // namespace brainlike
