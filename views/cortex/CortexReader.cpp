#include "views/cortex/CortexReader.h"

#include "core/color/ColorMapFile.h"
#include "core/session/JsonFields.h"

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

/// Names the range that a map is drawn with: selections of the same name share it.
std::string rangeName(const Selection& selection) {
    if (selection.map == MapKind::Imported)
        return "file: " + selection.importedMap;
    if (selection.map == MapKind::Property)
        return "property: " + selection.property;
    if (selection.map == MapKind::Score || selection.map == MapKind::BestLayer)
        return nameOf(MapKind::Score);
    if (selection.map == MapKind::HalfTime)
        return nameOf(MapKind::HalfTime);
    const nlohmann::json parts{nameOf(selection.map),
                               selection.model,
                               selection.layer.value_or(""),
                               selection.recording.value_or(""),
                               static_cast<int>(selection.difference.base),
                               selection.difference.name,
                               selection.difference.step};
    return parts.dump();
}

/// Names what is read for a map: selections of the same name show the same values.
std::string keyOf(const Selection& selection) {
    const bool isFile = isColorMapFile(selection.colorMap);
    if (selection.map == MapKind::Property) // the same at every checkpoint
        return nlohmann::json{rangeName(selection), isFile ? selection.colorMap : std::string()}.dump();
    const nlohmann::json parts{rangeName(selection),
                               nameOf(selection.map),
                               selection.model,
                               selection.step,
                               selection.layer.value_or(""),
                               selection.recording.value_or(""),
                               needsQ(selection),
                               selection.map == MapKind::Imported ? selection.significanceMap : std::string(),
                               selection.areaMeans && hasAreaMeans(selection.map) ? selection.regions.parcellation
                                                                                  : "-",
                               isFile ? selection.colorMap : std::string()};
    return parts.dump();
}

} // namespace

CortexReader::CortexReader(ScoreData& data, QObject* parent)
    : QObject(parent), m_data(data), m_surfaces(data.runner(), [this](SurfaceReader::Outcome outcome) {
          if (const auto* error = std::get_if<ErrorDetails>(&outcome))
              Q_EMIT surfaceFailed(*error);
          else
              Q_EMIT geometryRead();
      }) {}

void CortexReader::restart(const Selection& selection) {
    m_mapJob.cancel();
    m_surfaces.restart();
    m_reading = {};
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

StackReading CortexReader::readMap(const ScoreSource& source, int id, const Selection& selection, Ranges& ranges) {
    StackReading reading{.id = id, .subject = subjectShown(selection, source.index())};
    if (auto map = readCortexMap(source, selection))
        reading.map = std::make_shared<const CortexMap>(std::move(*map));
    const auto rangeOf = [&](const std::string& name, auto measure) {
        const auto found = ranges.find(name);
        if (found != ranges.end())
            return std::optional(found->second);
        const std::optional<ColorRange> range = measure();
        if (range)
            ranges.emplace(name, *range);
        return range;
    };
    const auto scores = source.index().models.empty()
                            ? std::nullopt
                            : rangeOf(nameOf(MapKind::Score), [&] { return studyRange(source); });
    const auto own = rangeOf(rangeName(selection), [&] { return fixedRange(source, selection); });
    if (scores || !isOfScores(selection.map))
        reading.basis =
            MapBasis{.scores = scores.value_or(ColorRange{}), .own = own.value_or(scores.value_or(ColorRange{}))};
    if (reading.basis && isColorMapFile(selection.colorMap))
        reading.basis->userMap = readColorMap(selection.colorMap);
    return reading;
}

CortexReader::Reading CortexReader::read(const ScoreSource& source, const Selection& selection, const Reading& before) {
    Reading reading;
    reading.wasComplete = source.isComplete();
    if (before.wasComplete)
        reading.ranges = before.ranges;
    const auto readAll = [&](const Selection& side, std::vector<StackReading>& column) {
        for (const auto& [id, shown] : mapsToRead(side)) {
            const std::string key = keyOf(shown);
            auto known = reading.known.find(key);
            if (const auto old = before.known.find(key); before.wasComplete && old != before.known.end())
                known = reading.known.insert(*old).first;
            if (known == reading.known.end())
                known = reading.known.emplace(key, readMap(source, id, shown, reading.ranges)).first;
            column.push_back(known->second);
            column.back().id = id;
        }
    };
    if (!selection.isCompared) {
        readAll(selection, reading.columns[0]);
        return reading;
    }
    const ComparedSelections compared = comparedSelections(selection, source.index());
    readAll(compared.a, reading.columns[0]);
    if (compared.b)
        readAll(*compared.b, reading.columns[1]);
    if (compared.less)
        readAll(*compared.less, reading.columns[2]);
    return reading;
}

std::shared_ptr<const CortexMap> CortexReader::map() const {
    return m_reading.columns[0].empty() ? nullptr : m_reading.columns[0].front().map;
}

bool CortexReader::isAnotherRead(const Selection& before, const Selection& after) {
    const auto keysOf = [](const Selection& selection) {
        std::vector<std::pair<int, std::string>> keys;
        for (const auto& [id, shown] : mapsToRead(selection))
            keys.emplace_back(id, keyOf(shown));
        std::ranges::sort(keys);
        return keys;
    };
    return before.isCompared != after.isCompared || (after.isCompared && before.difference != after.difference) ||
           keysOf(before) != keysOf(after);
}

void CortexReader::startReading(const Selection& selection) {
    m_isReading = true;
    m_mapJob = m_data.runner().run<Reading>(
        this,
        [source = m_data.source(), selection, before = m_reading](JobContext&) {
            return read(*source, selection, before);
        },
        [this, selection](JobOutcome<Reading> outcome) { takeReading(selection, std::move(outcome)); });
}

void CortexReader::takeReading(const Selection& selection, JobOutcome<Reading> outcome) {
    m_isReading = false;
    m_mapSelection = selection;
    if (const auto* error = std::get_if<ErrorDetails>(&outcome)) {
        m_reading = {};
        Q_EMIT mapFailed(*error);
    } else {
        m_reading = std::get<Reading>(std::move(outcome));
        Q_EMIT mapRead();
    }
    if (m_waiting)
        startReading(*std::exchange(m_waiting, std::nullopt));
}

} // namespace brainlike
