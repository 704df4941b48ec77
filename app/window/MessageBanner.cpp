#include "app/window/MessageBanner.h"

#include "views/state/Theme.h"

#include <QEvent>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

namespace brainlike {

MessageBanner::MessageBanner(QWidget* parent)
    : QWidget(parent), m_text(new QLabel(this)), m_details(new QLabel(this)), m_more(new QToolButton(this)) {
    setObjectName("banner");
    setAttribute(Qt::WA_StyledBackground);
    m_text->setObjectName("bannerText");
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->setWordWrap(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_more->setText(tr("Details"));
    m_more->setCheckable(true);
    m_more->setAutoRaise(true);
    auto* close = new QToolButton(this);
    close->setText(QStringLiteral("✕"));
    close->setAccessibleName(tr("Dismiss the message"));
    close->setAutoRaise(true);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(16, 8, 8, 8);
    layout->addWidget(m_text, 0, 0);
    layout->addWidget(m_more, 0, 1, Qt::AlignTop);
    layout->addWidget(close, 0, 2, Qt::AlignTop);
    layout->addWidget(m_details, 1, 0, 1, 3);
    layout->setColumnStretch(0, 1);
    connect(close, &QToolButton::clicked, this, &MessageBanner::dismiss);
    connect(m_more, &QToolButton::toggled, m_details, &QWidget::setVisible);
    applyTheme();
    hide();
}

void MessageBanner::showError(const ErrorDetails& error) {
    ErrorDetails rest = error;
    rest.what.clear();
    rest.advice.clear();
    QString text = QString::fromStdString(error.what);
    const QString file = QFileInfo(QString::fromStdString(error.file)).fileName();
    if (!file.isEmpty() && !text.contains(file))
        text = tr("%1: %2").arg(file, text);
    if (!text.endsWith('.'))
        text += '.';
    if (!error.advice.empty())
        text += ' ' + tr("What to do: %1").arg(QString::fromStdString(error.advice));
    setShown(text, QString::fromStdString(messageOf(rest)).trimmed());
}

void MessageBanner::showNote(const QString& text) { setShown(text, {}); }

void MessageBanner::dismiss() { hide(); }

QString MessageBanner::text() const { return m_text->text(); }

void MessageBanner::setShown(const QString& text, const QString& details) {
    m_text->setText(text);
    m_details->setText(details);
    m_more->setChecked(false);
    m_more->setVisible(!details.isEmpty());
    m_details->hide();
    show();
}

void MessageBanner::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
    QWidget::changeEvent(event);
}

void MessageBanner::applyTheme() {
    const bool dark = Theme::of(palette()).dark;
    const QString style = QStringLiteral("#banner { background: %1; border-bottom: 1px solid %2; }")
                              .arg(dark ? "#3d2f1c" : "#fff4e0", dark ? "#6b5128" : "#f0cf95");
    if (styleSheet() != style)
        setStyleSheet(style);
}

} // namespace brainlike
