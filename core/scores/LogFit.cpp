#include "core/scores/LogFit.h"

#include "core/base/Error.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace brainlike {
namespace {

struct Points {
    std::vector<std::size_t> index;
    std::vector<double> x, y;
    double meanX = 0, meanY = 0;
    double largestY = 0; ///< magnitude
};

Points pointsOf(std::span<const std::int64_t> steps, std::span<const double> values) {
    Points points;
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (steps[i] > 0 && std::isfinite(values[i])) {
            points.index.push_back(i);
            points.x.push_back(std::log10(static_cast<double>(steps[i])));
            points.y.push_back(values[i]);
            points.meanX += points.x.back();
            points.meanY += points.y.back();
            points.largestY = std::max(points.largestY, std::abs(values[i]));
        }
    points.meanX /= static_cast<double>(points.x.size());
    points.meanY /= static_cast<double>(points.y.size());
    return points;
}

} // namespace

LogFit logFit(std::span<const std::int64_t> steps, std::span<const double> values) {
    if (steps.size() != values.size())
        throw ShapeError({.what = "A fit over training needs a value at every checkpoint",
                          .expected = std::to_string(steps.size()),
                          .found = std::to_string(values.size())});
    LogFit fit;
    fit.residuals.assign(steps.size(), std::numeric_limits<double>::quiet_NaN());
    const Points points = pointsOf(steps, values);
    fit.n = static_cast<int>(points.x.size());
    double xx = 0, xy = 0, yy = 0;
    for (std::size_t i = 0; i < points.x.size(); ++i) {
        const double x = points.x[i] - points.meanX;
        const double y = points.y[i] - points.meanY;
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    if (fit.n < 2 || xx == 0)
        return fit;
    fit.slope = xy / xx;
    fit.intercept = points.meanY - fit.slope * points.meanX;
    double squares = 0;
    for (std::size_t i = 0; i < points.x.size(); ++i) {
        const double residual = points.y[i] - fit.intercept - fit.slope * points.x[i];
        fit.residuals[points.index[i]] = residual;
        squares += residual * residual;
    }
    const double rounding = points.largestY * 1e-13; // what the mean of equal scores leaves behind
    if (yy > fit.n * rounding * rounding)
        fit.r2 = 1 - squares / yy;
    return fit;
}

} // namespace brainlike
