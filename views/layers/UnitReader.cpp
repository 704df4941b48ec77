#include "views/layers/UnitReader.h"

#include "core/study/ScoreFile.h"

#include <algorithm>

namespace brainlike {
namespace {

constexpr std::size_t keptCheckpoints = 48;
constexpr std::size_t keptPlaces = 8; ///< regions that are painted are others after each stroke

std::shared_ptr<const UnitPlaces> placesOf(const ScoreFile& scores, TableLevel level, const SetChoice& choice) {
    const ScoreSets sets(scores, choice);
    UnitPlaces places{spatialUnits(sets, level), {}, {}};
    for (std::size_t unit = 0; unit < places.units.sets.areas.size(); ++unit) {
        places.centres.push_back(sets.centreOf(places.units.sets.areas.members[unit]));
        places.areas.push_back(sets.areasOf(level, places.units.sets.areas.ids[unit]));
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

std::shared_ptr<const UnitPlaces> UnitReader::places(TableLevel level, const SetChoice& sets) const {
    const auto found =
        std::ranges::find_if(m_places, [&](const Places& known) { return known.level == level && known.sets == sets; });
    return found == m_places.end() ? nullptr : found->places;
}

std::shared_ptr<const UnitLayers> UnitReader::layers(const Key& key) const {
    const auto found = std::ranges::find(m_layers, key, &Layers::first);
    return found == m_layers.end() ? nullptr : found->second;
}

void UnitReader::keep(Found found) {
    if (!places(found.places.level, found.places.sets))
        m_places.push_back(std::move(found.places));
    if (m_places.size() > keptPlaces)
        m_places.erase(m_places.begin());
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
    const SetChoice sets = missing.front().sets;
    m_job = m_data.runner().run<Found>(
        this,
        [scores, missing, level, sets, known = places(level, sets)](JobContext& job) {
            Found found{{level, sets, known ? known : placesOf(*scores, level, sets)}, {}};
            for (const Key& key : missing) {
                job.throwIfCancelled();
                found.layers.emplace_back(
                    key, std::make_shared<const UnitLayers>(
                             unitLayers(*scores, found.places.places->units, key.model, key.step, key.recording)));
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
