#include "core/stats/SpinAssignments.h"

#include "core/stats/SpinAssigner.h"
#include "core/stats/SpinWorkers.h"

#include <algorithm>

namespace brainlike {

SpinAssignments assignSpins(const SpinPoints& points, const SpinRotations& rotations, SpinMethod method, int threads,
                            JobContext& job) {
    const int workers = spinThreads(threads);
    const SpinAssigner assigner(points, method);
    const int spins = rotations.count(), chunk = spinChunk(spins);
    SpinAssignments result{.method = method, .seed = rotations.seed()};
    result.sources.resize(spins, assigner.count());
    result.distances.resize(static_cast<std::size_t>(spins));
    std::vector<SpinAssigner::Workspace> workspaces(static_cast<std::size_t>(workers));
    for (int first = 0; first < spins; first += chunk) {
        job.report(static_cast<double>(first) / spins, "Spinning the sphere");
        forEachSpin(first, std::min(first + chunk, spins), workers, job, [&](int spin, int worker) {
            const std::span<std::int32_t> sources(result.sources.row(spin).data(),
                                                  static_cast<std::size_t>(assigner.count()));
            result.distances[static_cast<std::size_t>(spin)] =
                assigner.assign(rotations, spin, sources, workspaces[static_cast<std::size_t>(worker)]);
        });
    }
    job.report(1, "Spinning the sphere");
    return result;
}

} // namespace brainlike
