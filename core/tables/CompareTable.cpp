#include "core/base/Error.h"
#include "core/tables/CompareUnits.h"
#include "core/tables/TableMakers.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace brainlike {
namespace {

/// What is compared: the mean over some checkpoints (one, unless image types are compared).
struct Condition {
    std::string name;
    std::string model;                            ///< of its checkpoints; empty where they are of several
    std::vector<std::pair<int, int>> checkpoints; ///< model, step
    std::vector<double> values;                   ///< a unit
};

CurveMetric metricOf(const TableScope& scope) {
    return comparedMetric(scope, scope.request().compare.unit);
}

void requireRecordings(const TableScope& scope, RecordingKind kind) {
    const auto& kinds = scope.kinds();
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
        throw NotFoundError({.what = "The scores do not hold what is to be compared",
                             .file = scope.scores().path().string(),
                             .expected = std::string(nameOf(kind)) + " recordings",
                             .found = "none"});
}

/// Mean over the condition's checkpoints; NaN for a unit that one of them lacks.
std::vector<double> conditionValues(const TableScope& scope, const Condition& condition, JobContext& job) {
    std::vector<double> sums;
    for (const auto& [model, step] : condition.checkpoints) {
        job.throwIfCancelled();
        const auto values = unitValues(scope, scope.request().compare.unit, model, step);
        sums.resize(values.size());
        std::transform(values.begin(), values.end(), sums.begin(), sums.begin(), std::plus());
    }
    for (double& sum : sums)
        sum /= static_cast<double>(condition.checkpoints.size());
    return sums;
}

/// The step that models are compared at.
int comparedStep(const TableScope& scope, int model) {
    return scope.steps(model).back(); // the one that was asked for, else the last
}

bool isWanted(const TableScope& scope, int model) {
    const auto& wanted = scope.request().compare.models;
    return wanted.empty() || std::find(wanted.begin(), wanted.end(), scope.model(model).id) != wanted.end();
}

void checkModels(const TableScope& scope) {
    for (const auto& id : scope.request().compare.models) {
        std::string known;
        bool isThere = false;
        for (const auto& model : scope.index().models) {
            known += (known.empty() ? "" : ", ") + model.id;
            isThere = isThere || model.id == id;
        }
        if (!isThere)
            throw NotFoundError({.what = "The scores have no such model",
                                 .file = scope.scores().path().string(),
                                 .expected = "one of " + known,
                                 .found = id});
    }
}

std::vector<Condition> conditionsOf(const TableScope& scope) {
    const auto between = scope.request().compare.between;
    const bool isOneWithOthers = between == CompareBetween::Models && scope.request().compare.models.size() == 1;
    std::vector<Condition> conditions;
    for (const int model : scope.models()) {
        const auto& scored = scope.model(model);
        if (scope.layers(model).empty() || (!isWanted(scope, model) && !isOneWithOthers))
            continue;
        if (between == CompareBetween::Steps) {
            for (int step = 0; step < static_cast<int>(scored.steps.size()); ++step)
                conditions.push_back({scored.id + "@" + std::to_string(scored.steps[static_cast<std::size_t>(step)]),
                                      scored.id,
                                      {{model, step}}});
            continue;
        }
        const std::string name = between == CompareBetween::Models ? scored.id : scored.imageType;
        if (name.empty())
            continue; // of no known image type
        auto found = std::find_if(conditions.begin(), conditions.end(),
                                  [&](const Condition& condition) { return condition.name == name; });
        if (found == conditions.end())
            found = conditions.insert(found, Condition{.name = name});
        found->checkpoints.emplace_back(model, comparedStep(scope, model));
    }
    return conditions;
}

/// Pairs of conditions, first and second.
std::vector<std::pair<std::size_t, std::size_t>> pairsOf(const TableScope& scope,
                                                         const std::vector<Condition>& conditions) {
    const auto& choice = scope.request().compare;
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t a = 0; a < conditions.size(); ++a)
        for (std::size_t b = 0; b < conditions.size(); ++b) {
            const auto& [modelB, stepB] = conditions[b].checkpoints.front();
            if (choice.between == CompareBetween::Steps) {
                if (a != b && conditions[a].model == conditions[b].model && stepB == comparedStep(scope, modelB))
                    pairs.emplace_back(a, b);
            } else if (choice.between == CompareBetween::Models && choice.models.size() == 1) {
                if (a != b && conditions[a].name == choice.models.front())
                    pairs.emplace_back(a, b);
            } else if (a < b)
                pairs.emplace_back(a, b);
        }
    return pairs;
}

Table compareHead(const TableScope& scope) {
    const auto& choice = scope.request().compare;
    auto head = scope.head({{"a", "", "first of the two; with steps: model@step"},
                            {"b", "", "second of the two"},
                            {"unit", "", "what a pair of values is of"},
                            {"n", "", "pairs used: both values are there and differ"},
                            {"statistic", "", "the smaller sum of the ranks of differences of one sign"},
                            {"p", "", "two-sided p of the Wilcoxon signed-rank test"},
                            {"smallest_p", "", "the smallest p that n pairs can give"},
                            {"mean_difference", "", "mean of a minus b over the units that have both"}});
    auto& options = head.options;
    options["test"] = "Wilcoxon signed-rank, two-sided; exact for n <= 50 without ties or zeros, else the normal "
                      "approximation; differences of 0 are dropped";
    options["unit"] = nameOf(choice.unit);
    options["between"] = nameOf(choice.between);
    options["metric"] = nameOf(metricOf(scope));
    options["layer"] = scope.request().layer.value_or("best");
    if (!choice.models.empty())
        options["model"] = choice.models;
    if (!scope.request().step)
        options["step"] = "last";
    if (choice.unit == CompareUnit::Rois || choice.unit == CompareUnit::Areas)
        options["parcellation"] = scope.sets().parcellation().name;
    if (choice.unit != CompareUnit::Subjects)
        options["note"] = "units of one brain are not independent: p says how consistent the difference is over them";
    return head;
}

} // namespace

void sendCompare(const TableScope& scope, TableSink& sink, JobContext& job) {
    requireRecordings(scope, kindOf(metricOf(scope)));
    checkModels(scope);
    auto conditions = conditionsOf(scope);
    const auto pairs = pairsOf(scope, conditions);
    if (pairs.empty())
        throw NotFoundError({.what = "There is nothing to compare",
                             .file = scope.scores().path().string(),
                             .expected = "at least two " + std::string(nameOf(scope.request().compare.between)),
                             .found = std::to_string(conditions.size())});
    const auto head = compareHead(scope);
    for (std::size_t index = 0; index < conditions.size(); ++index) {
        job.report(static_cast<double>(index) / static_cast<double>(conditions.size()), "Reading scores");
        conditions[index].values = conditionValues(scope, conditions[index], job);
    }
    sink.begin(head);
    for (const auto& [first, second] : pairs) {
        const auto& a = conditions[first];
        const auto& b = conditions[second];
        const auto test = pairedTest(a.values, b.values);
        sink.add({a.name, b.name, std::string(nameOf(scope.request().compare.unit)), std::int64_t{test.n},
                  test.statistic, test.p, test.smallestP, test.meanDifference});
    }
    sink.end();
}

} // namespace brainlike
