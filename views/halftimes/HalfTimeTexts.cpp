#include "views/halftimes/HalfTimeTexts.h"

#include "views/state/NumberText.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("HalfTimesPanel", text);
}

/// "2.1×" of a log2.
QString factorText(double doublings) {
    const double factor = std::exp2(std::abs(doublings));
    return QString::number(factor, 'f', factor < 9.95 ? 1 : 0) + QChar(0x00D7);
}

} // namespace

QString halfTimeText(const HalfTimeUnit& unit) {
    const HalfTime& half = unit.halfTime;
    if (half.status == HalfTimeStatus::AtOrBeforeFirst)
        return tr("half of the final score at the first checkpoint already (%1)").arg(checkpointText(half.firstStep));
    if (half.status != HalfTimeStatus::Ok)
        return tr("no half-time, the final score is not above 0");
    QString text = tr("half-time %1 steps").arg(interpolatedStepText(half.step));
    if (const QString interval = halfTimeIntervalText(unit.interval); !interval.isEmpty())
        text += QStringLiteral(" (%1)").arg(interval);
    return text + tr(", %1 of training").arg(percentText(half.share));
}

QString earlierText(const HalfTimeDifference& difference) {
    if (!std::isfinite(difference.steps))
        return QStringLiteral("–");
    if (difference.steps == 0)
        return tr("the same");
    const QString word = difference.steps < 0 ? tr("earlier") : tr("later");
    return std::isfinite(difference.doublings) ? tr("A %1 %2").arg(factorText(difference.doublings), word)
                                               : tr("A %1").arg(word);
}

QString reachedText(const HalfTimeUnits& units, const std::vector<int>& shown) {
    std::vector<const HalfTimeUnit*> reached;
    for (const int at : shown)
        if (units.units[static_cast<std::size_t>(at)].halfTime.status == HalfTimeStatus::Ok)
            reached.push_back(&units.units[static_cast<std::size_t>(at)]);
    if (reached.empty())
        return tr("None of %1 has a half-time").arg(shown.size());
    const auto [first, last] =
        std::ranges::minmax_element(reached, {}, [](const HalfTimeUnit* unit) { return unit->halfTime.step; });
    const QString text = tr("%1 of %2 have one: first %3 (%4), last %5 (%6)")
                             .arg(reached.size())
                             .arg(shown.size())
                             .arg(unitName((*first)->id), interpolatedStepText((*first)->halfTime.step),
                                  unitName((*last)->id), interpolatedStepText((*last)->halfTime.step));
    return text + (units.noInterval.empty() ? tr(" · whiskers: 95 % over subjects")
                                            : tr(" · no intervals: %1").arg(QString::fromStdString(units.noInterval)));
}

QString comparisonSummary(const HalfTimeComparison& comparison) {
    if (comparison.both == 0)
        return tr("A − B: no unit has a half-time in both");
    const QString text = tr("A − B: A earlier in %1 of %2 with both").arg(comparison.earlier).arg(comparison.both);
    if (!std::isfinite(comparison.medianDoublings))
        return text;
    const QString word = comparison.medianDoublings <= 0 ? tr("earlier") : tr("later");
    return text + tr(", median %1 %2").arg(factorText(comparison.medianDoublings), word);
}

QString placeCorrelationText(const HalfTimeUnits& units) {
    const Correlation& found = units.againstPlace;
    if (!units.noPlace.empty())
        return QString::fromStdString(units.noPlace);
    if (!std::isfinite(found.r))
        return tr("No correlation: %1 (n %2)").arg(QString::fromUtf8(nameOf(found.status).data())).arg(found.n);
    QString text = tr("r of steps (not of their log) %1, n %2, p %3")
                       .arg(scoreText(found.r))
                       .arg(found.n)
                       .arg(probabilityText(found.p));
    if (std::isfinite(found.ciLow))
        text += tr(", 95 % %1 to %2").arg(scoreText(found.ciLow), scoreText(found.ciHigh));
    return text + tr(" · units without a half-time are left out");
}

} // namespace brainlike
