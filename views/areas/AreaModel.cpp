#include "views/areas/AreaModel.h"

#include "views/state/NumberText.h"

#include <QCollator>
#include <QPainter>
#include <QPixmap>

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

QPixmap swatch(const std::array<std::uint8_t, 4>& color) {
    constexpr int size = 12;
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(128, 128, 128), 1));
    painter.setBrush(QColor(color[0], color[1], color[2]));
    painter.drawRoundedRect(QRectF(0.5, 0.5, size - 1, size - 1), 3, 3);
    return pixmap;
}

int vertexCount(const AreaSummary& area) {
    return area.vertices[0] + area.vertices[1];
}

} // namespace

void AreaModel::setAreas(std::vector<AreaSummary> areas) {
    const auto isSame = [](const AreaSummary& a, const AreaSummary& b) { return a.name == b.name; };
    if (std::equal(areas.begin(), areas.end(), m_areas.begin(), m_areas.end(), isSame)) {
        m_areas = std::move(areas);
        if (!m_areas.empty())
            Q_EMIT dataChanged(index(0, Vertices), index(rowCount() - 1, Right));
        return;
    }
    beginResetModel();
    m_areas = std::move(areas);
    endResetModel();
}

int AreaModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_areas.size());
}

int AreaModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AreaModel::data(const QModelIndex& index, int role) const {
    const AreaSummary& area = m_areas.at(static_cast<std::size_t>(index.row()));
    const int column = index.column();
    if (column == Name) {
        if (role == Qt::DisplayRole || role == sortRole)
            return QString::fromStdString(area.name);
        return role == Qt::DecorationRole ? QVariant(swatch(area.color)) : QVariant();
    }
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (column == Vertices) {
        if (role == Qt::ToolTipRole)
            return tr("%1 left, %2 right").arg(countText(area.vertices[0]), countText(area.vertices[1]));
        return role == Qt::DisplayRole ? QVariant(countText(vertexCount(area)))
               : role == sortRole      ? QVariant(vertexCount(area))
                                       : QVariant();
    }
    const double mean = area.means[column == Left ? 0 : 1];
    if (role == sortRole)
        return mean;
    if (role != Qt::DisplayRole)
        return {};
    return std::isfinite(mean) ? (m_meanText ? m_meanText(mean) : valueText(mean)) : QStringLiteral("–");
}

QVariant AreaModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((section == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    const std::array titles{tr("Area"), tr("Vertices"), tr("Left"), tr("Right")};
    const std::array tips{tr("Area of the parcellation"), tr("Vertices in both hemispheres"),
                          tr("Mean of the shown map over the area's vertices in the left hemisphere"),
                          tr("Mean of the shown map over the area's vertices in the right hemisphere")};
    if (role == Qt::DisplayRole)
        return titles[static_cast<std::size_t>(section)];
    return role == Qt::ToolTipRole ? QVariant(tips[static_cast<std::size_t>(section)]) : QVariant();
}

bool AreaFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const QVariant a = left.data(AreaModel::sortRole);
    const QVariant b = right.data(AreaModel::sortRole);
    if (left.column() == AreaModel::Name) {
        static const QCollator collator = [] {
            QCollator counting(QLocale::c());
            counting.setNumericMode(true);
            counting.setCaseSensitivity(Qt::CaseInsensitive);
            return counting;
        }();
        return collator.compare(a.toString(), b.toString()) < 0;
    }
    const bool isUp = sortOrder() == Qt::AscendingOrder;
    if (std::isnan(a.toDouble()) || std::isnan(b.toDouble()))
        return std::isnan(a.toDouble()) ? !isUp && !std::isnan(b.toDouble()) : isUp;
    return a.toDouble() < b.toDouble();
}

} // namespace brainlike
