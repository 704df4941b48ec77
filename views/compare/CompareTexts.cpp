#include "views/compare/CompareTexts.h"

#include "views/state/NumberText.h"

#include <QObject>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace brainlike {
namespace {

QString unitsText(CompareUnit unit) {
    const QString title = unitTitle(unit);
    return unit == CompareUnit::Rois || unit == CompareUnit::Windows ? title : title.toLower();
}

int unitsAbove(const SideComparison& side) {
    int above = 0;
    for (std::size_t i = 0; i < side.a.size(); ++i)
        above += side.a[i] > side.b[i] ? 1 : 0;
    return above;
}

/// "2.1", "−0.0031": three digits are enough for a slope.
QString slopeText(double slope) {
    return scoreText(slope);
}

} // namespace

QString modelLabel(const ScoredModel& model) {
    return QString::fromStdString(model.label.empty() ? model.id : model.label);
}

QString unitTitle(CompareUnit unit) {
    switch (unit) {
    case CompareUnit::Subjects:
        return QObject::tr("Subjects");
    case CompareUnit::Rois:
        return QObject::tr("ROIs");
    case CompareUnit::Areas:
        return QObject::tr("Areas");
    case CompareUnit::Vertices:
        return QObject::tr("Vertices");
    case CompareUnit::Windows:
        break;
    }
    return QObject::tr("MEG windows");
}

QString metricTitle(CurveMetric metric) {
    switch (metric) {
    case CurveMetric::EncodingFmri:
        return QObject::tr("Encoding score (fMRI)");
    case CurveMetric::EncodingMeg:
        return QObject::tr("Encoding score (MEG)");
    case CurveMetric::Spatial:
        return QObject::tr("Spatial score");
    case CurveMetric::Temporal:
        break;
    }
    return QObject::tr("Temporal score");
}

QString cellText(double number) {
    if (!std::isfinite(number))
        return QStringLiteral("–");
    return number < 1e6 ? QString::number(number, 'g', 6) : countText(std::llround(number));
}

QString sentenceOf(const SideComparison& side) {
    if (!side.missing.empty())
        return QObject::tr("%1: %2.").arg(unitTitle(side.unit), QString::fromStdString(side.missing));
    const QString units = unitsText(side.unit);
    const PairedTest& test = side.test;
    if (test.n == 0)
        return QObject::tr("A and B do not differ in any of the %1, so there is nothing to test.").arg(units);
    QStringList parts;
    parts << (test.meanDifference < 0
                  ? QObject::tr("A is below B by %1 on average").arg(scoreText(-test.meanDifference))
                  : QObject::tr("A is above B by %1 on average").arg(scoreText(test.meanDifference)));
    parts.back() += QObject::tr("; A is above B in %1 of %2 %3 that differ (Wilcoxon p = %4).")
                        .arg(countText(unitsAbove(side)), countText(test.n), units, probabilityText(test.p));
    parts << QObject::tr("The smallest p that %1 %2 can reach is %3.")
                 .arg(countText(test.n), units, probabilityText(test.smallestP));
    if (side.unit != CompareUnit::Subjects)
        parts << QObject::tr("%1 of one brain are not independent: p says how consistent the difference is over them.")
                     .arg(unitTitle(side.unit));
    return parts.join(' ');
}

namespace {

/// @param factor  "parameters", "training images"
QString fitSentence(const std::vector<SizeFit>& fits, CurveMetric metric, const QString& factor) {
    QStringList parts;
    for (const SizeFit& fit : fits) {
        if (fit.metric != metric)
            continue;
        const QString who = fit.imageType.empty()
                                ? QObject::tr("all models")
                                : QObject::tr("models of %1 images").arg(QString::fromStdString(fit.imageType));
        const Correlation& correlation = fit.correlation;
        if (!std::isfinite(fit.slope)) {
            if (fit.imageType.empty())
                parts << QObject::tr("No fit: fewer than two models differ in a known number of %1.").arg(factor);
            continue;
        }
        QString text = QObject::tr("Ten times as many %1: %2 (%3, n = %4")
                           .arg(factor, slopeText(fit.slope), who, QString::number(correlation.n));
        if (std::isfinite(correlation.r))
            text += QObject::tr(", r = %1, p = %2").arg(scoreText(correlation.r), probabilityText(correlation.p));
        else
            text += QObject::tr("; r needs three");
        parts << text + QStringLiteral(").");
    }
    return parts.join(' ');
}

} // namespace

QString sizeSentence(const ModelFactors& factors, CurveMetric metric) {
    return fitSentence(factors.sizeFits, metric, QObject::tr("parameters"));
}

QString imagesSentence(const ModelFactors& factors, CurveMetric metric) {
    return fitSentence(factors.imageFits, metric, QObject::tr("training images"));
}

QString stepSentence(const ModelFactor& factor, CurveMetric metric, const QString& model) {
    const LogFit& fit = factor.overSteps[static_cast<std::size_t>(metric)];
    if (!std::isfinite(fit.slope))
        return QObject::tr("No fit over the training of %1: fewer than two checkpoints have this score.").arg(model);
    return QObject::tr("Ten times as many steps: %1 (%2, R² = %3, n = %4 checkpoints).")
        .arg(slopeText(fit.slope), model, scoreText(fit.r2), QString::number(fit.n));
}

QString imageTypeSentence(const ModelFactors& factors, CurveMetric metric, const ScoreIndex& index) {
    QStringList sentences;
    for (const ImageTypeMeans& means : imageTypeMeans(factors, index, metric)) {
        QStringList parts;
        for (std::size_t type = 0; type < means.types.size(); ++type)
            parts << QObject::tr("%1 %2 (n = %3)")
                         .arg(QString::fromStdString(means.types[type]), scoreText(means.scores[type]))
                         .arg(means.counts[type]);
        sentences << (means.parameters
                          ? QObject::tr("Image types at %1 parameters: %2.")
                                .arg(shortStepText(std::llround(*means.parameters)), parts.join(QStringLiteral(", ")))
                          : QObject::tr("Image types, sizes not known: %1.").arg(parts.join(QStringLiteral(", "))));
    }
    return sentences.join(' ');
}

} // namespace brainlike
