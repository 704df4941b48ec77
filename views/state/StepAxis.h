#pragma once

#include <QString>

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace brainlike {

/// Where training steps lie on an axis: log10(step), with the untrained model (step 0) left of a broken axis. Positions
/// are in decades from the first trained step, so that any plot can scale them.
class StepAxis {
public:
    /// A round step with its label.
    struct Tick {
        std::int64_t step = 0;
        double position = 0;
        QString label; ///< "untrained", "1k", "10M"
    };

    StepAxis() = default;
    /// @param steps  ascending, at least one; 0 = untrained
    explicit StepAxis(std::span<const std::int64_t> steps);

    /// Position of a step, in decades. Between untrained and the first trained step it runs linearly in step, as
    /// half-times are interpolated there (METHODS 6).
    [[nodiscard]] double positionOf(double step) const;
    [[nodiscard]] double low() const;                       ///< position of the first checkpoint
    [[nodiscard]] double high() const { return m_decades; } ///< position of the last checkpoint
    /// Middle of the break between untrained and trained; nothing without an untrained checkpoint or without a trained
    /// one.
    [[nodiscard]] std::optional<double> breakPosition() const;
    /// Untrained, and each power of ten among the trained steps; the ends where no power of ten is there.
    [[nodiscard]] std::vector<Tick> ticks() const;

private:
    bool m_hasUntrained = false;
    bool m_hasTrained = false;
    std::int64_t m_first = 1; ///< first trained step
    std::int64_t m_last = 1;
    double m_decades = 0;
    double m_gap = 0.6; ///< width of the part left of the first trained step, in decades
};

} // namespace brainlike
