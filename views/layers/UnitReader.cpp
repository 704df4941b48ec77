#include "views/layers/UnitReader.h"

#include "core/study/ScoreFile.h"

#include <algorithm>

namespace brainlike {
namespace {

constexpr std::size_t keptCheckpoints = 48;

std::vector<std::string> areasOf(const ScoreSets& sets, TableLevel level, const std::string& id) {
    const std::string name = id.substr(id.find(':') + 1);
    if (level == TableLevel::Area)
        return {name};
    const auto& rois = sets.roiDefinitions();
    const auto found = std::ranges::find(rois, name, &RoiDefinition::name);
    return found == rois.end() ? std::vector<std::string>() : found->areas;
}

std::shared_ptr<const UnitPlaces> placesOf(const ScoreFile& scores, TableLevel level) {
    const ScoreSets sets(scores);
    UnitPlaces places{spatialUnits(sets, level), {}, {}, sets.parcellation().name};
    for (std::size_t unit = 0; unit < places.units.sets.areas.size(); ++unit) {
        places.centres.push_back(sets.centreOf(places.units.sets.areas.members[unit]));
        places.areas.push_back(areasOf(sets, level, places.units.sets.areas.ids[unit]));
    }
    return std::make_shared<const UnitPlaces>(std::move(places));
}

} // namespace

UnitReader::UnitReader(ScoreData& scores, QObject* parent) : QObject(parent), m_data(scores) {}

UnitReader::~UnitReader() = default;

void UnitReader::forget() {
    m_job.cancel();
    m_reading.clear();
    m_places.clear();
    m_layers.clear();
    m_error.reset();
}

std::shared_ptr<const UnitPlaces> UnitReader::places(TableLevel level) const {
    const auto found = std::ranges::find(m_places, level, &Places::first);
    return found == m_places.end() ? nullptr : found->second;
}

std::shared_ptr<const UnitLayers> UnitReader::layers(const Key& key) const {
    const auto found = std::ranges::find(m_layers, key, &Layers::first);
    return found == m_layers.end() ? nullptr : found->second;
}

void UnitReader::keep(Found found) {
    if (!places(found.places.first))
        m_places.push_back(std::move(found.places));
    for (auto& layers : found.layers)
        m_layers.push_front(std::move(layers));
    while (m_layers.size() > keptCheckpoints)
        m_layers.pop_back();
}

void UnitReader::read(const std::vector<Key>& keys) {
    std::vector<Key> missing;
    for (const Key& key : keys)
        if (!layers(key) && std::ranges::find(missing, key) == missing.end())
            missing.push_back(key);
    const auto scores = m_data.scoreFile();
    if (missing.empty() || missing == m_reading || !scores)
        return;
    m_reading = missing;
    const TableLevel level = missing.front().level;
    m_job = m_data.runner().run<Found>(
        this,
        [scores, missing, level, known = places(level)](JobContext& job) {
            Found found{{level, known ? known : placesOf(*scores, level)}, {}};
            for (const Key& key : missing) {
                job.throwIfCancelled();
                found.layers.emplace_back(
                    key, std::make_shared<const UnitLayers>(
                             unitLayers(*scores, found.places.second->units, key.model, key.step, key.recording)));
            }
            return found;
        },
        [this](JobOutcome<Found> outcome) {
            m_reading.clear();
            const auto* error = std::get_if<ErrorDetails>(&outcome);
            m_error = error ? std::optional(*error) : std::nullopt;
            if (!error)
                keep(std::get<Found>(std::move(outcome)));
            Q_EMIT changed();
        });
}

} // namespace brainlike
