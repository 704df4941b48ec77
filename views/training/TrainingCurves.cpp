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

TrainingCurves TrainingCurves::of(const ScoredModel& model, const SummaryCurves& summary, bool hasFmri) {
    TrainingCurves result;
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

QString TrainingCurves::tip(std::size_t checkpoint, const Theme& theme) const {
    QString text = QStringLiteral("<p style=\"white-space:pre\"><b>%1</b></p>").arg(checkpointLine(checkpoint));
    if (!computed.at(checkpoint))
        return text + QStringLiteral("<p>not computed yet</p>");
    text += QStringLiteral("<table cellspacing=\"0\" cellpadding=\"2\">");
    for (std::size_t at = 0; at < curves.size(); ++at) {
        const double share = curves[at].share(checkpoint);
        const QString ofFinal = std::isfinite(share) ? percentText(share) + QStringLiteral(" of final") : QString();
        text += QStringLiteral("<tr><td><span style=\"color:%1\">■</span> %2&nbsp;&nbsp;</td>"
                               "<td align=\"right\"><b>%3</b>&nbsp;&nbsp;</td><td align=\"right\">%4</td></tr>")
                    .arg(curveColor(at, theme).name(), curves[at].name, scoreText(curves[at].values.at(checkpoint)),
                         ofFinal);
    }
    return text + QStringLiteral("</table>");
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
