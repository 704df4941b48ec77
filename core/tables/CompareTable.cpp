#include "core/base/Error.h"
#include "core/tables/CompareUnits.h"
#include "core/tables/TableMakers.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

namespace brainlike {
namespace {

using Checkpoint = std::pair<int, int>; ///< model, step

/// What is compared: the mean over some checkpoints (one, unless image types or sizes are compared).
struct Condition {
    std::string name;
    std::string model; ///< of its checkpoints; empty where they are of several
    std::vector<Checkpoint> checkpoints;
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

/// Values of checkpoints, each read once.
class CheckpointValues {
public:
    CheckpointValues(const TableScope& scope, JobContext& job) : m_scope(scope), m_job(job) {}

    /// Mean over some checkpoints, a value a unit; NaN for a unit that one of them lacks.
    [[nodiscard]] std::vector<double> meanOf(const std::vector<Checkpoint>& checkpoints) {
        std::vector<double> sums;
        for (const Checkpoint& checkpoint : checkpoints) {
            const auto& values = of(checkpoint);
            sums.resize(values.size());
            std::transform(values.begin(), values.end(), sums.begin(), sums.begin(), std::plus());
        }
        for (double& sum : sums)
            sum /= static_cast<double>(checkpoints.size());
        return sums;
    }

private:
    const std::vector<double>& of(const Checkpoint& checkpoint) {
        m_job.throwIfCancelled();
        auto found = m_values.find(checkpoint);
        if (found == m_values.end())
            found = m_values
                        .emplace(checkpoint, unitValues(m_scope, m_scope.request().compare.unit, checkpoint.first,
                                                        checkpoint.second))
                        .first;
        return found->second;
    }

    const TableScope& m_scope;
    JobContext& m_job;
    std::map<Checkpoint, std::vector<double>> m_values;
};

std::string sizeOf(const ScoredModel& model) {
    return model.parameters ? std::to_string(std::llround(*model.parameters)) : std::string();
}

/// What the comparison varies: a model, or its images, or its size.
std::string factorOf(const ScoredModel& model, CompareBetween between) {
    if (between == CompareBetween::Models)
        return model.id;
    return between == CompareBetween::Sizes ? sizeOf(model) : model.imageType;
}

bool isOfFactors(const TableScope& scope) {
    const auto between = scope.request().compare.between;
    return between == CompareBetween::ImageTypes || between == CompareBetween::Sizes;
}

/// Of the one, those that the other has a model like, but for what is compared: of the same size with image types, of
/// the same images with sizes. All of them where models or steps are compared.
std::vector<Checkpoint> matched(const TableScope& scope, const Condition& condition, const Condition& other) {
    if (!isOfFactors(scope))
        return condition.checkpoints;
    const bool isOfImages = scope.request().compare.between == CompareBetween::ImageTypes;
    const auto heldOf = [&](const Checkpoint& one) {
        const ScoredModel& model = scope.model(one.first);
        return isOfImages ? sizeOf(model) : model.imageType;
    };
    std::vector<Checkpoint> kept;
    std::ranges::copy_if(condition.checkpoints, std::back_inserter(kept), [&](const Checkpoint& one) {
        return std::ranges::any_of(other.checkpoints,
                                   [&](const Checkpoint& twin) { return heldOf(twin) == heldOf(one); });
    });
    return kept;
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
        const std::string name = factorOf(scored, between);
        if (name.empty())
            continue; // of no known image type or size
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
            } else if (a < b && !matched(scope, conditions[a], conditions[b]).empty())
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
    if (choice.between == CompareBetween::ImageTypes)
        options["averaged"] = "over the models whose numbers of parameters both image types have";
    if (choice.between == CompareBetween::Sizes)
        options["averaged"] = "over the models whose image types both sizes have; a and b are numbers of parameters";
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
    const auto conditions = conditionsOf(scope);
    const auto pairs = pairsOf(scope, conditions);
    if (pairs.empty())
        throw NotFoundError({.what = "There is nothing to compare",
                             .file = scope.scores().path().string(),
                             .expected = "at least two " + std::string(nameOf(scope.request().compare.between)) +
                                         (isOfFactors(scope) ? " of models that differ in nothing else" : ""),
                             .found = std::to_string(conditions.size())});
    sink.begin(compareHead(scope));
    CheckpointValues values(scope, job);
    for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
        job.report(static_cast<double>(pair) / static_cast<double>(pairs.size()), "Reading scores");
        const auto& a = conditions[pairs[pair].first];
        const auto& b = conditions[pairs[pair].second];
        const auto test = pairedTest(values.meanOf(matched(scope, a, b)), values.meanOf(matched(scope, b, a)));
        sink.add({a.name, b.name, std::string(nameOf(scope.request().compare.unit)), std::int64_t{test.n},
                  test.statistic, test.p, test.smallestP, test.meanDifference});
    }
    sink.end();
}

} // namespace brainlike
