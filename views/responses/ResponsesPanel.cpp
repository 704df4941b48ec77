#include "views/responses/ResponsesPanel.h"

#include "core/session/Comparison.h"
#include "core/session/SelectionDefaults.h"
#include "core/study/StudyLocation.h"
#include "views/plots/ScatterPlot.h"
#include "views/responses/ImageStrip.h"
#include "views/state/ComparisonText.h"
#include "views/state/NumberText.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QShowEvent>
#include <QThread>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace brainlike {
namespace {

constexpr int stripHeight = 325; ///< of a panel that has room for it

/// What the responses depend on.
bool asksSame(const Selection& a, const Selection& b) {
    return a.model == b.model && a.step == b.step && a.layer == b.layer && a.recording == b.recording &&
           a.vertex == b.vertex && a.time == b.time && a.sensors == b.sensors && a.isCompared == b.isCompared &&
           (!a.isCompared || a.difference == b.difference);
}

/// Regions that are painted change many times.
constexpr std::chrono::milliseconds settleTime{250};

bool asksForSameRegions(const RegionChoice& a, const RegionChoice& b) {
    return a.areas == b.areas && a.parcellation == b.parcellation && a.rois == b.rois && a.roi == b.roi;
}

bool isSameTarget(const ShownTarget& a, const ShownTarget& b) {
    return a.unit.model == b.unit.model && a.unit.step == b.unit.step && a.unit.layer == b.unit.layer &&
           a.unit.recording == b.unit.recording && a.name == b.name;
}

} // namespace

ResponsesPanel::ResponsesPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("responsesPanel", tr("Responses"), parent), m_selection(selection), m_data(scores),
      m_choices(new QWidget(this)), m_kind(new QComboBox(this)), m_recording(new QComboBox(this)),
      m_order(new QComboBox(this)), m_errorKind(new QComboBox(this)), m_errors(new QToolButton(this)),
      m_find(new QPushButton(tr("Find the study…"), this)),
      m_readout(new ElidedLabel(this)), m_otherLines{new ElidedLabel(this), new ElidedLabel(this)},
      m_brushText(new ElidedLabel(this)), m_plot(new ScatterPlot(this)),
      m_strip(new ImageStrip(scores.runner(), this)) {
    m_readout->setObjectName("responsesReadout");
    m_find->setObjectName("findStudy");
    m_plot->setBrushable(true);
    // Each fold has its own intercept: a line through all images together would not be what R says.
    m_plot->setLine(ScatterPlot::Line::Identity);
    m_plot->setToolTip(tr("Each image is predicted by the fold that leaves it out. On the line prediction and "
                          "measurement are the same. R is Pearson's r within each fold, averaged over the folds."));
    m_plot->setAccessibleName(tr("Measured against predicted response of every image"));
    // Above what may be replaced by words, so that another target can always be chosen.
    buildChoices();
    static_cast<QVBoxLayout*>(layout())->insertWidget(1, m_choices);
    for (ElidedLabel* line : m_otherLines)
        contentLayout()->addWidget(line);
    contentLayout()->addWidget(m_plot, 1);
    contentLayout()->addLayout(buildErrors());
    contentLayout()->addWidget(m_strip);
    layout()->addWidget(m_find);
    layout()->setAlignment(m_find, Qt::AlignHCenter);
    m_find->hide();
    m_plot->setMinimumSize(220, 110);
    setMinimumWidth(260);
    themeChanged();
    connectParts();
    restart();
}

ResponsesPanel::~ResponsesPanel() = default;

void ResponsesPanel::buildChoices() {
    m_kind->setObjectName("responseTarget");
    m_kind->setAccessibleName(tr("Whose responses"));
    for (const auto& [kind, text] : {std::pair{TargetKind::Vertex, tr("Vertex")},
                                     {TargetKind::Area, tr("Area or region")},
                                     {TargetKind::Sensor, tr("MEG sensor")}})
        m_kind->addItem(text, static_cast<int>(kind));
    m_recording->setObjectName("responseRecording");
    m_recording->setAccessibleName(tr("Subject"));
    m_recording->setToolTip(tr("Whose responses are fitted; the scores that are shown are the mean of all"));
    auto* row = new QHBoxLayout(m_choices);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_kind);
    row->addWidget(m_recording);
    row->addWidget(m_readout, 1);
}

void ResponsesPanel::connectParts() {
    connect(&m_selection, &SelectionModel::changed, this, &ResponsesPanel::onSelection);
    connect(&m_data, &ScoreData::sourceChanged, this, &ResponsesPanel::restart);
    connect(m_kind, &QComboBox::activated, this, [this] {
        m_shown.reset();
        fillRecordings();
        read();
    });
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleTime);
    connect(&m_settle, &QTimer::timeout, this, &ResponsesPanel::read);
    connect(m_recording, &QComboBox::activated, this, &ResponsesPanel::read);
    connect(m_order, &QComboBox::activated, this, &ResponsesPanel::showStrip);
    connect(m_errorKind, &QComboBox::activated, this, &ResponsesPanel::startErrors);
    connect(m_errors, &QToolButton::toggled, this, [this](bool shown) { shown ? startErrors() : endErrors(); });
    connect(m_find, &QPushButton::clicked, this, &ResponsesPanel::chooseStudy);
    connect(m_plot, &ScatterPlot::hovered, this, [this](int index) {
        m_hovered = index;
        updateTexts();
    });
    connect(m_plot, &ScatterPlot::clicked, this, [this](int index) { brush({imageAt(index)}); });
    connect(m_plot, &ScatterPlot::brushedPoints, this, [this](const std::vector<int>& indices) {
        std::vector<std::string> images;
        for (const int index : indices)
            if (std::ranges::find(images, imageAt(index)) == images.end())
                images.push_back(imageAt(index));
        brush(images);
    });
    connect(m_strip, &ImageStrip::imagesChosen, this, &ResponsesPanel::brush);
    connect(m_strip, &ImageStrip::imageHovered, this, [this](const std::string& image) {
        m_hovered = indexOf(image);
        m_plot->setPicked(m_hovered);
        updateTexts();
    });
}

void ResponsesPanel::themeChanged() {
    m_plot->setTheme(theme());
}

void ResponsesPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    if (m_isStale)
        restart();
}

void ResponsesPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    showStripWhereItFits();
}

/// Without its images an order does nothing: it says why.
void ResponsesPanel::showStripWhereItFits() {
    const bool fits = height() >= stripHeight;
    m_strip->setVisible(fits);
    m_order->setEnabled(fits);
    m_order->setToolTip(fits ? tr("Which images the strip below has")
                             : tr("The strip of images has no room: make the panel higher"));
}

void ResponsesPanel::restart() {
    for (JobHandle* job : {&m_opening, &m_reading, &m_mapping})
        job->cancel();
    m_opened = {};
    m_shown.reset();
    m_other.reset();
    m_before.reset();
    m_errorMap.clear();
    m_find->hide();
    m_choices->hide();
    const QSignalBlocker blocker(m_errors);
    m_errors->setChecked(false);
    setTitle({});
    m_isStale = !isVisible();
    if (m_data.source() == nullptr)
        showMessage(tr("No study is open"));
    else if (m_data.scoreFile() == nullptr)
        showMessage(m_data.index()->models.empty() ? tr("Maps of files have no responses")
                                                   : tr("The responses are shown once all scores are computed"));
    else if (!m_isStale)
        open({});
}

void ResponsesPanel::openStudy(const std::filesystem::path& file) {
    open(file);
}

void ResponsesPanel::open(const std::filesystem::path& file) {
    showMessage(tr("Opening the study…"));
    fillRecordings();
    m_opening = m_data.runner().run<Opened>(
        this,
        [scores = m_data.scoreFile(), file](JobContext&) {
            const Study study = file.empty() ? findStudy(*scores) : readStudyOf(*scores, file);
            return Opened{std::make_shared<const TargetPredictor>(study, scores->path(), QThread::idealThreadCount()),
                          std::make_shared<const StudyImages>(study)};
        },
        [this](JobOutcome<Opened> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                return showMissing(*error);
            m_find->hide();
            m_choices->show();
            m_opened = std::get<Opened>(std::move(outcome));
            m_strip->setImages(m_opened.images);
            read();
        });
}

void ResponsesPanel::showMissing(const ErrorDetails& error) {
    showMessage(tr("The responses are not here: open the study that the scores were made from.") +
                QStringLiteral("\n\n") + QString::fromStdString(messageOf(error)));
    m_find->show();
}

void ResponsesPanel::chooseStudy() {
    const QString name = QFileDialog::getOpenFileName(this, tr("Open the study that the scores were made from"), {},
                                                      tr("Studies (*.json);;All files (*)"));
    if (!name.isEmpty())
        open(name.toStdString());
}

void ResponsesPanel::setKind(TargetKind kind) {
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
    Q_EMIT m_kind->activated(m_kind->currentIndex());
}

void ResponsesPanel::setOrder(ImageOrder order) {
    m_order->setCurrentIndex(m_order->findData(static_cast<int>(order)));
    showStrip();
}

void ResponsesPanel::onSelection(const Selection& before, const Selection& after) {
    if (!m_errorMap.empty() && (after.map != MapKind::Imported || after.importedMap != m_errorMap))
        forgetErrors();
    if (before.recording != after.recording)
        fillRecordings();
    const bool isOfArea = m_kind->currentData().toInt() == static_cast<int>(TargetKind::Area);
    if (!asksSame(before, after))
        read();
    else if (isOfArea && !asksForSameRegions(before.regions, after.regions))
        m_settle.start();
    if (before.images != after.images)
        showBrush();
}

void ResponsesPanel::fillRecordings() {
    m_recording->clear();
    const ScoreIndex* index = m_data.index();
    if (index == nullptr)
        return;
    const bool isMeg = m_kind->currentData().toInt() == static_cast<int>(TargetKind::Sensor);
    for (const auto& recording : isMeg ? index->meg : index->fmri)
        m_recording->addItem(QString::fromStdString(recording.subject), QString::fromStdString(recording.id));
    // One subject's scores are shown: its responses are, too.
    m_recording->setVisible(m_recording->count() > 1 && !m_selection.selection().recording);
}

TargetRequest ResponsesPanel::request() const {
    TargetRequest request{
        static_cast<TargetKind>(m_kind->currentData().toInt()), m_selection.selection(), {}, m_data.source()};
    if (m_recording->isVisibleTo(this))
        request.recording = m_recording->currentData().toString().toStdString();
    return request;
}

std::optional<TargetRequest> ResponsesPanel::otherRequest() const {
    const auto b = comparedSide(m_selection.selection(), *m_data.index());
    if (!b)
        return std::nullopt;
    TargetRequest other = request();
    other.selection = *b;
    if (b->recording != m_selection.selection().recording)
        other.recording = b->recording.value_or(std::string());
    return other;
}

void ResponsesPanel::read() {
    if (!m_opened.predictor)
        return;
    if (!isVisible()) {
        m_isStale = true;
        m_reading.cancel();
        return;
    }
    m_reading = m_data.runner().run<Read>(
        this,
        [scores = m_data.scoreFile(), predictor = m_opened.predictor, request = request(),
         other = otherRequest()](JobContext& job) {
            Read found{readTarget(*scores, *predictor, request, job), std::nullopt, {}};
            if (!other)
                return found;
            try {
                found.b = readTarget(*scores, *predictor, *other, job);
            } catch (const NotFoundError& error) {
                found.noB = QString::fromStdString(error.details().what);
            }
            return found;
        },
        [this](JobOutcome<Read> outcome) {
            m_progress.clear();
            if (const auto* error = std::get_if<ErrorDetails>(&outcome)) {
                m_shown.reset();
                m_other.reset();
                setTitle({});
                m_readout->setFullText({});
                showError(*error);
            } else {
                showTarget(std::get<Read>(std::move(outcome)));
            }
        },
        [this](const Progress& progress) {
            m_progress = QString::fromStdString(progress.text) + QStringLiteral("…");
            updateTexts();
        });
}

void ResponsesPanel::showTarget(Read read) {
    m_shown = std::move(read.a);
    m_other = std::move(read.b);
    m_noOther = read.noB;
    const Selection& selection = m_selection.selection();
    if (selection.isCompared && !m_other && m_noOther.isEmpty())
        m_noOther = comparisonText(selection, *m_data.index()).noOther;
    if (m_other && isSameTarget(*m_shown, *m_other)) {
        m_other.reset();
        m_noOther = tr("B has the same responses and the same prediction here");
    }
    m_hovered = -1;
    fillOrders();
    updateTitle();
    showPoints();
    showStrip();
    showBrush();
    updateTexts();
    showContent();
}

} // namespace brainlike
