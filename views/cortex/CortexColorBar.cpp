// How CortexWidget answers on its colour bar.

#include "core/color/ColorMapFile.h"
#include "core/session/StackEdit.h"
#include "views/cortex/ColorMenu.h"
#include "views/cortex/CortexCanvas.h"
#include "views/cortex/CortexOverlay.h"
#include "views/cortex/CortexTexts.h"
#include "views/cortex/CortexWidget.h"

#include <QContextMenuEvent>
#include <QFileDialog>

namespace brainlike {

std::optional<ColorBar> CortexWidget::colorBar(int map) const {
    const PlacedBar* bar = m_annotations.column.of(map);
    return bar != nullptr ? std::optional(bar->bar) : std::nullopt;
}

QRectF CortexWidget::colorBarBand(int map) const {
    const PlacedBar* bar = m_annotations.column.of(map);
    if (bar == nullptr)
        return {};
    const QRectF band = brainlike::colorBarBand(bar->bar, m_overlay->font(), bar->box);
    return band.translated(m_canvas->mapTo(this, QPointF(0, 0)));
}

const PlacedBar* CortexWidget::barAt(QPointF position) const {
    constexpr double around = 8;
    for (const PlacedBar& bar : m_annotations.column.bars) {
        const QRectF box = bar.box.translated(m_canvas->mapTo(this, QPointF(0, 0)));
        if (box.adjusted(-around, -around, around, around).contains(position))
            return &bar;
    }
    return nullptr;
}

std::optional<BarHandle> CortexWidget::barHandleAt(QPointF position) const {
    for (const PlacedBar& bar : m_annotations.column.bars)
        if (const auto handle = handleAt(bar.bar, colorBarBand(bar.map), position))
            return handle;
    return std::nullopt;
}

bool CortexWidget::pressBar(QPointF position) {
    for (const PlacedBar& bar : m_annotations.column.bars)
        if (const auto handle = handleAt(bar.bar, colorBarBand(bar.map), position)) {
            m_draggedMap = bar.map;
            m_barDrag.emplace(*handle, *bar.bar.scale, colorBarBand(bar.map), position);
            m_selection.beginGesture();
            return true;
        }
    return false;
}

void CortexWidget::dragBar(QPointF position) {
    m_selection.edit([&](Selection& next) {
        if (ColorChoice* colors = colorsOf(next, m_draggedMap))
            m_barDrag->apply(*colors, position);
    });
}

void CortexWidget::contextMenuEvent(QContextMenuEvent* event) {
    const PlacedBar* bar = barAt(event->pos());
    const auto vertex = bar == nullptr ? vertexAt(event->pos()) : std::nullopt;
    if (bar == nullptr && !vertex)
        return Panel::contextMenuEvent(event);
    auto* menu = new QMenu(this);
    menu->setObjectName(vertex ? "placeMenu" : "colorMenu");
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (vertex)
        fillPlaceMenu(*menu, *vertex);
    else
        fillColorMenu(*menu, bar->map == otherMapId ? firstMapId : bar->map);
    menu->popup(event->globalPos());
}

void CortexWidget::fillColorMenu(QMenu& menu, int map) {
    const ColoredMap* shown = coloredMap(map);
    brainlike::fillColorMenu(menu, m_selection, map, shown != nullptr ? &shown->colors : nullptr,
                             [this, map] { chooseColorMapFile(map); });
}

void CortexWidget::chooseColorMapFile(int map) {
    auto* dialog = new QFileDialog(this, tr("Open a colour map"), {}, tr("Colour maps (*.json *.xml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, map](const QString& file) { useColorMapFile(file, map); });
    dialog->open();
}

void CortexWidget::useColorMapFile(const QString& file, int map) {
    m_colorMapJob = m_data.runner().run<bool>(
        this,
        [file = file.toStdString()](JobContext&) {
            (void)readColorMap(file);
            return true;
        },
        [this, file, map](JobOutcome<bool> outcome) {
            if (const auto* error = std::get_if<ErrorDetails>(&outcome))
                m_overlay->setNote(QString::fromStdString(messageOf(*error)));
            else
                m_selection.edit([&](Selection& next) {
                    if (ColorChoice* colors = colorsOf(next, map))
                        colors->colorMap = file.toStdString();
                });
        });
}

} // namespace brainlike
