#pragma once

#include <QObject>

namespace brainlike {

/// Lets tables, lists, sliders and boxes keep the keys they move by, which are keys of the window everywhere else: a
/// box only once it was reached by keyboard, since the mouse leaves the focus behind on it.
class KeyboardOwner : public QObject {
    Q_OBJECT
public:
    /// Watches the whole application as long as it lives.
    explicit KeyboardOwner(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool m_isReachedByKey = false; ///< what has the focus
};

} // namespace brainlike
