#include "app/window/KeyboardOwner.h"

#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QComboBox>
#include <QCoreApplication>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QTabBar>

namespace brainlike {
namespace {

bool isSideways(int key) {
    return key == Qt::Key_Left || key == Qt::Key_Right;
}

bool isMove(int key) {
    return isSideways(key) || key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Home || key == Qt::Key_End ||
           key == Qt::Key_PageUp || key == Qt::Key_PageDown;
}

bool movesBy(const QObject* widget, const QKeyEvent& event, bool isReachedByKey) {
    const int key = event.key();
    if (!isMove(key) || event.modifiers().testFlag(Qt::ControlModifier))
        return false;
    if (const auto* slider = qobject_cast<const QAbstractSlider*>(widget))
        return !event.modifiers().testFlag(Qt::ShiftModifier) &&
               (isSideways(key) == (slider->orientation() == Qt::Horizontal) || key == Qt::Key_Home ||
                key == Qt::Key_End);
    if (qobject_cast<const QAbstractItemView*>(widget) != nullptr)
        return !event.modifiers().testFlag(Qt::ShiftModifier);
    if (qobject_cast<const QTabBar*>(widget) != nullptr)
        return isReachedByKey && isSideways(key) && event.modifiers() == Qt::NoModifier;
    return isReachedByKey && qobject_cast<const QComboBox*>(widget) != nullptr && !isSideways(key);
}

} // namespace

KeyboardOwner::KeyboardOwner(QObject* parent) : QObject(parent) {
    QCoreApplication::instance()->installEventFilter(this);
}

bool KeyboardOwner::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        m_isReachedByKey =
            reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    } else if (event->type() == QEvent::ShortcutOverride &&
               movesBy(watched, *static_cast<QKeyEvent*>(event), m_isReachedByKey)) {
        event->accept();
        return true;
    }
    return false;
}

} // namespace brainlike
