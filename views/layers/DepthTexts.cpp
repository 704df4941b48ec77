#include "views/layers/DepthTexts.h"

#include "core/scores/HalfTime.h"
#include "views/state/NumberText.h"

#include <QObject>

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr double sameDepth = 1e-9;

QString layerNamed(const ScoredModel& model, int layer) {
    return QString::fromStdString(model.layerNames.at(static_cast<std::size_t>(layer)));
}

} // namespace

QString layerScoreText(const ScoredModel& model, const LayerProfile& profile, int layer) {
    const auto at = static_cast<std::size_t>(layer);
    return layerNamed(model, layer) + QStringLiteral(" · R ") + scoreText(profile.mean.at(at), profile.sem.at(at));
}

QString profileText(const ScoredModel& model, const LayerProfile& profile, std::optional<int> selected) {
    const int best = profile.bestLayer(), second = profile.runnerUp();
    QString text = selected ? QObject::tr("Selected: %1").arg(layerScoreText(model, profile, *selected))
                            : QObject::tr("Best: %1").arg(layerScoreText(model, profile, best));
    if (!selected && second >= 0)
        text += QObject::tr(", %1 above %2")
                    .arg(scoreText(profile.mean[static_cast<std::size_t>(best)] -
                                   profile.mean[static_cast<std::size_t>(second)]),
                         layerNamed(model, second));
    return text;
}

QString trajectoryText(const std::vector<std::int64_t>& steps, const std::vector<double>& values) {
    const HalfTime half = halfTime(steps, values);
    if (half.status == HalfTimeStatus::Ok)
        return QObject::tr("half-time %1 steps (%2)").arg(interpolatedStepText(half.step), percentText(half.share));
    if (half.status == HalfTimeStatus::AtOrBeforeFirst)
        return QObject::tr("half-time ≤ ") +
               (half.firstStep == 0 ? checkpointText(0) : stepText(half.firstStep) + QObject::tr(" steps")) +
               (half.firstStep == steps.front() ? QString() : QObject::tr(" so far"));
    return std::isfinite(values.back()) ? QObject::tr("no half-time: the last checkpoint is not above zero")
                                        : QObject::tr("no half-time: the last checkpoint is not computed");
}

LayerDifferences layerDifferences(const ScoredModel& a, const LayerProfile& ofA, const ScoredModel& b,
                                  const LayerProfile& ofB) {
    LayerDifferences differences;
    for (std::size_t layer = 0; layer < std::min(a.layerDepths.size(), ofA.mean.size()); ++layer) {
        const auto found = std::ranges::find_if(
            b.layerDepths, [&](double depth) { return std::abs(depth - a.layerDepths[layer]) < sameDepth; });
        const auto other = static_cast<std::size_t>(found - b.layerDepths.begin());
        if (found == b.layerDepths.end() || other >= ofB.mean.size())
            continue;
        differences.layers.push_back(static_cast<int>(layer));
        differences.others.push_back(static_cast<int>(other));
        differences.values.push_back(ofA.mean[layer] - ofB.mean[other]);
    }
    return differences;
}

QString differenceText(const ScoredModel& a, const LayerDifferences& differences) {
    if (differences.layers.empty())
        return QObject::tr("A − B: their layers lie at different depths");
    int largest = -1;
    for (int at = 0; at < static_cast<int>(differences.values.size()); ++at) {
        const double value = std::abs(differences.values[static_cast<std::size_t>(at)]);
        if (std::isfinite(value) &&
            (largest < 0 || value > std::abs(differences.values[static_cast<std::size_t>(largest)])))
            largest = at;
    }
    if (largest < 0)
        return QObject::tr("A − B: not computed");
    const auto at = static_cast<std::size_t>(largest);
    return QObject::tr("A − B: most at %1, %2")
        .arg(layerNamed(a, differences.layers[at]), signedScoreText(differences.values[at]));
}

QString signedScoreText(double difference) {
    return (difference > 0 ? QStringLiteral("+") : QString()) + scoreText(difference);
}

} // namespace brainlike
