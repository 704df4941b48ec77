#include "app/window/PanelStacks.h"

#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>

#include <algorithm>

namespace brainlike {
namespace {

/// Of a window in which two panels find room above each other, px.
constexpr int heightOfTwoPanels = 840;
/// Heights of windows in which the bar below is as high as it would be, and at which it may become that much lower, px.
constexpr int highWindow = 960, lowWindow = 680, mostTakenAway = 100;

bool isOnTop(const QDockWidget* dock) {
    return dock->isVisible() && !dock->visibleRegion().isEmpty();
}

} // namespace

PanelStacks::PanelStacks(QMainWindow& window, const Docks& docks) : QObject(&window), m_window(window), m_docks(docks) {
    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &PanelStacks::restack);
    window.installEventFilter(this);
}

void PanelStacks::arrange(int width, int barHeight) {
    m_barHeight = barHeight;
    restack();
    m_docks.lower.front()->raise();
    m_docks.upper.front()->raise();
    const QList<QDockWidget*> fronts{m_docks.upper.front(), m_docks.lower.front()};
    m_window.resizeDocks(fronts, {width, width}, Qt::Horizontal);
    size();
}

/// Once the docks have the sizes that the window's new one gives them.
bool PanelStacks::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_window && event->type() == QEvent::Resize && m_isSingle)
        m_later.start();
    return QObject::eventFilter(watched, event);
}

QList<QDockWidget*> PanelStacks::atTheRight(const QList<QDockWidget*>& docks) const {
    QList<QDockWidget*> there;
    for (QDockWidget* dock : docks)
        if (m_window.dockWidgetArea(dock) == Qt::RightDockWidgetArea && !dock->isFloating())
            there << dock;
    return there;
}

void PanelStacks::restack() {
    const bool isSingle = m_window.height() < heightOfTwoPanels;
    if (m_isSingle == isSingle)
        return;
    QList<QDockWidget*> onTop;
    for (QDockWidget* dock : m_docks.lower + m_docks.upper)
        if (isOnTop(dock))
            onTop << dock;
    const QList<QDockWidget*> upper = atTheRight(m_docks.upper), lower = atTheRight(m_docks.lower);
    const bool wasSingle = m_isSingle.value_or(false);
    m_isSingle = isSingle;
    if (upper.isEmpty() || lower.isEmpty())
        return;
    if (isSingle)
        for (QDockWidget* dock : lower)
            m_window.tabifyDockWidget(upper.back(), dock);
    else if (wasSingle)
        divide();
    for (QDockWidget* dock : onTop)
        dock->raise();
    size();
}

/// A dock among tabs cannot be put below them: it is taken out first.
void PanelStacks::divide() {
    const QList<QDockWidget*> lower = atTheRight(m_docks.lower);
    QList<QDockWidget*> shown;
    for (QDockWidget* dock : lower) {
        if (!dock->isHidden())
            shown << dock;
        m_window.removeDockWidget(dock);
    }
    for (QDockWidget* dock : lower) {
        if (dock == lower.front())
            m_window.addDockWidget(Qt::RightDockWidgetArea, dock, Qt::Vertical);
        else
            m_window.tabifyDockWidget(lower.front(), dock);
        dock->setVisible(shown.contains(dock));
    }
    lower.front()->raise();
}

/// The upper panel, which shows most at once, is the higher one.
void PanelStacks::size() {
    const int taken =
        std::clamp((highWindow - m_window.height()) * mostTakenAway / (highWindow - lowWindow), 0, mostTakenAway);
    m_window.resizeDocks({m_docks.below}, {m_barHeight - taken}, Qt::Vertical);
    if (m_isSingle == false)
        m_window.resizeDocks({m_docks.upper.front(), m_docks.lower.front()}, {13, 11}, Qt::Vertical);
}

} // namespace brainlike
