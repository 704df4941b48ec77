#include "views/cortex/CortexTexts.h"

#include "core/session/Comparison.h"
#include "core/session/SelectionDefaults.h"
#include "core/surface/Geometry.h"
#include "views/scene/MapComparison.h"
#include "views/state/ColorBar.h"
#include "views/state/ComparisonText.h"
#include "views/state/LayerText.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"

#include <QObject>

#include <algorithm>
#include <cmath>
#include <ranges>

namespace brainlike {
namespace {

const QString separator = QStringLiteral(" · ");

QString areaText(const CortexGeometry& geometry, VertexId vertex, const Parcellation* parcellation) {
    if (parcellation == nullptr && !geometry.parcellation)
        return {};
    const Area* area = (parcellation != nullptr ? *parcellation : *geometry.parcellation).areaOf(vertex);
    return area != nullptr ? QString::fromStdString(area->name) : QObject::tr("medial wall");
}

QString coordinates(const Eigen::Vector3d& place) {
    QStringList numbers;
    for (const double number : place)
        numbers << countText(std::lround(number));
    return numbers.join(' ');
}

/// "MNI152 −8 −92 3 · MNI305 −8 −94 2"; of other spaces than fsaverage's "x y z −8 −92 3 in fsLR".
QString coordinateText(const CortexGeometry& geometry, VertexId vertex) {
    const RowMatrix<float>& head = geometry.side(vertex.hemisphere).head;
    if (vertex.index >= head.rows())
        return {};
    const Eigen::Vector3d place = head.row(vertex.index).transpose().cast<double>();
    if (!geometry.space.isMni305)
        return QObject::tr("x y z %1 in %2").arg(coordinates(place), QString::fromStdString(geometry.space.name));
    return QObject::tr("MNI152 %1").arg(coordinates(mni152FromMni305(place))) + separator +
           QObject::tr("MNI305 %1").arg(coordinates(place));
}

QString labelText(const CortexMap& map, std::size_t place) {
    const int label = place < map.layers.size() ? map.layers[place] : -1;
    return label < 0 ? QObject::tr("no label")
                     : QString::fromStdString(map.layerNames[static_cast<std::size_t>(label)]);
}

QString joined(QStringList parts) {
    parts.removeAll(QString());
    return parts.join(separator);
}

QString modelText(const ScoredModel& model) {
    return QString::fromStdString(model.label.empty() ? model.id : model.label);
}

QString quantityText(MapKind kind) {
    switch (kind) {
    case MapKind::Score:
        return QObject::tr("Encoding score");
    case MapKind::BestLayer:
        return QObject::tr("Best layer");
    case MapKind::HalfTime:
        return QObject::tr("Half-time of the encoding score");
    case MapKind::Difference:
        return QObject::tr("Difference of encoding scores");
    case MapKind::TValue:
        return QObject::tr("t of the encoding score");
    case MapKind::QValue:
        return QObject::tr("q of the encoding score");
    case MapKind::Imported:
    case MapKind::Property:
        break;
    }
    return {};
}

/// "thickness 2.61 mm"; where there is none "thickness not known (published for the left hemisphere)".
QString propertyText(const CortexMap& map, std::size_t place) {
    const QString name = QString::fromStdString(map.title);
    const auto value = static_cast<double>(map.values[place]);
    if (std::isfinite(value))
        return QStringList{name, valueText(value), QString::fromStdString(map.origin.unit)}.join(' ').trimmed();
    ValueOrigin reason = map.origin;
    reason.isByArea = false;
    const QString why = originText(reason, {});
    return why.isEmpty() ? QObject::tr("%1 not known").arg(name)
                         : QObject::tr("%1 not known (%2)").arg(name, why.front().toLower() + why.mid(1));
}

/// What is taken away, as far as it is not what it is taken from: "less untrained".
QString baseText(const Selection& selection, const ScoreIndex& index) {
    const auto base = otherSide(selection, index);
    if (!base)
        return QObject::tr("nothing to compare with");
    QStringList parts;
    const auto model = std::ranges::find(index.models, base->model, &ScoredModel::id);
    if (base->model != selection.model)
        parts << modelText(*model);
    if (base->step != selection.step)
        parts << checkpointText(base->step);
    if (base->layer != selection.layer)
        parts << layerPlaceText(*model, base->layer);
    return parts.isEmpty() ? QObject::tr("less itself") : QObject::tr("less %1").arg(parts.join(", "));
}

QString halfTimeText(const CortexMap& map, std::size_t place) {
    const double step = static_cast<double>(map.values[place]);
    switch (map.states[place]) {
    case HalfTimeState::Reached:
        return QObject::tr("half-time %1 steps (%2 of training)")
            .arg(interpolatedStepText(step), percentText(step / static_cast<double>(map.lastStep)));
    case HalfTimeState::AtOrBeforeFirst:
        return map.firstStep == 0 ? QObject::tr("half of its final score before training")
                                  : QObject::tr("half-time ≤ %1 steps").arg(stepText(map.firstStep));
    case HalfTimeState::None:
        return QObject::tr("no half-time: the final score, %1, is not positive")
            .arg(scoreText(static_cast<double>(map.finalScores[place])));
    case HalfTimeState::NotComputed:
        break;
    }
    return QObject::tr("not computed");
}

QString marginText(const CortexMap& map, std::size_t place) {
    if (map.margins.empty() || !std::isfinite(map.margins[place]) || !std::isfinite(map.marginNoise[place]))
        return {};
    const QString text =
        QObject::tr("margin %1")
            .arg(scoreText(static_cast<double>(map.margins[place]), static_cast<double>(map.marginNoise[place])));
    return map.margins[place] < map.marginNoise[place] ? QObject::tr("%1, within the noise").arg(text) : text;
}

/// "2.31 (p 0.002)".
QString importedText(const CortexMap& map, std::size_t place) {
    const QString value = valueText(static_cast<double>(map.values[place]));
    if (place >= map.q.size())
        return value;
    return QObject::tr("%1 (p %2)").arg(value, scoreText(static_cast<double>(map.q[place])));
}

/// A column's values, the uppermost map's first, without the separator that columns have between them.
QString columnValues(const std::vector<ColoredMap>& maps, std::size_t place) {
    QStringList values;
    for (const ColoredMap& map : maps | std::views::reverse)
        if (map.placement.isVisible)
            values << namedValueText(*map.map, place, map.colors.detail).replace(separator, QStringLiteral(", "));
    return values.isEmpty() ? QObject::tr("none") : values.join(QStringLiteral(", "));
}

QStringList titleOfOne(const Selection& selection, const ScoreIndex* index) {
    if (index != nullptr && selection.map == MapKind::Imported)
        return {QString::fromStdString(selection.importedMap), QString::fromStdString(index->templateName)};
    if (index != nullptr && index->models.empty() && !index->surfaces.empty())
        return {QString::fromStdString(index->studyName)};
    if (index != nullptr && selection.map == MapKind::Property)
        return {QObject::tr("Property of the cortex"), QString::fromStdString(selection.property),
                QString::fromStdString(index->templateName)};
    const auto indices = index != nullptr ? indicesOf(selection, *index) : std::nullopt;
    if (!indices) {
        const QString none = index != nullptr ? noRecordingText(selection, *index, RecordingKind::Fmri) : QString();
        return none.isEmpty() ? QStringList() : QStringList{quantityText(selection.map), none};
    }
    const ScoredModel& model = index->models[static_cast<std::size_t>(indices->model)];
    const QString quantity = quantityText(selection.map);
    const bool areMeans = selection.areaMeans && hasAreaMeans(selection.map);
    QStringList parts{areMeans ? QObject::tr("%1, mean of areas").arg(quantity) : quantity, modelText(model)};
    if (selection.map == MapKind::HalfTime)
        parts << QObject::tr("%1 checkpoints to step %2").arg(model.steps.size()).arg(stepText(model.steps.back()));
    else
        parts << checkpointText(selection.step);
    if (selection.map != MapKind::BestLayer)
        parts << (selection.layer ? layerPlaceText(model, selection.layer) : QObject::tr("best layer of each vertex"));
    if (selection.map == MapKind::Difference)
        parts << baseText(selection, *index);
    return parts << subjectsText(index->fmri, indices->recording);
}

} // namespace

QStringList titleOf(const Selection& selection, const ScoreIndex* index) {
    if (!selection.isCompared || index == nullptr || index->models.empty() || !isOfScores(selection.map))
        return titleOfOne(selection, index);
    const ComparedSelections sides = comparedSelections(selection, *index);
    const QStringList a = titleOfOne(sides.a, index);
    const auto b = otherSide(sides.a, *index);
    return b ? comparedTitle(a, titleOfOne(*b, index)) : a;
}

QString missingText(const Selection& selection, const ScoreIndex* index) {
    if (index != nullptr)
        if (const QString none = noRecordingText(selection, *index, RecordingKind::Fmri); !none.isEmpty())
            return none;
    if (index != nullptr && index->models.empty() && selection.map != MapKind::Imported)
        return QObject::tr("The files hold maps, but no scores: choose one of the maps");
    if (selection.map == MapKind::QValue && selection.recording)
        return QObject::tr("q belongs to the group: choose the mean of the subjects");
    if (index != nullptr && selection.map == MapKind::Difference && !otherSide(selection, *index))
        return QObject::tr("There is nothing to take away: this is the first checkpoint, or the only model");
    return QObject::tr("Not computed yet");
}

QString placeText(const CortexGeometry& geometry, VertexId vertex, const Parcellation* parcellation) {
    const QString number =
        QString::fromUtf8(shortName(vertex.hemisphere).data(), 2) + QStringLiteral(" ") + countText(vertex.index);
    return joined({number, areaText(geometry, vertex, parcellation), coordinateText(geometry, vertex)});
}

QString namedValueText(const CortexMap& map, std::size_t place, const std::string& detail) {
    const QString title = QString::fromStdString(map.title);
    if (!map.labelColors.empty())
        return title + ' ' + labelText(map, place);
    if (place >= map.values.size())
        return {};
    if (map.kind == MapKind::Imported)
        return title + ' ' + importedText(map, place);
    const QString text = valueText(map, place);
    if (map.kind == MapKind::Property)
        return text;
    return detail.empty() ? text : text + " (" + QString::fromStdString(detail) + ')';
}

QString readoutText(const CortexGeometry& geometry, std::span<const ColoredMap> maps, VertexId vertex,
                    const Parcellation* parcellation) {
    QStringList parts{areaText(geometry, vertex, parcellation)};
    if (parts.front().isEmpty())
        parts.front() = QString::fromUtf8(shortName(vertex.hemisphere).data(), 2) + " " + countText(vertex.index);
    const auto place = static_cast<std::size_t>(geometry.counts.flatIndex(vertex));
    const bool isAlone =
        std::ranges::count_if(maps, [](const ColoredMap& map) { return map.placement.isVisible; }) == 1;
    for (const ColoredMap& map : maps | std::views::reverse) {
        if (!map.placement.isVisible)
            continue;
        // Alone, a map of a file needs no name: the title has it.
        if (isAlone && !map.map->labelColors.empty())
            parts << labelText(*map.map, place);
        else if (isAlone && map.map->kind == MapKind::Imported && place < map.map->values.size())
            parts << importedText(*map.map, place);
        else
            parts << namedValueText(*map.map, place, map.colors.detail);
    }
    return joined(parts);
}

QString comparedValues(const std::array<std::vector<ColoredMap>, 3>& columns, std::size_t place) {
    return QStringList{QObject::tr("A %1").arg(columnValues(columns[0], place)),
                       QObject::tr("B %1").arg(columnValues(columns[1], place)),
                       QObject::tr("A − B %1").arg(columnValues(columns[2], place))}
        .join(separator);
}

QString comparedReadout(const CortexGeometry& geometry, const std::array<std::vector<ColoredMap>, 3>& columns,
                        VertexId vertex, const Parcellation* parcellation) {
    return joined({areaText(geometry, vertex, parcellation),
                   comparedValues(columns, static_cast<std::size_t>(geometry.counts.flatIndex(vertex)))});
}

QString valueText(const CortexMap& map, std::size_t place) {
    const auto value = static_cast<double>(map.values[place]);
    if (map.kind == MapKind::Property)
        return propertyText(map, place);
    if (map.kind == MapKind::HalfTime)
        return halfTimeText(map, place);
    if (!std::isfinite(value))
        return scoreText(value);
    switch (map.kind) {
    case MapKind::BestLayer: {
        QStringList parts;
        if (map.layers[place] >= 0)
            parts << QString::fromStdString(map.layerNames[static_cast<std::size_t>(map.layers[place])]);
        return joined(parts << QObject::tr("R %1").arg(scoreText(value)) << marginText(map, place));
    }
    case MapKind::Difference:
        return QObject::tr("ΔR %1").arg(scoreText(value));
    case MapKind::TValue:
        return QObject::tr("t %1").arg(QString::number(value, 'f', 2).replace('-', QChar(0x2212)));
    case MapKind::QValue:
        return QObject::tr("q %1").arg(scoreText(std::pow(10.0, -value)));
    default:
        return (map.origin.isByArea ? QObject::tr("area mean R %1") : QObject::tr("R %1")).arg(scoreText(value));
    }
}

} // namespace brainlike
