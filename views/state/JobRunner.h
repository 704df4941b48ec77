#pragma once

#include "core/base/Error.h"
#include "core/base/JobContext.h"

#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <set>
#include <stop_token>
#include <utility>
#include <variant>

namespace brainlike {

/// A job's outcome: its value, or what went wrong.
template <typename T>
using JobOutcome = std::variant<T, ErrorDetails>;

/// A started job; destroying it cancels the job and drops its result.
class JobHandle {
public:
    JobHandle() = default;
    explicit JobHandle(std::shared_ptr<std::stop_source> stop) : m_stop(std::move(stop)) {}
    JobHandle(JobHandle&&) noexcept = default;
    JobHandle& operator=(JobHandle&& other) noexcept {
        cancel();
        m_stop = std::move(other.m_stop);
        return *this;
    }
    ~JobHandle() { cancel(); }

    void cancel() {
        if (m_stop)
            m_stop->request_stop();
        m_stop.reset();
    }
    /// Lets the job end without being watched.
    void detach() { m_stop.reset(); }

private:
    std::shared_ptr<std::stop_source> m_stop;
};

/// Runs synchronous core functions on a thread pool. Work takes snapshots, never view pointers. Outcomes and progress
/// are delivered on the thread the runner lives on (the GUI thread), unless the job was cancelled or its receiver is
/// gone. A view keeps the JobHandle: starting the next request by assigning to it drops the stale one.
class JobRunner : public QObject {
    Q_OBJECT
public:
    explicit JobRunner(QObject* parent = nullptr);
    /// Cancels what runs and waits for it.
    ~JobRunner() override;

    /// @param receiver  nothing is delivered once it is destroyed
    /// @param work      called on a pool thread; errors become ErrorDetails
    /// @param done      called on the runner's thread
    /// @param progress  may be empty; called on the runner's thread
    template <typename T>
    [[nodiscard]] JobHandle run(QObject* receiver, std::function<T(JobContext&)> work,
                                std::function<void(JobOutcome<T>)> done,
                                std::function<void(const Progress&)> progress = {}) {
        auto stop = std::make_shared<std::stop_source>();
        start(stop, [this, guard = QPointer<QObject>(receiver), stop, work = std::move(work), done = std::move(done),
                     progress = std::move(progress)]() mutable {
            JobContext context(stop->get_token(), progressListener(guard, stop, progress));
            auto outcome = std::make_shared<JobOutcome<T>>(outcomeOf<T>(work, context));
            deliver(guard, stop, [outcome, done = std::move(done)] { done(std::move(*outcome)); });
        });
        return JobHandle(stop);
    }

Q_SIGNALS:
    /// The last of the running jobs has ended.
    void idle();

private:
    template <typename T>
    static JobOutcome<T> outcomeOf(const std::function<T(JobContext&)>& work, JobContext& context) {
        try {
            return work(context);
        } catch (const Error& error) {
            return error.details();
        } catch (const std::exception& error) {
            return ErrorDetails{.what = error.what()};
        }
    }

    using Stop = std::shared_ptr<std::stop_source>;
    void start(Stop stop, std::function<void()> task);
    void deliver(QPointer<QObject> receiver, Stop stop, std::function<void()> call);
    JobContext::Listener progressListener(QPointer<QObject> receiver, Stop stop,
                                          std::function<void(const Progress&)> progress);

    QThreadPool m_pool;
    std::set<Stop> m_running; ///< touched on the runner's thread only
};

} // namespace brainlike
