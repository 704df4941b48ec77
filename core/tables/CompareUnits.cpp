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

/// Why two sides cannot be compared at a unit; empty: they can.
std::string obstacle(const ScoreFile& scores, CompareUnit unit, const CompareSide& a, const CompareSide& b) {
    const RecordingKind kind = kindOfUnit(scores, unit);
    if (!hasKind(scores, kind))
        return kind == RecordingKind::Meg ? "no MEG in these scores" : "no fMRI in these scores";
    const bool areSubjects = a.subject != b.subject;
    if (areSubjects && unit == CompareUnit::Subjects)
        return "A and B are of subjects, so subjects cannot be the pairs";
    if (areSubjects && unit == CompareUnit::Windows)
        return "A and B are of fMRI recordings, which have no MEG windows";
    return {};
}

TableScope scopeFor(const ScoreFile& scores, const CompareSide& side, RecordingKind kind, bool isOfAll) {
    TableRequest request{.what = "compare"};
    request.layer = side.layer;
    if (!isOfAll && kind == RecordingKind::Fmri)
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
                                         const CompareSide& a, const CompareSide& b, const JobContext& job) {
    std::vector<SideComparison> compared;
    for (const CompareUnit unit : units) {
        job.throwIfCancelled();
        SideComparison& side = compared.emplace_back();
        side.unit = unit;
        side.missing = obstacle(scores, unit, a, b);
        if (!side.missing.empty())
            continue;
        try {
            const RecordingKind kind = kindOfUnit(scores, unit);
            const bool isOfAll = unit == CompareUnit::Subjects;
            const TableScope scopeA = scopeFor(scores, a, kind, isOfAll);
            const TableScope scopeB = scopeFor(scores, b, kind, isOfAll);
            side.metric = comparedMetric(scopeA, unit);
            side.ids = unitIds(scopeA, unit);
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
