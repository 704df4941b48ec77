#include "core/stats/StudentT.h"

#include "core/base/Error.h"
#include "core/base/Undefined.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace brainlike {
namespace {

constexpr int largestEven = 16;
constexpr int largestOdd = 9;

/// Even degrees of freedom ν = 2m: p = 2 zᵐ Σ C(m−1+j, j) (1−z)ʲ over j < m, with z = (1 − t/√(t²+ν)) / 2. Every term
/// is positive, so that tiny p keep their digits.
double evenTwoSidedP(double t, int degrees) {
    const double hypotenuse = std::sqrt(t * t + degrees);
    const double z = 0.5 * degrees / (hypotenuse * (hypotenuse + t));
    const int m = degrees / 2;
    double term = 1;
    double sum = 1;
    double power = z;
    for (int j = 1; j < m; ++j) {
        term *= (1 - z) * (m - 1 + j) / j;
        sum += term;
        power *= z;
    }
    return 2 * power * sum;
}

/// Odd degrees of freedom, with the tail angle θ = atan(√ν / t): p = 2/π (θ − cos θ Σ c_k sin²ᵏ⁺¹θ over k < (ν−1)/2),
/// c_k = 4ᵏ (k!)² / (2k+1)!. The infinite sum is θ / cos θ, which gives small p without cancellation.
double oddTwoSidedP(double t, int degrees) {
    const double root = std::sqrt(static_cast<double>(degrees));
    const double angle = std::atan2(root, t);
    const double hypotenuse = std::hypot(t, root);
    const double sine = root / hypotenuse;
    const double cosine = t / hypotenuse;
    const double square = sine * sine;
    const int count = (degrees - 1) / 2;
    double term = sine;
    double head = 0;
    for (int k = 0; k < count; ++k) {
        head += term;
        term *= square * (2.0 * k + 2) / (2.0 * k + 3);
    }
    if (count == 0 || square > 0.25)
        return 2 * std::numbers::inv_pi * (angle - cosine * head);
    double tail = 0;
    for (int k = count; term > tail * 1e-17; ++k) {
        tail += term;
        term *= square * (2.0 * k + 2) / (2.0 * k + 3);
    }
    return 2 * std::numbers::inv_pi * cosine * tail;
}

double boostTwoSidedP(double t, double degreesOfFreedom) {
    using namespace boost::math::policies;
    using InDouble = policy<promote_double<false>>; // long double takes four times as long, for digits that are dropped
    const boost::math::students_t_distribution<double, InDouble> distribution(degreesOfFreedom);
    return 2 * boost::math::cdf(boost::math::complement(distribution, t));
}

template <typename Scalar>
std::vector<double> manyCorrelationP(std::span<const Scalar> r, int n) {
    std::vector<double> p(r.size());
    for (std::size_t i = 0; i < r.size(); ++i)
        p[i] = correlationP(static_cast<double>(r[i]), n);
    return p;
}

} // namespace

double studentTwoSidedP(double t, double degreesOfFreedom) {
    if (!(degreesOfFreedom > 0))
        throw ValueError({.what = "Student's t needs degrees of freedom above 0",
                          .expected = "more than 0",
                          .found = std::to_string(degreesOfFreedom)});
    if (std::isnan(t))
        return undefined;
    const double magnitude = std::abs(t);
    if (std::isinf(magnitude))
        return 0;
    const bool whole = degreesOfFreedom == std::floor(degreesOfFreedom) && degreesOfFreedom <= largestEven;
    const int degrees = whole ? static_cast<int>(degreesOfFreedom) : 0;
    if (whole && degrees % 2 == 0)
        return evenTwoSidedP(magnitude, degrees);
    if (whole && degrees <= largestOdd)
        return oddTwoSidedP(magnitude, degrees);
    return boostTwoSidedP(magnitude, degreesOfFreedom);
}

double correlationP(double r, int n) {
    if (std::isnan(r) || n < 3)
        return undefined;
    if (std::abs(r) >= 1)
        return 0;
    const double degrees = n - 2;
    return studentTwoSidedP(r * std::sqrt(degrees / ((1 - r) * (1 + r))), degrees);
}

std::vector<double> correlationP(std::span<const double> r, int n) {
    return manyCorrelationP(r, n);
}

std::vector<double> correlationP(std::span<const float> r, int n) {
    return manyCorrelationP(r, n);
}

} // namespace brainlike
