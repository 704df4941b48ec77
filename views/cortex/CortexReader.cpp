#include "views/cortex/CortexReader.h"

#include "core/templates/TemplateFinder.h"

#include <utility>

namespace brainlike {
namespace {

using Geometry = std::shared_ptr<const CortexGeometry>;

/// @throws ShapeError if the template does not have the scores' vertices
Geometry readGeometry(const std::string& templateName, const std::string& surface, VertexCounts counts,
                      JobContext& context) {
    Geometry geometry = loadCortexGeometry(TemplateFinder().find(templateName), surfaceKindFrom(surface), context);
    if (geometry->counts != counts)
        throw ShapeError({.what = "The scores do not lie on the template " + templateName,
                          .expected = std::to_string(geometry->counts.left) + " + " +
                                      std::to_string(geometry->counts.right) + " vertices",
                          .found = std::to_string(counts.left) + " + " + std::to_string(counts.right),
                          .advice = "Name the template the responses were recorded on in the study's \"template\""});
    return geometry;
}

} // namespace

CortexReader::CortexReader(ScoreData& data, QObject* parent) : QObject(parent), m_data(data) {}

void CortexReader::restart(const Selection& selection) {
    m_surfaceJob.cancel();
    m_mapJob.cancel();
    m_geometry = nullptr;
    m_surfaces.clear();
    m_reading = {};
    m_range.reset();
    m_mapSelection.reset();
    m_waiting.reset();
    m_isReading = m_isRangeFinal = false;
    wantSurface(selection);
    wantMap(selection);
}

void CortexReader::wantSurface(const Selection& selection) {
    const ScoreIndex* index = m_data.index();
    if (index == nullptr || index->vertexCounts.total() == 0)
        return;
    if (const auto known = m_surfaces.find(selection.surface); known != m_surfaces.end()) {
        m_surfaceJob.cancel();
        m_geometry = known->second;
        Q_EMIT geometryRead();
        return;
    }
    m_surfaceJob = m_data.runner().run<Geometry>(
        this,
        [name = index->templateName, surface = selection.surface, counts = index->vertexCounts](JobContext& context) {
            return readGeometry(name, surface, counts, context);
        },
        [this, surface = selection.surface](JobOutcome<Geometry> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome)) {
                Q_EMIT failed(*error);
                return;
            }
            m_geometry = m_surfaces[surface] = std::get<Geometry>(std::move(outcome));
            Q_EMIT geometryRead();
        });
}

void CortexReader::wantMap(const Selection& selection) {
    if (m_data.index() == nullptr)
        return;
    if (m_isReading)
        m_waiting = selection;
    else
        startReading(selection);
}

void CortexReader::noteArrival(const Selection& selection) {
    if (!m_reading.wasComplete && !m_isReading)
        wantMap(selection);
}

void CortexReader::startReading(const Selection& selection) {
    m_isReading = true;
    m_mapJob = m_data.runner().run<Reading>(
        this,
        [source = m_data.source(), selection, needsRange = !m_isRangeFinal](JobContext&) {
            Reading reading;
            reading.wasComplete = source->isComplete();
            reading.map = readCortexMap(*source, selection);
            if (needsRange)
                reading.range = studyRange(*source);
            return reading;
        },
        [this, selection](JobOutcome<Reading> outcome) { takeReading(selection, std::move(outcome)); });
}

void CortexReader::takeReading(const Selection& selection, JobOutcome<Reading> outcome) {
    m_isReading = false;
    if (const auto* error = std::get_if<ErrorDetails>(&outcome)) {
        m_reading = {};
        m_mapSelection = selection;
        Q_EMIT failed(*error);
    } else {
        m_reading = std::get<Reading>(std::move(outcome));
        m_mapSelection = selection;
        if (!m_isRangeFinal && m_reading.range) {
            m_range = m_reading.range;
            m_isRangeFinal = m_reading.wasComplete;
        }
        Q_EMIT mapRead();
    }
    if (m_waiting)
        startReading(*std::exchange(m_waiting, std::nullopt));
}

} // namespace brainlike
