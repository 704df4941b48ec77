#pragma once

#include "core/session/Selection.h"

#include <QObject>

namespace brainlike {

/// The one observable: holds the Selection and tells every view when it changes. Lives on the GUI thread.
class SelectionModel : public QObject {
    Q_OBJECT
public:
    explicit SelectionModel(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] const Selection& selection() const { return m_selection; }
    /// Replaces the selection; emits `changed` if it differs.
    void apply(const Selection& selection);
    /// Applies `edit(copy of the current selection)`.
    template <typename Edit>
    void edit(Edit&& edit) {
        Selection next = m_selection;
        edit(next);
        apply(next);
    }

Q_SIGNALS:
    void changed(const brainlike::Selection& before, const brainlike::Selection& after);

private:
    Selection m_selection;
};

} // namespace brainlike
