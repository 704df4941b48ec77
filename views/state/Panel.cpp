#include "views/state/Panel.h"

#include "views/state/PanelTitle.h"

#include <QEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QStackedLayout>
#include <QStyle>
#include <QVBoxLayout>

#include <utility>

namespace brainlike {

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void ElidedLabel::setFullText(const QString& text) {
    if (text == m_full)
        return;
    m_full = text;
    setAccessibleName(text);
    elide();
}

QSize ElidedLabel::minimumSizeHint() const {
    const QMargins margins = contentsMargins();
    return {40, m_lines * fontMetrics().lineSpacing() + margins.top() + margins.bottom()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    style()->drawItemText(&painter, contentsRect(),
                          static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment())), palette(),
                          isEnabled(), m_shown, foregroundRole());
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
    QLabel::resizeEvent(event);
    if (event->oldSize().width() != width() && m_lines > 1) {
        m_lines = 1;
        updateGeometry();
    }
    elide();
}

void ElidedLabel::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        elide();
}

void ElidedLabel::elide() {
    QStringList shown = lines();
    const QString last = shown.last();
    shown.last() = fontMetrics().elidedText(last, Qt::ElideRight, contentsRect().width());
    m_isWhole = shown.last() == last;
    m_shown = shown.join('\n');
    setToolTip(m_isWhole ? QString() : m_full);
    if (shown.size() > m_lines) {
        m_lines = static_cast<int>(shown.size());
        updateGeometry();
    }
    update();
}

QStringList ElidedLabel::lines() const {
    QStringList lines{QString()};
    for (const QString& word : m_full.split(' ')) {
        const QString longer = lines.last().isEmpty() ? word : lines.last() + ' ' + word;
        const bool fits = fontMetrics().horizontalAdvance(longer) <= contentsRect().width();
        if (fits || lines.last().isEmpty() || lines.size() >= m_lineLimit)
            lines.last() = longer;
        else
            lines << word;
    }
    return lines;
}

Panel::Panel(const QString& objectName, const QString& accessibleName, QWidget* parent)
    : QWidget(parent), m_theme(Theme::of(palette())), m_title(new PanelTitle(this)), m_message(new QLabel(this)),
      m_content(new QWidget(this)), m_contentLayout(new QVBoxLayout(m_content)), m_choicesLayout(new QVBoxLayout),
      m_pages(new QStackedLayout) {
    setObjectName(objectName);
    setAccessibleName(accessibleName);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);

    m_title->setObjectName(objectName + "Title");
    m_message->setObjectName(objectName + "Message");
    m_message->setTextFormat(Qt::PlainText);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setWordWrap(true);
    m_message->setMargin(16);
    m_contentLayout->setContentsMargins(0, 0, 0, 0);
    m_contentLayout->setSpacing(4);

    m_pages->addWidget(m_content);
    m_pages->addWidget(m_message);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addLayout(m_choicesLayout);
    layout->addLayout(m_pages, 1);
    applyTheme();
}

void Panel::setTitle(const QStringList& parts) {
    if (parts == m_titleParts)
        return;
    m_titleParts = parts;
    updateTitle();
}

void Panel::updateTitle() {
    m_title->setParts(m_titleParts);
    m_title->setMutedColor(m_theme.mutedText);
    m_title->setVisible(!m_titleParts.isEmpty());
    m_title->setAccessibleName(title());
}

void Panel::showMessage(const QString& message) {
    m_messageText = message;
    m_message->setText(message);
    m_message->setAccessibleName(message);
    m_pages->setCurrentWidget(m_message);
}

void Panel::showError(const ErrorDetails& error) {
    showMessage(QString::fromStdString(messageOf(error)));
}

void Panel::showContent() {
    m_messageText.clear();
    m_pages->setCurrentWidget(m_content);
}

void Panel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange && event->type() != QEvent::StyleChange)
        return;
    const Theme before = std::exchange(m_theme, Theme::of(palette()));
    if (before.panel == m_theme.panel && before.text == m_theme.text && before.accent == m_theme.accent)
        return;
    applyTheme();
    themeChanged();
}

void Panel::applyTheme() {
    QPalette muted = m_message->palette();
    if (muted.color(QPalette::WindowText) != m_theme.mutedText) {
        // Labels on a ground of the role Base draw with Text.
        for (const auto role : {QPalette::WindowText, QPalette::Text})
            muted.setColor(role, m_theme.mutedText);
        m_message->setPalette(muted);
    }
    updateTitle();
}

} // namespace brainlike
