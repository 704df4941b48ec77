#pragma once

#include "core/session/Selection.h"

#include <QElapsedTimer>
#include <QObject>

#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace brainlike {

/// The one observable: holds the Selection, tells every view when it changes, and remembers what it was before. Lives
/// on the GUI thread.
///
/// Changes that follow each other within the merge time and touch the same fields count as one for undo, and so does
/// everything between `beginGesture` and `endGesture`: playing through training or dragging a handle is undone at once.
class SelectionModel : public QObject {
    Q_OBJECT
public:
    explicit SelectionModel(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] const Selection& selection() const { return m_selection; }
    /// Replaces the selection; emits `changed` if it differs.
    void apply(const Selection& selection);
    /// Replaces the selection, as another study needs it, and forgets what came before.
    void restart(const Selection& selection);
    /// Applies `edit(copy of the current selection)`.
    template <typename Edit>
    void edit(Edit&& edit) {
        Selection next = m_selection;
        edit(next);
        apply(next);
    }

    /// Goes back to the selection before the last change, if there is one.
    void undo();
    /// Takes an undo back, if nothing changed since.
    void redo();
    /// Fields (as in the selection's JSON) that `undo` would change; empty: nothing to undo.
    [[nodiscard]] std::set<std::string> undoable() const;
    [[nodiscard]] std::set<std::string> redoable() const;

    /// All changes until `endGesture` are undone together.
    void beginGesture();
    void endGesture();
    /// How long after a change the next one of the same fields still belongs to it.
    void setMergeTime(std::chrono::milliseconds time) { m_mergeTime = time; }

Q_SIGNALS:
    void changed(const brainlike::Selection& before, const brainlike::Selection& after);
    /// What can be undone or redone is different now.
    void historyChanged();

private:
    void remember(const Selection& next);
    void moveTo(std::vector<Selection>& from, std::vector<Selection>& to);
    void replace(const Selection& selection);

    Selection m_selection;
    std::vector<Selection> m_past, m_future;
    std::set<std::string> m_lastFields;
    QElapsedTimer m_sinceChange;
    std::chrono::milliseconds m_mergeTime{1500};
    bool m_isGesture = false, m_isGestureNoted = false, m_isTelling = false;
};

} // namespace brainlike
