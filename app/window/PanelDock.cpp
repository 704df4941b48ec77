#include "app/window/PanelDock.h"

#include <QScrollArea>
#include <QTabBar>

#include <algorithm>

namespace brainlike {
namespace {

/// A dock may be so low, px; what the panel needs beyond that is scrolled to.
constexpr int lowest = 110;

/// Takes the panel's width, and lets it be higher than itself.
class PanelScroll : public QScrollArea {
public:
    explicit PanelScroll(QWidget* panel) {
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setFocusPolicy(Qt::NoFocus);
        setWidget(panel);
    }
    [[nodiscard]] QSize minimumSizeHint() const override {
        const QSize needed = widget()->minimumSizeHint().expandedTo(widget()->minimumSize());
        return {needed.width(), std::min(needed.height(), lowest)};
    }
    [[nodiscard]] QSize sizeHint() const override { return widget()->sizeHint(); }
};

} // namespace

PanelDock::PanelDock(const QString& title, QWidget* panel, QWidget* parent, WhenLow whenLow)
    : QDockWidget(title, parent) {
    setObjectName(panel->objectName() + "Dock");
    // Hidden panels need their room, or docks would change their size with the tab.
    QSizePolicy policy = panel->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    panel->setSizePolicy(policy);
    setWidget(whenLow == WhenLow::Scroll ? new PanelScroll(panel) : panel);
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
