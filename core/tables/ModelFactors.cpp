#include "core/tables/ModelFactors.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"
#include "core/tables/TableMakers.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace brainlike {
namespace {

const std::vector<double>& courseOf(const SummaryCurves& curves, CurveMetric metric) {
    switch (metric) {
    case CurveMetric::EncodingFmri:
        return curves.encodingFmri;
    case CurveMetric::EncodingMeg:
        return curves.encodingMeg;
    case CurveMetric::Spatial:
        return curves.spatial;
    case CurveMetric::Temporal:
        break;
    }
    return curves.temporal;
}

ModelFactor factorOf(const ScoredModel& scored, const SummaryCurves& curves, int model, std::size_t step) {
    ModelFactor factor{.model = model, .step = scored.steps[step], .scores = {}, .overSteps = {}};
    for (std::size_t i = 0; i < curveMetrics.size(); ++i) {
        std::vector<double> course = courseOf(curves, curveMetrics[i]);
        course.resize(scored.steps.size(), undefined);
        factor.scores[i] = course[step];
        factor.overSteps[i] = logFit(scored.steps, course);
    }
    return factor;
}

using Number = std::optional<double> ScoredModel::*;

/// @param number     of the models: parameters or training images
/// @param imageType  nothing: of all
SizeFit fitOf(const ModelFactors& factors, const ScoreIndex& index, Number number, CurveMetric metric,
              const std::optional<std::string>& imageType) {
    std::vector<std::int64_t> sizes;
    std::vector<double> logSizes, scores;
    for (const ModelFactor& factor : factors.models) {
        const ScoredModel& model = index.models[static_cast<std::size_t>(factor.model)];
        const std::optional<double>& size = model.*number;
        if (!size || !(*size >= 1) || (imageType && model.imageType != *imageType))
            continue;
        sizes.push_back(std::llround(*size));
        logSizes.push_back(std::log10(*size));
        scores.push_back(factor.scores[static_cast<std::size_t>(metric)]);
    }
    // Against log10 of a whole number, as over training.
    const LogFit fit = logFit(sizes, scores);
    return {.metric = metric,
            .imageType = imageType.value_or(""),
            .intercept = fit.intercept,
            .slope = fit.slope,
            .correlation = correlate(logSizes, scores)};
}

std::vector<std::optional<std::string>> groupsOf(const ModelFactors& factors, const ScoreIndex& index) {
    std::vector<std::optional<std::string>> groups{std::nullopt};
    std::set<std::string> once, several;
    for (const ModelFactor& factor : factors.models)
        if (const auto& type = index.models[static_cast<std::size_t>(factor.model)].imageType;
            !type.empty() && !once.insert(type).second)
            several.insert(type);
    if (once.size() > 1)
        groups.insert(groups.end(), several.begin(), several.end());
    return groups;
}

TableCell textOrNone(const std::string& text) {
    return text.empty() ? TableCell() : TableCell(text);
}

TableCell numberOrNone(const std::optional<double>& number) {
    return number ? TableCell(*number) : TableCell();
}

const SizeFit& ofAll(const std::vector<SizeFit>& fits, CurveMetric metric) {
    return *std::ranges::find_if(
        fits, [metric](const SizeFit& fit) { return fit.metric == metric && fit.imageType.empty(); });
}

Table factorHead(const TableScope& scope) {
    auto head = scope.head({commonColumn("model"),
                            {"family", "", "architecture"},
                            {"image_type", "", "what the model was trained on"},
                            {"parameters", "", "number of parameters"},
                            {"training_images", "images", "images in the training set"},
                            commonColumn("step"),
                            commonColumn("metric"),
                            {"score", "", "of the group at that step"},
                            {"step_slope", "", "score gained with ten times as many steps, over the model's training"},
                            {"step_r2", "", "share of the variance over training that this fit explains"},
                            {"step_n", "", "number of checkpoints of it"},
                            {"size_slope", "", "score gained with ten times as many parameters, over the models"},
                            {"size_r", "", "Pearson correlation of log10(parameters) and score over the models"},
                            {"size_n", "", "number of models of it"},
                            {"size_p", "", "two-sided p of size_r"},
                            {"image_slope", "", "score gained with ten times as many training images, over the models"},
                            {"image_r", "", "Pearson correlation of log10(training_images) and score over the models"},
                            {"image_n", "", "number of models of it"},
                            {"image_p", "", "two-sided p of image_r"}});
    if (!scope.request().step)
        head.options["step"] = "last";
    return head;
}

} // namespace

const SizeFit& ModelFactors::sizeFit(CurveMetric metric) const {
    return ofAll(sizeFits, metric);
}

const SizeFit& ModelFactors::imageFit(CurveMetric metric) const {
    return ofAll(imageFits, metric);
}

std::vector<ImageTypeMeans> imageTypeMeans(const ModelFactors& factors, const ScoreIndex& index, CurveMetric metric) {
    std::map<std::optional<double>, std::map<std::string, std::pair<double, int>>> sums;
    for (const ModelFactor& factor : factors.models) {
        const ScoredModel& model = index.models[static_cast<std::size_t>(factor.model)];
        const double score = factor.scores[static_cast<std::size_t>(metric)];
        if (model.imageType.empty() || !std::isfinite(score))
            continue;
        auto& sum = sums[model.parameters][model.imageType];
        sum.first += score;
        ++sum.second;
    }
    std::vector<ImageTypeMeans> all;
    for (const auto& [parameters, types] : sums) {
        if (types.size() < 2)
            continue;
        ImageTypeMeans& means = all.emplace_back();
        means.parameters = parameters;
        for (const auto& [type, sum] : types) {
            means.types.push_back(type);
            means.scores.push_back(sum.first / sum.second);
            means.counts.push_back(sum.second);
        }
    }
    return all;
}

ModelFactors modelFactors(const ScoreSource& source, std::optional<std::int64_t> step) {
    const ScoreIndex& index = source.index();
    ModelFactors factors;
    for (int model = 0; model < static_cast<int>(index.models.size()); ++model) {
        const ScoredModel& scored = index.models[static_cast<std::size_t>(model)];
        const auto found = step ? std::ranges::find(scored.steps, *step) : scored.steps.end() - 1;
        if (!scored.steps.empty() && found != scored.steps.end())
            factors.models.push_back(
                factorOf(scored, source.summary(model), model, static_cast<std::size_t>(found - scored.steps.begin())));
    }
    for (const CurveMetric metric : curveMetrics)
        for (const auto& group : groupsOf(factors, index)) {
            factors.sizeFits.push_back(fitOf(factors, index, &ScoredModel::parameters, metric, group));
            factors.imageFits.push_back(fitOf(factors, index, &ScoredModel::trainingImages, metric, group));
        }
    return factors;
}

void sendModelFactors(const TableScope& scope, TableSink& sink, JobContext& job) {
    sink.begin(factorHead(scope));
    const ModelFactors factors = modelFactors(scope.scores(), scope.request().step);
    for (const ModelFactor& factor : factors.models) {
        job.throwIfCancelled();
        const ScoredModel& model = scope.model(factor.model);
        const auto& wanted = scope.models();
        if (std::ranges::find(wanted, factor.model) == wanted.end())
            continue;
        for (std::size_t i = 0; i < curveMetrics.size(); ++i) {
            const auto& kinds = scope.kinds();
            if (std::ranges::find(kinds, kindOf(curveMetrics[i])) == kinds.end())
                continue;
            const LogFit& fit = factor.overSteps[i];
            const SizeFit& size = factors.sizeFit(curveMetrics[i]);
            const SizeFit& images = factors.imageFit(curveMetrics[i]);
            sink.add({model.id, textOrNone(model.family), textOrNone(model.imageType), numberOrNone(model.parameters),
                      numberOrNone(model.trainingImages), factor.step, std::string(nameOf(curveMetrics[i])),
                      factor.scores[i], fit.slope, fit.r2, std::int64_t{fit.n}, size.slope, size.correlation.r,
                      std::int64_t{size.correlation.n}, size.correlation.p, images.slope, images.correlation.r,
                      std::int64_t{images.correlation.n}, images.correlation.p});
        }
    }
    sink.end();
}

} // namespace brainlike
