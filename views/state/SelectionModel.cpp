#include "views/state/SelectionModel.h"

#include "core/session/SelectionChange.h"

#include <utility>

namespace brainlike {
namespace {

/// As many changes can be undone.
constexpr std::size_t longestPast = 200;

} // namespace

void SelectionModel::apply(const Selection& selection) {
    if (selection == m_selection)
        return;
    // What listeners add while they follow a change belongs to it.
    if (!m_isTelling)
        remember(selection);
    replace(selection);
}

void SelectionModel::restart(const Selection& selection) {
    m_past.clear();
    m_future.clear();
    m_lastFields.clear();
    if (selection != m_selection)
        replace(selection);
    else
        Q_EMIT historyChanged();
}

void SelectionModel::remember(const Selection& next) {
    std::set<std::string> fields = changedFields(m_selection, next);
    const bool isRecent = m_sinceChange.isValid() && m_sinceChange.elapsed() < m_mergeTime.count();
    const bool continues = m_isGesture ? m_isGestureNoted : isRecent && fields == m_lastFields;
    m_sinceChange.start();
    m_lastFields = std::move(fields);
    m_isGestureNoted = m_isGesture;
    if (continues && !m_past.empty())
        return;
    m_past.push_back(m_selection);
    if (m_past.size() > longestPast)
        m_past.erase(m_past.begin());
    m_future.clear();
}

void SelectionModel::replace(const Selection& selection) {
    const Selection before = std::exchange(m_selection, selection);
    const bool wasTelling = std::exchange(m_isTelling, true);
    Q_EMIT changed(before, m_selection);
    m_isTelling = wasTelling;
    if (m_isTelling)
        return;
    // Changes that ended where they began leave nothing to undo.
    if (!m_past.empty() && m_past.back() == m_selection) {
        m_past.pop_back();
        m_lastFields.clear();
        m_isGestureNoted = false;
    }
    Q_EMIT historyChanged();
}

void SelectionModel::undo() {
    moveTo(m_past, m_future);
}

void SelectionModel::redo() {
    moveTo(m_future, m_past);
}

void SelectionModel::moveTo(std::vector<Selection>& from, std::vector<Selection>& to) {
    if (from.empty())
        return;
    const Selection next = std::move(from.back());
    from.pop_back();
    to.push_back(m_selection);
    m_lastFields.clear();
    m_isGestureNoted = false;
    replace(next);
}

std::set<std::string> SelectionModel::undoable() const {
    return m_past.empty() ? std::set<std::string>() : changedFields(m_past.back(), m_selection);
}

std::set<std::string> SelectionModel::redoable() const {
    return m_future.empty() ? std::set<std::string>() : changedFields(m_future.back(), m_selection);
}

void SelectionModel::beginGesture() {
    m_isGesture = true;
    m_isGestureNoted = false;
}

void SelectionModel::endGesture() {
    m_isGesture = m_isGestureNoted = false;
    m_lastFields.clear();
}

} // namespace brainlike
