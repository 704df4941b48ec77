#pragma once

#include "core/study/ScoreSource.h"
#include "views/state/JobRunner.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace brainlike {

class ScoreFile;

/// The scores that all views read, and the only way they read them: off the GUI thread.
class ScoreData : public QObject {
    Q_OBJECT
public:
    explicit ScoreData(JobRunner& runner, QObject* parent = nullptr);

    /// Shows another set of scores; nothing closes.
    void setSource(std::shared_ptr<const ScoreSource> source);
    [[nodiscard]] const std::shared_ptr<const ScoreSource>& source() const { return m_source; }
    /// The source, if it is a finished scores.h5; else null.
    [[nodiscard]] std::shared_ptr<const ScoreFile> scoreFile() const;
    /// The source's index, or nothing.
    [[nodiscard]] const ScoreIndex* index() const { return m_source ? &m_source->index() : nullptr; }
    /// More units of a running encoding can be read now; `arrived` follows, at most four times a second.
    void noteArrival();

    /// Reads on a pool thread, delivers on the GUI thread. Assigning the handle of the next read drops a stale one.
    /// Without a source nothing happens. Failures are reported through `failed` and to `onError`, and `done` is not
    /// called.
    template <typename T>
    [[nodiscard]] JobHandle read(QObject* receiver, std::function<T(const ScoreSource&)> read,
                                 std::function<void(T)> done, std::function<void(const ErrorDetails&)> onError = {}) {
        if (!m_source)
            return {};
        return m_runner.run<T>(
            receiver, [source = m_source, read = std::move(read)](JobContext&) { return read(*source); },
            [this, done = std::move(done), onError = std::move(onError)](JobOutcome<T> outcome) {
                if (auto* error = std::get_if<ErrorDetails>(&outcome)) {
                    Q_EMIT failed(*error);
                    if (onError)
                        onError(*error);
                } else {
                    done(std::move(std::get<T>(outcome)));
                }
            });
    }

    [[nodiscard]] JobRunner& runner() { return m_runner; }

Q_SIGNALS:
    void sourceChanged();
    void arrived();
    void failed(const brainlike::ErrorDetails& error);

private:
    JobRunner& m_runner;
    std::shared_ptr<const ScoreSource> m_source;
    QTimer m_arrivalTimer;
};

} // namespace brainlike
