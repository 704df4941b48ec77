#pragma once

#include "views/layers/LayersPage.h"
#include "views/state/Panel.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <vector>

class QComboBox;
class QStackedWidget;

namespace brainlike {

class DepthPage;
class UnitReader;

/// Pictures of a model's layers.
enum class LayersMode {
    Depth,    ///< score over depth
    Matrix,   ///< layers × areas
    Times,    ///< T_max over depth
    Hierarchy ///< best layer against distance from V1
};

/// What a model's layers predict: score over depth, layers × areas, T_max over depth, and the best layer against the
/// distance from V1; of A, of B and their difference while they are compared.
class LayersPanel : public Panel {
    Q_OBJECT
public:
    LayersPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~LayersPanel() override;

    void setMode(LayersMode mode);
    [[nodiscard]] LayersMode mode() const;
    /// The line above the plot: what is pointed at, or selected, or else the most telling.
    [[nodiscard]] QString readout() const { return page().readout(); }
    /// The line above the lower plot of the scores over depth.
    [[nodiscard]] QString caption() const;

public Q_SLOTS:
    /// How the picked vertex is called in the title ("lh 12,345 · V1"). Labels of another vertex are not used.
    void setVertexLabel(const QString& label);

protected:
    void themeChanged() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void addPage(LayersPage* page, LayersMode mode, const QString& name);
    void activate();
    void arrangeChoices();
    /// Of all boxes of choices.
    [[nodiscard]] int entryCount() const;
    void showStated();
    [[nodiscard]] LayersPage& page() const;

    QComboBox* m_mode;
    QWidget* m_choices;
    QStackedWidget* m_stack;
    UnitReader* m_reader;
    std::vector<LayersPage*> m_pages; ///< in the order of the modes
    DepthPage* m_depthPage;
    int m_entryCount = 0; ///< that the choices were arranged for
};

} // namespace brainlike
