// The tab of models: what size, training and images do.

#include "core/session/SelectionDefaults.h"
#include "views/compare/ComparePanel.h"
#include "views/compare/CompareTexts.h"
#include "views/compare/PlainTable.h"
#include "views/plots/ScatterPlot.h"
#include "views/state/DistinctNames.h"
#include "views/state/NumberText.h"
#include "views/state/WrappingChoices.h"

#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace brainlike {
namespace {

QString countOrNone(const std::optional<double>& count) {
    return count ? shortStepText(std::llround(*count)) : QStringLiteral("–");
}

/// What tells the models apart.
QStringList modelNames(const ScoreIndex& index) {
    QStringList labels;
    for (const ScoredModel& model : index.models)
        labels << modelLabel(model);
    return distinctNames(labels);
}

/// Whether two models are known to have been trained on other images.
bool differInImages(const ScoreIndex& index, int a, int b) {
    const auto typeOf = [&](int model) { return index.models[static_cast<std::size_t>(model)].imageType; };
    return !typeOf(a).empty() && !typeOf(b).empty() && typeOf(a) != typeOf(b);
}

const std::vector<double>& courseOf(const SummaryCurves& curves, CurveMetric metric) {
    const std::array all{&curves.encodingFmri, &curves.encodingMeg, &curves.spatial, &curves.temporal};
    return *all.at(static_cast<std::size_t>(metric));
}

} // namespace

void ComparePanel::buildModels() {
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout;
    m_metric = new QComboBox(page);
    m_metric->setObjectName("factorScore");
    for (const CurveMetric metric : curveMetrics)
        m_metric->addItem(metricTitle(metric));
    m_factor = new QComboBox(page);
    m_factor->setObjectName("factor");
    m_factor->addItems({tr("Against size"), tr("Against steps"), tr("Against images")});
    m_when = new QComboBox(page);
    m_when->setObjectName("factorStep");
    m_when->addItems({tr("End of training"), tr("Shown step")});
    const std::vector<std::pair<QComboBox*, QString>> boxes{
        {m_metric, tr("Score")}, {m_factor, tr("Factor")}, {m_when, tr("Checkpoint")}};
    layout->addWidget(new WrappingChoices(boxes, page));
    m_modelTable = plainTable("modelTable", tr("Size, training, images and scores of every model"),
                              {tr("Model"), tr("Parameters"), tr("fMRI"), tr("MEG"), tr("Spatial"), tr("Temporal"),
                               tr("Per 10 × steps"), tr("R²"), tr("n"), tr("Step"), tr("Images"), tr("Image type")},
                              page);
    m_modelTable->horizontalHeaderItem(6)->setToolTip(
        tr("b of score = a + b log10(step), of the chosen score over the steps after 0; R² and n are its"));
    m_modelText = plainWords("modelText", page);
    m_factorPlot = new ScatterPlot(page);
    m_factorPlot->setMinimumHeight(plotHeight);
    m_factorPlot->setObjectName("factorPlot");
    layout->addWidget(m_modelTable);
    layout->addWidget(m_modelText);
    layout->addStretch();
    m_modelsLayout = besidePlot(page, layout, m_factorPlot);
    m_tabs->addTab(scrolled(page), tr("Models"));
}

CurveMetric ComparePanel::metric() const {
    return curveMetrics.at(static_cast<std::size_t>(std::max(0, m_metric->currentIndex())));
}

ComparePanel::Factor ComparePanel::factor() const {
    return static_cast<Factor>(std::max(0, m_factor->currentIndex()));
}

const ModelFactor* ComparePanel::selectedFactor() const {
    for (const ModelFactor& factor : m_factors.models)
        if (m_data.index()->models[static_cast<std::size_t>(factor.model)].id == m_shown->model)
            return &factor;
    return nullptr;
}

void ComparePanel::showModels() {
    const ScoreIndex& index = *m_data.index();
    const auto place = static_cast<std::size_t>(metric());
    const QStringList names = modelNames(index);
    m_modelTable->setRowCount(static_cast<int>(m_factors.models.size()));
    m_modelTable->clearSelection();
    for (int row = 0; row < static_cast<int>(m_factors.models.size()); ++row) {
        const ModelFactor& each = m_factors.models[static_cast<std::size_t>(row)];
        const ScoredModel& model = index.models[static_cast<std::size_t>(each.model)];
        const LogFit& fit = each.overSteps[place];
        QStringList texts{names[each.model], countOrNone(model.parameters)};
        for (const double score : each.scores)
            texts << (std::isfinite(score) ? scoreText(score) : QStringLiteral("–"));
        texts << (std::isfinite(fit.slope) ? scoreText(fit.slope) : QStringLiteral("–"))
              << (std::isfinite(fit.r2) ? scoreText(fit.r2) : QStringLiteral("–")) << QString::number(fit.n)
              << stepText(each.step) << countOrNone(model.trainingImages)
              << (model.imageType.empty() ? QStringLiteral("–") : QString::fromStdString(model.imageType));
        setRow(*m_modelTable, row, texts);
        m_modelTable->item(row, 0)->setToolTip(modelLabel(model));
        if (model.id == m_shown->model)
            m_modelTable->selectRow(row);
    }
    fitHeight(*m_modelTable);
    const ModelFactor* selected = selectedFactor();
    QStringList words{
        factor() == Factor::Size     ? sizeSentence(m_factors, metric())
        : factor() == Factor::Images ? imagesSentence(m_factors, metric())
        : selected != nullptr
            ? stepSentence(*selected, metric(), modelLabel(index.models[static_cast<std::size_t>(selected->model)]))
            : tr("The selected model has no checkpoint at this step."),
        imageTypeSentence(m_factors, metric(), index)};
    words.removeAll(QString());
    m_modelText->setText(words.join(' '));
    showFactorPlot();
    updateTitle();
}

void ComparePanel::showFactorPlot() {
    const ScoreIndex& index = *m_data.index();
    const bool isOfModels = factor() != Factor::Steps;
    const QStringList names = modelNames(index);
    std::vector<ScatterPlot::Point> points;
    m_pointModels.clear();
    int picked = -1;
    const ModelFactor* selected = selectedFactor();
    const auto isOther = [&](int model) {
        return isOfModels && selected != nullptr && differInImages(index, model, selected->model);
    };
    const auto add = [&](const QString& name, double number, double score, int model) {
        if (!(number > 0) || !std::isfinite(score))
            return;
        points.push_back({.name = name, .x = std::log10(number), .y = score, .isOther = isOther(model)});
        m_pointModels.push_back(model);
    };
    if (isOfModels) {
        for (const ModelFactor& each : m_factors.models) {
            const ScoredModel& model = index.models[static_cast<std::size_t>(each.model)];
            const auto& number = factor() == Factor::Size ? model.parameters : model.trainingImages;
            add(names[each.model], number.value_or(0), each.scores[static_cast<std::size_t>(metric())], each.model);
            if (model.id == m_shown->model && !m_pointModels.empty() && m_pointModels.back() == each.model)
                picked = static_cast<int>(points.size()) - 1;
        }
    } else if (selected != nullptr) {
        const auto& steps = index.models[static_cast<std::size_t>(selected->model)].steps;
        const auto& course = courseOf(m_courses.at(static_cast<std::size_t>(selected->model)), metric());
        for (std::size_t step = 0; step < std::min(steps.size(), course.size()); ++step)
            add(checkpointText(steps[step]), static_cast<double>(steps[step]), course[step], selected->model);
    }
    m_factorPlot->setVisible(!points.empty());
    m_factorPlot->setPoints(std::move(points),
                            {factor() == Factor::Size     ? tr("log₁₀ parameters")
                             : factor() == Factor::Images ? tr("log₁₀ training images")
                                                          : tr("log₁₀ training step")},
                            {metricTitle(metric()), tr("Score")});
    m_factorPlot->setPicked(picked);
}

void ComparePanel::chooseModel(int model) {
    const ScoreIndex* index = m_data.index();
    if (index == nullptr || model < 0 || model >= static_cast<int>(index->models.size()))
        return;
    Selection next = m_selection.selection();
    next.model = index->models[static_cast<std::size_t>(model)].id;
    m_selection.apply(fittedTo(next, *index));
}

} // namespace brainlike
