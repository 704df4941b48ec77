#include "core/stats/LinearFit.h"

#include "core/base/Error.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <string>

namespace brainlike {

double LinearFit::halfWidth(double x) const {
    if (n < 3 || !(squaresX > 0))
        return std::numeric_limits<double>::quiet_NaN();
    const double quantile = boost::math::quantile(boost::math::students_t(n - 2), 0.975);
    return quantile * residual * std::sqrt(1.0 / n + (x - meanX) * (x - meanX) / squaresX);
}

LinearFit linearFit(std::span<const double> x, std::span<const double> y) {
    if (x.size() != y.size())
        throw ShapeError({.what = "A line needs pairs",
                          .expected = std::to_string(x.size()) + " values of y",
                          .found = std::to_string(y.size())});
    LinearFit fit;
    double sumX = 0, sumY = 0, products = 0, squares = 0;
    const auto forEachPair = [&](auto&& visit) {
        for (std::size_t i = 0; i < x.size(); ++i)
            if (std::isfinite(x[i]) && std::isfinite(y[i]))
                visit(x[i], y[i]);
    };
    forEachPair([&](double a, double b) {
        ++fit.n;
        sumX += a;
        sumY += b;
    });
    if (fit.n < 3)
        return fit;
    fit.meanX = sumX / fit.n;
    const double meanY = sumY / fit.n;
    forEachPair([&](double a, double b) {
        fit.squaresX += (a - fit.meanX) * (a - fit.meanX);
        products += (a - fit.meanX) * (b - meanY);
    });
    if (!(fit.squaresX > 0))
        return fit;
    fit.slope = products / fit.squaresX;
    fit.intercept = meanY - fit.slope * fit.meanX;
    forEachPair([&](double a, double b) { squares += (b - fit.at(a)) * (b - fit.at(a)); });
    fit.residual = std::sqrt(squares / (fit.n - 2));
    return fit;
}

} // namespace brainlike
