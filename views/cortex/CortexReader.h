#pragma once

#include "views/cortex/SurfaceReader.h"
#include "views/scene/CortexMap.h"
#include "views/state/ScoreData.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace brainlike {

/// Brings what the cortex needs for a selection from the disk, on pool threads: the template's surface, the map, and
/// the range of the whole study. While one map is being read, only the latest wish waits.
class CortexReader : public QObject {
    Q_OBJECT
public:
    explicit CortexReader(ScoreData& data, QObject* parent = nullptr);

    /// Forgets everything of the source before.
    void restart(const Selection& selection);
    void wantSurface(const Selection& selection);
    void wantMap(const Selection& selection);
    /// New scores may be there: reads again what was not complete.
    void noteArrival(const Selection& selection);

    [[nodiscard]] const std::shared_ptr<const CortexGeometry>& geometry() const { return m_surfaces.geometry(); }
    /// Nothing if not computed, or not read yet.
    [[nodiscard]] const std::optional<CortexMap>& map() const { return m_reading.map; }
    /// What the map's colours are worked out from; nothing as long as nothing is computed.
    [[nodiscard]] const std::optional<MapBasis>& basis() const { return m_reading.basis; }
    /// The selection that `map` belongs to; nothing before the first map was read.
    [[nodiscard]] const std::optional<Selection>& mapSelection() const { return m_mapSelection; }

Q_SIGNALS:
    void geometryRead();
    void mapRead();
    /// The surface or the map could not be read.
    void failed(const brainlike::ErrorDetails& error);

private:
    struct Reading {
        std::optional<CortexMap> map;
        std::optional<MapBasis> basis;
        bool wasComplete = false;
    };
    /// Ranges that hold for all checkpoints, by what they are of.
    using Ranges = std::map<std::string, ColorRange>;
    static Reading read(const ScoreSource& source, const Selection& selection, const Ranges& known);
    void startReading(const Selection& selection);
    void takeReading(const Selection& selection, JobOutcome<Reading> outcome);

    ScoreData& m_data;
    SurfaceReader m_surfaces;
    Reading m_reading;
    Ranges m_ranges; ///< read from complete scores
    std::optional<Selection> m_mapSelection;
    std::optional<Selection> m_waiting;
    bool m_isReading = false;
    JobHandle m_mapJob;
};

} // namespace brainlike
