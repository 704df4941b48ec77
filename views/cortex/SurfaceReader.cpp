#include "views/cortex/SurfaceReader.h"

#include <utility>

namespace brainlike {
namespace {

/// @throws ShapeError if the template does not have the scores' vertices
std::shared_ptr<const CortexGeometry> readSurface(const ScoreSource& source, SurfaceKind surface, JobContext& context) {
    auto geometry = loadCortexGeometry(source.findTemplate(), surface, context);
    const VertexCounts counts = source.index().vertexCounts;
    if (geometry->counts != counts)
        throw ShapeError({.what = "The scores do not lie on the template " + source.index().templateName,
                          .expected = std::to_string(geometry->counts.left) + " + " +
                                      std::to_string(geometry->counts.right) + " vertices",
                          .found = std::to_string(counts.left) + " + " + std::to_string(counts.right),
                          .advice = "Name the template the responses were recorded on in the study's \"template\""});
    return geometry;
}

} // namespace

SurfaceReader::SurfaceReader(JobRunner& runner, std::function<void(Outcome)> ready)
    : m_runner(runner), m_ready(std::move(ready)) {}

void SurfaceReader::restart() {
    m_job.cancel();
    m_isBusy = false;
    m_waiting.reset();
    m_geometry = nullptr;
    m_ends.clear();
}

void SurfaceReader::want(std::shared_ptr<const ScoreSource> source, const std::string& surface) {
    Wish wish{std::move(source), {}};
    try {
        wish.surface = surfaceBlendFrom(surface);
    } catch (const Error& error) {
        m_ready(error.details());
        return;
    }
    const auto known = m_ends.find(wish.surface.from);
    if (!m_isBusy && wish.surface.isPure() && known != m_ends.end()) {
        m_geometry = known->second;
        m_ready(m_geometry);
        return;
    }
    if (m_isBusy)
        m_waiting = std::move(wish);
    else
        start(wish);
}

SurfaceReader::Made SurfaceReader::make(const Wish& wish, Ends ends, JobContext& context) {
    for (const SurfaceKind kind : {wish.surface.from, wish.surface.to()})
        if (!ends.contains(kind))
            ends[kind] = readSurface(*wish.source, kind, context);
    context.throwIfCancelled();
    const auto& from = ends.at(wish.surface.from);
    if (wish.surface.isPure())
        return {from, ends};
    auto between = blendedGeometry(*from, *ends.at(wish.surface.to()), wish.surface.share);
    return {std::move(between), std::move(ends)};
}

void SurfaceReader::start(const Wish& wish) {
    m_isBusy = true;
    m_job = m_runner.run<Made>(
        this, [wish, ends = m_ends](JobContext& context) { return make(wish, ends, context); },
        [this](JobOutcome<Made> outcome) { take(std::move(outcome)); });
}

void SurfaceReader::take(JobOutcome<Made> outcome) {
    m_isBusy = false;
    Made* made = std::get_if<Made>(&outcome);
    if (made != nullptr) {
        m_ends = std::move(made->ends);
        m_geometry = std::move(made->geometry);
    }
    if (m_waiting)
        start(*std::exchange(m_waiting, std::nullopt));
    m_ready(made != nullptr ? Outcome(m_geometry) : Outcome(std::get<ErrorDetails>(std::move(outcome))));
}

} // namespace brainlike
