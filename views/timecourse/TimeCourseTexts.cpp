#include "views/timecourse/TimeCourseTexts.h"

#include "views/state/LayerText.h"
#include "views/state/NumberText.h"
#include "views/state/SubjectsText.h"

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

const QString dotSeparator = QStringLiteral(" · ");

const ScoredModel& modelOf(const CourseContext& context) {
    return context.index->models[static_cast<std::size_t>(context.model)];
}

QString whoText(const CourseContext& context) {
    const auto& subjects = context.index->meg;
    return subjects.size() == 1 ? subjectText(subjects.front().subject) : subjectsText(subjects, context.recording);
}

QString channelsText(const CourseContext& context, bool each) {
    const auto all = context.index->channelNames.size();
    if (each)
        return QStringLiteral("each of %1 channels").arg(all);
    return context.chosenChannels == 0 ? QStringLiteral("%1 channels").arg(all)
                                       : QStringLiteral("%1 of %2 channels").arg(context.chosenChannels).arg(all);
}

QString timeText(const CourseContext& context, int time) {
    return millisecondsText(context.index->times[static_cast<std::size_t>(time)]);
}

/// Whose layer each line is of: "block_07", "each its best layer at 300 ms", "each its layer of the highest peak".
QString layerRuleText(const CourseContext& context) {
    if (context.isLayerChosen)
        return layerText(context);
    return context.time ? QStringLiteral("each its best layer at %1").arg(timeText(context, *context.time))
                        : QStringLiteral("each its layer of the highest peak");
}

/// Parts of the title of lines that are not of layers.
QStringList linesTitle(const CourseContext& context, LinesOf lines) {
    const ScoredModel& model = modelOf(context);
    const QString label = QString::fromStdString(model.label);
    const QString checkpoint = checkpointText(model.steps[static_cast<std::size_t>(context.step)]);
    const QString channels = channelsText(context, false);
    if (lines == LinesOf::Models)
        return {QStringLiteral("%1 models, in bold %2").arg(context.index->models.size()).arg(label), checkpoint,
                layerRuleText(context), whoText(context) + QStringLiteral(", ") + channels};
    if (lines == LinesOf::Steps)
        return {label, QStringLiteral("%1 checkpoints, in bold %2").arg(model.steps.size()).arg(checkpoint),
                layerRuleText(context), whoText(context) + QStringLiteral(", ") + channels};
    return {label, checkpoint,
            QStringLiteral("%1 and their mean, in bold %2")
                .arg(context.index->meg.size() == 1 ? QStringLiteral("one subject")
                                                    : QStringLiteral("%1 subjects").arg(context.index->meg.size()),
                     context.recording ? whoText(context) : QStringLiteral("the mean")),
            layerRuleText(context), channels};
}

double largestShare(const CourseSignificance& significance) {
    double largest = 0;
    for (const double share : significance.shares)
        largest = share > largest ? share : largest;
    return largest;
}

} // namespace

QString layerName(const CourseContext& context, int layer) {
    const auto& names = modelOf(context).layerNames;
    return layer < 0 || layer >= static_cast<int>(names.size())
               ? QString()
               : QString::fromStdString(names[static_cast<std::size_t>(layer)]);
}

QString layerText(const CourseContext& context) {
    const QString name = layerName(context, context.layer);
    if (context.isLayerChosen || name.isEmpty())
        return name.isEmpty() ? name : layerPlaceText(modelOf(context), name.toStdString());
    return context.time ? QStringLiteral("%1 (best at %2)").arg(name, timeText(context, *context.time))
                        : QStringLiteral("%1 (highest peak)").arg(name);
}

int subjectCount(const CourseContext& context) {
    return context.recording ? 1 : static_cast<int>(context.index->meg.size());
}

QStringList courseTitle(const CourseContext& context, MegMode mode, bool isCompared, LinesOf lines) {
    if (mode == MegMode::Lines && !isCompared && lines != LinesOf::Layers)
        return linesTitle(context, lines);
    const ScoredModel& model = modelOf(context);
    const QString checkpoint = checkpointText(model.steps[static_cast<std::size_t>(context.step)]);
    const QString who = whoText(context) + QStringLiteral(", ") + channelsText(context, mode == MegMode::Channels);
    QStringList parts{QString::fromStdString(model.label)};
    if (mode == MegMode::Steps)
        parts << QStringLiteral("%1 checkpoints × time").arg(model.steps.size())
              << (context.isLayerChosen ? layerText(context) : QStringLiteral("best layer of each time"));
    else
        parts << checkpoint;
    if (mode == MegMode::Channels || (mode == MegMode::Lines && isCompared))
        parts << layerText(context);
    else if (mode == MegMode::Lines)
        parts << QStringLiteral("%1 layers, in bold %2").arg(model.layerNames.size()).arg(layerText(context));
    if (mode == MegMode::Layers)
        parts << QStringLiteral("%1 layers × time").arg(model.layerNames.size());
    return parts << who;
}

QString coursePointText(const CourseContext& context, const TimeCourses& courses, int layer, int time,
                        const std::vector<TimeWindow>& windows) {
    if (layer < 0 || time < 0 || layer >= courses.mean.rows() || time >= courses.mean.cols())
        return {};
    QStringList parts{timeText(context, time), layerName(context, layer),
                      QStringLiteral("R ") + scoreText(static_cast<double>(courses.mean(layer, time)),
                                                       static_cast<double>(courses.sem(layer, time)))};
    const double seconds = context.index->times[static_cast<std::size_t>(time)];
    for (const TimeWindow& window : windows)
        if (seconds >= window.start && seconds <= window.end)
            parts << QStringLiteral("window ") + windowText(window);
    return parts.join(dotSeparator);
}

QString coursePairText(const CoursePair& pair, int layerOfA, int layerOfB, int time) {
    const auto valueOf = [time](const TimeCourses* courses, int layer) {
        const bool isThere = courses != nullptr && layer >= 0 && layer < courses->mean.rows() && time >= 0 &&
                             time < courses->mean.cols();
        return isThere ? std::pair{static_cast<double>(courses->mean(layer, time)),
                                   static_cast<double>(courses->sem(layer, time))}
                       : std::pair{std::nan(""), std::nan("")};
    };
    const auto [a, semOfA] = valueOf(pair.ofA, layerOfA);
    const auto [b, semOfB] = valueOf(pair.ofB, layerOfB);
    return QStringList{timeText(pair.a, time), QStringLiteral("A − B %1").arg(scoreText(a - b)),
                       QStringLiteral("A %1 R %2").arg(layerName(pair.a, layerOfA), scoreText(a, semOfA)),
                       QStringLiteral("B %1 R %2").arg(layerName(pair.b, layerOfB), scoreText(b, semOfB))}
        .join(dotSeparator);
}

QString sensorText(const CourseContext& context, const SensorScores& scores, int channel, int time) {
    if (channel < 0 || time < 0 || channel >= scores.mean.rows() || time >= scores.mean.cols())
        return {};
    const auto q = static_cast<double>(scores.q(channel, time));
    QStringList parts{timeText(context, time),
                      QString::fromStdString(context.index->channelNames[static_cast<std::size_t>(channel)]),
                      layerName(context, context.layer),
                      QStringLiteral("R ") + scoreText(static_cast<double>(scores.mean(channel, time)))};
    if (std::isfinite(q))
        parts << QStringLiteral("q ") + scoreText(q);
    return parts.join(dotSeparator);
}

QString significanceText(const CourseContext& context, const CourseSignificance& significance) {
    QStringList parts;
    if (significance.onset)
        parts << (significance.isOnsetTested ? QStringLiteral("▲ onset %1")
                                             : QStringLiteral("△ above baseline from %1"))
                     .arg(millisecondsText(*significance.onset));
    if (significance.maximum)
        parts << QStringLiteral("◆ T_max %1").arg(millisecondsText(*significance.maximum));
    const auto passing = std::ranges::count(significance.meanPasses, true);
    const double share = largestShare(significance);
    const int subjects = subjectCount(context);
    QStringList tested;
    if (passing > 0)
        tested << QStringLiteral("mean at %1 of %2 times").arg(passing).arg(significance.meanPasses.size());
    if (share > 0)
        tested << QStringLiteral("up to %1 of channels").arg(percentText(share));
    if (!tested.isEmpty())
        parts << QStringLiteral("q < 0.01: ") + tested.join(QStringLiteral(", "));
    else if (!significance.shares.empty())
        parts << QStringLiteral("q < 0.01 nowhere (%1)")
                     .arg(subjects == 1 ? QStringLiteral("1 subject") : QStringLiteral("%1 subjects").arg(subjects));
    return parts.join(dotSeparator);
}

QString significanceTip(const CourseContext& context, const CourseSignificance& significance) {
    const int subjects = subjectCount(context);
    QStringList lines{
        QStringLiteral("Of %1, %2.").arg(layerName(context, context.layer), channelsText(context, false))};
    if (significance.band)
        lines << QStringLiteral("Grey band: where the score lies before the image, mean ± 2.58 standard deviations of "
                                "its %1 times below 0. Nothing can be predicted there: what chance looks like.")
                     .arg(significance.band->samples);
    lines << (subjects > 1
                  ? QStringLiteral("Grey bar: share of channels with q < 0.01 at a time, t-test of R against 0 "
                                   "over %1 subjects, Benjamini–Hochberg over channels × times of the layer.")
                        .arg(subjects)
                  : QStringLiteral("Grey bar: share of channels with q < 0.01 at a time, p of r over images, "
                                   "Benjamini–Hochberg over channels × times of the layer."));
    lines << (subjects > 1
                  ? QStringLiteral("Blue bar: the mean over channels passes q < 0.01, t-test over %1 subjects, "
                                   "Benjamini–Hochberg over times.")
                        .arg(subjects)
                  : QStringLiteral("The mean over channels is not tested: one subject."));
    lines << QStringLiteral("▲ Onset: first time from 0 on at which the mean passes, and the next one too.")
          << QStringLiteral("△ Where no test passes: first time from 0 on above the grey band, and the next one too; a "
                            "description, not a test.")
          << QStringLiteral("◆ T_max: mean of the times from 0 on with at least 95 % of the largest score there.");
    return lines.join('\n');
}

} // namespace brainlike
