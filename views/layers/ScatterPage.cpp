#include "views/layers/ScatterPage.h"

#include <QVBoxLayout>

namespace brainlike {

ScatterPage::ScatterPage(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : LayersPage(selection, scores, parent), m_readout(new ElidedLabel(this)), m_otherReadout(new ElidedLabel(this)),
      m_plot(new ScatterPlot(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_readout);
    column->addWidget(m_otherReadout);
    column->addWidget(m_plot, 1);
    m_otherReadout->hide();
    connect(m_plot, &ScatterPlot::hovered, this, [this](int point) {
        m_hovered = point;
        updateReadout();
    });
    connect(m_plot, &ScatterPlot::clicked, this, [this](int point) { pick(point); });
}

void ScatterPage::setTheme(const Theme& theme) {
    LayersPage::setTheme(theme);
    m_plot->setTheme(theme);
}

void ScatterPage::setCorrelations(const QString& ofA, const QString& ofB) {
    m_hovered = -1;
    m_ofA = ofA;
    m_otherReadout->setFullText(ofB);
    m_otherReadout->setVisible(!ofB.isEmpty());
    updateReadout();
}

void ScatterPage::updateReadout() {
    const bool isPointed = m_hovered >= 0 && m_hovered < static_cast<int>(m_plot->points().size());
    m_readout->setFullText(isPointed ? pointText(m_hovered) : m_ofA);
    m_plot->setAccessibleDescription(titleParts().join(QStringLiteral(" · ")) + ". " + m_readout->fullText());
}

} // namespace brainlike
