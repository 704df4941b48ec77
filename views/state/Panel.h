#pragma once

#include "core/base/Error.h"
#include "views/state/Theme.h"

#include <QLabel>
#include <QStringList>
#include <QWidget>

class QStackedLayout;
class QVBoxLayout;

namespace brainlike {

class PanelTitle;

/// One line of text that ends in "…" where it does not fit, with the whole text as its tip. Another text costs no new
/// layout: it takes the width that it is given. With a limit of more lines it takes those that its texts need, and
/// keeps them while its width stays, so that nothing below moves with the pointer.
class ElidedLabel : public QLabel {
public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setFullText(const QString& text);
    [[nodiscard]] const QString& fullText() const { return m_full; }
    void setLineLimit(int lines) { m_lineLimit = lines; }
    /// Whether all of the text is there to read.
    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void elide();
    /// Breaks the text between words; the last line that is allowed has the rest.
    [[nodiscard]] QStringList lines() const;
    QString m_full, m_shown;
    int m_lineLimit = 1, m_lines = 1;
    bool m_isWhole = true;
};

/// What all panels have: a title line that says exactly what is shown, a place for the content, and words in its stead
/// where something is missing.
class Panel : public QWidget {
    Q_OBJECT
public:
    /// The title's parts joined by " · ".
    [[nodiscard]] QString title() const { return m_titleParts.join(QStringLiteral(" · ")); }
    /// What is said instead of the content; empty while the content is shown.
    [[nodiscard]] const QString& message() const { return m_messageText; }

protected:
    Panel(const QString& objectName, const QString& accessibleName, QWidget* parent);

    /// Between title and content: choices that stay, whatever is said in place of the content.
    [[nodiscard]] QVBoxLayout* choicesLayout() const { return m_choicesLayout; }
    /// Where the content goes, below the title.
    [[nodiscard]] QVBoxLayout* contentLayout() const { return m_contentLayout; }
    void setTitle(const QStringList& parts);
    /// Shows words instead of the content.
    void showMessage(const QString& message);
    void showError(const ErrorDetails& error);
    void showContent();

    [[nodiscard]] const Theme& theme() const { return m_theme; }
    /// Called when the palette changed; the theme is the new one.
    virtual void themeChanged() = 0;
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();
    void updateTitle();

    Theme m_theme;
    QStringList m_titleParts;
    QString m_messageText;
    PanelTitle* m_title;
    QLabel* m_message;
    QWidget* m_content;
    QVBoxLayout* m_contentLayout;
    QVBoxLayout* m_choicesLayout;
    QStackedLayout* m_pages;
};

} // namespace brainlike
