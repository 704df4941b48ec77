#include "views/overlays/NumberEdit.h"

#include <cmath>

namespace brainlike {

NumberEdit::NumberEdit(const QString& objectName, const QString& accessibleName, QWidget* parent) : QLineEdit(parent) {
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setAlignment(Qt::AlignRight);
    setMinimumWidth(fontMetrics().horizontalAdvance("−0.0000") + 16);
    connect(this, &QLineEdit::editingFinished, this, &NumberEdit::take);
}

void NumberEdit::setNumber(double number) {
    m_shown = std::isfinite(number) ? QString::number(number, 'g', 4).replace('-', QChar(0x2212)) : QString();
    if (!hasFocus() || !isModified())
        setText(m_shown);
}

void NumberEdit::take() {
    if (!isModified())
        return;
    setModified(false);
    QString typed = text().trimmed();
    bool isNumber = false;
    const double number = typed.replace(QChar(0x2212), '-').replace(',', '.').toDouble(&isNumber);
    setText(m_shown);
    if (isNumber && std::isfinite(number))
        Q_EMIT entered(number);
}

} // namespace brainlike
