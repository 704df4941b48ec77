#include "views/layers/DepthPage.h"

#include "core/session/WindowChoice.h"
#include "views/layers/DepthPlot.h"
#include "views/layers/DepthTexts.h"
#include "views/layers/DifferencePlot.h"
#include "views/layers/TrajectoryPlot.h"
#include "views/state/ChoiceRow.h"
#include "views/state/ComparisonText.h"
#include "views/state/NumberText.h"
#include "views/state/PlotStyle.h"
#include "views/state/SubjectsText.h"

#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace brainlike {
namespace {

/// Regions change many times while they are painted, and each mean reads whole maps.
constexpr std::chrono::milliseconds settleTime{250};

/// What of A is kept beside what of B is.
constexpr std::size_t keptRequests = 2;

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

bool areOtherRegions(const RegionChoice& a, const RegionChoice& b) {
    return a.areas != b.areas || a.parcellation != b.parcellation || !(a.rois == b.rois) || a.roi != b.roi;
}

} // namespace

DepthPage::DepthPage(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : LayersPage(selection, scores, parent), m_choices(new QWidget(this)), m_what(new QComboBox(this)),
      m_depth(new DepthPlot(this)), m_trajectory(new TrajectoryPlot(this)), m_difference(new DifferencePlot(this)),
      m_readout(new ElidedLabel(this)), m_caption(new ElidedLabel(this)) {
    m_depth->setAccessibleName(tr("Encoding score over layer depth"));
    m_trajectory->setAccessibleName(tr("Encoding score of the best layer over training"));
    m_difference->setAccessibleName(tr("Difference of A and B over layer depth"));
    m_readout->setObjectName("layersReadout");
    m_caption->setObjectName("layersCaption");
    m_what->setObjectName("layersWhat");
    auto* row = choiceRow({{m_what, tr("Cortex, or a window of MEG times")}}, 6);
    row->setContentsMargins(0, 0, 0, 0);
    m_choices->setLayout(row);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_readout);
    column->addWidget(m_depth, 3);
    column->addWidget(m_caption);
    column->addWidget(m_trajectory, 2);
    column->addWidget(m_difference, 2);
    m_difference->hide();
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &DepthPage::scheduleUpdate);
    connectPlots();
}

DepthPage::~DepthPage() = default;

void DepthPage::connectPlots() {
    connect(m_what, &QComboBox::activated, this, &DepthPage::scheduleUpdate);
    connect(m_depth, &DepthPlot::hovered, this, [this](int layer) {
        m_hoveredLayer = layer;
        updateReadout();
    });
    connect(m_trajectory, &TrajectoryPlot::hovered, this, [this](int step) {
        m_hoveredStep = step;
        updateReadout();
    });
    connect(m_depth, &DepthPlot::layerClicked, this, [this](int layer) {
        const auto a = sideA();
        if (!a)
            return;
        const std::string& name = modelOf(*a).layerNames.at(static_cast<std::size_t>(layer));
        m_selection.edit(
            [&](Selection& next) { next.layer = next.layer == name ? std::nullopt : std::optional(name); });
    });
    connect(m_trajectory, &TrajectoryPlot::checkpointClicked, this, [this](int step) {
        const auto a = sideA();
        if (!a)
            return;
        const std::int64_t clicked = modelOf(*a).steps.at(static_cast<std::size_t>(step));
        m_selection.edit([&](Selection& next) { next.step = clicked; });
    });
}

QWidget* DepthPage::choices() const {
    return m_choices;
}

void DepthPage::setTheme(const Theme& theme) {
    LayersPage::setTheme(theme);
    m_depth->setTheme(theme);
    m_trajectory->setTheme(theme);
    m_difference->setTheme(theme);
}

void DepthPage::setVertexLabel(const QString& label) {
    if (label == m_vertexLabel)
        return;
    m_vertexLabel = label;
    scheduleUpdate();
}

void DepthPage::forget() {
    m_readA = {};
    m_readB = {};
    m_readAll.cancel();
    m_readingAll.reset();
    m_profiles.clear();
    stateMessage({});
}

void DepthPage::follow(const Selection& before, const Selection& after) {
    if (areOtherRegions(before.regions, after.regions))
        m_settle.start();
    else
        scheduleUpdate();
}

void DepthPage::fillWindows() {
    std::vector<std::string> names;
    if (const ScoreIndex* index = m_data.index(); index && !index->meg.empty())
        for (const TimeWindow& window : windowsOf(m_selection.selection(), *index))
            names.push_back(window.name);
    if (names == m_windowNames && m_what->count() > 0)
        return;
    m_windowNames = names;
    const QSignalBlocker blocker(m_what);
    const QString chosen = m_what->currentIndex() > 0 ? m_what->currentText() : QString();
    m_what->clear();
    m_what->addItem(tr("Cortex"));
    for (const std::string& name : names)
        m_what->addItem(tr("MEG %1").arg(QString::fromStdString(name)));
    m_what->setCurrentIndex(std::max(0, chosen.isEmpty() ? 0 : m_what->findText(chosen)));
    m_choices->setEnabled(m_what->count() > 1);
}

std::optional<TimeWindow> DepthPage::window() const {
    const int chosen = m_what->currentIndex() - 1;
    const ScoreIndex* index = m_data.index();
    if (chosen < 0 || !index)
        return std::nullopt;
    const auto windows = windowsOf(m_selection.selection(), *index);
    return chosen < static_cast<int>(windows.size()) ? std::optional(windows[static_cast<std::size_t>(chosen)])
                                                     : std::nullopt;
}

RecordingKind DepthPage::kind() const {
    return window() ? RecordingKind::Meg : RecordingKind::Fmri;
}

LayerScoresRequest DepthPage::requestOf(const LayersSide& side) const {
    LayerScoresRequest request{.model = side.indices.model};
    request.recording = side.indices.recording;
    request.window = window();
    if (request.window)
        return request;
    request.regions = shownRegions();
    if (const auto& vertex = side.selection.vertex; vertex && !request.regions)
        request.vertex = m_data.index()->vertexCounts.flatIndex(*vertex);
    return request;
}

QString DepthPage::missingText() const {
    const ScoreIndex* index = m_data.index();
    if (!index)
        return tr("No study is open");
    if (!window() && index->fmri.empty())
        return tr("No fMRI in this study");
    if (const QString none = noRecordingText(m_selection.selection(), *index, kind()); !none.isEmpty())
        return none;
    if (!sideA())
        return tr("Choose a model and a step");
    const auto& vertex = m_selection.selection().vertex;
    if (!window() && vertex && (vertex->index < 0 || vertex->index >= index->vertexCounts.of(vertex->hemisphere)))
        return tr("This study has no vertex %1").arg(vertexText());
    return {};
}

std::optional<RegionChoice> DepthPage::shownRegions() const {
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

const LayerProfile* DepthPage::profileOf(const LayerScoresRequest& request, int step) const {
    const auto found = std::ranges::find(m_profiles, request, &std::pair<LayerScoresRequest, LayerProfiles>::first);
    if (found == m_profiles.end())
        return nullptr;
    const auto profile = found->second.find(step);
    return profile == found->second.end() ? nullptr : &profile->second;
}

void DepthPage::keep(const LayerScoresRequest& request, const LayerProfiles& profiles) {
    auto found = std::ranges::find(m_profiles, request, &std::pair<LayerScoresRequest, LayerProfiles>::first);
    if (found == m_profiles.end()) {
        if (m_profiles.size() >= keptRequests) // the one that is not shown, else the older one
            m_profiles.erase(sideA() && m_profiles.front().first == requestOf(*sideA()) ? m_profiles.begin() + 1
                                                                                        : m_profiles.begin());
        found = m_profiles.insert(m_profiles.end(), {request, {}});
    }
    for (const auto& [step, profile] : profiles)
        found->second[step] = profile;
    scheduleUpdate();
}

void DepthPage::showError(const ErrorDetails& error) {
    stateMessage(QString::fromStdString(messageOf(error)));
}

void DepthPage::readSide(const LayersSide& side, Reading& reading) {
    const std::pair what(requestOf(side), side.indices.step);
    // One vertex of the group comes with all its checkpoints.
    const bool comesWithAll = &reading == &m_readA && what.first.vertex && !what.first.recording;
    if (comesWithAll || profileOf(what.first, what.second) || reading.what == what)
        return;
    reading.what = what;
    reading.job = m_data.read<LayerProfiles>(
        this, [what](const ScoreSource& source) { return readLayerProfiles(source, what.first, {what.second}); },
        [this, what, &reading](const LayerProfiles& profiles) {
            reading.what.reset();
            keep(what.first, profiles);
        },
        [this](const ErrorDetails& error) { showError(error); });
}

void DepthPage::readAll(const LayersSide& side, const LayerScoresRequest& request) {
    if (m_readingAll == request)
        return;
    std::vector<int> steps;
    for (int step = 0; step < static_cast<int>(modelOf(side).steps.size()); ++step)
        if (const LayerProfile* known = profileOf(request, step); !known || !isWhole(*known))
            steps.push_back(step);
    m_readingAll = request;
    if (steps.empty())
        return;
    m_readAll = m_data.read<LayerProfiles>(
        this, [request, steps](const ScoreSource& source) { return readLayerProfiles(source, request, steps); },
        [this, request](const LayerProfiles& profiles) { keep(request, profiles); },
        [this](const ErrorDetails& error) { showError(error); });
}

void DepthPage::noteArrival() {
    // What was not computed may be now.
    m_readingAll.reset();
    for (auto& [request, profiles] : m_profiles)
        std::erase_if(profiles, [](const auto& entry) { return !isWhole(entry.second); });
    scheduleUpdate();
}

void DepthPage::refresh() {
    fillWindows();
    const QString missing = missingText();
    if (!missing.isEmpty()) {
        stateMessage(missing);
        return;
    }
    const LayersSide a = *sideA();
    const auto b = sideB();
    const LayerScoresRequest request = requestOf(a);
    const LayerProfile* profile = profileOf(request, a.indices.step);
    readSide(a, m_readA);
    if (b)
        readSide(*b, m_readB);
    readAll(a, request);
    if (!profile)
        return;
    if (profile->computedCount() == 0) {
        const QString name = checkpointText(a.selection.step);
        stateMessage(tr("%1 is not computed yet").arg(name.at(0).toUpper() + name.mid(1)));
        return;
    }
    QStringList title = b ? comparedTitle(titleOf(a), titleOf(*b)) : titleOf(a);
    if (const QString none = noOtherText(); !none.isEmpty())
        title << tr("A alone: %1").arg(none);
    showProfile(a, *profile);
    showOther(a, *profile, b);
    stateContent(title);
}

void DepthPage::showProfile(const LayersSide& side, const LayerProfile& profile) {
    const LayerScoresRequest request = requestOf(side);
    std::vector<QString> names;
    for (const std::string& name : modelOf(side).layerNames)
        names.push_back(QString::fromStdString(name));
    std::vector<LayerProfile> others;
    for (int step = 0; step < static_cast<int>(modelOf(side).steps.size()); ++step)
        if (const LayerProfile* other = profileOf(request, step); other && step != side.indices.step)
            others.push_back(*other);
    updateRange();
    m_depth->setLayers(modelOf(side).layerDepths, names);
    m_depth->setProfile(profile, others);
    m_depth->setSelectedLayer(side.indices.layer.value_or(-1));
    updateReadout();
}

/// Below: the course of training, or beside B what differs. The one that is hidden is not drawn.
void DepthPage::showOther(const LayersSide& a, const LayerProfile& profile, const std::optional<LayersSide>& b) {
    const LayerProfile* other = b ? profileOf(requestOf(*b), b->indices.step) : nullptr;
    m_trajectory->setVisible(!b);
    m_difference->setVisible(b.has_value());
    m_depth->setOther(other ? modelOf(*b).layerDepths : std::vector<double>(), other ? *other : LayerProfile());
    if (!b)
        return showTrajectory(a);
    if (!other) {
        m_difference->setDifferences({}, {}, 0);
        return;
    }
    const LayerDifferences differences = layerDifferences(modelOf(a), profile, modelOf(*b), *other);
    std::vector<double> depths;
    for (const int layer : differences.layers)
        depths.push_back(modelOf(a).layerDepths[static_cast<std::size_t>(layer)]);
    m_difference->setDifferences(depths, differences.values, 0);
    m_difference->setAccessibleDescription(differenceText(modelOf(a), differences));
    updateReadout();
}

std::vector<double> DepthPage::bestOverTraining(const LayersSide& side) const {
    const LayerScoresRequest request = requestOf(side);
    std::vector<double> values;
    for (int step = 0; step < static_cast<int>(modelOf(side).steps.size()); ++step) {
        const LayerProfile* profile = profileOf(request, step);
        values.push_back(profile ? profile->best : std::nan(""));
    }
    return values;
}

void DepthPage::showTrajectory(const LayersSide& side) {
    const LayerScoresRequest request = requestOf(side);
    const std::vector<double> best = bestOverTraining(side);
    const int layerCount = static_cast<int>(modelOf(side).layerNames.size());
    std::vector<TrajectoryPlot::Point> points;
    for (std::size_t step = 0; step < best.size(); ++step) {
        const bool colored = request.vertex && std::isfinite(best[step]);
        const QColor color =
            colored          ? layerColor(profileOf(request, static_cast<int>(step))->bestLayer(), layerCount, theme())
            : request.window ? theme().temporal
                             : theme().encoding;
        points.push_back({modelOf(side).steps[step], best[step], color});
    }
    double low = 0, high = 0;
    for (const auto& [known, profiles] : m_profiles)
        for (const auto& [step, profile] : profiles) {
            low = std::fmin(low, profile.best);
            high = std::fmax(high, profile.best);
        }
    const AxisEnds ends = axisEnds(low, high, 0.2);
    m_trajectory->setValueRange(ends.low, ends.high);
    m_trajectory->setPoints(points);
    m_trajectory->setCurrent(side.indices.step);
}

void DepthPage::updateRange() {
    double low = 0, high = 0;
    for (const auto& [request, profiles] : m_profiles)
        for (const auto& [step, profile] : profiles)
            for (std::size_t layer = 0; layer < profile.mean.size(); ++layer) {
                const double spread = std::isfinite(profile.sem[layer]) ? profile.sem[layer] : 0;
                low = std::fmin(low, profile.mean[layer] - spread);
                high = std::fmax(high, profile.mean[layer] + spread);
            }
    const AxisEnds ends = axisEnds(low, high, 0.20);
    m_depth->setValueRange(ends.low, ends.high);
}

QString DepthPage::vertexText() const {
    const VertexId vertex = *m_selection.selection().vertex;
    const std::string_view hemisphere = shortName(vertex.hemisphere);
    return QString::fromUtf8(hemisphere.data(), static_cast<qsizetype>(hemisphere.size())) + ' ' +
           countText(vertex.index);
}

} // namespace brainlike
