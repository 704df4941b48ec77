#pragma once

#include "views/state/Theme.h"

#include <QWidget>

#include <vector>

namespace brainlike {

/// Correlations of the spun property as a histogram from −1 to 1, filled while they are computed; the observed one as a
/// line with its mirror image.
class NullPlot : public QWidget {
    Q_OBJECT
public:
    explicit NullPlot(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    /// @param null      correlations so far; those that are NaN are left out
    /// @param observed  NaN: none
    void setValues(const std::vector<double>& null, double observed);
    /// Spins in each of the equal bins from −1 to 1.
    [[nodiscard]] const std::vector<int>& counts() const { return m_counts; }
    [[nodiscard]] QSize sizeHint() const override { return {320, 64}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme m_theme;
    std::vector<int> m_counts;
    double m_observed;
};

} // namespace brainlike
