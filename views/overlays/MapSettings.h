#pragma once

#include "core/session/MapColors.h"
#include "views/state/ScoreData.h"
#include "views/state/SelectionModel.h"
#include "views/state/Theme.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;

namespace brainlike {

class NumberEdit;

/// What one map of the stack shows, and how: quantity, layer, subject; colour map, range, threshold, significance,
/// mask.
class MapSettings : public QWidget {
    Q_OBJECT
public:
    MapSettings(SelectionModel& selection, ScoreData& scores, QWidget* parent = nullptr);

    /// @param map     id of the map
    /// @param colors  how it is drawn now; null: not yet
    void show(int map, const MapColors* colors);

    /// Grounds of fields that are seen in the dark, too.
    void applyTheme(const Theme& theme);

private:
    void buildContent();
    void buildColors();
    void showContent();
    void showColors(const MapColors* colors);
    void showRange(const MapColors* colors);
    void showSignificance(bool hasLabels);
    void showMasks();
    void setKind(int index);
    void enterRange(double value, bool isHigh);
    [[nodiscard]] QComboBox* addCombo(QFormLayout& form, const QString& label, const char* name);
    /// Changes the map's colours; nothing happens if it is gone.
    void editColors(const std::function<void(ColorChoice&)>& edit);
    void editOwn(const std::function<void(StackedMap&)>& edit);

    SelectionModel& m_selection;
    ScoreData& m_data;
    int m_map = firstMapId;
    ColorRange m_drawn; ///< the range that the map is drawn with
    QFormLayout* m_form;
    QComboBox *m_kind, *m_layer, *m_subject, *m_imported;
    QComboBox *m_colorMap, *m_rule, *m_significance, *m_significanceMap, *m_mask;
    NumberEdit *m_low, *m_high, *m_threshold;
    QCheckBox *m_symmetric, *m_twoTailed, *m_contour;
    QWidget *m_range, *m_cut;
};

} // namespace brainlike
