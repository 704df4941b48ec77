#pragma once

#include "core/templates/Template.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"

#include <QToolBar>

#include <map>
#include <span>
#include <string>

class QActionGroup;
class QComboBox;
class QMenu;

namespace brainlike {

class SurfaceSlider;

/// The tool bar: which model, subject, layer, map and surface are shown. Every control is a view of the Selection.
class ViewToolBar : public QToolBar {
    Q_OBJECT
public:
    ViewToolBar(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);

    /// Greys out the surfaces that a template does not have.
    void offerSurfaces(const std::string& templateName, std::span<const SurfaceKind> surfaces);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Leaves captions out, then shortens names, where the window is too narrow for all.
    void fit();
    QComboBox* addCombo(const QString& label, const char* name, const QString& tip);
    void addMapButtons();
    void fillBases();
    void fillProperties();
    void addComparison();
    void refill();
    void showSurfaces(const ScoreIndex& index);
    void show(const Selection& selection);

    SelectionModel& m_selection;
    ScoreData& m_data;
    QComboBox* m_model;
    QComboBox* m_subject;
    QComboBox* m_layer;
    QComboBox* m_importedMap;
    QComboBox* m_surface;
    QComboBox* m_view;
    QList<std::pair<QAction*, QAction*>> m_captions; ///< with what each stands before
    QList<QAction*> m_scoreActions;                  ///< only where there are models
    QList<QAction*> m_mapActions;                    ///< only where maps of files are shown
    std::map<MapKind, QAction*> m_maps;
    QMenu* m_bases = nullptr; ///< what a difference is taken from
    QMenu* m_properties = nullptr;
    SurfaceSlider* m_slider = nullptr;
    QAction* m_significant = nullptr;
    QAction* m_compare = nullptr;
    QAction* m_outlines = nullptr;
};

} // namespace brainlike
