#include "views/cortex/CortexTexts.h"

#include "core/session/SelectionDefaults.h"
#include "core/surface/Geometry.h"
#include "views/state/NumberText.h"

#include <QObject>

#include <cmath>

namespace brainlike {
namespace {

const QString separator = QStringLiteral(" · ");

QString areaText(const CortexGeometry& geometry, VertexId vertex) {
    if (!geometry.parcellation)
        return {};
    const Area* area = geometry.parcellation->areaOf(vertex);
    return area != nullptr ? QString::fromStdString(area->name) : QObject::tr("medial wall");
}

QString mniText(const CortexGeometry& geometry, VertexId vertex) {
    const RowMatrix<float>& pial = geometry.side(vertex.hemisphere).pial;
    if (vertex.index >= pial.rows())
        return {};
    const Eigen::Vector3d place = mni152FromMni305(pial.row(vertex.index).transpose().cast<double>());
    return QObject::tr("MNI %1 %2 %3")
        .arg(countText(std::lround(place.x())), countText(std::lround(place.y())), countText(std::lround(place.z())));
}

QString labelText(const CortexMap& map, std::size_t place) {
    const int label = place < map.layers.size() ? map.layers[place] : -1;
    return label < 0 ? QObject::tr("no label") : QString::fromStdString(map.layerNames[static_cast<std::size_t>(label)]);
}

QString joined(QStringList parts) {
    parts.removeAll(QString());
    return parts.join(separator);
}

} // namespace

QStringList titleOf(const Selection& selection, const ScoreIndex* index) {
    if (index != nullptr && selection.map == MapKind::Imported)
        return {QString::fromStdString(selection.importedMap), QString::fromStdString(index->templateName)};
    if (index != nullptr && index->models.empty() && !index->surfaces.empty())
        return {QString::fromStdString(index->studyName)};
    const auto indices = index != nullptr ? indicesOf(selection, *index) : std::nullopt;
    if (!indices)
        return {};
    const bool isLayerMap = selection.map == MapKind::BestLayer;
    const ScoredModel& model = index->models[static_cast<std::size_t>(indices->model)];
    QStringList parts{isLayerMap ? QObject::tr("Best layer") : QObject::tr("Encoding score"),
                      QString::fromStdString(model.label.empty() ? model.id : model.label),
                      checkpointText(selection.step)};
    if (!isLayerMap)
        parts << (selection.layer ? QString::fromStdString(*selection.layer)
                                  : QObject::tr("best layer of each vertex"));
    if (indices->recording)
        parts << QObject::tr("subject %1")
                     .arg(QString::fromStdString(index->fmri[static_cast<std::size_t>(*indices->recording)].subject));
    else
        parts << (index->fmri.size() == 1 ? QObject::tr("one subject")
                                          : QObject::tr("mean of %1 subjects").arg(index->fmri.size()));
    return parts;
}

QString placeText(const CortexGeometry& geometry, VertexId vertex) {
    const QString number =
        QString::fromUtf8(shortName(vertex.hemisphere).data(), 2) + QStringLiteral(" ") + countText(vertex.index);
    return joined({number, areaText(geometry, vertex), mniText(geometry, vertex)});
}

QString readoutText(const CortexGeometry& geometry, const std::optional<CortexMap>& map, VertexId vertex) {
    QStringList parts{areaText(geometry, vertex)};
    if (parts.front().isEmpty())
        parts.front() = QString::fromUtf8(shortName(vertex.hemisphere).data(), 2) + " " + countText(vertex.index);
    const auto place = static_cast<std::size_t>(geometry.counts.flatIndex(vertex));
    if (map && !map->labelColors.empty()) {
        parts << labelText(*map, place);
        return joined(parts);
    }
    if (!map || place >= map->values.size())
        return joined(parts);
    if (map->kind == MapKind::Imported) {
        parts << valueText(static_cast<double>(map->values[place]));
        return joined(parts);
    }
    if (map->kind == MapKind::BestLayer && map->layers[place] >= 0)
        parts << QString::fromStdString(map->layerNames[static_cast<std::size_t>(map->layers[place])]);
    const float value = map->values[place];
    parts << (std::isfinite(value) ? QObject::tr("R %1").arg(scoreText(static_cast<double>(value)))
                                   : scoreText(static_cast<double>(value)));
    return joined(parts);
}

} // namespace brainlike
