#pragma once

#include "core/tables/SpatialUnits.h"
#include "views/state/ScoreData.h"

#include <QObject>

#include <compare>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace brainlike {

/// Units of a level, where they are, and what chooses them.
struct UnitPlaces {
    SpatialUnits units;
    std::vector<VertexId> centres;               ///< of each unit; of vertices empty
    std::vector<std::vector<std::string>> areas; ///< of each unit: the areas it is made of; of vertices empty
};

/// Layers of areas, ROIs or vertices, read from a finished scores.h5 off the GUI thread; what was used last is kept.
class UnitReader : public QObject {
    Q_OBJECT
public:
    struct Key {
        TableLevel level = TableLevel::Area;
        int model = 0, step = 0;
        std::optional<int> recording;
        SetChoice sets;
        friend bool operator==(const Key&, const Key&) = default;
    };

    UnitReader(ScoreData& scores, QObject* parent);
    ~UnitReader() override;

    void forget();
    /// Reads what is not there; a later call takes the place of an earlier one that has not ended.
    void read(const std::vector<Key>& keys);
    /// Null until it is read.
    [[nodiscard]] std::shared_ptr<const UnitPlaces> places(TableLevel level, const SetChoice& sets) const;
    [[nodiscard]] std::shared_ptr<const UnitLayers> layers(const Key& key) const;
    /// Why the last read failed; nothing if it did not.
    [[nodiscard]] const std::optional<ErrorDetails>& error() const { return m_error; }

Q_SIGNALS:
    void changed();

private:
    struct Places {
        TableLevel level;
        SetChoice sets;
        std::shared_ptr<const UnitPlaces> places;
    };
    using Layers = std::pair<Key, std::shared_ptr<const UnitLayers>>;

    struct Found {
        Places places;
        std::vector<Layers> layers;
    };

    void keep(Found found);

    ScoreData& m_data;
    JobHandle m_job;
    std::vector<Key> m_reading;
    std::vector<Places> m_places;
    std::list<Layers> m_layers; ///< read last first
    std::optional<ErrorDetails> m_error;
};

} // namespace brainlike
