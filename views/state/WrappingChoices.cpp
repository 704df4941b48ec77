#include "views/state/WrappingChoices.h"

#include <QEvent>
#include <QGridLayout>

#include <algorithm>

namespace brainlike {
namespace {

constexpr int spacing = 8;
constexpr int frameOfBox = 32;      ///< pixels of a box that are not text
constexpr int fewestCharacters = 4; ///< that a box shows at least

int longestEntry(const QComboBox& box) {
    int longest = 0;
    for (int entry = 0; entry < box.count(); ++entry)
        longest = std::max(longest, box.fontMetrics().horizontalAdvance(box.itemText(entry)));
    return longest + frameOfBox;
}

} // namespace

WrappingChoices::WrappingChoices(const std::vector<std::pair<QComboBox*, QString>>& boxes, QWidget* parent)
    : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(spacing);
    m_grid->setVerticalSpacing(4);
    for (const auto& [box, name] : boxes) {
        box->setParent(this);
        box->setAccessibleName(name);
        box->setToolTip(name);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(fewestCharacters);
        box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        box->installEventFilter(this);
        connect(box->model(), &QAbstractItemModel::rowsInserted, this, &WrappingChoices::arrange);
        m_boxes.push_back(box);
    }
    arrange();
}

/// As many as have room for their longest entries, all columns being as wide as each other.
int WrappingChoices::columnsThatFit(const std::vector<QComboBox*>& shown) const {
    int widest = 0;
    for (const QComboBox* box : shown)
        widest = std::max(widest, longestEntry(*box));
    const int count = static_cast<int>(shown.size());
    const int fitting = std::clamp((width() + spacing) / (widest + spacing), 1, std::max(1, count));
    const int rows = (count + fitting - 1) / fitting; // which are as full as each other
    return rows == 0 ? 1 : (count + rows - 1) / rows;
}

void WrappingChoices::arrange() {
    std::vector<QComboBox*> shown;
    std::ranges::copy_if(m_boxes, std::back_inserter(shown), [](const QComboBox* box) { return !box->isHidden(); });
    const int columns = columnsThatFit(shown);
    if (columns == m_columns && shown == m_arranged)
        return;
    for (QComboBox* box : m_boxes)
        m_grid->removeWidget(box);
    for (int column = 0; column < std::max(columns, m_columns); ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    for (int at = 0; at < static_cast<int>(shown.size()); ++at)
        m_grid->addWidget(shown[static_cast<std::size_t>(at)], at / columns, at % columns);
    m_columns = columns;
    m_arranged = std::move(shown);
}

void WrappingChoices::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

bool WrappingChoices::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::HideToParent || event->type() == QEvent::ShowToParent ||
        event->type() == QEvent::FontChange)
        arrange();
    return QWidget::eventFilter(watched, event);
}

} // namespace brainlike
