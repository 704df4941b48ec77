#include "core/stats/Correlation.h"

#include "core/base/Error.h"
#include "core/stats/StudentT.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double normalQuantile975 = 1.959963984540054;

struct Moments {
    int n = 0;
    double meanX = 0, meanY = 0;       ///< in units that put the largest magnitude between 1 and 2, as all below
    double largestX = 0, largestY = 0; ///< largest magnitudes
    double xx = 0, yy = 0, xy = 0;     ///< centred sums of products
};

/// Power of two that values are multiplied by: no digit changes, and squares neither over- nor underflow.
double unitFor(double largest) {
    return largest > 0 ? std::ldexp(1.0, -std::clamp(std::ilogb(largest), -1000, 1000)) : 1.0;
}

Moments momentsOf(std::span<const double> x, std::span<const double> y) {
    Moments m;
    const auto forEachPair = [&](auto&& visit) {
        for (std::size_t i = 0; i < x.size(); ++i)
            if (std::isfinite(x[i]) && std::isfinite(y[i]))
                visit(x[i], y[i]);
    };
    forEachPair([&m](double a, double b) {
        ++m.n;
        m.largestX = std::max(m.largestX, std::abs(a));
        m.largestY = std::max(m.largestY, std::abs(b));
    });
    if (m.n == 0)
        return m;
    const double unitX = unitFor(m.largestX);
    const double unitY = unitFor(m.largestY);
    m.largestX *= unitX;
    m.largestY *= unitY;
    forEachPair([&](double a, double b) {
        m.meanX += a * unitX;
        m.meanY += b * unitY;
    });
    m.meanX /= m.n;
    m.meanY /= m.n;
    forEachPair([&](double a, double b) {
        const double fromX = a * unitX - m.meanX;
        const double fromY = b * unitY - m.meanY;
        m.xx += fromX * fromX;
        m.yy += fromY * fromY;
        m.xy += fromX * fromY;
    });
    return m;
}

/// A constant column leaves rounding errors of the mean behind, never exactly 0.
bool varies(double sumOfSquares, double largest, int n) {
    const double rounding = largest * 1e-13;
    return sumOfSquares > n * rounding * rounding;
}

} // namespace

std::string_view nameOf(CorrelationStatus status) {
    switch (status) {
    case CorrelationStatus::Ok:
        return "ok";
    case CorrelationStatus::TooFew:
        return "fewer than 3 pairs";
    case CorrelationStatus::NoVariance:
        return "no variance";
    }
    return "";
}

Correlation correlate(std::span<const double> x, std::span<const double> y) {
    if (x.size() != y.size())
        throw ShapeError({.what = "A correlation needs as many values on both sides",
                          .expected = std::to_string(x.size()),
                          .found = std::to_string(y.size())});
    const Moments m = momentsOf(x, y);
    Correlation result;
    result.n = m.n;
    if (m.n < 3)
        return result;
    if (!varies(m.xx, m.largestX, m.n) || !varies(m.yy, m.largestY, m.n)) {
        result.status = CorrelationStatus::NoVariance;
        return result;
    }
    result.status = CorrelationStatus::Ok;
    result.r = std::clamp(m.xy / (std::sqrt(m.xx) * std::sqrt(m.yy)), -1.0, 1.0);
    result.p = correlationP(result.r, result.n);
    if (result.n > 3) {
        const double z = std::atanh(result.r);
        const double halfWidth = normalQuantile975 / std::sqrt(result.n - 3.0);
        result.ciLow = std::tanh(z - halfWidth);
        result.ciHigh = std::tanh(z + halfWidth);
    }
    return result;
}

} // namespace brainlike
