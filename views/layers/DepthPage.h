#pragma once

#include "views/layers/LayerScores.h"
#include "views/layers/LayersPage.h"
#include "views/state/Panel.h"

#include <QTimer>

#include <map>
#include <optional>
#include <utility>
#include <vector>

class QComboBox;

namespace brainlike {

class DepthPlot;
class DifferencePlot;
class TrajectoryPlot;

/// Encoding score over depth at the selected checkpoint: of the picked vertex, the chosen areas or region, all
/// vertices, or a MEG window; below, its trajectory over training, or A − B over depth while A and B are compared.
///
/// Clicking a layer selects it, again the best layer; clicking a checkpoint of the trajectory selects it. Vertical
/// ranges are fixed over steps.
class DepthPage : public LayersPage {
    Q_OBJECT
public:
    DepthPage(SelectionModel& selection, ScoreData& scores, QWidget* parent);
    ~DepthPage() override;

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QWidget* choices() const override;
    [[nodiscard]] QString readout() const override { return m_readout->fullText(); }
    /// The line above the lower plot.
    [[nodiscard]] QString caption() const { return m_caption->fullText(); }
    /// How the picked vertex is called in the title ("lh 12,345 · V1"). Labels of another vertex are not used.
    void setVertexLabel(const QString& label);

protected:
    [[nodiscard]] RecordingKind kind() const override;
    void forget() override;
    void noteArrival() override;
    void refresh() override;
    void follow(const Selection& before, const Selection& after) override;

private:
    /// One checkpoint that is read.
    struct Reading {
        JobHandle job;
        std::optional<std::pair<LayerScoresRequest, int>> what;
    };

    void connectPlots();
    void fillWindows();
    void readSide(const LayersSide& side, Reading& reading);
    void readAll(const LayersSide& side, const LayerScoresRequest& request);
    void keep(const LayerScoresRequest& request, const LayerProfiles& profiles);
    void showError(const ErrorDetails& error);
    void showProfile(const LayersSide& side, const LayerProfile& profile);
    void showTrajectory(const LayersSide& side);
    void showOther(const LayersSide& a, const LayerProfile& profile, const std::optional<LayersSide>& b);
    void updateRange();
    void updateReadout();
    [[nodiscard]] QString captionText(const LayersSide& side) const;
    [[nodiscard]] std::optional<TimeWindow> window() const;
    [[nodiscard]] LayerScoresRequest requestOf(const LayersSide& side) const;
    [[nodiscard]] QString missingText() const;
    [[nodiscard]] QStringList titleOf(const LayersSide& side) const;
    [[nodiscard]] QString vertexText() const;
    /// Areas or the region whose mean is shown; nothing: a vertex or all.
    [[nodiscard]] std::optional<RegionChoice> shownRegions() const;
    [[nodiscard]] const LayerProfile* profileOf(const LayerScoresRequest& request, int step) const;
    [[nodiscard]] std::vector<double> bestOverTraining(const LayersSide& side) const;

    QWidget* m_choices;
    QComboBox* m_what;
    DepthPlot* m_depth;
    TrajectoryPlot* m_trajectory;
    DifferencePlot* m_difference;
    ElidedLabel* m_readout;
    ElidedLabel* m_caption;
    QTimer m_settle; ///< runs while regions change
    Reading m_readA, m_readB;
    JobHandle m_readAll;
    std::optional<LayerScoresRequest> m_readingAll;
    std::vector<std::string> m_windowNames;

    /// What was read: of A at all checkpoints, of B at those that were compared.
    std::vector<std::pair<LayerScoresRequest, LayerProfiles>> m_profiles;
    QString m_vertexLabel;
    int m_hoveredLayer = -1;
    int m_hoveredStep = -1;
};

} // namespace brainlike
