#pragma once

#include "core/session/SelectionDefaults.h"
#include "views/layers/LayerScores.h"
#include "views/state/OncePerTurn.h"
#include "views/state/Panel.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <QTimer>

#include <optional>

namespace brainlike {

class DepthPlot;
class TrajectoryPlot;

/// fMRI encoding score over depth at the selected checkpoint, and its trajectory over training: of the picked vertex,
/// or the mean over all vertices; of the group (mean ± SEM over subjects), or of the selected subject.
///
/// Clicking a layer selects it, again the best layer; clicking a checkpoint of the trajectory selects it. Vertical
/// ranges are fixed over steps.
class LayersPanel : public Panel {
    Q_OBJECT
public:
    LayersPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~LayersPanel() override;

    /// The line below the upper plot: the winner with its margin, or what is pointed at.
    [[nodiscard]] QString readout() const { return m_readout->fullText(); }
    /// The line above the trajectory.
    [[nodiscard]] QString caption() const { return m_caption->fullText(); }

public Q_SLOTS:
    /// How the picked vertex is called in the title ("lh 12,345 · V1"). Labels of another vertex are not used.
    void setVertexLabel(const QString& label);

protected:
    void themeChanged() override;

private:
    void onSelection(const Selection& before, const Selection& after);
    void restart();
    void readSelected();
    void readAll();
    void keep(const LayerProfiles& profiles);
    void refresh();
    void showProfile(const SelectionIndices& shown);
    void showTrajectory(const SelectionIndices& shown);
    void updateRange();
    void updateReadout();
    [[nodiscard]] std::optional<SelectionIndices> indices() const;
    [[nodiscard]] std::optional<LayerScoresRequest> request() const;
    [[nodiscard]] QString missingText() const;
    [[nodiscard]] QStringList titleParts(const SelectionIndices& shown) const;
    [[nodiscard]] QString vertexText() const;
    /// Areas or the region whose mean is shown; nothing: a vertex or all.
    [[nodiscard]] std::optional<RegionChoice> shownRegions() const;
    [[nodiscard]] const LayerProfile* profileOf(int step) const;
    [[nodiscard]] QString layerText(const LayerProfile& profile, int layer) const;
    [[nodiscard]] QString halfTimeText() const;
    [[nodiscard]] const ScoredModel* model() const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    DepthPlot* m_depth;
    TrajectoryPlot* m_trajectory;
    ElidedLabel* m_readout;
    ElidedLabel* m_caption;
    OncePerTurn m_refresh;
    QTimer m_settle; ///< runs while regions change
    JobHandle m_selectedRead, m_allRead;
    bool m_readingAll = false;
    bool m_readAgain = false;

    std::optional<LayerScoresRequest> m_request; ///< what m_profiles belongs to
    LayerProfiles m_profiles;
    QString m_vertexLabel;
    int m_hoveredLayer = -1;
    int m_hoveredStep = -1;
};

} // namespace brainlike
