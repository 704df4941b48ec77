#include "views/training/CheckpointTip.h"

#include "views/state/DistinctNames.h"
#include "views/state/NumberText.h"

#include <QStringList>

#include <algorithm>
#include <cmath>

namespace brainlike {
namespace {

constexpr std::size_t mostModels = 6;

QString cell(const QString& text, bool isBold = false) {
    return QStringLiteral("<td align=\"right\">%1%2%3&nbsp;&nbsp;</td>")
        .arg(isBold ? QStringLiteral("<b>") : QString(), text, isBold ? QStringLiteral("</b>") : QString());
}

QString valueText(double value) {
    return std::isfinite(value) ? scoreText(value) : QStringLiteral("–");
}

QString differenceText(double value) {
    if (!std::isfinite(value))
        return QStringLiteral("–");
    return (value > 0 ? QStringLiteral("+") : QString()) + scoreText(value);
}

/// What stands below the name of a score: where the values are of.
QStringList headings(const TrainingCurves& current, int pointed, int selected, bool isCompared) {
    const auto name = [&](int checkpoint) {
        const std::int64_t step = current.steps[static_cast<std::size_t>(checkpoint)];
        return step == 0 ? checkpointText(0) : shortStepText(step);
    };
    if (isCompared)
        return {name(pointed), name(selected), QStringLiteral("difference")};
    return {name(pointed), QStringLiteral("of final")};
}

/// A row a model, all scores beside each other: the tip stays low.
/// @param selected  checkpoint that is compared with; −1: the model has none of that step
QString rowOf(const QString& name, const TrainingCurves& model, int pointed, int selected, bool isCompared) {
    QString row = QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td>").arg(name.toHtmlEscaped());
    for (const TrainingCurve& curve : model.curves) {
        const double value = curve.values.at(static_cast<std::size_t>(pointed));
        row += cell(valueText(value), true);
        if (isCompared) {
            const double there = selected < 0 ? std::nan("") : curve.values.at(static_cast<std::size_t>(selected));
            row += cell(valueText(there)) + cell(differenceText(value - there));
        } else {
            const double share = curve.share(static_cast<std::size_t>(pointed));
            row += cell(std::isfinite(share) ? percentText(share) : QString());
        }
    }
    return row + QStringLiteral("</tr>");
}

QString headRows(const TrainingCurves& current, const QStringList& below, const Theme& theme) {
    QString names = QStringLiteral("<tr><td></td>"), steps(names);
    for (std::size_t curve = 0; curve < current.curves.size(); ++curve) {
        names += QStringLiteral("<td colspan=\"%1\"><span style=\"color:%2\">■</span> %3</td>")
                     .arg(QString::number(below.size()), curveColor(curve, theme).name(), current.curves[curve].name);
        for (const QString& heading : below)
            steps += cell(heading);
    }
    return names + QStringLiteral("</tr>") + steps + QStringLiteral("</tr>");
}

} // namespace

QString checkpointTip(const TrainingCurves& current, const std::vector<const TrainingCurves*>& others, int pointed,
                      int selected, const Theme& theme) {
    const auto at = static_cast<std::size_t>(pointed);
    QString text = QStringLiteral("<p style=\"white-space:pre\"><b>%1</b></p>").arg(current.checkpointLine(at));
    if (!current.computed.at(at))
        return text + QStringLiteral("<p>not computed yet</p>");
    const bool isCompared = selected >= 0 && selected != pointed;
    const std::size_t shown = std::min(others.size(), mostModels);
    QStringList labels{current.label};
    for (std::size_t model = 0; model < shown; ++model)
        labels << others[model]->label;
    const QStringList names = distinctNames(labels);
    const QStringList below = headings(current, pointed, selected, isCompared);
    text += QStringLiteral("<table cellspacing=\"0\" cellpadding=\"1\">") + headRows(current, below, theme) +
            rowOf(names.front(), current, pointed, selected, isCompared);
    for (std::size_t model = 0; model < shown; ++model) {
        const TrainingCurves& other = *others[model];
        const QString& name = names[static_cast<qsizetype>(model) + 1];
        const int there = other.checkpointOf(current.steps[at]);
        const int from = isCompared ? other.checkpointOf(current.steps[static_cast<std::size_t>(selected)]) : -1;
        text += there < 0 ? QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td colspan=\"%2\">no such checkpoint</td></tr>")
                                .arg(name.toHtmlEscaped(), QString::number(below.size() * 3))
                          : rowOf(name, other, there, from, isCompared);
    }
    text += QStringLiteral("</table>");
    if (others.size() > mostModels)
        text += QStringLiteral("<p>and %1 more models</p>").arg(others.size() - mostModels);
    return text;
}

} // namespace brainlike
