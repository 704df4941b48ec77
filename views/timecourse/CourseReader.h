#pragma once

#include "core/sensors/SensorLayout.h"
#include "core/sensors/Topography.h"
#include "views/state/ScoreData.h"

#include <compare>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace brainlike {

/// Sensors laid out flat, with what interpolates between them.
struct SensorMap {
    SensorLayout layout;
    Topography topography;
};

/// Smallest and largest of what was read.
struct ScoreExtent {
    double low = 0, high = 0;
};

/// What the MEG panel shows, read off the GUI thread and kept: time courses of the checkpoints that were asked for, and
/// the channels of single layers, the ones used last.
class CourseReader : public QObject {
    Q_OBJECT
public:
    struct Checkpoint {
        int model = 0, step = 0;
        int recording = -1; ///< one subject's; −1: the group
        friend auto operator<=>(const Checkpoint&, const Checkpoint&) = default;
    };
    struct Layer {
        int model = 0, step = 0, layer = 0;
        int recording = -1; ///< one subject's; −1: the group
        friend bool operator==(const Layer&, const Layer&) = default;
    };
    using Courses = std::map<Checkpoint, std::shared_ptr<const TimeCourses>>;

    CourseReader(ScoreData& scores, QObject* parent);
    ~CourseReader() override;

    /// Forgets everything: other scores.
    void restart();
    /// Averages courses over these channels; empty: all.
    void setChannels(const std::vector<int>& channels);
    /// More of a running encoding can be read now: what is not whole is read again when it is asked for.
    void noteArrival();
    /// Reads what is shown now, if it is not there; drops what was to be shown before.
    void readShown(const std::vector<Checkpoint>& checkpoints);
    /// Reads what maps over checkpoints and their ranges need beside that.
    void readBeside(const std::vector<Checkpoint>& checkpoints);
    /// Channels of layers, then those of the neighbouring checkpoints.
    void readSensors(const std::vector<Layer>& layers);

    /// Nothing: not read yet; null: not computed.
    [[nodiscard]] std::optional<std::shared_ptr<const TimeCourses>> courses(const Checkpoint& checkpoint) const;
    /// Null where not read or not computed.
    [[nodiscard]] std::shared_ptr<const SensorScores> sensors(const Layer& layer) const;
    /// Channels that were asked for are on their way.
    [[nodiscard]] bool isReadingSensors() const { return !m_readingSensors.empty(); }
    /// Null until it is made, and where sensors have no positions.
    [[nodiscard]] const std::shared_ptr<const SensorMap>& sensorMap() const { return m_map; }
    /// The sensors have no positions to draw them at.
    [[nodiscard]] bool hasNoPositions() const { return m_hasNoPositions; }
    /// Of all courses read so far, with their SEM; 0 is part of it.
    [[nodiscard]] ScoreExtent courseExtent() const { return m_courseExtent; }
    /// Of the courses' means alone.
    [[nodiscard]] ScoreExtent meanExtent() const { return m_meanExtent; }
    /// Of single channels.
    [[nodiscard]] ScoreExtent sensorExtent() const { return m_sensorExtent; }

Q_SIGNALS:
    void changed();
    void failed(const brainlike::ErrorDetails& error);

private:
    using Sensors = std::vector<std::pair<Layer, std::shared_ptr<const SensorScores>>>;

    [[nodiscard]] std::vector<Checkpoint> missingOf(const std::vector<Checkpoint>& checkpoints) const;
    void keep(Courses courses);
    void keepSensors(Sensors sensors);
    void makeMap();

    ScoreData& m_data;
    std::vector<int> m_channels;
    Courses m_courses;
    std::list<std::pair<Layer, std::shared_ptr<const SensorScores>>> m_sensors; ///< used last first
    std::shared_ptr<const SensorMap> m_map;
    ScoreExtent m_courseExtent, m_meanExtent, m_sensorExtent;
    std::set<Checkpoint> m_stale; ///< to be read again
    std::vector<Checkpoint> m_readingShown, m_readingBeside;
    JobHandle m_shownRead, m_besideRead, m_sensorRead, m_mapJob;
    std::vector<Layer> m_readingSensors;
    bool m_hasNoPositions = false;
};

} // namespace brainlike
