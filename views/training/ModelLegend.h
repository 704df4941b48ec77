#pragma once

#include "views/state/Theme.h"

#include <QIcon>
#include <QPen>
#include <QWidget>

#include <optional>
#include <set>
#include <string>
#include <vector>

class QHBoxLayout;
class QToolButton;

namespace brainlike {

/// A model as the training bar tells it from others: its curves' line, and whether they are shown.
struct LegendModel {
    std::string id;
    QString label;
    bool isCurrent = false;  ///< the selected one: always shown
    bool isCompared = false; ///< B of a comparison
    friend bool operator==(const LegendModel&, const LegendModel&) = default;
};

/// Line of a model's curves, by its place among those that are not selected.
[[nodiscard]] QPen modelPen(std::size_t place, double width);

/// Names the models whose curves lie on the training track, by what tells them apart, cut in the middle where there is
/// no room for all of it. Clicking one hides or shows its curves; where there are many, the rest is in a menu.
class ModelLegend : public QWidget {
    Q_OBJECT
public:
    explicit ModelLegend(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setModels(const std::vector<LegendModel>& models, const std::set<std::string>& hidden);
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void toggled(const std::string& id, bool isShown);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void addChip(const LegendModel& model, const QString& name, const QIcon& icon);
    void addRest();
    void fitNames();
    [[nodiscard]] std::optional<int> roomForNames() const;
    [[nodiscard]] bool isKept(std::size_t model) const;

    Theme m_theme;
    std::vector<LegendModel> m_models;
    std::set<std::string> m_hidden;
    std::vector<QToolButton*> m_chips; ///< one a model; hidden: it is in the menu
    QToolButton* m_more = nullptr;
    QStringList m_names; ///< of the chips, in full
    QHBoxLayout* m_row;
};

} // namespace brainlike
