#include "views/training/TrainingBar.h"

#include "core/session/Comparison.h"
#include "core/session/SelectionDefaults.h"
#include "core/tables/HalfTimeUnits.h"
#include "views/state/NumberText.h"
#include "views/state/PanelTitle.h"
#include "views/state/SubjectsText.h"
#include "views/training/ModelLegend.h"
#include "views/training/TrainingLegend.h"
#include "views/training/TrainingTitle.h"
#include "views/training/TrainingTrack.h"
#include "views/training/TransportButton.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace brainlike {
namespace {

/// How long a model is looked at before the intervals of its half-times are computed.
constexpr std::chrono::milliseconds settleTime{1500};

QString unitText(TrainingUnit unit) {
    return unit == TrainingUnit::Steps    ? QObject::tr("steps")
           : unit == TrainingUnit::Images ? QObject::tr("images")
                                          : QObject::tr("share");
}

std::vector<SummaryCurves> readAllSummaries(const ScoreSource& source) {
    std::vector<SummaryCurves> summaries;
    for (std::size_t model = 0; model < source.index().models.size(); ++model)
        summaries.push_back(source.summary(static_cast<int>(model)));
    return summaries;
}

bool isOfSteps(const Selection& selection) {
    const DifferenceBase base = selection.difference.base;
    return base == DifferenceBase::FirstStep || base == DifferenceBase::PreviousStep || base == DifferenceBase::Step;
}

/// Half-times of a model's scores with their intervals, as `brainlike scores --what half-time` has them.
std::vector<MetricHalfTimes> modelHalfTimes(const ScoreFile& scores, const std::string& model, JobContext& job) {
    const TableRequest request{.what = "half-time", .level = "model", .model = model};
    const TableScope scope(scores, request, TableLevel::Model, {RecordingKind::Fmri, RecordingKind::Meg});
    return metricHalfTimes(scope, scope.models().front(), job);
}

/// Which of the bar's curves a metric is, −1: none.
int curveOf(CurveMetric metric, bool hasFmri) {
    switch (metric) {
    case CurveMetric::EncodingFmri:
        return 0;
    case CurveMetric::EncodingMeg:
        return hasFmri ? -1 : 0;
    case CurveMetric::Spatial:
        return 1;
    case CurveMetric::Temporal:
        return 2;
    }
    return -1;
}

} // namespace

TrainingBar::TrainingBar(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : QWidget(parent), m_selection(selection), m_data(scores), m_theme(Theme::of(palette())),
      m_refresh([this] { refresh(); }) {
    setObjectName("trainingBar");
    setAccessibleName(QStringLiteral("Training"));
    setAutoFillBackground(true);
    createWidgets();
    connectWidgets();
    applyTheme();
    updateButtons();
    onSource();
}

TrainingBar::~TrainingBar() = default;

void TrainingBar::createWidgets() {
    m_play = new TransportButton(TransportButton::Sign::Play, 44, this);
    m_speed = new TransportButton(TransportButton::Sign::Text, 24, this);
    m_loop = new TransportButton(TransportButton::Sign::Loop, 24, this);
    m_play->setObjectName("playButton");
    m_speed->setObjectName("speedButton");
    m_loop->setObjectName("loopButton");
    m_loop->setCheckable(true);
    m_loop->setAccessibleName(QStringLiteral("Loop"));
    m_loop->setToolTip(QStringLiteral("Start over after the last checkpoint"));
    m_bounce = new TransportButton(TransportButton::Sign::Bounce, 24, this);
    m_bounce->setObjectName("bounceButton");
    m_bounce->setCheckable(true);
    m_bounce->setAccessibleName(QStringLiteral("Bounce"));
    m_bounce->setToolTip(QStringLiteral("Play back and forth"));
    m_unitButton = new TransportButton(TransportButton::Sign::Text, 22, this);
    m_unitButton->setObjectName("unitButton");
    m_title = new PanelTitle(this);
    m_title->setObjectName("trainingBarTitle");
    m_legend = new TrainingLegend(this);
    m_models = new ModelLegend(this);
    m_track = new TrainingTrack(this);
    arrange();
}

void TrainingBar::arrange() {
    auto* small = new QHBoxLayout;
    small->setSpacing(2);
    small->addWidget(m_speed);
    small->addWidget(m_loop);
    small->addWidget(m_bounce);
    auto* transport = new QVBoxLayout;
    transport->setSpacing(3);
    transport->addStretch(1);
    transport->addWidget(m_play, 0, Qt::AlignHCenter);
    transport->addLayout(small);
    transport->addWidget(m_unitButton, 0, Qt::AlignHCenter);
    transport->addStretch(1);
    auto* plot = new QVBoxLayout;
    plot->setSpacing(2);
    plot->addWidget(m_title);
    plot->addWidget(m_legend);
    plot->addWidget(m_models);
    plot->addWidget(m_track, 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 6);
    layout->setSpacing(12);
    layout->addLayout(transport);
    layout->addLayout(plot, 1);
}

void TrainingBar::connectWidgets() {
    connect(m_play, &QAbstractButton::clicked, this, &TrainingBar::togglePlay);
    connect(m_speed, &QAbstractButton::clicked, this, &TrainingBar::cycleSpeed);
    connect(m_unitButton, &QAbstractButton::clicked, this, &TrainingBar::cycleUnit);
    connect(m_loop, &QAbstractButton::toggled, this, &TrainingBar::setLooping);
    connect(m_bounce, &QAbstractButton::toggled, this, &TrainingBar::setBouncing);
    connect(m_models, &ModelLegend::toggled, this, &TrainingBar::setModelShown);
    connect(m_track, &TrainingTrack::otherPressed, &m_selection, &SelectionModel::beginGesture);
    connect(m_track, &TrainingTrack::otherReleased, &m_selection, &SelectionModel::endGesture);
    connect(m_track, &TrainingTrack::otherMoved, this, [this](int checkpoint) {
        const int model = modelIndex();
        if (model < 0)
            return;
        const auto& steps = m_data.index()->models[static_cast<std::size_t>(model)].steps;
        m_selection.edit([&](Selection& next) {
            next.difference.base = DifferenceBase::Step;
            next.difference.name.clear();
            next.difference.step = steps.at(static_cast<std::size_t>(checkpoint));
        });
    });
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &TrainingBar::readIntervals);
    connect(m_track, &QAbstractSlider::valueChanged, this, [this](int checkpoint) {
        pause();
        selectCheckpoint(checkpoint);
    });
    connect(&m_timer, &QTimer::timeout, this, &TrainingBar::advance);
    connect(&m_selection, &SelectionModel::changed, this, [this](const Selection& before, const Selection& after) {
        if (before.model != after.model || before.step != after.step || before.isCompared != after.isCompared ||
            !(before.difference == after.difference))
            m_refresh.schedule();
        if (before.recording != after.recording)
            onSubject();
        else if (before.model != after.model)
            readOwn();
    });
    connect(&m_data, &ScoreData::sourceChanged, this, &TrainingBar::onSource);
    connect(&m_data, &ScoreData::arrived, this, &TrainingBar::readSummaries);
}

void TrainingBar::onSource() {
    pause();
    m_read.cancel();
    m_ownJob.cancel();
    m_reading = m_readAgain = m_isReadingOwn = false;
    m_own.clear();
    m_ownError.clear();
    m_subject = m_data.index() ? subjectOf(m_selection.selection(), *m_data.index()) : std::string();
    m_summaries.clear();
    m_hidden.clear();
    m_intervalJob.cancel();
    m_intervalsOf.clear();
    makeCurves();
    readSummaries();
    refresh();
}

void TrainingBar::readSummaries() {
    if (!m_data.source())
        return;
    if (!m_subject.empty())
        return readOwn();
    if (m_reading) {
        m_readAgain = true;
        return;
    }
    m_reading = true;
    m_read = m_data.read<std::vector<SummaryCurves>>(
        this, readAllSummaries,
        [this](std::vector<SummaryCurves> summaries) {
            m_reading = false;
            m_summaries = std::move(summaries);
            makeCurves();
            m_refresh.schedule();
            if (std::exchange(m_readAgain, false))
                readSummaries();
        },
        [this](const ErrorDetails& error) {
            m_reading = false;
            m_track->setHint(QString::fromStdString(error.what));
        });
}

int TrainingBar::modelIndex() const {
    const ScoreIndex* index = m_data.index();
    if (!index)
        return -1;
    const auto found = std::ranges::find(index->models, m_selection.selection().model, &ScoredModel::id);
    return found == index->models.end() ? -1 : static_cast<int>(found - index->models.begin());
}

int TrainingBar::checkpoint() const {
    const int model = modelIndex();
    if (model < 0)
        return -1;
    const auto& steps = m_data.index()->models[static_cast<std::size_t>(model)].steps;
    const auto found = std::ranges::find(steps, m_selection.selection().step);
    return found == steps.end() ? -1 : static_cast<int>(found - steps.begin());
}

QString TrainingBar::hint() const {
    if (!m_ownError.isEmpty())
        return m_ownError;
    if (!m_subject.empty() && !m_data.scoreFile())
        return tr("A subject's own scores are shown once all are computed");
    if (!summaryOf(static_cast<std::size_t>(modelIndex())))
        return m_subject.empty() ? QStringLiteral("Reading…")
                                 : tr("Computing the scores of %1…").arg(subjectText(m_subject));
    const auto hasLast = [](const TrainingCurve& curve) {
        return !curve.values.empty() && std::isfinite(curve.values.back());
    };
    if (std::ranges::any_of(m_curves[static_cast<std::size_t>(modelIndex())].curves, hasLast))
        return {};
    return QStringLiteral("The curves appear once the last checkpoint is computed");
}

void TrainingBar::makeCurves() {
    m_curves.clear();
    m_track->setEnabled(false); // until they are shown
    const ScoreIndex* index = m_data.index();
    for (std::size_t at = 0; index && at < index->models.size(); ++at)
        m_curves.push_back(TrainingCurves::of(index->models[at], summaryOf(at) ? *summaryOf(at) : SummaryCurves{},
                                              isEncodingOfFmri(m_selection.selection(), *index)));
    m_shownModel = -1;
    m_intervalsOf.clear();
}

void TrainingBar::refresh() {
    const ScoreIndex* index = m_data.index();
    const int model = modelIndex();
    if (!index || model < 0 || index->models[static_cast<std::size_t>(model)].steps.empty()) {
        showNothing(index ? QStringLiteral("Choose a model") : QStringLiteral("No study is open"));
        return;
    }
    const QSignalBlocker blocker(m_track);
    const auto other = comparedSide(m_selection.selection(), *index);
    const std::string compared = other && other->model != m_selection.selection().model ? other->model : std::string();
    if (m_shownModel != model || m_comparedModel != compared) {
        m_comparedModel = compared;
        m_shownModel = model;
        showCurves();
    }
    m_track->setValue(std::max(0, checkpoint()));
    showOther();
    m_legend->setCheckpoint(checkpoint());
    updateButtons();
    if (m_intervalsOf != m_selection.selection().model && !isPlaying() && m_subject.empty())
        m_settle.start();
}

void TrainingBar::showCurves() {
    const TrainingCurves& current = m_curves[static_cast<std::size_t>(m_shownModel)];
    std::vector<TrainingTrack::OtherModel> others;
    std::vector<LegendModel> names;
    std::size_t place = 0;
    for (const TrainingCurves& curves : m_curves) {
        const bool isCurrent = &curves == &current, isCompared = curves.id == m_comparedModel;
        names.push_back({curves.id, curves.label, isCurrent, isCompared});
        if (!isCurrent && (isCompared || !m_hidden.contains(curves.id)))
            others.push_back({curves, modelPen(place, 1.2), isCompared});
        place += isCurrent ? 0 : 1;
    }
    m_track->setEnabled(true);
    m_track->setHint(hint());
    m_track->setCurves(current, std::move(others));
    setTitle(trainingTitle(m_data.index()->models[static_cast<std::size_t>(m_shownModel)], m_selection.selection(),
                           *m_data.index()));
    m_models->setModels(names, m_hidden);
    m_models->setVisible(names.size() > 1);
    m_legend->setCurves(current);
}

void TrainingBar::setTitle(const QStringList& parts) {
    m_titleParts = parts;
    m_title->setParts(parts);
    m_title->setVisible(!parts.isEmpty());
    m_title->setAccessibleName(title());
}

/// The mark of B, where that is a checkpoint of the selected model.
void TrainingBar::showOther() {
    const auto other = comparedSide(m_selection.selection(), *m_data.index());
    const bool isStep = other && other->model == m_selection.selection().model && isOfSteps(m_selection.selection());
    m_track->setOther(isStep ? m_curves[static_cast<std::size_t>(m_shownModel)].checkpointOf(other->step) : -1);
}

void TrainingBar::readIntervals() {
    const auto scores = m_data.scoreFile();
    const int model = modelIndex();
    const std::string id = m_selection.selection().model;
    if (!scores || model < 0 || !m_subject.empty() || m_summaries.empty() || isPlaying() || !isVisible() ||
        m_intervalsOf == id || m_curves[static_cast<std::size_t>(model)].size() < 2)
        return;
    m_intervalsOf = id;
    using Found = std::vector<MetricHalfTimes>;
    m_intervalJob = m_data.runner().run<Found>(
        this, [scores, id](JobContext& job) { return modelHalfTimes(*scores, id, job); },
        [this, model](JobOutcome<Found> outcome) {
            if (!m_subject.empty()) // of the group
                return;
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                return m_track->setToolTip(QString::fromStdString(messageOf(*error)));
            TrainingCurves& curves = m_curves[static_cast<std::size_t>(model)];
            for (const MetricHalfTimes& found : std::get<Found>(outcome))
                if (const int curve = curveOf(found.metric, !m_data.index()->fmri.empty());
                    curve >= 0 && !found.intervals.empty())
                    curves.curves[static_cast<std::size_t>(curve)].interval = found.intervals.front();
            m_shownModel = -1;
            m_refresh.schedule();
        });
}

void TrainingBar::setModelShown(const std::string& model, bool shown) {
    shown ? m_hidden.erase(model) : m_hidden.insert(model).second;
    m_shownModel = -1;
    readOwn();
    m_refresh.schedule();
}

void TrainingBar::showNothing(const QString& why) {
    const QSignalBlocker blocker(m_track);
    pause();
    m_track->setCurves({}, {});
    m_track->setHint(why);
    m_track->setEnabled(false);
    m_shownModel = -1;
    m_models->hide();
    setTitle({});
    m_legend->setCurves({});
    m_legend->setCheckpoint(-1);
    updateButtons();
}

void TrainingBar::selectCheckpoint(int checkpoint) {
    const int model = modelIndex();
    if (model < 0)
        return;
    const auto& steps = m_data.index()->models[static_cast<std::size_t>(model)].steps;
    if (checkpoint >= 0 && checkpoint < static_cast<int>(steps.size()))
        m_selection.edit([&](Selection& selection) { selection.step = steps[static_cast<std::size_t>(checkpoint)]; });
}

void TrainingBar::updateButtons() {
    m_play->setEnabled(modelIndex() >= 0);
    m_play->setSign(isPlaying() ? TransportButton::Sign::Pause : TransportButton::Sign::Play);
    m_play->setAccessibleName(isPlaying() ? QStringLiteral("Pause") : QStringLiteral("Play"));
    m_play->setToolTip(isPlaying() ? QStringLiteral("Pause (Space)") : QStringLiteral("Play the training (Space)"));
    m_speed->setText(QString::number(speed()) + QStringLiteral("×"));
    m_speed->setAccessibleName(QStringLiteral("Speed ") + m_speed->text());
    m_speed->setToolTip(QStringLiteral("Speed of playing: %1; click for the next").arg(m_speed->text()));
    m_loop->setAccessibleDescription(isLooping() ? QStringLiteral("on") : QStringLiteral("off"));
    m_bounce->setAccessibleDescription(isBouncing() ? QStringLiteral("on") : QStringLiteral("off"));
    m_unitButton->setText(unitText(m_unit));
    m_unitButton->setAccessibleName(QStringLiteral("Axis: ") + unitText(m_unit));
    m_unitButton->setToolTip(QStringLiteral("What the axis counts: steps, images seen, or the share of training"));
    m_unitButton->setEnabled(modelIndex() >= 0);
    m_speed->update();
    m_unitButton->update();
}

void TrainingBar::applyTheme() {
    for (TransportButton* button : {m_play, m_speed, m_loop, m_bounce, m_unitButton})
        button->setTheme(m_theme);
    m_title->setMutedColor(m_theme.mutedText);
    m_legend->setTheme(m_theme);
    m_models->setTheme(m_theme);
    m_track->setTheme(m_theme);
}

void TrainingBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    m_theme = Theme::of(palette());
    applyTheme();
}

void TrainingBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space)
        togglePlay();
    else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
        stepBy(event->key() == Qt::Key_Left ? -1 : 1);
    else
        QWidget::keyPressEvent(event);
}

} // namespace brainlike
