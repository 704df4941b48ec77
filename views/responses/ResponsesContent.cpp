// What the panel of responses shows of a target, and of B beside it: points, images, words.
#include "core/base/Undefined.h"
#include "core/session/Comparison.h"
#include "views/plots/ScatterPlot.h"
#include "views/responses/ImageStrip.h"
#include "views/responses/ResponseTexts.h"
#include "views/responses/ResponsesPanel.h"
#include "views/state/ComparisonText.h"
#include "views/state/NumberText.h"

#include <QComboBox>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace brainlike {
namespace {

constexpr std::size_t stripLength = 24; ///< images of the strip

/// What an order goes by, of every image.
/// @param b  null: A is shown alone, and nothing is worse
std::vector<double> sizesOf(const TargetPrediction& a, const TargetPrediction* b, ImageOrder order) {
    switch (order) {
    case ImageOrder::Response:
        return a.measured;
    case ImageOrder::Prediction:
        return a.predicted;
    case ImageOrder::Error:
        break;
    case ImageOrder::WorseInB:
    case ImageOrder::WorseInA:
        std::vector<double> sizes = b ? errorDifferences(a, *b) : std::vector<double>(a.measured.size(), undefined);
        for (double& size : sizes)
            size = order == ImageOrder::WorseInA ? -size : size;
        return sizes;
    }
    std::vector<double> errors;
    for (std::size_t image = 0; image < a.measured.size(); ++image)
        errors.push_back(a.predicted[image] - a.measured[image]);
    return errors;
}

/// Images by falling size; by that of the error without its sign.
std::vector<int> ordered(const std::vector<double>& sizes, ImageOrder order) {
    std::vector<int> images(sizes.size());
    std::iota(images.begin(), images.end(), 0);
    const auto rank = [&](int image) {
        const double size = sizes[static_cast<std::size_t>(image)];
        return order == ImageOrder::Error ? std::abs(size) : size;
    };
    std::erase_if(images, [&](int image) { return !std::isfinite(rank(image)); });
    std::ranges::stable_sort(images, std::greater<>(), rank);
    return images;
}

} // namespace

QStringList ResponsesPanel::titleOf(const ShownTarget& target, const Selection& side) const {
    const auto kind = static_cast<TargetKind>(m_kind->currentData().toInt());
    const ScoreIndex& index = *m_data.index();
    const std::size_t subjects = kind == TargetKind::Sensor ? index.meg.size() : index.fmri.size();
    const bool isGroup = kind == TargetKind::Sensor || !side.recording;
    const auto model = std::ranges::find(index.models, target.unit.model, &ScoredModel::id);
    return responseTitle(target, *model, kind, side.vertex, isGroup ? static_cast<int>(subjects) : 1);
}

void ResponsesPanel::updateTitle() {
    const QStringList a = titleOf(*m_shown, m_selection.selection());
    const auto b = comparedSide(m_selection.selection(), *m_data.index());
    setTitle(m_other && b ? comparedTitle(a, titleOf(*m_other, *b)) : a);
}

void ResponsesPanel::showPoints() {
    std::vector<ScatterPlot::Point> points;
    const auto add = [&](const TargetPrediction& prediction, bool isOther) {
        for (std::size_t image = 0; image < prediction.measured.size(); ++image)
            points.push_back({QString::fromStdString(prediction.images[image]), prediction.predicted[image],
                              prediction.measured[image], isOther});
    };
    add(m_shown->prediction, false);
    if (m_other)
        add(m_other->prediction, true);
    m_plot->setPoints(std::move(points), {tr("Predicted response"), tr("Predicted")},
                      {tr("Measured response"), tr("Measured")});
}

/// What A and B differ in can only be asked for while there is a B.
void ResponsesPanel::fillOrders() {
    const bool areThere = m_order->findData(static_cast<int>(ImageOrder::WorseInB)) >= 0;
    if (areThere == m_other.has_value())
        return;
    if (m_other) {
        m_order->addItem(tr("B further off than A"), static_cast<int>(ImageOrder::WorseInB));
        m_order->addItem(tr("A further off than B"), static_cast<int>(ImageOrder::WorseInA));
        return;
    }
    m_order->setCurrentIndex(std::min(m_order->currentIndex(), static_cast<int>(ImageOrder::Error)));
    while (m_order->count() > static_cast<int>(ImageOrder::WorseInB))
        m_order->removeItem(m_order->count() - 1);
}

void ResponsesPanel::showStrip() {
    if (!m_shown)
        return;
    const auto order = static_cast<ImageOrder>(m_order->currentData().toInt());
    const auto& prediction = m_shown->prediction;
    const auto sizes = sizesOf(prediction, m_other ? &m_other->prediction : nullptr, order);
    auto images = ordered(sizes, order);
    images.resize(std::min(images.size(), stripLength));
    const QString unit = order == ImageOrder::WorseInB || order == ImageOrder::WorseInA ? tr(" SD") : QString();
    std::vector<ImageStrip::Entry> entries;
    for (const int image : images) {
        const auto index = static_cast<std::size_t>(image);
        entries.push_back({prediction.images[index], valueText(sizes[index]) + unit});
    }
    m_strip->setEntries(std::move(entries));
    m_strip->setSelected(m_selection.selection().images);
}

const std::string& ResponsesPanel::imageAt(int point) const {
    const auto& images = m_shown->prediction.images;
    const auto at = static_cast<std::size_t>(point);
    return at < images.size() ? images[at] : m_other->prediction.images.at(at - images.size());
}

std::vector<int> ResponsesPanel::brushedPoints() const {
    const std::set<std::string> images(m_selection.selection().images.begin(), m_selection.selection().images.end());
    std::vector<int> brushed;
    const int count = m_shown ? static_cast<int>(m_plot->points().size()) : 0;
    for (int point = 0; point < count && !images.empty(); ++point)
        if (images.contains(imageAt(point)))
            brushed.push_back(point);
    return brushed;
}

QStringList ResponsesPanel::otherReadouts() const {
    QStringList lines;
    for (const ElidedLabel* line : m_otherLines)
        if (!line->fullText().isEmpty())
            lines << line->fullText();
    return lines;
}

int ResponsesPanel::indexOf(const std::string& image) const {
    if (!m_shown || m_shown->prediction.measured.empty())
        return -1;
    const auto& images = m_shown->prediction.images;
    const auto found = std::ranges::find(images, image);
    return found == images.end() ? -1 : static_cast<int>(found - images.begin());
}

void ResponsesPanel::brush(const std::vector<std::string>& images) {
    m_selection.edit([&](Selection& next) { next.images = images; });
}

void ResponsesPanel::showBrush() {
    const auto& images = m_selection.selection().images;
    m_plot->setBrushed(brushedPoints());
    m_strip->setSelected(images);
    if (m_errors->isChecked())
        startErrors();
    updateTexts();
}

void ResponsesPanel::updateTexts() {
    const auto brushed = std::ranges::count_if(
        m_plot->brushed(), [&](int point) { return !m_plot->points()[static_cast<std::size_t>(point)].isOther; });
    if (m_errors->isChecked() && m_selection.selection().images.empty())
        m_brushText->setFullText(tr("Brush images"));
    else
        m_brushText->setFullText(brushed == 0 ? QString() : tr("%1 brushed").arg(brushed));
    m_errors->setEnabled(!m_shown || m_shown->hasCortex);
    QStringList lines;
    if (m_shown && m_hovered >= 0)
        lines = imageLines(imageAt(m_hovered));
    else if (m_shown)
        lines = summaryLines();
    if (!m_progress.isEmpty())
        lines = {m_progress};
    m_readout->setFullText(lines.value(0));
    for (qsizetype line = 0; line < 2; ++line) {
        m_otherLines[line]->setFullText(lines.value(line + 1));
        // While it is read the lines keep their room: nothing moves.
        m_otherLines[line]->setVisible(!lines.value(line + 1).isEmpty() ||
                                       (!m_progress.isEmpty() && m_otherLines[line]->isVisibleTo(this)));
    }
    m_plot->setAccessibleDescription(title() + ". " + lines.join(QStringLiteral(". ")));
}

QStringList ResponsesPanel::summaryLines() const {
    if (!m_other)
        return {responseSummary(*m_shown), m_noOther.isEmpty() ? QString() : tr("No B: %1").arg(m_noOther)};
    return {tr("● A: ") + responseSummary(*m_shown), tr("○ B: ") + responseSummary(*m_other),
            responseDifference(*m_shown, *m_other)};
}

QStringList ResponsesPanel::imageLines(const std::string& image) const {
    const auto textOf = [&](const TargetPrediction& prediction) {
        const auto found = std::ranges::find(prediction.images, image);
        return found == prediction.images.end()
                   ? tr("%1: not shown to this subject").arg(QString::fromStdString(image))
                   : imageText(prediction, static_cast<int>(found - prediction.images.begin()));
    };
    if (!m_other)
        return {textOf(m_shown->prediction)};
    const int index = indexOf(image);
    const double worse =
        index < 0 ? undefined
                  : errorDifferences(m_shown->prediction, m_other->prediction)[static_cast<std::size_t>(index)];
    return {tr("● A ") + textOf(m_shown->prediction), tr("○ B ") + textOf(m_other->prediction),
            std::isfinite(worse) ? tr("A − B: error %1 SD").arg(valueText(-worse)) : tr("A − B: needs both")};
}

} // namespace brainlike
