#include "core/session/MapColors.h"

#include <algorithm>
#include <cmath>

namespace brainlike {

double opacityOfQ(double q, Significance significance) {
    switch (significance) {
    case Significance::Ignore:
        return 1;
    case Significance::Hide:
        return q < significantQ ? 1 : 0;
    case Significance::Fade:
        return std::isnan(q)      ? 0
               : q < significantQ ? 1
                                  : std::clamp(std::log10(q) / std::log10(significantQ), 0.0, 1.0);
    }
    return 1;
}

} // namespace brainlike
