#include "core/tables/PropertyUnits.h"

#include "core/base/Undefined.h"

#include <algorithm>
#include <unordered_map>

namespace brainlike {
namespace {

constexpr auto unitKind = RecordingKind::Fmri;

bool isOf(const std::string& id, Hemisphere hemisphere) {
    return id.starts_with(std::string(shortName(hemisphere)) + ":");
}

RowMatrix<float> pointsOfSets(const Mesh& sphere, const DimensionGroups& sets, std::size_t first, std::size_t count,
                              int offset) {
    RowMatrix<float> points(static_cast<Eigen::Index>(count), 3);
    std::vector<int> labels(static_cast<std::size_t>(sphere.vertexCount()), -1);
    for (std::size_t set = 0; set < count; ++set) {
        // One at a time: ROIs may share vertices.
        const auto& members = sets.members[first + set];
        for (const int member : members)
            labels[static_cast<std::size_t>(member - offset)] = 0;
        points.row(static_cast<Eigen::Index>(set)) = sphereCentroids(sphere.points, labels, 1).row(0);
        for (const int member : members)
            labels[static_cast<std::size_t>(member - offset)] = -1;
    }
    return points;
}

} // namespace

PropertyUnits::PropertyUnits(const TableScope& scope) : m_scope(scope), m_counts(scope.index().vertexCounts) {
    if (scope.level() == TableLevel::Vertex) {
        m_count = static_cast<std::size_t>(m_counts.total());
        m_left = static_cast<std::size_t>(m_counts.left);
        return;
    }
    const auto& areas = scope.sets().of(unitKind, TableLevel::Area);
    for (const Hemisphere hemisphere : hemispheres) {
        addSide(scope.sets().of(unitKind, scope.level()), hemisphere, true);
        if (scope.level() == TableLevel::Roi)
            addAreasBeside(areas, hemisphere);
        if (hemisphere == Hemisphere::Left)
            m_left = m_sets.size();
    }
    m_count = m_sets.size();
}

void PropertyUnits::addSide(const DimensionGroups& sets, Hemisphere hemisphere, bool isObserved) {
    for (std::size_t set = 0; set < sets.size(); ++set)
        if (isOf(sets.ids[set], hemisphere)) {
            m_sets.ids.push_back(sets.ids[set]);
            m_sets.members.push_back(sets.members[set]);
            m_isObserved.push_back(isObserved);
        }
}

void PropertyUnits::addAreasBeside(const DimensionGroups& areas, Hemisphere hemisphere) {
    std::vector<bool> isTaken(static_cast<std::size_t>(m_counts.total()), false);
    for (const auto& members : m_sets.members)
        for (const int member : members)
            isTaken[static_cast<std::size_t>(member)] = true;
    DimensionGroups beside;
    for (std::size_t area = 0; area < areas.size(); ++area)
        if (std::none_of(areas.members[area].begin(), areas.members[area].end(),
                         [&](int member) { return isTaken[static_cast<std::size_t>(member)]; })) {
            beside.ids.push_back(areas.ids[area]);
            beside.members.push_back(areas.members[area]);
        }
    addSide(beside, hemisphere, false);
}

Hemisphere PropertyUnits::hemisphere(std::size_t unit) const {
    return unit < m_left ? Hemisphere::Left : Hemisphere::Right;
}

std::vector<double> PropertyUnits::means(std::span<const double> vertexValues) const {
    return m_sets.ids.empty() ? std::vector(vertexValues.begin(), vertexValues.end())
                              : encodingScores(vertexValues, m_sets);
}

std::vector<double> PropertyUnits::byId(const std::vector<std::string>& ids, std::span<const double> values) const {
    if (m_sets.ids.empty())
        return {values.begin(), values.end()};
    std::unordered_map<std::string, double> valueOf;
    for (std::size_t index = 0; index < ids.size(); ++index)
        valueOf.emplace(ids[index], values[index]);
    std::vector<double> result(m_count, undefined);
    for (std::size_t unit = 0; unit < m_count; ++unit)
        if (const auto found = valueOf.find(m_sets.ids[unit]); found != valueOf.end() && m_isObserved[unit])
            result[unit] = found->second;
    return result;
}

SpinPoints PropertyUnits::points(std::array<bool, 2> isWanted) const {
    SpinPoints points;
    for (const Hemisphere hemisphere : hemispheres) {
        if (!isWanted[indexOf(hemisphere)])
            continue;
        const Mesh sphere = m_scope.sets().brain().readSurface(hemisphere, SurfaceKind::Sphere);
        const bool isLeft = hemisphere == Hemisphere::Left;
        (isLeft ? points.left : points.right) =
            m_sets.ids.empty() ? sphere.points
                               : pointsOfSets(sphere, m_sets, isLeft ? 0 : m_left, isLeft ? m_left : m_count - m_left,
                                              m_counts.offset(hemisphere));
    }
    return points;
}

std::vector<double> PropertyUnits::only(std::array<bool, 2> isWanted, std::span<const double> values) const {
    std::vector<double> kept;
    for (std::size_t unit = 0; unit < m_count; ++unit)
        if (isWanted[indexOf(hemisphere(unit))])
            kept.push_back(values[unit]);
    return kept;
}

} // namespace brainlike
