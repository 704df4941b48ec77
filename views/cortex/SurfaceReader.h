#pragma once

#include "core/study/ScoreSource.h"
#include "views/scene/CortexGeometry.h"
#include "views/state/JobRunner.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace brainlike {

/// Brings surfaces of a template from the disk, and works out what lies between two of them, on pool threads. While one
/// is being made, only the latest wish waits: a slider that is dragged never queues up.
class SurfaceReader : public QObject {
public:
    using Outcome = JobOutcome<std::shared_ptr<const CortexGeometry>>;

    /// @param ready  called on the GUI thread for each surface that was wished for and is there, or failed
    SurfaceReader(JobRunner& runner, std::function<void(Outcome)> ready);

    /// Forgets everything.
    void restart();
    /// @param surface  as in the selection: "pial", "pial+0.5"
    void want(std::shared_ptr<const ScoreSource> source, const std::string& surface);
    /// The latest surface that was ready; null at first.
    [[nodiscard]] const std::shared_ptr<const CortexGeometry>& geometry() const { return m_geometry; }

private:
    struct Wish {
        std::shared_ptr<const ScoreSource> source;
        SurfaceBlend surface;
    };
    /// Surfaces as they are on disk.
    using Ends = std::map<SurfaceKind, std::shared_ptr<const CortexGeometry>>;
    struct Made {
        std::shared_ptr<const CortexGeometry> geometry;
        Ends ends;
    };

    void start(const Wish& wish);
    void take(JobOutcome<Made> outcome);
    static Made make(const Wish& wish, Ends ends, JobContext& context);

    JobRunner& m_runner;
    std::function<void(Outcome)> m_ready;
    std::shared_ptr<const CortexGeometry> m_geometry;
    Ends m_ends;
    std::optional<Wish> m_waiting;
    bool m_isBusy = false;
    JobHandle m_job;
};

} // namespace brainlike
