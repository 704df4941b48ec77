#include "core/simulate/NormalStream.h"

#include <cmath>

namespace brainlike {
namespace {

/// Finaliser of SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t mix(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;

double tailQuantile(double probability) {
    const double q = std::sqrt(-2 * std::log(probability));
    const double numerator = ((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q -
                               2.549732539343734e+00) *
                                  q +
                              4.374664141464968e+00) *
                                 q +
                             2.938163982698783e+00;
    const double denominator = (((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q +
                                3.754408661907416e+00) *
                                   q +
                               1;
    return numerator / denominator;
}

} // namespace

NormalStream::NormalStream(std::uint64_t seed, Purpose purpose, std::uint64_t part)
    : m_key(mix(mix(mix(seed + golden) + static_cast<std::uint64_t>(purpose) * golden) + (part + 1) * golden)) {}

double NormalStream::uniform(std::uint64_t index) const {
    const std::uint64_t bits = mix(m_key + (index + 1) * golden);
    return (static_cast<double>(bits >> 11) + 0.5) * 0x1p-53;
}

double NormalStream::operator()(std::uint64_t index) const {
    return normalQuantile(uniform(index));
}

double normalQuantile(double probability) {
    constexpr double lowest = 0.02425;
    if (probability < lowest)
        return tailQuantile(probability);
    if (probability > 1 - lowest)
        return -tailQuantile(1 - probability);
    const double q = probability - 0.5;
    const double r = q * q;
    const double numerator = (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r +
                                1.383577518672690e+02) *
                                   r -
                               3.066479806614716e+01) *
                                  r +
                              2.506628277459239e+00) *
                             q;
    const double denominator =
        ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r +
          6.680131188771972e+01) *
             r -
         1.328068155288572e+01) *
            r +
        1;
    return numerator / denominator;
}

} // namespace brainlike
