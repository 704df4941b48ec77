#pragma once

#include "views/layers/LayerMatrix.h"
#include "views/layers/LayersPage.h"
#include "views/layers/UnitReader.h"
#include "views/plots/UnitBox.h"
#include "views/state/Panel.h"

#include <memory>
#include <optional>
#include <vector>

class QComboBox;

namespace brainlike {

/// Encoding score of every layer in every area or ROI, ordered by the distance from V1: the numbers of `brainlike
/// scores
/// --what encoding --layer all` at the levels area and roi. While A and B are compared, A − B, or one of them.
///
/// Clicking a cell selects its layer and its area; dragging over columns chooses their areas; what is selected
/// elsewhere is framed.
class MatrixPage : public LayersPage {
    Q_OBJECT
public:
    MatrixPage(SelectionModel& selection, ScoreData& scores, UnitReader& reader, QWidget* parent);
    ~MatrixPage() override;

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QWidget* choices() const override { return m_choices; }
    [[nodiscard]] QString readout() const override { return m_readout->fullText(); }

protected:
    void forget() override;
    void refresh() override;

private:
    enum class Side { Difference, A, B };
    enum class Order { Distance, Atlas };

    /// What is drawn: of both sides where there are two.
    struct Shown {
        LayersSide side; ///< whose layers the rows are
        std::shared_ptr<const UnitPlaces> places;
        std::shared_ptr<const UnitLayers> layers, others; ///< others: B's, of a difference
        std::vector<int> rows, otherRows;                 ///< layers, and B's of the same depth
    };

    void buildChoices();
    void fillMatrix();
    void markSelected();
    void updateReadout();
    void pick(const LayerMatrix::Cell& cell);
    void choose(int first, int last);
    [[nodiscard]] TableLevel level() const;
    [[nodiscard]] Side side() const;
    [[nodiscard]] UnitReader::Key keyOf(const LayersSide& side) const;
    [[nodiscard]] UnitReader::Key lastKeyOf(const LayersSide& side) const;
    [[nodiscard]] QStringList titleOf(const LayersSide& side) const;
    [[nodiscard]] std::vector<LayerMatrixContent::Column> columns() const;
    [[nodiscard]] RowMatrix<double> values() const;
    [[nodiscard]] ColorScale scaleOf(const RowMatrix<double>& values) const;
    [[nodiscard]] QString cellText(const LayerMatrix::Cell& cell) const;
    [[nodiscard]] QString summaryText() const;
    [[nodiscard]] UnitLink linkOf(int column) const;
    [[nodiscard]] QString unitsName() const;
    [[nodiscard]] int unitOf(const LayerMatrix::Cell& cell) const;
    [[nodiscard]] QString layerName(int layer) const;

    UnitReader& m_reader;
    QWidget* m_choices;
    UnitBox* m_level;
    QComboBox* m_order;
    QComboBox* m_side;
    ElidedLabel* m_readout;
    LayerMatrix* m_matrix;
    std::optional<Shown> m_shown;
    LayerMatrix::Cell m_hovered;
};

} // namespace brainlike
