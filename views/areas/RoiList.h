#pragma once

#include "views/state/SelectionModel.h"

#include <QTreeWidget>

namespace brainlike {

/// The regions of interest of the selection with their colours and sizes: a click makes one the current one, editing a
/// name renames it, Delete removes it.
class RoiList : public QTreeWidget {
    Q_OBJECT
public:
    explicit RoiList(SelectionModel& selection, QWidget* parent = nullptr);

    /// Removes the current region.
    void removeCurrent();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void show(const Selection& selection);
    void showCurrent(const Selection& selection);
    void rename(const QString& name, const QString& text);

    SelectionModel& m_selection;
    bool m_isFollowing = false;
};

} // namespace brainlike
