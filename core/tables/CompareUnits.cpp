#include "core/tables/CompareUnits.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/scores/SpatialScore.h"
#include "core/scores/TemporalScore.h"
#include "core/tables/ScoreCurves.h"

#include <algorithm>

namespace brainlike {
namespace {

/// One subject's own score at a checkpoint.
double ownScore(const TableScope& scope, CurveMetric metric, int model, int step, int recording) {
    const auto scores = scope.scores().layers(kindOf(metric), model, step, recording);
    const auto& depths = scope.model(model).layerDepths;
    if (metric == CurveMetric::Spatial) {
        const auto& areas = scope.sets().areas();
        return spatialScore(scores, areas.areas, depths, areas.distances).r;
    }
    if (metric == CurveMetric::Temporal) {
        const auto& times = scope.index().times;
        return temporalScore(depths, timesOfMaximum(channelMeans(scores, static_cast<int>(times.size())), times)).r;
    }
    return finiteMean(std::span<const double>(dimensionScores(scores, scope.layers(model).front().options)));
}

TableLevel levelOf(CompareUnit unit) {
    switch (unit) {
    case CompareUnit::Rois:
        return TableLevel::Roi;
    case CompareUnit::Areas:
        return TableLevel::Area;
    case CompareUnit::Windows:
        return TableLevel::Window;
    default:
        return TableLevel::Vertex;
    }
}

/// The sets that are units: of ROIs, those over both hemispheres.
DimensionGroups unitSets(const TableScope& scope, RecordingKind kind, CompareUnit unit) {
    const auto& sets = scope.sets().of(kind, levelOf(unit));
    if (unit != CompareUnit::Rois)
        return sets;
    DimensionGroups both;
    for (std::size_t set = 0; set < sets.size(); ++set)
        if (!sets.ids[set].starts_with("lh:") && !sets.ids[set].starts_with("rh:")) {
            both.ids.push_back(sets.ids[set]);
            both.members.push_back(sets.members[set]);
        }
    return both;
}

bool hasKind(const ScoreFile& scores, RecordingKind kind) {
    return !scores.recordings(kind).empty();
}

RecordingKind kindOfUnit(const ScoreFile& scores, CompareUnit unit) {
    if (unit == CompareUnit::Windows)
        return RecordingKind::Meg;
    return unit == CompareUnit::Subjects && !hasKind(scores, RecordingKind::Fmri) ? RecordingKind::Meg
                                                                                  : RecordingKind::Fmri;
}

std::string unitsText(CompareUnit unit) {
    return unit == CompareUnit::Rois ? "ROIs" : std::string(nameOf(unit));
}

/// Why a score cannot be compared at a unit, whoever A and B are; empty: it can.
std::string obstacleOfMetric(CompareUnit unit, const CompareSide& a, const CompareSide& b, CurveMetric metric) {
    const bool isOrder = metric == CurveMetric::Spatial || metric == CurveMetric::Temporal;
    const std::string name = "the " + std::string(nameOf(metric)) + " score";
    if (isOrder && unit != CompareUnit::Subjects)
        return "each subject has one value of " + name + ", so only subjects can be the pairs";
    if (isOrder && a.layer != b.layer)
        return name + " is over all layers, and A and B differ in the layer";
    const bool isOfWindows = unit == CompareUnit::Windows;
    if (metric == CurveMetric::EncodingMeg && !isOfWindows && unit != CompareUnit::Subjects)
        return "MEG has no " + unitsText(unit);
    return metric == CurveMetric::EncodingFmri && isOfWindows ? "fMRI has no MEG windows" : "";
}

RecordingKind kindFor(const ScoreFile& scores, CompareUnit unit, std::optional<CurveMetric> metric) {
    return metric ? kindOf(*metric) : kindOfUnit(scores, unit);
}

/// Why two sides cannot be compared at a unit; empty: they can.
std::string obstacle(const ScoreFile& scores, CompareUnit unit, const CompareSide& a, const CompareSide& b,
                     std::optional<CurveMetric> metric) {
    const RecordingKind kind = kindFor(scores, unit, metric);
    if (!hasKind(scores, kind))
        return kind == RecordingKind::Meg ? "no MEG in these scores" : "no fMRI in these scores";
    const bool areSubjects = a.subject != b.subject;
    if (areSubjects && unit == CompareUnit::Subjects)
        return "A and B are of subjects, so subjects cannot be the pairs";
    return metric ? obstacleOfMetric(unit, a, b, *metric) : "";
}

ComparedUnit vertexUnit(const TableScope& scope, int vertex) {
    return {.areas = {}, .members = {vertex}, .centre = scope.index().vertexCounts.vertexAt(vertex)};
}

/// What is behind each unit; of subjects nothing.
std::vector<ComparedUnit> unitsOf(const TableScope& scope, CompareUnit unit, const std::vector<std::string>& ids) {
    std::vector<ComparedUnit> units(ids.size());
    if (unit == CompareUnit::Windows)
        for (std::size_t i = 0; i < units.size(); ++i) {
            const TimeWindow& window = scope.sets().windowDefinitions()[i];
            units[i].middle = (window.start + window.end) / 2;
        }
    if (unit == CompareUnit::Vertices)
        for (std::size_t i = 0; i < units.size(); ++i)
            units[i] = vertexUnit(scope, static_cast<int>(i));
    if (unit != CompareUnit::Rois && unit != CompareUnit::Areas)
        return units;
    const DimensionGroups sets = unitSets(scope, RecordingKind::Fmri, unit);
    for (std::size_t i = 0; i < units.size(); ++i) {
        units[i].areas = scope.sets().areasOf(levelOf(unit), ids[i]);
        units[i].members = sets.members[i];
        units[i].centre = scope.sets().centreOf(sets.members[i]);
    }
    return units;
}

TableScope scopeFor(const ScoreFile& scores, const CompareSide& side, const SetChoice& sets,
                    std::optional<CurveMetric> metric, RecordingKind kind, bool isOfAll) {
    TableRequest request{.what = "compare", .compare = {.metric = metric}, .sets = sets};
    request.layer = side.layer;
    if (!isOfAll)
        request.subject = side.subject;
    return {scores, request, TableLevel::None, {kind}};
}

} // namespace

CurveMetric comparedMetric(const TableScope& scope, CompareUnit unit) {
    const auto& choice = scope.request().compare;
    if (choice.metric)
        return *choice.metric;
    const bool isMeg = unit == CompareUnit::Windows || scope.kinds().front() == RecordingKind::Meg;
    return isMeg ? CurveMetric::EncodingMeg : CurveMetric::EncodingFmri;
}

std::vector<std::string> unitIds(const TableScope& scope, CompareUnit unit) {
    const RecordingKind kind = kindOf(comparedMetric(scope, unit));
    std::vector<std::string> ids;
    if (unit == CompareUnit::Subjects)
        for (const auto& recording : scope.scores().recordings(kind))
            ids.push_back(recording.subject);
    else if (unit == CompareUnit::Vertices)
        for (int vertex = 0; vertex < scope.index().vertexCounts.total(); ++vertex)
            ids.push_back(vertexId(scope.index().vertexCounts, vertex));
    else
        ids = unitSets(scope, kind, unit).ids;
    return ids;
}

std::vector<double> unitValues(const TableScope& scope, CompareUnit unit, int model, int step) {
    const auto metric = comparedMetric(scope, unit);
    const auto kind = kindOf(metric);
    if (unit == CompareUnit::Subjects) {
        std::vector<double> values;
        const auto count = static_cast<int>(scope.scores().recordings(kind).size());
        for (int recording = 0; recording < count; ++recording)
            values.push_back(ownScore(scope, metric, model, step, recording));
        return values;
    }
    auto values = dimensionScoresAt(scope, kind, model, step);
    return unit == CompareUnit::Vertices ? values : encodingScores(values, unitSets(scope, kind, unit));
}

PairedTest pairedTest(std::span<const double> a, std::span<const double> b) {
    PairedTest test{wilcoxonSignedRank(a, b)};
    std::vector<double> differences(a.size());
    std::ranges::transform(a, b, differences.begin(), std::minus<>());
    test.meanDifference = finiteMean(std::span<const double>(differences));
    return test;
}

std::vector<SideComparison> compareSides(const ScoreFile& scores, std::span<const CompareUnit> units,
                                         const CompareSide& a, const CompareSide& b, const SetChoice& sets,
                                         std::optional<CurveMetric> metric, const JobContext& job) {
    std::vector<SideComparison> compared;
    for (const CompareUnit unit : units) {
        job.throwIfCancelled();
        SideComparison& side = compared.emplace_back();
        side.unit = unit;
        side.missing = obstacle(scores, unit, a, b, metric);
        if (!side.missing.empty())
            continue;
        try {
            const RecordingKind kind = kindFor(scores, unit, metric);
            const bool isOfAll = unit == CompareUnit::Subjects;
            const TableScope scopeA = scopeFor(scores, a, sets, metric, kind, isOfAll);
            const TableScope scopeB = scopeFor(scores, b, sets, metric, kind, isOfAll);
            side.metric = comparedMetric(scopeA, unit);
            side.ids = unitIds(scopeA, unit);
            side.units = unitsOf(scopeA, unit, side.ids);
            side.a = unitValues(scopeA, unit, a.model, a.step);
            side.b = unitValues(scopeB, unit, b.model, b.step);
            side.test = pairedTest(side.a, side.b);
        } catch (const NotFoundError& error) {
            side.missing = messageOf(error.details());
        }
    }
    return compared;
}

} // namespace brainlike
