// How CortexWidget answers on its colour bar.

#include "core/color/ColorMapFile.h"
#include "views/cortex/ColorMenu.h"
#include "views/cortex/CortexCanvas.h"
#include "views/cortex/CortexOverlay.h"
#include "views/cortex/CortexTexts.h"
#include "views/cortex/CortexWidget.h"

#include <QContextMenuEvent>
#include <QFileDialog>

namespace brainlike {

QRectF CortexWidget::colorBarBand() const {
    if (!m_annotations.bar)
        return {};
    const QRectF band = brainlike::colorBarBand(*m_annotations.bar, m_overlay->font(), m_annotations.barBox);
    return band.translated(m_canvas->mapTo(this, QPointF(0, 0)));
}

std::optional<BarHandle> CortexWidget::barHandleAt(QPointF position) const {
    return m_annotations.bar ? handleAt(*m_annotations.bar, colorBarBand(), position) : std::nullopt;
}

bool CortexWidget::pressBar(QPointF position) {
    const auto handle = barHandleAt(position);
    if (!handle)
        return false;
    m_barDrag.emplace(*handle, *m_annotations.bar->scale, colorBarBand(), position);
    m_selection.beginGesture();
    return true;
}

void CortexWidget::dragBar(QPointF position) {
    m_selection.edit([&](Selection& next) { m_barDrag->apply(next, position); });
}

void CortexWidget::contextMenuEvent(QContextMenuEvent* event) {
    const QRectF box = m_annotations.barBox.translated(m_canvas->mapTo(this, QPointF(0, 0)));
    if (!m_annotations.bar || !box.adjusted(-8, -8, 8, 8).contains(event->pos()))
        return Panel::contextMenuEvent(event);
    auto* menu = new QMenu(this);
    menu->setObjectName("colorMenu");
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillColorMenu(*menu);
    menu->popup(event->globalPos());
}

void CortexWidget::fillColorMenu(QMenu& menu) {
    brainlike::fillColorMenu(menu, m_selection, m_colors ? &*m_colors : nullptr, [this] { chooseColorMapFile(); });
}

void CortexWidget::chooseColorMapFile() {
    auto* dialog = new QFileDialog(this, tr("Open a colour map"), {}, tr("Colour maps (*.json *.xml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &CortexWidget::useColorMapFile);
    dialog->open();
}

void CortexWidget::useColorMapFile(const QString& file) {
    m_colorMapJob = m_data.runner().run<bool>(
        this,
        [file = file.toStdString()](JobContext&) {
            (void)readColorMap(file);
            return true;
        },
        [this, file](JobOutcome<bool> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                m_overlay->setNote(QString::fromStdString(messageOf(*error)));
            else
                m_selection.edit([&](Selection& next) { next.colorMap = file.toStdString(); });
        });
}

QString CortexWidget::describeValue(VertexId vertex) const {
    const int flat = geometry() ? geometry()->counts.flatIndex(vertex) : -1;
    if (!m_map || flat < 0 || flat >= static_cast<int>(m_map->values.size()))
        return {};
    return valueText(*m_map, static_cast<std::size_t>(flat));
}

} // namespace brainlike
