#pragma once

#include <QSlider>

namespace brainlike {

class SelectionModel;

/// Moves the cortex from white matter over pial and inflated surface to the sphere, and everything between. A view of
/// the Selection; stays where it was while a surface beside its way is shown.
class SurfaceSlider : public QSlider {
    Q_OBJECT
public:
    explicit SurfaceSlider(SelectionModel& selection, QWidget* parent = nullptr);
    /// Whether the way ends at the flat surface, or at the sphere.
    void setHasFlat(bool hasFlat);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow(const std::string& surface);
    void choose(int value);

    SelectionModel& m_selection;
};

} // namespace brainlike
