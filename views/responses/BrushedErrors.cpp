// The map of brushed images' errors: its controls and how it comes and goes.
#include "views/plots/ScatterPlot.h"
#include "views/responses/ResponseTexts.h"
#include "views/responses/ResponsesPanel.h"
#include "views/state/NumberText.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QToolButton>

#include <utility>

namespace brainlike {

QLayout* ResponsesPanel::buildErrors() {
    m_order->setObjectName("imageOrder");
    m_order->setAccessibleName(tr("Order of the images"));
    for (const auto& [order, text] : {std::pair{ImageOrder::Response, tr("Largest response")},
                                      {ImageOrder::Prediction, tr("Largest prediction")},
                                      {ImageOrder::Error, tr("Largest error")}})
        m_order->addItem(text, static_cast<int>(order));
    m_errors->setObjectName("errorsOnCortex");
    m_errors->setText(tr("Errors on cortex"));
    m_errors->setCheckable(true);
    m_errors->setToolTip(tr("Colours the cortex by how far the prediction of the brushed images is off, in standard "
                            "deviations of each vertex's responses"));
    m_errorKind->setObjectName("errorKind");
    m_errorKind->setAccessibleName(tr("Which error"));
    m_errorKind->addItem(tr("absolute"), static_cast<int>(ErrorKind::Absolute));
    m_errorKind->addItem(tr("signed"), static_cast<int>(ErrorKind::Signed));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_order);
    row->addWidget(m_brushText, 1);
    row->addWidget(m_errors);
    row->addWidget(m_errorKind);
    return row;
}

void ResponsesPanel::setErrorsShown(bool shown) {
    m_errors->setChecked(shown);
}

void ResponsesPanel::startErrors() {
    const auto& images = m_selection.selection().images;
    m_mapping.cancel();
    if (!m_errors->isChecked() || !m_shown || !m_shown->hasCortex || images.empty())
        return updateTexts();
    const auto kind = static_cast<ErrorKind>(m_errorKind->currentData().toInt());
    const std::string name = errorMapText(*m_shown, kind, static_cast<int>(images.size()), ++m_maps).toStdString();
    m_mapping = m_data.runner().run<std::vector<float>>(
        this,
        [predictor = m_opened.predictor, unit = m_shown->cortexUnit, images, kind](JobContext& job) {
            return predictor->errors(unit, images, kind, job);
        },
        [this, name](JobOutcome<std::vector<float>> outcome) {
            m_progress.clear();
            if (const auto* error = std::get_if<ErrorDetails>(&outcome)) {
                Q_EMIT m_data.failed(*error);
                setErrorsShown(false);
            } else {
                keepErrors(std::get<std::vector<float>>(std::move(outcome)), name);
            }
        },
        [this](const Progress& progress) {
            m_progress = tr("%1, %2").arg(QString::fromStdString(progress.text), percentText(progress.fraction));
            updateTexts();
        });
}

void ResponsesPanel::keepErrors(std::vector<float> errors, const std::string& name) {
    m_data.source()->keptMaps().keep({.name = name, .values = std::move(errors)});
    const Selection& now = m_selection.selection();
    if (!m_before)
        m_before = MapBefore{now.map, now.importedMap};
    m_errorMap = name;
    m_selection.edit([&](Selection& next) {
        showMap(next, MapKind::Imported);
        next.importedMap = name;
    });
    updateTexts();
}

void ResponsesPanel::endErrors() {
    m_mapping.cancel();
    m_progress.clear();
    m_errorMap.clear();
    if (const auto before = std::exchange(m_before, std::nullopt))
        m_selection.edit([&](Selection& next) {
            showMap(next, before->kind);
            next.importedMap = before->imported;
        });
    updateTexts();
}

/// Another map was chosen: the errors are not what is shown any more.
void ResponsesPanel::forgetErrors() {
    m_errorMap.clear();
    m_before.reset();
    m_mapping.cancel();
    m_progress.clear();
    const QSignalBlocker blocker(m_errors);
    m_errors->setChecked(false);
    updateTexts();
}

} // namespace brainlike
