#include "views/state/PanelTitle.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace brainlike {
namespace {

constexpr int narrowest = 40;

} // namespace

PanelTitle::PanelTitle(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void PanelTitle::setParts(const QStringList& parts) {
    if (parts == m_parts)
        return;
    const int before = heightForWidth(width());
    m_parts = parts;
    if (heightForWidth(width()) != before)
        updateGeometry();
    update();
}

void PanelTitle::setMutedColor(const QColor& color) {
    m_muted = color;
    update();
}

QFont PanelTitle::fontOf(bool isFirstPart) const {
    QFont font = this->font();
    if (isFirstPart)
        font.setWeight(QFont::DemiBold);
    return font;
}

std::vector<PanelTitle::Run> PanelTitle::runs(int width) const {
    std::vector<Run> runs;
    int line = 0, left = 0;
    const auto add = [&](const QString& text, bool isFirst, int advance, int following) {
        if (left > 0 && left + advance + following > width) {
            ++line;
            left = 0;
        }
        runs.push_back({text, isFirst, line, left});
        left += advance;
    };
    for (qsizetype index = 0; index < m_parts.size(); ++index) {
        const bool isFirst = index == 0, isLast = index + 1 == m_parts.size();
        const QFontMetrics metrics(fontOf(isFirst));
        const QString& part = m_parts[index];
        const int dot = isLast ? 0 : fontMetrics().horizontalAdvance(QStringLiteral(" ·"));
        if (const int advance = metrics.horizontalAdvance(part); advance + dot <= width) {
            add(part, isFirst, advance, dot);
        } else {
            const QStringList words = part.split(' ');
            for (qsizetype word = 0; word < words.size(); ++word) {
                const bool isLastWord = word + 1 == words.size();
                add(words[word], isFirst, metrics.horizontalAdvance(words[word]), isLastWord ? dot : 0);
                left += isLastWord ? 0 : metrics.horizontalAdvance(' ');
            }
        }
        if (!isLast) {
            runs.push_back({QStringLiteral(" ·"), false, line, left});
            left += dot + fontMetrics().horizontalAdvance(' ');
        }
    }
    return runs;
}

int PanelTitle::heightForWidth(int width) const {
    const auto all = runs(width);
    return all.empty() ? 0 : (all.back().line + 1) * fontMetrics().lineSpacing();
}

QSize PanelTitle::sizeHint() const {
    return {narrowest, heightForWidth(std::max(width(), narrowest))};
}

QSize PanelTitle::minimumSizeHint() const {
    return {narrowest, fontMetrics().lineSpacing()};
}

void PanelTitle::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QFont plain = fontOf(false), bold = fontOf(true);
    const QColor ground = palette().color(foregroundRole());
    for (const Run& run : runs(width())) {
        const bool isDot = run.text == QStringLiteral(" ·");
        painter.setFont(run.isFirstPart ? bold : plain);
        painter.setPen(run.isFirstPart || isDot ? ground : m_muted);
        painter.drawText(run.left, run.line * fontMetrics().lineSpacing() + fontMetrics().ascent(), run.text);
    }
}

/// Layouts keep what they were told for widths that the title had before.
void PanelTitle::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (heightForWidth(width()) != height())
        updateGeometry();
}

void PanelTitle::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

} // namespace brainlike
