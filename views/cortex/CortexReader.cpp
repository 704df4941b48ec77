#include "views/cortex/CortexReader.h"

#include "core/color/ColorMapFile.h"
#include "core/session/JsonFields.h"

#include <utility>

namespace brainlike {
namespace {

/// Names the range that a map is drawn with: selections of the same name share it.
std::string rangeName(const Selection& selection) {
    if (selection.map == MapKind::Imported)
        return "file: " + selection.importedMap;
    if (selection.map == MapKind::Score || selection.map == MapKind::BestLayer)
        return nameOf(MapKind::Score);
    if (selection.map == MapKind::HalfTime)
        return nameOf(MapKind::HalfTime);
    const nlohmann::json parts{nameOf(selection.map),
                               selection.model,
                               selection.layer.value_or(""),
                               selection.recording.value_or(""),
                               static_cast<int>(selection.difference.base),
                               selection.difference.name};
    return parts.dump();
}

} // namespace

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
    m_ranges.clear();
    m_mapSelection.reset();
    m_waiting.reset();
    m_isReading = false;
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

CortexReader::Reading CortexReader::read(const ScoreSource& source, const Selection& selection, const Ranges& known) {
    Reading reading;
    reading.wasComplete = source.isComplete();
    reading.map = readCortexMap(source, selection);
    const auto rangeOf = [&](const std::string& name, auto measure) {
        const auto found = known.find(name);
        return found != known.end() ? std::optional(found->second) : measure();
    };
    const auto scores = rangeOf(nameOf(MapKind::Score), [&] { return studyRange(source); });
    const auto own = rangeOf(rangeName(selection), [&] { return fixedRange(source, selection); });
    if (scores || selection.map == MapKind::Imported)
        reading.basis =
            MapBasis{.scores = scores.value_or(ColorRange{}), .own = own.value_or(scores.value_or(ColorRange{}))};
    if (reading.basis && isColorMapFile(selection.colorMap))
        reading.basis->userMap = readColorMap(selection.colorMap);
    return reading;
}

void CortexReader::startReading(const Selection& selection) {
    m_isReading = true;
    m_mapJob = m_data.runner().run<Reading>(
        this,
        [source = m_data.source(), selection, known = m_ranges](JobContext&) {
            return read(*source, selection, known);
        },
        [this, selection](JobOutcome<Reading> outcome) { takeReading(selection, std::move(outcome)); });
}

void CortexReader::takeReading(const Selection& selection, JobOutcome<Reading> outcome) {
    m_isReading = false;
    m_mapSelection = selection;
    if (const auto* error = std::get_if<ErrorDetails>(&outcome)) {
        m_reading = {};
        Q_EMIT failed(*error);
    } else {
        m_reading = std::get<Reading>(std::move(outcome));
        if (m_reading.basis && m_reading.wasComplete) {
            if (selection.map != MapKind::Imported)
                m_ranges[nameOf(MapKind::Score)] = m_reading.basis->scores;
            m_ranges[rangeName(selection)] = m_reading.basis->own;
        }
        Q_EMIT mapRead();
    }
    if (m_waiting)
        startReading(*std::exchange(m_waiting, std::nullopt));
}

} // namespace brainlike
