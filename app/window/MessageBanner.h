#pragma once

#include "core/base/Error.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace brainlike {

/// A line above the picture that says what went wrong and what to do next; details one click away. Never blocks.
class MessageBanner : public QWidget {
    Q_OBJECT
public:
    explicit MessageBanner(QWidget* parent = nullptr);

    void showError(const ErrorDetails& error);
    void showNote(const QString& text);
    void dismiss();
    /// What is shown, without the details.
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void setShown(const QString& text, const QString& details);
    void applyTheme();

    QLabel* m_text;
    QLabel* m_details;
    QToolButton* m_more;
};

} // namespace brainlike
