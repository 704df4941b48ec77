#include "core/session/WindowChoice.h"
#include "views/layers/DepthPage.h"
#include "views/layers/DepthPlot.h"
#include "views/layers/DepthTexts.h"
#include "views/layers/TrajectoryPlot.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"

#include <cmath>

// What the page of scores over depth says: title, readout, caption.

namespace brainlike {

QStringList DepthPage::titleOf(const LayersSide& side) const {
    const ScoreIndex& index = *m_data.index();
    const LayerScoresRequest request = requestOf(side);
    QStringList parts;
    if (request.window) {
        parts << tr("MEG window %1").arg(QString::fromStdString(request.window->name));
    } else if (request.regions) {
        const auto& areas = request.regions->areas;
        parts << (areas.empty()       ? tr("Mean of %1").arg(QString::fromStdString(request.regions->roi))
                  : areas.size() == 1 ? tr("Mean of %1").arg(QString::fromStdString(areas.front()))
                                      : tr("Mean of %1 areas").arg(areas.size()));
    } else if (side.selection.vertex) {
        const bool labelled =
            m_vertexLabel == vertexText() || m_vertexLabel.startsWith(vertexText() + QStringLiteral(" · "));
        parts << (labelled ? m_vertexLabel : vertexText());
    } else {
        parts << tr("Mean over %1 vertices").arg(countText(index.vertexCounts.total()));
    }
    parts << QString::fromStdString(modelOf(side).label) << checkpointText(side.selection.step);
    const auto& recordings = request.window ? index.meg : index.fmri;
    if (request.recording || recordings.size() == 1)
        return parts << subjectText(recordings[static_cast<std::size_t>(request.recording.value_or(0))].subject);
    // The SEM of a window is of a finished file.
    const bool hasSem = !request.window || m_data.scoreFile() != nullptr;
    return parts << (hasSem ? tr("mean ± SEM of %1 subjects") : tr("mean of %1 subjects")).arg(recordings.size());
}

QString DepthPage::captionText(const LayersSide& side) const {
    if (const auto b = sideB()) {
        const LayerProfile* ofA = profileOf(requestOf(side), side.indices.step);
        const LayerProfile* ofB = profileOf(requestOf(*b), b->indices.step);
        if (!ofA || !ofB)
            return tr("A − B: reading…");
        const LayerDifferences differences = layerDifferences(modelOf(side), *ofA, modelOf(*b), *ofB);
        for (std::size_t at = 0; at < differences.layers.size(); ++at)
            if (differences.layers[at] == m_hoveredLayer)
                return tr("A − B: %1 (B: R %2)")
                    .arg(signedScoreText(differences.values[at]),
                         scoreText(ofB->mean[static_cast<std::size_t>(differences.others[at])]));
        return differenceText(modelOf(side), differences);
    }
    if (m_hoveredStep >= 0 && m_hoveredStep < static_cast<int>(modelOf(side).steps.size())) {
        const LayerProfile* hovered = profileOf(requestOf(side), m_hoveredStep);
        return tr("Best layer at %1: R %2")
            .arg(checkpointText(modelOf(side).steps[static_cast<std::size_t>(m_hoveredStep)]),
                 scoreText(hovered ? hovered->best : std::nan("")));
    }
    return tr("Over training: ") + trajectoryText(modelOf(side).steps, bestOverTraining(side));
}

void DepthPage::updateReadout() {
    const auto a = sideA();
    if (!a || !missingText().isEmpty())
        return;
    const LayerProfile* profile = profileOf(requestOf(*a), a->indices.step);
    if (!profile || profile->computedCount() == 0)
        return;
    const int layerCount = static_cast<int>(profile->mean.size());
    QString text = m_hoveredLayer >= 0 && m_hoveredLayer < layerCount
                       ? layerScoreText(modelOf(*a), *profile, m_hoveredLayer)
                       : profileText(modelOf(*a), *profile, a->indices.layer);
    if (profile->computedCount() < layerCount)
        text += tr(" (%1 of %2 layers computed)").arg(profile->computedCount()).arg(layerCount);
    m_readout->setFullText(text);
    m_caption->setFullText(captionText(*a));
    m_depth->setAccessibleDescription(text);
    m_trajectory->setAccessibleDescription(m_caption->fullText());
}

} // namespace brainlike
