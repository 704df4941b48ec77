#include "views/layers/LayersPanel.h"

#include "core/scores/HalfTime.h"
#include "views/layers/DepthPlot.h"
#include "views/layers/TrajectoryPlot.h"
#include "views/state/NumberText.h"
#include "views/state/PlotStyle.h"

#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace brainlike {
namespace {

/// Regions change many times while they are painted, and each mean reads whole maps.
constexpr std::chrono::milliseconds settleTime{250};

const QString separator = QStringLiteral(" · ");

bool isWhole(const LayerProfile& profile) {
    return profile.computedCount() == static_cast<int>(profile.mean.size());
}

/// Lower and upper end of an axis that shows values from `low` to `high` with room for a label above.
struct AxisEnds {
    double low, high;
};
AxisEnds axisEnds(double low, double high, double headroom) {
    const double size = std::max(high - low, 1e-6);
    return {low - 0.06 * size, high + headroom * size};
}

} // namespace

LayersPanel::LayersPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("layersPanel", QStringLiteral("Layers"), parent), m_selection(selection), m_data(scores),
      m_depth(new DepthPlot(this)), m_trajectory(new TrajectoryPlot(this)), m_readout(new ElidedLabel(this)),
      m_caption(new ElidedLabel(this)), m_refresh([this] { refresh(); }) {
    m_depth->setAccessibleName(QStringLiteral("Encoding score over layer depth"));
    m_trajectory->setAccessibleName(QStringLiteral("Encoding score of the best layer over training"));
    m_readout->setObjectName("layersReadout");
    m_caption->setObjectName("layersCaption");
    contentLayout()->addWidget(m_readout);
    contentLayout()->addWidget(m_depth, 3);
    contentLayout()->addWidget(m_caption);
    contentLayout()->addWidget(m_trajectory, 2);
    setMinimumSize(240, 280);
    themeChanged();
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &LayersPanel::restart);

    connect(&selection, &SelectionModel::changed, this, &LayersPanel::onSelection);
    connect(&scores, &ScoreData::sourceChanged, this, &LayersPanel::restart);
    connect(&scores, &ScoreData::arrived, this, [this] {
        readSelected();
        readAll();
    });
    connect(m_depth, &DepthPlot::hovered, this, [this](int layer) {
        m_hoveredLayer = layer;
        updateReadout();
    });
    connect(m_trajectory, &TrajectoryPlot::hovered, this, [this](int step) {
        m_hoveredStep = step;
        updateReadout();
    });
    connect(m_depth, &DepthPlot::layerClicked, this, [this](int layer) {
        if (!model())
            return;
        const std::string& name = model()->layerNames.at(static_cast<std::size_t>(layer));
        m_selection.edit(
            [&](Selection& next) { next.layer = next.layer == name ? std::nullopt : std::optional(name); });
    });
    connect(m_trajectory, &TrajectoryPlot::checkpointClicked, this, [this](int step) {
        if (model())
            m_selection.edit([&](Selection& next) { next.step = model()->steps.at(static_cast<std::size_t>(step)); });
    });
    restart();
}

LayersPanel::~LayersPanel() = default;

void LayersPanel::themeChanged() {
    m_depth->setTheme(theme());
    m_trajectory->setTheme(theme());
    m_refresh.schedule();
}

void LayersPanel::setVertexLabel(const QString& label) {
    if (label == m_vertexLabel)
        return;
    m_vertexLabel = label;
    m_refresh.schedule();
}

void LayersPanel::onSelection(const Selection& before, const Selection& after) {
    if (before.model != after.model || before.vertex != after.vertex || before.recording != after.recording) {
        restart();
    } else if (before.regions.areas != after.regions.areas ||
               before.regions.parcellation != after.regions.parcellation || before.regions.rois != after.regions.rois ||
               before.regions.roi != after.regions.roi) {
        m_settle.start();
    } else if (before.step != after.step) {
        readSelected();
        m_refresh.schedule();
    } else if (before.layer != after.layer) {
        m_refresh.schedule();
    }
}

std::optional<SelectionIndices> LayersPanel::indices() const {
    const ScoreIndex* index = m_data.index();
    return index ? indicesOf(m_selection.selection(), *index) : std::nullopt;
}

const ScoredModel* LayersPanel::model() const {
    const auto shown = indices();
    return shown ? &m_data.index()->models[static_cast<std::size_t>(shown->model)] : nullptr;
}

std::optional<LayerScoresRequest> LayersPanel::request() const {
    if (!missingText().isEmpty())
        return std::nullopt;
    const auto shown = indices();
    LayerScoresRequest request{shown->model, std::nullopt, shown->recording};
    request.regions = shownRegions();
    if (const auto& vertex = m_selection.selection().vertex; vertex && !request.regions)
        request.vertex = m_data.index()->vertexCounts.flatIndex(*vertex);
    return request;
}

QString LayersPanel::missingText() const {
    const ScoreIndex* index = m_data.index();
    if (!index)
        return QStringLiteral("No study is open");
    if (index->fmri.empty())
        return QStringLiteral("No fMRI in this study");
    if (!indices())
        return QStringLiteral("Choose a model and a step");
    const auto& vertex = m_selection.selection().vertex;
    if (vertex && (vertex->index < 0 || vertex->index >= index->vertexCounts.of(vertex->hemisphere)))
        return QStringLiteral("This study has no vertex ") + vertexText();
    return {};
}

void LayersPanel::restart() {
    m_selectedRead.cancel();
    m_allRead.cancel();
    m_readingAll = m_readAgain = false;
    m_profiles.clear();
    m_request = request();
    readSelected();
    readAll();
    m_refresh.schedule();
}

const LayerProfile* LayersPanel::profileOf(int step) const {
    const auto found = m_profiles.find(step);
    return found == m_profiles.end() ? nullptr : &found->second;
}

void LayersPanel::readSelected() {
    if (!m_request)
        m_request = request();
    const auto shown = indices();
    if (!m_request || !shown || (m_request->vertex && !m_request->recording))
        return;
    const LayerProfile* known = profileOf(shown->step);
    if (known && isWhole(*known) && m_data.source()->isComplete())
        return;
    m_selectedRead = m_data.read<LayerProfiles>(
        this,
        [request = *m_request, step = shown->step](const ScoreSource& source) {
            return readLayerProfiles(source, request, {step});
        },
        [this](const LayerProfiles& profiles) { keep(profiles); },
        [this](const ErrorDetails& error) { showError(error); });
}

void LayersPanel::readAll() {
    if (!m_request || !model())
        return;
    if (m_readingAll) {
        m_readAgain = true;
        return;
    }
    std::vector<int> steps;
    for (int step = 0; step < static_cast<int>(model()->steps.size()); ++step)
        if (const LayerProfile* known = profileOf(step); !known || !isWhole(*known) || m_data.source()->isComplete())
            steps.push_back(step);
    if (steps.empty())
        return;
    m_readingAll = true;
    m_allRead = m_data.read<LayerProfiles>(
        this,
        [request = *m_request, steps](const ScoreSource& source) { return readLayerProfiles(source, request, steps); },
        [this](const LayerProfiles& profiles) {
            m_readingAll = false;
            keep(profiles);
            if (std::exchange(m_readAgain, false))
                readAll();
        },
        [this](const ErrorDetails& error) {
            m_readingAll = false;
            showError(error);
        });
}

void LayersPanel::keep(const LayerProfiles& profiles) {
    for (const auto& [step, profile] : profiles)
        m_profiles[step] = profile;
    m_refresh.schedule();
}

void LayersPanel::refresh() {
    const QString missing = missingText();
    if (!missing.isEmpty()) {
        setTitle({});
        showMessage(missing);
        return;
    }
    const SelectionIndices shown = *indices();
    const LayerProfile* profile = profileOf(shown.step);
    if (!profile) {
        if (title().isEmpty())
            showMessage(QStringLiteral("Reading…"));
        return;
    }
    setTitle(titleParts(shown));
    if (profile->computedCount() == 0) {
        const QString name = checkpointText(m_selection.selection().step);
        showMessage(name.at(0).toUpper() + name.mid(1) + QStringLiteral(" is not computed yet"));
        return;
    }
    showProfile(shown);
    showContent();
}

void LayersPanel::showProfile(const SelectionIndices& shown) {
    std::vector<QString> names;
    for (const std::string& name : model()->layerNames)
        names.push_back(QString::fromStdString(name));
    std::vector<LayerProfile> others;
    for (const auto& [step, profile] : m_profiles)
        if (step != shown.step)
            others.push_back(profile);
    updateRange();
    m_depth->setLayers(model()->layerDepths, names);
    m_depth->setProfile(*profileOf(shown.step), others);
    m_depth->setSelectedLayer(shown.layer.value_or(-1));
    showTrajectory(shown);
    updateReadout();
}

void LayersPanel::showTrajectory(const SelectionIndices& shown) {
    std::vector<TrajectoryPlot::Point> points;
    const int layerCount = static_cast<int>(model()->layerNames.size());
    for (int step = 0; step < static_cast<int>(model()->steps.size()); ++step) {
        const LayerProfile* profile = profileOf(step);
        const double score = profile ? profile->best : std::nan("");
        const bool colored = m_request->vertex && profile && std::isfinite(score);
        points.push_back({model()->steps[static_cast<std::size_t>(step)], score,
                          colored ? layerColor(profile->bestLayer(), layerCount, theme()) : theme().encoding});
    }
    m_trajectory->setPoints(points);
    m_trajectory->setCurrent(shown.step);
}

void LayersPanel::updateRange() {
    double low = 0, high = 0, bestLow = 0, bestHigh = 0;
    for (const auto& [step, profile] : m_profiles) {
        for (std::size_t layer = 0; layer < profile.mean.size(); ++layer) {
            const double spread = std::isfinite(profile.sem[layer]) ? profile.sem[layer] : 0;
            low = std::fmin(low, profile.mean[layer] - spread);
            high = std::fmax(high, profile.mean[layer] + spread);
        }
        bestLow = std::fmin(bestLow, profile.best);
        bestHigh = std::fmax(bestHigh, profile.best);
    }
    const AxisEnds upper = axisEnds(low, high, 0.20), lower = axisEnds(bestLow, bestHigh, 0.12);
    m_depth->setValueRange(upper.low, upper.high);
    m_trajectory->setValueRange(lower.low, lower.high);
}

QString LayersPanel::vertexText() const {
    const VertexId vertex = *m_selection.selection().vertex;
    const std::string_view hemisphere = shortName(vertex.hemisphere);
    return QString::fromUtf8(hemisphere.data(), static_cast<qsizetype>(hemisphere.size())) + ' ' +
           countText(vertex.index);
}

std::optional<RegionChoice> LayersPanel::shownRegions() const {
    const RegionChoice& all = m_selection.selection().regions;
    RegionChoice shown;
    if (!all.areas.empty()) {
        shown.areas = all.areas;
        shown.parcellation = all.parcellation;
        return shown;
    }
    if (m_selection.selection().vertex || all.rois->find(all.roi) == nullptr)
        return std::nullopt;
    shown.rois = all.rois;
    shown.roi = all.roi;
    return shown;
}

QStringList LayersPanel::titleParts(const SelectionIndices& shown) const {
    const ScoreIndex& index = *m_data.index();
    QStringList parts;
    if (const auto regions = m_request ? m_request->regions : shownRegions()) {
        const auto& areas = regions->areas;
        parts << (areas.empty()       ? QStringLiteral("Mean of %1").arg(QString::fromStdString(regions->roi))
                  : areas.size() == 1 ? QStringLiteral("Mean of %1").arg(QString::fromStdString(areas.front()))
                                      : QStringLiteral("Mean of %1 areas").arg(areas.size()));
    } else if (m_selection.selection().vertex) {
        const bool labelled = m_vertexLabel == vertexText() || m_vertexLabel.startsWith(vertexText() + separator);
        parts << (labelled ? m_vertexLabel : vertexText());
    } else {
        parts << QStringLiteral("Mean over %1 vertices").arg(countText(index.vertexCounts.total()));
    }
    parts << QString::fromStdString(model()->label) << checkpointText(m_selection.selection().step);
    if (shown.recording)
        parts << QStringLiteral("subject ") +
                     QString::fromStdString(index.fmri[static_cast<std::size_t>(*shown.recording)].subject);
    else if (index.fmri.size() > 1)
        parts << QStringLiteral("mean ± SEM of %1 subjects").arg(index.fmri.size());
    else
        parts << QStringLiteral("subject ") + QString::fromStdString(index.fmri.front().subject);
    return parts;
}

QString LayersPanel::layerText(const LayerProfile& profile, int layer) const {
    const auto at = static_cast<std::size_t>(layer);
    return QString::fromStdString(model()->layerNames.at(at)) + QStringLiteral(" · R ") +
           scoreText(profile.mean.at(at), profile.sem.at(at));
}

QString LayersPanel::halfTimeText() const {
    std::vector<std::int64_t> steps = model()->steps;
    std::vector<double> values;
    for (int step = 0; step < static_cast<int>(steps.size()); ++step)
        values.push_back(profileOf(step) ? profileOf(step)->best : std::nan(""));
    const HalfTime half = halfTime(steps, values);
    if (half.status == HalfTimeStatus::Ok)
        return QStringLiteral("half-time %1 steps (%2)").arg(interpolatedStepText(half.step), percentText(half.share));
    if (half.status == HalfTimeStatus::AtOrBeforeFirst)
        return QStringLiteral("half-time ≤ ") +
               (half.firstStep == 0 ? checkpointText(0) : stepText(half.firstStep) + " steps") +
               (half.firstStep == steps.front() ? QString() : QStringLiteral(" so far"));
    return QStringLiteral("no half-time: the last checkpoint is ") +
           (std::isfinite(values.back()) ? QStringLiteral("not above zero") : QStringLiteral("not computed"));
}

void LayersPanel::updateReadout() {
    const auto shown = indices();
    const LayerProfile* profile = shown ? profileOf(shown->step) : nullptr;
    if (!profile || profile->computedCount() == 0)
        return;
    const int best = profile->bestLayer(), second = profile->runnerUp();
    QString text;
    if (m_hoveredLayer >= 0)
        text = layerText(*profile, m_hoveredLayer);
    else if (shown->layer)
        text = QStringLiteral("Selected: ") + layerText(*profile, *shown->layer);
    else
        text = QStringLiteral("Best: ") + layerText(*profile, best);
    if (m_hoveredLayer < 0 && !shown->layer && second >= 0)
        text += QStringLiteral(", %1 above %2")
                    .arg(scoreText(profile->mean[static_cast<std::size_t>(best)] -
                                   profile->mean[static_cast<std::size_t>(second)]),
                         QString::fromStdString(model()->layerNames[static_cast<std::size_t>(second)]));
    if (!isWhole(*profile))
        text += QStringLiteral(" (%1 of %2 layers computed)").arg(profile->computedCount()).arg(profile->mean.size());
    m_readout->setFullText(text);

    QString caption = QStringLiteral("Over training: ") + halfTimeText();
    if (m_hoveredStep >= 0 && m_hoveredStep < static_cast<int>(model()->steps.size())) {
        const LayerProfile* hovered = profileOf(m_hoveredStep);
        caption = QStringLiteral("Best layer at ") +
                  checkpointText(model()->steps[static_cast<std::size_t>(m_hoveredStep)]) + QStringLiteral(": R ") +
                  scoreText(hovered ? hovered->best : std::nan(""));
    }
    m_caption->setFullText(caption);
    m_depth->setAccessibleDescription(text);
    m_trajectory->setAccessibleDescription(caption);
}

} // namespace brainlike
