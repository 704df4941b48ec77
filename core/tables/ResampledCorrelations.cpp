#include "core/tables/ResampledCorrelations.h"

#include "core/base/Undefined.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

/// A constant map leaves rounding errors behind, never exactly 0.
bool varies(double sumOfSquares, double largest, double n) {
    const double rounding = largest * 1e-13;
    return sumOfSquares > n * rounding * rounding;
}

} // namespace

ResampledCorrelations::ResampledCorrelations(Eigen::Index resamples)
    : m_count(Values::Zero(resamples)), m_meanX(m_count), m_meanY(m_count), m_xx(m_count), m_yy(m_count), m_xy(m_count),
      m_largestX(m_count), m_largestY(m_count) {}

void ResampledCorrelations::add(double value, std::span<const double> others) {
    if (!std::isfinite(value))
        return;
    for (std::size_t resample = 0; resample < others.size(); ++resample) {
        const double other = others[resample];
        if (!std::isfinite(other))
            continue;
        const auto i = static_cast<Eigen::Index>(resample);
        const double n = ++m_count[i];
        const double fromX = value - m_meanX[i];
        const double fromY = other - m_meanY[i];
        m_meanX[i] += fromX / n;
        m_meanY[i] += fromY / n;
        m_xx[i] += fromX * (value - m_meanX[i]);
        m_yy[i] += fromY * (other - m_meanY[i]);
        m_xy[i] += fromX * (other - m_meanY[i]);
        m_largestX[i] = std::max(m_largestX[i], std::abs(value));
        m_largestY[i] = std::max(m_largestY[i], std::abs(other));
    }
}

void ResampledCorrelations::add(const ResampledCorrelations& part) {
    const Values n = m_count + part.m_count;
    const Values share = (n > 0).select(part.m_count / n, 0.0);
    const Values betweenX = part.m_meanX - m_meanX;
    const Values betweenY = part.m_meanY - m_meanY;
    const Values weight = m_count * share;
    m_xx += part.m_xx + betweenX.square() * weight;
    m_yy += part.m_yy + betweenY.square() * weight;
    m_xy += part.m_xy + betweenX * betweenY * weight;
    m_meanX += betweenX * share;
    m_meanY += betweenY * share;
    m_largestX = m_largestX.max(part.m_largestX);
    m_largestY = m_largestY.max(part.m_largestY);
    m_count = n;
}

std::vector<double> ResampledCorrelations::r() const {
    std::vector<double> result(static_cast<std::size_t>(m_count.size()), undefined);
    for (Eigen::Index i = 0; i < m_count.size(); ++i)
        if (m_count[i] >= 3 && varies(m_xx[i], m_largestX[i], m_count[i]) && varies(m_yy[i], m_largestY[i], m_count[i]))
            result[static_cast<std::size_t>(i)] =
                std::clamp(m_xy[i] / (std::sqrt(m_xx[i]) * std::sqrt(m_yy[i])), -1.0, 1.0);
    return result;
}

} // namespace brainlike
