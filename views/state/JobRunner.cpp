#include "views/state/JobRunner.h"

#include <QMetaObject>

#include <algorithm>

namespace brainlike {

JobRunner::JobRunner(QObject* parent) : QObject(parent) {
    // Reads wait for the disk and one long job may hold a thread: a few more threads than cores keep panels answering.
    m_pool.setMaxThreadCount(std::max(4, QThread::idealThreadCount() + 2));
}

JobRunner::~JobRunner() {
    for (const Stop& stop : m_running)
        stop->request_stop();
    m_pool.waitForDone();
}

void JobRunner::start(Stop stop, std::function<void()> task) {
    m_running.insert(stop);
    m_pool.start([this, stop, task = std::move(task)]() {
        if (!stop->stop_requested())
            task();
        QMetaObject::invokeMethod(
            this,
            [this, stop] {
                m_running.erase(stop);
                if (m_running.empty())
                    Q_EMIT idle();
            },
            Qt::QueuedConnection);
    });
}

void JobRunner::deliver(QPointer<QObject> receiver, Stop stop, std::function<void()> call) {
    QMetaObject::invokeMethod(
        this,
        [receiver, stop, call = std::move(call)] {
            if (receiver && !stop->stop_requested())
                call();
        },
        Qt::QueuedConnection);
}

JobContext::Listener JobRunner::progressListener(QPointer<QObject> receiver, Stop stop,
                                                 std::function<void(const Progress&)> progress) {
    if (!progress)
        return {};
    return [this, receiver, stop, progress = std::move(progress)](const Progress& value) {
        deliver(receiver, stop, [progress, value] { progress(value); });
    };
}

} // namespace brainlike
