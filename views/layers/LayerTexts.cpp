#include "views/layers/LayerTexts.h"

#include "views/state/NumberText.h"

#include <QObject>

#include <cmath>

namespace brainlike {

QString correlationText(const Correlation& correlation, const QString& units) {
    if (!std::isfinite(correlation.r))
        return QObject::tr("no correlation: %1 (n %2 %3)")
            .arg(QString::fromUtf8(nameOf(correlation.status).data()))
            .arg(correlation.n)
            .arg(units);
    QString text = QObject::tr("r %1, n %2 %3, p %4")
                       .arg(scoreText(correlation.r))
                       .arg(correlation.n)
                       .arg(units)
                       .arg(probabilityText(correlation.p));
    if (std::isfinite(correlation.ciLow))
        text += QObject::tr(", 95 % %1 to %2").arg(scoreText(correlation.ciLow), scoreText(correlation.ciHigh));
    return text;
}

} // namespace brainlike
