#include "views/timecourse/CourseReader.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr std::size_t sensorBytes = std::size_t{48} << 20U;

CourseReader::Courses readCourses(const ScoreSource& source, const std::vector<CourseReader::Checkpoint>& keys,
                                  const std::vector<int>& channels, const JobContext& job) {
    CourseReader::Courses courses;
    for (const auto& key : keys) {
        job.throwIfCancelled();
        std::optional<TimeCourses> read = key.recording >= 0
                                              ? source.megRecordingCourses(key.model, key.step, key.recording, channels)
                                          : channels.empty() ? source.megTimeCourses(key.model, key.step)
                                                             : source.megCoursesOf(key.model, key.step, channels);
        courses[key] = read ? std::make_shared<const TimeCourses>(std::move(*read)) : nullptr;
    }
    return courses;
}

bool isWhole(const std::shared_ptr<const TimeCourses>& courses) {
    return courses && courses->mean.allFinite();
}

void widen(ScoreExtent& extent, double low, double high) {
    extent.low = std::min(extent.low, low);
    extent.high = std::max(extent.high, high);
}

std::size_t bytesOf(const std::shared_ptr<const SensorScores>& sensors) {
    return sensors ? 2 * sizeof(float) * static_cast<std::size_t>(sensors->mean.size()) : 0;
}

} // namespace

CourseReader::CourseReader(ScoreData& scores, QObject* parent) : QObject(parent), m_data(scores) {}

CourseReader::~CourseReader() = default;

void CourseReader::restart() {
    for (JobHandle* job : {&m_shownRead, &m_besideRead, &m_sensorRead, &m_mapJob})
        job->cancel();
    m_channels.clear();
    m_courses.clear();
    m_stale.clear();
    m_sensors.clear();
    m_readingSensors.clear();
    m_readingShown.clear();
    m_readingBeside.clear();
    m_map.reset();
    m_courseExtent = m_meanExtent = m_sensorExtent = {};
    makeMap();
}

void CourseReader::setChannels(const std::vector<int>& channels) {
    if (channels == m_channels)
        return;
    m_channels = channels;
    m_shownRead.cancel();
    m_besideRead.cancel();
    m_readingShown.clear();
    m_readingBeside.clear();
    m_courses.clear();
    m_stale.clear();
    m_courseExtent = m_meanExtent = {};
}

void CourseReader::noteArrival() {
    for (const auto& [key, courses] : m_courses)
        if (!isWhole(courses) || m_data.source()->isComplete())
            m_stale.insert(key);
}

std::vector<CourseReader::Checkpoint> CourseReader::missingOf(const std::vector<Checkpoint>& checkpoints) const {
    std::vector<Checkpoint> missing;
    for (const Checkpoint& key : checkpoints)
        if ((!m_courses.contains(key) || m_stale.contains(key)) && std::ranges::find(missing, key) == missing.end())
            missing.push_back(key);
    return missing;
}

void CourseReader::readShown(const std::vector<Checkpoint>& checkpoints) {
    const auto missing = missingOf(checkpoints);
    if (!m_data.index() || m_data.index()->meg.empty() || missing.empty() || missing == m_readingShown)
        return;
    m_readingShown = missing;
    m_shownRead = m_data.read<Courses>(
        this,
        [missing, channels = m_channels](const ScoreSource& source) {
            return readCourses(source, missing, channels, {});
        },
        [this](Courses courses) {
            m_readingShown.clear();
            keep(std::move(courses));
        },
        [this](const ErrorDetails& error) {
            m_readingShown.clear();
            Q_EMIT failed(error);
        });
}

void CourseReader::readBeside(const std::vector<Checkpoint>& checkpoints) {
    const auto missing = missingOf(checkpoints);
    if (!m_data.index() || m_data.index()->meg.empty() || missing.empty() || missing == m_readingBeside)
        return;
    m_readingBeside = missing;
    // Ends where it is when it is cancelled: dragging a lasso asks for other channels again and again.
    m_besideRead = m_data.runner().run<Courses>(
        this,
        [source = m_data.source(), missing, channels = m_channels](JobContext& job) {
            return readCourses(*source, missing, channels, job);
        },
        [this](JobOutcome<Courses> outcome) {
            m_readingBeside.clear();
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                Q_EMIT m_data.failed(*error);
            else
                keep(std::get<Courses>(std::move(outcome)));
        });
}

void CourseReader::readSensors(const std::vector<Layer>& layers) {
    const ScoreIndex* index = m_data.index();
    if (!index || index->meg.empty())
        return;
    std::vector<Layer> wanted;
    for (const int near : {0, 1, -1})
        for (const Layer& layer : layers) {
            Layer key = layer;
            key.step += near;
            const auto& steps = index->models[static_cast<std::size_t>(key.model)].steps;
            const bool exists = key.step >= 0 && key.step < static_cast<int>(steps.size());
            if (exists && !std::ranges::any_of(m_sensors, [&](const auto& kept) { return kept.first == key; }))
                wanted.push_back(key);
        }
    if (wanted.empty() || m_readingSensors == layers)
        return;
    m_readingSensors = layers;
    m_sensorRead = m_data.read<Sensors>(
        this,
        [wanted](const ScoreSource& source) {
            Sensors read;
            for (const Layer& key : wanted)
                if (auto scores = key.recording >= 0
                                      ? source.megRecordingSensors(key.model, key.step, key.layer, key.recording)
                                      : source.megSensors(key.model, key.step, key.layer))
                    read.emplace_back(key, std::make_shared<const SensorScores>(std::move(*scores)));
            return read;
        },
        [this, layers](Sensors sensors) {
            m_readingSensors.clear();
            const bool isShown = std::ranges::any_of(
                sensors, [&](const auto& read) { return std::ranges::find(layers, read.first) != layers.end(); });
            keepSensors(std::move(sensors));
            if (isShown) // those of the neighbouring checkpoints change nothing that is seen
                Q_EMIT changed();
        },
        [this](const ErrorDetails&) { m_readingSensors.clear(); });
}

void CourseReader::keep(Courses courses) {
    for (auto& [key, value] : courses) {
        if (value) {
            widen(m_sensorExtent, static_cast<double>(value->lowest), static_cast<double>(value->highest));
            for (Eigen::Index at = 0; at < value->mean.size(); ++at) {
                const double mean = static_cast<double>(value->mean.data()[at]);
                const double sem = static_cast<double>(value->sem.data()[at]);
                if (!std::isfinite(mean))
                    continue;
                widen(m_meanExtent, mean, mean);
                const double spread = std::isfinite(sem) ? sem : 0;
                widen(m_courseExtent, mean - spread, mean + spread);
            }
        }
        m_stale.erase(key);
        m_courses[key] = std::move(value);
    }
    Q_EMIT changed();
}

void CourseReader::keepSensors(Sensors sensors) {
    // The one that was asked for is the first and stays longest.
    for (auto read = sensors.rbegin(); read != sensors.rend(); ++read)
        m_sensors.push_front(std::move(*read));
    std::size_t bytes = 0;
    for (const auto& [key, scores] : m_sensors)
        bytes += bytesOf(scores);
    while (bytes > sensorBytes && m_sensors.size() > 6) {
        bytes -= bytesOf(m_sensors.back().second);
        m_sensors.pop_back();
    }
}

void CourseReader::makeMap() {
    const ScoreIndex* index = m_data.index();
    m_hasNoPositions = !index || index->channelPositions.empty();
    if (m_hasNoPositions)
        return;
    using Map = std::shared_ptr<const SensorMap>;
    m_mapJob = m_data.read<Map>(
        this,
        [](const ScoreSource& source) -> Map {
            auto layout = sensorLayout(source.index().channelPositions);
            if (!layout)
                return nullptr;
            Topography topography(*layout);
            return std::make_shared<const SensorMap>(SensorMap{std::move(*layout), std::move(topography)});
        },
        [this](Map map) {
            m_map = std::move(map);
            m_hasNoPositions = m_map == nullptr;
            Q_EMIT changed();
        });
}

std::optional<std::shared_ptr<const TimeCourses>> CourseReader::courses(const Checkpoint& checkpoint) const {
    const auto found = m_courses.find(checkpoint);
    return found == m_courses.end() ? std::nullopt : std::optional(found->second);
}

std::shared_ptr<const SensorScores> CourseReader::sensors(const Layer& layer) const {
    const auto found = std::ranges::find(m_sensors, layer, [](const auto& kept) { return kept.first; });
    return found == m_sensors.end() ? nullptr : found->second;
}

} // namespace brainlike
