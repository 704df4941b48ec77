#include "views/state/StepAxis.h"

#include "views/state/NumberText.h"

#include <algorithm>
#include <cmath>

namespace brainlike {

StepAxis::StepAxis(std::span<const std::int64_t> steps) {
    m_hasUntrained = std::ranges::any_of(steps, [](std::int64_t step) { return step <= 0; });
    const auto first = std::ranges::find_if(steps, [](std::int64_t step) { return step > 0; });
    if (first == steps.end())
        return;
    m_hasTrained = true;
    m_first = *first;
    m_last = steps.back();
    m_decades = std::log10(static_cast<double>(m_last) / static_cast<double>(m_first));
    m_gap = std::clamp(0.18 * m_decades, 0.4, 1.0);
}

double StepAxis::positionOf(double step) const {
    const double first = static_cast<double>(m_first);
    if (step >= first)
        return std::log10(step / first);
    return m_gap * (std::max(step, 0.0) / first - 1);
}

double StepAxis::low() const {
    return m_hasUntrained ? -m_gap : 0;
}

std::optional<double> StepAxis::breakPosition() const {
    if (!m_hasUntrained || !m_hasTrained)
        return std::nullopt;
    return -m_gap / 2;
}

std::vector<StepAxis::Tick> StepAxis::ticks() const {
    std::vector<Tick> ticks;
    if (m_hasUntrained)
        ticks.push_back({0, positionOf(0), QStringLiteral("untrained")});
    if (!m_hasTrained)
        return ticks;
    const auto add = [&](std::int64_t step) {
        ticks.push_back({step, positionOf(static_cast<double>(step)), shortStepText(step)});
    };
    const std::size_t before = ticks.size();
    for (std::int64_t power = 1; power <= m_last && power <= 1'000'000'000'000'000; power *= 10)
        if (power >= m_first)
            add(power);
    if (ticks.size() - before >= 2)
        return ticks;
    ticks.resize(before);
    add(m_first);
    if (m_last > m_first)
        add(m_last);
    return ticks;
}

} // namespace brainlike
