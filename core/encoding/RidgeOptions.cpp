#include "core/encoding/RidgeOptions.h"

#include "core/base/Error.h"
#include "core/encoding/AlphaSpec.h"

#include <cmath>
#include <cstdio>
#include <string>

namespace brainlike {
namespace {

std::string numberText(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

void requireAlphas(const std::vector<double>& alphas) {
    if (alphas.empty())
        throw ValueError({.what = "There is no λ to choose from", .expected = "at least one λ"});
    if (alphas.size() > static_cast<std::size_t>(largestGrid))
        throw ValueError({.what = "There are too many λ to choose from",
                          .expected = "at most " + std::to_string(largestGrid) + " λ",
                          .found = std::to_string(alphas.size()),
                          .advice = "take a coarser grid: ten λ over eight powers of ten are usual"});
    for (std::size_t index = 0; index < alphas.size(); ++index) {
        if (!std::isfinite(alphas[index]) || alphas[index] <= 0)
            throw ValueError({.what = "A λ of the grid cannot be used",
                              .place = "λ " + std::to_string(index) + " of the grid",
                              .expected = "a finite number above 0",
                              .found = numberText(alphas[index]),
                              .advice = "take a small λ such as 1e-6 for little shrinkage: with 0, weights are not "
                                        "determined where features outnumber rows or repeat one another"});
        if (index > 0 && alphas[index] <= alphas[index - 1])
            throw ValueError({.what = "The λ grid is not ascending",
                              .place = "λ " + std::to_string(index) + " of the grid",
                              .expected = "more than " + std::to_string(alphas[index - 1]),
                              .found = std::to_string(alphas[index]),
                              .advice = "sort the grid and leave out what is there twice"});
    }
}

void requireFolds(const FoldOptions& folds, const char* which) {
    if (folds.count < 2)
        throw ValueError({.what = "Cross-validation needs at least two folds",
                          .place = std::string(which) + " folds",
                          .expected = "2 or more",
                          .found = std::to_string(folds.count)});
}

} // namespace

std::vector<double> logSpace(double firstExponent, double lastExponent, int count) {
    std::vector<double> values;
    const double step = count > 1 ? (lastExponent - firstExponent) / (count - 1) : 0;
    for (int index = 0; index < count; ++index) {
        const bool last = index > 0 && index == count - 1;
        values.push_back(std::pow(10.0, last ? lastExponent : firstExponent + index * step));
    }
    return values;
}

void validate(const RidgeOptions& options) {
    requireAlphas(options.alphas);
    requireFolds(options.outer, "outer");
    requireFolds(options.inner, "inner");
    if (options.threads < 1)
        throw ValueError({.what = "A fit needs at least one thread",
                          .expected = "1 or more",
                          .found = std::to_string(options.threads)});
}

std::string_view nameOf(LambdaMode mode) {
    return mode == LambdaMode::Global ? "global" : "per_target";
}

std::string_view nameOf(SelectionScore selection) {
    switch (selection) {
    case SelectionScore::MeanSquaredError:
        return "mse";
    case SelectionScore::Correlation:
        return "correlation";
    case SelectionScore::R2:
        break;
    }
    return "r2";
}

std::string_view nameOf(NotFinite policy) {
    switch (policy) {
    case NotFinite::DropRows:
        return "rows";
    case NotFinite::DropTargets:
        return "targets";
    case NotFinite::Refuse:
        break;
    }
    return "refuse";
}

NotFinite notFiniteFrom(std::string_view name) {
    for (const auto policy : {NotFinite::DropRows, NotFinite::DropTargets})
        if (name == nameOf(policy))
            return policy;
    throw ValueError({.what = "Unknown way to deal with values that are not finite",
                      .expected = "rows or targets",
                      .found = "\"" + std::string(name) + "\""});
}

LambdaMode lambdaModeFrom(std::string_view name) {
    for (const auto mode : {LambdaMode::Global, LambdaMode::PerTarget})
        if (name == nameOf(mode))
            return mode;
    throw ValueError(
        {.what = "Unknown λ mode", .expected = "global or per_target", .found = "\"" + std::string(name) + "\""});
}

SelectionScore selectionScoreFrom(std::string_view name) {
    for (const auto score : {SelectionScore::R2, SelectionScore::MeanSquaredError, SelectionScore::Correlation})
        if (name == nameOf(score))
            return score;
    throw ValueError({.what = "Unknown score to select λ by",
                      .expected = "r2, mse or correlation",
                      .found = "\"" + std::string(name) + "\""});
}

} // namespace brainlike
