#include "views/responses/ResponseTexts.h"

#include "views/state/LayerText.h"
#include "views/state/NumberText.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <set>

namespace brainlike {
namespace {

/// Beyond this two correlations are not the same number with other rounding.
constexpr double visibleDifference = 1e-4;

QString tr(const char* text) {
    return QCoreApplication::translate("ResponsesPanel", text);
}

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

QString targetText(const ShownTarget& shown, TargetKind kind, std::optional<VertexId> vertex) {
    if (kind == TargetKind::Sensor) {
        const QString place =
            tr("Responses of %1 at %2").arg(text(shown.name), millisecondsText(shown.time.value_or(0)));
        return shown.candidates == 0 ? place : place + tr(" (highest R of %1 sensors)").arg(shown.candidates);
    }
    const auto side = vertex ? shortName(vertex->hemisphere) : std::string_view();
    const QString hemisphere = QString::fromLatin1(side.data(), static_cast<qsizetype>(side.size()));
    if (shown.isChosen)
        return tr("Responses in %1 (chosen), mean of %2 vertices")
            .arg(text(shown.name), countText(shown.prediction.targets));
    if (kind == TargetKind::Area)
        return tr("Responses in %1 %2, mean of %3 vertices")
            .arg(hemisphere, text(shown.name), countText(shown.prediction.targets));
    const QString place = tr("Responses at %1 %2").arg(hemisphere, countText(vertex ? vertex->index : 0));
    return shown.name.empty() ? place : place + " (" + text(shown.name) + ")";
}

QString alphaText(const TargetPrediction& prediction) {
    std::set<double> alphas;
    for (const double alpha : prediction.alphas)
        if (std::isfinite(alpha))
            alphas.insert(alpha);
    if (alphas.empty())
        return prediction.targets > 1 ? tr("λ of each vertex") : tr("no λ");
    return alphas.size() == 1 ? tr("λ %1").arg(valueText(*alphas.begin()))
                              : tr("λ %1 to %2").arg(valueText(*alphas.begin()), valueText(*alphas.rbegin()));
}

} // namespace

QStringList responseTitle(const ShownTarget& shown, const ScoredModel& model, TargetKind kind,
                          std::optional<VertexId> vertex, int subjects) {
    const auto& prediction = shown.prediction;
    const std::set<int> folds(prediction.folds.begin(), prediction.folds.end());
    const QString layer = layerPlaceText(model, shown.unit.layer);
    return {
        targetText(shown, kind, vertex),
        text(shown.modelLabel),
        !shown.isBestLayer                            ? layer
        : kind == TargetKind::Area && !shown.isChosen ? tr("%1, the best layer at the picked vertex").arg(layer)
                                                      : tr("%1, the best layer here").arg(layer),
        checkpointText(shown.unit.step),
        subjects > 1 ? tr("%1 of %2 subjects").arg(text(shown.subject)).arg(subjects) : text(shown.subject),
        tr("%1 images, %2 folds").arg(countText(static_cast<std::int64_t>(prediction.images.size()))).arg(folds.size()),
        alphaText(prediction)};
}

QString responseSummary(const ShownTarget& shown) {
    const auto& prediction = shown.prediction;
    if (!std::isfinite(prediction.score))
        return tr("No R: the responses do not vary, or are left out by the mask");
    QString summary = tr("R %1").arg(scoreText(prediction.score));
    std::vector<double> folds;
    std::ranges::copy_if(prediction.foldScores, std::back_inserter(folds), [](double r) { return std::isfinite(r); });
    if (folds.size() > 1) {
        const auto [low, high] = std::ranges::minmax(folds);
        summary += tr(", folds %1 to %2").arg(scoreText(low), scoreText(high));
    }
    if (prediction.targets > 1)
        summary += tr(" (mean of the vertices; of their mean response %1)").arg(scoreText(prediction.joint));
    if (std::abs(prediction.score - shown.stored) > visibleDifference)
        summary += tr(" · the scores say %1: the study's files have changed since").arg(scoreText(shown.stored));
    else if (!shown.isCurrent)
        summary += tr(" · some of the study's files have changed since the scores were made");
    return summary;
}

QString imageText(const TargetPrediction& prediction, int image) {
    const auto index = static_cast<std::size_t>(image);
    return tr("%1: %2, predicted %3 (fold %4)")
        .arg(text(prediction.images[index]), valueText(prediction.measured[index]),
             valueText(prediction.predicted[index]))
        .arg(prediction.folds[index] + 1);
}

QString errorMapText(const ShownTarget& shown, ErrorKind kind, int images, int number) {
    const QString error = kind == ErrorKind::Absolute ? tr("Mean |error| (SD)") : tr("Mean error (SD)");
    const QString count = images == 1 ? tr("1 image") : tr("%1 images").arg(images);
    return tr("%1 of %2, brush %3 · %4 · %5 · %6")
        .arg(error, count)
        .arg(number)
        .arg(text(shown.unit.layer), checkpointText(shown.unit.step), text(shown.cortexSubject));
}

QString responseDifference(const ShownTarget& a, const ShownTarget& b) {
    const auto differences = errorDifferences(a.prediction, b.prediction);
    const auto known = std::ranges::count_if(differences, [](double value) { return std::isfinite(value); });
    const auto worse = std::ranges::count_if(differences, [](double value) { return value > 0; });
    const QString images = tr("B further off in %1 of %2 images").arg(worse).arg(known);
    const double scores = a.prediction.score - b.prediction.score;
    return std::isfinite(scores) ? tr("A − B: R %1 · %2").arg(scoreText(scores), images) : tr("A − B: %1").arg(images);
}

} // namespace brainlike
