#pragma once

#include "core/stats/Correlation.h"
#include "views/layers/LayersPage.h"
#include "views/plots/ScatterPlot.h"
#include "views/state/Panel.h"

#include <vector>

class QVBoxLayout;

namespace brainlike {

/// A page of the layers panel that is a scatter with a correlation, of A and, hollow, of B.
class ScatterPage : public LayersPage {
    Q_OBJECT
public:
    ScatterPage(SelectionModel& selection, ScoreData& scores, QWidget* parent);

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QString readout() const override { return m_readout->fullText(); }
    /// The line below it: B's correlation; empty while A is shown alone.
    [[nodiscard]] QString otherReadout() const {
        return m_otherReadout->isHidden() ? QString() : m_otherReadout->fullText();
    }

protected:
    /// What a point is, in words, and what clicking it does.
    [[nodiscard]] virtual QString pointText(int point) const = 0;
    virtual void pick(int point) = 0;
    /// What holds of all points.
    void setCorrelations(const QString& ofA, const QString& ofB);
    [[nodiscard]] ScatterPlot& plot() const { return *m_plot; }

private:
    void updateReadout();

    ElidedLabel* m_readout;
    ElidedLabel* m_otherReadout;
    ScatterPlot* m_plot;
    QString m_ofA;
    int m_hovered = -1;
};

} // namespace brainlike
