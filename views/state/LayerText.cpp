#include "views/state/LayerText.h"

#include <QObject>

#include <algorithm>

namespace brainlike {

QString layerPlaceText(const ScoredModel& model, const std::optional<std::string>& layer) {
    const auto& names = model.layerNames;
    if (!layer)
        return QObject::tr("best of %1 layers").arg(names.size());
    const auto found = std::ranges::find(names, *layer);
    const QString name = QString::fromStdString(*layer);
    return found == names.end()
               ? name
               : QObject::tr("%1 (layer %2 of %3)").arg(name).arg(found - names.begin() + 1).arg(names.size());
}

} // namespace brainlike
