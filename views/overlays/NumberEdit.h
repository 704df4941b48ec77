#pragma once

#include <QLineEdit>

namespace brainlike {

/// A field for one number of any size; "−" and "-" both are minus. What is no number is taken back.
class NumberEdit : public QLineEdit {
    Q_OBJECT
public:
    NumberEdit(const QString& objectName, const QString& accessibleName, QWidget* parent);
    /// Shows a number as short as it can be told, four digits.
    void setNumber(double number);

Q_SIGNALS:
    /// A number was typed.
    void entered(double number);

private:
    void take();
    QString m_shown;
};

} // namespace brainlike
