#pragma once

#include "core/session/MapColors.h"
#include "views/state/OncePerTurn.h"
#include "views/state/Panel.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <map>

class QScrollArea;
class QToolButton;

namespace brainlike {

class MapList;
class MapSettings;

/// The maps that lie on the cortex, from top to bottom, and the settings of the chosen one. Object name "mapsPanel".
class MapsPanel : public Panel {
    Q_OBJECT
public:
    MapsPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~MapsPanel() override;

    /// How the maps are drawn now, by their ids; maps that are not read yet are missing.
    void setShown(std::map<int, MapColors> colors);
    /// Id of the map whose settings are shown.
    [[nodiscard]] int chosen() const;

protected:
    void themeChanged() override;

private:
    void buildTools();
    void connectList();
    void refresh();
    void fillAddMenu();

    SelectionModel& m_selection;
    ScoreData& m_data;
    std::map<int, MapColors> m_colors;
    MapList* m_list;
    MapSettings* m_settings;
    QToolButton *m_add, *m_remove;
    OncePerTurn m_refresh;
};

} // namespace brainlike
