#pragma once

#include "views/layers/ScatterPage.h"
#include "views/layers/UnitReader.h"
#include "views/plots/UnitBox.h"

#include <memory>
#include <optional>
#include <vector>

namespace brainlike {

/// Depth of the best layer of each area, ROI or significant vertex against its distance from V1, with the spatial
/// score: the numbers of `brainlike scores --what best-layer` and `spatial`. Vertices are gathered, a dot for those of
/// a layer within a millimetre of distance.
///
/// Clicking a dot picks the middle of its area; a lasso chooses areas; those chosen elsewhere are marked.
class HierarchyPage : public ScatterPage {
    Q_OBJECT
public:
    HierarchyPage(SelectionModel& selection, ScoreData& scores, UnitReader& reader, QWidget* parent);
    ~HierarchyPage() override;

    [[nodiscard]] QWidget* choices() const override { return m_choices; }

protected:
    void forget() override;
    void refresh() override;
    [[nodiscard]] QString pointText(int point) const override;
    void pick(int point) override;

private:
    /// What a dot stands for.
    struct Dot {
        LayersSide side;
        int layer = 0;
        double distance = 0;    ///< of vertices their mean
        std::vector<int> units; ///< one; of vertices all that are gathered
    };

    void addDots(const LayersSide& side, bool isOther);
    void addDot(Dot dot, bool isOther);
    void addVertices(const LayersSide& side, bool isOther);
    void choose(const std::vector<int>& points);
    void markSelected();
    [[nodiscard]] TableLevel level() const;
    [[nodiscard]] UnitReader::Key keyOf(const LayersSide& side) const;
    [[nodiscard]] QString levelName() const;
    [[nodiscard]] QStringList titleOf(const LayersSide& side) const;
    [[nodiscard]] bool holds(const Dot& dot, int vertex) const;
    [[nodiscard]] QString dotName(const Dot& dot) const;
    [[nodiscard]] std::shared_ptr<const UnitPlaces> places() const;
    [[nodiscard]] UnitLink linkOf(const Dot& dot) const;

    UnitReader& m_reader;
    QWidget* m_choices;
    UnitBox* m_level;
    std::vector<Dot> m_dots;
    std::vector<ScatterPlot::Point> m_points; ///< being made
};

} // namespace brainlike
