#include "views/cortex/CortexReader.h"

#include <utility>

namespace brainlike {
CortexReader::CortexReader(ScoreData& data, QObject* parent)
    : QObject(parent), m_data(data), m_surfaces(data.runner(), [this](SurfaceReader::Outcome outcome) {
          if (const auto* error = std::get_if<ErrorDetails>(&outcome))
              Q_EMIT failed(*error);
          else
              Q_EMIT geometryRead();
      }) {}

void CortexReader::restart(const Selection& selection) {
    m_mapJob.cancel();
    m_surfaces.restart();
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
    m_surfaces.want(m_data.source(), selection.surface);
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
