#pragma once

#include "app/window/EncodingRun.h"
#include "core/session/Selection.h"
#include "views/state/JobRunner.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <QMainWindow>

#include <filesystem>
#include <vector>

class QLabel;
class QProgressBar;
class QStackedWidget;
class QToolButton;

namespace brainlike {

class CortexWidget;
class LayersPanel;
class MessageBanner;
class PanelStacks;
class PropertyPanel;
class StatusReadout;
class TimeCoursePanel;
class TrainingBar;

/// The window: puts the panels together around one Selection. Every panel is independent of the others.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Opens a study, a score file, or maps and surfaces; a study without scores is encoded while it is shown.
    void open(const std::vector<std::filesystem::path>& files);
    void open(const std::filesystem::path& file) { open(std::vector{file}); }
    /// Shows the demo study, simulating and encoding what is missing.
    void runDemo(const DemoOptions& options);

    [[nodiscard]] SelectionModel& selection() { return m_selection; }
    [[nodiscard]] ScoreData& data() { return m_data; }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildPanels();
    void buildStatusBar();
    void buildActions();
    void connectState();
    void showStudy();
    void showPanels(bool shown);
    void showVertexPlace();
    void showProgress(const Progress& progress);
    void endProgress(const QString& note);
    void showError(const ErrorDetails& error);
    void chooseFile();
    void exportFigure();

    JobRunner m_runner;
    SelectionModel m_selection;
    ScoreData m_data;
    EncodingRun m_encoding;
    JobHandle m_opening, m_exporting;

    bool m_arePanelsShown = false;
    PanelStacks* m_stacks = nullptr;
    QStackedWidget* m_pages = nullptr;
    MessageBanner* m_banner = nullptr;
    CortexWidget* m_cortex = nullptr;
    TimeCoursePanel* m_timeCourse = nullptr;
    LayersPanel* m_layers = nullptr;
    PropertyPanel* m_properties = nullptr;
    TrainingBar* m_training = nullptr;
    StatusReadout* m_readout = nullptr;
    QLabel* m_progressText = nullptr;
    QProgressBar* m_progressBar = nullptr;
    QToolButton* m_cancel = nullptr;
};

} // namespace brainlike
