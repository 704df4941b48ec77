#pragma once

#include "core/tables/SpatialUnits.h"
#include "views/layers/ScatterPage.h"

#include <list>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace brainlike {

/// T_max of each layer against its depth, with the temporal score: the numbers of `brainlike scores --what temporal`,
/// of the group or the chosen subject. Clicking a layer selects it, again the best layer.
class TimesPage : public ScatterPage {
    Q_OBJECT
public:
    TimesPage(SelectionModel& selection, ScoreData& scores, QWidget* parent);
    ~TimesPage() override;

protected:
    [[nodiscard]] RecordingKind kind() const override { return RecordingKind::Meg; }
    void forget() override;
    void refresh() override;
    [[nodiscard]] QString pointText(int point) const override;
    void pick(int point) override;

private:
    struct Checkpoint {
        int model = 0, step = 0;
        std::optional<int> recording; ///< nothing: the group
        friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
    };
    using Times = std::pair<Checkpoint, std::shared_ptr<const LayerTimes>>;

    void read(std::vector<Checkpoint> checkpoints);
    void addPoints(std::vector<ScatterPlot::Point>& points, const LayersSide& side, bool isOther);
    void showTimes(const LayersSide& a, const std::optional<LayersSide>& b);
    [[nodiscard]] static Checkpoint checkpointOf(const SelectionIndices& indices);
    [[nodiscard]] std::shared_ptr<const LayerTimes> timesOf(const LayersSide& side) const;
    [[nodiscard]] QStringList titleOf(const LayersSide& side) const;

    JobHandle m_job;
    std::vector<Checkpoint> m_reading;
    std::list<Times> m_times;                         ///< read last first
    std::vector<std::pair<LayersSide, int>> m_layers; ///< of each point: its side and layer
};

} // namespace brainlike
