#include "app/window/SurfaceSlider.h"

#include "core/base/Error.h"
#include "core/templates/SurfaceBlend.h"
#include "views/state/SelectionModel.h"

#include <QPainter>
#include <QStyle>

#include <cmath>

namespace brainlike {
namespace {

constexpr int stepsPerSurface = 100;
/// The surfaces themselves attract the handle from this far.
constexpr int attraction = 4;

} // namespace

SurfaceSlider::SurfaceSlider(SelectionModel& selection, QWidget* parent)
    : QSlider(Qt::Horizontal, parent), m_selection(selection) {
    setObjectName("surfaceSlider");
    setAccessibleName(tr("Surface, from white matter over sphere to flat"));
    setHasFlat(true);
    setSingleStep(stepsPerSurface / 10);
    setPageStep(stepsPerSurface);
    setFixedWidth(148);
    setFocusPolicy(Qt::TabFocus);
    connect(this, &QSlider::valueChanged, this, &SurfaceSlider::choose);
    connect(&m_selection, &SelectionModel::changed, this,
            [this](const Selection&, const Selection& after) { follow(after.surface); });
    follow(m_selection.selection().surface);
}

void SurfaceSlider::setHasFlat(bool hasFlat) {
    const QSignalBlocker blocker(this);
    setRange(0, (static_cast<int>(lastBlendPlace) - (hasFlat ? 0 : 1)) * stepsPerSurface);
    setToolTip(hasFlat ? tr("Surface: white · pial · inflated · sphere · flat, and everything between (W, P, I, S, F)")
                       : tr("Surface: white · pial · inflated · sphere, and everything between (W, P, I, S)"));
    follow(m_selection.selection().surface);
}

void SurfaceSlider::follow(const std::string& surface) {
    if (isSliderDown())
        return;
    try {
        if (const auto place = placeOf(surfaceBlendFrom(surface))) {
            const QSignalBlocker blocker(this);
            setValue(static_cast<int>(std::lround(*place * stepsPerSurface)));
        }
    } catch (const NotFoundError&) {
        // The cortex says what is wrong with the name.
    }
}

void SurfaceSlider::choose(int value) {
    const int nearest = (value + stepsPerSurface / 2) / stepsPerSurface * stepsPerSurface;
    const int chosen = std::abs(value - nearest) <= attraction ? nearest : value;
    m_selection.edit(
        [chosen](Selection& next) { next.surface = nameOf(blendAt(static_cast<double>(chosen) / stepsPerSurface)); });
}

void SurfaceSlider::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Mid));
    const int handle = style()->pixelMetric(QStyle::PM_SliderLength, nullptr, this);
    for (int mark = minimum(); mark <= maximum(); mark += stepsPerSurface) {
        const int x = handle / 2 + QStyle::sliderPositionFromValue(minimum(), maximum(), mark, width() - handle);
        painter.drawLine(x, height() / 2 - 8, x, height() / 2 + 8);
    }
    painter.end();
    QSlider::paintEvent(event);
}

} // namespace brainlike
