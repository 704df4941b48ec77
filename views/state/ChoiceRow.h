#pragma once

#include <QComboBox>
#include <QHBoxLayout>
#include <QString>

#include <utility>
#include <vector>

namespace brainlike {

/// Boxes of choices side by side, which may become narrower than their entries.
/// @param boxes       each with its name, which is also its tip
/// @param characters  that each shows at least
[[nodiscard]] inline QHBoxLayout* choiceRow(const std::vector<std::pair<QComboBox*, QString>>& boxes, int characters) {
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    for (const auto& [box, name] : boxes) {
        box->setAccessibleName(name);
        box->setToolTip(name);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(characters);
        row->addWidget(box, 1);
    }
    return row;
}

} // namespace brainlike
