#include "views/timecourse/CourseMarks.h"

#include "views/state/PlotStyle.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double nearEdge = 5;
/// Of the axis' height, from its lower end: where the bars of significance lie.
constexpr double barsTop = 0.955;
/// Where the marks of B stand, above those of A.
constexpr double otherTop = 0.875;

QCPItemText* markText(QCustomPlot& plot, const QString& text) {
    auto* item = new QCPItemText(&plot);
    item->setLayer("axes");
    item->position->setTypeX(QCPItemPosition::ptPlotCoords);
    item->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    item->setPositionAlignment(Qt::AlignBottom | Qt::AlignHCenter);
    item->setText(text);
    item->setVisible(false);
    return item;
}

void placeMark(QCPItemText& item, const std::optional<double>& seconds, double height) {
    item.setVisible(seconds.has_value());
    if (seconds)
        item.position->setCoords(*seconds * 1000, height);
}

QString plainMilliseconds(double seconds) {
    return QString::number(std::round(seconds * 1000));
}

} // namespace

QString windowSpanText(double start, double end) {
    return QStringLiteral("%1–%2 ms").arg(plainMilliseconds(start), plainMilliseconds(end));
}

QString windowText(const TimeWindow& window) {
    const QString span = windowSpanText(window.start, window.end);
    const QString name = QString::fromStdString(window.name);
    return name.isEmpty() || name == span ? span : QStringLiteral("%1 (%2)").arg(name, span);
}

TimeWindow withEnds(const TimeWindow& window, double start, double end) {
    const bool saysEnds = windowText(window) == windowSpanText(window.start, window.end);
    return {saysEnds ? windowSpanText(start, end).toStdString() : window.name, start, end};
}

CourseMarks::CourseMarks(QCustomPlot& plot)
    : m_plot(plot), m_band(new QCPItemRect(&plot)), m_bars(new QCPItemPixmap(&plot)),
      m_onset(markText(plot, QStringLiteral("▲"))), m_maximum(markText(plot, QStringLiteral("◆"))),
      m_otherOnset(markText(plot, QStringLiteral("B▲"))), m_otherMaximum(markText(plot, QStringLiteral("◆B"))) {
    m_band->setLayer("background");
    m_band->topLeft->setTypeX(QCPItemPosition::ptAxisRectRatio);
    m_band->bottomRight->setTypeX(QCPItemPosition::ptAxisRectRatio);
    m_band->setPen(Qt::NoPen);
    m_band->setVisible(false);
    m_bars->setLayer("grid");
    m_bars->setScaled(true, Qt::IgnoreAspectRatio, Qt::FastTransformation);
    m_bars->setPen(Qt::NoPen);
    for (QCPItemPosition* corner : {m_bars->topLeft, m_bars->bottomRight})
        corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_bars->setVisible(false);
}

void CourseMarks::setTheme(const Theme& theme) {
    m_theme = theme;
    m_band->setBrush(faded(theme.mutedText, theme.dark ? 0.22 : 0.15));
    for (QCPItemText* item : {m_onset, m_maximum, m_otherOnset, m_otherMaximum}) {
        item->setColor(theme.text);
        item->setFont(m_plot.font());
    }
    // The letters stand outside, so that they do not cover each other where both marks are near.
    const int half = QFontMetrics(m_plot.font()).horizontalAdvance(QStringLiteral("◆")) / 2;
    m_otherOnset->setPositionAlignment(Qt::AlignBottom | Qt::AlignRight);
    m_otherOnset->setPadding(QMargins(0, 0, -half, 0));
    m_otherMaximum->setPositionAlignment(Qt::AlignBottom | Qt::AlignLeft);
    m_otherMaximum->setPadding(QMargins(-half, 0, 0, 0));
    setWindows(std::vector<TimeWindow>(m_windows));
}

void CourseMarks::setWindows(const std::vector<TimeWindow>& windows) {
    for (QCPItemRect* item : m_rects)
        m_plot.removeItem(item);
    for (QCPItemText* item : m_labels)
        m_plot.removeItem(item);
    m_rects.clear();
    m_labels.clear();
    m_windows = windows;
    for (std::size_t index = 0; index < windows.size(); ++index) {
        auto* item = new QCPItemRect(&m_plot);
        item->setLayer("background");
        for (QCPItemPosition* corner : {item->topLeft, item->bottomRight}) {
            corner->setTypeX(QCPItemPosition::ptPlotCoords);
            corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
        }
        item->topLeft->setCoords(windows[index].start * 1000, 0);
        item->bottomRight->setCoords(windows[index].end * 1000, 1);
        item->setPen(Qt::NoPen);
        item->setBrush(faded(m_theme.accent, index % 2 == 0 ? 0.10 : 0.18));
        m_rects.push_back(item);

        auto* label = new QCPItemText(&m_plot);
        label->setLayer("grid");
        label->position->setTypeX(QCPItemPosition::ptPlotCoords);
        label->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        label->position->setCoords((windows[index].start + windows[index].end) * 500, 0);
        label->setPositionAlignment(Qt::AlignTop | Qt::AlignHCenter);
        label->setText(QString::fromStdString(windows[index].name).remove(QStringLiteral(" ms")));
        label->setColor(m_theme.mutedText);
        label->setFont(m_plot.font());
        m_labels.push_back(label);
    }
    place();
}

void CourseMarks::place() {
    double free = -1e9;
    for (std::size_t index = 0; index < m_labels.size(); ++index) {
        const double left = m_plot.xAxis->coordToPixel(m_windows[index].start * 1000);
        const double right = m_plot.xAxis->coordToPixel(m_windows[index].end * 1000);
        const double width = QFontMetrics(m_plot.font()).horizontalAdvance(m_labels[index]->text()) + 8;
        const double start = (left + right - width) / 2;
        const bool fits = right - left > width && start >= free;
        m_labels[index]->setVisible(fits);
        if (fits)
            free = start + width;
    }
}

void CourseMarks::setSignificance(const CourseSignificance& significance, const std::vector<double>& times) {
    m_band->setVisible(significance.band.has_value());
    if (significance.band) {
        m_band->topLeft->setCoords(0, significance.band->high);
        m_band->bottomRight->setCoords(1, significance.band->low);
    }
    placeMark(*m_onset, significance.onset, barsTop);
    m_onset->setText(significance.isOnsetTested ? QStringLiteral("▲") : QStringLiteral("△"));
    placeMark(*m_maximum, significance.maximum, barsTop);
    drawBars(significance, times);
}

void CourseMarks::setOtherMarks(const std::optional<double>& onset, const std::optional<double>& maximum) {
    placeMark(*m_otherOnset, onset, otherTop);
    placeMark(*m_otherMaximum, maximum, otherTop);
}

void CourseMarks::drawBars(const CourseSignificance& significance, const std::vector<double>& times) {
    const bool known = times.size() > 1 && significance.shares.size() == times.size() &&
                       significance.meanPasses.size() == times.size();
    m_bars->setVisible(known);
    if (!known)
        return;
    QImage image(static_cast<int>(times.size()), 2, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    for (std::size_t time = 0; time < times.size(); ++time) {
        const double share = significance.shares[time];
        if (std::isfinite(share) && share > 0)
            image.setPixelColor(static_cast<int>(time), 0, faded(m_theme.text, 0.15 + 0.65 * share));
        if (significance.meanPasses[time])
            image.setPixelColor(static_cast<int>(time), 1, m_theme.accent);
    }
    m_bars->setPixmap(QPixmap::fromImage(image));
    const double half = (times.back() - times.front()) / static_cast<double>(times.size() - 1) / 2;
    m_bars->topLeft->setCoords(times.front() - half, barsTop);
    m_bars->bottomRight->setCoords(times.back() + half, 1);
}

std::optional<WindowEdge> CourseMarks::edgeAt(double x) const {
    std::optional<WindowEdge> nearest;
    double closest = nearEdge;
    for (std::size_t index = 0; index < m_windows.size(); ++index)
        for (const bool isEnd : {false, true}) {
            const double edge = isEnd ? m_windows[index].end : m_windows[index].start;
            const double away = std::abs(m_plot.xAxis->coordToPixel(edge * 1000) - x);
            if (away < closest) {
                closest = away;
                nearest = WindowEdge{static_cast<int>(index), isEnd};
            }
        }
    return nearest;
}

std::optional<int> CourseMarks::windowAt(double seconds) const {
    std::optional<int> narrowest;
    double width = 1e9;
    for (std::size_t index = 0; index < m_windows.size(); ++index) {
        const TimeWindow& window = m_windows[index];
        if (seconds >= window.start && seconds <= window.end && window.end - window.start < width) {
            width = window.end - window.start;
            narrowest = static_cast<int>(index);
        }
    }
    return narrowest;
}

} // namespace brainlike
