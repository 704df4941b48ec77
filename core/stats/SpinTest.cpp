#include "core/stats/SpinTest.h"

#include "core/base/Error.h"
#include "core/stats/SpinAssigner.h"
#include "core/stats/SpinWorkers.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace brainlike {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
/// Equal correlations that were summed in another order count as equal.
constexpr double rounding = 1e-12;

void requireSize(std::span<const double> map, int points, const char* name) {
    if (map.size() != static_cast<std::size_t>(points))
        throw ShapeError({.what = "A map of a spin test needs a value for each point on the sphere",
                          .place = name,
                          .expected = std::to_string(points),
                          .found = std::to_string(map.size()),
                          .advice = "The left hemisphere comes first; leave no vertex out, mark it by NaN."});
}

/// The two maps as one turns and the other stays, at the points where both have a value.
class MapPair {
public:
    MapPair(std::span<const double> x, std::span<const double> y, int points, SpunMap spun) {
        requireSize(x, points, "first map");
        requireSize(y, points, "second map");
        const auto turning = spun == SpunMap::First ? x : y;
        const auto staying = spun == SpunMap::First ? y : x;
        m_turning.assign(turning.begin(), turning.end());
        for (std::size_t i = 0; i < x.size(); ++i)
            if (std::isfinite(x[i]) && std::isfinite(y[i])) {
                m_points.push_back(i);
                m_staying.push_back(staying[i]);
            }
    }

    /// r after a spin. @param turned  memory of the caller
    double correlation(std::span<const std::int32_t> sources, std::vector<double>& turned) const {
        turned.resize(m_points.size());
        for (std::size_t i = 0; i < m_points.size(); ++i)
            turned[i] = m_turning[static_cast<std::size_t>(sources[m_points[i]])];
        return correlate(turned, m_staying).r;
    }

private:
    std::vector<double> m_turning, m_staying;
    std::vector<std::size_t> m_points; ///< of m_staying
};

void countExtremes(SpinTest& test) {
    if (std::isnan(test.observed.r))
        return;
    for (const double r : test.null) {
        test.defined += std::isfinite(r) ? 1 : 0;
        test.asExtreme += std::abs(r) >= std::abs(test.observed.r) - rounding ? 1 : 0;
    }
    test.p = (1.0 + test.asExtreme) / (1.0 + test.defined);
}

/// Fills the null distribution chunk by chunk. @param correlationOf  gets the spin and the number of the worker
void fillNull(SpinTest& test, int spins, int workers, const SpinTestOptions& options, JobContext& job,
              const std::function<double(int, std::size_t)>& correlationOf) {
    test.null.assign(static_cast<std::size_t>(spins), missing);
    const int chunk = spinChunk(spins);
    for (int first = 0; first < spins; first += chunk) {
        job.report(static_cast<double>(first) / spins, "Spin test");
        const int last = std::min(first + chunk, spins);
        forEachSpin(first, last, workers, job, [&](int spin, int worker) {
            test.null[static_cast<std::size_t>(spin)] = correlationOf(spin, static_cast<std::size_t>(worker));
        });
        if (options.onNull)
            options.onNull(std::span<const double>(test.null).first(static_cast<std::size_t>(last)));
    }
    countExtremes(test);
    job.report(1, "Spin test");
}

} // namespace

SpinTest spinTest(std::span<const double> x, std::span<const double> y, const SpinAssignments& assignments,
                  const SpinTestOptions& options, JobContext& job) {
    const MapPair pair(x, y, assignments.points(), options.spun);
    SpinTest test{
        .observed = correlate(x, y), .seed = assignments.seed, .method = assignments.method, .spun = options.spun};
    const int workers = spinThreads(options.threads);
    std::vector<std::vector<double>> turned(static_cast<std::size_t>(workers));
    fillNull(test, assignments.spins(), workers, options, job, [&](int spin, std::size_t worker) {
        return pair.correlation({assignments.sources.row(spin).data(), x.size()}, turned[worker]);
    });
    return test;
}

SpinTest spinTest(std::span<const double> x, std::span<const double> y, const SpinPoints& points,
                  const SpinRotations& rotations, SpinMethod method, const SpinTestOptions& options, JobContext& job) {
    struct Memory {
        SpinAssigner::Workspace workspace;
        std::vector<std::int32_t> sources;
        std::vector<double> turned;
    };
    const MapPair pair(x, y, points.count(), options.spun);
    const SpinAssigner assigner(points, method);
    SpinTest test{.observed = correlate(x, y), .seed = rotations.seed(), .method = method, .spun = options.spun};
    const int workers = spinThreads(options.threads);
    std::vector<Memory> memories(static_cast<std::size_t>(workers));
    fillNull(test, rotations.count(), workers, options, job, [&](int spin, std::size_t worker) {
        Memory& memory = memories[worker];
        memory.sources.resize(x.size());
        assigner.assign(rotations, spin, memory.sources, memory.workspace);
        return pair.correlation(memory.sources, memory.turned);
    });
    return test;
}

} // namespace brainlike
