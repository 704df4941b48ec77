#pragma once

#include "core/roi/AreaMeans.h"
#include "core/roi/Place.h"
#include "core/roi/RoiFiles.h"
#include "views/state/OncePerTurn.h"
#include "views/state/Panel.h"
#include "views/state/PickTool.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QTreeView;

namespace brainlike {

class AreaFilter;
class AreaModel;
class RoiList;
struct CortexMap;

/// The areas of the parcellation with their vertices and the means of the shown map, to search, choose and go to; the
/// regions of interest, to make, save and open; and what a click on the cortex does. The list and the selection follow
/// each other. Object name "areas".
class AreasPanel : public Panel {
    Q_OBJECT
public:
    AreasPanel(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);
    ~AreasPanel() override;

    /// The first map as the cortex shows it, which the means are of; null: there is none.
    void setMap(std::shared_ptr<const CortexMap> map);
    /// What is said below the search field: where it leads, or what went wrong; empty: nothing.
    [[nodiscard]] QString hint() const { return m_hint->fullText(); }
    /// Saves the regions of interest, by the file's suffix; says where, or why not.
    void saveRois(const std::filesystem::path& file);
    /// Adds the regions of files to those that there are; one of the same name is replaced.
    void openRois(const std::vector<std::filesystem::path>& files);

Q_SIGNALS:
    void toolChosen(const brainlike::PickTool& tool);
    void goToRequested(brainlike::VertexId vertex);
    /// What lies within a radius of the picked vertex is to be added to the current region.
    void discRequested(double radius);

protected:
    void themeChanged() override {}
    void showEvent(QShowEvent* event) override;

private:
    /// What is read once a parcellation.
    struct Reading {
        std::vector<std::string> names;
        std::shared_ptr<const Parcellation> parcellation;
        RoiSurface surface;
    };
    struct Means {
        std::vector<AreaSummary> areas;
        bool isScore = false;
    };

    void buildAreas();
    void buildTools();
    void restart();
    void follow(const Selection& before, const Selection& after);
    void readAreas();
    void readMeans();
    void nameCoordinates(const CoordinateSpace& space);
    void showReading(Reading reading);
    void showChoice();
    void takeChoice();
    void search(const QString& text);
    void goToText();
    void chooseOutlines(int index);
    void chooseTool();
    void makeRoiOfAreas();
    void chooseSaveFile();
    void chooseOpenFiles();
    void updateTitle();
    void say(const QString& text);
    [[nodiscard]] std::optional<Place> placeOf(const QString& text) const;
    [[nodiscard]] PlaceBasis placeBasis() const;

    SelectionModel& m_selection;
    ScoreData& m_data;
    QComboBox* m_parcellations;
    QComboBox* m_outlines;
    QLineEdit* m_search;
    ElidedLabel* m_hint;
    AreaModel* m_model;
    AreaFilter* m_filter;
    QTreeView* m_table;
    RoiList* m_rois;
    QDoubleSpinBox* m_radius;
    PickTool m_tool;
    Reading m_reading;
    std::shared_ptr<const CortexMap> m_map;
    JobHandle m_areasJob, m_meansJob, m_fileJob;
    OncePerTurn m_readMeans;
    bool m_isStale = true;       ///< to be read once the panel is seen
    bool m_areMeansStale = true; ///< likewise
    bool m_isFollowing = false;  ///< what changes now comes from the selection
};

} // namespace brainlike
