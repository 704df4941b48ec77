#pragma once

#include "core/roi/AreaMeans.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <functional>

namespace brainlike {

/// Areas as rows of a table: name with its colour, vertices, mean of the shown map on the left and on the right.
class AreaModel : public QAbstractTableModel {
public:
    enum Column { Name, Vertices, Left, Right, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Another parcellation, or other means.
    void setAreas(std::vector<AreaSummary> areas);
    /// How means are written.
    void setMeanText(std::function<QString(double)> text) { m_meanText = std::move(text); }
    [[nodiscard]] const std::vector<AreaSummary>& areas() const { return m_areas; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Numbers to sort by; what is missing comes last in either order.
    static constexpr int sortRole = Qt::UserRole;

private:
    std::vector<AreaSummary> m_areas;
    std::function<QString(double)> m_meanText;
};

/// The areas whose name holds a text, sorted; names as people count ("V1, V2, V10").
class AreaFilter : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

protected:
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

} // namespace brainlike
