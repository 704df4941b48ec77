#include "app/window/StatusReadout.h"

#include "core/session/SelectionDefaults.h"
#include "views/state/NumberText.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace brainlike {
namespace {

constexpr float notComputed = std::numeric_limits<float>::quiet_NaN();

/// Best finite entry of a row of scores and its distance to the runner-up.
std::pair<int, float> bestAndMargin(const RowMatrix<float>& scores, int row) {
    int best = -1;
    float second = notComputed;
    for (int layer = 0; layer < scores.cols(); ++layer) {
        const float score = scores(row, layer);
        if (!std::isfinite(score))
            continue;
        if (best < 0 || score > scores(row, best)) {
            second = best < 0 ? notComputed : scores(row, best);
            best = layer;
        } else if (!std::isfinite(second) || score > second) {
            second = score;
        }
    }
    return {best, best < 0 ? notComputed : scores(row, best) - second};
}

} // namespace

StatusReadout::StatusReadout(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : QLabel(parent), m_selection(selection), m_data(scores) {
    setObjectName("readout");
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setToolTip(
        tr("Score: Pearson correlation of predicted and measured responses, mean over the outer folds and over "
           "subjects, ± its standard error over subjects. q: one-sample t-test over subjects, "
           "Benjamini–Hochberg over the vertices of both hemispheres. Margin: R of the best layer less that of the "
           "runner-up, with its standard error over subjects (paired); a winner within one standard error is "
           "drawn pale. Half-time: the training step at which the score first reaches half of its final value, "
           "interpolated in log10(step)."));
    connect(&selection, &SelectionModel::changed, this, [this](const Selection& before, const Selection& after) {
        if (before.vertex != after.vertex || before.model != after.model || before.step != after.step ||
            before.layer != after.layer || before.recording != after.recording || before.map != after.map ||
            before.importedMap != after.importedMap)
            refresh();
    });
    connect(&scores, &ScoreData::sourceChanged, this, &StatusReadout::refresh);
    connect(&scores, &ScoreData::arrived, this, &StatusReadout::refresh);
    refresh();
}

void StatusReadout::setPlace(const QString& place) {
    m_place = place;
    refresh();
}

void StatusReadout::setShown(const QString& value) {
    if (value == m_shown)
        return;
    m_shown = value;
    refresh();
}

StatusReadout::Values StatusReadout::readValues(const ScoreSource& source, const Selection& selection) {
    Values values{notComputed, notComputed, notComputed, notComputed, -1};
    const auto indices = indicesOf(selection, source.index());
    if (!indices || !selection.vertex)
        return values;
    const int vertex = source.index().vertexCounts.flatIndex(*selection.vertex);
    const DimensionScores scores = source.fmriVertex(indices->model, vertex);
    if (scores.mean.rows() <= indices->step)
        return values;
    std::tie(values.bestLayer, values.margin) = bestAndMargin(scores.mean, indices->step);
    const int layer = indices->layer.value_or(values.bestLayer);
    if (layer < 0)
        return values;
    values.score = scores.mean(indices->step, layer);
    values.sem = scores.sem(indices->step, layer);
    if (const auto q = source.fmriQ(indices->model, indices->step, layer))
        values.q = q->at(static_cast<std::size_t>(vertex));
    if (indices->recording) {
        const auto subject = source.fmriScore(indices->model, indices->step, layer, *indices->recording);
        values.score = subject ? subject->at(static_cast<std::size_t>(vertex)) : notComputed;
        values.sem = values.q = notComputed;
    }
    return values;
}

void StatusReadout::refresh() {
    if (!m_data.source() || !m_selection.selection().vertex) {
        m_read.cancel();
        setText(m_data.source() ? tr("Click the cortex to pick a vertex") : QString());
        return;
    }
    if (m_selection.selection().map == MapKind::Imported || m_data.index()->models.empty()) {
        m_read = m_data.read<QString>(
            this,
            [selection = m_selection.selection()](const ScoreSource& source) {
                return importedText(source, selection);
            },
            [this](const QString& text) {
                // What the cortex says of its maps begins with the first one, which this is.
                QStringList parts{m_place, m_shown.isEmpty() ? text : m_shown};
                parts.removeAll(QString());
                setText(parts.join(QStringLiteral(" · ")));
            });
        return;
    }
    m_read = m_data.read<Values>(
        this,
        [selection = m_selection.selection()](const ScoreSource& source) { return readValues(source, selection); },
        [this](Values values) { showValues(values); });
}

QString StatusReadout::importedText(const ScoreSource& source, const Selection& selection) {
    const auto& names = source.index().importedMaps;
    const auto found = std::find(names.begin(), names.end(), selection.importedMap);
    const auto map = found == names.end() ? std::nullopt : source.importedMap(static_cast<int>(found - names.begin()));
    if (!map || !selection.vertex)
        return {};
    const auto place = static_cast<std::size_t>(source.index().vertexCounts.flatIndex(*selection.vertex));
    QString text = tr("no label");
    if (place < map->values.size())
        text = valueText(static_cast<double>(map->values[place]));
    else if (place < map->labels.size() && map->labels[place] >= 0)
        text = QString::fromStdString(map->areas[static_cast<std::size_t>(map->labels[place])].name);
    return QString::fromStdString(map->name) + ' ' + text;
}

void StatusReadout::showValues(const Values& values) {
    QStringList parts{m_place};
    parts << tr("R %1").arg(scoreText(values.score, values.sem));
    if (std::isfinite(values.q))
        parts.back() += values.q < 0.01F ? tr(" (q < 0.01)") : tr(" (q %1, not significant)").arg(scoreText(values.q));
    if (values.bestLayer >= 0) {
        const auto indices = indicesOf(m_selection.selection(), *m_data.index());
        const auto layers =
            indices ? m_data.index()->models[static_cast<std::size_t>(indices->model)].layerNames.size() : 0;
        parts << tr("best layer %1 of %2").arg(values.bestLayer + 1).arg(layers);
        if (std::isfinite(values.margin))
            parts.back() += tr(", margin %1").arg(scoreText(values.margin));
        if (m_selection.selection().layer)
            parts << tr("shown: layer %1").arg(QString::fromStdString(*m_selection.selection().layer));
    }
    parts << m_shown;
    parts.removeAll(QString());
    setText(parts.join(QStringLiteral(" · ")));
}

} // namespace brainlike
