#pragma once

#include <QTimer>

#include <functional>
#include <utility>

namespace brainlike {

/// Runs an action at most once per event-loop turn, however often it is asked for.
class OncePerTurn {
public:
    explicit OncePerTurn(std::function<void()> action) : m_action(std::move(action)) {
        m_timer.setSingleShot(true);
        m_timer.setInterval(0);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { m_action(); });
    }
    void schedule() {
        if (!m_timer.isActive())
            m_timer.start();
    }

private:
    std::function<void()> m_action;
    QTimer m_timer;
};

} // namespace brainlike
