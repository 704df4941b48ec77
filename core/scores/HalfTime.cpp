#include "core/scores/HalfTime.h"

#include "core/base/Error.h"

#include <cmath>
#include <string>

namespace brainlike {
namespace {

void validate(std::span<const std::int64_t> steps, std::span<const double> values) {
    if (steps.size() != values.size() || steps.empty())
        throw ShapeError({.what = "A half-time needs a value at every checkpoint",
                          .expected = std::to_string(steps.size()) + " values, at least one",
                          .found = std::to_string(values.size())});
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (steps[i] < 0 || (i > 0 && steps[i] <= steps[i - 1]))
            throw ValueError({.what = "Training steps must increase from 0 or more",
                              .place = "checkpoint " + std::to_string(i),
                              .found = std::to_string(steps[i])});
}

/// Step at which the line between two checkpoints reaches `half`: straight over log10(step), over step right after 0.
double crossing(std::int64_t before, std::int64_t after, double valueBefore, double valueAfter, double half) {
    const double share = (half - valueBefore) / (valueAfter - valueBefore);
    const auto first = static_cast<double>(before);
    const auto second = static_cast<double>(after);
    if (before == 0)
        return share * second;
    return first * std::pow(second / first, share);
}

} // namespace

std::string_view nameOf(HalfTimeStatus status) {
    switch (status) {
    case HalfTimeStatus::Ok:
        return "ok";
    case HalfTimeStatus::AtOrBeforeFirst:
        return "at-or-before-first";
    case HalfTimeStatus::FinalNotPositive:
        return "final-not-positive";
    }
    return "";
}

HalfTime halfTime(std::span<const std::int64_t> steps, std::span<const double> values) {
    validate(steps, values);
    HalfTime result;
    std::size_t first = 0;
    while (first + 1 < values.size() && !std::isfinite(values[first]))
        ++first;
    result.firstStep = steps[first];
    if (!std::isfinite(values.back()) || values.back() <= 0)
        return result;
    const double half = values.back() / 2;
    if (values[first] >= half) {
        result.status = HalfTimeStatus::AtOrBeforeFirst;
        return result;
    }
    std::size_t before = first;
    std::size_t after = first + 1;
    while (!(std::isfinite(values[after]) && values[after] >= half)) {
        if (std::isfinite(values[after]))
            before = after;
        ++after; // ends at the last checkpoint at the latest: its value is positive, so at least its half
    }
    result.status = HalfTimeStatus::Ok;
    result.step = crossing(steps[before], steps[after], values[before], values[after], half);
    result.share = result.step / static_cast<double>(steps.back());
    return result;
}

} // namespace brainlike
