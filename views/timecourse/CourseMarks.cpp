#include "views/timecourse/CourseMarks.h"

#include "views/state/PlotStyle.h"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <tuple>
#include <utility>

namespace brainlike {
namespace {

constexpr double nearEdge = 5;
/// Of the axis' height, from its lower end: where the bars of significance lie.
constexpr double barsTop = 0.955;

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
    setWindows(std::vector<TimeWindow>(m_windows));
}

void CourseMarks::setWindows(const std::vector<TimeWindow>& windows) {
    for (QCPItemRect* item : m_rects)
        m_plot.removeItem(item);
    for (QCPItemText* item : m_labels)
        m_plot.removeItem(item);
    for (QCPItemLine* item : m_leaders)
        m_plot.removeItem(item);
    m_rects.clear();
    m_labels.clear();
    m_leaders.clear();
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

        auto* leader = new QCPItemLine(&m_plot);
        leader->setLayer("grid");
        leader->setPen(QPen(m_theme.mutedText, 1));
        for (QCPItemPosition* end : {leader->start, leader->end})
            end->setType(QCPItemPosition::ptAbsolute);
        leader->setClipToAxisRect(false);
        m_leaders.push_back(leader);

        auto* label = new QCPItemText(&m_plot);
        label->setLayer("grid");
        label->position->setType(QCPItemPosition::ptAbsolute);
        label->setPositionAlignment(Qt::AlignTop | Qt::AlignHCenter);
        label->setText(QString::fromStdString(windows[index].name).remove(QStringLiteral(" ms")));
        label->setColor(m_theme.mutedText);
        label->setFont(m_plot.font());
        label->setClipToAxisRect(false);
        m_labels.push_back(label);
    }
    place();
}

void CourseMarks::place() {
    placeLabels();
    placeMarks();
}

/// Names stand above their windows or, where those are too near each other, beside each other with lines to them.
void CourseMarks::placeLabels() {
    constexpr double apart = 8, leaderHeight = 6;
    const QRect rect = m_plot.axisRect()->rect();
    const QFontMetrics metrics(m_plot.font());
    struct Label {
        std::size_t window;
        double wanted, middle, width;
    };
    std::vector<Label> labels;
    double needed = -apart;
    for (std::size_t index = 0; index < m_windows.size(); ++index) {
        m_labels[index]->setVisible(false);
        m_leaders[index]->setVisible(false);
        const double middle = m_plot.xAxis->coordToPixel((m_windows[index].start + m_windows[index].end) * 500);
        const double width = metrics.horizontalAdvance(m_labels[index]->text());
        // A plot below another one has no room above itself: the names are there.
        const bool hasRoom = rect.top() >= metrics.height() && needed + apart + width <= rect.width();
        if (middle < rect.left() || middle > rect.right() || !hasRoom)
            continue;
        needed += apart + width;
        labels.push_back({index, middle, middle, width});
    }
    std::ranges::sort(labels, {}, &Label::wanted);
    double free = rect.left();
    for (Label& label : labels) {
        label.middle = std::max(label.wanted, free + label.width / 2);
        free = label.middle + label.width / 2 + apart;
    }
    free = rect.right();
    for (Label& label : std::ranges::reverse_view(labels)) {
        label.middle = std::min(label.middle, free - label.width / 2);
        free = label.middle - label.width / 2 - apart;
    }
    for (const Label& label : labels) {
        const double below = rect.top() - leaderHeight;
        m_labels[label.window]->position->setCoords(label.middle, below - metrics.height());
        m_labels[label.window]->setVisible(true);
        QCPItemLine* leader = m_leaders[label.window];
        leader->setVisible(std::abs(label.middle - label.wanted) > 3);
        leader->start->setCoords(label.middle, below);
        leader->end->setCoords(label.wanted, rect.top());
    }
}

/// Each on the lowest row on which it covers no other mark: those of A above the bars of significance, those of B at
/// least a row higher.
void CourseMarks::placeMarks() {
    const QCPAxisRect* rect = m_plot.axisRect();
    const QFontMetrics metrics(m_plot.font());
    const double rowShare = rect->height() > 0 ? 0.8 * metrics.height() / rect->height() : 0;
    std::vector<std::pair<int, std::pair<double, double>>> taken; // row, left and right end
    const std::array<std::tuple<QCPItemText*, const std::optional<double>*, int>, 4> marks{
        {{m_onset, &m_times[0], 0},
         {m_maximum, &m_times[1], 0},
         {m_otherOnset, &m_times[2], 1},
         {m_otherMaximum, &m_times[3], 1}}};
    for (const auto& [item, seconds, lowest] : marks) {
        item->setVisible(seconds->has_value());
        if (!*seconds)
            continue;
        const double middle = m_plot.xAxis->coordToPixel(**seconds * 1000);
        const double half = metrics.horizontalAdvance(item->text()) / 2.0 + 1;
        int row = lowest;
        while (std::ranges::any_of(taken, [&](const auto& other) {
            return other.first == row && other.second.first < middle + half && middle - half < other.second.second;
        }))
            ++row;
        taken.emplace_back(row, std::pair{middle - half, middle + half});
        item->position->setCoords(**seconds * 1000, barsTop - row * rowShare);
    }
}

QRectF CourseMarks::rectOf(Mark mark) const {
    const std::array items{m_onset, m_maximum, m_otherOnset, m_otherMaximum};
    const QCPItemText* item = items.at(static_cast<std::size_t>(mark));
    if (!item->visible())
        return {};
    const QRectF box(item->topLeft->pixelPosition(), item->bottomRight->pixelPosition());
    return box.normalized();
}

QString CourseMarks::textOf(Mark mark) const {
    const std::array items{m_onset, m_maximum, m_otherOnset, m_otherMaximum};
    return items.at(static_cast<std::size_t>(mark))->text();
}

QStringList CourseMarks::labels() const {
    QStringList shown;
    for (const QCPItemText* label : m_labels)
        if (label->visible())
            shown << label->text();
    return shown;
}

void CourseMarks::setSignificance(const CourseSignificance& significance, const std::vector<double>& times) {
    m_band->setVisible(significance.band.has_value());
    if (significance.band) {
        m_band->topLeft->setCoords(0, significance.band->high);
        m_band->bottomRight->setCoords(1, significance.band->low);
    }
    m_onset->setText(significance.isOnsetTested ? QStringLiteral("▲") : QStringLiteral("△"));
    m_times[0] = significance.onset;
    m_times[1] = significance.maximum;
    placeMarks();
    drawBars(significance, times);
}

void CourseMarks::setOtherMarks(const CourseSignificance& significance) {
    m_otherOnset->setText(significance.isOnsetTested ? QStringLiteral("B▲") : QStringLiteral("B△"));
    m_times[2] = significance.onset;
    m_times[3] = significance.maximum;
    placeMarks();
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
