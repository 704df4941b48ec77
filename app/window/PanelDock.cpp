#include "app/window/PanelDock.h"

#include <QTabBar>

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
    connect(&m_follow, &QTimer::timeout, panel, [this, panel] {
        panel->setVisible(m_isOnTop || (isFloating() && isVisible()));
        // Names of tabs that do not fit are scrolled to rather than cut off.
        for (auto* tabs : parentWidget()->findChildren<QTabBar*>(Qt::FindDirectChildrenOnly)) {
            tabs->setElideMode(Qt::ElideNone);
            tabs->setUsesScrollButtons(true);
        }
    });
    connect(this, &QDockWidget::visibilityChanged, this, [this](bool isOnTop) {
        m_isOnTop = isOnTop;
        m_follow.start();
    });
    // A tab that is torn off from behind others is on top of nothing, and seen.
    connect(this, &QDockWidget::topLevelChanged, this, [this] { m_follow.start(); });
}

} // namespace brainlike
