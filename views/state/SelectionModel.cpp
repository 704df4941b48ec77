#include "views/state/SelectionModel.h"

#include <utility>

namespace brainlike {

void SelectionModel::apply(const Selection& selection) {
    if (selection == m_selection)
        return;
    const Selection before = std::exchange(m_selection, selection);
    Q_EMIT changed(before, m_selection);
}

} // namespace brainlike
