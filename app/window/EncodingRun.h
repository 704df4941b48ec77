#pragma once

#include "core/simulate/Demo.h"
#include "core/study/Study.h"
#include "views/state/ScoreData.h"

#include <QObject>

#include <functional>
#include <memory>

namespace brainlike {

/// An encoding that runs behind the open window: its scores can be looked at while they are being computed.
class EncodingRun : public QObject {
    Q_OBJECT
public:
    explicit EncodingRun(ScoreData& data, QObject* parent = nullptr);

    /// Makes the demo study if it is not there, then encodes it.
    void startDemo(const DemoOptions& options);
    /// Encodes a study into `scores.h5` beside it, going on where an earlier run stopped.
    void startStudy(const Study& study);
    /// Stops after the units in flight; what is done is kept.
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_running; }

Q_SIGNALS:
    void progressed(const brainlike::Progress& progress);
    /// All scores are final; they have replaced the live ones.
    void finished();
    void cancelled();
    void failed(const brainlike::ErrorDetails& error);

private:
    struct Prepared;
    void prepare(std::function<Study(JobContext&)> makeStudy);
    void encode(const std::shared_ptr<Prepared>& prepared);
    void fail(const ErrorDetails& error);

    ScoreData& m_data;
    JobHandle m_job;
    bool m_running = false;
};

} // namespace brainlike
