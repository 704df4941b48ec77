#include "views/training/TrainingLegend.h"

#include "views/state/NumberText.h"

#include <QFontMetricsF>
#include <QPainter>

#include <array>
#include <cmath>

namespace brainlike {
namespace {

constexpr double swatchWidth = 16, swatchGap = 6, scoreGap = 22, wordGap = 6, sidesGap = 24;

QFont boldOf(QFont font) {
    font.setWeight(QFont::DemiBold);
    return font;
}

template <typename Pieces>
QString joined(const Pieces& pieces) {
    QStringList texts;
    for (const auto& piece : pieces)
        texts << piece.text;
    return texts.join(' ');
}

} // namespace

TrainingLegend::TrainingLegend(QWidget* parent) : QWidget(parent) {
    setObjectName("trainingLegend");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TrainingLegend::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void TrainingLegend::setCurves(const TrainingCurves& curves) {
    m_curves = curves;
    QStringList details;
    for (const TrainingCurve& curve : m_curves.curves)
        if (!curve.name.isEmpty())
            details << curve.halfTimeDetail();
    setToolTip(details.join('\n'));
    update();
}

void TrainingLegend::setCheckpoint(int checkpoint) {
    m_checkpoint = checkpoint;
    setAccessibleName(checkpointText());
    update();
}

QSize TrainingLegend::sizeHint() const {
    return {600, fontMetrics().height() + 4};
}
QSize TrainingLegend::minimumSizeHint() const {
    return {200, fontMetrics().height() + 4};
}

std::vector<TrainingLegend::Piece> TrainingLegend::scorePieces(bool values, bool halfTimes) const {
    std::vector<Piece> pieces;
    const bool there = m_checkpoint >= 0 && static_cast<std::size_t>(m_checkpoint) < m_curves.size();
    for (std::size_t at = 0; at < m_curves.curves.size(); ++at) {
        const TrainingCurve& curve = m_curves.curves[at];
        const QColor color = curveColor(at, m_theme);
        pieces.push_back({curve.name, m_theme.text, false, true, at > 0 ? scoreGap : 0});
        if (values && there) {
            const double value = curve.values[static_cast<std::size_t>(m_checkpoint)];
            pieces.back().swatch = true;
            pieces.push_back(
                {std::isfinite(value) ? scoreText(value) : QStringLiteral("–"), color, true, false, wordGap});
        }
        if (halfTimes && curve.finalValue())
            pieces.push_back({curve.halfTimeText(), m_theme.mutedText, false, false, wordGap + 2});
    }
    return pieces;
}

std::vector<TrainingLegend::Piece> TrainingLegend::stepPieces(qsizetype parts) const {
    if (m_checkpoint < 0 || static_cast<std::size_t>(m_checkpoint) >= m_curves.size())
        return {};
    const auto at = static_cast<std::size_t>(m_checkpoint);
    const QString step = brainlike::checkpointText(m_curves.steps[at]);
    const QStringList line = m_curves.checkpointLine(at).split(QStringLiteral(" · "));
    std::vector<Piece> pieces{{step, m_theme.text, true, false, 0}};
    QString rest = line.mid(0, parts).join(QStringLiteral(" · ")).mid(step.size());
    if (rest.startsWith(' '))
        rest = rest.mid(1);
    if (parts > 0 && !rest.isEmpty())
        pieces.push_back({rest, m_theme.mutedText, false, false, rest.startsWith(',') ? 0 : wordGap});
    if (!m_curves.computed[at])
        pieces.push_back({QStringLiteral("· not computed yet"), m_theme.mutedText, false, false, wordGap});
    return pieces;
}

TrainingLegend::Line TrainingLegend::fittingLine() const {
    struct Detail {
        bool values, halfTimes;
        qsizetype stepParts;
    };
    constexpr std::array details{Detail{true, true, 3},  Detail{true, true, 2},  Detail{true, false, 3},
                                 Detail{true, false, 1}, Detail{true, false, 0}, Detail{false, false, 0}};
    Line line;
    for (const Detail& detail : details) {
        line = {scorePieces(detail.values, detail.halfTimes), stepPieces(detail.stepParts)};
        if (widthOf(line.left) + sidesGap + widthOf(line.right) <= width())
            return line;
    }
    line.left.clear();
    return line;
}

double TrainingLegend::widthOf(const std::vector<Piece>& pieces) const {
    const QFontMetricsF plain(font()), bold(boldOf(font()));
    double width = 0;
    for (const Piece& piece : pieces)
        width += piece.gapBefore + (piece.swatch ? swatchWidth + swatchGap : 0) +
                 (piece.bold ? bold : plain).horizontalAdvance(piece.text);
    return width;
}

void TrainingLegend::draw(QPainter& painter, const std::vector<Piece>& pieces, double x) const {
    std::size_t curve = 0;
    for (const Piece& piece : pieces) {
        x += piece.gapBefore;
        if (piece.swatch) {
            painter.setPen(QPen(curveColor(curve++, m_theme), 3, Qt::SolidLine, Qt::RoundCap));
            painter.drawLine(QPointF(x + 1.5, height() / 2.0), QPointF(x + swatchWidth - 1.5, height() / 2.0));
            x += swatchWidth + swatchGap;
        }
        painter.setFont(piece.bold ? boldOf(font()) : font());
        painter.setPen(piece.color);
        const double width = QFontMetricsF(painter.font()).horizontalAdvance(piece.text);
        painter.drawText(QRectF(x, 0, width + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, piece.text);
        x += width;
    }
}

void TrainingLegend::paintEvent(QPaintEvent*) {
    if (m_curves.size() == 0)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Line line = fittingLine();
    draw(painter, line.left, 0);
    draw(painter, line.right, width() - widthOf(line.right));
}

QString TrainingLegend::checkpointText() const {
    return joined(fittingLine().right);
}
QString TrainingLegend::scoresText() const {
    return joined(fittingLine().left);
}

} // namespace brainlike
