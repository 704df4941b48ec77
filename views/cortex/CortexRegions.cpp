#include "views/cortex/CortexRegions.h"

#include "core/roi/Parcellations.h"
#include "views/scene/VisibleLines.h"

#include <algorithm>
#include <utility>

namespace brainlike {
namespace {

/// Pixels between the places of an outline that follows the pointer where it is asked what hides it.
constexpr double testedSpacing = 4;

bool hasSameFaces(const CortexGeometry& a, const CortexGeometry& b) {
    return a.templateName == b.templateName && a.counts == b.counts &&
           a.sides[0].mesh.faces.rows() == b.sides[0].mesh.faces.rows();
}

/// Lines of each map; without contours they are the same.
std::vector<CortexLines> linesOf(const LineWish& wish, const Parcellation* parcellation) {
    std::vector<CortexLines> lines;
    for (std::size_t part = 0; part < wish.contours.size(); ++part) {
        const bool isAsBefore = part > 0 && wish.contours[part].empty() && wish.contours[part - 1].empty();
        lines.push_back(isAsBefore ? lines.back()
                                   : cortexLines(*wish.geometry, parcellation, wish.selection, wish.contours[part]));
    }
    return lines;
}

SharedSearch searchOn(const CortexSide& side) {
    const bool isKnown = side.head.rows() == side.mesh.points.rows();
    return std::make_shared<const GeodesicSearch>(isKnown ? side.head : side.mesh.points, side.mesh.faces);
}

} // namespace

CortexRegions::CortexRegions(ScoreData& data, QObject* parent) : QObject(parent), m_data(data) {}

void CortexRegions::restart(const Selection& selection) {
    m_linesJob.cancel();
    m_isMaking = false;
    m_waiting.reset();
    m_searchesJob.cancel();
    m_searched = nullptr;
    m_searches = {};
    m_parcellation = nullptr;
    wantParcellation(selection);
}

void CortexRegions::wantParcellation(const Selection& selection) {
    using Read = std::shared_ptr<const Parcellation>;
    const std::string name = selection.regions.parcellation;
    if (name.empty()) {
        m_parcellationJob.cancel();
        m_parcellation = nullptr;
        Q_EMIT parcellationRead();
        return;
    }
    const auto refuse = [this](const ErrorDetails& error) {
        m_parcellation = nullptr;
        Q_EMIT failed(error);
        Q_EMIT parcellationRead();
    };
    m_parcellationJob = m_data.runner().run<Read>(
        this,
        [source = m_data.source(), name](JobContext&) { return source ? readParcellation(*source, name) : nullptr; },
        [this, refuse](JobOutcome<Read> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                return refuse(*error);
            m_parcellation = std::get<Read>(std::move(outcome));
            Q_EMIT parcellationRead();
        });
}

const Parcellation* CortexRegions::parcellationOn(const CortexGeometry& geometry) const {
    const auto fits = [&](Hemisphere hemisphere) {
        return static_cast<int>(m_parcellation->side(hemisphere).labels.size()) == geometry.counts.of(hemisphere);
    };
    if (m_parcellation && std::all_of(hemispheres.begin(), hemispheres.end(), fits))
        return m_parcellation.get();
    return geometry.parcellation ? &*geometry.parcellation : nullptr;
}

const Area* CortexRegions::areaOf(const CortexGeometry& geometry, VertexId vertex) const {
    const Parcellation* parcellation = parcellationOn(geometry);
    return parcellation != nullptr ? parcellation->areaOf(vertex) : nullptr;
}

void CortexRegions::wantLines(LineWish wish) {
    if (m_isMaking)
        m_waiting = std::move(wish);
    else
        start(std::move(wish));
}

void CortexRegions::start(LineWish wish) {
    m_isMaking = true;
    const auto geometry = wish.geometry;
    m_linesJob = m_data.runner().run<std::vector<CortexLines>>(
        this,
        [wish = std::move(wish), parcellation = m_parcellation](JobContext&) {
            return linesOf(wish, parcellation.get());
        },
        [this, geometry](JobOutcome<std::vector<CortexLines>> outcome) { take(*geometry, std::move(outcome)); });
}

void CortexRegions::take(const CortexGeometry& geometry, JobOutcome<std::vector<CortexLines>> outcome) {
    m_isMaking = false;
    // Lines for a surface with other faces than the one that is shown by now would not fit.
    const bool fits = !m_waiting || hasSameFaces(*m_waiting->geometry, geometry);
    if (m_waiting)
        start(*std::exchange(m_waiting, std::nullopt));
    if (const auto* error = std::get_if<ErrorDetails>(&outcome))
        Q_EMIT failed(*error);
    else if (fits)
        Q_EMIT linesMade(std::get<std::vector<CortexLines>>(outcome));
}

void CortexRegions::prepareDiscs(const std::shared_ptr<const CortexGeometry>& geometry) {
    if (m_searched && hasSameFaces(*m_searched, *geometry) && m_searches[0] && m_searches[1])
        return;
    using Searches = std::array<SharedSearch, 2>;
    m_searchesJob = m_data.runner().run<Searches>(
        this,
        [geometry](JobContext&) {
            return Searches{searchOn(geometry->sides[0]), searchOn(geometry->sides[1])};
        },
        [this, geometry](JobOutcome<Searches> outcome) {
            auto* searches = std::get_if<Searches>(&outcome);
            if (searches == nullptr)
                return;
            m_searches = std::move(*searches);
            m_searched = geometry;
        });
}

std::vector<std::int32_t> CortexRegions::disc(const std::shared_ptr<const CortexGeometry>& geometry, VertexId middle,
                                              double radius) {
    if (!m_searched || !hasSameFaces(*m_searched, *geometry))
        m_searches = {};
    m_searched = geometry;
    auto& search = m_searches[indexOf(middle.hemisphere)];
    if (!search)
        search = searchOn(geometry->side(middle.hemisphere));
    std::vector<std::int32_t> vertices;
    for (const ReachedVertex& reached : search->within(middle.index, radius))
        vertices.push_back(reached.vertex);
    std::sort(vertices.begin(), vertices.end());
    return vertices;
}

QPainterPath pathOnScreen(const CortexView& view, const SurfaceLines& lines, double ratio) {
    QPainterPath path;
    if (!view.geometry())
        return path;
    for (const Hemisphere hemisphere : hemispheres) {
        const CortexSide& side = view.geometry()->side(hemisphere);
        const auto places = placesOf(lines.points[indexOf(hemisphere)], side.mesh, side.normals, outlineLift);
        for (const auto& chain : visibleLines(view, hemisphere, places, {}, testedSpacing * ratio)) {
            path.moveTo(chain.front().x / ratio, chain.front().y / ratio);
            for (std::size_t point = 1; point < chain.size(); ++point)
                path.lineTo(chain[point].x / ratio, chain[point].y / ratio);
        }
    }
    return path;
}

} // namespace brainlike
