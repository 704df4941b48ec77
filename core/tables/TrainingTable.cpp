#include "core/base/Undefined.h"
#include "core/scores/LogFit.h"
#include "core/tables/HalfTimeIntervals.h"
#include "core/tables/HalfTimeUnits.h"
#include "core/tables/ScoreCurves.h"
#include "core/tables/SubjectBootstrap.h"
#include "core/tables/TableMakers.h"

#include <cmath>
#include <span>
#include <utility>
#include <vector>

namespace brainlike {
namespace {

std::span<const double> curveOf(const ScoreCurves& curves, std::size_t set) {
    return {curves.values.row(static_cast<Eigen::Index>(set)).data(), static_cast<std::size_t>(curves.values.cols())};
}

std::vector<CurveMetric> metricsOf(const TableScope& scope) {
    std::vector<CurveMetric> metrics;
    for (const auto kind : scope.kinds()) {
        metrics.push_back(kind == RecordingKind::Fmri ? CurveMetric::EncodingFmri : CurveMetric::EncodingMeg);
        if (scope.level() == TableLevel::Model)
            metrics.push_back(kind == RecordingKind::Fmri ? CurveMetric::Spatial : CurveMetric::Temporal);
    }
    return metrics;
}

nlohmann::json halfTimeBootstrap(const TableScope& scope) {
    auto options = bootstrapOptions(scope);
    for (const auto metric : metricsOf(scope))
        if (const auto reason = reasonWithoutInterval(scope, metric); !reason.empty())
            options["no_interval"][std::string(nameOf(metric))] = reason;
    return options;
}

/// Intervals with resamples beyond the checkpoints: their shares, and which ends are there.
nlohmann::json censoredIntervals(const TableScope& scope, const std::vector<std::pair<int, MetricHalfTimes>>& all) {
    auto list = nlohmann::json::array();
    for (const auto& [model, found] : all)
        for (std::size_t set = 0; set < found.intervals.size(); ++set) {
            const BootstrapInterval& interval = found.intervals[set];
            if (interval.below + interval.above == 0)
                continue;
            const double resamples = interval.defined;
            list.push_back({{"model", scope.model(model).id},
                            {"metric", nameOf(found.metric)},
                            {"id", found.ids[set]},
                            {"share_at_or_before_first", interval.below / resamples},
                            {"share_not_reached", interval.above / resamples},
                            {"low_censored", std::isinf(interval.low)},
                            {"high_censored", std::isinf(interval.high)}});
        }
    return list;
}

void sendHalfTimes(const TableScope& scope, TableSink& sink, int model, const MetricHalfTimes& found) {
    const auto& scored = scope.model(model);
    for (std::size_t set = 0; set < found.ids.size(); ++set) {
        const HalfTime& half = found.halfTimes[set];
        const double images = half.step * scored.batchSize.value_or(undefined);
        const bool hasInterval = half.status == HalfTimeStatus::Ok && !found.intervals.empty();
        sink.add({scored.id, std::string(nameOf(found.metric)), found.ids[set], half.step,
                  std::string(nameOf(half.status)), half.share, images,
                  hasInterval ? TableCell(found.intervals[set].low) : TableCell(),
                  hasInterval ? TableCell(found.intervals[set].high) : TableCell()});
    }
}

void sendFits(const TableScope& scope, TableSink& sink, int model, const ScoreCurves& curves) {
    const auto& scored = scope.model(model);
    for (std::size_t set = 0; set < curves.ids.size(); ++set) {
        const auto fit = logFit(scored.steps, curveOf(curves, set));
        sink.add({scored.id, std::string(nameOf(curves.metric)), curves.ids[set], fit.intercept, fit.slope, fit.r2,
                  std::int64_t{fit.n}});
    }
}

Table trainingHead(const TableScope& scope, std::vector<TableColumn> more) {
    auto columns = commonColumns({"model", "metric", "id"});
    columns.insert(columns.end(), more.begin(), more.end());
    Table head = scope.head(std::move(columns));
    head.options["layer"] = scope.request().layer.value_or("best");
    return head;
}

} // namespace

void sendHalfTime(const TableScope& scope, TableSink& sink, JobContext& job) {
    auto head =
        trainingHead(scope, {{"half_time", "steps", "training step at which half of the final value is first reached"},
                             {"status", "",
                              "ok; at-or-before-first: half is reached at the first checkpoint already; "
                              "final-not-positive: the last value is not above 0, or missing"},
                             {"share", "", "half_time as a share of the last checkpoint's step"},
                             {"images", "images", "images seen by then: half_time times the batch size"},
                             {"ci_low", "steps",
                              "lower end of the bootstrap interval over subjects; empty where there is none, or it is "
                              "at or before the first checkpoint (options: bootstrap, censored)"},
                             {"ci_high", "steps", "upper end of it; empty where it is not reached, likewise"}});
    head.options["interpolation"] = "linear in log10(step), right after step 0 in step";
    head.options["bootstrap"] = halfTimeBootstrap(scope);
    std::vector<std::pair<int, MetricHalfTimes>> all;
    for (const int model : scope.models())
        for (auto& found : metricHalfTimes(scope, model, job))
            all.emplace_back(model, std::move(found));
    head.options["bootstrap"]["censored"] = censoredIntervals(scope, all);
    sink.begin(head);
    for (const auto& [model, found] : all)
        sendHalfTimes(scope, sink, model, found);
    sink.end();
}

void sendLogFit(const TableScope& scope, TableSink& sink, JobContext& job) {
    sink.begin(trainingHead(scope, {{"intercept", "", "a of score = a + b log10(step), over the steps after 0"},
                                    {"slope", "", "b: score gained with ten times as many steps"},
                                    {"r2", "", "share of the variance of the score that the fit explains"},
                                    {"n", "", "number of checkpoints"}}));
    for (const int model : scope.models())
        for (const auto& curves : scoreCurves(scope, model, job))
            sendFits(scope, sink, model, curves);
    sink.end();
}

} // namespace brainlike
