#include "core/tables/ScoreSets.h"

#include "core/base/Error.h"
#include "core/roi/Parcellations.h"
#include "core/study/StudyFromJson.h"
#include "core/surface/Geometry.h"
#include "core/templates/TemplateFinder.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace brainlike {
namespace {

void append(DimensionGroups& all, DimensionGroups more) {
    std::move(more.ids.begin(), more.ids.end(), std::back_inserter(all.ids));
    std::move(more.members.begin(), more.members.end(), std::back_inserter(all.members));
}

/// An ROI in both hemispheres as one set.
DimensionGroups united(const std::string& name, const DimensionGroups& sides) {
    DimensionGroups both{{name}, {{}}};
    for (const auto& members : sides.members)
        both.members[0].insert(both.members[0].end(), members.begin(), members.end());
    return both;
}

void requireDistances(const AreaDistances& distances) {
    if (!distances.reason.empty())
        throw NotFoundError({.what = "There are no distances to V1", .found = distances.reason});
}

} // namespace

const Study& ScoreSets::definitions() const {
    if (!m_definitions)
        m_definitions = studyFromJson(m_scores.study(), m_scores.path());
    return *m_definitions;
}

const Template& ScoreSets::brain() const {
    if (m_brain)
        return *m_brain;
    auto found = TemplateFinder().find(m_scores.index().templateName);
    const auto expected = m_scores.index().vertexCounts;
    if (const auto counts = found.vertexCounts(); !(counts == expected))
        throw ShapeError(
            {.what = "The template does not fit the scores",
             .file = found.folder().string(),
             .place = found.name(),
             .expected = std::to_string(expected.left) + " + " + std::to_string(expected.right) + " vertices",
             .found = std::to_string(counts.left) + " + " + std::to_string(counts.right)});
    m_brain = std::move(found);
    return *m_brain;
}

const Parcellation& ScoreSets::parcellation() const {
    if (m_choice.parcellation.empty())
        return ownParcellation();
    const ScoreSource& source = m_choice.labels ? *m_choice.labels : static_cast<const ScoreSource&>(m_scores);
    if (!m_parcellation)
        m_parcellation = readParcellation(source, m_choice.parcellation);
    return *m_parcellation;
}

const Parcellation& ScoreSets::ownParcellation() const {
    if (!m_ownParcellation)
        m_ownParcellation = brain().readParcellation();
    if (!m_ownParcellation)
        throw NotFoundError({.what = "The template has no parcellation, so there are no areas",
                             .file = brain().folder().string(),
                             .expected = "the labels of HCP-MMP1 beside the template " + brain().name(),
                             .advice = "./run fetches them; other levels need none"});
    return *m_ownParcellation;
}

std::array<Mesh, 2> ScoreSets::pial() const {
    return {brain().readSurface(Hemisphere::Left, SurfaceKind::Pial),
            brain().readSurface(Hemisphere::Right, SurfaceKind::Pial)};
}

DimensionGroups ScoreSets::wholeOf(RecordingKind kind) const {
    std::vector<int> members(static_cast<std::size_t>(m_scores.dimensionCount(kind)));
    std::iota(members.begin(), members.end(), 0);
    return {{"all"}, {std::move(members)}};
}

DimensionGroups ScoreSets::windows() const {
    DimensionGroups sets;
    const auto& index = m_scores.index();
    for (const auto& window : windowDefinitions()) {
        sets.ids.push_back(window.name);
        sets.members.push_back(
            windowDimensions(static_cast<int>(index.channelNames.size()), index.times, window.start, window.end));
    }
    return sets;
}

const ScoreSets::Rois& ScoreSets::rois() const {
    if (!m_rois)
        m_rois = m_choice.rois ? chosenRois() : definedRois();
    return *m_rois;
}

/// Regions of vertices, as far as the scores have these.
ScoreSets::Rois ScoreSets::chosenRois() const {
    const VertexCounts counts = m_scores.index().vertexCounts;
    Rois rois;
    for (const Roi& roi : (*m_choice.rois)->rois) {
        DimensionGroups sides;
        for (const Hemisphere hemisphere : hemispheres) {
            std::vector<int> members;
            for (const auto vertex : roi.of(hemisphere))
                if (vertex < counts.of(hemisphere))
                    members.push_back(counts.flatIndex({hemisphere, vertex}));
            if (!members.empty())
                append(sides, {{std::string(shortName(hemisphere)) + ":" + roi.name}, {std::move(members)}});
        }
        if (sides.size() == 0) {
            rois.leftOut.push_back(roi.name);
            continue;
        }
        append(rois.both, united(roi.name, sides));
        append(rois.both, sides);
        append(rois.sides, std::move(sides));
    }
    if (rois.sides.size() == 0)
        throw NotFoundError({.what = "There are no regions of interest of yours on this surface",
                             .expected = "regions with vertices",
                             .found = std::to_string(rois.leftOut.size()) + " without",
                             .advice = "paint one, or make one of chosen areas, in the panel of areas"});
    return rois;
}

ScoreSets::Rois ScoreSets::definedRois() const {
    const bool isGiven = m_scores.study().contains("rois");
    Rois rois;
    for (const auto& definition : roiDefinitions()) {
        try {
            auto sides = roiGroups(ownParcellation(), m_scores.index().vertexCounts, definition.name, definition.areas);
            append(rois.both, united(definition.name, sides));
            append(rois.both, sides);
            append(rois.sides, std::move(sides));
        } catch (const NotFoundError&) {
            if (isGiven)
                throw;
            rois.leftOut.push_back(definition.name);
        }
    }
    if (rois.sides.size() == 0)
        throw NotFoundError({.what = "The parcellation " + ownParcellation().name + " has none of the default ROIs",
                             .file = brain().folder().string(),
                             .advice = "name ROIs by this parcellation's areas in the study file"});
    return rois;
}

const std::vector<std::string>& ScoreSets::roisLeftOut() const {
    return rois().leftOut;
}

const DimensionGroups& ScoreSets::of(RecordingKind kind, TableLevel level) const {
    if (level == TableLevel::Roi)
        return rois().both;
    if (level == TableLevel::Area) {
        if (!m_areaSets)
            m_areaSets = areaGroups(parcellation(), m_scores.index().vertexCounts);
        return *m_areaSets;
    }
    if (level == TableLevel::Window) {
        if (!m_windows)
            m_windows = windows();
        return *m_windows;
    }
    auto& whole = m_whole[kind == RecordingKind::Fmri ? 0 : 1];
    if (!whole)
        whole = wholeOf(kind);
    return *whole;
}

const AreaDistances& ScoreSets::areas() const {
    if (!m_areas)
        m_areas =
            m_choice.parcellation.empty()
                ? areaDistances(ownParcellation(), pial())
                : setDistances(areaGroups(parcellation(), m_scores.index().vertexCounts), ownParcellation(), pial());
    requireDistances(*m_areas);
    return *m_areas;
}

const AreaDistances& ScoreSets::hemisphereRois() const {
    if (!m_hemisphereRois)
        m_hemisphereRois = setDistances(rois().sides, ownParcellation(), pial());
    requireDistances(*m_hemisphereRois);
    return *m_hemisphereRois;
}

std::vector<std::string> ScoreSets::areasOf(TableLevel level, const std::string& id) const {
    const bool hasSide = id.starts_with("lh:") || id.starts_with("rh:");
    const std::string name = hasSide ? id.substr(3) : id;
    if (level == TableLevel::Area)
        return {name};
    if (level != TableLevel::Roi || m_choice.rois)
        return {};
    const auto found = std::ranges::find(roiDefinitions(), name, &RoiDefinition::name);
    return found == roiDefinitions().end() ? std::vector<std::string>() : found->areas;
}

VertexId ScoreSets::centreOf(const std::vector<int>& members) const {
    const VertexCounts counts = m_scores.index().vertexCounts;
    const Hemisphere side = counts.vertexAt(members.front()).hemisphere;
    auto& sphere = m_spheres[indexOf(side)];
    if (!sphere)
        sphere = brain().readSurface(side, brain().has(SurfaceKind::Sphere) ? SurfaceKind::Sphere : SurfaceKind::Pial);
    const auto inside = [&](int member) { return counts.vertexAt(member).hemisphere == side; };
    const auto placeOf = [&](int member) {
        return Eigen::RowVector3d(sphere->points.row(member - counts.offset(side)).cast<double>());
    };
    Eigen::RowVector3d middle = Eigen::RowVector3d::Zero();
    double count = 0;
    for (const int member : members)
        if (inside(member)) {
            middle += placeOf(member);
            ++count;
        }
    middle /= count;
    int nearest = members.front();
    for (const int member : members)
        if (inside(member) && (placeOf(member) - middle).norm() < (placeOf(nearest) - middle).norm())
            nearest = member;
    return counts.vertexAt(nearest);
}

const std::vector<double>& ScoreSets::vertexDistances() const {
    if (m_vertexDistances)
        return *m_vertexDistances;
    (void)areas(); // without V1 there are none
    const auto meshes = pial();
    std::vector<double> distances;
    for (const auto hemisphere : hemispheres) {
        const auto side = brainlike::vertexDistances(meshes[indexOf(hemisphere)], ownParcellation().side(hemisphere));
        distances.insert(distances.end(), side.begin(), side.end());
    }
    m_vertexDistances = std::move(distances);
    return *m_vertexDistances;
}

DimensionGroups timeGroups(const ScoreIndex& index) {
    DimensionGroups sets;
    const auto times = static_cast<int>(index.times.size());
    for (int time = 0; time < times; ++time) {
        sets.ids.push_back(std::to_string(time));
        sets.members.emplace_back();
        for (int channel = 0; channel < static_cast<int>(index.channelNames.size()); ++channel)
            sets.members.back().push_back(channel * times + time);
    }
    return sets;
}

std::string vertexId(VertexCounts counts, int flat) {
    const auto vertex = counts.vertexAt(flat);
    return std::string(shortName(vertex.hemisphere)) + ":" + std::to_string(vertex.index);
}

} // namespace brainlike
