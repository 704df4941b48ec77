#include "views/overlays/MapNames.h"

#include "core/properties/PublishedProperties.h"
#include "views/state/NumberText.h"

#include <QCoreApplication>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace brainlike {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("brainlike::MapNames", text);
}

QString subjectOf(const std::string& recording, const ScoreIndex* index) {
    if (index != nullptr)
        for (const ScoredRecording& known : index->fmri)
            if (known.id == recording)
                return QString::fromStdString(known.subject);
    return QString::fromStdString(recording);
}

QString baseName(const Difference& difference) {
    switch (difference.base) {
    case DifferenceBase::FirstStep:
        return tr("less the first checkpoint");
    case DifferenceBase::PreviousStep:
        return tr("less the previous checkpoint");
    case DifferenceBase::Step:
        return tr("less %1").arg(checkpointText(difference.step));
    default:
        return difference.name.empty() ? tr("less another")
                                       : tr("less %1").arg(QString::fromStdString(difference.name));
    }
}

const ScoredModel* modelOf(const Selection& selection, const ScoreIndex& index) {
    const auto found = std::ranges::find(index.models, selection.model, &ScoredModel::id);
    return found == index.models.end() ? nullptr : &*found;
}

using Add = std::function<void(const StackedMap&)>;

void addEntry(QMenu& menu, const QString& text, StackedMap map, const Add& add) {
    QObject::connect(menu.addAction(text), &QAction::triggered, &menu, [map = std::move(map), add] { add(map); });
}

StackedMap mapOfKind(MapKind kind) {
    StackedMap map;
    map.kind = kind;
    return map;
}

void addScores(QMenu& menu, const ScoredModel* model, const Add& add) {
    QMenu* scores = menu.addMenu(kindName(MapKind::Score));
    StackedMap map = mapOfKind(MapKind::Score);
    addEntry(*scores, tr("Of the selected layer"), map, add);
    map.layer = "";
    addEntry(*scores, tr("Of each vertex's best layer"), map, add);
    if (model == nullptr)
        return;
    scores->addSeparator();
    for (const std::string& layer : model->layerNames) {
        map.layer = layer;
        addEntry(*scores, QString::fromStdString(layer), map, add);
    }
}

void addDifferences(QMenu& menu, const Selection& selection, const ScoreIndex& index, const Add& add) {
    QMenu* differences = menu.addMenu(kindName(MapKind::Difference));
    StackedMap map = mapOfKind(MapKind::Difference);
    addEntry(*differences, tr("Less the first checkpoint"), map, add);
    map.difference.base = DifferenceBase::PreviousStep;
    addEntry(*differences, tr("Less the previous checkpoint"), map, add);
    for (const ScoredModel& model : index.models)
        if (model.id != selection.model) {
            map.difference = {DifferenceBase::Model, model.id};
            addEntry(*differences,
                     tr("Less %1").arg(QString::fromStdString(model.label.empty() ? model.id : model.label)), map, add);
        }
}

void addProperties(QMenu& menu, const Add& add) {
    QMenu* properties = menu.addMenu(kindName(MapKind::Property));
    StackedMap map = mapOfKind(MapKind::Property);
    for (const std::string& name : publishedPropertyNames()) {
        map.property = name;
        addEntry(*properties, QString::fromStdString(name), map, add);
    }
}

void paintColors(QPainter& painter, const QRectF& box, const MapColors& colors) {
    const auto colorAt = [&](double place) -> Rgba8 {
        if (!colors.labels.empty())
            return colors.labels[static_cast<std::size_t>(place * static_cast<double>(colors.labels.size()))].color;
        const int layers = static_cast<int>(colors.layerNames.size());
        if (colors.kind == MapKind::BestLayer)
            return LayerScale{layers, colors.vision}.colorOf(static_cast<int>(place * layers));
        return colors.scale.map.at(place);
    };
    const int columns = static_cast<int>(box.width() * painter.device()->devicePixelRatioF());
    for (int column = 0; column < columns; ++column) {
        const Rgba8 color = colorAt((column + 0.5) / columns);
        const double left = box.left() + box.width() * column / columns;
        painter.fillRect(QRectF(left, box.top(), box.right() - left, box.height()), QColor(color.r, color.g, color.b));
    }
}

} // namespace

QString kindName(MapKind kind) {
    switch (kind) {
    case MapKind::Score:
        return tr("Encoding score");
    case MapKind::BestLayer:
        return tr("Best layer");
    case MapKind::HalfTime:
        return tr("Half-time");
    case MapKind::Difference:
        return tr("Difference");
    case MapKind::TValue:
        return tr("t");
    case MapKind::QValue:
        return tr("q");
    case MapKind::Property:
        return tr("Property");
    case MapKind::Imported:
        break;
    }
    return tr("Map of a file");
}

QString mapTitle(const Selection& selection, int map, const ScoreIndex* index) {
    const StackedMap* own = findMap(selection.stack, map);
    const Selection shown = own != nullptr ? selectionFor(selection, *own) : firstMapOf(selection);
    if (shown.map == MapKind::Imported)
        return QString::fromStdString(shown.importedMap);
    if (shown.map == MapKind::Property)
        return tr("Property · %1").arg(QString::fromStdString(shown.property));
    QStringList parts{kindName(shown.map)};
    if (shown.map == MapKind::Difference)
        parts << baseName(shown.difference);
    if (own != nullptr && own->layer && shown.map != MapKind::BestLayer)
        parts << (own->layer->empty() ? tr("best layer") : QString::fromStdString(*own->layer));
    if (own != nullptr && own->recording)
        parts << (own->recording->empty() ? tr("group") : subjectOf(*own->recording, index));
    return parts.join(QStringLiteral(" · "));
}

void fillAddMenu(QMenu& menu, const Selection& selection, const ScoreIndex& index, const Add& add) {
    if (!index.models.empty() && index.vertexCounts.total() > 0) {
        addScores(menu, modelOf(selection, index), add);
        addEntry(menu, kindName(MapKind::BestLayer), mapOfKind(MapKind::BestLayer), add);
        addEntry(menu, kindName(MapKind::HalfTime), mapOfKind(MapKind::HalfTime), add);
        addDifferences(menu, selection, index, add);
        addEntry(menu, tr("t of the score"), mapOfKind(MapKind::TValue), add);
        addEntry(menu, tr("q of the score"), mapOfKind(MapKind::QValue), add);
        addProperties(menu, add);
        menu.addSeparator();
    }
    for (const std::string& name : index.importedMaps) {
        StackedMap map = mapOfKind(MapKind::Imported);
        map.importedMap = name;
        addEntry(menu, QString::fromStdString(name), map, add);
    }
}

QPixmap swatchOf(const MapColors* colors, QSize size, double pixelRatio) {
    QPixmap picture(size * pixelRatio);
    picture.setDevicePixelRatio(pixelRatio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(QPointF(0, 0), QSizeF(size)).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath outline;
    outline.addRoundedRect(box, 3, 3);
    painter.setClipPath(outline);
    if (colors != nullptr)
        paintColors(painter, box, *colors);
    painter.setClipping(false);
    painter.setPen(QPen(QColor(128, 128, 128, 160), 1));
    painter.drawPath(outline);
    return picture;
}

} // namespace brainlike
