#include "views/areas/RoiList.h"

#include "views/state/NumberText.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPixmap>

#include <algorithm>
#include <utility>

namespace brainlike {

RoiList::RoiList(SelectionModel& selection, QWidget* parent) : QTreeWidget(parent), m_selection(selection) {
    setObjectName("roiList");
    setAccessibleName(tr("Regions of interest"));
    setColumnCount(2);
    setHeaderLabels({tr("Region of interest"), tr("Vertices")});
    headerItem()->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    connect(&selection, &SelectionModel::changed, this, [this](const Selection& before, const Selection& after) {
        if (before.regions.rois != after.regions.rois)
            show(after);
        else if (before.regions.roi != after.regions.roi)
            showCurrent(after);
    });
    connect(this, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item, int column) {
        if (m_isFollowing || column != 0)
            return;
        // The list is made anew once the item is no longer in use.
        const QString name = item->data(0, Qt::UserRole).toString();
        QMetaObject::invokeMethod(
            this, [this, name, text = item->text(0)] { rename(name, text); }, Qt::QueuedConnection);
    });
    connect(this, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
        if (!m_isFollowing && item != nullptr)
            m_selection.edit(
                [item](Selection& next) { next.regions.roi = item->data(0, Qt::UserRole).toString().toStdString(); });
    });
    show(selection.selection());
}

void RoiList::show(const Selection& selection) {
    const bool wasFollowing = std::exchange(m_isFollowing, true);
    const RegionChoice& regions = selection.regions;
    clear();
    for (const Roi& roi : regions.rois->rois) {
        const QString name = QString::fromStdString(roi.name);
        auto* item = new QTreeWidgetItem(this, {name, countText(static_cast<std::int64_t>(roi.vertexCount()))});
        item->setData(0, Qt::UserRole, name);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        QPixmap swatch(12, 12);
        swatch.fill(QColor(roi.color[0], roi.color[1], roi.color[2]));
        item->setIcon(0, swatch);
        item->setToolTip(0, tr("%1 left, %2 right")
                                .arg(countText(static_cast<std::int64_t>(roi.vertices[0].size())),
                                     countText(static_cast<std::int64_t>(roi.vertices[1].size()))));
    }
    m_isFollowing = wasFollowing;
    showCurrent(selection);
}

void RoiList::showCurrent(const Selection& selection) {
    const bool wasFollowing = std::exchange(m_isFollowing, true);
    QTreeWidgetItem* current = nullptr;
    for (int row = 0; row < topLevelItemCount(); ++row)
        if (topLevelItem(row)->text(0).toStdString() == selection.regions.roi)
            current = topLevelItem(row);
    if (current != currentItem())
        setCurrentItem(current);
    m_isFollowing = wasFollowing;
}

void RoiList::rename(const QString& name, const QString& text) {
    const std::string before = name.toStdString();
    const std::string after = text.simplified().toStdString();
    RoiSet set = *m_selection.selection().regions.rois;
    const auto found = std::ranges::find(set.rois, before, &Roi::name);
    if (found == set.rois.end() || after.empty() || set.find(after) != nullptr)
        return show(m_selection.selection());
    found->name = after;
    m_selection.edit([&](Selection& next) {
        next.regions.rois = SharedRois(std::move(set));
        if (next.regions.roi == before)
            next.regions.roi = after;
    });
}

void RoiList::removeCurrent() {
    if (currentItem() == nullptr)
        return;
    const std::string name = currentItem()->data(0, Qt::UserRole).toString().toStdString();
    m_selection.edit([&](Selection& next) {
        next.regions.rois = SharedRois(withoutRoi(*next.regions.rois, name));
        if (next.regions.roi == name)
            next.regions.roi.clear();
    });
}

void RoiList::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete && state() != QAbstractItemView::EditingState)
        removeCurrent();
    else
        QTreeWidget::keyPressEvent(event);
}

} // namespace brainlike
