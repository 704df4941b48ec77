#include "app/window/MainWindow.h"

#include "app/window/AreaActions.h"
#include "app/window/CortexActions.h"
#include "app/window/FileOpener.h"
#include "app/window/MapActions.h"
#include "app/window/KeyboardOwner.h"
#include "app/window/MessageBanner.h"
#include "app/window/PanelDock.h"
#include "app/window/PanelStacks.h"
#include "app/window/StatusReadout.h"
#include "app/window/ViewActions.h"
#include "app/window/ViewToolBar.h"
#include "app/window/WelcomePage.h"
#include "core/base/Version.h"
#include "core/session/SelectionDefaults.h"
#include "core/study/ScoresWithMaps.h"
#include "views/areas/AreasPanel.h"
#include "views/compare/ComparePanel.h"
#include "views/cortex/CortexWidget.h"
#include "views/figure/CortexFigure.h"
#include "views/halftimes/HalfTimesPanel.h"
#include "views/layers/LayersPanel.h"
#include "views/overlays/MapsPanel.h"
#include "views/property/PropertyPanel.h"
#include "views/responses/ResponsesPanel.h"
#include "views/state/NumberText.h"
#include "views/state/StepPrefetch.h"
#include "views/timecourse/TimeCoursePanel.h"
#include "views/training/TrainingBar.h"

#include <QApplication>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QProgressBar>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace brainlike {
namespace {

/// Of the panels at the right at first, px.
constexpr int stackWidth = 460;
const QString blendSetting = QStringLiteral("training/blend");

QSettings settings() {
    return QSettings(QStringLiteral("Brainlike"), QStringLiteral("window"));
}

QDockWidget* addPanel(QMainWindow* window, QWidget* panel, const QString& title, Qt::DockWidgetArea area) {
    const bool isBar = area == Qt::BottomDockWidgetArea;
    auto* dock = new PanelDock(title, panel, window, isBar ? PanelDock::WhenLow::Keep : PanelDock::WhenLow::Scroll);
    window->addDockWidget(area, dock);
    return dock;
}

} // namespace

MainWindow::MainWindow(QWidget* parent) : QMainWindow(parent), m_data(m_runner), m_encoding(m_data) {
    setObjectName("mainWindow");
    setWindowTitle("Brainlike");
    setAcceptDrops(true);
    setAnimated(false); // each step would draw everything anew
    resize(QSize(1480, 960).boundedTo(screen()->availableSize()));
    buildPanels();
    buildStatusBar();
    buildActions();
    connectState();
    new StepPrefetch(m_selection, m_data, this);
    new KeyboardOwner(this);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildPanels() {
    auto* welcome = new WelcomePage(this);
    m_cortex = new CortexWidget(m_selection, m_data, this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(welcome);
    m_pages->addWidget(m_cortex);
    m_banner = new MessageBanner(this);
    auto* center = new QWidget(this);
    auto* column = new QVBoxLayout(center);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_pages, 1);
    setCentralWidget(center);

    m_timeCourse = new TimeCoursePanel(m_selection, m_data, this);
    m_layers = new LayersPanel(m_selection, m_data, this);
    m_properties = new PropertyPanel(m_selection, m_data, this);
    m_training = new TrainingBar(m_selection, m_data, this);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    auto* time = addPanel(this, m_timeCourse, tr("MEG time course"), Qt::RightDockWidgetArea);
    auto* layers = addPanel(this, m_layers, tr("Layers"), Qt::RightDockWidgetArea);
    auto* properties = addPanel(this, m_properties, tr("Properties"), Qt::RightDockWidgetArea);
    auto* halfTimes =
        addPanel(this, new HalfTimesPanel(m_selection, m_data, this), tr("Half-times"), Qt::RightDockWidgetArea);
    tabifyDockWidget(layers, halfTimes);
    tabifyDockWidget(halfTimes, properties);
    auto* responses =
        addPanel(this, new ResponsesPanel(m_selection, m_data, this), tr("Responses"), Qt::RightDockWidgetArea);
    tabifyDockWidget(properties, responses);
    auto* compare = addPanel(this, new ComparePanel(m_selection, m_data, this), tr("Compare"), Qt::RightDockWidgetArea);
    tabifyDockWidget(responses, compare);
    auto* areas =
        addPanel(this, makeAreasPanel(m_selection, m_data, *m_cortex, this), tr("Areas"), Qt::RightDockWidgetArea);
    tabifyDockWidget(properties, areas);
    auto* maps =
        addPanel(this, makeMapsPanel(m_selection, m_data, *m_cortex, this), tr("Maps"), Qt::RightDockWidgetArea);
    tabifyDockWidget(time, maps);
    auto* training = addPanel(this, m_training, tr("Training"), Qt::BottomDockWidgetArea);
    training->setTitleBarWidget(new QWidget(training));
    training->setFeatures(QDockWidget::NoDockWidgetFeatures);
    m_stacks = new PanelStacks(*this, {.upper = {time, maps},
                                       .lower = {layers, halfTimes, properties, areas, responses, compare},
                                       .below = training});
    for (QDockWidget* dock : {areas, time, layers, halfTimes, properties, responses, compare, maps, training})
        dock->hide();
    connect(welcome, &WelcomePage::openRequested, this, &MainWindow::chooseFile);
    connect(welcome, &WelcomePage::demoRequested, this, [this] { runDemo(DemoOptions{}); });
}

void MainWindow::buildStatusBar() {
    m_readout = new StatusReadout(m_selection, m_data, this);
    m_progressText = new QLabel(this);
    m_progressText->setObjectName("progressText");
    m_progressBar = new QProgressBar(this);
    m_progressBar->setObjectName("progress");
    m_progressBar->setRange(0, 1000);
    m_progressBar->setFixedWidth(160);
    m_progressBar->setTextVisible(false);
    m_cancel = new QToolButton(this);
    m_cancel->setText(tr("Cancel"));
    m_cancel->setObjectName("cancelEncoding");
    statusBar()->addWidget(m_readout, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_progressText, m_progressBar, m_cancel}) {
        statusBar()->addPermanentWidget(widget);
        widget->hide();
    }
    connect(m_cancel, &QToolButton::clicked, &m_encoding, &EncodingRun::cancel);
}

void MainWindow::buildActions() {
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("&Open…"), QKeySequence::Open, this, &MainWindow::chooseFile);
    file->addAction(tr("&Demo study"), this, [this] { runDemo(DemoOptions{}); });
    QAction* figure =
        file->addAction(tr("&Export figure…"), QKeySequence(Qt::CTRL | Qt::Key_E), this, &MainWindow::exportFigure);
    figure->setEnabled(false);
    connect(&m_data, &ScoreData::sourceChanged, figure,
            [this, figure] { figure->setEnabled(m_data.source() != nullptr); });
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);

    QMenu* view = menuBar()->addMenu(tr("&View"));
    addViewActions(*view, m_selection, m_data);
    addCortexActions(*view, m_selection, *m_cortex);
    QMenu* colors = menuBar()->addMenu(tr("&Colours"));
    connect(colors, &QMenu::aboutToShow, this, [this, colors] {
        colors->clear();
        m_cortex->fillColorMenu(*colors);
    });

    QMenu* training = menuBar()->addMenu(tr("&Training"));
    training->addAction(tr("Play or pause"), Qt::Key_Space, m_training, [this] { m_training->togglePlay(); });
    training->addAction(tr("Next checkpoint"), Qt::Key_Right, m_training, [this] { m_training->stepBy(1); });
    training->addAction(tr("Previous checkpoint"), Qt::Key_Left, m_training, [this] { m_training->stepBy(-1); });
    m_training->fillMenu(*training);
    m_training->setBlending(settings().value(blendSetting, false).toBool());
    connect(m_training, &TrainingBar::blendingChanged, this,
            [](bool isBlending) { settings().setValue(blendSetting, isBlending); });
    connect(m_training, &TrainingBar::blendTimeChanged, m_cortex, &CortexWidget::setBlendTime);

    // Nothing to play without models.
    const auto showTraining = [this, training] {
        const ScoreIndex* index = m_data.index();
        training->menuAction()->setVisible(index != nullptr && !index->models.empty());
    };
    connect(&m_data, &ScoreData::sourceChanged, training, showTraining);
    showTraining();

    QMenu* panels = menuBar()->addMenu(tr("&Panels"));
    for (auto* dock : findChildren<QDockWidget*>())
        panels->addAction(dock->toggleViewAction());

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("About Brainlike"), this, [this] {
        QMessageBox::about(
            this, tr("About Brainlike"),
            tr("Brainlike %1\n\nHow and when vision models become brain-like.\nMethods: Raugel et al. 2025, "
               "arXiv 2508.18226.\nLicence: GPL-3.0-or-later.")
                .arg(version));
    });
    auto* bar = new ViewToolBar(m_selection, m_data, this);
    addToolBar(bar);
    bar->hide();
    connect(m_cortex, &CortexWidget::geometryChanged, bar, [this, bar] {
        if (const auto geometry = m_cortex->geometry())
            bar->offerSurfaces(geometry->templateName, geometry->surfaces);
    });
}

void MainWindow::connectState() {
    connect(&m_data, &ScoreData::sourceChanged, this, &MainWindow::showStudy);
    connect(&m_data, &ScoreData::failed, this, &MainWindow::showError);
    connect(&m_selection, &SelectionModel::changed, this, [this](const Selection& before, const Selection& after) {
        if (before.vertex != after.vertex)
            showVertexPlace();
    });
    connect(m_cortex, &CortexWidget::geometryChanged, this, &MainWindow::showVertexPlace);
    connect(m_cortex, &CortexWidget::mapChanged, this, &MainWindow::showVertexPlace);
    connect(m_cortex, &CortexWidget::parcellationChanged, this, &MainWindow::showVertexPlace);
    connect(&m_encoding, &EncodingRun::progressed, this, &MainWindow::showProgress);
    connect(&m_encoding, &EncodingRun::finished, this, [this] { endProgress({}); });
    connect(&m_encoding, &EncodingRun::cancelled, this,
            [this] { endProgress(tr("Cancelled. What is done is kept; open the study again to go on.")); });
    connect(&m_encoding, &EncodingRun::failed, this, [this](const ErrorDetails& error) {
        endProgress({});
        showError(error);
    });
}

void MainWindow::open(const std::vector<std::filesystem::path>& files) {
    m_banner->dismiss();
    m_opening = m_runner.run<OpenedFile>(
        this, [files, open = m_data.source()](JobContext&) { return openFiles(files, open); },
        [this, open = m_data.source()](JobOutcome<OpenedFile> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                return showError(*error);
            auto& opened = std::get<OpenedFile>(outcome);
            if (!opened.joinsOpen)
                m_encoding.cancel();
            else if (open != m_data.source()) // an encoding has ended meanwhile
                opened.scores = opened.scores ? withMapsBeside(m_data.source(), opened.scores.get()) : nullptr;
            if (opened.studyToEncode)
                m_encoding.startStudy(*opened.studyToEncode);
            else if (opened.scores)
                m_data.setSource(opened.scores);
            showJoined(opened, m_selection);
            QStringList notes;
            for (const std::string& note : opened.notes)
                notes << QString::fromStdString(note);
            if (!notes.isEmpty())
                m_banner->showNote(notes.join(' '));
        });
}

void MainWindow::runDemo(const DemoOptions& options) {
    m_banner->dismiss();
    m_encoding.startDemo(options);
}

void MainWindow::showStudy() {
    const ScoreIndex* index = m_data.index();
    const bool hasScores = index != nullptr && !index->models.empty();
    m_pages->setCurrentIndex(index != nullptr ? 1 : 0);
    if (hasScores != m_arePanelsShown)
        showPanels(hasScores);
    for (auto* bar : findChildren<ViewToolBar*>())
        bar->setVisible(index != nullptr);
    // Maps of files have nothing for the other panels, but can be laid over each other.
    if (!hasScores && index != nullptr)
        findChild<QDockWidget*>("mapsPanelDock")->setVisible(index->importedMaps.size() > 1);
    if (index == nullptr)
        return;
    setWindowTitle(tr("%1 · Brainlike").arg(QString::fromStdString(index->studyName)));
    m_selection.restart(fittedTo(m_selection.selection(), *index));
    showVertexPlace();
}

void MainWindow::showPanels(bool shown) {
    m_arePanelsShown = shown;
    for (auto* dock : findChildren<QDockWidget*>())
        dock->setVisible(shown);
    if (shown)
        m_stacks->arrange(stackWidth, m_training->sizeHint().height());
}

void MainWindow::showVertexPlace() {
    const auto vertex = m_selection.selection().vertex;
    const QString place = vertex ? m_cortex->describeVertex(*vertex) : QString();
    m_readout->setPlace(place);
    const MapKind map = m_selection.selection().map;
    const QString compared = vertex ? m_cortex->describeComparison(*vertex) : QString();
    const bool isByVertex = map == MapKind::BestLayer || (map == MapKind::Score && !m_selection.selection().areaMeans);
    const bool isOther = vertex && compared.isEmpty() && !isByVertex;
    QStringList shown{isOther ? m_cortex->describeValue(*vertex) : compared};
    if (vertex && compared.isEmpty())
        shown << m_cortex->describeStack(*vertex);
    shown.removeAll(QString());
    m_readout->setShown(shown.join(QStringLiteral(" · ")));
    m_layers->setVertexLabel(place);
}

void MainWindow::showProgress(const Progress& progress) {
    m_progressText->setText(QString::fromStdString(progress.text));
    m_progressBar->setValue(static_cast<int>(progress.fraction * 1000));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_progressText, m_progressBar, m_cancel})
        widget->show();
}

void MainWindow::endProgress(const QString& note) {
    for (QWidget* widget : std::initializer_list<QWidget*>{m_progressText, m_progressBar, m_cancel})
        widget->hide();
    if (!note.isEmpty())
        m_banner->showNote(note);
}

void MainWindow::showError(const ErrorDetails& error) {
    m_banner->showError(error);
}

void MainWindow::chooseFile() {
    const QStringList names = QFileDialog::getOpenFileNames(this, tr("Open a study, scores, maps or surfaces"), {},
                                                            tr("All files (*);;Studies and scores (*.json *.h5);;Maps "
                                                               "and surfaces (*.gii *.gii.gz *.nii *.mgh *.mgz *.annot "
                                                               "*.label *.npy lh.* rh.*)"));
    std::vector<std::filesystem::path> files;
    for (const QString& name : names)
        files.emplace_back(name.toStdString());
    if (!files.empty())
        open(files);
}

void MainWindow::exportFigure() {
    const QString file = QFileDialog::getSaveFileName(this, tr("Export the cortex as a figure"), "cortex.png",
                                                      tr("PNG picture (*.png);;SVG drawing (*.svg);;PDF page (*.pdf)"));
    if (file.isEmpty())
        return;
    CortexFigureOptions options;
    options.selection = m_selection.selection();
    m_exporting = m_runner.run<bool>(
        this,
        [source = m_data.source(), options, file](JobContext& job) {
            writeCortexFigure(*source, options, file.toStdString(), job);
            return true;
        },
        [this, file](JobOutcome<bool> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                showError(*error);
            else
                m_banner->showNote(tr("The figure is in %1").arg(file));
        });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const auto urls = event->mimeData()->urls();
    std::vector<std::filesystem::path> files;
    for (const QUrl& url : urls)
        if (url.isLocalFile())
            files.emplace_back(url.toLocalFile().toStdString());
    if (!files.empty())
        open(files);
}

} // namespace brainlike
