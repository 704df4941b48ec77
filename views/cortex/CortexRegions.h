#pragma once

#include "core/surface/Geodesic.h"
#include "views/scene/CortexLines.h"
#include "views/scene/CortexView.h"
#include "views/state/OncePerTurn.h"
#include "views/state/ScoreData.h"

#include <QObject>
#include <QPainterPath>

#include <memory>
#include <optional>

namespace brainlike {

using SharedSearch = std::shared_ptr<const GeodesicSearch>;

/// What lines are made of; null where there is none.
struct LineWish {
    std::shared_ptr<const CortexGeometry> geometry;
    Selection selection;
    std::vector<std::vector<ContourBasis>> contours{1}; ///< of each of the maps beside each other, one at least
};

/// Areas, regions and lines for the cortex: reads the parcellation that a selection names and works lines out, on pool
/// threads. While lines are being made, only the latest wish waits.
class CortexRegions : public QObject {
    Q_OBJECT
public:
    explicit CortexRegions(ScoreData& data, QObject* parent = nullptr);

    /// Forgets everything of the source before.
    void restart(const Selection& selection);
    void wantParcellation(const Selection& selection);
    void wantLines(LineWish wish);

    /// The one that the selection names; null: the geometry's own.
    [[nodiscard]] const std::shared_ptr<const Parcellation>& parcellation() const { return m_parcellation; }
    [[nodiscard]] const Parcellation* parcellationOn(const CortexGeometry& geometry) const;
    /// The area of a vertex; null on the medial wall and without a parcellation.
    [[nodiscard]] const Area* areaOf(const CortexGeometry& geometry, VertexId vertex) const;
    /// Makes ready what `disc` needs, on a pool thread, so that the first stroke does not wait for it.
    void prepareDiscs(const std::shared_ptr<const CortexGeometry>& geometry);
    /// Vertices within a radius of a vertex along the surface in the head, mm.
    [[nodiscard]] std::vector<std::int32_t> disc(const std::shared_ptr<const CortexGeometry>& geometry, VertexId middle,
                                                 double radius);

Q_SIGNALS:
    void parcellationRead();
    /// @param lines  of each of the maps beside each other
    void linesMade(const std::vector<brainlike::CortexLines>& lines);
    void failed(const brainlike::ErrorDetails& error);

private:
    void start(LineWish wish);
    void take(const CortexGeometry& geometry, JobOutcome<std::vector<CortexLines>> outcome);

    ScoreData& m_data;
    std::shared_ptr<const Parcellation> m_parcellation;
    JobHandle m_parcellationJob, m_linesJob, m_searchesJob;
    bool m_isMaking = false;
    std::optional<LineWish> m_waiting;
    std::shared_ptr<const CortexGeometry> m_searched;
    std::array<SharedSearch, 2> m_searches;
};

/// Lines on the surface as they are seen, in logical pixels of the canvas.
[[nodiscard]] QPainterPath pathOnScreen(const CortexView& view, const SurfaceLines& lines, double ratio);

} // namespace brainlike
