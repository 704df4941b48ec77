#pragma once

#include <QMetaObject>
#include <QTimer>

#include <functional>
#include <utility>

namespace brainlike {

/// Runs an action at most once per event-loop turn, however often it is asked for.
class OncePerTurn {
public:
    enum class When {
        AfterEvents,   ///< when there is nothing else to do
        BeforePainting ///< in time for the paint event that was asked for in the same turn
    };

    explicit OncePerTurn(std::function<void()> action, When when = When::AfterEvents)
        : m_action(std::move(action)), m_when(when) {
        m_timer.setSingleShot(true);
        m_timer.setInterval(0);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { run(); });
    }
    void schedule() {
        if (std::exchange(m_isScheduled, true))
            return;
        if (m_when == When::AfterEvents)
            m_timer.start();
        else // Requests to paint have a lower priority than other posted events.
            QMetaObject::invokeMethod(&m_timer, [this] { run(); }, Qt::QueuedConnection);
    }

private:
    void run() {
        m_isScheduled = false;
        m_action();
    }

    std::function<void()> m_action;
    When m_when;
    bool m_isScheduled = false;
    QTimer m_timer;
};

} // namespace brainlike
