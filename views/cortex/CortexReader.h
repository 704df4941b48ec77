#pragma once

#include "views/cortex/SurfaceReader.h"
#include "views/scene/MapComparison.h"
#include "views/state/ScoreData.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace brainlike {

/// Brings what the cortex needs for a selection from the disk, on pool threads: the template's surface, the maps of the
/// stack, and the ranges of the whole study. While maps are being read, only the latest wish waits; maps that were read
/// already stay.
class CortexReader : public QObject {
    Q_OBJECT
public:
    explicit CortexReader(ScoreData& data, QObject* parent = nullptr);

    /// The maps of the second selection are not those of the first: they have to be read.
    [[nodiscard]] static bool isAnotherRead(const Selection& before, const Selection& after);

    /// Forgets everything of the source before.
    void restart(const Selection& selection);
    void wantSurface(const Selection& selection);
    void wantMap(const Selection& selection);
    /// New scores may be there: reads again what was not complete.
    void noteArrival(const Selection& selection);

    [[nodiscard]] const std::shared_ptr<const CortexGeometry>& geometry() const { return m_surfaces.geometry(); }
    /// The first map; null if not computed, or not read yet.
    [[nodiscard]] std::shared_ptr<const CortexMap> map() const;
    /// All maps as they were read, lowest first, of A, B and A − B; empty before the first were. Without a comparison
    /// there is A alone.
    [[nodiscard]] const ComparedReadings& columns() const { return m_reading.columns; }
    /// Maps are being read.
    [[nodiscard]] bool isReading() const { return m_isReading; }
    /// The selection that the maps belong to; nothing before the first were read.
    [[nodiscard]] const std::optional<Selection>& mapSelection() const { return m_mapSelection; }

Q_SIGNALS:
    void geometryRead();
    void mapRead();
    /// The surface wished for could not be read; the one before stays.
    void surfaceFailed(const brainlike::ErrorDetails& error);
    /// The maps could not be read.
    void mapFailed(const brainlike::ErrorDetails& error);

private:
    /// Ranges that hold for all checkpoints, by what they are of.
    using Ranges = std::map<std::string, ColorRange>;
    struct Reading {
        ComparedReadings columns;
        std::map<std::string, StackReading> known; ///< all of them, by what each was read for
        Ranges ranges;
        bool wasComplete = false;
    };
    static StackReading readMap(const ScoreSource& source, int id, const Selection& selection, Ranges& ranges);
    /// @param before  what need not be read again
    static Reading read(const ScoreSource& source, const Selection& selection, const Reading& before);
    void startReading(const Selection& selection);
    void takeReading(const Selection& selection, JobOutcome<Reading> outcome);

    ScoreData& m_data;
    SurfaceReader m_surfaces;
    Reading m_reading;
    std::optional<Selection> m_mapSelection;
    std::optional<Selection> m_waiting;
    bool m_isReading = false;
    JobHandle m_mapJob;
};

} // namespace brainlike
