#pragma once

#include <QColor>
#include <QPalette>

namespace brainlike {

/// Colours of the light and the dark theme, derived from the application's palette. One accent; one colour a score,
/// the same in every panel and figure.
struct Theme {
    bool dark = false;
    QColor window, panel, text, mutedText, grid, accent;
    QColor encoding, spatial, temporal; ///< curves of the three scores

    /// The theme that goes with a palette (dark if its window is darker than its text).
    [[nodiscard]] static Theme of(const QPalette& palette);
    /// Palettes for the Fusion style.
    [[nodiscard]] static QPalette lightPalette();
    [[nodiscard]] static QPalette darkPalette();
};

} // namespace brainlike
