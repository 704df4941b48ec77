#include "views/responses/ResponsesPanel.h"

#include "core/session/SelectionDefaults.h"
#include "core/study/StudyLocation.h"
#include "views/plots/ScatterPlot.h"
#include "views/responses/ImageStrip.h"
#include "views/responses/ResponseTexts.h"
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
#include <cmath>
#include <numeric>
#include <utility>

namespace brainlike {
namespace {

constexpr std::size_t stripLength = 24; ///< images of the strip
constexpr int stripHeight = 325;        ///< of a panel that has room for it

double sizeOf(const TargetPrediction& prediction, std::size_t image, ImageOrder order) {
    switch (order) {
    case ImageOrder::Response:
        return prediction.measured[image];
    case ImageOrder::Prediction:
        return prediction.predicted[image];
    case ImageOrder::Error:
        break;
    }
    return prediction.predicted[image] - prediction.measured[image];
}

/// Images by falling response or prediction, or by falling size of the error.
std::vector<int> ordered(const TargetPrediction& prediction, ImageOrder order) {
    std::vector<int> images(prediction.measured.size());
    std::iota(images.begin(), images.end(), 0);
    const auto rank = [&](int image) {
        const double size = sizeOf(prediction, static_cast<std::size_t>(image), order);
        return order == ImageOrder::Error ? std::abs(size) : size;
    };
    std::erase_if(images, [&](int image) { return !std::isfinite(rank(image)); });
    std::ranges::stable_sort(images, std::greater<>(), rank);
    return images;
}

/// What the responses depend on.
bool asksSame(const Selection& a, const Selection& b) {
    return a.model == b.model && a.step == b.step && a.layer == b.layer && a.recording == b.recording &&
           a.vertex == b.vertex && a.time == b.time && a.sensors == b.sensors;
}

} // namespace

ResponsesPanel::ResponsesPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent)
    : Panel("responsesPanel", tr("Responses"), parent), m_selection(selection), m_data(scores),
      m_choices(new QWidget(this)), m_kind(new QComboBox(this)), m_recording(new QComboBox(this)),
      m_order(new QComboBox(this)), m_errorKind(new QComboBox(this)), m_errors(new QToolButton(this)),
      m_find(new QPushButton(tr("Find the study…"), this)), m_readout(new ElidedLabel(this)),
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
                                     {TargetKind::Area, tr("Area")},
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
    connect(m_recording, &QComboBox::activated, this, &ResponsesPanel::read);
    connect(m_order, &QComboBox::activated, this, &ResponsesPanel::showStrip);
    connect(m_errorKind, &QComboBox::activated, this, &ResponsesPanel::startErrors);
    connect(m_errors, &QToolButton::toggled, this, [this](bool shown) { shown ? startErrors() : endErrors(); });
    connect(m_find, &QPushButton::clicked, this, &ResponsesPanel::chooseStudy);
    connect(m_plot, &ScatterPlot::hovered, this, [this](int index) {
        m_hovered = index;
        updateTexts();
    });
    connect(m_plot, &ScatterPlot::clicked, this,
            [this](int index) { brush({m_shown->prediction.images.at(static_cast<std::size_t>(index))}); });
    connect(m_plot, &ScatterPlot::brushedPoints, this, [this](const std::vector<int>& indices) {
        std::vector<std::string> images;
        for (const int index : indices)
            images.push_back(m_shown->prediction.images.at(static_cast<std::size_t>(index)));
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
    m_strip->setVisible(height() >= stripHeight);
}

void ResponsesPanel::restart() {
    for (JobHandle* job : {&m_opening, &m_reading, &m_mapping})
        job->cancel();
    m_opened = {};
    m_shown.reset();
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
    if (!asksSame(before, after))
        read();
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
    m_recording->setVisible(m_recording->count() > 1 && (isMeg || !m_selection.selection().recording));
}

TargetRequest ResponsesPanel::request() const {
    TargetRequest request{static_cast<TargetKind>(m_kind->currentData().toInt()), m_selection.selection(), {}};
    if (m_recording->isVisibleTo(this))
        request.recording = m_recording->currentData().toString().toStdString();
    else if (request.selection.recording)
        request.recording = *request.selection.recording;
    return request;
}

void ResponsesPanel::read() {
    if (!m_opened.predictor)
        return;
    if (!isVisible()) {
        m_isStale = true;
        m_reading.cancel();
        return;
    }
    m_reading = m_data.runner().run<ShownTarget>(
        this,
        [scores = m_data.scoreFile(), predictor = m_opened.predictor, request = request()](JobContext& job) {
            return readTarget(*scores, *predictor, request, job);
        },
        [this](JobOutcome<ShownTarget> outcome) {
            m_progress.clear();
            if (const auto* error = std::get_if<ErrorDetails>(&outcome)) {
                m_shown.reset();
                setTitle({});
                m_readout->setFullText({});
                showError(*error);
            } else {
                showTarget(std::get<ShownTarget>(std::move(outcome)));
            }
        },
        [this](const Progress& progress) {
            m_progress = QString::fromStdString(progress.text) + QStringLiteral("…");
            updateTexts();
        });
}

void ResponsesPanel::showTarget(ShownTarget target) {
    m_shown = std::move(target);
    m_hovered = -1;
    updateTitle();
    showPoints();
    showStrip();
    showBrush();
    updateTexts();
    showContent();
}

void ResponsesPanel::updateTitle() {
    const auto kind = static_cast<TargetKind>(m_kind->currentData().toInt());
    const ScoreIndex& index = *m_data.index();
    const auto& selection = m_selection.selection();
    const std::size_t subjects = kind == TargetKind::Sensor ? index.meg.size() : index.fmri.size();
    const bool isGroup = kind == TargetKind::Sensor || !selection.recording;
    setTitle(responseTitle(*m_shown, kind, selection.vertex, isGroup ? static_cast<int>(subjects) : 1));
}

void ResponsesPanel::showPoints() {
    const auto& prediction = m_shown->prediction;
    std::vector<ScatterPlot::Point> points;
    for (std::size_t image = 0; image < prediction.measured.size(); ++image)
        points.push_back({QString::fromStdString(prediction.images[image]), prediction.predicted[image],
                          prediction.measured[image]});
    m_plot->setPoints(std::move(points), {tr("Predicted response"), tr("Predicted")},
                      {tr("Measured response"), tr("Measured")});
}

void ResponsesPanel::showStrip() {
    if (!m_shown)
        return;
    const auto order = static_cast<ImageOrder>(m_order->currentData().toInt());
    const auto& prediction = m_shown->prediction;
    auto images = ordered(prediction, order);
    images.resize(std::min(images.size(), stripLength));
    std::vector<ImageStrip::Entry> entries;
    for (const int image : images) {
        const auto index = static_cast<std::size_t>(image);
        entries.push_back({prediction.images[index], valueText(sizeOf(prediction, index, order))});
    }
    m_strip->setEntries(std::move(entries));
    m_strip->setSelected(m_selection.selection().images);
}

int ResponsesPanel::indexOf(const std::string& image) const {
    if (!m_shown || m_shown->prediction.measured.empty())
        return -1;
    const auto& images = m_shown->prediction.images;
    const auto found = std::ranges::find(images, image);
    return found == images.end() ? -1 : static_cast<int>(found - images.begin());
}

void ResponsesPanel::brush(const std::vector<std::string>& images) {
    m_selection.edit([&](Selection& next) { next.images = images; });
}

void ResponsesPanel::showBrush() {
    const auto& images = m_selection.selection().images;
    std::vector<int> brushed;
    for (const std::string& image : images)
        if (const int index = indexOf(image); index >= 0)
            brushed.push_back(index);
    std::ranges::sort(brushed);
    m_plot->setBrushed(std::move(brushed));
    m_strip->setSelected(images);
    if (m_errors->isChecked())
        startErrors();
    updateTexts();
}

void ResponsesPanel::updateTexts() {
    const auto brushed = m_plot->brushed().size();
    if (m_errors->isChecked() && m_selection.selection().images.empty())
        m_brushText->setFullText(tr("Brush images"));
    else
        m_brushText->setFullText(brushed == 0 ? QString() : tr("%1 brushed").arg(brushed));
    m_errors->setEnabled(!m_shown || m_shown->hasCortex);
    if (!m_progress.isEmpty())
        m_readout->setFullText(m_progress);
    else if (m_shown && m_hovered >= 0)
        m_readout->setFullText(imageText(m_shown->prediction, m_hovered));
    else if (m_shown)
        m_readout->setFullText(responseSummary(*m_shown));
    m_plot->setAccessibleDescription(title() + ". " + m_readout->fullText());
}

} // namespace brainlike
