#include "views/training/TrainingCurves.h"

#include "views/state/NumberText.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <utility>

namespace brainlike {

std::optional<double> TrainingCurve::finalValue() const {
    if (values.empty() || !(values.back() > 0) || !std::isfinite(values.back()))
        return std::nullopt;
    return values.back();
}

double TrainingCurve::share(std::size_t checkpoint) const {
    const std::optional<double> last = finalValue();
    return last ? values.at(checkpoint) / *last : std::nan("");
}

QString TrainingCurve::halfTimeText() const {
    switch (half.status) {
    case HalfTimeStatus::Ok:
        return QStringLiteral("T½ ") + percentText(half.share);
    case HalfTimeStatus::AtOrBeforeFirst:
        return QStringLiteral("T½ ≤ ") + (half.firstStep == 0 ? checkpointText(0) : stepText(half.firstStep)) +
               (censoredSoFar ? QStringLiteral(" so far") : QString());
    case HalfTimeStatus::FinalNotPositive:
        break;
    }
    return QStringLiteral("no T½");
}

QString TrainingCurve::halfTimeDetail() const {
    if (half.status != HalfTimeStatus::Ok)
        return name + QStringLiteral(": ") + halfTimeText();
    QString text = QStringLiteral("%1: half-time %2 steps").arg(name, interpolatedStepText(half.step));
    if (const QString ends = halfTimeIntervalText(interval); !ends.isEmpty())
        text += QStringLiteral(" (over subjects %1)").arg(ends);
    return text;
}

TrainingCurves TrainingCurves::of(const ScoredModel& model, const SummaryCurves& summary, bool hasFmri) {
    TrainingCurves result;
    result.id = model.id;
    result.label = QString::fromStdString(model.label.empty() ? model.id : model.label);
    result.steps = model.steps;
    result.batchSize = model.batchSize;
    result.curves[0].name = hasFmri ? QStringLiteral("encoding") : QStringLiteral("encoding (MEG)");
    result.curves[1].name = QStringLiteral("spatial");
    result.curves[2].name = QStringLiteral("temporal");
    result.curves[0].values = hasFmri ? summary.encodingFmri : summary.encodingMeg;
    result.curves[1].values = summary.spatial;
    result.curves[2].values = summary.temporal;
    result.computed.assign(model.steps.size(), false);
    for (TrainingCurve& curve : result.curves) {
        curve.values.resize(model.steps.size(), std::nan(""));
        if (!curve.values.empty())
            curve.half = halfTime(result.steps, curve.values);
        curve.censoredSoFar = !model.steps.empty() && curve.half.firstStep != model.steps.front();
        for (std::size_t at = 0; at < curve.values.size(); ++at)
            result.computed[at] = result.computed[at] || std::isfinite(curve.values[at]);
    }
    return result;
}

double TrainingCurves::shareOfTraining(std::size_t checkpoint) const {
    const auto last = static_cast<double>(steps.back());
    return last > 0 ? static_cast<double>(steps.at(checkpoint)) / last : 0;
}

QString TrainingCurves::checkpointLine(std::size_t checkpoint) const {
    const std::int64_t step = steps.at(checkpoint);
    QStringList parts{checkpointText(step) + (step == 0 ? QStringLiteral(", 0") : QString()) + QStringLiteral(" of ") +
                      stepText(steps.back()) + (step == 0 ? QStringLiteral(" steps") : QString())};
    if (step > 0)
        parts << percentText(shareOfTraining(checkpoint));
    if (batchSize && step > 0)
        parts << imagesText(*batchSize * static_cast<double>(step));
    return parts.join(QStringLiteral(" · "));
}

int TrainingCurves::checkpointOf(std::int64_t step) const {
    const auto found = std::ranges::lower_bound(steps, step);
    return found == steps.end() || *found != step ? -1 : static_cast<int>(found - steps.begin());
}

QString TrainingCurves::description(std::size_t checkpoint) const {
    QStringList parts{checkpointLine(checkpoint)};
    if (!computed.at(checkpoint))
        parts << QStringLiteral("not computed yet");
    else
        for (const TrainingCurve& curve : curves)
            parts << curve.name + ' ' + scoreText(curve.values.at(checkpoint));
    return parts.join(QStringLiteral(", "));
}

QColor curveColor(std::size_t curve, const Theme& theme) {
    return curve == 0 ? theme.encoding : curve == 1 ? theme.spatial : theme.temporal;
}

} // namespace brainlike
