#include "views/layers/DepthTexts.h"
#include "views/layers/MatrixPage.h"
#include "views/state/NumberText.h"

#include <algorithm>
#include <cmath>

// What pointing at the matrix of layers and areas says, and what clicking does.

namespace brainlike {

void MatrixPage::pick(const LayerMatrix::Cell& cell) {
    const int unit = m_shown ? unitOf(cell) : -1;
    if (unit < 0)
        return;
    const std::string layer =
        modelOf(m_shown->side)
            .layerNames[static_cast<std::size_t>(m_shown->rows[static_cast<std::size_t>(cell.layer)])];
    const UnitLink link = linkOf(cell.column);
    const VertexId centre = m_shown->places->centres[static_cast<std::size_t>(unit)];
    const Selection& now = m_selection.selection();
    const bool isAgain = now.layer == layer && m_level->isChosen(link) && now.vertex == centre;
    m_selection.edit([&](Selection& next) {
        next.layer = isAgain ? std::nullopt : std::optional(layer);
        next.vertex = isAgain ? std::nullopt : std::optional(centre);
        m_level->choose(next, isAgain ? std::vector<UnitLink>() : std::vector{link});
    });
}

void MatrixPage::choose(int first, int last) {
    if (!m_shown)
        return;
    std::vector<UnitLink> links;
    for (int column = first; column <= last; ++column)
        links.push_back(linkOf(column));
    m_selection.edit([&](Selection& next) { m_level->choose(next, links); });
}

void MatrixPage::markSelected() {
    if (!m_shown)
        return;
    const Selection& selection = m_selection.selection();
    const auto& chosen = selection.regions;
    const int flat = selection.vertex ? m_data.index()->vertexCounts.flatIndex(*selection.vertex) : -1;
    std::vector<int> marked;
    for (int column = 0; column < static_cast<int>(m_matrix->content().columns.size()); ++column) {
        bool isMarked = m_level->isChosen(linkOf(column));
        for (const int unit : m_matrix->content().columns[static_cast<std::size_t>(column)].units)
            if (unit >= 0 && flat >= 0 && chosen.areas.empty())
                isMarked =
                    isMarked || std::ranges::binary_search(
                                    m_shown->places->units.sets.areas.members[static_cast<std::size_t>(unit)], flat);
        if (isMarked)
            marked.push_back(column);
    }
    const auto row = selection.layer
                         ? std::ranges::find(m_matrix->content().layers, QString::fromStdString(*selection.layer))
                         : m_matrix->content().layers.end();
    m_matrix->setMarked(std::move(marked), row == m_matrix->content().layers.end()
                                               ? -1
                                               : static_cast<int>(row - m_matrix->content().layers.begin()));
    updateReadout();
}

QString MatrixPage::cellText(const LayerMatrix::Cell& cell) const {
    const int unit = unitOf(cell);
    const auto& content = m_matrix->content();
    if (unit < 0)
        return {};
    const auto at = static_cast<std::size_t>(unit);
    const auto& places = m_shown->places->units.sets;
    const double value = content.values(cell.layer, unit);
    QString text = unitName(places.areas.ids[at]) + QStringLiteral(" · ") + content.layers.at(cell.layer);
    if (m_shown->others) {
        const auto row = static_cast<std::size_t>(cell.layer);
        return text + tr(" · A − B %1 (A %2, B %3)")
                          .arg(signedScoreText(value), scoreText(m_shown->layers->mean(m_shown->rows[row], unit)),
                               scoreText(m_shown->others->mean(m_shown->otherRows[row], unit)));
    }
    text += tr(" · R %1").arg(scoreText(value));
    if (std::isfinite(places.distances[at]))
        text += tr(" · %1 mm from V1").arg(places.distances[at], 0, 'f', 0);
    const auto& best = m_shown->layers->best;
    if (best.layer[at] >= 0)
        text += tr(" · best %1, margin %2").arg(layerName(best.layer[at]), scoreText(best.margin[at]));
    return text;
}

QString MatrixPage::summaryText() const {
    const auto& content = m_matrix->content();
    const auto marked = m_matrix->markedColumns();
    if (marked.size() == 1 && m_matrix->markedLayer() >= 0) {
        const auto& vertex = m_selection.selection().vertex;
        const int side = vertex && vertex->hemisphere == Hemisphere::Right ? 1 : 0;
        for (const int shown : {side, 1 - side})
            if (const LayerMatrix::Cell cell{marked.front(), shown, m_matrix->markedLayer()}; unitOf(cell) >= 0)
                return cellText(cell);
    }
    if (m_shown->rows.empty())
        return tr("A − B: their layers lie at different depths");
    int unit = -1, layer = -1;
    for (int row = 0; row < static_cast<int>(content.values.rows()); ++row)
        for (int at = 0; at < static_cast<int>(content.values.cols()); ++at) {
            const double value = std::abs(content.values(row, at));
            if (std::isfinite(value) && (unit < 0 || value > std::abs(content.values(layer, unit)))) {
                unit = at;
                layer = row;
            }
        }
    if (unit < 0)
        return tr("No area has a score");
    const QString name = unitName(m_shown->places->units.sets.areas.ids[static_cast<std::size_t>(unit)]);
    if (m_shown->others)
        return tr("A − B: most in %1, %2, %3")
            .arg(name, content.layers.at(layer), signedScoreText(content.values(layer, unit)));
    return tr("○ best layer · highest: %1, %2, R %3")
        .arg(name, content.layers.at(layer), scoreText(content.values(layer, unit)));
}

void MatrixPage::updateReadout() {
    if (!m_shown || m_matrix->content().columns.empty())
        return;
    const bool isPointed = m_hovered.isThere() &&
                           m_hovered.column < static_cast<int>(m_matrix->content().columns.size()) &&
                           m_hovered.layer < static_cast<int>(m_matrix->content().layers.size());
    m_readout->setFullText(isPointed ? cellText(m_hovered) : summaryText());
    m_matrix->setAccessibleDescription(m_readout->fullText());
}

} // namespace brainlike
