#pragma once

#include "views/state/Theme.h"

#include <QColor>

namespace brainlike {

/// How a colour of this opacity looks on a panel, as an opaque colour: lines drawn piece by piece have no darker
/// joints, and are drawn faster.
///
/// @param opacity  0 … 1
[[nodiscard]] inline QColor inkOn(const Theme& theme, const QColor& color, double opacity) {
    const auto mixed = [opacity](int ground, int ink) {
        return static_cast<int>(ground + opacity * (ink - ground) + 0.5);
    };
    return {mixed(theme.panel.red(), color.red()), mixed(theme.panel.green(), color.green()),
            mixed(theme.panel.blue(), color.blue())};
}

} // namespace brainlike
